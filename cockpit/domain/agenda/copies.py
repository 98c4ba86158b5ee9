"""One meeting that stands in several agendas, shown once, under the words that say most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from cockpit.domain.agenda.events import CANCELLED, Event, EventInstance, order, place
from cockpit.domain.dataclasses import replace
from cockpit.domain.text import fold


def merge(occurrences: Iterable[EventInstance], zone: tzinfo) -> tuple[Event, ...]:
    """The occurrences placed in `zone`, sorted, the same meeting in two feeds shown once.

    The same meeting means the same uid at the same moment in another feed; the richer text is shown and
    `feeds` names them all. Within one feed nothing is merged.
    """
    meetings: dict[tuple[object, ...], list[list[EventInstance]]] = {}
    for occurrence in occurrences:
        moment = occurrence.start or occurrence.wall_start or occurrence.day_from
        same = meetings.setdefault((occurrence.uid, moment), [])
        for twins in same:
            if all(twin.feed != occurrence.feed for twin in twins):
                twins.append(occurrence)
                break
        else:
            same.append([occurrence])
    placed = (
        place(_best(twins), zone, tuple(sorted(twin.feed for twin in twins)))
        for same in meetings.values()
        for twins in same
    )
    return tuple(sorted(placed, key=order))


def _best(twins: Sequence[EventInstance]) -> EventInstance:
    """The richest of several copies of a meeting, under a title that says what it is where one does."""
    shown = max(twins, key=_richness)
    if is_only_busy(shown.title):
        titled = [twin for twin in twins if not is_only_busy(twin.title)]
        if titled:
            return replace(shown, title=max(titled, key=_richness).title)
    return shown


_ONLY_BUSY = {
    "", "busy", "free", "tentative", "away", "out of office", "private", "private appointment",
    "private event", "unavailable", "blocked", "working elsewhere", "no details", "(no title)",
    "occupe", "occupee", "libre", "provisoire", "absent", "absent du bureau", "absente du bureau", "prive",
    "privee", "rendez-vous prive", "evenement prive", "indisponible", "pas disponible", "(sans titre)",
    "travail dans un autre lieu",
}  # fmt: skip


def is_only_busy(title: str) -> bool:
    """Whether a title says no more than a free/busy copy of an agenda does."""
    return fold(title.strip().rstrip(".")) in _ONLY_BUSY


def _richness(occurrence: EventInstance) -> tuple[bool, bool, bool, bool, int, str]:
    return (
        occurrence.status != CANCELLED,
        not is_only_busy(occurrence.title),
        bool(occurrence.participation),
        bool(occurrence.link),
        len(occurrence.notes),
        occurrence.feed,
    )

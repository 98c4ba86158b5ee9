"""What is new elsewhere: troubles of providers with their length, meetings that are new, moved or gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.morning.news import AGENDA, PROVIDERS
from cockpit.domain.providers.state import TROUBLES, State
from cockpit.domain.registers.provider import Provider
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.news_line import News
from cockpit.services.providers.lines import spoken_for
from cockpit.services.providers.state_words import STATES
from cockpit.store.outside import agenda_changes, provider_history
from cockpit.store.outside.agenda_changes import GONE, MOVED, AgendaChange
from cockpit.store.records import instant

_SAID = {
    "new": N_("new: {when}"),
    MOVED: N_("moved from {before} to {when}"),
    GONE: N_("cancelled: it was on {when}"),
}


@dataclass(frozen=True)
class SourceTrouble:
    """A span in which a provider was in trouble; one that goes on has no end."""

    since: datetime
    until: datetime | None
    state: State


def outside_news(workspace: Workspace, since: datetime) -> list[News]:
    """What providers and agendas told since then; nothing behind a veil, which their words would pass."""
    if workspace.room is not None:
        return []
    return [*_of_providers(workspace, since), *_of_agenda(workspace, since)]


def troubles(samples: Sequence[tuple[datetime, State]], since: datetime) -> tuple[SourceTrouble, ...]:
    """The spans of trouble after `since`, of states in their order; one that began before is told whole."""
    found: list[SourceTrouble] = []
    began: datetime | None = None
    states: list[State] = []
    for at, state in samples:
        if state in TROUBLES:
            began = began or at
            states.append(state)
        elif began is not None:
            if at > since:
                found.append(SourceTrouble(began, at, _worst(states)))
            began, states = None, []
    if began is not None:
        found.append(SourceTrouble(began, None, _worst(states)))
    return tuple(found)


def _of_providers(workspace: Workspace, since: datetime) -> Iterator[News]:
    """One line a status source: how often it was in trouble, how badly, how long in all."""
    register = workspace.select(Provider, "provider", "archived_at IS NULL ORDER BY name")
    now = workspace.now()
    for source in workspace.settings.statuses:
        found = troubles(provider_history.samples(workspace.conn, source.key, since), since)
        # One that goes on since before is no news: it stands among the providers.
        found = tuple(each for each in found if each.until is not None or each.since > since)
        if not found:
            continue
        last = found[-1]
        spent = sum(((each.until or now) - each.since).total_seconds() for each in found)
        word = _(STATES[_worst([each.state for each in found])][1])
        if last.until is None:
            note = _("{state} since {when}").format(
                state=word, when=dates.moment(_here(workspace, last.since), now)
            )
        else:
            note = _("{state} for {span}, over since {when}").format(
                state=word, span=dates.duration(spent), when=dates.moment(_here(workspace, last.until), now)
            )
        if len(found) > 1:
            times = ngettext("{n} time", "{n} times", len(found)).format(n=len(found))
            note = f"{note} · {times}"
        known = spoken_for(source, register)
        yield News(
            group=PROVIDERS, code=f"status:{source.key}", entity="provider",
            id=f"{source.key}:{instant(last.until or last.since)}", seq=0, title=source.name, severity="",
            actor="", why=(), conf=known.conf if known else 1, note=note,
        )  # fmt: skip


def _of_agenda(workspace: Workspace, since: datetime) -> Iterator[News]:
    """Meetings of the days to come that are new, moved or gone."""
    private = _("private event")
    now, followed = workspace.now(), {source.key for source in workspace.settings.agendas}
    changes = (each for each in agenda_changes.since(workspace.conn, instant(since)) if each.feed in followed)
    for each in _still_ahead(changes, now):
        when = dates.moment(_here(workspace, each.starts), now)
        before = dates.moment(_here(workspace, each.before), now) if each.before else ""
        yield News(
            group=AGENDA, code="", entity="agenda", id=f"agenda:{each.number}", seq=0,
            title=private if each.private else each.title, severity="", actor="", why=(),
            conf=2 if each.private else 1, note=_(_SAID[each.what]).format(when=when, before=before),
        )  # fmt: skip


def _still_ahead(found: Iterable[AgendaChange], now: datetime) -> Iterator[AgendaChange]:
    """The last word of each event, while its day is not over."""
    last = {(each.feed, each.uid): each for each in found}
    return (each for each in last.values() if max(each.starts, each.before or each.starts) >= now)


def _worst(states: Sequence[State]) -> State:
    return max(states, key=_ORDER.index)


_ORDER = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)


def _here(workspace: Workspace, at: datetime) -> datetime:
    return at.astimezone(workspace.zone)

"""The screen in the past: one asks for a moment, walks a day back or on, and comes back to now."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual.content import Content

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import dates, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import replay
from cockpit.ui.everywhere.questions import HINT
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.widgets.entry_bar import Question

_NOW = frozenset({"now", "maintenant"})


def ask(cockpit: Cockpit) -> Question:
    """Which moment to stand at; an empty answer is now."""

    def accept(text: str) -> str:
        if not text.strip():
            cockpit.stand_at(None)
            return ""
        cockpit.stand_at(_moment(cockpit, text))
        return ""

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(
                _("yesterday 6pm, monday, 2026-11-20 · now: stand still · empty: go on"), HINT
            )
        try:
            at = _moment(cockpit, text)
        except Refusal as refused:
            return Content.styled(str(refused), "$warning")
        return Content.styled("→ ", "$accent") + Content(in_words(cockpit.present, at))

    return Question(
        place="past", title=_("the cockpit as it stood"), accept=accept, hint=hint, keeps_draft=False
    )


def _moment(cockpit: Cockpit, text: str) -> datetime:
    """The moment that is meant; now is one too: what is shown stands still then, whatever others write."""
    return cockpit.present.now() if fold(text.strip()) in _NOW else replay.moment(cockpit.present, text)


def by_days(cockpit: Cockpit, days: int) -> None:
    """Another day at the same hour; beyond now, now."""
    at = cockpit.workspace.stands_at
    if at is None:
        at = cockpit.present.now()
    wanted = at + timedelta(days=days)
    if wanted >= cockpit.present.now():
        cockpit.stand_at(None)
        return
    try:
        cockpit.stand_at(replay.moment(cockpit.present, wanted.isoformat()))
    except refusal.ORDINARY as error:
        cockpit.tell(refusal.explain(error))


def in_words(workspace: Workspace, at: datetime) -> str:
    """A moment of the past, and how long ago it was."""
    return f"{dates.whole_day(at.date())} {at:%H:%M} · {dates.ago(at, workspace.now())}"

"""What the one-line bar asks for each action, how it reads the answer, and what it does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from textual.content import Content

from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.desk import dates, forms, identities
from cockpit.services.desk.date_phrases import understand_return, why_later
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.widgets.entry_bar import Offer, Question


def nothing_more() -> None:
    """What is done after an answer that asks for nothing else."""


def why_now(place: str, go_on: Callable[[str], str], lacking: str = "") -> Question:
    """Why a function leaves the house before its map is complete; `lacking` is what the map lacks, in words."""

    def accept(text: str) -> str:
        reason = typed(text)
        if not reason:
            raise forms.WrongValue(_("a reason is needed, which the journal keeps; esc leaves it inside"))
        return go_on(reason)

    def hint(_text: str) -> Content:
        missing = _("missing: {what}").format(what=lacking) if lacking else ""
        return Content.styled(missing, "$warning")

    return Question(place=place, title=_("the map is incomplete · why now"), accept=accept, hint=hint)


def offers(
    candidates: Callable[[str], tuple[str, ...]], *, several: bool
) -> Callable[[str, int], Offer | None]:
    """Completion by candidates for what is typed; `several` are separated by commas."""

    def complete(text: str, cursor: int) -> Offer | None:
        start = text[:cursor].rfind(",") + 1 if several else 0
        lead = " " if start else ""
        found = candidates(text[start:cursor])
        return Offer(start, cursor, tuple(lead + each for each in found)) if found else None

    return complete


def who_is_meant(names: Mapping[str, str], tables: tuple[str, ...], text: str) -> Content:
    """Whom the names of a list mean, while it is typed; two whom one name fits are both told."""
    try:
        found = identities.listed(names, tables, text)
    except identities.SeveralNames as several:
        return Content.styled(f"? {several}", "$warning")
    return Content.styled("→ ", "$accent") + Content(identities.called(names, *found))


def future(workspace: Workspace, text: str, *, any_day: bool = False) -> datetime:
    """The moment to come at which something is back; `any_day` is for what is no working matter. Raises WrongValue."""
    until = understand_return(workspace, text, any_day=any_day)
    if until is None:
        raise forms.WrongValue(_("a date is expected, such as tomorrow, monday, +1s or 12/12"))
    if until <= workspace.now():
        raise forms.WrongValue(_("that moment is past"))
    return until


def date_hint(workspace: Workspace, text: str, *, any_day: bool = False) -> Content:
    """When a phrase means that something is back, while it is typed."""
    until = understand_return(workspace, text, any_day=any_day)
    if until is None:
        return Content.styled(_("a date is expected, such as tomorrow, monday, +1s or 12/12"), "$quiet")
    shown = Content.styled("→ ", "$accent") + Content(f"{dates.long_date(until.date())} {until:%H:%M}")
    later = "" if any_day else why_later(workspace, text, until)
    return shown + Content.styled(f" · {later}", "$warning") if later else shown

"""What the bar asks about a list: which of its rows are shown, and which of the views that are kept."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.text import fold
from cockpit.domain.work.known_names import KnownNames
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry, filtering, saved_views
from cockpit.services.work.saved_views import SavedView
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Offer, Question
from cockpit.ui.widgets.rows import RowFilter, Rows

HINT = "$quiet"
KEEP, REMOVE, BACK = "=", "-", "<"
"""Before a name: keep what is shown under it, forget it; alone: take back the last change of the views."""


def narrowed(workspace: Workspace, rows: Rows[Any]) -> Question:
    """Which rows: shown as one types, kept on Enter; Escape leaves the list as it was."""
    known = entry.known(workspace.shown)

    def hint(text: str) -> Content:
        try:
            rows.narrow(filter_of(workspace, rows, text, known), trying=True)
        except forms.WrongValue as error:
            return Content.styled(f"! {error}", "$warning")
        shown, every = rows.counted
        said = _("{n} of {total}").format(n=shown, total=every)
        return Content.styled(f"{said}  ", "$accent") + Content.styled(_(rows.FILTER_HELP), HINT)

    def accept(text: str) -> str:
        rows.narrow(filter_of(workspace, rows, text, known))
        return ""

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    return Question(
        place=f"filter:{rows.id}", title=_("filter"), accept=accept, hint=hint, complete=complete,
        text=rows.filter.line if rows.filter is not None else "", keeps_draft=False,
    )  # fmt: skip


def filter_of(
    workspace: Workspace, rows: Rows[Any], line: str, known: KnownNames | None = None
) -> RowFilter | None:
    """How a list reads a line; None for an empty one. Raises WrongValue for what does not say which rows."""
    line = line.strip()
    if not line:
        return None
    try:
        own = rows.filter_of(line)
        if own is not None:
            return own
        return replace(filtering.understood(workspace.shown, rows.common_part(line), known), line=line)
    except ValueError as error:
        raise forms.WrongValue(str(error)) from error


def views(workspace: Workspace, rows: Rows[Any]) -> Question:
    """Which view; or keep, rename and forget one."""
    names = tuple(each.name for each in saved_views.every(workspace))

    def accept(text: str) -> str:
        text = text.strip()
        old, renames, new = text.partition(KEEP)
        if text == BACK:
            back = saved_views.take_back(workspace)
            return _("the views are as they were before") if back else _("nothing to undo")
        if text.startswith(KEEP):
            line = rows.filter.line if rows.filter is not None else ""
            before = saved_views.line_of(workspace, new)
            return saved_views.told(saved_views.keep(workspace, new, line, rows.order), before)
        if text.startswith(REMOVE):
            gone = saved_views.remove(workspace, text[len(REMOVE) :])
            return _("view “{name}” removed · W then < takes it back").format(name=gone.name)
        if renames:
            return _("view “{name}” kept").format(name=saved_views.rename(workspace, old, new).name)
        if text:
            show(workspace, rows, saved_views.named(workspace, text))
        return ""

    def hint(text: str) -> Content:
        begun = [n for n in names if fold(n).startswith(fold(text.strip(f"{KEEP}{REMOVE} ")))]
        helped = _("=name keeps this one · -name forgets · old=new renames · < takes back")
        return Content.styled(" · ".join(begun) + "  ", "$accent") + Content.styled(helped, HINT)

    def offered(typed: str) -> tuple[str, ...]:
        before = typed[:1] if typed[:1] in (KEEP, REMOVE) else ""
        return tuple(before + n for n in names if fold(n).startswith(fold(typed[len(before) :].strip())))

    return Question(
        place=f"views:{rows.id}", title=_("view"), accept=accept, hint=hint, keeps_draft=False,
        complete=offers(offered, several=False),
    )  # fmt: skip


def show(workspace: Workspace, rows: Rows[Any], view: SavedView) -> None:
    """Show a list as a view says. Raises WrongValue where the list has no such marks."""
    rows.narrow(filter_of(workspace, rows, view.line))
    if view.order:
        rows.put_in_order(view.order)

"""What the bar asks about a list: which of its rows are shown."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry, filtering
from cockpit.ui.widgets.entry_bar import Offer, Question
from cockpit.ui.widgets.rows import RowFilter, Rows

HINT = "$quiet"


def narrowed(workspace: Workspace, rows: Rows[Any]) -> Question:
    """Which rows: shown as one types, kept on Enter; Escape leaves the list as it was."""
    known = entry.known(workspace.shown)

    def filter_of(text: str) -> RowFilter | None:
        if not text.strip():
            return None
        own = rows.filter_of(text)
        if own is not None:
            return own
        return replace(
            filtering.understood(workspace.shown, rows.common_part(text), known), line=text.strip()
        )

    def hint(text: str) -> Content:
        try:
            rows.narrow(filter_of(text), trying=True)
        except ValueError as error:
            return Content.styled(f"! {error}", "$warning")
        shown, every = rows.counted
        helped = _(rows.FILTER_HELP)
        return Content.styled(
            _("{n} of {total}").format(n=shown, total=every) + "  ", "$accent"
        ) + Content.styled(helped, HINT)

    def accept(text: str) -> str:
        rows.narrow(filter_of(text))
        return ""

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    return Question(
        place=f"filter:{rows.id}", title=_("filter"), accept=accept, hint=hint, complete=complete,
        text=rows.filter.line if rows.filter is not None else "", keeps_draft=False,
    )  # fmt: skip

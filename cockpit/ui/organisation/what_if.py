"""What if somebody leaves: everything that would break, and what is ready there."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.organisation.what_if import Break
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import what_if
from cockpit.services.organisation.what_if import WhatIfGone
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.place import Page
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.rows import Item, Rows


class WhatIfScreen(Page):
    """Opened by `w` on a person or a provider, and from the organisation; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "detail.tcss"
    NAME = "what-if"

    def __init__(self, workspace: Workspace, code: str) -> None:
        """Raises work.UnknownCode."""
        super().__init__()
        self.code = code
        self.found: WhatIfGone = what_if.what_if(workspace, code)

    def body(self) -> list[Widget]:
        """One list, a heading for each register."""
        return [Rows(self._paint, id="fields", empty=lambda: self.found.verdict)]

    def show_board(self, board: Board) -> None:
        """Read again: a backup may have been named meanwhile."""
        super().show_board(board)
        try:
            self.found = what_if.what_if(self.cockpit.workspace.shown, self.code)
        except refusal.UnknownCode:
            return
        items: list[Item[Any]] = []
        for each in (*self.found.breaks, *self.found.work):
            if not items or (
                items[-1].data != each.kind and getattr(items[-1].data, "kind", "") != each.kind
            ):
                items.append(Item(each.kind, each.kind, heading=True))
            items.append(Item(f"{each.code}:{each.why}", each))
        rows = self.query_one("#fields", Rows)
        title = _("If {name} leaves").format(name=self.found.name)
        rows.entitle(Content(title), Content(self.found.verdict))
        rows.repaint()
        rows.show(items)
        if rows.selected is not None and rows.selected.heading:
            rows.action_move(1)

    def target(self) -> Target:
        """What would break, under the cursor."""
        selected = self.query_one("#fields", Rows).selected
        code = selected.data.code if selected is not None and isinstance(selected.data, Break) else ""
        return Target(frozenset({}) if code else frozenset(), code)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, Break):
            self.cockpit.open_code(event.item.data.code)

    def _paint(self, data: object, width: int) -> list[Content]:
        if isinstance(data, Break):
            return [rows.in_a_line(what_if.row(self.found, data), width)]
        return [Content.styled(f" {what_if.kind_title(str(data))}", "bold")]

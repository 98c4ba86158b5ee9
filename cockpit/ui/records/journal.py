"""Everything that was changed, newest first."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.records.history import JournalLine, recent
from cockpit.services.records.rows import change as change_row
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.rows import Item, Rows


class JournalScreen(Place):
    """The journal; Enter opens the record an entry is about."""

    CSS_PATH = asset_dir("styles") / "journal.tcss"
    NAME = "journal"
    PAGE = 300

    def body(self) -> list[Widget]:
        """One list."""
        rows = Rows(
            self._paint,
            id="entries",
            empty=lambda: _(
                "Every change is written here, sealed one to the next. b writes the first blocker."
            ),
        )
        return [rows]

    @staticmethod
    def _paint(data: JournalLine, width: int) -> list[Content]:
        return [painted.line(change_row(data, coded=True), width)]

    def show_board(self, board: Board) -> None:
        """The newest entries."""
        super().show_board(board)
        changes = recent(self.cockpit.workspace.shown, self.PAGE)
        rows = self.query_one("#entries", Rows)
        rows.show([Item(str(change.seq), change) for change in changes])
        seal = self.cockpit.seal_note
        rows.entitle(Content(_("Journal")), Content(seal or (changes[0].hash[:12] if changes else "")))

    def target(self) -> Target:
        """The record of the entry."""
        selected: Item[JournalLine] | None = self.query_one("#entries", Rows).selected
        return Target(code=selected.data.code) if selected is not None else Target()

    @on(Rows.Opened, "#entries")
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_target(Target(code=event.item.data.code))

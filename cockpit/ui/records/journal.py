"""Everything that was changed, newest first; narrowed by who, what, which kind and when."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.locale import N_, _
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import journal_search
from cockpit.services.records.history import JournalLine, recent
from cockpit.services.records.journal_search import JournalSearch
from cockpit.services.records.rows import change as change_row
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.rows import Item, RowFilter, Rows


class JournalRows(Rows[JournalLine]):
    """Entries that a filter finds in the whole journal, not only among those that are shown."""

    FILTER_HELP = N_("words · who: what: kind: since: until: · since:my last review")

    def __init__(self, place: JournalScreen) -> None:
        super().__init__(
            self._paint,
            id="entries",
            empty=lambda: _(
                "Every change is written here, sealed one to the next. b writes the first blocker."
            ),
        )
        self._place = place

    @property
    def counted(self) -> tuple[int, int]:
        """Of all that was ever written."""
        return len(self.items), self._place.cockpit.workspace.written

    def filter_of(self, line: str) -> RowFilter | None:
        """A search of the journal. Raises ValueError."""
        return journal_search.understood(self._place.cockpit.workspace.shown, line)

    def _let_through(self) -> tuple[Item[JournalLine], ...]:
        return self.every

    def narrow(self, wanted: RowFilter | None, *, trying: bool = False) -> None:
        """Have the entries read again."""
        super().narrow(wanted, trying=trying)
        self._place.read()

    def settled_title(self) -> None:
        """What was read is there: how much it is stands in the title."""
        self._tell_choice()

    @staticmethod
    def _paint(data: JournalLine, width: int) -> list[Content]:
        return [painted.line(change_row(data, coded=True), width)]


class JournalScreen(Place):
    """The journal; Enter opens the record an entry is about."""

    CSS_PATH = asset_dir("styles") / "journal.tcss"
    NAME = "journal"
    PAGE = 300

    def body(self) -> list[Widget]:
        """One list."""
        return [JournalRows(self)]

    @property
    def rows(self) -> JournalRows:
        """The entries."""
        return self.query_one(JournalRows)

    def show_board(self, board: Board) -> None:
        """The newest entries."""
        super().show_board(board)
        self.read()

    def read(self) -> None:
        """Show the newest entries that fit; a search through all of them is made beside the screen."""
        wanted = self.rows.filter
        if isinstance(wanted, JournalSearch):
            self._search(wanted)
            return
        self._show(recent(self.cockpit.workspace.shown, self.PAGE))

    @work(group="journal", exclusive=True, exit_on_error=False)
    async def _search(self, wanted: JournalSearch) -> None:
        found = await asyncio.to_thread(_found_beside, self.cockpit.workspace.shown, wanted, self.PAGE)
        if self.rows.filter is wanted:
            self._show(found)

    def _show(self, changes: tuple[JournalLine, ...]) -> None:
        self.rows.show([Item(str(change.seq), change) for change in changes])
        seal = self.cockpit.seal_note
        self.rows.entitle(Content(_("Journal")), Content(seal or (changes[0].hash[:12] if changes else "")))
        self.rows.settled_title()

    def target(self) -> Target:
        """The record of the entry."""
        selected = self.rows.selected
        return Target(code=selected.data.code) if selected is not None else Target()

    @on(Rows.Opened, "#entries")
    def _open(self, event: Rows.Opened) -> None:
        self.cockpit.open_target(Target(code=event.item.data.code))


def _found_beside(workspace: Workspace, wanted: JournalSearch, limit: int) -> tuple[JournalLine, ...]:
    with workspace.beside() as mine:
        return tuple(line for _entry, line in journal_search.read(mine, wanted, limit))

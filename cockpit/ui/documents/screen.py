"""The place of documents: each with its freshness, what it lacks and where it went; Enter reads it."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Row
from cockpit.services.documents import rows as document_rows
from cockpit.services.documents import shelf
from cockpit.services.documents.shelf import DocumentKind
from cockpit.ui.documents import composing
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.rows import Item, Rows

HEIGHT = 5
"""Lines of a document: itself, what it lacks, what it is for in two lines, a blank one."""


@dataclass(frozen=True)
class ShelfItem:
    """A kind of document and its row."""

    kind: DocumentKind
    row: Row


class DocumentsScreen(Place):
    """The documents of the house."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = asset_dir("styles") / "documents.tcss"
    NAME = "documents"

    def body(self) -> list[Widget]:
        """One list."""
        rows: Rows[ShelfItem] = Rows(self._paint, row_height=HEIGHT, id="documents")
        rows.entitle(
            Content(_("Documents")), Content(_("what leaves the house; nothing goes before it was read"))
        )
        return [rows]

    def show_board(self, board: Board) -> None:
        """What was written last at once; what is lacking when it was looked for, beside the screen."""
        super().show_board(board)
        self._show()
        unknown = [kind for kind in shelf.KINDS if composing.known(self.cockpit, kind) is None]
        if unknown:
            self.run_worker(self._look_for(unknown), group="documents", exclusive=True, exit_on_error=False)

    async def _look_for(self, kinds: list[DocumentKind]) -> None:
        for kind in kinds:
            await composing.compose(self.cockpit, kind)
            if self.is_mounted:
                self._show()

    def _show(self) -> None:
        workspace = self.cockpit.workspace
        written, now = workspace.written, workspace.now()
        items = []
        for kind, standing in shelf.standings(workspace):
            found = composing.known(self.cockpit, kind)
            row = document_rows.document(
                kind, standing, None if found is None else len(found.gaps), written=written, now=now
            )
            items.append(Item(kind.key, ShelfItem(kind, row)))
        self.query_one("#documents", Rows).show(items)

    def target(self) -> Target:
        """The kind of document under the cursor."""
        selected: Item[ShelfItem] | None = self.query_one("#documents", Rows).selected
        return Target(frozenset({Kind.DOCUMENTS}), "", selected.data.kind if selected is not None else None)

    @on(Rows.Opened, "#documents")
    def _open(self, event: Rows.Opened) -> None:
        from cockpit.ui.documents.reader import ReaderScreen

        self.cockpit.push_screen(ReaderScreen(event.item.data.kind))

    @staticmethod
    def _paint(data: ShelfItem, width: int) -> list[Content]:
        about = Content.styled(_(data.kind.about), visuals.MUTED).wrap(max(10, width - 4))[:2]
        facts = Content.styled(" · ", visuals.MUTED).join([painted.piece(each) for each in data.row.facts])
        lines = [
            painted.line(data.row, width),
            Content("  ") + facts,
            *(Content("  ") + each for each in about),
        ]
        return [*lines, *[Content("")] * (HEIGHT - len(lines))]

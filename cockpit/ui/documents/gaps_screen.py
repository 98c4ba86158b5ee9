"""What a document lacks, chapter by chapter: Enter opens the record that would complete it."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.records.identities import is_code
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Heading, PagePart, Row
from cockpit.services.documents import rows as document_rows
from cockpit.services.documents.shelf import DocumentKind
from cockpit.ui.documents import composing
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.page import draw
from cockpit.ui.kit.place import Page
from cockpit.ui.widgets.rows import Item, Rows


class GapsScreen(Page):
    """Opened by `g` on a document; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "documents.tcss"
    NAME = "documents"

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__()
        self.kind = kind

    def body(self) -> list[Widget]:
        """One list, a heading for each chapter."""
        rows: Rows[PagePart] = Rows(draw, id="gaps", empty=self._empty)
        return [rows]

    def show_board(self, board: Board) -> None:
        """Looked for again: one of them may have been completed."""
        super().show_board(board)
        self._show()
        if composing.known(self.cockpit, self.kind) is None:
            self.run_worker(self._look_for(), group="documents", exclusive=True, exit_on_error=False)

    async def _look_for(self) -> None:
        await composing.compose(self.cockpit, self.kind)
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        found = composing.known(self.cockpit, self.kind)
        if found is None:
            return
        items: list[Item[PagePart]] = []
        for chapter in found.chapters:
            if chapter.gaps:
                items.append(
                    Item(
                        f"chapter:{chapter.key}",
                        Heading(f"{chapter.title} · {len(chapter.gaps)}"),
                        heading=True,
                    )
                )
            for number, gap in enumerate(chapter.gaps):
                row = document_rows.gap(gap, self.cockpit.workspace.today())
                items.append(Item(f"{chapter.key}:{number}:{gap.what}", row))
        rows = self.query_one("#gaps", Rows)
        lacking = _("to complete")
        title = Content(f"{_(self.kind.title)} · {lacking}")
        rows.entitle(title, Content(document_rows.lacks(len(found.gaps))))
        rows.show(items)
        if rows.selected is not None and rows.selected.heading:
            rows.action_move(1)

    def target(self) -> Target:
        """The document, whatever the line."""
        return Target(frozenset({Kind.DOCUMENTS}), "", self.kind)

    @on(Rows.Opened)
    def _open_row(self, event: Rows.Opened) -> None:
        if not isinstance(event.item.data, Row) or not event.item.data.code:
            return
        code = event.item.data.code
        if is_code(code):
            self.cockpit.open_code(code)
        else:
            self.cockpit.tell(_("in a shell: {command}").format(command=code))

    def _empty(self) -> str:
        if composing.known(self.cockpit, self.kind) is None:
            return document_rows.lacks(None)
        return _("Nothing is lacking: every chapter says what it is there to say.")

"""A document read in the terminal, chapter by chapter. Loads the reader of Markdown, which nothing else needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.publication import (
    Chapter,
    ChapterPart,
    DataTable,
    Linked,
    Pairs,
    Passage,
    Publication,
    Subhead,
)
from cockpit.locale import _, ngettext
from cockpit.services.boards.board import Board
from cockpit.services.desk import links
from cockpit.services.documents import markdown
from cockpit.services.documents.shelf import DocumentKind, kind_of
from cockpit.ui.documents import composing
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Page
from cockpit.ui.widgets.rows import Item, Rows

MOST_ROWS = 60
"""Rows of one table that are read in the terminal; its page has all of them."""
LEAST_COLUMN = 15
"""Cells that a column wants: a table that has less is read row by row."""


class ReaderScreen(Page):
    """Opened by Enter on a document. Chapters at the left, the one under the cursor beside them."""

    CSS_PATH = asset_dir("styles") / "documents.tcss"
    NAME = "documents"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "app.focus_next", show=False), Binding("left", "app.focus_previous", show=False),
    ]  # fmt: skip

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__()
        self.kind = kind
        self.found: Publication | None = None
        self._read: Chapter | None = None

    @classmethod
    def of(cls, _cockpit: Cockpit, target: Target) -> ReaderScreen | None:
        """The report that an alert asks to be read and closed."""
        return cls(kind_of("report")) if target.code.startswith("report:") else None

    def body(self) -> list[Widget]:
        """The list of chapters, and the text."""
        chapters: Rows[Chapter] = Rows(self._paint, id="chapters", empty=lambda: _("composing…"))
        chapters.entitle(Content.styled(f" {_(self.kind.title)} ", "bold"))
        text = VerticalScroll(Markdown(open_links=False, id="text"), id="page")
        text.can_focus = True
        return [chapters, text]

    def show_board(self, board: Board) -> None:
        """Composed beside the screen; again only when something changed."""
        super().show_board(board)
        known = composing.known(self.cockpit, self.kind)
        if known is not None:
            self._show(known)
        else:
            self.run_worker(self._gather(), group="documents", exclusive=True, exit_on_error=False)

    async def _gather(self) -> None:
        found = await composing.compose(self.cockpit, self.kind)
        if self.is_mounted:
            self._show(found)

    def _show(self, found: Publication) -> None:
        self.found = found
        chapters = found.chapters
        if found.lead:
            chapters = (Chapter("lead", _("In short"), found.lead), *chapters)
        self.query_one("#chapters", Rows).show([Item(each.key, each) for each in chapters])
        self._turn_to()

    @on(Rows.Moved)
    def _turn_to(self) -> None:
        selected: Item[Chapter] | None = self.query_one("#chapters", Rows).selected
        if selected is None or selected.data == self._read:
            return
        self._read = selected.data
        page = self.query_one("#page", VerticalScroll)
        page.border_title = Content.styled(f" {selected.data.title} ", "bold")
        page.scroll_home(animate=False)
        width = page.size.width or self.size.width
        text = markdown.of_chapter(_short(selected.data, width))
        # Whoever goes through the chapters quickly waits for none of them.
        self.run_worker(self._write(text), group="documents-text", exclusive=True, exit_on_error=False)

    async def _write(self, text: str) -> None:
        await self.query_one("#text", Markdown).update(text)

    @on(Markdown.LinkClicked)
    def _follow(self, event: Markdown.LinkClicked) -> None:
        host = links.open_in_browser(event.href) if self.cockpit.workspace.opens_here else ""
        self.cockpit.tell(
            _("opened {host}").format(host=host) if host else _("there is no link to open here")
        )

    def target(self) -> Target:
        """The document, whatever the chapter."""
        return Target(frozenset({Kind.DOCUMENTS}), "", self.kind)

    @staticmethod
    def _paint(data: Chapter, width: int) -> list[Content]:
        count = Content.styled(f"○ {len(data.gaps)} " if data.gaps else "", visuals.WARN)
        return [visuals.spread(width, Content(f" {data.title}"), count)]


def _short(chapter: Chapter, width: int) -> Chapter:
    """The chapter as a terminal with so many cells for its text can show it."""
    parts: list[ChapterPart] = []
    for part in chapter.parts:
        if not isinstance(part, DataTable):
            parts.append(part)
            continue
        shown = replace(part, rows=part.rows[:MOST_ROWS])
        parts += _as_lines(shown) if len(part.columns) * LEAST_COLUMN > width else (shown,)
        if len(part.rows) > MOST_ROWS:
            more = len(part.rows) - MOST_ROWS
            said = ngettext("and {n} more row: o opens the page", "and {n} more rows: o opens the page", more)
            parts.append(Passage(said.format(n=more)))
    return replace(chapter, parts=tuple(parts))


def _as_lines(table: DataTable) -> Iterator[ChapterPart]:
    """A table that is too wide for its place: each row by itself, what is not known left out."""
    if table.title:
        yield Subhead(table.title)
    for row in table.rows:
        yield Passage(markdown.said(row[0]))
        facts = [
            (name, cell) for name, cell in zip(table.columns, row, strict=True) if cell not in (None, "")
        ]
        yield Pairs(tuple(facts if isinstance(row[0], Linked) else facts[1:]))
    if table.source:
        yield Passage(_("Source: {source}").format(source=table.source))

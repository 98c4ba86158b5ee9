"""One clock of service: what is left, its story, and how such promises were kept."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.promises import clock_rows, clock_view
from cockpit.services.promises.clock_view import ClockView
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.page import draw, items
from cockpit.ui.kit.place import Page
from cockpit.ui.promises import page
from cockpit.ui.promises.target import target_of
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Rows


class ClockScreen(Page):
    """Opened by Enter on a service agreement; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "clock.tcss"
    NAME = "clock"

    def __init__(self, found: ClockView) -> None:
        super().__init__()
        self.found = found

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> ClockScreen | None:
        """The page of a clock; None when it is gone."""
        code = target.data.record.code if isinstance(target.data, SlaRow) else target.code
        found = clock_view.view(cockpit.workspace.shown, code)
        return cls(found) if found is not None else None

    def body(self) -> list[Widget]:
        """What is left on top; its story on the left, the respect of promises on the right."""
        summary = Panel(lambda width: page.summary(self.found, width, self.names), id="summary")
        story = Rows(draw, id="story")
        story.entitle(Content(_("Story")))
        kept = Rows(draw, id="kept")
        kept.entitle(Content(_("Promises kept")))
        return [summary, story, kept]

    @property
    def names(self) -> dict[str, str]:
        """Code to name."""
        return dict(self.cockpit.board.names)

    def show_board(self, board: Board) -> None:
        """Read the clock again."""
        super().show_board(board)
        found = clock_view.view(self.cockpit.workspace.shown, self.found.row.record.code)
        if found is None:
            if self.is_current:
                self.cockpit.tell(_("{code} is gone").format(code=self.found.row.record.code))
                self.app.pop_screen()
            return
        self.found = found
        self._show()

    def target(self) -> Target:
        """The clock, whatever the line."""
        return target_of(self.found.row)

    def _show(self) -> None:
        panel = self.query_one("#summary", Panel)
        panel.entitle(Content(self.found.row.record.title), Content(self.found.row.record.code))
        panel.refresh()
        story, kept = self.query_one("#story", Rows), self.query_one("#kept", Rows)
        story.repaint()
        kept.repaint()
        story.show(items(clock_rows.story(self.found, self.names)))
        kept.show(items(clock_rows.kept(self.found.respect, self.names)))

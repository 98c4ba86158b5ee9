"""One provider: what it says and what we see, ninety days at a glance, its incidents, and what binds us to it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.providers import page as service
from cockpit.services.providers import page_rows
from cockpit.services.providers.page import ProviderView
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.page import draw, items
from cockpit.ui.kit.place import Page
from cockpit.ui.providers import page
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Rows


class ProviderScreen(Page):
    """Opened by Enter on a provider; Escape goes back."""

    CSS_PATH = asset_dir("styles") / "provider.tcss"
    NAME = "provider"

    def __init__(self, found: ProviderView) -> None:
        super().__init__()
        self.found = found

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> ProviderScreen | None:
        """The page of a line of the list of providers; None when it is gone."""
        found = service.view(cockpit.workspace.shown, target.code.removeprefix("status:"))
        return cls(found) if found is not None else None

    def body(self) -> list[Widget]:
        """What it says on top; its story on the left, what binds us on the right."""
        summary = Panel(lambda width: page.summary(self.found, width), id="summary")
        story = Rows(draw, id="story")
        story.entitle(Content(_("Incidents and components")))
        binding = Rows(draw, id="binding")
        binding.entitle(Content(_("What binds us")))
        return [summary, story, binding]

    def show_board(self, board: Board) -> None:
        """Read the provider again."""
        super().show_board(board)
        found = service.view(self.cockpit.workspace.shown, self.found.line.key)
        if found is None:
            if self.is_current:
                self.cockpit.tell(_("{code} is gone").format(code=self.found.line.name))
                self.app.pop_screen()
            return
        self.found = found
        self._show()

    def on_resize(self, _event: events.Resize) -> None:
        """Messages are wrapped to the width they have."""
        self.call_after_refresh(self._show)

    def target(self) -> Target:
        """The provider, whatever the line."""
        return Target(frozenset({Kind.PROVIDER}), self.found.line.code, self.found.line)

    def _show(self) -> None:
        panel = self.query_one("#summary", Panel)
        panel.entitle(Content.styled(f" {self.found.line.name} ", "bold $accent"))
        panel.refresh()
        story, binding = self.query_one("#story", Rows), self.query_one("#binding", Rows)
        story.repaint()
        binding.repaint()
        story.show(items(page_rows.story(self.found), story.size.width))
        binding.show(items(page_rows.binding(self.found)))

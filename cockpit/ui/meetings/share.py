"""What is about to leave, read before it goes: the folder, and the channels that are chosen here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from cockpit.assets import asset_dir
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.meetings import minutes_folder
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.meetings.screen import LiveScreen
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows


def ask_where(
    screen: LiveScreen, title: str, chosen: tuple[str, ...], shown: Callable[[Channel | None], str],
    go: Callable[[tuple[str, ...] | None], None],
) -> None:  # fmt: skip
    """Show what would leave a meeting by each channel and by the folder; `go` takes those that were chosen."""
    place = str(minutes_folder.folder(screen.workspace))
    screen.app.push_screen(ShareScreen(title, place, screen.workspace.settings.channels, chosen, shown), go)


class ShareScreen(OverPlace[tuple[str, ...] | None]):
    """Closes with the keys of the chosen channels, or None when nothing is to leave."""

    CSS_PATH = asset_dir("styles") / "live.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("space", "choose", show=False),
        Binding("pagedown", "scroll(5)", show=False, priority=True),
        Binding("pageup", "scroll(-5)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        place: str,
        channels: Sequence[Channel],
        chosen: Sequence[str],
        text: Callable[[Channel | None], str],
    ) -> None:
        """`text` gives what a channel receives, or the folder (None), whose `place` is shown."""
        super().__init__()
        self.subject, self.place, self.text = title, place, text
        self.channels = tuple(channels)
        self.chosen = {key for key in chosen if key in {channel.key for channel in channels}}
        self.first = 0

    def compose(self) -> ComposeResult:
        """Where it goes above, what is read there below."""
        with Vertical():
            rows = Rows(self._paint, id="places")
            rows.border_title = Content.styled(f" {self.subject} ", "bold")
            rows.border_subtitle = Content(_("space chooses · ⏎ goes · esc not now"))
            yield rows
            panel = Panel(self._lines, id="preview")
            panel.border_title = Content(_("What the receiver reads"))
            yield panel

    def on_mount(self) -> None:
        """The folder first: it is the sure way."""
        rows = self.query_one(Rows)
        rows.show([Item("", None), *(Item(each.key, each) for each in self.channels)])
        rows.focus()

    def action_choose(self) -> None:
        """This channel, or not."""
        selected = self.query_one(Rows).selected
        if selected is not None and isinstance(selected.data, Channel):
            self.chosen ^= {selected.data.key}
            self.query_one(Rows).repaint()

    def action_scroll(self, by: int) -> None:
        """Further down the text."""
        self.first = max(0, self.first + by)
        self.query_one(Panel).refresh()

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.first = 0
        self.query_one(Panel).refresh()

    @on(Rows.Opened)
    def _go(self) -> None:
        self.dismiss(tuple(each.key for each in self.channels if each.key in self.chosen))

    def _paint(self, data: object, _width: int) -> list[Content]:
        if isinstance(data, Channel):
            mark = "✓" if data.key in self.chosen else "○"
            return [Content.assemble((f" {mark} ", "bold $accent"), data.name)]
        return [Content.assemble((" ✓ ", "bold $accent"), _("folder {path}").format(path=self.place))]

    def _lines(self, width: int) -> list[Content]:
        selected = self.query_one(Rows).selected
        channel = selected.data if selected is not None and isinstance(selected.data, Channel) else None
        lines = [
            part
            for line in self.text(channel).splitlines()
            for part in Content(line).wrap(max(10, width - 2))
        ]
        self.first = min(self.first, max(0, len(lines) - 3))
        return [Content(" ") + line for line in lines[self.first :]]

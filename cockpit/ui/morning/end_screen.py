"""The end of a morning review: its line, and the text for whoever prepares the day, to copy or to queue."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import sending
from cockpit.services.morning.review import EndedReview
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class By:
    """A row that queues the text for a channel."""

    channel: Channel


class ReviewEnd(OverPlace[None]):
    """c copies the text, Enter on a channel queues it, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,m", "dismiss", show=False),
        Binding("c", "copy", show=False),
    ]

    def __init__(self, workspace: Workspace, ended: EndedReview) -> None:
        super().__init__()
        self.workspace, self.ended = workspace, ended

    def compose(self) -> ComposeResult:
        """The text, then the ways out."""
        rows = Rows(self._paint, id="letter")
        rows.border_title = Content.styled(" " + _("Review ended") + f" · {self.ended.summary} ", "bold")
        width = min(100, self.app.size.width * 9 // 10) - 4
        lines = [piece for line in self.ended.message.splitlines() for piece in wrap(line, width) or [""]]
        ways = sending.channels(self.workspace)
        items: list[Item[str | By]] = [
            Item(str(number), line, heading=bool(ways)) for number, line in enumerate(lines)
        ]
        items += [Item(each.key, By(each)) for each in ways]
        keys = _("c copies · ⏎ sends by the channel · esc closes") if ways else _("c copies · esc closes")
        rows.border_subtitle = Content(keys)
        rows.show(items)
        yield rows

    def action_copy(self) -> None:
        """Into the clipboard."""
        self.app.copy_to_clipboard(f"{self.ended.subject}\n\n{self.ended.message}")
        self.dismiss()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.item.data, By):
            said = sending.send(self.workspace, event.item.data.channel, self.ended)
            tell = getattr(self.app, "tell", None)
            self.dismiss()
            if tell is not None:
                tell(said)
        else:
            self.dismiss()

    @staticmethod
    def _paint(data: object, _width: int) -> list[Content]:
        if isinstance(data, By):
            said = _("send by {channel}").format(channel=data.channel.name)
            return [Content.styled(f" → {said}", "$accent")]
        return [Content(f" {data}")]

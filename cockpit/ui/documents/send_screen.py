"""The report of a month before it goes: the channels, then what the receiver of one reads; Enter sends it."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk import dates, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import sending
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


class SendScreen(OverPlace[None]):
    """Enter on a channel shows what it would carry, Enter there sends it; Escape goes back, then closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", show=False)]

    def __init__(self, workspace: Workspace, month: ReportMonth) -> None:
        super().__init__()
        self.workspace, self.month = workspace, month
        self.channel: Channel | None = None

    def compose(self) -> ComposeResult:
        """One list."""
        yield Rows(self._paint, id="letter")

    def on_mount(self) -> None:
        """The channels first."""
        self._show_channels()

    def _show_channels(self) -> None:
        self.channel = None
        rows = self.query_one("#letter", Rows)
        month = dates.whole_month(self.month.first)
        rows.border_title = Content.styled(
            " " + _("Send the report, {month}").format(month=month) + " ", "bold"
        )
        rows.border_subtitle = Content(_("⏎ shows what leaves · esc closes"))
        rows.show([Item(each.key, each) for each in sending.channels(self.workspace)])
        rows.focus()

    def _show_preview(self, channel: Channel) -> None:
        text = sending.preview(self.workspace, self.month, channel)
        width = min(100, self.app.size.width * 9 // 10) - 4
        lines = [piece for line in text.splitlines() for piece in wrap(line, width) or [""]]
        rows = self.query_one("#letter", Rows)
        self.channel = channel
        rows.border_title = Content.styled(
            " " + _("What {channel} receives").format(channel=channel.name) + " ", "bold"
        )
        rows.border_subtitle = Content(_("⏎ sends it · esc back"))
        rows.show([Item(str(number), line) for number, line in enumerate(lines)])

    def action_back(self) -> None:
        """From what would leave to the channels, from there to the place."""
        if self.channel is None:
            self.dismiss()
        else:
            self._show_channels()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        try:
            if isinstance(event.item.data, Channel):
                self._show_preview(event.item.data)
                return
            if self.channel is None:
                return
            said = sending.send(self.workspace, self.month, self.channel)
        except refusal.ORDINARY as error:
            said = refusal.explain(error)
        done = getattr(self.app, "done", None)
        self.dismiss()
        if done is not None:
            done(said)

    @staticmethod
    def _paint(data: object, _width: int) -> list[Content]:
        if isinstance(data, Channel):
            level = _("level {n}").format(n=data.conf)
            return [Content.assemble((f" → {data.name} ", "$accent"), (level, "$quiet"))]
        return [Content(f" {data}")]

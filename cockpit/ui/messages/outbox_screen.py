"""What left, what is to leave and what was not delivered; each is read before it goes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.seats.rights import Right
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk.row import Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses, outbox
from cockpit.services.messages import rows as messages_rows
from cockpit.services.upkeep import notify
from cockpit.store.outside import outbox as store
from cockpit.store.outside.outbox import Parcel
from cockpit.ui.kit import painted
from cockpit.ui.kit.background import run_command
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class OutboxLine:
    """A channel that waits for its first preview, or a message; `number` is 0 for a channel."""

    row: Row
    state: str
    channel: Channel | None = None
    parcel: Parcel | None = None
    number: int = 0
    key: str = ""


class OutboxScreen(OverPlace[None]):
    """The list above, what the receiver reads below; s sends, x drops, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("s", "send", show=False),
        Binding("x", "drop", show=False),
        Binding("pagedown", "scroll(5)", show=False, priority=True),
        Binding("pageup", "scroll(-5)", show=False, priority=True),
    ]

    def __init__(self, workspace: Workspace, command: tuple[str, ...]) -> None:
        super().__init__()
        self.workspace = workspace
        self.command = command
        self.first = 0

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> OutboxScreen | None:
        """Where the alert about undelivered messages opens."""
        return cls(cockpit.workspace, cockpit.command)

    def compose(self) -> ComposeResult:
        """Two blocks."""
        with Vertical():
            rows = Rows(_paint, id="parcels", empty=_nothing)
            rows.border_title = Content(_("Outbox"))
            rows.border_subtitle = Content(_("s sends · x drops · PgDn reads on · esc closes"))
            yield rows
            panel = Panel(self._preview, id="preview")
            panel.border_title = Content(_("What the receiver reads"))
            yield panel

    def on_mount(self) -> None:
        """Show what is there."""
        self._show()

    @property
    def line(self) -> OutboxLine | None:
        """The one under the cursor."""
        selected = self.query_one("#parcels", Rows).selected
        return selected.data if selected and isinstance(selected.data, OutboxLine) else None

    def action_scroll(self, by: int) -> None:
        """Further down the text."""
        self.first = max(0, self.first + by)
        self.query_one("#preview", Panel).refresh()

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.first = 0
        self.query_one("#preview", Panel).refresh()

    def action_send(self) -> None:
        """Let it go, in a process of its own: the network is not waited for here."""
        line = self.line
        if line is None or line.state == store.SENT:
            return
        words = ("outbox", "send", str(line.number)) if line.number else (
            "channel", "preview", line.key, "--send")  # fmt: skip
        self.run_worker(self._send(words), group="outbox", exclusive=True, exit_on_error=False)

    def action_drop(self) -> None:
        """Not to be sent."""
        line = self.line
        if why := self.workspace.why_not(Right.SEND):
            self.query_one("#preview", Panel).border_subtitle = Content(why)
        elif line is not None and line.number and line.state != store.SENT:
            outbox.drop(self.workspace, line.number)
            self._show()

    async def _send(self, words: tuple[str, ...]) -> None:
        panel = self.query_one("#preview", Panel)
        panel.border_subtitle = Content(_("sending…"))
        code, said = await run_command(self.command, words)
        panel.border_subtitle = Content(_("sent") if code == 0 else said)
        self._show()

    def _show(self) -> None:
        rows = self.query_one("#parcels", Rows)
        rows.repaint()
        rows.show([Item(f"{line.key}{line.number}", line) for line in self._lines()])
        self.query_one("#preview", Panel).refresh()

    def _lines(self) -> list[OutboxLine]:
        lines = [
            OutboxLine(
                messages_rows.outgoing(channel.name, _waits(self.workspace, channel), store.HELD),
                store.HELD,
                channel=channel,
                key=channel.key,
            )
            for channel in self.workspace.settings.channels
            if not allowed_addresses.is_approved(self.workspace, channel)
        ]
        return lines + [self._of(parcel) for parcel in store.latest(self.workspace.shown.conn)]

    def _of(self, parcel: Parcel) -> OutboxLine:
        row = messages_rows.parcel(parcel, self.workspace.now())
        return OutboxLine(row, parcel.state, parcel=parcel, number=parcel.id)

    def _text(self, line: OutboxLine) -> str:
        """What is read of it: why it is where it is, then what the receiver reads."""
        from cockpit.sharing.channel import preview

        if line.parcel is not None:
            said = "\n".join((*messages_rows.reasons(self.workspace, line.parcel), ""))
            return f"{said}\n{outbox.shown(self.workspace, line.parcel)}".lstrip()
        if line.channel is not None:
            return preview(line.channel.kind, notify.test_message(self.workspace, line.channel))
        return ""

    def _preview(self, width: int) -> list[Content]:
        """All that is read there, never cut at the edge: from the first line that was scrolled to."""
        line = self.line
        text = self._text(line).splitlines() if line else []
        lines = [part for each in text for part in Content(each).wrap(max(10, width - 2))]
        self.first = max(0, min(self.first, len(lines) - 1))
        return [Content(" ") + part for part in lines[self.first :]]


def _paint(data: OutboxLine, width: int) -> list[Content]:
    return [painted.line(data.row, width)]


def _waits(workspace: Workspace, channel: Channel) -> str:
    if allowed_addresses.was_approved(workspace, channel):
        return _("its address changed: waits for a preview")
    return _("waits for its first preview")


def _nothing() -> str:
    return _("Nothing leaves yet: channels say where alerts may go, in the settings (R).")

"""Every key, and why one is off now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from cockpit.locale import _
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Offered
from cockpit.ui.kit.keys import printed
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


class HelpScreen(OverPlace[None]):
    """What works here first, then everything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", show=False),
    ]

    def __init__(self, offered: Sequence[Offered]) -> None:
        super().__init__()
        self.offered = offered

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(self._paint, id="help")
        rows.border_title = Content(_("Keys"))
        rows.border_subtitle = Content(_("esc closes · ctrl+p finds any action by typing"))
        here = [each for each in self.offered if each.works and not each.everywhere]
        everywhere = [each for each in self.offered if each.everywhere]
        elsewhere = [each for each in self.offered if not each.works and not each.everywhere]
        items: list[Item[Offered | str]] = []
        groups = (
            (_("On what the cursor is on"), here),
            (_("Everywhere"), everywhere),
            (_("On other rows"), elsewhere),
        )
        for title, group in groups:
            if group:
                items.append(Item(title, title, heading=True))
                items += [Item(each.id, each) for each in group]
        moving = _(
            "Tab, Shift+Tab: next pane · arrows, PgUp, PgDn, Home, End: rows · Enter: open · Esc: back"
        )
        items.append(Item("moving", moving, heading=True))
        rows.show(items)
        yield rows

    @staticmethod
    def _paint(data: Offered | str, width: int) -> list[Content]:
        if isinstance(data, str):
            return [Content.styled(f" {data}", "bold $accent")]
        keys = ", ".join(dict.fromkeys(printed(key) for key in data.keys))
        why = Content.styled(f"{data.why_not} · ", visuals.WARN) if data.why_not else Content("")
        return [
            Content.styled(f" {keys} ", visuals.MUTED if data.why_not else "bold").truncate(12, pad=True)
            + Content.styled(data.title, "$secondary").truncate(16, ellipsis=True, pad=True)
            + why
            + Content.styled(data.help, visuals.MUTED)
        ]

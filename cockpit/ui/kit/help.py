"""Every key, from the registry of actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from cockpit.assets import asset_dir
from cockpit.locale import _
from cockpit.ui.kit import visuals
from cockpit.ui.kit.actions import ANY, Action
from cockpit.ui.kit.keys import printed
from cockpit.ui.widgets.rows import Item, Rows


class HelpScreen(ModalScreen[None]):
    """What works here first, then everything."""

    CSS_PATH = asset_dir("styles") / "over.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", show=False),
    ]

    def __init__(self, actions: tuple[Action, ...], kinds: frozenset[str]) -> None:
        super().__init__()
        self.actions = actions
        self.kinds = kinds

    def compose(self) -> ComposeResult:
        """One list."""
        rows = Rows(self._paint, id="help")
        rows.border_title = Content(_("Keys"))
        rows.border_subtitle = Content(_("esc closes · ctrl+p finds any action by typing"))
        here = [a for a in self.actions if a.scope != ANY and a.scope & self.kinds]
        everywhere = [a for a in self.actions if a.scope == ANY]
        elsewhere = [a for a in self.actions if a not in here and a not in everywhere]
        items: list[Item] = []
        groups = (
            (_("On what the cursor is on"), here),
            (_("Everywhere"), everywhere),
            (_("On other rows"), elsewhere),
        )
        for title, group in groups:
            if group:
                items.append(Item(title, title, heading=True))
                items += [Item(action.id, action) for action in group]
        moving = _(
            "Tab, Shift+Tab: next pane · arrows, PgUp, PgDn, Home, End: rows · Enter: open · Esc: back"
        )
        items.append(Item("moving", moving, heading=True))
        rows.show(items)
        yield rows

    @staticmethod
    def _paint(data: object, width: int) -> list[Content]:
        if not isinstance(data, Action):
            return [Content.styled(f" {data}", "bold $accent")]
        keys = ", ".join(dict.fromkeys(printed(key) for key in data.keys))
        return [
            Content.styled(f" {keys} ", "bold").truncate(12, pad=True)
            + Content.styled(_(data.title), "$secondary").truncate(16, ellipsis=True, pad=True)
            + Content.styled(_(data.help), visuals.MUTED)
        ]

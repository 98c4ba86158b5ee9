"""Choosing a theme: each is worn while the cursor is on it, so that one sees what one gets."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.theme import Theme

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import THEMES as TITLES
from cockpit.locale import _
from cockpit.services.settings import look, themes
from cockpit.services.settings.fault import ConfigError
from cockpit.ui.everywhere.theme import THEMES, faint, made
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Item, Rows


@dataclass(frozen=True)
class ThemeLine:
    """A theme by its name and title; what is to be said of it; whether it can be worn."""

    name: str
    title: str
    said: str = ""
    is_sound: bool = True


class ThemeScreen(OverPlace[None]):
    """Up and down try, Enter keeps, Escape goes back to what was worn."""

    cockpit = getters.app(Cockpit)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("f9", "next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.before = self.app.theme

    def compose(self) -> ComposeResult:
        """One list in a corner: the place stays in sight."""
        rows = Rows(self._paint, id="themes")
        rows.border_title = Content.styled(_("Theme"), "bold")
        rows.border_subtitle = Content(_("↑ ↓ try · ⏎ keep · esc back"))
        lines = [*(ThemeLine(each.name, _(TITLES[each.name])) for each in THEMES), *self._own()]
        rows.show([Item(line.name, line, heading=not line.is_sound) for line in lines])
        rows.select(self.app.theme)
        yield rows

    def _own(self) -> list[ThemeLine]:
        """Those of one's own: registered when they are sound, told with their fault when they are not."""
        found = []
        for name in themes.names(self.cockpit.workspace):
            if name in TITLES:
                continue
            try:
                theme = made(themes.read(self.cockpit.workspace, name))
            except ConfigError as error:
                where = f"{error.path.name}:{error.line}"
                found.append(ThemeLine(name, f"{where} {error.key}", error.what, is_sound=False))
                continue
            found.append(ThemeLine(name, name, self._hard(theme)))
            self.app.register_theme(theme)
        return found

    @staticmethod
    def _hard(theme: Theme) -> str:
        hard = faint(theme)
        return _("hard to read: {colours}").format(colours=hard) if hard else ""

    @on(Rows.Moved)
    def _try(self) -> None:
        line = self.query_one(Rows).selected
        if line is not None and not line.heading:
            self.app.theme = line.data.name

    @on(Rows.Opened)
    def _keep(self) -> None:
        look.keep_theme(self.cockpit.workspace, self.app.theme)
        self.dismiss()

    def action_leave(self) -> None:
        """As it was."""
        self.app.theme = self.before
        self.dismiss()

    def action_next(self) -> None:
        """The next one, round at the end: the key that opened this goes on."""
        rows = self.query_one(Rows)
        before = rows.cursor
        rows.action_move(1)
        if rows.cursor == before:
            rows.action_move(-len(rows.items))

    @staticmethod
    def _paint(line: ThemeLine, width: int) -> list[Content]:
        style = visuals.WARN if line.said else ""
        said = Content.styled(f"{line.said} ", style)
        return [visuals.spread(width, Content(f" {line.title}"), said)]

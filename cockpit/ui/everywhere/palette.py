"""Finding by typing: any action, any record. Data becomes Content, never markup."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.records.finding import find
from cockpit.services.work import saved_views
from cockpit.services.work.saved_views import SavedView
from cockpit.ui.kit.host import Cockpit, Offered
from cockpit.ui.kit.keys import printed
from cockpit.ui.kit.place import Place
from cockpit.ui.kit.sheets import StyledOnce
from cockpit.ui.lists.questions import show
from cockpit.ui.widgets.rows import Rows


class Palette(CommandPalette, StyledOnce[None]):
    """Textual's own, which also says in the person's language that nothing was found."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        # Textual writes its sentence in English inside this very method, and offers no other door to it.
        self._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                nothing = Option(_("Nothing is called that"), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)


class _PlaceProvider(Provider):
    """A provider of the palette that was opened over a place."""

    @property
    def cockpit(self) -> Cockpit:
        """The running app."""
        assert isinstance(self.app, Cockpit)
        return self.app


class ActionsProvider(_PlaceProvider):
    """Every action of the registry, with its key."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for title, help, action_id in self._lines():
            yield DiscoveryHit(Content(title), partial(self.cockpit.action_do, action_id), help=Content(help))  # type: ignore[arg-type]

    async def search(self, query: str) -> Hits:
        """Those whose words match, accents folded."""
        matcher = self.matcher(fold(query))
        for title, help, action_id in self._lines():
            score = matcher.match(fold(f"{title} {help}"))
            if score > 0:
                yield Hit(
                    score,
                    Content(title),
                    partial(self.cockpit.action_do, action_id),
                    text=title,
                    help=Content(help),  # type: ignore[arg-type]
                )

    def _lines(self) -> list[tuple[str, str, str]]:
        """The actions that apply where the palette was opened."""
        if not isinstance(self.screen, Place):
            return []
        return [
            (f"{each.title}{_key(each)}", each.why_not or each.help, each.id)
            for each in self.cockpit.offered(self.screen.target())
            if each.id != "palette"
        ]


def _key(offered: Offered) -> str:
    return f"  ({printed(offered.keys[0])})" if offered.keys else ""


class ViewsProvider(_PlaceProvider):
    """The views that are kept under a name, for the list where the palette was opened."""

    async def search(self, query: str) -> Hits:
        """Those whose names match."""
        place = self.screen
        if not isinstance(place, Place) or place.listed is None:
            return
        matcher, rows = self.matcher(fold(query)), place.listed
        for view in saved_views.every(self.cockpit.workspace):
            title = _("view: {name}").format(name=view.name)
            score = matcher.match(fold(title))
            if score > 0:
                yield Hit(
                    score, Content(title), partial(self._show, rows, view), text=title, help=Content(view.line),  # type: ignore[arg-type]
                )  # fmt: skip

    def _show(self, rows: Rows[Any], view: SavedView) -> None:
        try:
            show(self.cockpit.workspace, rows, view)
        except Refusal as error:
            self.cockpit.tell(str(error))


class RecordsProvider(_PlaceProvider):
    """Every record, by the beginnings of its words."""

    async def search(self, query: str) -> Hits:
        """Best first."""
        for rank, (register, record) in enumerate(find(self.cockpit.workspace.shown, query)):
            title = Content.assemble(
                (f"{record.code:<6} ", "bold $accent"), str(getattr(record, register.subject))
            )
            yield Hit(
                1.0 - rank / 1000, title, partial(self.cockpit.open_code, record.code),
                text=title.plain, help=Content(_(register.singular)),  # type: ignore[arg-type]
            )  # fmt: skip

"""Finding by typing: any action, any record. Data becomes Content, never markup."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.records.finding import find
from cockpit.ui.kit.actions import Action
from cockpit.ui.kit.keys import printed, works
from cockpit.ui.kit.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


class _CockpitProvider(Provider):
    @property
    def cockpit(self) -> CockpitApp:
        """The running app."""
        from cockpit.ui.app import CockpitApp

        assert isinstance(self.app, CockpitApp)
        return self.app


class ActionsProvider(_CockpitProvider):
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
        kinds = self.screen.target().kinds if isinstance(self.screen, Place) else frozenset()
        return [
            (f"{_(action.title)}{_key(action)}", _(action.help), action.id)
            for action in self.cockpit.actions
            if action.id != "palette" and works(action, kinds)
        ]


def _key(action: Action) -> str:
    return f"  ({printed(action.keys[0])})" if action.keys else ""


class RecordsProvider(_CockpitProvider):
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

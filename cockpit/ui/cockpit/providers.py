"""Status of the tools and providers that publish one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, ngettext
from cockpit.services.boards.board import Board
from cockpit.services.providers import rows
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.reading import connection
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Providers(Pane[ProviderLine]):
    """What each source says, since when, and how old the word is."""

    NUMBER = 7
    TITLE = N_("Providers")
    EMPTY = N_(
        "Status pages of your tools and providers: a adds one, by its name or its address; s reads them all."
    )

    def items_of(self, board: Board) -> Sequence[Item[ProviderLine]]:
        """What is worst first, then by name."""
        return [Item(line.key, line) for line in rows.worst_first(board.outside.providers)]

    def draw(self, data: ProviderLine, width: int, board: Board) -> Content:
        """One line each."""
        return painted.line(rows.provider(data, board.at), width)

    def counts(self, board: Board) -> str:
        """Open incidents."""
        if board.outside.offline:
            return connection.banner(board.outside.connection)
        incidents = sum(len(line.incidents) for line in board.outside.providers)
        return ngettext("{n} incident", "{n} incidents", incidents).format(n=incidents) if incidents else ""

    def target_of(self, item: Item[ProviderLine]) -> Target:
        """A status source."""
        return Target(frozenset({Kind.PROVIDER}), item.key, item.data)

    def target(self) -> Target:
        """A status source can be added whatever is listed."""
        found = super().target()
        return found if found.kinds else Target(frozenset({Kind.PROVIDERS}))

"""Where partners write to, how it is read, and what of it waits."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.services.messages import ways_in
from cockpit.ui.kit.facts import FactsScreen
from cockpit.ui.kit.host import Cockpit, Target


class WaysInScreen(FactsScreen):
    """Opened by Enter on the alert that what partners send is not read."""

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> WaysInScreen:
        """The ways in of the configuration, and the statements to sort."""
        facts = ways_in.facts(cockpit.workspace.shown, cockpit.board.inbox.statements)
        return cls(_("Inbox"), facts, "")

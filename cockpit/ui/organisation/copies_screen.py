"""The copies of the cockpit, and whether they can be restored."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.services.organisation import restore_words
from cockpit.ui.kit.facts import FactsScreen
from cockpit.ui.kit.host import Cockpit, Target


class CopiesScreen(FactsScreen):
    """Opened by Enter on the alert that no copy was restored for a trial, or could be."""

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> CopiesScreen:
        """What is known of them."""
        return cls(_("Copies"), restore_words.facts(cockpit.workspace), "")

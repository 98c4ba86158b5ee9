"""What every view of the organisation does: show what is stored, and say what the keys act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import getters
from textual.containers import Container

from cockpit.domain.records.record import Value
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.widgets.rows import Item


class View(Container):
    """One way to look at the organisation. Sub-classes compose their parts and read what they show."""

    cockpit = getters.app(Cockpit)

    @property
    def shown(self) -> Workspace:
        """What may be read: the veiled cockpit while a screen is shared."""
        return self.cockpit.workspace.shown

    def show(self) -> None:
        """Read again, and show what differs."""

    def target(self) -> Target:
        """What keys act on now."""
        return Target()

    def target_of(self, item: Item[Any]) -> Target | None:
        """What keys act on when a row is selected; None in the views whose keys act on one row at a time."""
        return None

    def given(self) -> Mapping[str, Value]:
        """What is known of a record that is created here: by where the cursor stands."""
        return {}

    def follow(self, code: str) -> None:
        """Put the cursor on a record that was just written, where the view lists it."""

    def settle(self) -> None:
        """The bar was closed: what was only shown while one typed is over."""

    def enter(self) -> None:
        """Take the focus."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

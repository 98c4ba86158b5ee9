"""A list that can show what comes after the item under its cursor, which something else then draws large."""

from __future__ import annotations

from typing import TypeVar

from textual.geometry import Size

from cockpit.ui.widgets.rows import Rows

T = TypeVar("T")


class NextRows(Rows[T]):
    """Rows, until `lead` says that the one under the cursor stands above them: then those after it are seen."""

    leads = False

    def lead(self, leads: bool) -> None:
        """Whether the item under the cursor is drawn elsewhere."""
        if leads != self.leads:
            self.leads = leads
            # What was drawn at the cursor's place is hidden, or seen again.
            self.set_class(leads, "-next")
            self.measure()
            self.repaint()
            self.follow_cursor()

    @property
    def following(self) -> int:
        """How many items come after the one under the cursor."""
        return max(0, len(self.items) - 1 - self.cursor)

    def measure(self) -> None:
        """With room below the last one, so that each can be scrolled out at the top."""
        super().measure()
        if self.leads:
            room = self.scrollable_content_region
            self.virtual_size = Size(room.width, len(self.items) * self.row_height + room.height)

    def follow_cursor(self) -> None:
        """The first line is the item after the cursor's."""
        if self.leads:
            self.scroll_to(y=(self.cursor + 1) * self.row_height, animate=False, force=True, immediate=True)
        else:
            super().follow_cursor()

"""Keys of the cockpit itself: a pane alone on the screen, and which panes stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import N_
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place

here = Actions()


@here(
    "pane.zoom", "z", on={Kind.PANES}, title=N_("whole"), shown=False,
    help=N_("The pane where the keys are, alone on the screen; and back"),
)  # fmt: skip
def zoom(_cockpit: Cockpit, place: Place) -> None:
    """One pane alone, or all of them again."""
    place.zoom()


@here(
    "pane.layout", "Z, shift+z", on={Kind.PANES}, title=N_("layout"), shown=False,
    help=N_("Which panes are on the screen: everything, the morning, on the wall; kept for you"),
)  # fmt: skip
def layout(_cockpit: Cockpit, place: Place) -> None:
    """The next layout, round at the end."""
    place.next_layout()


@here(
    "pane.name_layout", on={Kind.PANES}, title=N_("own layout"), shown=False,
    help=N_("Make a layout of your own: the numbers of its panes and a name; Z goes through them"),
)  # fmt: skip
def name_layout(_cockpit: Cockpit, place: Place) -> None:
    """Ask for its panes and its name."""
    place.name_layout()

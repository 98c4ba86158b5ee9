"""What keys do about costs: time spent on a record."""

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
    "cost.spend", "plus, equals_sign", on={Kind.BLOCKER, Kind.PRIORITY, Kind.CLOCK, Kind.RECORD},
    title=N_("time spent"), shown=False,
    help=N_("Note minutes spent on this record: 15, 1h30; their price is coordination"),
)  # fmt: skip
def spend(cockpit: Cockpit, place: Place) -> None:
    """Ask how many minutes."""
    from cockpit.ui.costs import questions

    place.ask(questions.spend(cockpit.workspace, place.target().code))

"""How a view of a place is called, and where it is: read by actions before any screen is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass

if TYPE_CHECKING:
    from cockpit.ui.kit.actions import Deed
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place


@dataclass(frozen=True)
class NamedView:
    """A view as the strip, the palette and the help name it; where its class is, below `cockpit.ui`."""

    title: str
    help: str
    where: str


def looking_at(place: str, name: str) -> Deed:
    """What opens a place on one of its views."""

    def look(cockpit: Cockpit, now: Place) -> None:
        from cockpit.ui.kit.place import Place

        if place == now.NAME:
            # Said at once, so that keys pressed quickly are each counted.
            now.want(name)

        async def open_view() -> None:
            while len(cockpit.screen_stack) > 1:
                await cockpit.pop_screen()
            await cockpit.switch_mode(place)
            if isinstance(cockpit.screen, Place):
                await cockpit.screen.look_at(name)

        cockpit.run_worker(open_view(), exit_on_error=True)

    return look

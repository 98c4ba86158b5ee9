"""What the actions of live facilitation do on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cockpit.ui.kit.actions import ACTIONS
from cockpit.ui.kit.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def _meeting(kind: str, app: CockpitApp, place: Place) -> None:
    from cockpit.ui.meetings.screen import LiveScreen

    app.push_screen(LiveScreen(app.workspace, kind))


def _live(action_id: str, app: CockpitApp, place: Place) -> None:
    from cockpit.ui.meetings.screen import LiveScreen

    if isinstance(place, LiveScreen):
        place.perform(action_id)


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "flash": partial(_meeting, "flash"),
    "kickoff": partial(_meeting, "kickoff"),
    **{action.id: partial(_live, action.id) for action in ACTIONS if action.id.startswith("live.")},
}

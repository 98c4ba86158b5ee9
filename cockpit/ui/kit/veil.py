"""The veil on the screen: drawn and lifted by a key, by a live meeting, and what it keeps a key from telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from cockpit.domain.records.confidentiality import ROOM, is_above
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.records import find
from cockpit.ui.kit.actions import ANY, Action
from cockpit.ui.kit.place import Place, Target

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp

# They say nothing but the code of what they are done to.
_DISCREET = frozenset({"work.done", "priority.pick"})


def toggle(app: CockpitApp, _place: Place) -> None:
    """Draw the veil for a room of level ROOM, or lift it."""
    set_veil(app, None if app.workspace.is_veiled else ROOM)


def set_veil(app: CockpitApp, level: int | None) -> None:
    """Show nothing above `level`, on every place, from this moment on; None shows everything."""
    if level is None:
        app.workspace.lift_veil()
    else:
        app.workspace.draw_veil(level)
    # What was said before may name what the room must not read.
    app.told = ""
    app.reload()
    for screen in _everywhere(app):
        if isinstance(screen, Place) and screen.is_mounted:
            screen.show_board(app.board)
    if level is None:
        app.tell(_("veil lifted: everything is shown"))
    else:
        app.tell(_("veil: nothing above level {level} is shown; v lifts it").format(level=level))


def refuses(app: CockpitApp, action: Action, target: Target) -> bool:
    """Whether an action would tell of a record that is veiled; then that is said, and nothing is done."""
    if not app.workspace.is_veiled or action.scope == ANY or action.id in _DISCREET:
        return False
    code = hidden_code(app, target)
    if code:
        app.tell(_("{code} is above the level of this room: v lifts the veil").format(code=code))
    return bool(code)


def hidden_code(app: CockpitApp, target: Target) -> str:
    """The code of what the cursor is on when the veil hides it, else nothing."""
    shown = app.workspace.shown
    code = target.code or str(getattr(getattr(target.data, "ritual", None), "code", ""))
    try:
        _register, found = find.find(shown, code)
    except refusal.UnknownCode:
        conf = getattr(target.data, "conf", 0)
        return code or "▒▒▒" if shown.room is not None and is_above(conf, shown.room) else ""
    return found.code if shown.hides(found) else ""


def _everywhere(app: CockpitApp) -> list[Screen[object]]:
    """The screens of every mode: those that are not on top keep what they drew."""
    return [screen for stack in app._screen_stacks.values() for screen in stack]

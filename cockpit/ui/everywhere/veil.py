"""The veil on the screen: drawn and lifted by a key, by a live meeting, and what it keeps a key from telling."""

from __future__ import annotations

from textual.screen import Screen

from cockpit.domain.records.confidentiality import ROOM, is_above
from cockpit.domain.seats.seat import AboveSeat
from cockpit.locale import _
from cockpit.services.desk import refusal
from cockpit.services.records import find
from cockpit.ui.kit.actions import Action
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Place

# They say nothing but the code of what they are done to.
_DISCREET = frozenset({"work.done", "priority.pick"})


def toggle(cockpit: Cockpit) -> None:
    """Draw the veil for a room of level ROOM, or lift it."""
    set_veil(cockpit, None if cockpit.workspace.is_drawn else ROOM)


def set_veil(cockpit: Cockpit, level: int | None) -> None:
    """Show nothing above `level`, on every place, from this moment on; None shows everything."""
    if level is None:
        cockpit.workspace.lift_veil()
    else:
        cockpit.workspace.draw_veil(level)
    # What was said before may name what the room must not read.
    cockpit.told = ""
    cockpit.typed_veiled.clear()
    cockpit.reload()
    for screen in _everywhere(cockpit):
        if isinstance(screen, Place) and screen.is_mounted:
            screen.show_board(cockpit.board)
    if level is None:
        cockpit.tell(
            _("veil lifted: everything is shown") if cockpit.workspace.room is None else _("veil lifted")
        )
    else:
        cockpit.tell(_("veil: nothing above level {level} is shown; v lifts it").format(level=level))


def why_not(cockpit: Cockpit, action: Action, code: str) -> str:
    """Why an action is refused that would tell of the hidden record `code`; empty when it tells of none."""
    workspace = cockpit.workspace
    # A seat changes nothing that it does not read; under a veil that can be lifted, some keys tell nothing.
    if not code or Kind.PLACE in action.on or (action.id in _DISCREET and workspace.room is None):
        return ""
    if workspace.room is not None and not workspace.is_drawn:
        return str(AboveSeat(code, workspace.room))
    return _("{code} is above the level of this room: v lifts the veil").format(code=code)


def hidden_code(cockpit: Cockpit, target: Target) -> str:
    """The code of what the cursor is on when the veil hides it, else nothing."""
    if not cockpit.workspace.is_veiled:
        return ""
    shown = cockpit.workspace.shown
    code = target.code or str(getattr(getattr(target.data, "ritual", None), "code", ""))
    try:
        _register, found = find.find(shown, code)
    except refusal.UnknownCode:
        conf = getattr(target.data, "conf", 0)
        return code or "▒▒▒" if shown.room is not None and is_above(conf, shown.room) else ""
    return found.code if shown.hides(found) else ""


def _everywhere(cockpit: Cockpit) -> list[Screen[object]]:
    """The screens of every mode: those that are not on top keep what they drew."""
    return [screen for stack in cockpit._screen_stacks.values() for screen in stack]

"""What the actions of guided forms do on the screen: open one, answer in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cockpit.locale import _
from cockpit.services.actions import ACTIONS
from cockpit.ui.screens.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp
    from cockpit.ui.screens.guided import Form


def open_form(app: CockpitApp, form: Form) -> None:
    """Show a form, over whatever is shown now."""
    from cockpit.ui.screens.guided import Guided

    if app.workspace.is_veiled:
        app.tell(_("what is asked here may be restricted: v lifts the veil"))
        return
    app.push_screen(Guided(form))


def self_audit(app: CockpitApp, place: Place) -> None:
    """Begin the self-audit, or go on where it was left."""
    from cockpit.ui.guided.self_audit import SelfAuditForm

    open_form(app, SelfAuditForm(app.workspace))


def _answer(action_id: str, app: CockpitApp, place: Place) -> None:
    from cockpit.ui.screens.guided import Guided

    if isinstance(place, Guided):
        place.perform(action_id)


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "selfaudit": self_audit,
    **{action.id: partial(_answer, action.id) for action in ACTIONS if action.id.startswith("ask.")},
}

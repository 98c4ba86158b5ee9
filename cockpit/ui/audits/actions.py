"""What the actions of guided forms do on the screen: open one, answer in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cockpit.locale import _
from cockpit.services.audits import answer_sheets
from cockpit.ui.audits import questions
from cockpit.ui.kit.actions import ACTIONS
from cockpit.ui.kit.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp
    from cockpit.ui.audits.guided import Form


def open_form(app: CockpitApp, form: Form) -> None:
    """Show a form, over whatever is shown now."""
    from cockpit.ui.audits.guided import Guided

    if app.workspace.is_veiled:
        app.tell(_("what is asked here may be restricted: v lifts the veil"))
        return
    app.push_screen(Guided(form))


def self_audit(app: CockpitApp, place: Place) -> None:
    """Begin the self-audit, or go on where it was left."""
    from cockpit.ui.audits.self_audit import SelfAuditForm

    open_form(app, SelfAuditForm(app.workspace))


def _function(kind: str, app: CockpitApp, place: Place) -> None:
    """An audit or a review of the function under the cursor, else of the one that is named."""
    from cockpit.ui.audits.audit import AuditForm
    from cockpit.ui.audits.level import LevelForm

    def begin(code: str) -> None:
        open_form(app, (AuditForm if kind == answer_sheets.AUDIT else LevelForm)(app.workspace, code))

    target = place.target()
    if target.code.startswith("FN-"):
        if (
            kind == answer_sheets.AUDIT
            and answer_sheets.function_of(app.workspace, target.code).mode == "internal"
        ):
            app.tell(_("carried inside: an audit is for what others carry; L looks at its level"))
            return
        begin(target.code)
        return
    found = answer_sheets.due_functions(app.workspace.shown)
    if not found:
        app.tell(
            _("no function is carried outside yet: 3 opens the organisation, ^p self-audit begins the map")
        )
        return
    title = _("audit which function") if kind == answer_sheets.AUDIT else _("review which function")
    place.ask(questions.which(app.workspace, title, found, begin))


def _answer(action_id: str, app: CockpitApp, place: Place) -> None:
    from cockpit.ui.audits.guided import Guided

    if isinstance(place, Guided):
        place.perform(action_id)


DEEDS: Mapping[str, Callable[[CockpitApp, Place], None]] = {
    "selfaudit": self_audit,
    "map.selfaudit": self_audit,
    "audit.start": partial(_function, answer_sheets.AUDIT),
    "level.start": partial(_function, answer_sheets.LEVEL),
    "function.audit": partial(_function, answer_sheets.AUDIT),
    "function.level": partial(_function, answer_sheets.LEVEL),
    **{action.id: partial(_answer, action.id) for action in ACTIONS if action.id.startswith("ask.")},
}

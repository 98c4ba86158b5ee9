"""The phase of the company, which the chief executive alone sees: below that level there is none."""

from __future__ import annotations

from datetime import date

from cockpit.domain.organisation import phase as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.phase import PHASES, SALE, Phase
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace

PHASE = REGISTERS["phase"]


def current(workspace: Workspace) -> Phase | None:
    """The phase that the company is in; None where none was said, and below the chief executive's level."""
    return rules.of(workspace.select(Phase, "phase", "archived_at IS NULL"), workspace.today())


def is_sale(workspace: Workspace) -> bool:
    """Whether a sale is in view, and whoever looks may know."""
    found = current(workspace)
    return found is not None and found.phase == SALE


def begin(
    workspace: Workspace, phase: str, *, since: date | None = None, target: date | None = None, note: str = ""
) -> str:
    """From a day on (today) the company is in that phase; its code. Said again, the phase gets another day.

    Raises NotPossible when nothing would change.
    """
    now = current(workspace)
    if now is not None and now.phase == phase and since is None:
        values: dict[str, Value] = {}
        if target is not None and target != now.target_on:
            values["target_on"] = target
        if note and note != now.note:
            values["note"] = note
        if not values:
            raise NotPossible(now.code, _("the company is in that phase already"))
        workspace.change(PHASE, now, values)
        return now.code
    said: dict[str, Value] = {
        "phase": phase, "since": since or workspace.today(), "target_on": target, "note": note,
    }  # fmt: skip
    return workspace.add(PHASE, said)


def word(phase: str) -> str:
    """Its name, for whoever may read it."""
    return _(PHASES[phase])

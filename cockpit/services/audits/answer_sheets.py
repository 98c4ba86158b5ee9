"""Audits and reviews that somebody left unfinished: kept at each answer, by function, and found again."""

from __future__ import annotations

from datetime import date

from cockpit.domain.audits import answer_sheet
from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import Function
from cockpit.domain.time.contract_terms import add_months
from cockpit.services.audits import unfinished
from cockpit.services.changes.batch import Coming
from cockpit.services.desk.calendars import working_day
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry
from cockpit.store import records

AUDIT, LEVEL = "audit", "level"


def function_of(workspace: Workspace, code: str) -> Function:
    """The function of that code. Raises UnknownCode."""
    found = records.get(workspace.conn, REGISTERS["function"], code)
    if not isinstance(found, Function):
        raise UnknownCode(code)
    return found


def kept(workspace: Workspace, kind: str, function: str) -> AnswerSheet | None:
    """The sheet that was left, or whose end was taken back; None when none was begun."""
    return answer_sheet.load(unfinished.state(workspace, f"{kind}:{function}"))


def save(workspace: Workspace, kind: str, sheet: AnswerSheet) -> bool:
    """Keep where it stands; False when the database is busy: the next key tries again."""
    return unfinished.save(workspace, f"{kind}:{sheet.function}", answer_sheet.dump(sheet))


def end(workspace: Workspace, kind: str, sheet: AnswerSheet, code: str) -> None:
    """Forget the sheet: the record of that code was made of it."""
    unfinished.end(workspace, f"{kind}:{sheet.function}", answer_sheet.dump(sheet), code)


def next_day(workspace: Workspace, months: int) -> date:
    """The same day so many months later, or the first working day after it."""
    return working_day(workspace, add_months(workspace.today(), months))


def add_actions(workspace: Workspace, coming: Coming, sheet: AnswerSheet, origin: str, conf: int) -> None:
    """The actions as priorities that come from there, about the function unless they say otherwise."""
    names = entry.known(workspace)
    for line in sheet.actions:
        values = entry.values_of(workspace, "priority", entry.understand(workspace, line, names))
        own: dict[str, Value] = {"origin": origin, "conf": max(conf, int(str(values.get("conf", 1))))}
        if not values.get("function"):
            own["function"] = sheet.function
        coming.add("priority", {**values, **own})


def due_functions(workspace: Workspace) -> tuple[Function, ...]:
    """Outsourced functions, those that were audited longest ago first, then by criticality."""
    where = (
        "archived_at IS NULL AND mode != 'internal' ORDER BY (SELECT max(held_on) FROM audit"
        " WHERE audit.function = function.code AND audit.archived_at IS NULL AND verdict != 'open'),"
        " criticality DESC, number"
    )
    return workspace.select(Function, "function", where)

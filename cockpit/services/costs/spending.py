"""Time that is noted on a record: what it costs follows from who noted it, and when."""

from __future__ import annotations

import re

from cockpit.domain.costs.ledger import Nature, price
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.locale import _
from cockpit.services.costs.times import SPENT
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, in_force
from cockpit.store import people

MOST = 24 * 60
"""Minutes that are noted at once."""


def minutes_of(text: str) -> int:
    """`15`, `+15m`, `1h30`: minutes. Raises WrongValue."""
    found = re.fullmatch(r"\+?\s*(?:(\d{1,2})\s*h\s*)?(?:(\d{1,4})\s*(?:m|min)?)?", text.strip().lower())
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    if not 0 < minutes <= MOST:
        raise WrongValue(_("minutes are expected, such as 15 or 1h30"))
    return minutes


def spend(workspace: Workspace, code: str, minutes: int) -> int:
    """Add minutes to what was spent on a record; what it is in all, or this time, where it keeps no sum.

    A blocker and a priority keep their sum. Of any other record it is a line of the register of costs: coordination
    of this month, for its function or by its contract. Raises UnknownCode.
    """
    register, found = find.find(workspace, code)
    about = getattr(found, "blocker", "")
    if about:
        # A deadline, or a step of the ladder: the time goes into the case.
        register, found = find.find(workspace, about)
    spent = getattr(found, "spent_minutes", None)
    if spent is None or not register.editable or register.name not in SPENT:
        workspace.add(REGISTERS["cost"], _cost(workspace, register, found, minutes), "cost.add")
        return minutes
    values: dict[str, Value] = {"spent_minutes": spent + minutes}
    workspace.change(register, found, values, f"{register.name}.edit")
    return int(spent) + minutes


def keeps_sum(code: str) -> bool:
    """Whether the record itself says how much time it took in all."""
    register = register_of(code)
    return register is not None and register.name in (*SPENT, "clock", "escalation")


def _cost(workspace: Workspace, register: Register, found: Record, minutes: int) -> dict[str, Value]:
    name = str(getattr(found, register.subject)) or found.code
    known = workspace.names()
    rate = people.rate_of(workspace.conn, workspace.actor)
    return {
        "name": _("Time on {what}").format(what=f"{found.code} {known.get(name, name)}"),
        "month": workspace.today(), "kind": Nature.COORDINATION.value, "minutes": minutes,
        "amount": None if rate is None else price(minutes, rate),
        "function": _function(register, found),
        "contract": _contract(workspace, register, found) or None, "conf": max(1, found.conf),
    }  # fmt: skip


def _function(register: Register, found: Record) -> str | None:
    """The one function that the record is, or names; None where it names none or several."""
    functions = getattr(found, "functions", ())
    if register.name == "function":
        return found.code
    if function := getattr(found, "function", ""):
        return str(function)
    return functions[0] if isinstance(functions, tuple) and len(functions) == 1 else None


def _contract(workspace: Workspace, register: Register, found: Record) -> str:
    """The contract that binds the record: itself, the one it names, or the only one of the provider."""
    if register.name == "contract":
        return found.code
    provider = found.code if register.name == "provider" else getattr(found, "provider", "")
    theirs = [each.code for each in in_force.contracts(workspace) if provider and each.provider == provider]
    return str(getattr(found, "contract", "")) or (theirs[0] if len(theirs) == 1 else "")

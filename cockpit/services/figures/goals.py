"""Goals of the quarter: which are open, which nobody spoke of this week, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.figures import goals as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.goal import Goal
from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.desk import as_json
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures.scorecard import period_name

GOAL = REGISTERS["goal"]
SIGNS: Mapping[str, tuple[str, Role]] = {
    "unsaid": ("?", Role.WATCH),
    "on_track": ("●", Role.GOOD),
    "off_track": ("■", Role.BAD),
    "reached": ("✓", Role.GOOD),
    "dropped": ("✗", Role.GONE),
}
"""The sign of each state."""


@dataclass(frozen=True)
class GoalLine:
    """A goal, and whether it should be spoken of."""

    record: Goal
    due: bool
    """Nobody said for a week whether it is on track."""
    past: bool
    """Its quarter is over, and it is neither reached nor given up."""


def goals(workspace: Workspace, *, every: bool = False) -> tuple[GoalLine, ...]:
    """The goals that are open, off track first; with `every`, those of the past that are over as well."""
    today = workspace.today()
    lines = []
    for each in workspace.select(Goal, "goal", "archived_at IS NULL ORDER BY quarter, number"):
        if each.quarter is None or (each.state in rules.OVER and not every):
            continue
        due = rules.is_due(each.state, each.said_on, each.quarter, today)
        lines.append(GoalLine(each, due, rules.is_past(each.state, each.quarter, today)))
    return tuple(sorted(lines, key=lambda line: (line.record.state != "off_track", not line.past)))


def say(workspace: Workspace, code: str, state: str, note: str = "") -> None:
    """Say today how a goal stands. Raises UnknownCode."""
    found = workspace.select(Goal, "goal", "code = ? AND archived_at IS NULL", (code.upper(),))
    if not found:
        raise UnknownCode(code)
    values: dict[str, Value] = {"state": state, "said_on": workspace.today()}
    if note:
        values["note"] = typed(note)
    workspace.change(GOAL, found[0], values, "goal.said")


def to_priority(workspace: Workspace, code: str) -> str:
    """Make a priority towards a goal, of its owner; its code. Raises UnknownCode."""
    found = workspace.select(Goal, "goal", "code = ? AND archived_at IS NULL", (code.upper(),))
    if not found:
        raise UnknownCode(code)
    (goal,) = found
    values: dict[str, Value] = {
        "title": goal.name, "owner": goal.owner or workspace.actor, "severity": "p2", "tags": (goal.code,),
        "note": goal.done_when, "conf": goal.conf,
    }  # fmt: skip
    return workspace.add(REGISTERS["priority"], values)


def row(line: GoalLine, names: Mapping[str, str]) -> Row:
    """`■ Two maintenance contracts signed   off track · Q4 2026`, then whose, and by what one sees it."""
    record = line.record
    sign, role = SIGNS[record.state]
    left = (Piece(f"{sign} ", role), Piece(record.name, Role.STRONG))
    state = Piece(_(GOAL.field("state").choices[record.state]), role)
    right = [state]
    if line.past:
        right.append(Piece(" " + _("its quarter is over"), Role.BAD))
    elif line.due:
        right.append(Piece(" " + _("say how it stands"), Role.WATCH))
    quarter = period_name(record.quarter, "quarter") if record.quarter else ""
    facts = [
        Piece(names.get(record.owner, record.owner) or _("no owner")),
        Piece(quarter),
        Piece(record.done_when),
    ]
    facts += [Piece(record.note)] if record.note else []
    return Row(left, tuple(right), tuple(fact for fact in facts if fact.text), record.code)


def to_json(line: GoalLine) -> dict[str, object]:
    """With stable keys."""
    record = line.record
    return {
        "code": record.code, "name": record.name, "quarter": as_json.plain(record.quarter),
        "owner": record.owner or None, "done_when": record.done_when, "state": record.state,
        "said_on": as_json.plain(record.said_on), "due": line.due, "past": line.past,
        "note": record.note or None,
    }  # fmt: skip

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
from cockpit.services.work import priorities

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


def flip(workspace: Workspace, code: str) -> str:
    """Say by one key how a goal stands this week: on track, and off track where that was said today. What was said.

    Raises UnknownCode.
    """
    goal = _open(workspace, code)
    said_today = goal.state == "on_track" and goal.said_on == workspace.today()
    state = "off_track" if said_today else "on_track"
    say(workspace, code, state)
    return state


def to_priority(workspace: Workspace, code: str) -> str:
    """Make a priority towards a goal, of its owner; its code. Raises UnknownCode."""
    return workspace.add(REGISTERS["priority"], _towards(workspace, _open(workspace, code)))


def pick(workspace: Workspace, code: str) -> str:
    """Make a priority towards a goal that is one of the three of today, carried by whoever chooses it; its code.

    Raises UnknownCode, and NotPossible when three are chosen.
    """
    goal = _open(workspace, code)
    rank = priorities.free_rank(workspace, code)
    values = {
        **_towards(workspace, goal), "owner": workspace.actor, "day": workspace.today(), "rank": rank,
        "picked_by": workspace.picker,
    }  # fmt: skip
    return workspace.add(REGISTERS["priority"], values, "priority.pick")


def without_priority(workspace: Workspace) -> tuple[GoalLine, ...]:
    """The goals that run and towards which no open priority goes, off track first."""
    taken = {
        row["code"]
        for row in workspace.conn.execute(
            "SELECT tag.value AS code FROM priority, json_each(priority.tags) AS tag"
            " WHERE priority.closed_at IS NULL AND priority.archived_at IS NULL AND tag.value LIKE 'GO-%'"
        )
    }
    today = workspace.today()
    return tuple(
        line
        for line in goals(workspace)
        if line.record.code not in taken
        and line.record.quarter is not None
        and rules.has_begun(line.record.quarter, today)
        and not workspace.hides(line.record)
    )


def _open(workspace: Workspace, code: str) -> Goal:
    found = workspace.select(Goal, "goal", "code = ? AND archived_at IS NULL", (code.upper(),))
    if not found:
        raise UnknownCode(code)
    return found[0]


def _towards(workspace: Workspace, goal: Goal) -> dict[str, Value]:
    return {
        "title": goal.name, "owner": goal.owner or workspace.actor, "severity": "p2", "tags": (goal.code,),
        "note": goal.done_when, "conf": goal.conf,
    }  # fmt: skip


def row(line: GoalLine, names: Mapping[str, str]) -> Row:
    """`■ Two maintenance contracts signed   off track · Q4 2026`, then whose, and by what one sees it."""
    record = line.record
    sign, role = SIGNS[record.state]
    left = (Piece(f"{sign} ", role), Piece(record.name, Role.STRONG))
    state = Piece(_(GOAL.field("state").choices[record.state]), role)
    right = [state]
    if line.past:
        right.append(Piece(" · " + _("its quarter is over"), Role.BAD))
    elif line.due and record.state != "unsaid":
        right.append(Piece(" · " + _("say how it stands"), Role.WATCH))
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

"""Continuity: for each function the plan, who takes over, and the last drill against the time allowed."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import readiness as rules
from cockpit.domain.records.confidentiality import BLANK
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force

HELD_BACK = "held_back"
"""Its plan may be among those that the room does not see."""
STATES: Mapping[str, tuple[str, str]] = {
    rules.READY: ("●", N_("tried, in time")),
    rules.SLOW: ("■", N_("slower than allowed")),
    rules.FAILED: ("■", N_("the drill failed")),
    rules.PARTLY: ("▲", N_("succeeded in part only")),
    rules.UNMEASURED: ("▲", N_("tried, time not measured")),
    rules.STALE: ("▲", N_("drill older than a year")),
    rules.UNTRIED: ("▲", N_("never tried")),
    rules.NO_BACKUP: ("■", N_("nobody takes over")),
    rules.NO_PLAN: ("■", N_("no plan")),
    HELD_BACK: ("?", N_("above this level")),
}
"""Sign and word of each state; without a plan, a function that is not critical is only not followed."""


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """A function by one of its plans, or by none."""

    function: Function
    plan: Continuity | None
    backup: str
    """The name of who takes over."""
    drill: Drill | None
    allowed: int | None
    """Hours."""
    state: str

    @property
    def is_critical(self) -> bool:
        """Whether it must have a plan."""
        return self.function.criticality >= rules.CRITICAL

    @property
    def sign(self) -> tuple[str, str]:
        """Sign and word: what is not critical and has no plan is not known, and no fault."""
        if self.state == rules.NO_PLAN and not self.is_critical:
            return "?", N_("no plan")
        return STATES[self.state]


def readiness(workspace: Workspace) -> tuple[Readiness, ...]:
    """Every function, the critical ones first; one line for each of its plans."""
    live = "archived_at IS NULL"
    functions = workspace.select(Function, "function", f"{live} ORDER BY criticality DESC, number")
    plans = workspace.select(Continuity, "continuity", f"{live} ORDER BY number")
    drills = workspace.select(Drill, "drill", live)
    names, today, found = workspace.names(), workspace.today(), []
    gone = in_force.gone(workspace)
    held_back = workspace.holds_back("continuity", "drill")
    for function in functions:
        mine: tuple[Continuity | None, ...] = tuple(p for p in plans if p.function == function.code) or (
            None,
        )
        for plan in mine:
            drill = rules.last(drills, plan) if plan else None
            state = rules.judge(function, plan, drill, today, gone)
            if held_back and (plan is None or workspace.hides(plan)):
                state = HELD_BACK
            found.append(Readiness(
                function=function, plan=plan, backup=names.get(plan.backup, plan.backup) if plan else "",
                drill=drill, allowed=rules.allowed_hours(function, plan),
                state=state,
            ))  # fmt: skip
    return tuple(found)


def summary(found: tuple[Readiness, ...]) -> str:
    """`2 of 5 critical functions proved`: those with a plan that was tried in time."""
    critical = {each.function.code for each in found if each.is_critical}
    proved = {each.function.code for each in found if each.is_critical and each.state == rules.READY}
    return _("{n} of {all} critical functions proved").format(n=len(proved), all=len(critical))


def proof(each: Readiness) -> str:
    """The last drill against the time allowed: `tried 12 Sep: 6 h, allowed 8 h`."""
    allowed = _("allowed {n} h").format(n=each.allowed) if each.allowed is not None else _("time not said")
    if each.drill is None or each.drill.held_on is None:
        return allowed
    held = dates.whole_day(each.drill.held_on)
    hours = each.drill.measured_hours
    took = _("{n} h").format(n=hours) if hours is not None else _("time not measured")
    return _("tried {day}: {took}, {allowed}").format(day=held, took=took, allowed=allowed)


def plan_words(each: Readiness) -> str:
    """The plan and who takes over."""
    if each.state == HELD_BACK:
        return BLANK
    if each.plan is None:
        return _("no plan")
    backup = each.backup or _("nobody")
    return f"{each.plan.name} → {backup}"


ROLES: Mapping[str, Role] = {"●": Role.GOOD, "▲": Role.WATCH, "■": Role.BAD, "?": Role.QUIET}
"""What each sign is there for."""


def rows(each: Readiness, names: int = 0) -> tuple[Row, Row]:
    """A function and how ready it is, behind a column of `names` cells; its plan and the proof."""
    glyph, word = each.sign
    level = each.function.criticality
    gone = each.state in (rules.NO_PLAN, rules.NO_BACKUP) and each.is_critical
    plan = Role.BAD if gone else Role.PLAIN if each.plan else Role.QUIET
    first = Row(
        (
            Piece(f"{glyph} ", ROLES[glyph]),
            Piece(each.function.name, column=names),
            Piece(f" ({level}/4)", Role.QUIET, drawn="  " + "▮" * level + "▯" * (4 - level)),
            # Health is silence: only what is not in order is said in its colour.
            Piece(f" · {_(word)}", Role.QUIET if glyph == "●" else ROLES[glyph], drawn=f"  {_(word)}"),
        ),
    )
    return first, Row((Piece(plan_words(each), plan), Piece(f" · {proof(each)}", Role.QUIET)))


def lines(found: tuple[Readiness, ...]) -> list[str]:
    """Everything as text."""
    if not found:
        return [_("No function yet: cockpit audit proposes the usual ones, in twenty minutes.")]
    text = [summary(found), ""]
    for each in found:
        first, second = rows(each)
        text += [first.printed, f"    {second.printed}"]
    return text


def to_json(found: tuple[Readiness, ...]) -> list[dict[str, object]]:
    """With stable keys."""
    return [
        {
            "function": each.function.name, "code": each.function.code,
            "criticality": each.function.criticality, "state": each.state,
            "plan": each.plan.code if each.plan else None, "backup": each.backup,
            "drill": each.drill.code if each.drill else None,
            "held_on": each.drill.held_on.isoformat() if each.drill and each.drill.held_on else None,
            "measured_hours": each.drill.measured_hours if each.drill else None,
            "allowed_hours": each.allowed,
        }
        for each in found
    ]  # fmt: skip

"""The ladder: who is asked at each level, when a step is proposed, and what ends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.sla_target import parse_target, percents
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.text import typed
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.locale import _
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records.find import find
from cockpit.store.journal import JournalEntry, next_code
from cockpit.store.transaction import transaction

TOP = 3
STEPS = "50,75,100"
ANSWER = "1ho"
"""Given to whoever is asked, where the circuit says nothing."""
ESCALATION, DECISION = REGISTERS["escalation"], REGISTERS["decision"]


@dataclass(frozen=True)
class Ladder:
    """Whom to ask at levels 1 to 3 (names or codes), and the percentages at which each is proposed."""

    circuit: str
    people: tuple[str, str, str]
    steps: tuple[int, ...]
    max_delay: str

    def level_at(self, used: float) -> int:
        """The level that should have been asked when that share of the target is used."""
        return sum(used * 100 >= percent for percent in self.steps)


def circuits(workspace: Workspace) -> tuple[Circuit, ...]:
    """Every decision circuit."""
    return workspace.select(Circuit, "circuit", "archived_at IS NULL ORDER BY number")


OURS = Circuit()
"""The circuit of a company that declared none."""


def circuit_of(known: Iterable[Circuit], function: str) -> Circuit:
    """The circuit of a function, else that of everything, else ours."""
    every = tuple(known)
    own = [each for each in every if function and function in each.functions]
    return next(iter(own or [each for each in every if not each.functions]), OURS)


def steps_of(circuit: Circuit) -> tuple[int, ...]:
    """The percentages at which the levels of a circuit are proposed."""
    return percents(circuit.steps or STEPS)


def ladder(workspace: Workspace, blocker: Blocker, known: Iterable[Circuit] | None = None) -> Ladder:
    """The ladder of a blocker: that of its function's circuit, else of the circuit of everything, else ours."""
    found = circuit_of(circuits(workspace) if known is None else known, blocker.function)
    steps = steps_of(found)
    provider = next(iter(blocker.waiting_on), "")
    return Ladder(
        found.code,
        (
            found.level_1 or blocker.owner or workspace.actor,
            found.level_2 or provider or found.decider or workspace.actor,
            found.level_3 or found.decider or workspace.actor,
        ),
        steps[:TOP],
        found.max_delay or ANSWER,
    )


def escalate(workspace: Workspace, code: str, question: str = "") -> list[JournalEntry]:
    """One step up the ladder: what is asked of whom is noted. Nothing at the top. Raises NotPossible."""
    with transaction(workspace.conn):
        _register, found = find(workspace, code)
        if not isinstance(found, Blocker):
            raise NotPossible(code, _("only a blocker is escalated"))
        if found.closed_at is not None:
            raise closed(code)
        if found.level >= TOP:
            return []
        level = found.level + 1
        steps = ladder(workspace, found)
        now = workspace.clock()
        values: dict[str, Value] = {
            "question": typed(question) or found.next_step or found.title,
            "blocker": found.code,
            "level": level,
            "asked_of": steps.people[level - 1],
            "circuit": steps.circuit,
            "asked_at": now,
            "answer_by": _answer_by(workspace, steps.max_delay),
            "conf": found.conf,
        }
        live = [clock for clock in clocks.of_blocker(workspace, found.code) if clock.ended_at is None]
        changes: list[clocks.RecordChange] = [
            (clocks.BLOCKER, found, {"level": level}),
            *_end(workspace, found.code),
            (ESCALATION, None, values),
            *clocks.moved(workspace, live, "escalated", level=str(level)),
        ]
        return workspace.change_all(changes, "blocker.escalate")


def open_of(workspace: Workspace, blocker: str) -> tuple[Escalation, ...]:
    """The escalations of a blocker that nothing has ended."""
    where = "blocker = ? AND ended_at IS NULL AND archived_at IS NULL ORDER BY number"
    return workspace.select(Escalation, "escalation", where, (blocker,))


def add_decision(
    workspace: Workspace, values: Mapping[str, Value], changes: Iterable[clocks.RecordChange] = ()
) -> str:
    """Make a decision, which ends the escalations of the blockers that it settles; its code.

    `changes` come with it: they are undone together.
    """
    settled = values.get("blocks") or ()
    assert isinstance(settled, tuple)
    with transaction(workspace.conn):
        code = next_code(workspace.conn, DECISION.prefix)
        ended = [change for blocker in settled for change in _end(workspace, blocker, code)]
        made: clocks.RecordChange = (DECISION, None, values)
        return workspace.change_all([made, *ended, *changes], "decision.add")[0].code


def _end(workspace: Workspace, blocker: str, decision: str = "") -> list[clocks.RecordChange]:
    values: dict[str, Value] = {"ended_at": workspace.clock(), "decision": decision}
    return [(ESCALATION, each, values) for each in open_of(workspace, blocker)]


def _answer_by(workspace: Workspace, delay: str) -> datetime | None:
    target = parse_target(delay)
    try:
        return target.due(Calendars(workspace).company, workspace.clock(), []) if target else None
    except NoBusinessTime:
        return None

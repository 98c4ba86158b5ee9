"""One step up the ladder: what is asked of whom, and what ends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.text import typed
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.locale import _
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records.find import find
from cockpit.services.work.ladder import TOP, ladder, nobody_to_ask, open_of
from cockpit.store.journal import JournalEntry, next_code
from cockpit.store.transaction import transaction

ESCALATION, DECISION = REGISTERS["escalation"], REGISTERS["decision"]


def escalate(workspace: Workspace, code: str, question: str = "") -> list[JournalEntry]:
    """One step up the ladder: what is asked of whom is noted. Nothing at the top.

    Nobody asks themselves: a level at which I would be asked is passed over. Raises NotPossible.
    """
    with transaction(workspace.conn):
        _register, found = find(workspace, code)
        if not isinstance(found, Blocker):
            raise NotPossible(code, _("only a blocker is escalated"))
        if found.closed_at is not None:
            raise closed(code)
        if found.level >= TOP:
            return []
        steps = ladder(workspace, found)
        level = steps.above(found.level, workspace.me)
        if not level:
            raise nobody_to_ask(code)
        now = workspace.clock()
        values: dict[str, Value] = {
            "question": typed(question) or found.next_step or found.title,
            "blocker": found.code,
            "level": level,
            "asked_of": steps.people[level - 1],
            "circuit": steps.circuit,
            "asked_at": now,
            "answer_by": answer_by(workspace, steps.max_delay),
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


def add_decision(
    workspace: Workspace, values: Mapping[str, Value], changes: Iterable[clocks.RecordChange] = (),
    reason: str = "",
) -> str:  # fmt: skip
    """Make a decision, which ends the escalations of the blockers that it settles; its code.

    `changes` come with it: they are undone together. The journal keeps the `reason`.
    """
    settled = values.get("blocks") or ()
    assert isinstance(settled, tuple)
    with transaction(workspace.conn):
        code = next_code(workspace.conn, DECISION.prefix)
        ended = [change for blocker in settled for change in _end(workspace, blocker, code)]
        made: clocks.RecordChange = (DECISION, None, values)
        return workspace.change_all([made, *ended, *changes], "decision.add", reason)[0].code


def _end(workspace: Workspace, blocker: str, decision: str = "") -> list[clocks.RecordChange]:
    values: dict[str, Value] = {"ended_at": workspace.clock(), "decision": decision}
    return [(ESCALATION, each, values) for each in open_of(workspace, blocker)]


def answer_by(workspace: Workspace, delay: str) -> datetime | None:
    """By when an answer is due that is asked for now, with that much of business time."""
    target = parse_target(delay)
    try:
        return target.due(Calendars(workspace).company, workspace.clock(), []) if target else None
    except NoBusinessTime:
        return None

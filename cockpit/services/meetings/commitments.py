"""What meetings decided and handed out with a date, until it is kept: who, what, by when, from which meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.priority import Priority
from cockpit.locale import _
from cockpit.services.desk import as_json, dates, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

_DUE = "due IS NOT NULL AND archived_at IS NULL"
OF_DECISIONS = (
    f"{_DUE} AND done_at IS NULL AND code NOT IN (SELECT supersedes FROM decision"
    " WHERE supersedes IS NOT NULL AND archived_at IS NULL)"
)
OF_ACTIONS = f"coalesce(origin, '') != '' AND {_DUE} AND closed_at IS NULL"
"""A decision with a date is a commitment wherever it was taken; a priority only where a meeting handed it out."""


@dataclass(frozen=True)
class Commitment:
    """A decision to carry out, or an action, with the meeting that it comes from."""

    record: Decision | Priority
    due: datetime
    meeting: str
    """The name and the day of the meeting; empty for a decision that was taken outside one."""
    late: bool


def commitments(workspace: Workspace) -> tuple[Commitment, ...]:
    """Every one that is not kept yet; late ones first, which are those that were due first."""
    found: list[Decision | Priority] = [
        *workspace.select(Decision, "decision", OF_DECISIONS),
        *workspace.select(Priority, "priority", OF_ACTIONS),
    ]
    meetings = {each.origin for each in found}
    where = f"code IN ({', '.join('?' * len(meetings))})"
    held = {each.code: each for each in workspace.select(Occurrence, "occurrence", where, tuple(meetings))}
    names, now = workspace.names(), workspace.now()
    lines = [
        Commitment(each, each.due, _meeting(workspace, held.get(each.origin), names), each.due < now)
        for each in found
        if each.due is not None
    ]
    return tuple(sorted(lines, key=lambda line: (line.due, line.record.code)))


def late(workspace: Workspace) -> tuple[str, ...]:
    """The codes of those that are past their date, by that date."""
    rows = workspace.conn.execute(
        f"SELECT code, due FROM decision WHERE {OF_DECISIONS} AND due < ?"
        f" UNION ALL SELECT code, due FROM priority WHERE {OF_ACTIONS} AND due < ? ORDER BY due, code",
        (instant(workspace.clock()),) * 2,
    )
    return tuple(row["code"] for row in rows)


def keep(workspace: Workspace, codes: Sequence[str]) -> None:
    """Say that they were kept, all or none. Raises UnknownCode and NotPossible."""
    with transaction(workspace.conn):
        for code in dict.fromkeys(codes):
            _register, found = find.find(workspace, code)
            if not isinstance(found, Decision):
                # What ends a priority is loaded when one is ended: the morning's brief only reads.
                from cockpit.services.work import moves

                moves.done(workspace, [code])
            elif found.done_at is not None:
                raise refusal.closed(code)
            else:
                carried_out(workspace, found, kept=True)


def carried_out(workspace: Workspace, decision: Decision, *, kept: bool) -> None:
    """A decision was carried out, or not after all."""
    values: dict[str, Value] = {"done_at": workspace.clock() if kept else None}
    workspace.change(REGISTERS["decision"], decision, values, "decision.done")


def line(workspace: Workspace, each: Commitment) -> str:
    """One commitment in one line."""
    names, record = workspace.names(), each.record
    who = names.get(record.owner, record.owner) or _("nobody")
    # What reads dates is needed by nobody who looks at the board for the first time.
    from cockpit.services.desk.date_phrases import due_in_words

    by = due_in_words(workspace, each.due)
    said = f"{record.code} {record.title} — {who} — {by} — {origin(each)}"
    return f"■ {said} — " + _("late") if each.late else f"○ {said}"


def origin(each: Commitment) -> str:
    """The meeting it comes from, in words."""
    return each.meeting or _("outside a meeting")


def to_json(each: Commitment) -> dict[str, object]:
    """With stable keys."""
    record = each.record
    return {
        "code": record.code, "title": record.title, "who": record.owner or None,
        "due": as_json.plain(each.due), "late": each.late, "meeting": record.origin,
        "meeting_name": each.meeting,
    }  # fmt: skip


def _meeting(workspace: Workspace, held: Occurrence | None, names: dict[str, str]) -> str:
    if held is None:
        return ""
    at = held.started_at or held.planned_at
    name = names.get(held.ritual, held.ritual)
    return f"{name} {dates.day_and_month(at.astimezone(workspace.zone))}" if at else name

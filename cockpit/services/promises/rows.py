"""A clock of service as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.registers.policy import METRICS
from cockpit.locale import _, ngettext
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.row import ROOMY, Gauge, Piece, Role, Row
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow

ROLES = (Role.GOOD, Role.WATCH, Role.PRESSING, Role.BAD, Role.QUIET)
"""What each level of `left.ClockReading` is there for."""
STATES = ("running", "at_risk", "at_risk", "breached", "paused")
"""The word of each level for a program."""
_WHO, _WORDS, _DUE, _DUE_AT = 12, 14, 20, 76


def sla(row: SlaRow, at: datetime, names: Mapping[str, str]) -> Row:
    """`■ Paie+       Payslips: gaps          ██████ late 1 h 12 → Mon 11:00`."""
    record = row.record
    said = left.reading(record, row.calendar, at)
    role = ROLES[said.level]
    who = names.get(record.provider, record.provider) or record.blocker or record.code
    metric = Piece(f" · {_(METRICS[record.metric])}", Role.QUIET, at=ROOMY)
    due = f" → {dates.moment(row.due, at)}" if row.due else ""
    return Row(
        (
            Piece(f"{left.GLYPHS[said.level]} ", role),
            Piece(who, Role.STRONG, column=_WHO, most=_WHO),
            Piece(f" {record.title}"),
            metric,
        ),
        (figure(said), Piece(due, Role.QUIET, at=_DUE_AT, column=_DUE)),
        code=row.code,
        gauge=gauge(said),
    )


def figure(said: left.ClockReading) -> Piece:
    """What is left of a clock or by how much it is late, in the column of figures."""
    return Piece(said.words, ROLES[said.level], column=-_WORDS)


def gauge(said: left.ClockReading) -> Gauge | None:
    """How much of its time is used; none of a clock that stands still."""
    return None if said.level == left.STILL else Gauge(said.used, ROLES[said.level])


def elsewhere(n: int) -> Row:
    """The line for the clocks that are told on the rows of their blockers."""
    said = ngettext("{n} told on its blocker", "{n} told on their blockers", n).format(n=n)
    return Row((Piece("… ", Role.QUIET), Piece(said, Role.QUIET)))


def sla_json(row: SlaRow, at: datetime, names: Mapping[str, str]) -> dict[str, object]:
    """A deadline with stable keys; times in seconds of business hours."""
    said = left.reading(row.record, row.calendar, at)
    provider = row.record.provider
    return {
        "code": row.code,
        "clock": row.record.code,
        "title": row.record.title,
        "metric": row.record.metric,
        "waiting_on": [names.get(provider, provider)] if provider else [],
        "started_at": as_json.plain(row.record.started_at),
        "due": as_json.plain(row.due),
        "last_on_time": as_json.plain(row.record.until),
        "target_s": row.record.target_s,
        "remaining_s": said.left_s,
        "used": round(said.used, 4),
        "state": STATES[said.level],
        "pause": row.record.pause or None,
    }

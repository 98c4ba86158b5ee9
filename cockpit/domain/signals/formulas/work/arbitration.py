"""S13, arbitration: whether what is asked of somebody is decided within the delay of its circuit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import NamedTuple

from cockpit.domain.registers.approval import ASKED, WITHDRAWN, Approval
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import short_of
from cockpit.locale import N_

WINDOW = timedelta(days=90)
LEAST = 5


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: what was asked in 90 days and is decided by now, or late."""
    lo = facts.at - WINDOW
    hours: list[float] = []
    rows: list[Evidence] = []
    kept = judged = 0
    for each in (*_escalations(facts), *_approvals(facts)):
        if each.asked_at < lo:
            continue
        if not each.is_over and not each.is_late:
            continue  # It still has time.
        judged += 1
        kept += not each.is_late
        spent = facts.calendar.between(each.asked_at, each.until) / 3600
        hours.append(spent)
        rows.append(Evidence(each.code, spent, "late" if each.is_late else "kept"))
    if judged < LEAST:
        yield SIGNAL.unknown(facts, "few", n=judged, least=LEAST)
        return
    limit = facts.limits.s13_within
    value = 100 * kept / judged
    hours.sort()
    sure = short_of(kept, judged, limit / 100)
    state = (
        SignalState.CALM
        if value >= limit or sure < facts.limits.s13_sure
        else SignalState.WATCH
        if value >= limit / 2
        else SignalState.CONTROL
    )
    rows.sort(key=lambda row: (row.why != "late", -(row.value or 0)))
    yield SIGNAL.score(
        facts, value, limit, n=judged, state=state, rows=rows,
        figures={
            "median": round(median(hours), 1), "p90": round(hours[ceil(0.9 * len(hours)) - 1], 1),
            "sure": round(sure, 2),
        },
    )  # fmt: skip


class _Asked(NamedTuple):
    """Something that was asked of somebody."""

    code: str
    asked_at: datetime
    until: datetime
    is_over: bool
    is_late: bool


def _escalations(facts: Facts) -> Iterator[_Asked]:
    for each in facts.of(Escalation):
        if each.asked_at is None or (each.ended_at is not None and not each.decision):
            continue
        end = each.ended_at or facts.at
        late = each.answer_by is not None and end > each.answer_by
        yield _Asked(each.blocker or each.code, each.asked_at, end, each.ended_at is not None, late)


def _approvals(facts: Facts) -> Iterator[_Asked]:
    """What passed to a deputy was not answered in time; while a question waits, nobody else is late."""
    for each in facts.of(Approval):
        if each.submitted_at is None or each.state in (WITHDRAWN, ASKED):
            continue
        end = each.closed_at or facts.at
        late = each.passed_at is not None or (each.answer_by is not None and end > each.answer_by)
        yield _Asked(each.code, each.submitted_at, end, each.closed_at is not None, late)


SIGNAL = Signal(
    id="S13",
    name=N_("Arbitration takes too long"),
    text=N_("{value} of what was asked was decided within its delay; nine in ten within {p90} business hours"),
    formula=N_(
        "decided within the delay of the circuit ÷ asked, over 90 days; what is late and open counts as late; and how"
        " sure it is that fewer are in time than should be"
    ),
    source=N_("escalations, the decisions that ended them, and approvals"),
    minimum=N_("5 that were decided, or are late"),
    next=N_("Decide what is late, or name a deputy in its circuit"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.HOURS,
    weight=7,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.STEERING,
    figures={"median": N_("median, in business hours"), "p90": N_("nine in ten within, in business hours"),
             "sure": N_("z of the test")},
    whys={"late": N_("later than agreed"), "kept": N_("in time")},
    missing={"few": N_("questions put to somebody: e on a blocker asks the next level, V submits for approval")},
)  # fmt: skip

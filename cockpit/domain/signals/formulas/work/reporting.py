"""S8, consolidated reporting: whether what is owed on time, finance and risks comes, whole and without asking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.promises import expected
from cockpit.domain.registers.report import Report
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

GRACE = timedelta(days=10)


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: how complete the reports are that were to be there ten days ago."""
    reports = [each for each in facts.of(Report) if each.due is not None]
    judged = [each for each in reports if is_judged(each, facts)]
    if not judged:
        yield SIGNAL.unknown(facts, "report" if not reports else "due", n=len(reports))
        return
    limits = facts.limits
    shares = {each.code: completeness(each, facts) for each in judged}
    value = sum(shares.values()) / len(judged)
    asked = max(each.reminders for each in judged)
    state = SignalState.CALM
    if value < limits.s8_complete or asked >= limits.s8_reminders:
        state = SignalState.CONTROL if value < limits.s8_complete - 30 else SignalState.WATCH
    rows = sorted(judged, key=lambda each: (shares[each.code], each.code))
    yield SIGNAL.score(
        facts, value, limits.s8_complete, n=len(judged), state=state,
        figures={"reminders": float(asked), "late": float(sum(not share for share in shares.values()))},
        rows=[Evidence(each.code, float(shares[each.code]), "came") for each in rows],
    )  # fmt: skip


def is_judged(report: Report, facts: Facts) -> bool:
    """Whether one was to be there by now: its day is past by ten days, or one came in its last period."""
    if report.due is not None and report.due + GRACE <= facts.today:
        return True
    age = facts.days_since(report.received_on)
    return age is not None and 0 <= age <= 2 * expected.DAYS.get(report.period, 31)


def completeness(report: Report, facts: Facts) -> int:
    """The percent of it that came; 0 for one that is ten days late."""
    is_late = report.due is not None and report.due + GRACE <= facts.today
    if is_late and (
        report.received_on is None or report.due is None or report.received_on < report.due - GRACE
    ):
        return 0
    return 100 if report.completeness is None else report.completeness


SIGNAL = Signal(
    id="S8",
    name=N_("Consolidated reporting is hard to get"),
    text=N_("{value} of the reports that are owed came, whole and within ten days; missing: {late}"),
    formula=N_("mean completeness of the reports due ten days ago, 0 for those that did not come"),
    source=N_("expected reports: when they are due and came, how complete, reminders"),
    minimum=N_("one report that is due"),
    next=N_("Ask for what is missing, or agree on less and in time"),
    unit=SignalUnit.PERCENT,
    weight=5,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.STEERING,
    figures={"reminders": N_("most reminders for one"), "late": N_("did not come")},
    whys={"came": N_("of it came")},
    missing={"report": N_("the reports that are owed: registers of place 3, expected reports"),
             "due": N_("a report that was to be there by now")},
)  # fmt: skip

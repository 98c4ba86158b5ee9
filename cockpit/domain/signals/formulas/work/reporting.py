"""S8, consolidated reporting: whether what is owed on time, finance and risks comes, whole and without asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any, NamedTuple

from cockpit.domain.promises import expected
from cockpit.domain.registers.report import Report
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import short_of
from cockpit.locale import N_

GRACE = timedelta(days=10)
WINDOW = timedelta(days=92)
"""Of the reports that are owed more often than every quarter, those that were due in three months are judged."""
LONGER = 1.5
"""So many times as long as before is long, for the last two of those whose time was noted."""
LATELY, EARLIER = 2, 2
PILLARS = ("time", "finance", "risk")


class Owed(NamedTuple):
    """One report of one period: the day it was to come, what came, and how late; nothing came: None."""

    due: date
    came: expected.Arrival | None
    complete: int
    """Of it, within ten days."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: how complete the reports of three months were, ten days after each was to come."""
    reports = [each for each in facts.of(Report) if each.due is not None]
    owed = {each.code: owed_of(each, facts) for each in reports}
    every = [one for each in owed.values() for one in each]
    if not every:
        yield SIGNAL.unknown(facts, "report" if not reports else "due", n=len(reports))
        return
    limits = facts.limits
    value = sum(one.complete for one in every) / len(every)
    came = [one for one in every if one.came is not None]
    asked = max(asked_since(each, facts) for each in reports if owed[each.code])
    asked = max([asked, *(one.came.reminders for one in came if one.came is not None)])
    longer = any(_takes_longer(owed[each.code]) for each in reports)
    sure = short_of(sum(one.complete for one in every) / 100, len(every), limits.s8_complete / 100)
    is_low = value < limits.s8_complete and sure >= limits.s8_sure
    faults = int(is_low) + int(asked >= limits.s8_reminders) + int(longer)
    state = SignalState.CALM if not faults else SignalState.WATCH
    if is_low and value < limits.s8_complete - 30:
        state = SignalState.CONTROL
    late = [_business_days(one, facts) for one in came]
    figures = {
        "sure": round(sure, 2),
        "reminders": float(asked),
        "late": float(sum(not one.complete for one in every)),
    }
    figures |= {"delay": float(median(late))} if late else {}
    figures |= {"longer": 1.0} if longer else {}
    figures |= _by_pillar(reports, owed)
    shares = {code: sum(one.complete for one in each) / len(each) for code, each in owed.items() if each}
    yield SIGNAL.score(
        facts, value, limits.s8_complete, n=len(every), state=state, figures=figures,
        rows=[Evidence(code, round(shares[code]), "came") for code in sorted(shares, key=lambda e: (shares[e], e))],
    )  # fmt: skip


def owed_of(report: Report, facts: Facts) -> tuple[Owed, ...]:
    """What was to be there ten days ago, of the last three months; of a report by the year, the last one.

    What was due before the record was made counts only where it came: nobody kept count of the rest.
    """
    assert report.due is not None
    half = timedelta(days=expected.DAYS.get(report.period, 31) // 2)
    oldest = facts.today - max(WINDOW, timedelta(days=expected.DAYS.get(report.period, 31)))
    made = report.created_at.astimezone(facts.at.tzinfo).date() if report.created_at else report.due
    made = min(made, report.due)
    came = arrivals(report, facts)
    days = [report.due]
    while (day := expected.stepped(report.due, report.period, -len(days))) > oldest:
        days.append(day)
    after = 1
    while (day := expected.stepped(report.due, report.period, after)) <= facts.today - GRACE:
        days.append(day)
        after += 1
    found = []
    for day in sorted(days):
        mine = [each for each in came if day - half <= each.anchor < day + half]
        if not mine and (day < made or day + GRACE > facts.today):
            continue
        first = min(mine, key=lambda each: each.on, default=None)
        in_time = [each.complete for each in mine if each.on <= day + GRACE]
        found.append(Owed(day, first, max(in_time, default=0)))
    return tuple(found)


def arrivals(report: Report, facts: Facts) -> tuple[expected.Arrival, ...]:
    """Each time it came, as the journal tells; the last one from the record itself. Oldest first.

    Reminders are counted anew from each coming on.
    """
    told = [each for each in facts.deeds if each.code == report.code]
    state: dict[str, Any] = {name: getattr(report, name) for name in expected.TOLD}
    for deed in reversed(told):
        state |= {name: deed.before.get(name) for name in expected.TOLD if name in deed.after}
    found = expected.arrivals(state, (deed.after for deed in told), report.period)
    return tuple(each for each in found.each if each.on <= facts.today)


def asked_since(report: Report, facts: Facts) -> int:
    """Reminders since it came last."""
    for deed in reversed(facts.deeds):
        if deed.code == report.code:
            if "reminders" in deed.after:
                return int(deed.after["reminders"] or 0)
            if deed.after.get("received_on"):
                return 0
    return report.reminders


def _takes_longer(owed: Sequence[Owed]) -> bool:
    minutes = [one.came.minutes for one in owed if one.came is not None and one.came.minutes]
    if len(minutes) < LATELY + EARLIER:
        return False
    now, then = minutes[-LATELY:], minutes[:-LATELY]
    return sum(now) / len(now) >= LONGER * sum(then) / len(then)


def _by_pillar(reports: Sequence[Report], owed: Mapping[str, Sequence[Owed]]) -> dict[str, float]:
    found = {}
    for pillar in PILLARS:
        every = [one.complete for each in reports if each.pillar == pillar for one in owed[each.code]]
        if every:
            found[pillar] = float(round(sum(every) / len(every)))
    return found


def _business_days(one: Owed, facts: Facts) -> int:
    """Working days after its day; 0 for one that came before."""
    assert one.came is not None
    days = (one.came.on - one.due).days
    return sum(facts.calendar.is_business_day(one.due + timedelta(days=n)) for n in range(1, days + 1))


SIGNAL = Signal(
    id="S8",
    name=N_("Consolidated reporting is hard to get"),
    text=N_("{value} of the reports that were owed in three months came, whole and within ten days; missing: {late}"),
    formula=N_(
        "mean completeness, ten days after its day, of every report that was due in three months, 0 for what did not"
        " come; most reminders for one; minutes of the last two against those before"
    ),
    source=N_("expected reports: every day on which they were due and came, how complete, reminders, minutes"),
    minimum=N_("one report that is due"),
    next=N_("Ask for what is missing, or agree on less and in time"),
    unit=SignalUnit.PERCENT,
    weight=5,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.STEERING,
    figures={"sure": N_("z of the test"), "reminders": N_("most reminders for one"), "late": N_("did not come"),
             "delay": N_("median delay, in working days"), "longer": N_("takes half as long again as before"),
             "time": N_("on time, percent"), "finance": N_("on finance, percent"), "risk": N_("on risks, percent")},
    whys={"came": N_("of it came")},
    missing={"report": N_("the reports that are owed: registers of Organisation (F3), expected reports"),
             "due": N_("a report that was to be there by now")},
)  # fmt: skip

"""What clocks of service cost, against a plain day loop in the same run; run with `-s` to see the figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cockpit.domain.promises.sla_clock import ClockEvent, ClockState, fold
from cockpit.domain.time.business_time import parse_hours
from tests.benchmarks.test_promises import tell
from tests.benchmarks.test_time_bench import best, day_loop

HOLIDAYS = [date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14),
            date(2026, 5, 25), date(2026, 7, 14)]  # fmt: skip
OFFICE = parse_hours("mon-fri 09:00-12:00 14:00-18:00", "Europe/Paris", HOLIDAYS)
FIRST = datetime(2026, 1, 5, 9, 17, tzinfo=UTC)
STARTS = [FIRST + timedelta(hours=17 * number) for number in range(200)]
LONG = 400 * 3_600
CLOCKS, PAUSES = 200, 5


def events(start: datetime) -> list[ClockEvent]:
    """A clock of 400 hours that stood still five times, two business hours each."""
    found = [ClockEvent(start, "opened", {"target": "400h", "calendar": "1"})]
    for number in range(PAUSES):
        held = OFFICE.add(start, (number * 6 + 1) * 3_600)
        found.append(ClockEvent(held, "paused", {"reason": "waiting_us"}))
        found.append(ClockEvent(OFFICE.add(held, 2 * 3_600), "resumed"))
    return found


def test_fold_and_due_of_two_hundred_clocks() -> None:
    stories = [events(start) for start in STARTS[:CLOCKS]]

    def work() -> list[tuple[ClockState, datetime | None]]:
        clocks = [fold(story, lambda _version: OFFICE) for story in stories]
        return [(clock, clock.due) for clock in clocks]

    expected = [day_loop(OFFICE, start, LONG + PAUSES * 2 * 3_600) for start in STARTS[:CLOCKS]]
    assert [due for _clock, due in work()] == expected
    ours = best(work)
    loop = best(lambda: [day_loop(OFFICE, start, LONG) for start in STARTS[:CLOCKS]])
    tell(f"fold and due of {CLOCKS} clocks with {PAUSES} pauses", f"{ours * 1000:.1f} ms", "-")
    tell("the same against a day loop without any pause", f"{loop / ours:.1f} x faster", "-")
    assert ours < loop


def test_due_over_four_hundred_business_hours() -> None:
    assert [OFFICE.due(start, LONG) for start in STARTS] == [day_loop(OFFICE, s, LONG) for s in STARTS]
    ours = best(lambda: [OFFICE.due(start, LONG) for start in STARTS])
    loop = best(lambda: [day_loop(OFFICE, start, LONG) for start in STARTS])
    tell("due over 400 business hours with holidays", f"{loop / ours:.0f} x a day loop", "≥ 50 x")
    assert ours < loop / 50

"""Clocks, reports and targets: all that is told of each, at and beside every limit of docs/promises.md."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.promises import expected
from cockpit.domain.promises.compliance import Compliance, JudgedClock, compliance
from cockpit.domain.promises.expected import Arrival
from cockpit.domain.promises.sla_clock import ClockEvent, ClockState, fold
from cockpit.domain.promises.sla_target import SlaTarget, parse_target, percents
from cockpit.domain.time.business_time import parse_hours

OFFICE = parse_hours("mon-fri 09:00-12:00 14:00-18:00", "Europe/Paris")
LONG = parse_hours("mon-fri 08:00-20:00", "Europe/Paris")
YORK = parse_hours("mon-fri 09:00-17:00", "America/New_York")
CALENDARS = {"office": OFFICE, "long": LONG, "york": YORK}


def at(text: str) -> datetime:
    """`23 10:00` of November 2026, which is a Monday."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE.zone)


def event(when: str, kind: str, **data: str) -> ClockEvent:
    return ClockEvent(at(when), kind, data)


def clock(target: str, *events: ClockEvent, start: str = "23 10:00") -> ClockState:
    return fold([event(start, "opened", target=target, calendar="office"), *events], CALENDARS.__getitem__)


Story = tuple[str, tuple[ClockEvent, ...], str]


def story(target: str, *events: ClockEvent, start: str = "23 10:00") -> Story:
    return target, events, start


def made(told_: Story) -> ClockState:
    target, events, start = told_
    return clock(target, *events, start=start)


def hours(seconds: int) -> str:
    return f"{seconds / 3600:g}"


def moment(when: datetime | None) -> str:
    return f"{when.astimezone(OFFICE.zone):%d %H:%M}" if when else "?"


def told(found: ClockState, when: str) -> str:
    now = at(when)
    return (
        f"{found.state(now)}, due {moment(found.due)}, until {moment(found.until)}, used {hours(found.consumed(now))}"
        f" of {hours(found.allowed())}, left {hours(found.left(now))}, over {hours(found.overrun(now))}"
    )


PAUSED, RESUMED = event("23 11:00", "paused", reason="agreed", note="holiday"), event("23 15:00", "resumed")
DONE, AGAIN = event("23 15:00", "fulfilled"), event("24 10:00", "reopened")


def change(when: str, target: str, calendar: str = "office", **more: str) -> ClockEvent:
    return event(when, "policy_changed", target=target, calendar=calendar, **more)


@pytest.mark.parametrize(
    ("found", "when", "said"),
    [
        (story("4h"), "23 10:00", "running, due 23 16:00, until 23 16:00, used 0 of 4, left 4, over 0"),
        (story("4h"), "23 15:00", "running, due 23 16:00, until 23 16:00, used 3 of 4, left 1, over 0"),
        (story("4h"), "23 16:00", "running, due 23 16:00, until 23 16:00, used 4 of 4, left 0, over 0"),
        (story("4h"), "23 17:30", "breached, due 23 16:00, until 23 16:00, used 5.5 of 4, left -1.5, over 1.5"),
        # Due at a closing, it is kept until the next opening.
        (story("2h"), "23 13:00", "running, due 23 12:00, until 23 14:00, used 2 of 2, left 0, over 0"),
        (story("2h"), "23 14:30", "breached, due 23 12:00, until 23 14:00, used 2.5 of 2, left -0.5, over 0.5"),
        # Paused: what is due is not known, and nothing is used.
        (story("4h", PAUSED), "23 14:30", "paused, due ?, until ?, used 1 of 4, left 3, over 0"),
        (story("4h", PAUSED, RESUMED), "23 16:00",
         "running, due 23 18:00, until 24 09:00, used 2 of 4, left 2, over 0"),
        (story("4h", PAUSED, RESUMED), "24 10:00",
         "breached, due 23 18:00, until 24 09:00, used 5 of 4, left -1, over 1"),
        # Ended: in time, late, at the last moment.
        (story("4h", DONE), "24 10:00", "met, due 23 16:00, until 23 16:00, used 3 of 4, left -3, over 0"),
        (story("3h", DONE), "24 10:00", "met, due 23 15:00, until 23 15:00, used 3 of 3, left -4, over 0"),
        (story("1h", DONE), "24 10:00", "breached, due 23 11:00, until 23 11:00, used 3 of 1, left -6, over 2"),
        (story("4h", event("23 15:00", "cancelled")), "24 10:00",
         "cancelled, due 23 16:00, until 23 16:00, used 3 of 4, left -3, over 0"),
        (story("1h", event("23 15:00", "cancelled")), "24 10:00",
         "breached, due 23 11:00, until 23 11:00, used 3 of 1, left -6, over 2"),
        # Reopened: what lies between is a pause; a verdict stays.
        (story("4h", DONE, AGAIN), "24 10:30",
         "running, due 24 11:00, until 24 11:00, used 3.5 of 4, left 0.5, over 0"),
        (story("1h", DONE, AGAIN), "24 10:30",
         "breached, due 23 11:00, until 23 11:00, used 3.5 of 1, left -2.5, over 2.5"),
        # Another promise counts from now on, from the start, or anew.
        (story("4h", change("23 14:30", "6h")), "23 15:00",
         "running, due 23 18:00, until 24 09:00, used 3 of 6, left 3, over 0"),
        (story("4h", change("23 15:00", "1h")), "23 16:00",
         "breached, due 23 15:00, until 23 15:00, used 4 of 1, left -1, over 1"),
        (story("1h", change("23 15:00", "9h")), "23 16:00",
         "breached, due 23 11:00, until 23 11:00, used 4 of 9, left 5, over 3"),
        (story("1h", change("23 15:00", "9h", mode="retroactive")), "23 16:00",
         "running, due 24 12:00, until 24 14:00, used 4 of 9, left 5, over 0"),
        (story("1h", change("23 10:30", "2h", mode="restart")), "23 11:00",
         "running, due 23 14:30, until 23 14:30, used 0.5 of 2, left 1.5, over 0"),
        (story("4h", change("23 15:00", "4h", "long")), "23 15:30",
         "running, due 23 16:00, until 23 16:00, used 3.5 of 4, left 0.5, over 0"),
        (story("4h", DONE, change("23 16:00", "1h")), "24 10:00",
         "met, due 23 16:00, until 23 16:00, used 3 of 4, left -3, over 0"),
        # Another calendar: what was used is kept, the rest counts in its hours.
        (story("9h", event("23 17:00", "calendar_changed", calendar="long")), "23 20:30",
         "running, due 24 09:00, until 24 09:00, used 8 of 9, left 1, over 0"),
        (story("9h", DONE, event("23 17:00", "calendar_changed", calendar="long")), "23 20:30",
         "met, due 24 12:00, until 24 14:00, used 3 of 9, left 3, over 0"),
        # In days.
        (story("J+1 12h"), "23 14:30", "running, due 24 12:00, until 24 12:00, used 2.5 of 9, left 6.5, over 0"),
        (story("J+1 12h"), "24 15:00", "breached, due 24 12:00, until 24 12:00, used 10 of 9, left -1, over 1"),
        (story("J+1 12h", PAUSED, RESUMED), "23 16:00",
         "running, due 24 16:00, until 24 16:00, used 2 of 9, left 7, over 0"),
        (story("J+1 12h", PAUSED), "23 16:00", "paused, due ?, until ?, used 1 of 9, left 8, over 0"),
        (story("J+0 9h"), "23 11:00", "breached, due 23 10:00, until 23 10:00, used 1 of 0, left -1, over 1"),
        (story("4h", change("24 10:00", "J+2 12h"), start="23 17:00"), "24 11:00",
         "running, due 25 12:00, until 25 12:00, used 3 of 11, left 8, over 0"),
    ],
)  # fmt: skip
def test_all_that_is_told_of_a_clock(found: Story, when: str, said: str) -> None:
    assert told(made(found), when) == said


def test_events_after_its_end_change_nothing_and_what_happens_twice_happens_once() -> None:
    ended = clock("4h", DONE)
    for more in (event("23 16:00", "paused"), event("23 17:00", "fulfilled"), event("23 17:00", "cancelled"),
                 change("23 17:00", "9h"), event("23 17:00", "calendar_changed", calendar="long"),
                 event("23 17:00", "escalated"), event("23 17:00", "resumed")):  # fmt: skip
        assert clock("4h", DONE, more) == ended, more.kind
    given_up = clock("4h", event("23 15:00", "cancelled"))
    for more in (event("23 16:00", "paused"), DONE, change("23 17:00", "9h"), event("23 17:00", "cancelled"),
                 event("23 17:00", "calendar_changed", calendar="long")):  # fmt: skip
        if more is not DONE:
            assert clock("4h", event("23 15:00", "cancelled"), more) == given_up, more.kind
    assert clock("4h", event("23 17:00", "reopened")) == clock("4h")
    assert clock("4h", PAUSED, event("23 12:00", "paused", reason="agreed")) == clock("4h", PAUSED)
    assert clock("4h", DONE, event("24 09:00", "waived", why="storm")).waived == "storm"
    assert clock("4h", event("24 09:00", "waived")).waived == ""


def test_a_change_of_the_second_in_which_it_is_reopened_counts() -> None:
    again = [AGAIN, change("24 10:00", "9h")]
    assert clock("4h", DONE, *again) == clock("4h", DONE, *reversed(again))
    assert clock("4h", DONE, *again).target == SlaTarget(9 * 3600)


def test_a_day_that_is_closed_at_the_moment_when_it_is_due_moves_nothing() -> None:
    closed = {**CALENDARS, "closed": replace(OFFICE, exceptions={date(2026, 11, 24): ()})}
    for when, due in (("24 11:59", "25 12:00"), ("24 12:00", "24 12:00"), ("24 12:01", "24 12:00")):
        events = [event("23 10:00", "opened", target="J+1 12h", calendar="office"),
                  event(when, "calendar_changed", calendar="closed")]  # fmt: skip
        assert moment(fold(events, closed.__getitem__).due) == due


def test_each_pause_keeps_its_reason_and_its_note_and_ends_by_its_reason_or_by_none() -> None:
    found = clock("9h", PAUSED, event("23 14:30", "paused"), event("23 15:00", "resumed", reason="agreed"),
                  event("23 15:30", "paused", reason="waiting_third"))  # fmt: skip
    assert [(moment(each.since), moment(each.until), each.reason, each.note) for each in found.halts] == [
        ("23 11:00", "23 15:00", "agreed", "holiday"), ("23 14:30", "?", "waiting_us", ""),
        ("23 15:30", "?", "waiting_third", ""),
    ]  # fmt: skip
    assert found.halted is not None
    assert found.halted.reason == "waiting_third"
    assert found.pauses == [(each.since, each.until) for each in found.halts]
    assert clock("9h", PAUSED, RESUMED).halted is None
    solved = clock("9h", PAUSED, DONE, AGAIN)
    assert [(moment(each.since), moment(each.until), each.reason) for each in solved.halts] == [
        ("23 11:00", "23 15:00", "agreed"), ("23 15:00", "24 10:00", "resolved"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "reached"),
    [
        (story("4h"), "23 10:00, 23 10:02, 23 12:00, 23 15:00, 23 16:00, 23 18:00"),
        (story("4h", PAUSED), "23 10:00, 23 10:02, ?, ?, ?, ?"),
        (story("4h", PAUSED, RESUMED), "23 10:00, 23 10:02, 23 16:00, 23 17:00, 23 18:00, 24 11:00"),
        # What was used before the change is reached by then, whatever holds it now.
        (story("4h", PAUSED, change("23 14:30", "4h")), "23 14:30, 23 14:30, ?, ?, ?, ?"),
        (story("4h", PAUSED, change("23 14:30", "2h")), "23 14:30, 23 14:30, 23 14:30, ?, ?, ?"),
        (story("4h", change("23 14:30", "6h")), "23 14:30, 23 14:30, 23 15:00, 23 16:30, 23 18:00, 24 12:00"),
        (story("J+1 12h"), "23 10:00, 23 10:05, 23 16:30, 24 09:45, 24 12:00, 25 09:30"),
    ],
)  # fmt: skip
def test_a_share_of_a_target_is_reached_in_business_time(found: Story, reached: str) -> None:
    assert ", ".join(moment(made(found).reached(share)) for share in (0, 1, 50, 75, 100, 150)) == reached


def test_days_that_were_counted_stay_as_they_were_where_the_zone_is_the_same() -> None:
    moved = event("24 10:00", "calendar_changed", calendar="long")
    found = clock("J+2 12h", moved)
    assert (moment(found.due), found.calendar.exceptions) == (
        "25 12:00", {date(2026, 11, 23): ((540, 720), (840, 1080))},
    )  # fmt: skip
    same = clock("J+2 12h", event("24 10:00", "calendar_changed", calendar="office"))
    assert same.calendar == OFFICE
    abroad = clock("J+2 12h", event("24 10:00", "calendar_changed", calendar="york"))
    assert abroad.calendar == YORK
    back = fold(
        [event("23 10:00", "opened", target="J+2 12h", calendar="long"),
         event("24 10:00", "calendar_changed", calendar="office")], CALENDARS.__getitem__,
    )  # fmt: skip
    assert (moment(back.due), back.calendar.exceptions) == ("25 12:00", {date(2026, 11, 23): ((480, 1200),)})
    home = fold(
        [event("23 10:00", "opened", target="J+2 12h", calendar="york"),
         event("24 10:00", "calendar_changed", calendar="office")], CALENDARS.__getitem__,
    )  # fmt: skip
    assert home.calendar == OFFICE
    first_day = clock("J+2 12h", event("23 17:00", "calendar_changed", calendar="long"))
    assert first_day.calendar == LONG


@pytest.mark.parametrize(
    ("clocks", "said"),
    [
        ([], Compliance()),
        ([JudgedClock(True, 5)], Compliance(1, 0, 0, 0, 5, 5, None)),
        ([JudgedClock(False, 9)], Compliance(0, 1, 0, 0, 9, 9, 0)),
        ([JudgedClock(False, 9, 4)], Compliance(0, 1, 0, 0, 9, 9, 4)),
        ([JudgedClock(False, 9, 4, open=True)], Compliance(0, 1, 0, 1, None, None, None)),
        # The ninth of ten and the tenth of eleven; the median of an even count is floored.
        ([JudgedClock(True, n) for n in range(1, 11)], Compliance(10, 0, 0, 0, 5, 9, None)),
        ([JudgedClock(True, n) for n in range(1, 12)], Compliance(11, 0, 0, 0, 6, 10, None)),
        ([JudgedClock(True, 8, waived=True), JudgedClock(False, 2, 3, waived=True), JudgedClock(False, 3, 8),
          JudgedClock(False, 90, 80, open=True, waived=True)], Compliance(1, 3, 2, 1, 3, 8, 5)),
    ],
)  # fmt: skip
def test_the_figures_of_clocks_that_were_judged(clocks: list[JudgedClock], said: Compliance) -> None:
    assert compliance(clocks) == said


def test_a_share_is_told_from_ten_on_and_never_rounded_up() -> None:
    shares = [(each.count, each.percent) for each in (Compliance(9), Compliance(10), Compliance(8, 1), Compliance(8, 3),
                                                      Compliance(199, 1), Compliance(0, 10))]  # fmt: skip
    assert shares == [(9, None), (10, 100), (9, None), (11, 72), (200, 99), (10, 0)]


@pytest.mark.parametrize(
    ("period", "days"),
    [("week", [7, 7, 7]), ("month", [31, 30, 31]), ("quarter", [92, 92, 89]), ("year", [365, 366, 365])],
)
def test_a_report_is_due_a_period_later_and_earlier(period: str, days: list[int]) -> None:
    first = date(2026, 8, 1)
    found = [expected.stepped(first, period, n) for n in range(4)]
    assert [(later - earlier).days for earlier, later in pairwise(found)] == days
    assert [expected.stepped(each, period, -n) for n, each in enumerate(found)] == [first] * 4
    assert expected.next_due(first, period) == found[1]


@pytest.mark.parametrize(
    ("due", "period", "count", "day"),
    [
        (date(2026, 1, 31), "month", 1, date(2026, 2, 28)), (date(2026, 2, 28), "month", 1, date(2026, 3, 31)),
        (date(2026, 2, 27), "month", 1, date(2026, 3, 27)), (date(2026, 1, 30), "month", 1, date(2026, 2, 28)),
        (date(2026, 4, 30), "month", -2, date(2026, 2, 28)), (date(2024, 2, 29), "year", 1, date(2025, 2, 28)),
        (date(2024, 2, 28), "year", 1, date(2025, 2, 28)), (date(2026, 11, 30), "quarter", 1, date(2027, 2, 28)),
        (date(2026, 12, 31), "week", 1, date(2027, 1, 7)), (date(2026, 12, 31), "week", -1, date(2026, 12, 24)),
        (date(2026, 12, 31), "year", -1, date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_what_is_due_on_the_last_of_a_month_stays_on_the_last(
    due: date, period: str, count: int, day: date
) -> None:
    assert expected.stepped(due, period, count) == day


@pytest.mark.parametrize(
    ("period", "called"),
    [
        ("week", "2026-W01 2026-W14 2026-W27 2026-W40"), ("month", "2026-01 2026-04 2026-07 2026-10"),
        ("quarter", "2026-Q1 2026-Q2 2026-Q3 2026-Q4"), ("year", "2026 2026 2026 2026"),
    ],
)  # fmt: skip
def test_a_period_is_called_by_its_first_day(period: str, called: str) -> None:
    assert " ".join(expected.label(period, date(2026, month, 1)) for month in (1, 4, 7, 10)) == called
    assert expected.label("week", date(2027, 1, 1)) == "2026-W53"


def arrived(state: dict[str, Any], *told_: dict[str, Any], period: str = "month") -> str:
    found = expected.arrivals(state, told_, period)
    lines = [
        f"{each.on:%d.%m} {each.complete} asked {each.reminders} in {each.minutes} for {each.anchor:%d.%m}"
        for each in found.each
    ]
    return ", ".join([*lines, f"asked {found.asked_since} since"])


@pytest.mark.parametrize(
    ("state", "entries", "said"),
    [
        ({}, [], "asked 0 since"), ({"received_on": None, "completeness": 5}, [], "asked 0 since"),
        ({"received_on": ""}, [], "asked 0 since"),
        ({"received_on": date(2026, 9, 2), "completeness": 0, "spent_minutes": 0}, [],
         "02.09 0 asked 0 in 0 for 02.09, asked 0 since"),
        ({"received_on": "2026-09-02"}, [{"reminders": 1}, {"reminders": 2}],
         "02.09 100 asked 0 in None for 02.09, asked 2 since"),
        ({}, [{"reminders": 3}, {"received_on": "2026-09-02", "due": "2026-10-01"}],
         "02.09 100 asked 3 in None for 01.09, asked 0 since"),
        ({}, [{"reminders": 3, "received_on": "2026-09-02"}], "02.09 100 asked 0 in None for 02.09, asked 0 since"),
        ({}, [{"reminders": None}], "asked 0 since"),
        # What is told of the same day mends it, and forgets neither its reminders nor its day.
        ({}, [{"reminders": 1}, {"received_on": "2026-09-02", "due": "2026-10-01", "completeness": 50},
              {"completeness": 80}, {"spent_minutes": 20}, {"received_on": "2026-09-02"}],
         "02.09 80 asked 1 in 20 for 01.09, asked 0 since"),
        ({}, [{"received_on": "2026-10-02"}, {"received_on": "2026-09-02"}],
         "02.09 100 asked 0 in None for 02.09, 02.10 100 asked 0 in None for 02.10, asked 0 since"),
        # A day that was taken back leaves what was told of it before.
        ({"received_on": "2026-09-02"}, [{"received_on": None}], "02.09 100 asked 0 in None for 02.09, asked 0 since"),
        ({}, [{"name": "a", "received_on": "2026-09-02", "due": "2026-10-01"}],
         "02.09 100 asked 0 in None for 02.09, asked 0 since"),
        ({"received_on": "2026-09-02"}, [{"completeness": 30, "reminders": 4}],
         "02.09 30 asked 0 in None for 02.09, asked 4 since"),
        ({"received_on": "2026-09-02"}, [{"title": "x"}], "02.09 100 asked 0 in None for 02.09, asked 0 since"),
    ],
)  # fmt: skip
def test_each_coming_of_a_report_as_the_journal_tells_it(
    state: dict[str, Any], entries: list[dict[str, Any]], said: str
) -> None:
    assert arrived(state, *entries) == said


def test_half_a_period_before_its_day_a_report_is_the_next_one() -> None:
    due = date(2026, 12, 1)
    for period, half in (("week", 3), ("month", 15), ("quarter", 46), ("year", 183)):
        assert expected.covers(due - timedelta(days=half - 1), due, period)
        assert not any(expected.covers(due - timedelta(days=half + n), due, period) for n in (0, 1, 40))
        assert expected.covers(due + timedelta(days=400), due, period)
    assert Arrival(due, 100, 0, None).anchor == due
    assert Arrival(due, 100, 0, None, date(2026, 11, 1)).anchor == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("J1", SlaTarget(days=0)), ("J2 9h05", SlaTarget(days=1, at="09:05")), ("J+0", SlaTarget(days=0)), ("J0", None),
        ("j+2 fermeture", SlaTarget(days=2, at="close")),
        ("d+2 close limite 9", SlaTarget(days=2, at="close", cutoff="09:00")),
        ("J+1 0h", SlaTarget(days=1, at="00:00")), ("J+1 23:59", SlaTarget(days=1, at="23:59")), ("J+1 24h", None),
        ("1h59", SlaTarget(7_140)), ("1h60", None), ("0min", SlaTarget(0)), ("99999 min", SlaTarget(99_999 * 60)),
        ("100000min", None), ("9999h", SlaTarget(9_999 * 3_600)), ("J+999", SlaTarget(days=999)), ("J+1000", None),
        ("1h05", SlaTarget(3_900)), ("5 jo 10h", SlaTarget(days=5, at="10:00")), ("1 jour ouvré", SlaTarget(days=1)),
        ("2 heures ouvrées", SlaTarget(7_200)), ("2 heures", SlaTarget(7_200)), ("1 hour", SlaTarget(3_600)),
        ("J+1 cutoff 25h", None), ("J+1 12h cutoff 9h61", None),
    ],
)  # fmt: skip
def test_what_a_target_says(text: str, target: SlaTarget | None) -> None:
    assert parse_target(text) == target


def test_percentages_are_read_as_they_are_written() -> None:
    assert [percents(text) for text in ("75,90", "90; 75", " 5 ,x,,-3,100", "", "7.5")] == [
        (75, 90), (90, 75), (5, 100), (), (),
    ]  # fmt: skip

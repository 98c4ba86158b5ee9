"""S8: each day on which a report was owed, what came for it, and what that comes to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.registers.report import Report
from cockpit.domain.settings import Limits
from cockpit.domain.signals.facts import Deed
from cockpit.domain.signals.formulas.work import reporting
from tests.domain.signals.given import END, ago, facts, told

TODAY = date(2026, 11, 22)
LONG_AGO = ago(days=900)


def day(days: int) -> date:
    return TODAY - timedelta(days=days)


def report(n: int = 1, due: date | None = None, period: str = "month", **more: Any) -> Report:
    given = {"created_at": LONG_AGO, "reminders": 0, **more}
    return Report(code=f"ER-{n}", name="a", source="PR-1", due=due, period=period, **given)


def told_of(days: float = 1, code: str = "ER-1", **after: Any) -> Deed:
    return Deed(at=ago(days), by="a", action="a", register="report", code=code, before={}, after=after)


def came_on(day: int, **more: Any) -> Deed:
    """That it came on that day of November."""
    return told_of(received_on=f"2026-11-{day:02}", **more)


def owed(one: Report, *deeds: Deed) -> str:
    found = reporting.owed_of(one, facts(one, deeds=deeds))
    return ", ".join(
        f"{each.due:%d.%m}: " + (f"{each.complete} on {each.came.on:%d.%m}" if each.came else "nothing")
        for each in found
    )


@pytest.mark.parametrize(
    ("one", "days"),
    [
        # Of three months, and not before ten days have passed.
        (report(due=date(2026, 11, 12)), "12.09: nothing, 12.10: nothing, 12.11: nothing"),
        (report(due=date(2026, 11, 13)), "13.09: nothing, 13.10: nothing"),
        (report(due=date(2026, 10, 12)), "12.09: nothing, 12.10: nothing, 12.11: nothing"),
        (report(due=date(2026, 10, 22)), "22.09: nothing, 22.10: nothing"),
        (report(due=date(2026, 10, 23)), "23.08: nothing, 23.09: nothing, 23.10: nothing"),
        # Its day stands where it was last expected: the days after it are owed too.
        (report(due=date(2026, 9, 1)), "01.09: nothing, 01.10: nothing, 01.11: nothing"),
        (report(due=date(2026, 12, 31)), "31.08: nothing, 30.09: nothing, 31.10: nothing"),
        (report(due=date(2026, 11, 12), period="week"), ", ".join(
            f"{date(2026, 11, 12) - timedelta(weeks=n):%d.%m}: nothing" for n in range(11, -1, -1))),
        # Of a quarter the last one, and of a year.
        (report(due=date(2026, 10, 31), period="quarter"), "31.10: nothing"),
        (report(due=date(2027, 1, 15), period="quarter"), "15.10: nothing"),
        (report(due=date(2026, 3, 31), period="year"), "31.03: nothing"),
        (report(due=date(2025, 11, 22), period="year"), "22.11: nothing"),
        (report(due=date(2026, 11, 20), period="year"), ""),
        (report(due=date(2026, 11, 21), period="year"), ""),
        # What was due before it was written down counts only where it came.
        (report(due=date(2026, 11, 12), created_at=datetime(2026, 10, 11, 22, 30, tzinfo=UTC)),
         "12.10: nothing, 12.11: nothing"),
        (report(due=date(2026, 11, 12), created_at=datetime(2026, 10, 12, 22, 30, tzinfo=UTC)), "12.11: nothing"),
        (report(due=date(2026, 11, 12), created_at=ago(2)), "12.11: nothing"),
        (report(due=date(2026, 11, 12), created_at=None), "12.11: nothing"),
        (report(due=date(2026, 11, 12), created_at=None, received_on=date(2026, 10, 14)),
         "12.10: 100 on 14.10, 12.11: nothing"),
    ],
)  # fmt: skip
def test_a_report_is_owed_on_each_of_its_days(one: Report, days: str) -> None:
    assert owed(one) == days


@pytest.mark.parametrize(
    ("came", "days"),
    [
        # Within a fortnight and a day before its day, and as long after it; ten days late is still in time.
        (date(2026, 10, 17), "17.10"), (date(2026, 10, 16), ""), (date(2026, 11, 1), "01.11"),
        (date(2026, 11, 11), "11.11"), (date(2026, 11, 12), "late 12.11"), (date(2026, 11, 15), "late 15.11"),
        (date(2026, 11, 16), ""),
    ],
)  # fmt: skip
def test_what_came_within_half_a_period_came_for_that_day(came: date, days: str) -> None:
    found = owed(report(due=date(2026, 11, 1), created_at=ago(25), received_on=came, completeness=70))
    last = found.rpartition("01.11: ")[2]
    expected = "nothing" if not days else f"0 on {days[5:]}" if days.startswith("late") else f"70 on {days}"
    assert last == expected


def test_what_came_in_time_counts_by_the_most_of_it_and_what_came_later_is_still_the_first() -> None:
    one = report(due=date(2026, 11, 1), created_at=ago(25))
    for deeds, said in (
        ([came_on(3, completeness=40), came_on(5, completeness=90)], "90 on 03.11"),
        ([came_on(3, completeness=80), came_on(5, completeness=30)], "80 on 03.11"),
        ([came_on(12, completeness=40), came_on(13)], "0 on 12.11"),
        ([came_on(11, completeness=40), came_on(12)], "40 on 11.11"),
        # What comes tomorrow is not known today.
        ([came_on(3, completeness=40), came_on(23)], "40 on 03.11"),
        # Of another report.
        ([came_on(3, code="ER-2"), came_on(3, code="ER-0")], "nothing"),
        # For the day from which the register moved on, however early it came.
        ([told_of(received_on="2026-10-02", due="2026-12-01")], "100 on 02.10"),
    ):  # fmt: skip
        assert owed(one, *deeds) == f"01.11: {said}"


def test_what_comes_tomorrow_is_not_known_today() -> None:
    one = report(due=date(2026, 12, 1), completeness=50)
    deeds = [came_on(21), came_on(22), came_on(23), came_on(30)]
    assert [each.on.day for each in reporting.arrivals(one, facts(one, deeds=deeds))] == [21, 22]


def test_a_report_weighs_by_all_its_days_and_one_that_takes_longer_is_enough() -> None:
    monthly = report(1, date(2026, 11, 12), received_on=date(2026, 11, 12), completeness=90)
    assert told(reporting.measure(facts(monthly))) == (
        "S8 company: 30 of 90 | n 3 | control | sure 3.46, reminders 0, late 2, delay 0, finance 30 | ER-1 30 came"
    )
    weekly = report(2, date(2026, 11, 9), "week", created_at=ago(36))
    deeds = [
        told_of(code="ER-2", received_on=str(date(2026, 11, 9) - timedelta(weeks=n)), spent_minutes=minutes)
        for n, minutes in ((3, 20), (2, 20), (1, 30), (0, 30))
    ]
    (found,) = reporting.measure(facts(monthly, weekly, deeds=deeds))
    assert found.proof.figures["longer"] == 1.0


def test_reminders_since_it_came_last() -> None:
    one = report(due=day(1), reminders=7)
    for deeds, asked in (
        ([], 7), ([told_of(reminders=3)], 3), ([told_of(reminders=None)], 0), ([came_on(3)], 0),
        ([told_of(reminders=3), came_on(3)], 0),
        ([came_on(3), told_of(reminders=3)], 3),
        ([told_of(reminders=1), told_of(reminders=2)], 2),
        ([told_of(code="ER-2", reminders=9)], 7), ([told_of(code="ER-0", reminders=9)], 7),
        ([told_of(received_on=None)], 7), ([told_of(completeness=3)], 7),
    ):  # fmt: skip
        assert reporting.asked_since(one, facts(one, deeds=deeds)) == asked, deeds


def one_time(n: int, complete: int | None, days: int = 20, late: int = 0, **more: Any) -> Report:
    """A report that is owed once, and came so many days late."""
    return report(n, day(days), received_on=None if complete is None else day(days - late), completeness=complete,
                  created_at=ago(days), **more)  # fmt: skip


def test_all_that_the_reports_of_a_company_say() -> None:
    # Due on Monday 2 November: two days late is Wednesday; on Friday 6th four days late is Tuesday, two working days.
    records = (
        one_time(3, 80, late=2, pillar="finance"), one_time(1, 60, pillar="time"),
        one_time(2, 60, 16, 4, pillar="finance", reminders=1), one_time(4, None, pillar="risk", reminders=3),
        one_time(5, 100, 19, late=-2, pillar="risk"), one_time(6, 100, pillar="other"),
        report(7, day(3), reminders=9, created_at=ago(5)), report(8), one_time(9, 90, 16, 13, pillar="time"),
    )  # fmt: skip
    # Of seven that were owed 400 of 700 are there; nine in ten were to be, give or take 0.79.
    assert told(reporting.measure(facts(*records))) == (
        "S8 company: 57.14 of 90 | n 7 | control | sure 2.9, reminders 3, late 2, delay 1, time 30,"
        " finance 70, risk 50 | ER-4 0 came, ER-9 0 came, ER-1 60 came, ER-2 60 came, ER-3 80 came,"
        " ER-5 100 came, ER-6 100 came"
    )
    assert told(reporting.measure(facts(records[7]))) == "S8 company: ? of 0 | n 0 | unknown report"
    assert told(reporting.measure(facts(records[6], records[7]))) == "S8 company: ? of 0 | n 1 | unknown due"
    assert told(reporting.measure(facts(records[3]))) == (
        "S8 company: 0 of 90 | n 1 | control | sure 3, reminders 3, late 1, risk 0 | ER-4 0 came"
    )


@pytest.mark.parametrize(
    ("complete", "reminders", "state"),
    [
        ([90] * 9, 0, "calm"), ([100] * 9, 0, "calm"), ([100] * 8 + [0], 0, "calm"), ([100] * 6 + [0] * 3, 0, "watch"),
        ([60] * 9, 0, "watch"), ([59] * 9, 0, "control"), ([0] * 9, 0, "control"), ([100] * 9, 1, "calm"),
        ([100] * 9, 2, "watch"), ([100] * 9, 5, "watch"), ([60] * 9, 2, "watch"), ([59] * 9, 9, "control"),
        # Half of one report may be chance.
        ([50], 0, "control"), ([55], 0, "calm"),
    ],
)  # fmt: skip
def test_nine_tenths_of_the_reports_are_to_be_there_without_asking_twice(
    complete: list[int], reminders: int, state: str
) -> None:
    records = [one_time(n, each, reminders=reminders if n == 0 else 0) for n, each in enumerate(complete)]
    (found,) = reporting.measure(facts(*records))
    assert (found.value, found.state.word) == (round(sum(complete) / len(complete), 2), state)


def test_without_any_certainty_asked_for_the_mean_alone_decides() -> None:
    for complete, state in ((91, "calm"), (90, "calm"), (89, "watch")):
        known = facts(*(one_time(n, complete) for n in range(10)), limits=Limits(s8_sure=0))
        assert [each.state.word for each in reporting.measure(known)] == [state]
    nothing = facts(one_time(1, 0), limits=Limits(s8_complete=0, s8_sure=0))
    some = facts(one_time(1, 40), limits=Limits(s8_complete=0, s8_sure=0))
    assert [next(reporting.measure(each)).state.word for each in (nothing, some)] == ["calm", "calm"]


def test_how_often_a_report_was_asked_for_before_it_came_counts_too() -> None:
    one = report(due=date(2026, 11, 1), created_at=ago(25))
    deeds = [told_of(20, reminders=2), told_of(18, received_on="2026-11-05", completeness=100)]
    assert told(reporting.measure(facts(one, deeds=deeds))) == (
        "S8 company: 100 of 90 | n 1 | watch | sure -0.33, reminders 2, late 0, delay 4, finance 100 | ER-1 100 came"
    )


@pytest.mark.parametrize(
    ("minutes", "is_longer"),
    [
        # Of each week; the last two against the mean of those before, which are to be two at least.
        ([20, 20, 30, 30], True), ([20, 20, 40, 40], True), ([20, 20, 29, 30], False), ([20, 20, 20, 40], True),
        ([20, 20, 40, 19], False),
        ([10, 20, 30, 30, 30], True), ([10, 20, 31, 30, 30], False), ([20, 90, 90], False),
        ([20, None, 0, 20, 30, 30], True), ([20, None, None, 90, 90], False), ([None] * 5, False),
        ([100, 20, 20, 20, 40, 80], True), ([100, 20, 20, 20, 40, 79], False),
    ],
)  # fmt: skip
def test_reports_take_longer_when_the_last_two_took_half_as_long_again(
    minutes: list[int | None], is_longer: bool
) -> None:
    first = date(2026, 11, 9) - timedelta(weeks=len(minutes) - 1)
    days = [first + timedelta(weeks=n) for n in range(len(minutes))]
    one = report(due=days[-1], period="week", created_at=datetime.combine(first, END.timetz()))
    deeds = [
        told_of(received_on=str(when), spent_minutes=each, completeness=100)
        for when, each in zip(days, minutes, strict=True)
    ]
    (found,) = reporting.measure(facts(one, deeds=deeds))
    assert (found.value, found.n) == (100, len(minutes))
    assert found.proof.figures.get("longer") == (1.0 if is_longer else None)
    assert found.state.word == ("watch" if is_longer else "calm")


def test_each_coming_is_known_by_how_the_record_stood_before_the_first_entry_of_the_journal() -> None:
    one = report(due=date(2026, 12, 1), received_on=date(2026, 11, 2), completeness=50, spent_minutes=15)

    def came(before: dict[str, Any], after: dict[str, Any]) -> Deed:
        return Deed(at=ago(1), by="a", action="a", register="report", code="ER-1", before=before, after=after)

    deeds = [
        came({"received_on": "2026-09-02", "completeness": 80}, {"received_on": "2026-10-02", "completeness": 90}),
        came({"name": "b"}, {"name": "c"}),
        came({"received_on": "2026-10-02", "completeness": 90}, {"received_on": "2026-11-02", "completeness": 50}),
    ]  # fmt: skip
    found = reporting.arrivals(one, facts(one, deeds=deeds))
    assert [(str(each.on), each.complete, each.minutes) for each in found] == [
        ("2026-09-02", 80, 15), ("2026-10-02", 90, 15), ("2026-11-02", 50, 15),
    ]  # fmt: skip

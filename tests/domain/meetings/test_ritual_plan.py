"""Rules of rituals: what they mean, where they fall, and how they are exported."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.meetings.ritual_plan import (
    RitualStep,
    Rule,
    occurrences,
    parse_rule,
    parse_steps,
    to_rrule,
    write_steps,
)
from cockpit.domain.time.business_time import Calendar, parse_hours

OFFICE = parse_hours(
    "mon-fri 09:00-18:00", "Europe/Paris", [date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 25)]
)


def planned(rule: str, lo: str, hi: str, calendar: Calendar = OFFICE) -> str:
    """The walls from `lo` to before `hi` as `DD/MM HH:MM`."""
    found = occurrences(parse_rule(rule), date.fromisoformat(lo), date.fromisoformat(hi), calendar)
    return ", ".join(f"{at:%d/%m %H:%M}" for at in found)


@pytest.mark.parametrize(
    ("rules", "expected", "rrule"),
    [
        ("mon,wed 08:30|lun,mer 8h30|mercredi, lundi 08:30|mon wed at 08:30",
         "04/05 08:30, 06/05 08:30, 11/05 08:30, 13/05 08:30, 18/05 08:30, 20/05 08:30, 27/05 08:30",
         "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("every 2 weeks fri 16:30 from 2026-05-15|toutes les 2 semaines ven 16h30 à partir du 2026-05-13"
         "|every other week friday 16:30 from 2026-05-15",
         "15/05 16:30, 29/05 16:30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=MO"),
        ("every week tue 10:00|toutes les semaines mar 10h",
         "05/05 10:00, 12/05 10:00, 19/05 10:00, 26/05 10:00",
         "FREQ=WEEKLY;BYDAY=TU"),
        ("monthly first mon 09:00|mensuel premier lun 09:00|tous les mois le 1er lundi à 9h", "04/05 09:00",
         "FREQ=MONTHLY;BYDAY=1MO"),
        ("monthly last thu 09:00|mensuel dernier jeudi 09:00", "28/05 09:00", "FREQ=MONTHLY;BYDAY=-1TH"),
        ("monthly 15 09:00|mensuel le 15 09:00", "15/05 09:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monthly last business day 16:00|mensuel dernier jour ouvré 16h", "29/05 16:00", None),
        ("monthly first business day 16:00", "04/05 16:00", None),
        ("monthly last mon 09:00", "", "FREQ=MONTHLY;BYDAY=-1MO"),
        ("sat 10:00", "02/05 10:00, 09/05 10:00, 16/05 10:00, 23/05 10:00, 30/05 10:00",
         "FREQ=WEEKLY;BYDAY=SA"),
    ],
)  # fmt: skip
def test_rules_over_may_2026(rules: str, expected: str, rrule: str | None) -> None:
    for rule in rules.split("|"):
        assert planned(rule, "2026-05-01", "2026-06-01") == expected
        assert to_rrule(parse_rule(rule)) == rrule


def test_the_last_day_of_a_window_is_outside_it() -> None:
    assert planned("mon 08:30", "2026-05-04", "2026-05-11") == "04/05 08:30"


def test_ranges_of_days_skip_holidays_and_closings() -> None:
    assert planned("mon-fri 11:45", "2026-05-04", "2026-05-11").count("11:45") == 4
    bridge = Calendar("b", "Europe/Paris", OFFICE.week, OFFICE.holidays, {date(2026, 5, 7): ()})
    assert planned("mon-fri 11:45", "2026-05-04", "2026-05-11", bridge).count("11:45") == 3
    opened = Calendar("o", "Europe/Paris", OFFICE.week, OFFICE.holidays, {date(2026, 5, 8): ((600, 720),)})
    assert planned("fri 11:45", "2026-05-04", "2026-05-11", opened) == "08/05 11:45"


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("", "not a rule"),
        ("08:30", "not a rule"),
        ("mon", "not a rule"),
        ("mon 8", "“8”"),
        ("mon 24:00", "24:00"),
        ("mun 08:30", "mun"),
        ("mon-fry 08:30", "fry"),
        ("every 0 weeks fri 08:30", "“0”"),
        ("every 2 weeks fri 08:30 from tomorrow", "tomorrow"),
        ("monthly 31 08:30", "31"),
        ("monthly 0 08:30", "0"),
        ("monthly fifth mon 08:30", "fifth mon"),
        ("monthly first 08:30", "first"),
        ("monthly first moon 08:30", "moon"),
    ],
)
def test_wrong_rules_name_the_wrong_part(rule: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_rule(rule)


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = parse_rule(text)
    except ValueError:
        return
    assert rule.weekdays or rule.month_day or rule.nth


RULES = (
    "mon,wed 08:30",
    "every 3 weeks fri 16:30",
    "monthly second tue 09:00",
    "monthly last business day 9h",
)


@given(
    st.sampled_from(RULES),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_windows_join(text: str, lo: date, first: int, second: int) -> None:
    rule = parse_rule(text)
    middle, hi = lo + timedelta(days=first), lo + timedelta(days=first + second)
    parts = [
        *occurrences(rule, lo, middle, OFFICE),
        *occurrences(rule, middle, hi, OFFICE),
    ]
    assert parts == list(occurrences(rule, lo, hi, OFFICE))
    assert all(isinstance(at, datetime) and at.tzinfo is None for at in parts)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_monthly_rule_falls_once_a_month(day: date) -> None:
    first = day.replace(day=1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    free = parse_hours("mon-fri 09:00-18:00", "Europe/Paris")
    for text in (
        "monthly last business day 9h",
        "monthly first mon 9h",
        "monthly 28 9h",
        "monthly last sun 9h",
    ):
        assert len(list(occurrences(parse_rule(text), first, next_first, free))) == 1


# -- against somebody who leafs through a calendar

CLOSED = frozenset(
    {date(2026, 1, 1), date(2026, 1, 30), date(2026, 3, 2), date(2026, 5, 1), date(2026, 8, 31)}
)
FREE = parse_hours("mon-fri 09:00-18:00", "Europe/Paris")
SHUT = parse_hours("mon-fri 09:00-18:00", "Europe/Paris", CLOSED)
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
BY_MONTH = [[day for day in YEAR if day.month == month] for month in range(1, 13)]
WORDS_OF_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3,
                "premier": 0, "deuxième": 1, "troisième": 2, "quatrième": 3, "dernière": -1, "1er": 0, "première": 0,
                "2e": 1, "3e": 2, "4e": 3, "dernier": -1}  # fmt: skip


def falls_on(rule: str, calendar: Calendar) -> list[date]:
    return [
        at.date() for at in occurrences(parse_rule(rule), YEAR[0], YEAR[-1] + timedelta(days=1), calendar)
    ]


@pytest.mark.parametrize("word", WORDS_OF_NTH)
@pytest.mark.parametrize("calendar", [FREE, SHUT], ids=["free", "shut"])
def test_the_nth_weekday_or_working_day_of_each_month_is_found_by_counting(
    word: str, calendar: Calendar
) -> None:
    def nth(days: list[date]) -> date:
        return days[WORDS_OF_NTH[word]]

    for number, name in enumerate(("mon", "mar", "mercredi", "thu", "ven", "saturday", "dim")):
        days = [nth([day for day in month if day.weekday() == number]) for month in BY_MONTH]
        open_days = [day for day in days if not calendar.is_holiday(day)]
        assert falls_on(f"monthly {word} {name} 09:00", calendar) == open_days
    working = [nth([day for day in month if calendar.is_business_day(day)]) for month in BY_MONTH]
    for name in ("business day", "working day", "jour ouvré"):
        assert falls_on(f"mensuel {word} {name} 9h", calendar) == working


@pytest.mark.parametrize("every", range(1, 6))
@pytest.mark.parametrize("anchor", ["2026-01-05", "2026-02-22", "2025-12-31", "2026-12-20"])
def test_every_so_many_weeks_is_counted_from_the_week_that_is_said(every: int, anchor: str) -> None:
    first = date.fromisoformat(anchor)
    monday = next(day for n in range(7) if (day := first - timedelta(days=n)).weekday() == 0)
    mondays = {monday + timedelta(weeks=every * n) for n in range(-60, 60)}
    days = [day for day in YEAR if day.weekday() in (1, 4) and day - timedelta(days=day.weekday()) in mondays]
    assert falls_on(f"every {every} weeks tue fri 09:00 from {anchor}", FREE) == days
    assert falls_on(f"toutes les {every} semaines mar, ven à 9h à partir du {anchor}", FREE) == days


def test_without_a_first_week_weeks_are_counted_from_the_first_of_1970() -> None:
    rule = parse_rule("every 2 weeks mon 09:00")
    assert (rule.anchor, rule.every, rule.month_day, rule.nth) == (date(1970, 1, 5), 2, None, None)
    assert rule.happens_on(date(1970, 1, 5), FREE)
    assert not rule.happens_on(date(1970, 1, 12), FREE)
    assert rule.happens_on(date(1969, 12, 22), FREE)


@pytest.mark.parametrize(
    ("text", "every"),
    [("every week", 1), ("every weeks", 1), ("every two weeks", 2), ("every other week", 2),
    ("toutes les deux semaines", 2),
     ("toutes les semaines", 1), ("every 10 weeks", 10), ("every 1 week", 1)],
)  # fmt: skip
def test_how_many_weeks_lie_between_is_a_number_or_a_word(text: str, every: int) -> None:
    assert parse_rule(f"{text} tue 09:00") == Rule(at=time(9), weekdays=frozenset({1}), every=every)


READ_WHOLE: list[tuple[str, Rule]] = [
    ("mon 00:00", Rule(at=time(0), weekdays=frozenset({0}))),
    ("mon 23:59", Rule(at=time(23, 59), weekdays=frozenset({0}))),
    ("lun à 10h05", Rule(at=time(10, 5), weekdays=frozenset({0}))),
    ("monthly 1 9h", Rule(at=time(9), month_day=1)),
    ("monthly on 28 9h", Rule(at=time(9), month_day=28)),
    ("every month first mon 9h", Rule(at=time(9), nth=1, weekdays=frozenset({0}))),
    ("tous les mois le dernier jour ouvré 9h", Rule(at=time(9), nth=-1)),
    ("mon 9h depuis le 2026-01-05", Rule(at=time(9), weekdays=frozenset({0}), anchor=date(2026, 1, 5))),
    ("monthly first mon, wed 9h", Rule(at=time(9), nth=1, weekdays=frozenset({0, 2}))),
    ("mon , wed 9h", Rule(at=time(9), weekdays=frozenset({0, 2}))),
    ("fri-mon 9h", Rule(at=time(9), weekdays=frozenset({4, 5, 6, 0}))),
]


def test_a_rule_is_read_whole() -> None:
    for text, rule in READ_WHOLE:
        assert parse_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    ["monthly 29 9h", "monthly 0 9h", "monthly last 9h", "every 0 weeks mon 9h", "mon 24:00", "mon 24h"],
)
def test_what_no_month_and_no_day_surely_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"“.*”|not every month"):
        parse_rule(text)


# -- the steps of a ritual


STEP_LINES: list[tuple[str, tuple[str, int, str]]] = [
    ("Coffee 5", ("Coffee", 300, "talk")), ("Coffee 5 min", ("Coffee", 300, "talk")),
    ("Coffee 5min", ("Coffee", 300, "talk")),
    ("Coffee 20 s", ("Coffee", 20, "talk")), ("Coffee 20s", ("Coffee", 20, "talk")),
    ("Coffee · 5", ("Coffee", 300, "talk")),
    ("Coffee: 5", ("Coffee", 300, "talk")), ("Café - 5", ("Café", 300, "talk")),
    ("blockers: Hot ones 12", ("Hot ones", 720, "subject")),
    ("Blocages : 12", ("", 720, "subject")), ("présence : Tour 20 s", ("Tour", 20, "attendance")),
    ("PRESENCE: 1", ("", 60, "attendance")), ("engagements : 3", ("", 180, "commitments")),
    ("figures: 4", ("", 240, "figures")),
    ("semaine : 5", ("", 300, "week")), ("priorities: 6", ("", 360, "priorities")),
    ("échange : Tour 7", ("Tour", 420, "talk")),
    ("decisions: 8", ("", 480, "readback")), ("votes: 1 s", ("", 1, "votes")),
    ("Room 4: 5", ("Room 4", 300, "talk")),
    ("long: 600", ("long", 36_000, "talk")), ("votes: 36000 s", ("", 36_000, "votes")),
]  # fmt: skip


def test_a_step_has_a_kind_a_name_and_a_box() -> None:
    for line, step in STEP_LINES:
        assert parse_steps(f"\n  {line}  \n\n") == (RitualStep(*step),)


NO_STEPS = (
    "Coffee", "5", "Coffee 0", "votes: 0 s", "votes:", "Coffee 601", "votes: 36001 s", "Coffee 5 h", "votes: five",
    "Coffee 123456",
)  # fmt: skip


def test_a_line_that_is_no_step_is_named() -> None:
    for line in NO_STEPS:
        with pytest.raises(ValueError, match=f"“{line}” is not a step with its minutes"):
            parse_steps(f"Coffee 5\n{line}")


def test_steps_are_written_in_either_language_and_read_back() -> None:
    steps = (
        RitualStep("", 20, "attendance"), RitualStep("", 60, "commitments"), RitualStep("Hot ones", 720, "subject"),
        RitualStep("", 90, "figures"), RitualStep("", 180, "week"), RitualStep("", 61, "priorities"),
        RitualStep("Tour: all 4", 300), RitualStep("", 59, "readback"), RitualStep("", 3_600, "votes"),
    )  # fmt: skip
    assert write_steps(steps) == (
        "attendance: 20 s\ncommitments: 1\nblockers: Hot ones 12\nfigures: 90 s\nweek: 3\npriorities: 61 s\n"
        "talk: Tour: all 4 5\ndecisions: 59 s\nvotes: 60"
    )
    assert write_steps(steps, "fr") == (
        "présence : 20 s\nengagements : 1\nblocages : Hot ones 12\nchiffres : 90 s\nsemaine : 3\npriorités : 61 s\n"
        "échange : Tour: all 4 5\ndécisions : 59 s\nvotes : 60"
    )
    assert parse_steps(write_steps(steps)) == parse_steps(write_steps(steps, "fr")) == steps
    assert parse_steps(" \n") == ()
    assert write_steps(()) == ""

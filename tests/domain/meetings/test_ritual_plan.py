"""Rules of rituals: what they mean, where they fall, and how they are exported."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.meetings.ritual_plan import occurrences, parse_rule, to_rrule
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

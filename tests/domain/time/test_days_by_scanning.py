"""Phrases for days against a reader that goes day by day over a calendar and knows no arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.time.business_time import parse_hours
from cockpit.domain.time.dates import DayContext, parse_date

PARIS = ZoneInfo("Europe/Paris")
ALL_DAYS = [date(2022, 1, 1) + timedelta(days=n) for n in range(365 * 8)]
CLOSED = {
    date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 5, 1), date(2026, 7, 31), date(2027, 2, 26),
    date(2027, 2, 1),
}  # fmt: skip
OFFICE = parse_hours("mon-fri 09:00-18:00", "Europe/Paris", CLOSED)
CONTEXT = DayContext(time(9), time(18), OFFICE)
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")  # fmt: skip

todays = st.dates(date(2024, 1, 1), date(2027, 12, 31)) | st.sampled_from([
    date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 15), date(2026, 7, 1), date(2026, 7, 2), date(2026, 10, 31),
    date(2026, 11, 2), date(2026, 11, 30), date(2026, 11, 27), date(2026, 11, 25), date(2026, 7, 30),
    date(2024, 7, 1), date(2024, 2, 29), date(2026, 2, 28), date(2025, 3, 31),
])  # fmt: skip
few = settings(max_examples=30)


def day_of(phrase: str, today: date, *, backwards: bool = False) -> date | None:
    words = phrase.split()
    now = datetime.combine(today, time(12), tzinfo=PARIS)
    found = parse_date(words, now=now, context=CONTEXT, backwards=backwards)
    return found[0].date() if found and found[1] == len(words) else None


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def ahead(today: date) -> Iterator[date]:
    """Today and what follows."""
    return (day for day in ALL_DAYS if day >= today)


def behind(today: date) -> Iterator[date]:
    """Today and what came before it, the latest first."""
    return (day for day in reversed(ALL_DAYS) if day <= today)


PERIODS: dict[str, Callable[[date], object]] = {
    "semaine": lambda day: day.isocalendar()[:2],
    "mois": lambda day: (day.year, day.month),
    "année": lambda day: day.year,
}
OF_PERIOD = {"semaine": "de semaine", "mois": "du mois", "année": "de l'année"}
MIDDLE: dict[str, Callable[[date], bool]] = {
    "semaine": lambda day: day.weekday() == 2,
    "mois": lambda day: day.day == 15,
    "année": lambda day: (day.month, day.day) == (7, 1),
}


def periods_around(today: date, unit: str) -> tuple[list[list[date]], int]:
    """All periods, and which of them holds today."""
    every = [list(days) for _key, days in groupby(ALL_DAYS, PERIODS[unit])]
    return every, next(n for n, days in enumerate(every) if today in days)


def edge_of(days: list[date], edge: str, unit: str) -> date:
    if edge == "milieu":
        return next(day for day in days if MIDDLE[unit](day))
    ordered = days if edge == "début" else days[::-1]
    return next((day for day in ordered if works(day)), ordered[0])


@given(todays, st.sampled_from(["début", "milieu", "fin"]), st.sampled_from(sorted(PERIODS)))
@few
def test_the_edge_of_a_period_is_that_of_this_one_or_of_the_next_when_it_is_past(
    today: date, edge: str, unit: str
) -> None:
    every, this = periods_around(today, unit)
    found = edge_of(every[this], edge, unit)
    if edge == "fin" and unit != "semaine" and found < today:
        found = every[this][-1]
    elif found < today or (edge == "début" and found == today):
        found = edge_of(every[this + 1], edge, unit)
    assert day_of(f"{edge} {OF_PERIOD[unit]}", today) == found


@given(todays, st.sampled_from(["début", "milieu", "fin"]), st.sampled_from(sorted(PERIODS)))
@few
def test_looking_back_it_is_the_last_one_that_was_reached(today: date, edge: str, unit: str) -> None:
    every, this = periods_around(today, unit)
    found = edge_of(every[this], edge, unit)
    if found > today:
        found = edge_of(every[this - 1], edge, unit)
    assert day_of(f"{edge} {OF_PERIOD[unit]}", today, backwards=True) == found


@given(todays, st.sampled_from(["début", "milieu", "fin", ""]), st.sampled_from(sorted(PERIODS)))
@few
def test_the_period_after_or_before_is_said_in_words(today: date, edge: str, unit: str) -> None:
    every, this = periods_around(today, unit)
    begins = edge or "début"
    of = OF_PERIOD[unit] if edge else unit
    following = edge_of(every[this + 1], begins, unit)
    assert day_of(f"{edge} {of} prochain", today) == following
    before = edge_of(every[this - 1], begins, unit)
    assert day_of(f"{edge} {of} dernier", today, backwards=True) == before


@given(todays, st.sampled_from(["début", "milieu", "fin"]), st.integers(1, 12))
@few
def test_the_edge_of_a_named_month_is_the_next_such_day_or_the_last(
    today: date, edge: str, month: int
) -> None:
    every, _this = periods_around(today, "mois")
    edges = [edge_of(days, edge, "mois") for days in every if days[0].month == month]
    said = f"{edge} {MONTHS[month - 1]}"
    # Only this year and the one beside it are looked at: what is past twice over is not understood.
    near = [day for day in edges if day >= today and day.year <= today.year + 1]
    assert day_of(said, today) == next(iter(near))
    assert day_of(said, today, backwards=True) == max(day for day in edges if day <= today)
    year = today.year + 1
    assert day_of(f"{said} {year}", today) == next(day for day in edges if day.year == year)


@given(todays, st.integers(0, 6))
@few
def test_a_weekday_is_the_next_or_the_last_one_and_weeks_are_added_to_it(today: date, number: int) -> None:
    name = NAMES[number]
    coming = [day for day in ahead(today) if day > today and day.weekday() == number]
    gone = [day for day in behind(today) if day < today and day.weekday() == number]
    for said in (name, f"{name} prochain", f"ce {name}"):
        assert day_of(said, today) == coming[0]
    assert day_of(f"{name} en huit", today) == coming[1]
    assert day_of(f"{name} en quinze", today) == coming[2]
    assert day_of(f"{name} dernier", today) == gone[0]
    assert day_of(f"{name} dernier en huit", today) is None
    assert day_of(name, today, backwards=True) == gone[0]
    assert day_of(f"{name} dernier", today, backwards=True) == gone[0]
    assert day_of(f"{name} prochain", today, backwards=True) is None
    assert day_of(f"{name} en huit", today, backwards=True) is None
    every, this = periods_around(today, "semaine")
    assert day_of(f"{name} de la semaine prochaine", today) == every[this + 1][number]


@given(todays, st.integers(0, 40), st.sampled_from(["jours", "semaines", "jo"]))
@few
def test_so_many_days_weeks_or_working_days_are_counted_one_by_one(today: date, n: int, unit: str) -> None:
    later, earlier = list(ahead(today)), list(behind(today))
    short = {"jours": "j", "semaines": "s", "jo": "jo"}[unit]
    if unit == "jo":
        coming, gone = ([day for day in days[1:] if works(day)] for days in (later, earlier))
        expected = (coming[n - 1], gone[n - 1]) if n else (today, today)
    else:
        step = n * (7 if unit == "semaines" else 1)
        expected = (later[step], earlier[step])
    for said in (f"{n} {unit}", f"dans {n} {unit}", f"in {n} {unit}", f"+{n}{short}"):
        assert day_of(said, today) == expected[0]
    for said in (f"il y a {n} {unit}", f"{n} {unit} ago"):
        assert day_of(said, today) == day_of(said, today, backwards=True) == expected[1]
    assert day_of(f"{n} {unit}", today, backwards=True) == expected[1]
    assert day_of(f"dans {n} {unit}", today, backwards=True) is None
    assert day_of(f"dans {n} {unit} ago", today) is None


@given(todays, st.integers(1, 30))
@few
def test_j_plus_n_counts_from_the_first_working_day(today: date, n: int) -> None:
    working = [day for day in ahead(today) if works(day)]
    assert day_of(f"J+{n}", today) == working[n]
    assert day_of(f"J+{n}", today, backwards=True) is None


@given(todays, st.integers(1, 31), st.integers(1, 12))
@few
def test_a_day_of_a_month_is_the_next_such_day_or_the_last(today: date, day: int, month: int) -> None:
    alone = [each for each in ahead(today) if each.day == day]
    assert day_of(f"le {day}", today) == alone[0]
    assert day_of(f"le {day}", today, backwards=True) == next(d for d in behind(today) if d.day == day)
    coming = next((each for each in ahead(today) if (each.day, each.month) == (day, month)), None)
    gone = next((each for each in behind(today) if (each.day, each.month) == (day, month)), None)
    if (day, month) != (29, 2):
        for said in (
            f"{day}/{month}",
            f"le {day}/{month:02}",
            f"{day} {MONTHS[month - 1]}",
            f"le {day} {MONTHS[month - 1]}",
        ):
            assert day_of(said, today) == coming
            assert day_of(said, today, backwards=True) == gone
        if month not in (3, 9):
            assert day_of(f"{MONTHS[month - 1]} {day}", today) == coming
    if coming:
        named = NAMES[coming.weekday()]
        for said in (f"{named} {day}/{month}", f"{named} {day} {MONTHS[month - 1]}"):
            assert day_of(said, today) == coming
        other = NAMES[(coming.weekday() + 1) % 7]
        assert day_of(f"{other} {day}/{month}", today) is None
        for said in (
            f"{coming.isoformat()}",
            f"{day}/{month}/{coming.year}",
            f"{day}/{month}/{coming.year % 100}",
        ):
            assert day_of(said, today) == coming


EDGES: list[tuple[str, str, bool, str | None]] = [
    ("29/02", "2024-03-01", False, "2028-02-29"), ("29/02", "2024-02-29", False, "2024-02-29"),
    ("29/02", "2027-12-31", True, "2024-02-29"), ("29 février", "2096-03-01", False, "2104-02-29"),
    ("29/02", "2103-12-31", True, "2096-02-29"),
    ("le 31", "2026-01-31", False, "2026-01-31"), ("le 31", "2026-02-01", False, "2026-03-31"),
    ("le 31", "2026-07-01", True, "2026-05-31"), ("le 30", "2026-02-01", False, "2026-03-30"),
    ("fin de semaine", "2026-11-27", False, "2026-11-27"), ("fin de semaine", "2026-11-28", False, "2026-12-04"),
    ("demain", "2026-11-23", False, "2026-11-24"), ("après-demain", "2026-11-23", False, "2026-11-25"),
    ("surlendemain", "2026-11-23", False, None), ("avant hier", "2026-11-23", False, "2026-11-21"),
    ("après demain", "2026-11-23", False, "2026-11-25"), ("the day after tomorrow", "2026-11-23", False, "2026-11-25"),
    ("fin de journée", "2026-11-23", False, "2026-11-23"), ("avant-hier", "2026-03-01", True, "2026-02-27"),
    ("avant-hier", "2026-11-23", True, "2026-11-21"), ("hier", "2026-11-23", True, "2026-11-22"),
    ("cette semaine", "2026-11-23", False, "2026-11-27"), ("ce mois", "2026-11-23", False, "2026-11-30"),
    ("cette année", "2026-11-23", False, "2026-12-31"), ("semaine", "2026-11-23", False, None),
    ("mois", "2026-11-23", False, None), ("mois dernier", "2026-11-23", True, "2026-10-01"),
    ("année prochaine", "2026-11-23", False, "2027-01-01"), ("année dernière", "2027-11-23", True, "2026-01-05"),
    ("il y a 8 jours", "2026-11-23", True, "2026-11-15"), ("il y a huit jours", "2026-11-23", True, "2026-11-15"),
    ("il y a quinze jours", "2026-11-23", True, "2026-11-08"),
    ("il y a une quinzaine", "2026-11-23", True, "2026-11-08"),
    ("a fortnight ago", "2026-11-23", True, "2026-11-09"), ("15 days ago", "2026-11-23", True, "2026-11-08"),
    ("dans huit jours", "2026-11-23", False, "2026-12-01"),
    ("un mois", "2026-01-31", False, "2026-02-28"), ("dans un mois", "2026-11-30", False, "2026-12-30"),
    ("il y a un mois", "2026-03-31", True, "2026-02-28"), ("dans sept mois", "2026-11-23", False, "2027-06-23"),
    ("12/03/70", "2026-11-23", False, "2070-03-12"), ("12/03/1969", "2026-11-23", False, None),
    ("12/03/1970", "2026-11-23", False, "1970-03-12"), ("12/03/2199", "2026-11-23", False, "2199-03-12"),
    ("12/03/2200", "2026-11-23", False, None), ("12/03/127", "2026-11-23", False, None),
    ("fin mars 2027", "2026-11-23", False, "2027-03-31"), ("début sept 2027", "2026-11-23", False, "2027-09-01"),
    ("mi-décembre", "2026-12-15", False, "2026-12-15"), ("mi-décembre", "2026-12-16", False, "2027-12-15"),
    ("mi-décembre", "2026-12-14", True, "2025-12-15"), ("fin novembre", "2026-11-30", True, "2026-11-30"),
]  # fmt: skip


def test_days_at_the_edges_of_months_years_and_the_calendar() -> None:
    for said, today, back, day in EDGES:
        found = day_of(said, date.fromisoformat(today), backwards=back)
        assert (found and found.isoformat()) == day


def test_a_week_of_which_every_day_is_closed_keeps_its_own_first_and_last_day() -> None:
    shut = parse_hours("mon-fri 09:00-18:00", "Europe/Paris", {date(2026, 8, day) for day in range(10, 15)})
    now = datetime(2026, 8, 6, 12, tzinfo=PARIS)

    def said(phrase: str) -> str:
        found = parse_date(phrase.split(), now=now, context=DayContext(time(9), time(18), shut))
        assert found is not None
        return f"{found[0]:%a %d}"

    assert [said(f"{edge} semaine prochaine") for edge in ("", "début de", "milieu de", "fin de")] == [
        "Mon 10", "Mon 10", "Wed 12", "Sun 16",
    ]  # fmt: skip

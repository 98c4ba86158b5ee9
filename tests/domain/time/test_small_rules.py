"""Cadences, lengths, weekdays, regions and hours: each answer whole, at and beside its edges."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from cockpit.domain.time.cadences import MONTHS, first_day, shifted, until
from cockpit.domain.time.date_words import canonical
from cockpit.domain.time.elapsed import whole_days
from cockpit.domain.time.opening_hours import (
    day_edges,
    minute_of_day,
    parse_exceptions,
    parse_week,
    wall_time,
    zone_named,
)
from cockpit.domain.time.periods import Period, PeriodUnit, is_endless, read, stored
from cockpit.domain.time.regions import is_near, library_name
from cockpit.domain.time.weekdays import parse_weekdays, weekday
from cockpit.domain.time.written_hours import translated

DAYS = [date(2025, 12, 1) + timedelta(days=n) for n in range(430)]


@pytest.mark.parametrize("cadence", ["week", "month", "quarter", "year"])
def test_a_period_begins_on_the_last_day_that_begins_one(cadence: str) -> None:
    def begins(day: date) -> bool:
        if cadence == "week":
            return day.weekday() == 0
        return (
            day.day == 1
            and day.month in {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": (1,)}[cadence]
        )

    first = DAYS[0]
    firsts: list[date] = []
    for day in DAYS:
        if begins(day):
            first = day
            firsts.append(day)
        if firsts:
            assert first_day(day, cadence) == first
    for n, each in enumerate(firsts):
        assert [shifted(each, cadence, m - n) for m in range(len(firsts))] == firsts
        assert until(each + timedelta(days=3), cadence, n + 1) == tuple(firsts[: n + 1])
    assert until(firsts[0], cadence, 0) == ()
    assert MONTHS == {"month": 1, "quarter": 3, "year": 12}


IN_DAYS: list[tuple[float, int]] = [
    (0, 0),
    (23.99, 0),
    (24, 1),
    (35.99, 1),
    (36, 2),
    (47, 2),
    (59, 2),
    (60, 3),
    (-24, 1),
    (-23.9, 0),
    (-36, 2),
]


def test_a_length_is_told_in_the_nearest_days_from_one_on() -> None:
    for hours, days in IN_DAYS:
        assert whole_days(hours * 3_600) == days


WEEKDAYS: list[tuple[str, str]] = [
    ("mon", "0"), ("Lun.", "0"), ("mon-fri", "01234"), ("fri-mon", "0456"), ("sun-mon", "06"), ("tue,thu", "13"),
    ("tue, thu-sat", "1345"), ("mon-mon", "0"), ("lun-dim", "0123456"), ("dimanche", "6"), ("tue-mon", "0123456"),
    (" wed - thu ", "23"),
]  # fmt: skip


def test_days_of_the_week_are_lists_and_ranges() -> None:
    for text, days in WEEKDAYS:
        assert parse_weekdays(text) == frozenset(map(int, days))


@pytest.mark.parametrize(
    ("text", "named"), [("", "“”"), ("mon,", "“”"), ("mon-x", "“x”"), ("x-mon", "“x”"), ("mon-", "“”")]
)
def test_what_is_no_day_of_the_week_is_named(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=f"{named} is not a day of the week"):
        parse_weekdays(text)


def test_each_day_has_its_names() -> None:
    names = "lun monday|mar tues|mer weds|jeu thurs|ven friday|sam samedi|dim sunday"
    assert [[weekday(name) for name in each.split()] for each in names.split("|")] == [
        [n, n] for n in range(7)
    ]
    assert weekday("x") is None


REGIONS: list[tuple[str, tuple[str, str], bool]] = [
    ("FR", ("FR", ""), True), ("FR-67", ("FR", "6AE"), True), ("FR-68", ("FR", "6AE"), True),
    ("FR-57", ("FR", "57"), True),
    ("FR-01", ("FR", ""), True), ("FR-95", ("FR", ""), True), ("FR-96", ("FR", "96"), False),
    ("FR-20", ("FR", "20"), False),
    ("FR-00", ("FR", "00"), False), ("FR-2A", ("FR", ""), True), ("FR-2B", ("FR", ""), True),
    ("FR-1", ("FR", "1"), False),
    ("FR-19", ("FR", ""), True), ("FR-21", ("FR", ""), True), ("FR-56", ("FR", ""), True),
    ("FR-58", ("FR", ""), True),
    ("FR-66", ("FR", ""), True), ("FR-69", ("FR", ""), True), ("FR-971", ("FR", "971"), True),
    ("CH-67", ("CH", "67"), False),
    ("CH-GE", ("CH", "GE"), True), ("DE-75", ("DE", "75"), False), ("XX", ("XX", ""), False),
    ("LU-", ("LU", ""), True),
    ("FR-75", ("FR", ""), True), ("BE-01", ("BE", "01"), False), ("GB-2A", ("GB", "2A"), False),
]  # fmt: skip


def test_a_region_is_that_of_the_library() -> None:
    for region, known, near in REGIONS:
        assert (library_name(region), is_near(region)) == (known, near)


MINUTES: list[tuple[str, int | None]] = [
    ("0:00", 0), ("00:00", 0), ("9h", 540), (" 9H30 ", 570), ("09:05", 545), ("23:59", 1_439),
    ("24:00", 1_440), ("24h", 1_440),
    ("24:01", None), ("25h", None), ("9:60", None), ("9:59", 599), ("9", None), ("9:5", None),
    ("109:00", None), ("", None),
    ("-1:00", None), ("9h00m", None),
]  # fmt: skip


def test_a_time_of_a_day_is_so_many_minutes() -> None:
    for text, minutes in MINUTES:
        if minutes is None:
            with pytest.raises(ValueError, match="is not a time such as 09:00"):
                minute_of_day(text)
        else:
            assert minute_of_day(text) == minutes


def test_minutes_are_written_as_a_time() -> None:
    assert [wall_time(at) for at in (0, 5, 59, 60, 545, 1_439, 1_440)] == [
        "00:00", "00:05", "00:59", "01:00", "09:05", "23:59", "24:00",
    ]  # fmt: skip
    assert str(zone_named("Europe/Paris")) == "Europe/Paris"
    with pytest.raises(ValueError, match="“Mars” is not a time zone"):
        zone_named("Mars")


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("tue 9h-10h", {1: ((540, 600),)}), ("mon,wed 10h-11h 9h-10h", {0: ((540, 600),
        (600, 660)), 2: ((540, 600), (600, 660))}),
        ("mon 9h-10h;; \ntue 0:00-24:00", {0: ((540, 600),), 1: ((0, 1_440),)}),
        ("sun-mon 9h–10h,", {6: ((540, 600),), 0: ((540, 600),)}),
    ],
)  # fmt: skip
def test_a_week_has_the_hours_of_its_clauses(text: str, week: dict[int, tuple[tuple[int, int], ...]]) -> None:
    assert parse_week(text) == tuple(week.get(day, ()) for day in range(7))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("mon 9h-10h; sun-tue 9h-10h", "“mon” is given twice"),
        ("mon-wed 9h-10h; tue-wed 9h-10h", "“tue” is given twice"),
        ("mon 10h-10h", "“10h-10h” does not end after it starts"),
        ("mon 9h-10h 9h59-11h", "hours overlap in “mon 9h-10h 9h59-11h”"),
        ("mon 9h", "“9h” is not a span such as 09:00-12:30"),
        ("mon", "hours such as 09:00-12:30 are missing after “mon”"),
        (" ;\n", "no opening hours are given"),
    ],
)  # fmt: skip
def test_hours_that_are_none_are_refused_in_their_own_words(text: str, refused: str) -> None:
    with pytest.raises(ValueError, match=refused):
        parse_week(text)


@pytest.mark.parametrize("text", ["24x7", "24/7", "7j/7 24h/24", " 24H/24 7J/7 "])
def test_a_service_that_never_closes_has_the_usual_day(text: str) -> None:
    assert parse_week(text) == (((0, 1_440),),) * 7
    assert day_edges(text) == (time(9), time(18))


def test_the_edges_of_a_day_are_the_first_opening_and_the_last_closing() -> None:
    assert day_edges("mon 9h30-12h; tue 10h-19h45; wed 8h05-9h") == (time(8, 5), time(19, 45))
    assert day_edges("mon 0:00-23:59") == (time(0), time(23, 59))
    assert day_edges("mon 0:00-24:00") == (time(0), time(23, 59))


def test_a_closing_lasts_a_year_at_most() -> None:
    assert len(parse_exceptions("2026-01-01..2027-01-02 closed")) == 367
    with pytest.raises(ValueError, match="must end after it starts, within a year"):
        parse_exceptions("2026-01-01..2027-01-03 closed")
    assert parse_exceptions("DU 1/2/2026 AU 2/2/2026 9h-10h 8h-9h") == {
        date(2026, 2, 1): ((480, 540), (540, 600)), date(2026, 2, 2): ((480, 540), (540, 600)),
    }  # fmt: skip
    assert parse_exceptions("2026-02-01 to 2026-02-02 closed").keys() == {date(2026, 2, 1), date(2026, 2, 2)}


LENGTHS: list[tuple[str, str | None]] = [
    ("0", "0m"), ("6000", "6000m"), ("6001", None), ("500 ans", "6000m"), ("501 ans", None), ("1 semestre", "6m"),
    ("2 trimestres", "6m"), ("1 quarter", "3m"), ("un an", "12m"), ("2 years", "24m"), ("une quinzaine", "15d"),
    ("vingt jours", "20d"), ("soixante jours", "60d"), ("fifteen days", "15d"), ("thirty days", "30d"),
    ("trente jours", "30d"),
    ("quinze jours", "15d"), ("sixty days", "60d"), ("douze mois", "12m"), ("zero mois", "0m"),
    ("one month", "1m"),
    ("onze semaines", "11w"), ("eleven weeks", "11w"), ("dix jours", "10d"), ("nine days", "9d"),
    ("huit j", "8d"), ("sept j", "7d"),
    ("cinq j", "5d"), ("four d", "4d"), ("deux s", "2w"), ("treize mois", None), ("3.0", "3m"), ("3.5", None),
    ("12345", None),
    ("durée : 3 ans", "36m"), ("durée contractuelle de 3 ans", None), ("engagement de 24 mois", "24m"),
    ("term of 2 years", "24m"),
    ("3 mois de préavis", "3m"), ("30 clear days", "30d"), ("sans", "0m"), ("-", "0m"), ("no notice", "0m"),
    ("Néant", "0m"),
    ("3 mois (reconductible)", "3m"), ("3 mois (2 fois)", None), ("3_mois", "3m"), ("délai = 8 j", "8d"),
]  # fmt: skip


def test_a_length_is_read_as_contracts_say_it() -> None:
    for text, kept in LENGTHS:
        found = read(text)
        assert (found and found.stored) == kept


def test_a_length_has_days_in_weeks_and_days_alone() -> None:
    assert [Period(3, unit).days for unit in PeriodUnit] == [3, 21, 3]
    assert Period(2) == Period(2, PeriodUnit.MONTHS)
    assert [stored(text) for text in ("3m", "0w", "9999d", "12345d", "3y", "-3d", "")] == [
        Period(3), Period(0, PeriodUnit.WEEKS), Period(9_999, PeriodUnit.DAYS), None, None, None, None,
    ]  # fmt: skip


ENDLESS: list[tuple[str, bool]] = [
    ("durée indéterminée", True), ("Contrat à durée indéterminée.", True), ("CDI", True), ("sans terme", True),
    ("evergreen", True),
    ("open-ended", True), ("indefinite term", True), ("no end", True), ("12 mois", False), ("", False),
    ("sans préavis", False),
]  # fmt: skip


def test_a_length_without_an_end_is_told_by_its_words() -> None:
    for text, endless in ENDLESS:
        assert is_endless(text) is endless


WORDS: list[tuple[str, str | None]] = [
    ("demain", "tomorrow"), ("de", ""), ("xyz", None), ("l'année", "year"), ("d'octobre", "m10"), ("l'xyz", None),
    ("fin-semaine", "end week"), ("fin-de-mois", "end month"), ("fin-xyz", None), ("3j", "3 day"),
    ("+3j", "in 3 day"), ("3jo", "3 bday"),
    ("2s", "2 week"), ("2w", "2 week"), ("2mois", "2 month"), ("5mn", "5 minute"), ("1er", "1"), ("2nd", "2"),
    ("3rd", "3"), ("4th", "4"),
    ("12345j", None), ("3x", None), ("12h", "12h"), ("12h30", "12h30"), ("6pm", "6pm"), ("6:30pm", "6:30pm"),
    ("+1h30", "in 1h30"),
    ("+2h", "in 2h"), ("+1234h30", None), ("2026-11-23t10:30", "2026-11-23 10:30"), ("j+3", "j+3"),
    ("D+30", "j+30"), ("j+1234", None),
    ("12/03/2027", "12/03/2027"), ("12345", "12345"), ("15", "15"), ("15,", "15"), ("m3", None), ("sept", "sept"),
    ("mar.", "mar"),
]  # fmt: skip


def test_a_word_is_brought_to_the_one_that_stands_for_it() -> None:
    for word, meant in WORDS:
        assert canonical(word) == meant


def test_hours_are_told_in_the_words_of_a_language_that_is_known() -> None:
    assert translated("Mon-FRI 9h; closed", "fr") == "lun-ven 9h; fermé"
    assert translated("lun 9h", "de") == "lun 9h"
    assert translated("monday monsoon", "fr") == "lundi monsoon"

"""Numbers and days as spreadsheets write them: every usual form is read, none is taken for another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.spreadsheets import cells
from cockpit.domain.spreadsheets.cells import CellDoubt

FIRST = date(2026, 12, 1)
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("12,0", "12", CellDoubt.NONE),
        ("1.234,56", "1234.56", CellDoubt.NONE),
        ("1 234,56 €", "1234.56", CellDoubt.NONE),
        ("1\u202f234\u00a0€", "1234", CellDoubt.NONE),
        ("1’234.50", "1234.50", CellDoubt.NONE),
        ("€1,234.50", "1234.50", CellDoubt.NONE),
        ("12 k€", "12000", CellDoubt.NONE),
        ("1,5 M€", "1500000", CellDoubt.NONE),
        ("−5", "-5", CellDoubt.NONE),
        ("1,234,567", "1234567", CellDoubt.NONE),
        ("0,123", "0.123", CellDoubt.NONE),
        ("1.234", "1234", CellDoubt.THOUSANDS),
        ("1,234", "1234", CellDoubt.THOUSANDS),
    ],
)
def test_a_number_is_read_in_the_forms_of_both_languages(text: str, value: str, doubt: CellDoubt) -> None:
    found = cells.number(text)
    assert found is not None
    assert (found.value, found.doubt) == (Decimal(value), doubt)


@pytest.mark.parametrize(
    "text", ["", "12 mois", "1 2", "1.2.3", "12,34,5", "1.", "(5)", "1,2,34.5", "douze", "12 34"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert cells.number(text) is None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("2026-12-01", CellDoubt.NONE), ("2026-12-01 00:00:00", CellDoubt.NONE), ("01/12/2026", CellDoubt.ORDER),
        ("1.12.26", CellDoubt.ORDER), ("01-12-2026", CellDoubt.ORDER), ("1er décembre 2026", CellDoubt.NONE),
        ("mardi 1 déc. 2026", CellDoubt.NONE), ("1-déc-26", CellDoubt.NONE), ("Dec 1, 2026", CellDoubt.NONE),
        ("1st December 2026", CellDoubt.NONE), ("déc. 2026", CellDoubt.NO_DAY), ("12/2026", CellDoubt.NO_DAY),
        ("2026-12", CellDoubt.NO_DAY), ("46357", CellDoubt.NONE),
    ],
)  # fmt: skip
def test_a_day_is_read_in_its_usual_forms(text: str, doubt: CellDoubt) -> None:
    assert cells.day(text) == cells.DayInCell(FIRST, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12/25/2026",
        "31/02/2026",
        "tomorrow",
        "3 mai",
        "2026",
        "T1 2026",
        "9",
        "01/12",
        "1/12-2026",
        "99999",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert cells.day(text) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_form_of_a_day_gives_that_day(day: date) -> None:
    number = "1er" if day.day == 1 else str(day.day)
    forms = (
        f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day:%d-%m-%Y}",
        f"{number} {MONTHS[day.month - 1]} {day.year}",
    )  # fmt: skip
    for text in forms:
        found = cells.day(text)
        assert found is not None, text
        assert found.day == day, text
    assert cells.serial((day - cells.EPOCH).days) == day


@pytest.mark.parametrize(
    ("count", "day"),
    [
        (19_999, None),
        (20_000, date(1954, 10, 3)),
        (46_357, FIRST),
        (80_000, date(2119, 1, 11)),
        (80_001, None),
    ],
)
def test_a_serial_number_is_a_day_of_these_times(count: int, day: date | None) -> None:
    assert cells.serial(count) == day


def test_a_workbook_of_an_old_macintosh_counts_from_1904() -> None:
    assert cells.serial(44_895, cells.EPOCH_1904) == FIRST


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    cells.day(text)
    cells.number(text)


def plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def read(text: str) -> str | None:
    """A number as it was understood, and what may be doubted of it."""
    found = cells.number(text)
    return None if found is None else f"{plain(found.value)} {found.doubt}".strip()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+5", "5"), ("- 5", "-5"), ("-€5", "-5"), ("-€ 5", "-5"), ("EUR 5", "5"), ("5 eur", "5"), ("5 Euros", "5"),
        ("5euro", "5"),
        ("  5  ", "5"), ("-0,5", "-0.5"), ("--5", None), ("5-", None), ("5 $", None), ("€", None), ("k", None),
        ("12k", "12000"), ("1,5k", "1500"), ("2 M", "2000000"), ("-2 k€", "-2000"), ("1.234 k€", "1234"),
        ("5 kk", None),
        ("1 234 567", "1234567"), ("12\u2007345,6", "12345.6"), ("1\u2009234", "1234"), ("1'234'567", "1234567"),
        ("1\t234", "1234"), ("1 2345", None), ("1  234", None),
        ("1.234.567", "1234567"), ("123,456,789", "123456789"), ("1.234.56", None), ("1234.567.890", None),
        ("1.23.456", None),
        ("1.234,567", "1234.567"), ("1,234.5", "1234.5"), ("12.345.678,9", "12345678.9"),
        ("1,234,567.89", "1234567.89"),
        ("12.34,5", None), ("1234.567,8", None), ("1.234,567.8", None), ("1.234,", None),
        ("1.2", "1.2"), ("1,23", "1.23"), ("1.2345", "1.2345"), ("1234,567", "1234.567"), ("012.345", "12.345"),
        ("12.345", "12345 thousands"), ("999,000", "999000 thousands"), ("-1.234", "-1234 thousands"),
        ("1000.000", "1000"), ("0.000", "0"), (",5", None), ("0" * 59 + "5", "5"), ("0" * 60 + "5", None),
        (" " * 9 + "0" * 59 + "5", "5"),
    ],
)  # fmt: skip
def test_each_sign_of_a_number_is_taken_for_what_it_is(text: str, value: str | None) -> None:
    assert read(text) == value


def day(text: str, epoch: date = cells.EPOCH) -> str | None:
    found = cells.day(text, epoch)
    return None if found is None else f"{found.day:%Y-%m-%d} {found.doubt}".strip()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026/12/01", "2026-12-01"), ("2026.12.1", "2026-12-01"), ("2026-12/01", None), ("2026-13-01", None),
        ("26-12-01", "2001-12-26"), ("226-12-01", None),
        ("25/12/2026", "2026-12-25"), ("13.12.2026", "2026-12-13"), ("12/11/2026", "2026-11-12 order"),
        ("12/12/2026", "2026-12-12"), ("1/1/26", "2026-01-01"), ("25 12 26", "2026-12-25"),
        ("1  12  2026", "2026-12-01 order"),
        ("25/12/026", None), ("25/12 2026", None), ("32/12/2026", None), ("29/02/2027", None),
        ("29/02/2028", "2028-02-29"),
        ("25.12.00", "2000-12-25"), ("25.12.99", "2099-12-25"), ("31.12.1899", None), ("25.12.1900", "1900-12-25"),
        ("25.12.2199", "2199-12-25"), ("25.12.2200", None),
        ("1-2027", "2027-01-01 no_day"), ("12.2026", "2026-12-01 no_day"), ("13/2026", None), ("0/2026", None),
        ("2026/12", "2026-12-01 no_day"), ("2026.1", "2026-01-01 no_day"), ("2026-13", None), ("2026 12", None),
        ("2026-12-01T00:00", "2026-12-01"), ("2026-12-01 00:00:00.000", "2026-12-01"), ("2026-12-01 12:00", None),
        ("2026-12-01 00:00:01", None), ("46357", "2026-12-01"), ("4635", None), ("463570", None), ("19999", None),
        ("3 mars 2027", "2027-03-03"), ("mercredi 3 mars 2027", "2027-03-03"), ("mar. 2 mars 2027", "2027-03-02"),
        ("lun. 1 mars 2027", "2027-03-01"), ("mar. 6 sept. 2026", "2026-09-06"), ("Tue, 2 March 2027", "2027-03-02"),
        ("mar 3 2027", "2027-03-03"), ("Mar 2027", "2027-03-01 no_day"), ("3 mar 2027", "2027-03-03"),
        ("6 sept 26", "2026-09-06"), ("sept. 2026", "2026-09-01 no_day"), ("Sept 6, 2026", "2026-09-06"),
        ("Sept 6, 26", None),
        ("12-oct-2026", "2026-10-12"), ("oct/2026", "2026-10-01 no_day"), ("31 juin 2026", None), ("décembre", None),
        ("le 1er du mois de décembre 2026", None), ("1 de décembre de 2026", "2026-12-01"), ("1 foo 2026", None),
        ("123 mai 2026", None), ("1 mai 026", None), ("3 mai 2026 mai 3", None),
    ],
)  # fmt: skip
def test_each_way_of_writing_a_day_is_taken_for_what_it_is(text: str, value: str | None) -> None:
    assert day(text) == value


def test_a_number_of_a_day_counts_from_the_first_day_of_its_workbook() -> None:
    assert day("44895", cells.EPOCH_1904) == "2026-12-01"
    assert cells.serial(46_357.9) == FIRST

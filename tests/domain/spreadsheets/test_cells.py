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

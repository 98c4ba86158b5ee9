"""A document in a terminal: tables too wide for it are read row by row, long ones are cut and say so."""

from __future__ import annotations

from cockpit.domain.documents.publication import Chapter, DataTable, Pairs, Passage
from cockpit.ui.documents.reader import MOST_ROWS, _short

TABLE = DataTable("raci", "", ("Process", "A", "R", "C", "I"), (("Pay", "Marc", None, "", "Claire"),))


def test_a_table_that_fits_stays_one() -> None:
    assert _short(Chapter("a", "A", (TABLE,)), 100).parts == (TABLE,)


def test_a_table_that_does_not_is_read_row_by_row_without_what_is_not_known() -> None:
    assert _short(Chapter("a", "A", (TABLE,)), 60).parts == (
        Passage("Pay"), Pairs((("A", "Marc"), ("I", "Claire"))),
    )  # fmt: skip


def test_a_long_table_says_how_many_rows_its_page_has_more() -> None:
    long = DataTable("days", "", ("Day", "What"), tuple((str(n), "x") for n in range(MOST_ROWS + 7)))
    shown, told = _short(Chapter("a", "A", (long,)), 100).parts
    assert isinstance(shown, DataTable)
    assert len(shown.rows) == MOST_ROWS
    assert told == Passage("and 7 more rows: o opens the page")

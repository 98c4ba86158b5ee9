"""What records hold stays text in Markdown, in the page and in the tables made of them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.documents.publication import (
    Amount,
    Chapter,
    DataTable,
    Linked,
    Pairs,
    Passage,
    Points,
    Publication,
    Subhead,
    ToComplete,
)
from cockpit.services.documents import markdown, page, tables

HOSTILE = (
    "<script>alert(1)</script>",
    "# not a heading",
    "1. not a list",
    "- nor this",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "https://evil.example/",
    "www.evil.example",
    "a | b",
    "`code` **bold** _soft_ ~~gone~~",
    "&lt;b&gt; &#60;",
    "===",
    "\\",
    "=HYPERLINK(1)",
)


class _Reader(HTMLParser):
    """The tags of a page, its text and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.said += data


def _read(publication: Publication) -> _Reader:
    found = _Reader()
    found.feed(page.of_markdown(publication.title, markdown.of_publication(publication)).split("<body>")[1])
    return found


def _document(text: str) -> Publication:
    parts = (
        Subhead(text), Passage(f"{text}\n{text}"), Points((text, text)), Pairs(((text, text),)),
        DataTable("t", text, (text, "n"), ((text, 1), (f"{text}\n{text}", 2)), source=text),
    )  # fmt: skip
    return Publication("x", text, (), (Chapter("c", text, parts, (ToComplete(text, text, None, text),)),))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_part_of_a_page(text: str) -> None:
    found = _read(_document(text))
    plain = _read(_document("plain"))
    assert found.tags == plain.tags
    assert found.links == []
    assert found.said.count(text) == plain.said.count("plain")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_makes_the_same_page_as_a_plain_one(text: str) -> None:
    assert _read(_document(text)).tags == _read(_document("plain")).tags


def test_what_is_missing_says_what_who_and_when() -> None:
    gap = ToComplete("notice of the contract", "Sophie", date(2026, 12, 12), "CT-3")
    assert markdown.gap_said(gap) == "to complete: notice of the contract, Sophie, before 12 Dec 2026 (CT-3)"
    assert markdown.gap_said(ToComplete("a backup")) == "to complete: a backup, nobody named, no date set"


def test_a_chapter_without_data_says_so() -> None:
    assert "Nothing is recorded" in markdown.of_chapter(Chapter("c", "Risks"))


def test_only_web_addresses_become_links() -> None:
    cells = (Linked("Drive", "https://drive.example/x_y"), Linked("bad", "javascript:alert(1)"))
    table = DataTable("t", "", ("a", "b"), (cells,))
    found = _read(Publication("x", "X", (), (Chapter("c", "C", (table,)),)))
    assert found.links == ["https://drive.example/x_y"]
    assert "bad" in found.said


def test_contents_lead_to_the_chapters_of_a_long_document() -> None:
    chapters = tuple(Chapter(name, name.title()) for name in ("time", "money", "risks"))
    found = _read(Publication("x", "X", (), chapters))
    assert found.links == ["#time", "#money", "#risks"]


def test_tables_hold_numbers_and_days_as_such_and_never_a_formula() -> None:
    table = DataTable(
        "costs", "Costs: by [function]", ("what", "amount", "day"),
        (("=1+1", Amount(123450), date(2026, 11, 30)), ("Paie", None, None)),
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(tables.csv_of(table).decode())))
    assert rows[1:] == [["'=1+1", "1234.50", "2026-11-30"], ["Paie", "", ""]]
    book = openpyxl.load_workbook(
        io.BytesIO(tables.workbook([table, table], made=datetime(2026, 11, 30, tzinfo=UTC)))
    )
    assert book.sheetnames == ["Costs  by  function", "Costs  by  function 2"]
    cells = [cell.value for cell in book.worksheets[0][2]]
    assert (cells[:2], str(cells[2])) == (["=1+1", 1234.5], "2026-11-30 00:00:00")
    assert book.worksheets[0]["A2"].data_type == "s"

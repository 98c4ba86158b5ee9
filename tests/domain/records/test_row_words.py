"""Words that rows hold, or not: no accent, no case and no length of a letter hides one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.records import row_words
from cockpit.domain.records.record import Record
from cockpit.domain.records.row_words import RowText
from cockpit.domain.text import fold


def kept(line: str, *texts: str) -> list[str]:
    rows = [RowText(fold(text), None, at) for at, text in enumerate(texts)]
    for word in row_words.words(line):
        rows = word.kept(rows)
    return [row.text for row in rows]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ÉCART paie", ["ecarts de paie"]),
        ("!paie", ["vpn coupe", "oeuvre"]),
        ("%vpn", ["vpn coupe"]),
        ("%cpe", ["vpn coupe"]),
        ("%vce", []),
        ("!%pie", ["vpn coupe", "oeuvre"]),
        ("œuvre", ["oeuvre"]),
        ("! %", ["ecarts de paie", "vpn coupe", "oeuvre"]),
    ],
)
def test_rows_hold_every_word_that_is_asked_and_none_that_is_not_wanted(
    line: str, expected: list[str]
) -> None:
    assert kept(line, "Écarts de paie", "VPN coupé", "Œuvre") == expected


@given(st.text(), st.text(min_size=1, max_size=8))
def test_what_is_marked_in_a_text_is_what_was_asked(text: str, asked: str) -> None:
    for word in row_words.words(asked):
        for span in row_words.spans_shown(text, [word]):
            part = fold(text[span.start : span.end])
            assert word.loosely.search(part) if word.loosely else word.text in part


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    (word,) = row_words.words("%aaaaaaaaaaaaaaaaaaaab")
    assert word.spans("a" * 20_000) == []


@pytest.mark.parametrize(
    ("text", "asked", "parts"),
    [
        ("Paie de la paie", "paie", ["Paie", "paie"]), ("Œuvre d'œufs", "oeu", ["Œu", "œu"]),
        ("Œuvre", "euv", ["Œuv"]),
        ("Écart été", "e", ["É", "é", "é"]), ("a.c abc", "a.c", ["a.c"]), ("paie", "!paie", []),
        ("vpn coupé", "%vpcp", []),
        ("coupé net", "%cpe", ["coupé"]), ("x cp e coupé", "%cpe", ["coupé"]), ("abab", "%ab", ["ab", "ab"]),
        ("a", "b", []),
        ("Paie VPN", "vpn paie", ["VPN", "Paie"]),
    ],
)  # fmt: skip
def test_what_was_asked_is_marked_as_it_is_shown(text: str, asked: str, parts: list[str]) -> None:
    found = row_words.spans_shown(text, row_words.words(asked))
    assert [text[span.start : span.end] for span in found] == parts


@pytest.mark.parametrize(
    ("typed", "text", "without", "loosely"),
    [
        ("Été", "ete", False, False), ("!Été", "ete", True, False), ("%été", "ete", False, True),
        ("!%été", "ete", True, True),
        ("%!a", "!a", False, True), ("a!%", "a!%", False, False), ("!!a", "!a", True, False),
        ("%%", "%", False, True),
    ],
)  # fmt: skip
def test_a_word_says_by_its_first_signs_how_it_is_looked_for(
    typed: str, text: str, without: bool, loosely: bool
) -> None:
    found = row_words.word(typed)
    assert found is not None
    assert (found.text, found.without, found.loosely is not None) == (text, without, loosely)


@pytest.mark.parametrize("typed", ["", "!", "%", "!%"])
def test_the_beginning_of_a_word_is_none_yet(typed: str) -> None:
    assert row_words.word(typed) is None


def test_the_record_of_a_row_is_found_whatever_stands_around_it() -> None:
    record = Record(code="B-1")
    assert row_words.record_of(record) is record
    assert row_words.record_of(SimpleNamespace(record=record)) is record
    assert row_words.record_of(SimpleNamespace(record=None)) is row_words.record_of("B-1") is None

"""Words that rows hold, or not: no accent, no case and no length of a letter hides one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.records import row_words
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

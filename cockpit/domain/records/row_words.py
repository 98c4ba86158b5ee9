"""Words that the text of a row must hold, or must not: accents folded, letters in their order where that is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record
from cockpit.domain.text import fold

WITHOUT = "!"
"""Before a word: no row that holds it."""
LOOSELY = "%"
"""Before a word: its letters in this order, within a word of the row."""


class RowText(NamedTuple):
    """A row as a filter looks at it."""

    text: str
    """All that it says, folded."""
    record: Record | None
    """What it shows, where that is a record."""
    at: int
    """Its place in the list."""


class FoundSpan(NamedTuple):
    """A part of a text, from `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class RowWord:
    """One word of a filter."""

    text: str
    """Folded."""
    without: bool
    loosely: re.Pattern[str] | None

    def kept(self, rows: Sequence[RowText]) -> list[RowText]:
        """The rows that it lets through, in their order. One pass in C a row: ten thousand are a key's work."""
        word, loosely = self.text, self.loosely
        if loosely is not None:
            search = loosely.search
            return [row for row in rows if (search(row.text) is None) == self.without]
        if self.without:
            return [row for row in rows if word not in row.text]
        return [row for row in rows if word in row.text]

    def spans(self, folded: str) -> list[FoundSpan]:
        """Where a folded text holds it; nowhere for one that rows must be without."""
        if self.without:
            return []
        pattern = self.loosely or re.compile(re.escape(self.text))
        return [FoundSpan(*found.span()) for found in pattern.finditer(folded)]


def record_of(data: object) -> Record | None:
    """The record that a row shows, whatever stands around it."""
    found = getattr(data, "record", data)
    return found if isinstance(found, Record) else None


def word(typed: str) -> RowWord | None:
    """A word as it was typed, with what stands before it; None for the beginning of one."""
    without = typed.startswith(WITHOUT)
    rest = typed[len(WITHOUT) :] if without else typed
    loosely = rest.startswith(LOOSELY) and len(rest) > len(LOOSELY)
    folded = fold(rest[len(LOOSELY) :] if loosely else rest)
    if not folded or rest == LOOSELY:
        return None
    return RowWord(folded, without, _in_order(folded) if loosely else None)


def words(line: str) -> tuple[RowWord, ...]:
    """Every word of a line."""
    return tuple(found for each in line.split() if (found := word(each)) is not None)


def spans_shown(text: str, asked: Sequence[RowWord]) -> list[FoundSpan]:
    """Where a text, as it is shown, holds the words. What folding makes longer or shorter is counted back."""
    folded, places = [], []
    for at, sign in enumerate(text):
        for letter in fold(sign):
            folded.append(letter)
            places.append(at)
    joined = "".join(folded)
    return [
        FoundSpan(places[span.start], places[span.end - 1] + 1)
        for each in asked
        for span in each.spans(joined)
    ]


def _in_order(letters: str) -> re.Pattern[str]:
    """Each letter is looked for up to its first place only, so that no text makes the search slow."""
    found = re.escape(letters[0])
    found += "".join(rf"[^\s{re.escape(each)}]*{re.escape(each)}" for each in letters[1:])
    return re.compile(found)

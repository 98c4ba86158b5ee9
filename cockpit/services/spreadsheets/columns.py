"""Which column of somebody's spreadsheet goes to which field: what is known, what was said once, what is guessed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from enum import StrEnum
from itertools import pairwise

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import Register
from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.languages import in_each_language
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets.headings import (
    clear_words,
    field_of,
    heading_key,
    is_end_of_term,
    is_first_name,
    is_last_name,
    own_words,
    parted,
    synonyms,
    why_unread,
    word_key,
)
from cockpit.sources.table.sheet import Cell, SheetLine
from cockpit.store.state import memos

CODE = "code"
IGNORED = ""
"""Where a column goes that somebody said not to read."""
SEARCHED = 20
"""Lines among which the headings are looked for."""
_LIKENESS = 0.82
_PROPOSED = 6
"""Fields that are proposed in place of one that is none, the nearest first."""
_Said = tuple[str, ...]
"""A heading, then what its two lines say alone when it was put together of two."""


_Try = tuple[Sequence[_Said], int, int]
"""Headings that may be those, and the first and last line that they stand in."""


class How(StrEnum):
    """Why a column goes where it goes."""

    KNOWN = "known"
    """By the field's own name or label."""
    REMEMBERED = "remembered"
    """Somebody said so before."""
    GIVEN = "given"
    """Somebody says so now."""
    GUESS = "guess"
    """It looks like it: read only once somebody has agreed."""
    JOINED = "joined"
    """It holds first names, which stand before the name of each line."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FileColumn:
    """One column of a file."""

    index: int
    heading: str
    """As in the file."""
    field: str
    """Where it goes; IGNORED for nowhere."""
    how: How
    guess: str = IGNORED
    """What it looks like, while nobody has said."""
    note: str = ""
    """Why it is not read although it looks like a field, and the way out."""

    @property
    def is_read(self) -> bool:
        """Whether its cells go into records."""
        return self.field != IGNORED


@dataclass(frozen=True)
class Headings:
    """The line or two lines that name the columns, and where the records begin."""

    columns: tuple[FileColumn, ...]
    line: int
    """Its number in the file."""
    begins: int
    """Index of the first line of records."""


class UnknownField(forms.WrongValue):
    """Nothing of the register has that name; the message, already translated, says what there is."""


def remembered(workspace: Workspace, register: Register) -> dict[str, str]:
    """Folded heading to field, as it was said before; fields that are gone are left out."""
    try:
        found = json.loads(memos.get(workspace.conn, _memo(register)) or "{}")
    except ValueError:
        return {}
    known = {CODE, IGNORED, *(field.name for field in register.fields)}
    return {str(heading): field for heading, field in found.items() if field in known}


def remember(workspace: Workspace, register: Register, said: Mapping[str, str]) -> None:
    """Keep that these headings go to these fields, whatever was said of them before."""
    kept = remembered(workspace, register) | {heading_key(heading): field for heading, field in said.items()}
    memos.put(workspace.conn, _memo(register), json.dumps(kept, ensure_ascii=False, sort_keys=True))


def forget(workspace: Workspace, register: Register) -> dict[str, str]:
    """Forget what was said of this register's columns; returns what it was."""
    before = remembered(workspace, register)
    memos.put(workspace.conn, _memo(register), "")
    return before


def field_named(register: Register, text: str) -> str:
    """The name of the field that a person calls by its name or label; empty ignores. Raises UnknownField."""
    if not text.strip():
        return IGNORED
    found = field_of(known_headings(register), heading_key(text), register)
    if found is None:
        labels = {fold(said): said for said in suggestions(register, "")}
        close = [labels[each] for each in difflib.get_close_matches(fold(text), labels, _PROPOSED, 0.5)]
        near = list(dict.fromkeys((*suggestions(register, text), *close, *labels.values())))
        names = ", ".join(near[:_PROPOSED]) + ("…" if len(near) > _PROPOSED else "")
        raise UnknownField(_("“{text}” is no field; there are: {names}").format(text=text, names=names))
    return found


def known_headings(register: Register) -> dict[str, str]:
    """Folded heading to field: the name and the label of each, in every language, and what it alone is called."""
    words = {**own_words(register), CODE: CODE}
    for field in register.fields:
        words |= {word_key(said): field.name for said in (field.name, *in_each_language(field.label))}
    return words


def find(
    register: Register, lines: Sequence[SheetLine], before: Mapping[str, str], given: Mapping[str, str]
) -> Headings:
    """The headings among the first lines: those that name most fields, alone or two lines put together."""
    now = {heading_key(heading): field for heading, field in given.items()}
    reader = _Headings(register, before, now)
    texts = [[text_of(cell) for cell in line.cells] for line in lines[:SEARCHED]]
    alone: list[_Try] = [([(text,) for text in each], at, at) for at, each in enumerate(texts)]
    double: list[_Try] = [(_over(*each), at, at + 1) for at, each in enumerate(pairwise(texts))]
    # The first that is as good is taken: values may repeat words of headings.
    best = max(alone, key=lambda each: reader.score(each[0])[1])
    both = max(double, key=lambda each: reader.score(each[0]), default=best)
    # A second line is taken for headings only when it names more: else it is the first of the values.
    said, first, last = both if reader.score(both[0])[0] > reader.score(best[0])[0] else best
    return Headings(reader.columns(said), lines[first].number, last + 1)


def with_first_names(
    register: Register, columns: Sequence[FileColumn], lines: Sequence[SheetLine]
) -> Sequence[SheetLine]:
    """The lines with the first name of each before the name, where it has a column of its own."""
    first = next((column.index for column in columns if column.how is How.JOINED), None)
    name = next((column.index for column in columns if column.field == register.subject), None)
    if first is None or name is None:
        return lines
    return [replace(line, cells=_joined(line.cells, first, name)) for line in lines]


def _joined(cells: Sequence[Cell], first: int, name: int) -> tuple[Cell, ...]:
    said = [text_of(cells[at]) if at < len(cells) else "" for at in (first, name)]
    whole = " ".join(filter(None, said))
    return tuple(whole if at == name else cell for at, cell in enumerate(cells))


def text_of(cell: Cell) -> str:
    """A cell as the text of a heading or of a message."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return "" if cell is None else clean(str(cell))


def _over(top: Sequence[str], bottom: Sequence[str]) -> list[_Said]:
    """Two lines of headings as one: what was merged over several columns stands before each of them."""
    found: list[_Said] = []
    above = ""
    for index in range(max(len(top), len(bottom))):
        here = top[index] if index < len(top) else ""
        below = bottom[index] if index < len(bottom) else ""
        above = here or (above if below else "")
        found.append((f"{above} {below}", below, above) if above and below else (here or below,))
    return found


def _keys(said: _Said) -> tuple[str, ...]:
    """The keys of a heading; the units of the whole hold for what its lines say alone."""
    first, *alone = (heading_key(text) for text in said)
    units = parted(first)[1]
    return (first, *(f"{parted(key)[0]} ({units})" if units else key for key in alone))


class _Headings:
    """Decides which field each heading of a file stands for."""

    def __init__(self, register: Register, before: Mapping[str, str], said: Mapping[str, str]) -> None:
        self.register, self.before, self.said = register, before, said
        self.known = known_headings(register)
        self.computed = {field.name for field in register.fields if field.computed}
        self.synonyms = synonyms(register)
        self.clear = clear_words(register)

    def score(self, texts: Sequence[_Said]) -> tuple[int, float]:
        """How many fields a line names, by words that are known or were said; and how much it looks like headings."""
        # A column in another unit is not read, and it is a heading all the same.
        keys = [
            (*each, *(parted(key)[0] for key in each)) for each in (_keys(said) for said in texts if said[0])
        ]
        found = [(each, self._sure(each)) for each in keys]
        sure = {field for _each, field in found if field is not None}
        unsure = [each for each, field in found if field is None]
        words_of = {word: fields[0] for word, fields in self.synonyms.items()} | self.clear
        guessed = {words_of[key] for each in unsure for key in each if key in words_of}
        words = sum(bool(re.search(r"[a-z]", each[0])) for each in keys)
        return len(sure), len(sure) + 0.4 * len(guessed - sure) + 0.01 * min(words, 9)

    def _sure(self, keys: tuple[str, ...]) -> str | None:
        for key in keys:
            field = self._field(self.known, key)
            if field is not None:
                return field
        said = [words for words in (self.said, self.before) if words]
        return next((key for key in keys for each in said if self._field(each, key) is not None), None)

    def _field(self, words: Mapping[str, str], key: str) -> str | None:
        return field_of(words, key, self.register)

    def columns(self, texts: Sequence[_Said]) -> tuple[FileColumn, ...]:
        """Where each column goes. A guess never takes a field that another column has already."""
        keys = {index: _keys(said) for index, said in enumerate(texts) if heading_key(said[0])}
        found = [self._column(index, texts[index][0], each) for index, each in keys.items()]
        taken = {column.field for column in found if column.is_read}
        for read in (self._clear, self._end_of_term):
            for at, column in enumerate(found):
                field = read(keys[column.index], taken) if column.how is How.UNKNOWN else IGNORED
                if field != IGNORED and field not in taken:
                    taken.add(field)
                    found[at] = FileColumn(column.index, column.heading, field, How.KNOWN)
        named = next((each.heading for each in found if each.field == self.register.subject), None)
        for at, column in enumerate(found if named is not None and is_last_name(named) else ()):
            if column.how is How.UNKNOWN and is_first_name(keys[column.index], self.register):
                found[at] = FileColumn(column.index, column.heading, IGNORED, How.JOINED)
                break
        for at, column in enumerate(found):
            if column.how is How.UNKNOWN and not column.note:
                guesses = (self._guess(key, taken) for key in keys[column.index])
                guess = next(filter(None, guesses), IGNORED)
                if guess != IGNORED:
                    taken.add(guess)
                    found[at] = FileColumn(column.index, column.heading, IGNORED, How.GUESS, guess)
        return tuple(found)

    def _column(self, index: int, text: str, keys: tuple[str, ...]) -> FileColumn:
        for words, how in ((self.said, How.GIVEN), (self.before, How.REMEMBERED), (self.known, How.KNOWN)):
            field = next((name for key in keys if (name := self._field(words, key)) is not None), None)
            if field is not None:
                # What is worked out from other fields is exported, and not read back.
                return FileColumn(index, text, IGNORED if field in self.computed else field, how)
        why = why_unread(keys, self.known, self.register)
        return FileColumn(index, text, IGNORED, How.UNKNOWN, note=why)

    def _clear(self, keys: tuple[str, ...], _taken: set[str]) -> str:
        """What words that can mean nothing else stand for."""
        return next((field for key in keys if (field := self._field(self.clear, key))), IGNORED)

    def _end_of_term(self, keys: tuple[str, ...], taken: set[str]) -> str:
        """The end of a contract says, beside its start, how long the first term is."""
        says = "starts_on" in taken and is_end_of_term(keys, self.register)
        return "initial_months" if says else IGNORED

    def _guess(self, key: str, taken: set[str]) -> str:
        bare, units = parted(key)
        others = self.synonyms.get(key, []) + (self.synonyms.get(bare, []) if units else [])
        for name in others:
            if name not in taken:
                return name
        free = {
            word: name
            for word, name in self.known.items()
            if name not in taken | self.computed and field_of({bare: name}, key, self.register)
        }
        close = difflib.get_close_matches(bare, free, 1, _LIKENESS)
        return free[close[0]] if close else IGNORED


def label(register: Register, field: str) -> str:
    """A field as a person calls it."""
    return _("Code") if field == CODE else _(register.field(field).label)


def suggestions(register: Register, typed: str) -> tuple[str, ...]:
    """The labels of fields that begin with `typed`, or have it inside, in the order of the register."""
    labels = [label(register, CODE), *(_(f.label) for f in register.fields if not f.computed)]
    wanted = fold(typed).strip()
    first = [each for each in labels if fold(each).startswith(wanted)]
    return tuple(first + [each for each in labels if wanted in fold(each) and each not in first])


def help_of(register: Register, field: str) -> str:
    """What a field expects, in a few words."""
    if field in (CODE, IGNORED):
        return ""
    found = register.field(field)
    return ", ".join(_(each) for each in found.choices.values()) or (_(found.help) if found.help else "")


def _memo(register: Register) -> str:
    return f"columns:{register.name}"

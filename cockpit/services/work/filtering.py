"""Rows that fit a line, in the shell and on the screen: its marks say what a record must have, its words what it says.

`@Paie+ +rh p1 owner:Sophie due:friday payslips !draft %pyslp`: the marks of the one-line entry; words, accents
folded, anywhere in the row; `!` before a word or a mark turns it round, `%` asks for letters in their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records import row_words
from cockpit.domain.records.record import Record
from cockpit.domain.records.row_words import LOOSELY, WITHOUT, FoundSpan, RowText, RowWord
from cockpit.domain.registers import REGISTERS
from cockpit.domain.severity import SEVERITIES
from cockpit.domain.text import fold
from cockpit.domain.work.known_names import KnownNames
from cockpit.locale import _
from cockpit.services.desk.workspace import Names, Workspace
from cockpit.services.work import entry

_UNDERSTOOD = frozenset({"waiting_on", "tags", "severity", "due", "owner", "title"})
_REGISTER = {each.type: each for each in REGISTERS.values()}
NOBODY = frozenset({"personne", "nobody", "no one", "aucun"})
"""Names that mean that there is none: `owner:nobody`."""
_WORD = re.compile(r'!?(?:[@+]|[A-Za-z]{3,7}:)?"[^"]*"|\S+')


Judge = Callable[[RowText], bool]
"""Whether a row fits one mark."""
_NONE = object()


@dataclass(frozen=True)
class _Named:
    """Somebody or something that a mark names."""

    codes: frozenset[str]
    typed: str
    """Folded; empty where the mark says that there is none."""

    def is_one_of(self, values: Sequence[str]) -> bool:
        """Whether one of these, codes or names as they were written, is meant."""
        if not self.typed:
            return not values
        return any(value in self.codes or self.typed in fold(value) for value in values)

    def judge(self, *fields: str) -> Judge:
        """Whether a row has them in the first of these fields that its record has; else whether it names or says them.

        What a field holds is judged once: thousands of rows hold few values.
        """
        seen: dict[object, bool] = {}

        def fits(row: RowText) -> bool:
            record = row.record
            for field in fields:
                value = getattr(record, field, _NONE)
                if value is not _NONE:
                    known = seen.get(value)
                    if known is None:
                        known = seen[value] = self.is_one_of(_listed(value))
                    return known
            if not self.typed:
                return False
            return self.typed in row.text or (record is not None and self.is_one_of(_referred(record)))

        return fits


@dataclass(frozen=True)
class Marks:
    """What the marks of a line ask for, all of it. What a record has no field for, its row must say."""

    severity: str = ""
    owner: _Named | None = None
    waiting_on: tuple[_Named, ...] = ()
    function: _Named | None = None
    tags: tuple[str, ...] = ()
    until: datetime | None = None
    """Due by then at the latest."""

    def judges(self) -> Iterator[Judge]:
        """One for each mark."""
        if self.severity:
            yield self._is_severe
        if self.owner is not None:
            yield self.owner.judge("owner")
        for each in self.waiting_on:
            yield each.judge("waiting_on")
        if self.function is not None:
            yield self.function.judge("function", "functions")
        if self.tags:
            yield self._is_tagged
        if self.until is not None:
            yield self._is_due

    def _is_severe(self, row: RowText) -> bool:
        severity = getattr(row.record, "severity", None)
        return self.severity in row.text.split() if severity is None else bool(severity == self.severity)

    def _is_due(self, row: RowText) -> bool:
        due = getattr(row.record, "due", None)
        return isinstance(due, datetime) and self.until is not None and due <= self.until

    def _is_tagged(self, row: RowText) -> bool:
        tags = getattr(row.record, "tags", None)
        return all(
            fold(tag) in row.text if tags is None else any(fold(each).startswith(fold(tag)) for each in tags)
            for tag in self.tags
        )


@dataclass(frozen=True)
class Filter:
    """What a row must have and say, and what it must not."""

    line: str
    words: tuple[RowWord, ...] = ()
    marks: Marks = Marks()
    without: tuple[Marks, ...] = ()

    def kept(self, rows: Sequence[RowText]) -> list[RowText]:
        """The rows that fit, in their order."""
        found = list(rows)
        for word in self.words:
            found = word.kept(found)
        for judge in self.marks.judges():
            found = [row for row in found if judge(row)]
        for marks in self.without:
            judges = tuple(marks.judges())
            found = [row for row in found if not all(judge(row) for judge in judges)]
        return found

    def fits(self, record: Record, text: str) -> bool:
        """Whether a record, whose row says `text`, fits."""
        return bool(self.kept([RowText(fold(text), record, 0)]))

    def spans(self, text: str) -> list[FoundSpan]:
        """The parts of a text, as it is shown, that its words ask for."""
        return row_words.spans_shown(text, self.words)

    @property
    def asks_for_words(self) -> bool:
        """Whether what the row says matters, beside its record."""
        return bool(self.words)


def is_mark(word: str) -> bool:
    """Whether a word of a line is a mark of the grammar or of a filter, by its look."""
    return word[:1] in ("@", "+", WITHOUT, LOOSELY) or ":" in word or word.lower() in SEVERITIES


def understood(workspace: Workspace, line: str, known: KnownNames | None = None) -> Filter:
    """What a line asks for. Raises ValueError, with its sentence, for a mark that does not say which rows."""
    known = known if known is not None else entry.known(workspace)
    names = workspace.names()
    asked: list[str] = []
    words: list[RowWord] = []
    without: list[Marks] = []
    for typed in _WORD.findall(line):
        if typed.startswith(WITHOUT) and is_mark(typed[1:]) and not typed[1:].startswith((WITHOUT, LOOSELY)):
            marks, _title = _marks(workspace, typed[1:], known, names)
            without.append(marks)
        elif typed.startswith((WITHOUT, LOOSELY)):
            words += row_words.words(typed)
        else:
            asked.append(typed)
    marks, title = _marks(workspace, " ".join(asked), known, names)
    return Filter(line, (*row_words.words(title), *words), marks, tuple(without))


def _marks(workspace: Workspace, line: str, known: KnownNames, names: Names) -> tuple[Marks, str]:
    """The marks of a line, and its words."""
    said = entry.understand(workspace, line, known)
    strange = [chip.raw for chip in said.chips if chip.field not in _UNDERSTOOD]
    wrong = [each for each in said.warnings if not each.startswith(("non_business_day", "ambiguous"))]
    if strange or wrong:
        asked = ", ".join(strange) or line
        raise ValueError(
            _("{mark}: records are not told apart by it; use @, +, p1 to p4, owner:, due: and words").format(
                mark=asked
            )
        )

    def named(name: str) -> _Named:
        typed = fold(name)
        if typed in NOBODY:
            return _Named(frozenset(), "")
        exact = {code for code, each in names.items() if fold(each) == typed}
        codes = exact or {code for code, each in names.items() if typed in fold(each)}
        return _Named(frozenset(codes | {name}), typed)

    marks = Marks(
        severity=said.severity or "",
        owner=named(said.owner) if said.owner else None,
        waiting_on=tuple(map(named, said.waiting_on)),
        function=named(said.functions[0]) if said.functions else None,
        tags=said.tags,
        until=said.due,
    )
    return marks, said.title


def _listed(value: object) -> tuple[str, ...]:
    """What a field holds, as a list whatever its kind."""
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _referred(record: Record) -> list[str]:
    """Every code and name by which a record refers to others."""
    register = _REGISTER.get(type(record))
    fields = register.fields if register is not None else ()
    return [value for field in fields if field.ref for value in _listed(getattr(record, field.name))]

"""The lines of somebody's spreadsheet, one by one: the record that each is, and what it changes or why it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from cockpit.domain.records.record import Field, Record, Register, Value, defaults
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import clean, fold
from cockpit.domain.time.contract_terms import TACIT, months_until
from cockpit.locale import _, ngettext
from cockpit.services.changes import outsourcing_gate, soundness
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import sensitive_files
from cockpit.services.records.registers import all_of, armed
from cockpit.services.spreadsheets.cells import Cells
from cockpit.services.spreadsheets.columns import CODE, FileColumn, text_of
from cockpit.services.spreadsheets.exporting import typed
from cockpit.services.spreadsheets.headings import heading_key, is_end_of_term, parted
from cockpit.services.spreadsheets.plan import FileFault, PlanLine
from cockpit.services.spreadsheets.references import ToCome, Unknown, creatable
from cockpit.sources.table.sheet import Cell
from cockpit.sources.table.sheet import SheetLine as FileLine

_LONGEST_TERM = 60
"""Months of a first term that an end may say: a later one is rather that of a renewal."""
_Key = tuple[str, tuple[Value, ...]]


class Lines:
    """Reads lines one by one: what each would do, or why it is wrong."""

    def __init__(
        self,
        workspace: Workspace,
        register: Register,
        cells: Cells,
        columns: Sequence[FileColumn],
        *,
        is_text: bool,
        reason: str = "",
    ) -> None:
        self.workspace, self.register, self.cells = workspace, register, cells
        self.columns = {column.field: column for column in columns if column.is_read}
        self.cells.units = {
            column.field: parted(heading_key(column.heading))[1] for column in columns if column.is_read
        }
        term = self.columns.get("initial_months")
        self._says_end = term is not None and is_end_of_term([heading_key(term.heading)], register)
        self.is_text = is_text
        self.fields = [field for field in register.fields if not field.computed]
        self.lines: list[PlanLine] = []
        self.faults: list[FileFault] = []
        self.blank = 0
        """Lines that hold nothing in the columns that are read."""
        names = register.apart or ()
        self._apart = [field for field in self.fields if field.name in names and field.name in self.columns]
        self._known = {record.code: record for record in all_of(workspace, register)}
        self._by_name: dict[str, list[Record]] = {}
        for record in self._known.values():
            self._by_name.setdefault(fold(getattr(record, register.subject)), []).append(record)
        self._met: dict[str | _Key, int] = {}
        self._others = soundness.known_of(workspace, register)
        self._others.names = dict(self._others.names)
        self.reason = reason
        self.doubts: dict[tuple[str, str], list[int]] = {}
        """What is only said of lines that are taken: field and words, and the lines."""

    def read(self, line: FileLine) -> None:
        """Keep what the line would do, or its faults."""
        given = {name: self._cell(line, column.index) for name, column in self.columns.items()}
        if not any(map(_filled, given.values())):
            self.blank += 1
            return
        before = len(self.faults)
        found = self._record(line.number, given)
        values: dict[str, Value] = {}
        if len(self.faults) == before:
            values = dict(self._values(line.number, given, found))
        name = str(values.get(self.register.subject) or getattr(found, self.register.subject, ""))
        if len(self.faults) == before and values:
            self._judge(line.number, given, found, values, name)
        if len(self.faults) == before:
            if found is None and self.register.name == "contract":
                for field, words in _taken_unsaid({**defaults(self.register), **values}, values):
                    self.doubts.setdefault((field, words), []).append(line.number)
            self.lines.append(PlanLine(line.number, found, values, name))

    def _judge(
        self,
        number: int,
        given: Mapping[str, Cell],
        found: Record | None,
        values: Mapping[str, Value],
        name: str,
    ) -> None:
        """Whether the values hold together, with one another and with every other record and line."""
        code = found.code if found else ToCome.of(self.register.name, name)
        names = cast("dict[str, str]", self._others.names)
        names[code] = name
        for field, value in values.items():
            if isinstance(value, ToCome):
                names.setdefault(value, text_of(given.get(field)))
        for doubt in soundness.judge(self.workspace, self.register, found, values, self._others, code):
            if doubt.refused:
                self._fault(number, doubt.field, given.get(doubt.field), doubt.words)
            else:
                self.doubts.setdefault((doubt.field, doubt.words), []).append(number)
        if values.get("case"):
            try:
                sensitive_files.within(self.workspace, dict(values))
            except sensitive_files.UnknownFile as error:
                self._fault(number, "case", given.get("case"), str(error))
        before = {field.name: getattr(found, field.name) for field in self.fields} if found else {}
        self._others.note(self.register, code, {**defaults(self.register), **before, **values})
        try:
            outsourcing_gate.check(self.workspace, [(self.register, found, values)], self.reason)
        except outsourcing_gate.MapIncomplete as error:
            self._fault(number, "mode", given.get("mode"), str(error), wants_reason=True)

    def _cell(self, line: FileLine, index: int) -> Cell:
        cell = line.cells[index] if index < len(line.cells) else None
        return armed(cell) if self.is_text and isinstance(cell, str) else cell

    def _record(self, number: int, given: Mapping[str, Cell]) -> Record | None:
        """The record that a line is, by its code or by its name; a line met twice is a fault."""
        code = text_of(given.get(CODE)).upper()
        met: str | _Key = code
        found: Record | None = None
        if code:
            found = self._known.get(code)
            if found is None:
                self._fault(number, CODE, code, _("no record has the code {code}").format(code=code))
                return None
        else:
            name = fold(text_of(given.get(self.register.subject)))
            apart = tuple(self._quietly(field, given[field.name]) for field in self._apart)
            same = [record for record in self._by_name.get(name, ()) if self._is(record, apart)]
            # What was solved before and comes up again is another case: a line is of the one that is open.
            same = [record for record in same if getattr(record, "closed_at", None) is None] or same
            if name and len(same) > 1:
                codes = ", ".join(record.code for record in same)
                what = _("several records have this name: {codes}").format(codes=codes)
                self._fault(
                    number, self.register.subject, given.get(self.register.subject), what,
                    _("write the code of the one that is meant in a column “code”"),
                )  # fmt: skip
                return None
            found = same[0] if name and same else None
            met = found.code if found else (name, apart) if name else ""
        first = self._met.setdefault(met, number) if met else number
        if first != number:
            self._fault(
                number, CODE if code else self.register.subject, code or given.get(self.register.subject),
                _("line {n} is the same record").format(n=first), _("keep one of them, or give each its code"),
            )  # fmt: skip
        return found

    def _is(self, record: Record, apart: tuple[Value, ...]) -> bool:
        """Whether a record of the same name is the one of these other values; an empty one tells nothing."""
        mine = (getattr(record, field.name) for field in self._apart)
        return all(value in (None, "", each) for value, each in zip(apart, mine, strict=True))

    def _quietly(self, field: Field, cell: Cell) -> Value:
        try:
            return self.cells.read(field, cell, noted=False) if _filled(cell) else None
        except forms.WrongValue:
            return text_of(cell)

    def _values(
        self, number: int, given: Mapping[str, Cell], found: Record | None
    ) -> Iterator[tuple[str, Value]]:
        """The values that differ. An empty cell leaves a new record at its default, and one found by name as it is."""
        clears = found is not None and bool(text_of(given.get(CODE)))
        for field in self.fields:
            cell = given.get(field.name)
            needed = field.required and found is None
            if not (_filled(cell) or needed or (clears and field.name in given)):
                continue
            current = getattr(found, field.name) if found else None
            if field.name == "initial_months":
                cell = self._months(number, given, found, cell)
                if cell is None:
                    continue
            try:
                value = self.cells.read(field, cell)
            except forms.WrongValue as error:
                # As it was written out it changes nothing, even a name that two records have.
                if found is None or not self._is_written(field, current, cell):
                    self._wrong(number, field, cell, error)
                continue
            if found is None or not (value == current or self._is_written(field, current, cell)):
                yield field.name, value

    def _months(self, number: int, given: Mapping[str, Cell], found: Record | None, cell: Cell) -> Cell:
        """The months of a contract's first term, which many lists say by its last day.

        None where an end does not tell them, which is said: an end that cannot be read stops no file.
        """
        last = self.cells.day(cell, last=True)
        if not _filled(cell) or (last is None and not self._says_end):
            return cell
        start = self._quietly(self.register.field("starts_on"), given.get("starts_on"))
        start = start if start is not None else getattr(found, "starts_on", None)
        months = months_until(start, last) if isinstance(start, date) and last is not None else None
        if last is None:
            words = _("not read: a date is expected, such as 31/12/2027")
        elif not isinstance(start, date):
            words = _("not read: the start, from which the term is counted, is not known")
        elif months is not None and months > _LONGEST_TERM:
            months = None
            words = _(
                "not read: it is too far from the start for a first term: write how many months that one was"
            )
        elif months is None:
            words = _(
                "not read: from the start to this day is no whole number of months, which are to be written"
            )
        else:
            words = ngettext("{n} month from the start", "{n} months from the start", months).format(n=months)
        self.doubts.setdefault(("initial_months", words), []).append(number)
        return months

    def _is_written(self, field: Field, current: Value, cell: Cell) -> bool:
        """Whether a cell stands as an export writes what the record holds."""
        names, zone = self.cells.references.names, self.workspace.zone
        if self.is_text or cell is None or isinstance(cell, str):
            shown = forms.show(field, current, names, zone)
            return clean(str(cell or ""), lines=True) == clean(shown, lines=True)
        return cell == typed(field, current, names, zone)

    def _wrong(self, number: int, field: Field, cell: Cell, error: forms.WrongValue) -> None:
        if not isinstance(error, Unknown):
            self._fault(number, field.name, cell, str(error))
            return
        ways = [_("the nearest known: {names}").format(names=", ".join(error.near))] if error.near else []
        missing = tuple(table for table in error.tables if creatable(REGISTERS[table]))
        if not missing:
            titles = ", ".join(_(REGISTERS[table].title) for table in error.tables)
            ways.append(_("write or import it first, in {registers}").format(registers=titles))
        self._fault(number, field.name, cell, str(error), " · ".join(ways), missing)

    def _fault(  # noqa: PLR0917 - one fault, told whole
        self,
        number: int,
        name: str,
        value: object,
        what: str,
        way: str = "",
        missing: tuple[str, ...] = (),
        *,
        wants_reason: bool = False,
    ) -> None:
        column = self.columns.get(name)
        heading = column.heading if column else _(self.register.field(name).label)
        self.faults.append(FileFault(number, heading, what, _shown(value), way, missing, wants_reason))


def _taken_unsaid(whole: Mapping[str, Value], said: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """What a new contract is taken for where its line does not say it, by field: its days are counted from that."""
    months = whole["initial_months"]
    if "initial_months" not in said:
        words = _("nothing says how long the first term is: {n} months are taken")
        yield "initial_months", words.format(n=months)
    elif months and whole["renewal"] == TACIT and said.get("renewal_months") is None:
        yield "renewal_months", _("nothing says for how long it renews: as long as the first term is taken")


def _shown(value: object) -> str:
    """A cell as a person wrote it."""
    return text_of(value) if isinstance(value, str | int | float | date) else ""


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None

"""The cells of somebody's spreadsheet as values of a register: each text is read once, doubts are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from cockpit.domain.records.record import LINES, Field, FieldKind, Value
from cockpit.domain.spreadsheets import cells
from cockpit.domain.spreadsheets.cells import CellDoubt
from cockpit.domain.text import clean, fold
from cockpit.domain.time import periods
from cockpit.domain.time.contract_terms import last_day
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.languages import folded
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets import choice_words
from cockpit.services.spreadsheets import units as register_units
from cockpit.services.spreadsheets.references import References, Unknown
from cockpit.sources.table.sheet import Cell
from cockpit.sources.table.workbook import UNCOMPUTED

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_CHECKED = frozenset({"✓", "✔", "☑", "☒"})


class Cells:
    """Reads the cells of one register."""

    def __init__(self, workspace: Workspace, references: References, epoch: date = cells.EPOCH) -> None:
        """`epoch` is the day that serial numbers count from."""
        self.workspace, self.references, self.epoch = workspace, references, epoch
        self.notes: dict[tuple[str, str], tuple[str, int]] = {}
        """By field and kind of doubt: how its first cell was understood, and how many there are."""
        self.units: dict[str, str] = {}
        """By field: the unit that the heading of its column names, in which a number alone is counted."""
        self._known: dict[tuple[str, type, Cell], Value | forms.WrongValue] = {}
        self._noted: dict[tuple[str, type, Cell], list[tuple[str, str]]] = {}
        self._said: list[tuple[str, str]] = []

    def read(self, field: Field, cell: Cell, *, noted: bool = True) -> Value:
        """The value of a cell. Raises forms.WrongValue, of which Unknown. `noted` counts its doubts."""
        key = (field.name, type(cell), cell)
        if key not in self._known:
            self._said = []
            try:
                self._known[key] = self._value(field, cell)
            except forms.WrongValue as error:
                self._known[key] = error
            if self._said:
                self._noted[key] = self._said
        for kind, text in self._noted.get(key, ()) if noted else ():
            first, count = self.notes.get((field.name, kind), (text, 0))
            self.notes[field.name, kind] = (first, count + 1)
        known = self._known[key]
        if isinstance(known, forms.WrongValue):
            raise known.with_traceback(None)
        return known

    def day(self, cell: Cell, *, last: bool = False) -> date | None:
        """The day that a cell holds, of a month alone its first or its `last` one; None for no day of a year."""
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        text = clean(cell) if isinstance(cell, str) else ""
        found = cells.day(text, self.epoch) if re.search(r"\d.*\D|\D.*\d", text) else None
        if found and last and found.doubt is CellDoubt.NO_DAY:
            return last_day(found.day, 1)
        return found.day if found else None

    def _value(self, field: Field, cell: Cell) -> Value:
        if isinstance(cell, str):
            if cell == UNCOMPUTED:
                raise forms.WrongValue(
                    _("the file holds no value for this formula: open it in a spreadsheet and save it")
                )
            if cell.strip() in _ERRORS:
                raise forms.WrongValue(_("this is an error of the spreadsheet: mend the formula"))
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return self._plain(field, "")
        reader = _READERS.get(field.kind)
        if reader is not None:
            return reader(self, field, cell)
        return self._reference(field, cell) if field.ref else self._text(field, cell)

    def _plain(self, field: Field, text: str) -> Value:
        """The value that the form of a record would read from a text."""
        return forms.read(self.workspace, field, text, {})

    def _note(self, kind: str, text: str) -> None:
        self._said.append((kind, text))

    def _text(self, field: Field, cell: Cell) -> Value:
        text = _written(cell)
        limit, lines = forms.limit_of(field), field.kind in LINES
        if len(clean(text, limit * 2, lines=lines)) > limit:
            self._note("cut", _("a text of more than {n} characters is cut").format(n=limit))
            text = clean(text, limit, lines=lines)
        return self._plain(field, text)

    def _flag(self, field: Field, cell: Cell) -> Value:
        text = _written(cell).strip()
        return True if text in _CHECKED else self._plain(field, text)

    def _choice(self, field: Field, cell: Cell) -> Value:
        wanted = fold(clean(_written(cell)))
        others = choice_words.OTHERS.get(field.name, {})
        words = {
            token: {token, *folded(label), *others.get(token, ())} for token, label in field.choices.items()
        }
        same = [token for token, said in words.items() if wanted in said]
        close = [token for token, said in words.items() if any(word.startswith(wanted) for word in said)]
        found = same or close
        if len(found) != 1:
            return self._plain(field, wanted)
        if not same:
            self._note("part", _read_as(_written(cell), _(field.choices[found[0]])))
        return int(found[0]) if all(token.isdigit() for token in words) else found[0]

    def _number(self, field: Field, cell: Cell) -> Value:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            value = Decimal(repr(cell))
            if not value.is_finite():
                return self._plain(field, "?")
        else:
            text, factor = self._without_unit(field, _written(cell))
            by_word = choice_words.NUMBERS.get(field.name, {}).get(fold(clean(text)))
            if by_word is not None:
                self._note(f"word {by_word}", _read_as(text, str(by_word)))
                return by_word
            if any(_said_in_words(token, label, text) for token, label in field.choices.items()) or (
                field.name.endswith("_months") and periods.read(text, None) is not None
            ):
                return self._plain(field, text)
            found = cells.number(text)
            if found is None:
                return self._plain(field, text)
            if found.doubt is CellDoubt.THOUSANDS:
                raise forms.WrongValue(
                    _("this has two meanings: write {n}, without a point or comma").format(n=found.value)
                )
            value = found.value * factor
        if value != value.to_integral_value():
            raise forms.WrongValue(_("a whole number is expected"))
        return self._plain(field, str(int(value)))

    def _decimal(self, field: Field, cell: Cell) -> Value:
        # A cell that holds a number is taken as it is: only a written one can be doubted.
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return round(float(cell), forms.DECIMALS) if abs(cell) < 1e12 else self._plain(field, "?")
        return self._plain(field, clean(_written(cell)))

    @staticmethod
    def _without_unit(field: Field, text: str) -> tuple[str, int]:
        units = register_units.factors(field)
        found = re.fullmatch(r"(.*\d)\s*([a-z%]+)\.?", fold(clean(text)))
        if found and found[2] in units:
            return found[1], units[found[2]]
        return text, 1

    def _period(self, field: Field, cell: Cell) -> Value:
        bare, times = register_units.period_unit(self.units.get(field.name, ""))
        text = clean(_written(cell))
        found = periods.read(text, bare)
        if found is None:
            return self._plain(field, text)
        if re.fullmatch(r"\d+(?:[.,]0+)?", text):
            found = periods.Period(found.count * times, found.unit)
        return found.stored

    def _money(self, field: Field, cell: Cell) -> Value:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            value = Decimal(repr(cell)) if abs(cell) < 1e12 else None
        else:
            found = cells.number(clean(_written(cell)))
            value = found.value if found else None
            if found and found.doubt:
                self._note("thousands", _read_as(_written(cell), forms.money(int(found.value) * 100)))
        if value is None or value.is_nan() or abs(value) >= 10**12:
            return self._plain(field, _written(cell) if isinstance(cell, str) else "?")
        return int((value * 100).to_integral_value(ROUND_HALF_UP))

    def _date(self, field: Field, cell: Cell) -> Value:
        found: cells.DayInCell | None = None
        if isinstance(cell, datetime):
            if cell.time() != time():
                self._note("hour", _read_as(f"{cell:%Y-%m-%d %H:%M}", dates.long_date(cell.date())))
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            day = cells.serial(cell, self.epoch)
            found = cells.DayInCell(day) if day else None
        elif isinstance(cell, str):
            found = cells.day(clean(cell), self.epoch)
            if found is None:
                return self._phrase(field, clean(cell))
        if found is None:
            raise forms.WrongValue(_date_expected())
        if found.doubt:
            self._note(found.doubt, _read_as(_written(cell), dates.long_date(found.day)))
        return found.day

    def _instant(self, field: Field, cell: Cell) -> Value:
        if isinstance(cell, datetime) and cell.time() != time():
            return cell if cell.tzinfo else cell.replace(tzinfo=self.workspace.zone)
        text = clean(_written(cell))
        if isinstance(cell, str) and cells.day(text, self.epoch) is None:
            return self._phrase(field, text)
        day = self._date(field, cell)
        assert isinstance(day, date)
        # The hour of a day alone is the one that a typed line gives it.
        return self._plain(field, day.isoformat())

    def _phrase(self, field: Field, text: str) -> Value:
        """What the line of a blocker would read: `friday`, `15/12`, `end of month`. Another day reads another: told."""
        try:
            found = self._plain(field, text)
        except forms.WrongValue as error:
            raise forms.WrongValue(_date_expected()) from error
        if re.search(r"[0-9]{4}", text) is None:
            day = found.astimezone(self.workspace.zone).date() if isinstance(found, datetime) else found
            assert isinstance(day, date)
            # Each phrase is told; days without a year are one kind.
            kind = "no_year" if re.match(r"[0-9]{1,2}[/.-][0-9]", text) else f"phrase {fold(text)}"
            self._note(kind, _read_as(text, dates.long_date(day)))
        return found

    def _reference(self, field: Field, cell: Cell) -> Value:
        text = clean(_written(cell))
        code = self._code(field, text)
        if code is None and field.kind is FieldKind.REF:
            raise Unknown(text, field.ref, self.references.near(field.ref, text))
        return code or text

    def _is_several(self, field: Field, text: str) -> bool:
        """Whether a cell for one names several, of which no record is made. Raises forms.WrongValue."""
        if field.kind is FieldKind.NAMES or not self.references.is_several(field.ref, text):
            return False
        if field.kind is FieldKind.REF:
            raise forms.one_name(field)
        return True

    def _names(self, field: Field, cell: Cell) -> Value:
        found: dict[str, None] = {}
        for part in self._parts(field, _written(cell)):
            code = self._code(field, part) if field.ref else None
            if field.ref and code is None:
                near = self.references.near(field.ref, part)
                close = _(" (is it {names}?)").format(names=", ".join(near)) if near else ""
                self._note(
                    "word", _("“{text}” is not known, and kept as it is written").format(text=part) + close
                )
            found[code or part] = None
        return tuple(found)

    def _code(self, field: Field, text: str) -> str | None:
        found = self.references.find(field.ref, text)
        if found is None and not self._is_several(field, text):
            found = self.references.made(field.ref, text)
        if found is not None and found.by_beginning:
            self._note("part", _read_as(text, found.by_beginning))
        return found.code if found else None

    def _parts(self, field: Field, text: str) -> list[str]:
        """The names in a cell: a known name may hold a comma or a slash itself."""
        parts = [text]
        for separator in ("\n", ";", ",", "/") if field.ref else ("\n", ";", ","):
            parts = [
                each
                for part in parts
                for each in (
                    [part]
                    if field.ref and self.references.knows(field.ref, clean(part))
                    else part.split(separator)
                )
            ]
        return [part for part in map(clean, parts) if part]


def _said_in_words(number: str, label: str, text: str) -> bool:
    return fold(text) in folded(label) or (number == "0" and periods.is_endless(text))


def _date_expected() -> str:
    return _("a date is expected, the day before the month, such as 1/12/2026, 15/12 or friday")


def _read_as(text: str, meaning: str) -> str:
    return _("“{text}” is read as {meaning}").format(text=clean(text), meaning=meaning)


def _written(cell: Cell) -> str:
    """A typed cell as a person would write it."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


_READERS: Mapping[FieldKind, Callable[[Cells, Field, Cell], Value]] = {
    FieldKind.CHOICE: Cells._choice,
    FieldKind.FLAG: Cells._flag,
    FieldKind.NUMBER: Cells._number,
    FieldKind.DECIMAL: Cells._decimal,
    FieldKind.PERIOD: Cells._period,
    FieldKind.MONEY: Cells._money,
    FieldKind.DATE: Cells._date,
    FieldKind.INSTANT: Cells._instant,
    FieldKind.NAMES: Cells._names,
}

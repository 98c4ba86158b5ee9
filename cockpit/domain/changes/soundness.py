"""Whether the values of a record are consistent with one another and with the other records.

A doubt names the field, says what is wrong and the way out. Some are refused, for nobody could mean them;
others are only said, since the person may know better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.records.record import Register, Value
from cockpit.domain.text import fold
from cockpit.locale import current

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Doubt:
    """One inconsistency: the field, what is wrong, and the way out."""

    field: str
    """Where it is mended; the field that is named first."""
    words: str
    """What is wrong and the way out, in the current language."""
    refused: bool = True
    also: tuple[str, ...] = ()
    """The other fields that it comes from: a change to any of them has it looked at again."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it comes from."""
        return (self.field, *self.also)


@dataclass(kw_only=True)
class KnownRecords:
    """What the rules need to know of the other records; plain data, read once for many lines of a file."""

    today: date
    names: Mapping[str, str] = field(default_factory=dict)
    """Code to name of everything that records refer to."""
    archived: frozenset[str] = frozenset()
    """Codes among `names` that were archived."""
    left: Mapping[str, date] = field(default_factory=dict)
    """People whose mission is over, and since when."""
    backups: dict[str, str] = field(default_factory=dict)
    """Person to the one who stands in."""
    deputies: dict[str, set[str]] = field(default_factory=dict)
    """Who decides to those who stand in, over all circuits."""
    owners: dict[str, str] = field(default_factory=dict)
    """Function to its owner."""
    recovery: dict[str, int] = field(default_factory=dict)
    """Function to the hours the company can do without it, where that is said."""
    carriers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Function to the providers that a contract binds to it."""
    plans: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Function to its continuity plans, each with its backup."""
    same: dict[tuple[str, ...], str] = field(default_factory=dict)
    """What tells the records of the register apart (see `identity`), to the code of the one that has it."""

    def called(self, code: object) -> str:
        """The name of a record for a message; other words where it has none."""
        return self.names.get(str(code), str(code))

    def day(self, at: date) -> str:
        """A day as it is typed in forms."""
        return f"{at:%d/%m/%Y}" if current() == "fr" else at.isoformat()

    def note(self, register: Register, code: str, values: Values) -> None:
        """Go on as if this were written: the lines of one file are judged one after the other."""
        key = identity(register, values)
        if key is not None:
            self.same.setdefault(key, code)
        if register.name == "person":
            self.backups[code] = str(values.get("backup") or "")
        if register.name == "function":
            self.owners[code] = str(values.get("owner") or "")
        if register.name == "circuit" and values.get("decider") and values.get("deputy"):
            self.deputies.setdefault(str(values["decider"]), set()).add(str(values["deputy"]))


Rule = Callable[[Values, KnownRecords, str], Iterator[Doubt]]
"""Looks at the values a record would have; the last argument is its code, empty for a new one."""


def identity(register: Register, values: Values) -> tuple[str, ...] | None:
    """What no two records of a register should share; None for one without a name, and where names repeat.

    Values as they are stored give the same as values as they are held.
    """
    names = register.apart
    name = fold(str(values.get("name") or "")).strip()
    if not name or names is None:
        return None
    return (name, *(str(values.get(each) or "") for each in names))


def whole_day(value: Value) -> date | None:
    """A value that is a day and not an instant, which compare with one another."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None

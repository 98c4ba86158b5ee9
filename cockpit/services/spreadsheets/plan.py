"""What importing a spreadsheet would do, line by line, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.records.record import Record, Register, Value
from cockpit.locale import _, ngettext
from cockpit.services.spreadsheets.columns import FileColumn, How


@dataclass(frozen=True)
class FileFault:
    """One wrong cell or line of a file: where, what was found, what is expected, and the way out."""

    line: int
    column: str
    """Heading as in the file."""
    what: str
    value: str = ""
    way: str = ""
    missing: tuple[str, ...] = ()
    """Registers that the value names nothing of, when a record of one can be made by its name alone."""
    wants_reason: bool = False
    """Whether a reason, which the journal keeps, lets it pass."""


@dataclass(frozen=True)
class PlanLine:
    """What one line of a file would do: the record it changes, or None for a new one, and the values."""

    number: int
    found: Record | None
    values: Mapping[str, Value]
    name: str = ""
    shown: str = ""
    """The values beside the name as a person reads them, where a look at them tells whether the line was understood."""

    @property
    def kind(self) -> str:
        """What the line would do: make a record (new), change one (changed) or nothing (same)."""
        return "same" if not self.values else "new" if self.found is None else "changed"


@dataclass(frozen=True)
class Plan:
    """What importing a file would do. With a fault, nothing is imported at all."""

    register: Register
    columns: tuple[FileColumn, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    faults: tuple[FileFault, ...] = ()
    notes: tuple[str, ...] = ()
    """How what may be doubted was understood."""
    made: tuple[tuple[Register, str], ...] = ()
    """Records of other registers that are made by name, so that references hold."""
    sheet: str = ""
    reason: str = ""
    """What is said in the journal."""
    has_words: bool = False
    """Whether names that nobody knows are kept as words, where records could be made of them."""
    samples: Mapping[int, str] = field(default_factory=dict)
    """The first value of each column, by its index."""
    seen: int | None = None
    """The journal's last entry when it was made: what others wrote since is not written over unsaid."""

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that go nowhere."""
        return tuple(each.heading for each in self.columns if not each.is_read and each.how is not How.JOINED)

    @property
    def missing(self) -> tuple[FileFault, ...]:
        """The faults that making records by name would mend."""
        return tuple(fault for fault in self.faults if fault.missing)

    @property
    def wants_reason(self) -> bool:
        """Whether a reason would let something pass."""
        return any(fault.wants_reason for fault in self.faults)

    def count(self, kind: str) -> int:
        """How many lines are new, changed or same."""
        return sum(line.kind == kind for line in self.lines)

    def summary(self) -> str:
        """One sentence about the whole file."""
        return ", ".join(
            (
                ngettext("{n} new", "{n} new", self.count("new")).format(n=self.count("new")),
                ngettext("{n} changed", "{n} changed", self.count("changed")).format(n=self.count("changed")),
                ngettext("{n} unchanged", "{n} unchanged", self.count("same")).format(n=self.count("same")),
                ngettext("{n} fault", "{n} faults", len(self.faults)).format(n=len(self.faults)),
            )
        )


def said(fault: FileFault) -> str:
    """A fault in one sentence: the column, the value where the sentence does not have it, what is wrong."""
    if not fault.column:
        return fault.what
    if not fault.value or fault.value in fault.what:
        return _("{column}: {what}").format(column=fault.column, what=fault.what)
    return _("{column} “{value}”: {what}").format(column=fault.column, value=fault.value, what=fault.what)

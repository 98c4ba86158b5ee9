"""Records that fit a line: the marks of the one-line entry say what they must have, its words what they say."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.domain.severity import SEVERITIES
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry

_UNDERSTOOD = frozenset({"waiting_on", "tags", "severity", "due", "owner", "title"})
_REGISTER = {each.type: each for each in REGISTERS.values()}


@dataclass(frozen=True)
class Filter:
    """What a record must have, all of it."""

    words: tuple[str, ...]
    """Folded, each anywhere in its subject."""
    severity: str | None
    owner: frozenset[str]
    """The code of whoever carries it, and the name as it was typed; empty where it does not matter."""
    waiting_on: tuple[frozenset[str], ...]
    function: frozenset[str]
    tags: tuple[str, ...]
    until: datetime | None
    """Due by then at the latest."""

    def fits(self, record: Record) -> bool:
        """Whether a record has all of it. What a register has no field for, none of its records has."""
        subject = fold(str(getattr(record, _REGISTER[type(record)].subject)))
        due = getattr(record, "due", None)
        return (
            all(word in subject for word in self.words)
            and (self.severity is None or getattr(record, "severity", None) == self.severity)
            and (not self.owner or getattr(record, "owner", "") in self.owner)
            and all(each & set(getattr(record, "waiting_on", ())) for each in self.waiting_on)
            and (not self.function or getattr(record, "function", "") in self.function)
            and set(self.tags) <= set(getattr(record, "tags", ()))
            and (self.until is None or (due is not None and due <= self.until))
        )


def is_mark(word: str) -> bool:
    """Whether a word of a line is a mark of the grammar, by its look."""
    return word[:1] in ("@", "+") or ":" in word or word.lower() in SEVERITIES


def understood(workspace: Workspace, line: str) -> Filter:
    """What a line asks for. Raises ValueError, with its sentence, for a mark that does not say which records."""
    said = entry.understand(workspace, line)
    strange = [chip.raw for chip in said.chips if chip.field not in _UNDERSTOOD]
    if strange or said.warnings:
        asked = ", ".join(strange) or line
        raise ValueError(
            _("{mark}: records are not told apart by it; use @, +, p1 to p4, owner:, due: and words").format(
                mark=asked
            )
        )
    codes = {name: code for code, name in workspace.names().items()}

    def either(name: str) -> frozenset[str]:
        return frozenset({name, codes.get(name, name)})

    return Filter(
        words=tuple(fold(said.title).split()),
        severity=said.severity,
        owner=either(said.owner) if said.owner else frozenset(),
        waiting_on=tuple(map(either, said.waiting_on)),
        function=either(said.functions[0]) if said.functions else frozenset(),
        tags=said.tags,
        until=said.due,
    )

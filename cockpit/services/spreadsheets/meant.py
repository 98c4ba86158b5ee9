"""Which register a file is for, by its name, by those of its sheets, else by its headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cockpit.domain.records.record import Register
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.text import fold
from cockpit.services.desk.languages import in_each_language
from cockpit.services.spreadsheets.columns import How, find
from cockpit.services.spreadsheets.headings import heading_key
from cockpit.sources.table.sheet import Sheet

IMPORTED = tuple(
    REGISTERS[name] for name in ("blocker", "priority", *ORGANISATION) if REGISTERS[name].editable
)
"""Registers that take a file, in the order in which they are proposed."""

_OTHERS = {"person": ("contact", "annuaire", "directory", "équipe", "team", "salarié")}
"""What files of a register are called by others."""


def meant(file_name: str, sheets: Sequence[Sheet]) -> tuple[Register, ...]:
    """The registers that the file may be for: one when that is clear, several that fit as well, or none.

    A name counts before headings: many lists have a title, an owner and a date.
    """
    stem = heading_key(file_name.rpartition("/")[2].rpartition(".")[0] or file_name)
    for words in (stem, *(heading_key(sheet.name) for sheet in sheets)):
        named = _named(words)
        if named is not None:
            return (named,)
    return _by_headings([sheet for sheet in sheets if not sheet.damage])


def _named(words: str) -> Register | None:
    """The register that is called so; of a longer name, the one whose own words come first in it."""
    best: tuple[int, int, Register] | None = None
    for register in IMPORTED:
        for called in _called(register):
            at = f" {words} ".find(f" {called} ")
            if at >= 0 and (best is None or (at, -len(called)) < best[:2]):
                best = at, -len(called), register
    return best[2] if best else None


def _called(register: Register) -> Iterable[str]:
    others = _OTHERS.get(register.name, ())
    said = {register.name, *in_each_language(register.singular), *in_each_language(register.title), *others}
    keys = {heading_key(fold(word)) for word in said}
    return {form for key in keys if key for form in (key, f"{key}s")}


def _by_headings(sheets: Sequence[Sheet]) -> tuple[Register, ...]:
    """The registers of whose fields most are named, their own name among them; a lone column says too little."""
    scores: dict[str, int] = {}
    for register in IMPORTED:
        for sheet in sheets:
            if not sheet.lines:
                continue
            columns = find(register, sheet.lines, {}, {}).columns
            fields = {
                column.field or column.how for column in columns if column.is_read or column.how is How.JOINED
            }
            if register.subject in fields and len(fields) > 1:
                scores[register.name] = max(scores.get(register.name, 0), len(fields))
    most = max(scores.values(), default=0)
    return tuple(REGISTERS[name] for name, score in scores.items() if score == most)

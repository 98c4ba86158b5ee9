"""The fields of a record in the order in which they are read: what is filled, in groups; the rest folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from textual.content import Content

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import LINES, Field, FieldKind, Record, Register
from cockpit.locale import N_, _, ngettext
from cockpit.ui.kit import visuals
from cockpit.ui.widgets.rows import Item

GROUPS: Mapping[str, frozenset[FieldKind]] = {
    "": frozenset({FieldKind.TEXT, FieldKind.LONG, FieldKind.STEPS, FieldKind.CHOICE, FieldKind.FLAG}),
    N_("Who and about what"): frozenset({FieldKind.REF, FieldKind.NAMES}),
    N_("When"): frozenset({FieldKind.DATE, FieldKind.INSTANT, FieldKind.DURATION, FieldKind.PERIOD}),
    N_("How much"): frozenset({FieldKind.NUMBER, FieldKind.DECIMAL, FieldKind.MONEY}),
    N_("Where to look"): frozenset({FieldKind.LINK}),
}
"""By the kind of the field, so that every register is read the same way."""
GROUPED_FROM = 8
"""Filled fields from which headings help."""
OF_CLOCK = frozenset({"sla", "sla_started_at", "sla_due", "sla_until", "sla_target_s"})
"""Fields of a blocker that its gauge says."""
_LABEL = 24
MOST_LINES = 8
"""Lines of a long text at most under its first."""


@dataclass(frozen=True)
class FieldLine:
    """A field of the record and its value in words."""

    field: Field
    text: str
    doubt: str = ""
    """What does not hold together in it."""
    aside: str = ""
    """What is worked out from it, such as an age."""


@dataclass(frozen=True)
class Going:
    """A further line of a long text."""

    text: str


@dataclass(frozen=True)
class Folded:
    """The fields that are not shown."""

    empty: int
    of_clock: int
    unfolded: bool


@dataclass(frozen=True)
class FieldGroup:
    """What the fields below have in common."""

    title: str


def items(
    register: Register,
    record: Record,
    line_of: Callable[[Field], FieldLine],
    *,
    width: int,
    clock: bool,
    unfolded: bool,
) -> Iterator[Item[Any]]:
    """The filled fields by group, then how many are folded, or those; `clock` says that a gauge tells its own."""
    told = [
        # What only the program reads, such as JSON, stands under them in words, or nowhere.
        line_of(field)
        for field in register.fields
        if field.told or field.kind not in (FieldKind.TEXT, *LINES)
    ]
    of_clock = [line for line in told if clock and line.field.name in OF_CLOCK]
    filled = [line for line in told if _says(record, line) and line not in of_clock]
    empty = [line for line in told if line not in filled and line not in of_clock]
    for title, kinds in GROUPS.items():
        group = [line for line in filled if line.field.kind in kinds]
        if title and group and len(filled) >= GROUPED_FROM:
            yield Item(f"group:{title}", FieldGroup(_(title)), heading=True)
        for line in group:
            yield from _lines(line, width)
    if empty or of_clock:
        yield Item("folded", Folded(len(empty), len(of_clock), unfolded))
        if unfolded:
            yield from (Item(line.field.name, line) for line in (*of_clock, *empty))


def _says(record: Record, line: FieldLine) -> bool:
    """Whether it says something: a count of none does not."""
    counted = line.field.kind in GROUPS["How much"] or line.field.kind is FieldKind.DURATION
    return bool(line.doubt or (line.text and not (counted and getattr(record, line.field.name) == 0)))


def _lines(line: FieldLine, width: int) -> Iterator[Item[Any]]:
    """The line of a field; what a long text says beside its first words stands under it."""
    room = max(20, width - _LABEL - 2)
    if len(line.text) <= room and "\n" not in line.text:
        yield Item(line.field.name, line)
        return
    first, *more = [part for text in line.text.splitlines() for part in visuals.wrapped(text, room)]
    yield Item(line.field.name, replace(line, text=first))
    cut = [*more[: MOST_LINES - 1], "…"] if len(more) > MOST_LINES else more
    yield from (Item(f"{line.field.name}:{n}", Going(text), heading=True) for n, text in enumerate(cut))


def draw(data: FieldLine | Folded | FieldGroup | Going, width: int) -> Content:
    """One line."""
    if isinstance(data, Going):
        return Content(" " * (_LABEL + 1) + data.text)
    if isinstance(data, FieldGroup):
        return Content.styled(f"── {data.title} ".ljust(min(width, 60), "─"), visuals.MUTED)
    if isinstance(data, Folded):
        return Content.styled(f" {_sign(data)} {_counted(data)}", visuals.MUTED)
    label = Content.styled(f" {_(data.field.label)}", visuals.MUTED).truncate(_LABEL, ellipsis=True, pad=True)
    value = " ⏎ ".join(data.text.splitlines()) if data.text else "—"
    doubt = Content.styled(f"  ! {data.doubt}", visuals.WARN) if data.doubt else Content("")
    aside = Content.styled(f" · {data.aside}", visuals.MUTED) if data.aside else Content("")
    return label + Content.styled(f" {value}", "" if data.text else visuals.MUTED) + aside + doubt


def _sign(data: Folded) -> str:
    return "-" if data.unfolded else "+"


def _counted(data: Folded) -> str:
    said = []
    if data.empty:
        said.append(ngettext("{n} empty field", "{n} empty fields", data.empty).format(n=data.empty))
    if data.of_clock:
        said.append(
            ngettext("{n} field of the clock", "{n} fields of the clock", data.of_clock).format(
                n=data.of_clock
            )
        )
    return " · ".join(said)

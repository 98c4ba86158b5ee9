"""Drawing the table of a register: which columns fit, its heading, its rows, what its border says."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.records.record import Field, Record, Register
from cockpit.locale import _, ngettext
from cockpit.services.records.tables import Look, Table
from cockpit.ui.kit import visuals
from cockpit.ui.widgets.rows import MARK

NARROWEST = 16
"""Cells that the column of names keeps, whatever else would be shown."""
ROOMY_NAME = 40
"""Cells that the column of names keeps before a column is added that nobody asked for."""
GONE = "⊘"


@dataclass(frozen=True)
class Layout:
    """The columns that fit a width, each with its cells, and those that do not."""

    columns: tuple[tuple[Field, int], ...]
    cut: tuple[Field, ...] = ()


def layout(fields: Sequence[Field], width: int, more: Sequence[Field] = ()) -> Layout:
    """Columns from the left, as many as fit; the first one, which names the record, takes what is left.

    Of `more`, those that a wide terminal has room for.
    """
    room = width - 3
    kept = list(fields)
    while len(kept) > 1 and _fixed(kept) + NARROWEST > room:
        kept.pop()
    cut = fields[len(kept) :]
    if not cut:
        for each in more:
            if _fixed([*kept, each]) + ROOMY_NAME <= room:
                kept.append(each)
    shares = [f for f in kept if f is kept[0] or not f.width]
    share = max(8, (room - _fixed(kept)) // max(1, len(shares)))
    cells = tuple((f, share if f in shares else f.width) for f in kept)
    return Layout(cells, tuple(cut))


def _fixed(fields: Sequence[Field]) -> int:
    first = fields[0]
    wide = sum((f.width or NARROWEST) for f in fields if f is not first)
    return wide + len(fields)


def heading(shape: Layout, look: Look) -> Content:
    """The labels, an arrow at the one that gives the order."""
    line = Content("   ")
    for field, cells in shape.columns:
        arrow = ("↓ " if look.backwards else "↑ ") if field.name == look.sort else ""
        label = Content.styled(arrow, "bold $accent") + Content.styled(_(field.label), "bold")
        line += label.truncate(cells, ellipsis=True, pad=True) + " "
    return line


def row(
    shape: Layout, table: Table, record: Record, *, marked: bool, note: str = ""
) -> Content:  # fmt: skip
    """One record: chosen or not, archived or not, then its cells; a hidden one says its code alone."""
    register, gone = table.register, record.archived_at is not None
    line = Content.styled(f" {MARK if marked else ' '} ", "bold $accent")
    for field, cells in shape.columns:
        if table.workspace.hides(record):
            cell = Content(f"{restricted()} {record.code}" if field.name == register.subject else "")
        else:
            cell = Content(" ⏎ ".join(table.said(record, field).splitlines()))
            if field.name == register.subject:
                cell = Content.styled(f"{GONE} " if gone else note, visuals.WARN) + cell
        line += cell.truncate(cells, ellipsis=True, pad=True) + " "
    return line.stylize(visuals.MUTED) if gone else line


def title(register: Register, look: Look, chosen: str) -> Content:
    """What the table is of, what is `chosen` of it, with archived ones or without, in which order."""
    parts = [Content(_(register.title))]
    if chosen:
        parts.append(Content.styled(chosen, "$accent"))
    if look.archived:
        parts.append(Content.styled(_("{sign} archived too").format(sign=GONE), visuals.WARN))
    if look.sort:
        arrow = "↓" if look.backwards else "↑"
        parts.append(Content.styled(f"{arrow} {_(register.field(look.sort).label)}", "$accent"))
    return Content(" · ").join(parts)


def subtitle(register: Register, shape: Layout, more: str) -> Content:
    """Below: rows that are not shown, columns that do not fit, else what the register is for."""
    if more:
        return Content(more)
    if not shape.cut:
        return Content(_(register.help))
    names = ", ".join(_(field.label) for field in shape.cut)
    n = len(shape.cut)
    return Content(
        ngettext("{n} column cut (h): {names}", "{n} columns cut (h): {names}", n).format(n=n, names=names)
    )

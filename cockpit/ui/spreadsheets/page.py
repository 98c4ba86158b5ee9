"""What the screen of an import draws: where each column goes, and what each line would do."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Register
from cockpit.locale import N_, _, ngettext
from cockpit.services.agenda.feed_facts import Facts
from cockpit.services.spreadsheets import columns
from cockpit.services.spreadsheets.columns import FileColumn, How
from cockpit.services.spreadsheets.plan import FileFault, Plan, PlanLine, said
from cockpit.ui.kit import visuals

_HOW = {
    How.KNOWN: ("✓", N_("known")),
    How.REMEMBERED: ("✓", N_("said before")),
    How.GIVEN: ("✓", N_("said before")),
    How.GUESS: ("?", N_("guess: ⏎ agrees")),
    How.JOINED: ("✓", N_("before the name")),
    How.UNKNOWN: ("·", N_("not read")),
}
_LISTED = 300
"""Lines that are shown of what would be written; every fault is shown."""
_WORD = 19
"""Cells of how a column was understood."""


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan, and the fault that Enter tells in full."""

    text: Content
    fault: FileFault | None = None


def rows(plan: Plan) -> Iterator[PlanRow]:
    """Whether it can be written; the faults, each with its way out; what else is made; doubts; the lines."""
    if plan.faults:
        said = _("Nothing is written yet: mend the file, or say where a column goes.")
        yield PlanRow(Content.styled(f" {said}", "bold"))
    elif any(line.values for line in plan.lines):
        yield PlanRow(Content.styled(" " + _("Nothing is wrong: w writes it."), "bold $success"))
    else:
        yield PlanRow(Content.styled(" " + _("Nothing to write: all is there already."), "bold"))
    for fault in plan.faults:
        yield PlanRow(_told(fault), fault)
        if way := way_out(fault):
            yield PlanRow(Content.styled(f"     → {way}", visuals.MUTED))
    for made, name in plan.made:
        also = _("also new: {register} {name}").format(register=_(made.singular), name=name)
        yield PlanRow(Content.styled(" + ", "bold $accent") + Content(also))
    for note in plan.notes:
        yield PlanRow(Content.styled(" ! ", visuals.WARN) + Content(note))
    moved = [line for line in plan.lines if line.values]
    for line in moved[:_LISTED]:
        yield PlanRow(_moved(plan.register, line))
    if len(moved) > _LISTED:
        left = len(moved) - _LISTED
        more = ngettext("… and {n} more", "… and {n} more", left).format(n=left)
        yield PlanRow(Content.styled(f" {more}", visuals.MUTED))


def facts_of(fault: FileFault) -> tuple[str, Facts]:
    """A fault in full: its title, and what is known of it."""
    told = (
        (_("Column"), fault.column),
        (_("In the file"), fault.value),
        (_("Wrong"), fault.what),
        (_("Way out"), way_out(fault)),
    )
    return _("line {n}").format(n=fault.line), [each for each in told if each[1]]


def way_out(fault: FileFault) -> str:
    """What to do about a fault, keys of this screen among it."""
    ways = [fault.way] if fault.way else []
    if fault.missing:
        ways.append(_("c creates it"))
    if fault.wants_reason:
        ways.append(_("r says why it leaves all the same"))
    return " · ".join(ways)


def column_line(register: Register, column: FileColumn, sample: str, width: int) -> Content:
    """A column: its heading, where it goes, why, and its first value."""
    mark, word = _HOW[column.how]
    field = column.guess or column.field
    if not field and column.how is not How.JOINED:
        mark, word = _HOW[How.UNKNOWN]
    label = columns.label(register, field) if field else "—"
    colour = visuals.WARN if column.how is How.GUESS else "bold" if field else visuals.MUTED
    part = max(12, (width - _WORD - 4) // 3)
    line = Content(f" {column.heading}").truncate(part, ellipsis=True, pad=True) + " → "
    line += Content.styled(label, colour).truncate(part, ellipsis=True, pad=True)
    line += Content.styled(f" {mark} {_(word)}", colour).truncate(_WORD, ellipsis=True, pad=True)
    return line + Content.styled(f" {sample}", visuals.MUTED)


def _told(fault: FileFault) -> Content:
    where = _("line {n}").format(n=fault.line)
    return Content.styled(f" ✗ {where} ", "bold $error") + Content(said(fault))


def _moved(register: Register, line: PlanLine) -> Content:
    mark = " + " if line.found is None else " ~ "
    code = line.found.code if line.found else _("new")
    said = _("line {n}: {code} {subject}").format(n=line.number, code=code, subject=line.name)
    fields = "" if line.found is None else ", ".join(_(register.field(n).label) for n in line.values)
    fields = " → ".join(filter(None, (fields, line.shown)))
    return Content.styled(mark, "bold $accent") + Content(said) + Content.styled(f"  {fields}", visuals.MUTED)

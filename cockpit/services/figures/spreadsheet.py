"""Values of figures in a spreadsheet that lies in the inbox folder: a line each, or a table of figures by period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import replace
from cockpit.domain.messages.statement import BadStatement
from cockpit.domain.registers.figure import Figure
from cockpit.locale import _, ngettext
from cockpit.services.desk import forms, identities, refusal
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.figures import values
from cockpit.services.figures.scorecard import MEASURE
from cockpit.services.spreadsheets import importing
from cockpit.services.spreadsheets.plan import PlanLine
from cockpit.services.spreadsheets.plan import said as in_words
from cockpit.sources import table
from cockpit.sources.table.sheet import Cell, Sheet, SheetLine, UnreadableFile

TOLD = 3
"""Faults that are named at most."""
HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("Chiffre", "KPI", "Indicator", "Metric"), "figure"),
    **dict.fromkeys(("Date", "Jour", "Semaine", "Mois", "Day", "Week", "Month"), "period"),
    **dict.fromkeys(("Montant", "Amount"), "value"),
}
"""Headings that mean these fields without anybody being asked, beside the names of the fields themselves."""


def take_in(workspace: Workspace, raw: bytes, name: str) -> int:
    """Write the values of a file, all or none; how many. What a period had is replaced: its history keeps both.

    Signed by the program, given by the file. Raises BadStatement, which says what is wrong and where.
    """
    try:
        sheets = table.read(raw)
        plan = importing.plan(
            workspace, MEASURE, [_in_lines(workspace, each) for each in sheets], given=HEADINGS
        )
    except UnreadableFile as error:
        raise BadStatement(str(error)) from error
    if plan.faults:
        told = [_("line {n}: {what}").format(n=each.line, what=in_words(each)) for each in plan.faults[:TOLD]]
        more = len(plan.faults) - len(told)
        told += [ngettext("and {n} more", "and {n} more", more).format(n=more)] if more else []
        raise BadStatement("; ".join(told))
    found = {each.code: each for each in workspace.select(Figure, "figure", "archived_at IS NULL")}
    program = Workspace(
        workspace.conn, workspace.path, replace(workspace.settings, me=PROGRAM), workspace.clock
    )
    wanted = [each for each in plan.lines if each.values]
    try:
        values.write_all(program, [_value(each, found) for each in wanted], by=name)
    except refusal.ORDINARY as error:
        raise BadStatement(refusal.explain(error)) from error
    return len(wanted)


def _value(line: PlanLine, known: Mapping[str, Figure]) -> values.GivenValue:
    said = (
        {name: getattr(line.found, name) for name in ("figure", "period", "value", "note")}
        if line.found
        else {}
    )
    said |= line.values
    day, value = said.get("period"), said.get("value")
    assert isinstance(day, date)
    assert isinstance(value, int | float)
    return values.GivenValue(known[str(said["figure"])], float(value), day, str(said.get("note") or ""))


def _in_lines(workspace: Workspace, sheet: Sheet) -> Sheet:
    """The sheet with one value a line, where it was a table of figures by period; else as it is."""
    if not sheet.lines:
        return sheet
    names = {each.code: each.name for each in workspace.select(Figure, "figure", "archived_at IS NULL")}
    head, body = sheet.lines[0], sheet.lines[1:]
    tops = [(n, cell) for n, cell in enumerate(head.cells) if n and cell not in (None, "")]
    made: list[tuple[int, Cell, Cell, Cell]]
    if tops and all(_day(workspace, cell) for _n, cell in tops):
        made = [
            (line.number, line.cells[0], _day(workspace, top), _at(line, n))
            for line in body
            for n, top in tops
        ]
    elif tops and all(identities.resolve(names, ("figure",), str(top)) for _n, top in tops):
        made = [(line.number, top, line.cells[0], _at(line, n)) for line in body for n, top in tops]
    else:
        return sheet
    lines = [
        SheetLine(number, (name, day, cell)) for number, name, day, cell in made if cell not in (None, "")
    ]
    return replace(sheet, lines=(SheetLine(head.number, _heading()), *lines))


def _heading() -> tuple[Cell, ...]:
    return tuple(_(MEASURE.field(name).label) for name in ("figure", "period", "value"))


def _at(line: SheetLine, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None


def _day(workspace: Workspace, cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        day = forms.read(workspace, MEASURE.field("period"), cell, {}) if isinstance(cell, str) else None
    except forms.WrongValue:
        return None
    return day if isinstance(day, date) else None

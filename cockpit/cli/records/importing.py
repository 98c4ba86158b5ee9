"""`cockpit register import`: somebody's spreadsheet, explained line by line before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cockpit.cli.kit.options import common, fail, options, print_json
from cockpit.cli.records.linking import link_names
from cockpit.cli.records.register_names import NAMES, named
from cockpit.domain.dataclasses import replace
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.costs import added
from cockpit.services.desk import meanwhile
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets import columns, importing
from cockpit.services.spreadsheets.columns import FileColumn, How
from cockpit.services.spreadsheets.plan import FileFault, Plan, PlanLine, said
from cockpit.sources import table
from cockpit.sources.table import sheet as table_sheet
from cockpit.sources.table.sheet import Sheet
from cockpit.store.journal import Overtaken

LISTED = 30
"""Lines that are told one by one of what would be written; every fault is told."""
PRICED = 3
"""New records whose yearly price is told one by one."""


@click.command(
    "import",
    help=_(
        "Read a CSV or XLSX file. Nothing is imported while a line is wrong; --dry-run shows what would change."
    ),
)
@click.argument("name", type=NAMES, metavar="NAME")
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help=_("Show what would change; write nothing."))
@click.option("--sheet", default="", metavar="NAME", help=_("Sheet of the workbook to read."))
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=FIELD",
    help=_("Where a column goes; without a field it is ignored. Remembered."),
)
@click.option("--forget-map", is_flag=True, help=_("Forget what was said of the columns before."))
@click.option("--create", is_flag=True, help=_("Make the records that references miss, by their name."))
@click.option(
    "--create-as",
    type=click.Choice(["person", "provider"]),
    default=None,
    help=_("The same, where a reference may be of either."),
)
@click.option(
    "--reason", default="", help=_("Why functions leave the house before their map is complete; journaled.")
)
@click.option(
    "--if-unchanged", "seen", type=click.IntRange(0), metavar="N",
    help=_("Only if nobody wrote the same fields after the journal's entry N: export says which."),
)  # fmt: skip
@click.option("--link", is_flag=True, help=_("Put the new records in place of the names typed before."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def import_(
    *,
    name: str,
    file: Path | None,
    dry_run: bool,
    sheet: str,
    maps: tuple[str, ...],
    forget_map: bool,
    create: bool,
    create_as: str | None,
    reason: str,
    link: bool,
    seen: int | None,
    as_json: bool,
) -> int:
    chosen = named(name)
    if not chosen.editable:
        fail(_("These records are never edited, so none is imported: cockpit decide writes one."), 2)
    given = said_of_columns(chosen, maps)
    workspace = options().workspace()
    if forget_map:
        _forget(workspace, chosen, quiet=as_json)
    if file is None:
        if forget_map:
            return 0
        fail(_("give the file to read, or - for standard input"), 2)
    sheets = read_sheets(file, sheet)
    if given:
        columns.remember(workspace, chosen, given)
    plan = importing.plan(
        workspace,
        chosen,
        sheets,
        given=given,
        create=create or create_as is not None,
        create_as=create_as or "",
        reason=reason,
    )
    if not dry_run and not plan.faults:
        try:
            importing.run(workspace, plan if seen is None else replace(plan, seen=seen))
        except Overtaken as error:
            fail("\n".join((meanwhile.in_words(workspace, error), _("Nothing was imported."))))
    if as_json:
        print_json(plan_json(plan, dry_run))
    else:
        explain(plan, dry_run)
        click.echo(
            "".join(f"{told}\n" for told in importing.after(workspace, plan, done=not dry_run)), nl=False
        )
    if not dry_run and not plan.faults and not as_json:
        _prices(workspace, plan)
    if not dry_run and not plan.faults:
        link_names(workspace, agreed_already=link, quiet=as_json)
    return 1 if plan.faults else 0


def read_sheets(file: Path, sheet: str = "") -> Sequence[Sheet]:
    """The sheets of a file, or of standard input for `-`. Ends the command where it cannot be read."""
    try:
        return table.read(_bytes(file), sheet)
    except table_sheet.UnreadableFile as error:
        fail(_("{path}: {what}").format(path=file, what=error), 2)


def said_of_columns(chosen: Register, maps: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for each in maps:
        heading, equals, field = each.rpartition("=")
        if not equals or not heading.strip():
            fail(_("--map “{text}”: write COLUMN=FIELD, or COLUMN= to ignore it").format(text=each), 2)
        try:
            given[heading.strip()] = columns.field_named(chosen, field)
        except columns.UnknownField as error:
            fail(_("{name}: {value}").format(name="--map", value=error), 2)
    return given


def _forget(workspace: Workspace, chosen: Register, *, quiet: bool) -> None:
    before = columns.forget(workspace, chosen)
    if not quiet:
        click.echo(
            ngettext("{n} column forgotten", "{n} columns forgotten", len(before)).format(n=len(before)), err=True
        )  # fmt: skip


def _bytes(file: Path) -> bytes:
    # One byte more than is read at most tells that there is more.
    if str(file) == "-":
        return sys.stdin.buffer.read(table_sheet.MAX_BYTES + 1)
    with file.open("rb") as opened:
        return opened.read(table_sheet.MAX_BYTES + 1)


def plan_json(plan: Plan, dry_run: bool) -> dict[str, object]:
    """A plan as JSON has it."""
    return {
        "register": plan.register.name,
        "imported": not dry_run and not plan.faults,
        "new": plan.count("new"),
        "changed": plan.count("changed"),
        "unchanged": plan.count("same"),
        "created": [{"register": made.name, "name": name} for made, name in plan.made],
        "faults": [
            {"line": f.line, "column": f.column, "value": f.value, "what": f.what, "way": _way(f)}
            for f in plan.faults
        ],
        "notes": list(plan.notes),
        "sheet": plan.sheet,
        "columns": [
            {"heading": c.heading, "field": c.field, "how": c.how.value, "guess": c.guess}
            for c in plan.columns
        ],
        "ignored_columns": list(plan.ignored),
    }


def explain(plan: Plan, dry_run: bool, *, asks: bool = False) -> None:
    """Say what the plan writes, line by line, what is wrong and, where nobody `asks`, what became of it."""
    moved = [line for line in plan.lines if line.values]
    for line in moved[:LISTED]:
        click.echo(_line(plan.register, line))
    if left := len(moved[LISTED:]):
        click.echo(ngettext("… and {n} more", "… and {n} more", left).format(n=left))
    for made, name in plan.made:
        click.echo(_("also new: {register} {name}").format(register=_(made.singular), name=name))
    for column in plan.columns:
        words = _column(plan.register, column)
        if words:
            click.echo(words)
    for note in plan.notes:
        click.echo(note)
    for fault in plan.faults:
        click.echo(_fault(fault), err=True)
    if plan.ignored:
        click.echo(_("columns ignored: {names}").format(names=", ".join(plan.ignored)))
    click.echo(plan.summary())
    if plan.faults:
        click.echo(_("Nothing was imported."), err=True)
    elif not moved:
        click.echo(_("Nothing to write: all is there already."))
    elif dry_run:
        click.echo(_("Dry run: nothing was written."))
    elif not asks:
        click.echo(_("Imported. Undo: cockpit undo"))


def _prices(workspace: Workspace, plan: Plan) -> None:
    """What the first new providers, tools or rituals cost a year."""
    if plan.register.name not in added.PRICED:
        return
    names = [line.name for line in plan.lines if line.values and line.found is None]
    marks = ", ".join("?" * len(names[:PRICED]))
    rows = workspace.conn.execute(
        f"SELECT code, name FROM {plan.register.name} WHERE archived_at IS NULL AND name IN ({marks}) ORDER BY number",
        names[:PRICED],
    )
    for row in rows.fetchall():
        if words := added.notice(workspace, plan.register.name, row["code"]):
            click.echo(f"  {row['code']} {row['name']} · {words}")
    if left := len(names[PRICED:]):
        click.echo("  " + ngettext(
            "{n} more: its page says its yearly price", "{n} more: their pages say their yearly price", left
        ).format(n=left))  # fmt: skip


def _line(chosen: Register, line: PlanLine) -> str:
    code = line.found.code if line.found else _("new")
    changed = "" if line.found is None else " · " + ", ".join(_(chosen.field(n).label) for n in line.values)
    if line.shown and changed:
        changed += f" → {line.shown}"
    shown = f" · {line.shown}" if line.shown and line.found is None else changed
    return _("line {n}: {code} {subject}").format(n=line.number, code=code, subject=line.name) + shown


def _column(chosen: Register, column: FileColumn) -> str:
    """What is worth saying of a column: who said where it goes, or what it looks like."""
    if column.how is How.GUESS:
        option = f'--map "{column.heading}={column.guess}"'
        label = columns.label(chosen, column.guess)
        return _("column “{heading}”: is it {label}? Then add {option}").format(
            heading=column.heading, label=label, option=option
        )
    if column.how in (How.REMEMBERED, How.GIVEN):
        label = columns.label(chosen, column.field) if column.is_read else _("ignored")
        return _("column “{heading}”: {label}, remembered; --forget-map forgets it").format(
            heading=column.heading, label=label
        )
    return ""


def _fault(fault: FileFault) -> str:
    way = _way(fault)
    line = _("line {n}, {what}").format(n=fault.line, what=said(fault))
    return f"{line} → {way}" if way else line


def _way(fault: FileFault) -> str:
    ways = [fault.way] if fault.way else []
    if len(fault.missing) == 1:
        singular = _(REGISTERS[fault.missing[0]].singular)
        ways.append(_("--create makes this {register}").format(register=singular))
    elif fault.missing:
        ways.append(_("--create-as person or --create-as provider makes it"))
    if fault.wants_reason:
        ways.append(_("--reason lets it pass, and the journal keeps it"))
    return " · ".join(ways)

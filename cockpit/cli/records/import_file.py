"""`cockpit import FILE`: a spreadsheet of blockers, priorities or anything else, looked at before it is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.cli.records.importing import explain, plan_json, read_sheets, said_of_columns
from cockpit.cli.records.linking import link_names
from cockpit.cli.records.register_names import NAMES, named
from cockpit.domain.records.record import Register
from cockpit.locale import _
from cockpit.services.desk import meanwhile
from cockpit.services.desk.workspace import Workspace
from cockpit.services.spreadsheets import columns, importing
from cockpit.services.spreadsheets.columns import How
from cockpit.services.spreadsheets.meant import meant
from cockpit.services.spreadsheets.plan import Plan
from cockpit.sources.table.sheet import Sheet
from cockpit.store.journal import Overtaken


@click.command(
    "import",
    help=_(
        "Read a spreadsheet (CSV, XLSX) of blockers, priorities or any register. At a terminal the plan is shown and"
        " you are asked; elsewhere it is written when no line is wrong."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--into", type=NAMES, metavar="NAME", default=None,
    help=_("The register it goes into; without it, the file's name, its sheets or its headings say."),
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Show what would change; write nothing."))
@click.option("--sheet", default="", metavar="NAME", help=_("Sheet of the workbook to read."))
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=FIELD",
    help=_("Where a column goes; without a field it is ignored. Remembered."),
)  # fmt: skip
@click.option("--create", is_flag=True, help=_("Make the records that references miss, by their name."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def import_file(
    *, file: Path, into: str | None, dry_run: bool, sheet: str, maps: tuple[str, ...], create: bool, as_json: bool
) -> int:  # fmt: skip
    workspace = options().workspace()
    sheets = read_sheets(file, sheet)
    asks = not as_json and not dry_run and str(file) != "-" and sys.stdin.isatty() and sys.stdout.isatty()
    chosen = named(into) if into else _register(file, sheets)
    given = said_of_columns(chosen, maps)
    if given:
        columns.remember(workspace, chosen, given)
    plan = importing.plan(workspace, chosen, sheets, given=given, create=create)
    if asks:
        plan, create = _asked(workspace, plan, sheets, create=create)
    if as_json:
        written = not dry_run and not plan.faults and _write(workspace, plan)
        print_json(plan_json(plan, not written))
        return 1 if plan.faults else 0
    if not asks:
        if not dry_run and not plan.faults:
            _write(workspace, plan)
        explain(plan, dry_run)
    else:
        click.echo(_("{file} → {register}").format(file=file.name, register=_(chosen.title)))
        explain(plan, dry_run, asks=True)
        if plan.faults or not any(line.values for line in plan.lines):
            return 1 if plan.faults else 0
        if not agreed(_("Write it?"), default=True):
            click.echo(_("Nothing was imported."))
            return 0
        _write(workspace, plan)
        click.echo(_("Imported. Undo: cockpit undo"))
    if not dry_run and not plan.faults:
        link_names(workspace, agreed_already=False, quiet=False)
    return 1 if plan.faults else 0


def _register(file: Path, sheets: Sequence[Sheet]) -> Register:
    found = meant("" if str(file) == "-" else file.name, sheets)
    if len(found) != 1:
        _unclear(found)
    return found[0]


def _unclear(found: Sequence[Register]) -> NoReturn:
    names = ", ".join(_(each.title).lower() for each in found)
    why = (
        _("this file may be of several registers: {names}").format(names=names)
        if found
        else _("no heading of this file is that of a register")
    )
    fail(f"{why}\n→ " + _("say which with --into, for example --into blockers"), 2)


def _asked(
    workspace: Workspace, plan: Plan, sheets: Sequence[Sheet], *, create: bool
) -> tuple[Plan, bool]:  # fmt: skip
    """The plan once a person has said where doubtful columns go and whether what is missing is made."""
    chosen, said = plan.register, {}
    for column in plan.columns:
        if column.how is How.GUESS:
            label = columns.label(chosen, column.guess)
            question = _("Column “{heading}”: is it {label}?").format(heading=column.heading, label=label)
            said[column.heading] = column.guess if agreed(question, default=True) else columns.IGNORED
    if said:
        columns.remember(workspace, chosen, said)
        plan = importing.plan(workspace, chosen, sheets, create=create)
    if not create and (plan.has_words or plan.missing):
        with_them = importing.plan(workspace, chosen, sheets, create=True)
        if with_them.made:
            names = ", ".join(f"{_(register.singular)} {name}" for register, name in with_them.made)
            create = agreed(_("Make what is not known yet: {names}?").format(names=names), default=True)
            plan = with_them if create else plan
    return plan, create


def _write(workspace: Workspace, plan: Plan) -> bool:
    try:
        importing.run(workspace, plan)
    except Overtaken as error:
        fail("\n".join((meanwhile.in_words(workspace, error), _("Nothing was imported."))))
    return True

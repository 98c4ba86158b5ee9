"""`cockpit register`: the registers to and from CSV."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cockpit.cli.options import common, fail, options, print_json
from cockpit.domain.record import Register
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.locale import _
from cockpit.services import registers
from cockpit.services.as_json import of_record
from cockpit.services.registers import Plan

MAX_BYTES = 20 * 1024 * 1024
PLURALS = {
    "functions": "function",
    "people": "person",
    "providers": "provider",
    "contracts": "contract",
    "policies": "policy",
    "circuits": "circuit",
    "rituals": "ritual",
    "decisions": "decision",
    "dossiers": "dossier",
    **{f"{name}s": name for name in ORGANISATION if name not in ("person", "policy", "process", "access")},
    "processes": "process",
    "accesses": "access",
}
NAMES = click.Choice([*ORGANISATION, *PLURALS])


@click.group("register", help=_("Registers: functions, people, providers, contracts, rituals."))
@common
def register() -> None:
    return


@register.command("fields", help=_("The columns of a register, for a CSV file."))
@click.argument("name", type=NAMES)
@common
def fields(name: str) -> None:
    for field in REGISTERS[PLURALS.get(name, name)].fields:
        choices = ", ".join(field.choices) or _(field.help)
        click.echo(
            f"{field.name:<20} {field.kind:<8} {_(field.label)}" + (f" · {choices}" if choices else "")
        )


@register.command("export", help=_("Write a register as CSV, on standard output or into a file."))
@click.argument("name", type=NAMES)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help=_("File to write."))
@click.option(
    "--level",
    "--max-conf",
    "max_conf",
    type=click.IntRange(0, 3),
    default=3,
    show_default=True,
    help=_("Highest confidentiality to write."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def export(name: str, output: Path | None, max_conf: int, as_json: bool) -> None:
    workspace = options().workspace().behind(max_conf)
    chosen = REGISTERS[PLURALS.get(name, name)]
    if as_json:
        print_json([of_record(r, chosen) for r in registers.all_of(workspace, chosen) if r.conf <= max_conf])
        return
    text = registers.export_csv(workspace, chosen, max_conf)
    if output is None:
        click.echo(text, nl=False)
    else:
        if output.exists():
            fail(_("{path} exists already; choose another name").format(path=output), 2)
        with os.fdopen(
            os.open(output, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            file.write(text)
        click.echo(_("{path} written").format(path=output))


@register.command(
    "import",
    help=_("Read a CSV file. Nothing is imported while a line is wrong; --dry-run shows what would change."),
)
@click.argument("name", type=NAMES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Show what would change; write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def import_(name: str, file: Path, dry_run: bool, as_json: bool) -> int:
    if not REGISTERS[PLURALS.get(name, name)].editable:
        fail(_("These records are never edited, so none is imported: cockpit decide writes one."), 2)
    workspace = options().workspace()
    plan = registers.plan_import(workspace, REGISTERS[PLURALS.get(name, name)], _read(file))
    if not dry_run and not plan.faults:
        registers.run_import(workspace, plan)
    if as_json:
        print_json(_plan_json(plan, dry_run))
    else:
        _explain(plan, REGISTERS[PLURALS.get(name, name)], dry_run)
    return 1 if plan.faults else 0


def _read(file: Path) -> str:
    raw = sys.stdin.buffer.read(MAX_BYTES + 1) if str(file) == "-" else file.open("rb").read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        fail(_("{path} is larger than 20 MB; split it").format(path=file), 2)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows write when they are not asked for UTF-8.
        return raw.decode("cp1252", errors="replace")


def _plan_json(plan: Plan, dry_run: bool) -> dict[str, object]:
    return {
        "register": plan.register.name,
        "imported": not dry_run and not plan.faults,
        "new": plan.count("new"),
        "changed": plan.count("changed"),
        "unchanged": plan.count("same"),
        "faults": [{"line": f.line, "column": f.column, "what": f.what} for f in plan.faults],
        "ignored_columns": list(plan.ignored),
    }


def _explain(plan: Plan, chosen: Register, dry_run: bool) -> None:
    for line in plan.lines:
        if line.kind != "same":
            subject = line.values.get(chosen.subject) or getattr(line.found, chosen.subject, "")
            code = line.found.code if line.found else _("new")
            changed = (
                "" if line.found is None else " · " + ", ".join(_(chosen.field(n).label) for n in line.values)
            )
            click.echo(
                _("line {n}: {code} {subject}").format(n=line.number, code=code, subject=subject) + changed
            )
    for fault in plan.faults:
        where = _("line {n}").format(n=fault.line) + (f" [{fault.column}]" if fault.column else "")
        click.echo(f"{where}: {fault.what}", err=True)
    if plan.ignored:
        click.echo(_("columns ignored: {names}").format(names=", ".join(plan.ignored)))
    click.echo(plan.summary())
    if plan.faults:
        click.echo(_("Nothing was imported."), err=True)
    elif dry_run:
        click.echo(_("Dry run: nothing was written."))
    else:
        click.echo(_("Imported. Undo: cockpit undo"))

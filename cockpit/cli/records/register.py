"""`cockpit register`: the registers to and from files."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit.cli.kit.options import common, fail, options, print_json, print_json_each
from cockpit.cli.records.importing import import_
from cockpit.cli.records.linking import link
from cockpit.cli.records.register_names import ALL, NAMES, NAMES_OR_ALL, named, several
from cockpit.domain.registers import ORGANISATION
from cockpit.locale import _
from cockpit.services.records.registers import export_csv
from cockpit.services.spreadsheets import exporting


@click.group("register", help=_("Registers: {names}.").format(names=", ".join(ORGANISATION)))
@common
def register() -> None:
    return


@register.command("fields", help=_("The columns of a register, for a CSV file."))
@click.argument("name", type=NAMES, metavar="NAME")
@common
def fields(name: str) -> None:
    for field in named(name).fields:
        choices = ", ".join(field.choices) or _(field.help)
        click.echo(
            f"{field.name:<20} {field.kind:<8} {_(field.label)}" + (f" · {choices}" if choices else "")
        )


@register.command(
    "export",
    help=_(
        "Write a register, or all of them: CSV on standard output, or a file that ends with .csv, .xlsx or .json."
    ),
)
@click.argument("name", metavar="NAME", type=NAMES_OR_ALL)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=_("File to write; for all, a workbook, a .json or a folder of .csv."),
)
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
    chosen = several(name)
    if output is None and name == ALL and not as_json:
        fail(_("CSV holds one register: give --output with a folder or a .xlsx, or --json"), 2)
    workspace = options().workspace().behind(max_conf)
    if output is not None:
        try:
            written = exporting.write(workspace, chosen, output.expanduser(), max_conf, as_json=as_json)
        except exporting.CannotExport as error:
            fail(str(error), 2)
        for path in written:
            click.echo(_("{path} written").format(path=path))
        # Who edits the file and brings it back may be the second to write.
        again = _("edited and imported again, add --if-unchanged {n}: what others wrote meanwhile is told")
        click.echo(again.format(n=workspace.written), err=True)
    elif as_json:
        if name == ALL:
            print_json({each.name: list(exporting.in_json(workspace, each, max_conf)) for each in chosen})
        else:
            print_json_each(exporting.in_json(workspace, chosen[0], max_conf))
    else:
        click.echo(export_csv(workspace, chosen[0], max_conf), nl=False)


@register.command("schema", help=_("A JSON Schema of the records, as export --json gives them."))
@click.argument("name", metavar="NAME", type=NAMES_OR_ALL, default=ALL)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def schema(name: str, as_json: bool) -> None:
    from cockpit.services.spreadsheets import schema as register_schema

    # A schema has no other form than JSON: --json says it for those who write it everywhere.
    chosen = several(name)
    print_json(register_schema.all_schemas(chosen) if name == ALL else register_schema.schema(chosen[0]))


register.add_command(import_)
register.add_command(link)

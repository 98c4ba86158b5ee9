"""`cockpit ritual`: templates, a new ritual, and the calendar file of all of them."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit import files
from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.two_names import TwoNames
from cockpit.cli.meetings import live
from cockpit.domain.time.written_hours import translated
from cockpit.locale import _, current
from cockpit.services.costs import added
from cockpit.services.meetings import ics as ritual_ics
from cockpit.services.meetings import templates as ritual_templates


@click.group("ritual", cls=TwoNames, help=_("Rituals: templates, a new one, an .ics file, minutes."))
@common
def ritual() -> None:
    return


ritual.add_command(live.minutes_of)
ritual.add_command(live.agenda_of)


@ritual.command("templates", help=_("The rituals that come ready."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def templates(as_json: bool) -> None:
    workspace = options().workspace()
    found = [(each, ritual_templates.rule_here(workspace, each)) for each in ritual_templates.templates()]
    if as_json:
        print_json([{"key": each.key, **each.values(rule)} for each, rule in found])
        return
    for each, rule in found:
        click.echo(f"{each.key:<10} {each.title} · {translated(rule, current())} · {each.minutes} min")
        for step in each.steps:
            box = f"{step.seconds // 60} min" if step.seconds % 60 == 0 else f"{step.seconds} s"
            click.echo(f"{'':<10}   {box:>6}  {ritual_templates.title_of(step)}")


@ritual.command("add", help=_("Make a ritual of a template: cockpit ritual add flash --rule 'mon-thu 11:45'"))
@click.argument("template")
@click.option("--rule", default="", help=_("When; without it, as the template says."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def add(template: str, rule: str, as_json: bool) -> None:
    found = ritual_templates.named(template)
    if found is None:
        known = ", ".join(each.key for each in ritual_templates.templates())
        fail(_("{name}: no such template; there are {known}").format(name=template, known=known), 2)
    workspace = options().workspace()
    rule = rule or ritual_templates.rule_here(workspace, found)
    try:
        code = ritual_templates.add(workspace, found, rule)
    except ValueError as error:
        fail(str(error), 2)
    priced = added.notice(workspace, "ritual", code)
    if as_json:
        print_json({"code": code, **found.values(rule), "price": priced})
    else:
        click.echo(_("{code} saved · undo: cockpit undo").format(code=code))
        click.echo(f"  {found.title} · {translated(rule, current())}")
        click.echo(f"  {priced}")


ritual.add_command(add, "ajouter")


@ritual.command(
    "ics", help=_("Every ritual as a calendar, into a file to subscribe to or on standard output.")
)
@level
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@common
def ics(file: Path | None, level: int) -> None:
    workspace = options().workspace()
    if file is None:
        click.echo(ritual_ics.to_ics(workspace, level), nl=False)
        return
    try:
        ritual_ics.write(workspace, file, level)
    except OSError as error:
        fail(_("{path} could not be written: {why}").format(path=file, why=files.why(error)), 1)
    click.echo(_("{path} written").format(path=file))

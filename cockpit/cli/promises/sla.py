"""`cockpit sla`: what providers owe, what a target would give, and what happens to a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers.clock import PAUSES
from cockpit.locale import _
from cockpit.services.desk import as_json as plain
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.row import printed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import rows


@click.group(
    "sla",
    invoke_without_command=True,
    help=_(
        "Deadlines in business hours, the nearest first; what a target would give; what happens to a clock."
    ),
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def sla(context: click.Context, as_json: bool, level: int) -> None:
    from cockpit.services.promises.open import slas

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    found, names, now = slas(workspace), workspace.names(), workspace.now()
    if as_json:
        print_json([rows.sla_json(row, now, names) for row in found])
        return
    if not found:
        click.echo(
            _("No deadline is running. Add sla:4ho to a blocker, or a resolution target to a contract.")
        )
    for row in found:
        click.echo(rows.sla(row, now, names).printed)


@sla.command("due", help=_("What a target would give, without storing anything: cockpit sla due 4ho"))
@click.argument("target")
@click.option("--from", "start", metavar="TIME", help=_("When it starts; now without it."))
@click.option(
    "--calendar", "calendar", default="company", metavar="NAME_OR_FILE",
    help=_("company, a contract, provider or person by name or code, hours such as 24x7, or a JSON file."),
)  # fmt: skip
@click.option("--pause", "pauses", multiple=True, metavar="FROM/TO", help=_("A pause; may be repeated."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def due(target: str, start: str | None, calendar: str, pauses: tuple[str, ...], as_json: bool) -> None:
    from cockpit.services.promises import what_if as service

    workspace = options().workspace()
    try:
        found = service.what_if(workspace, target, start or "", calendar, pauses)
    except service.CannotAnswer as refusal:
        if as_json:
            print_json({"error": refusal.reason, "field": refusal.field})
            raise SystemExit(2) from refusal
        fail(_("{name}: {value}").format(name=refusal.field, value=refusal.reason), 2)
    if as_json:
        print_json(service.to_json(found))
        return
    for label, value in service.in_words(workspace, found):
        click.echo(f"{label:<16} {value}")


@sla.command("show", help=_("One clock: what is left and its story."))
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def show(code: str, as_json: bool, level: int) -> None:
    from cockpit.services.promises import clock_rows, clock_view

    workspace = options().workspace().behind(level)
    found = clock_view.view(workspace, _clock_code(workspace, code))
    if found is None:
        fail(_("{code} has no clock").format(code=code.upper()), 1)
    names = workspace.names()
    if as_json:
        steps = [{"at": plain.plain(s.at), "what": s.text, "by": s.by} for s in found.steps]
        print_json({**rows.sla_json(found.row, found.at, names), "story": steps})
        return
    click.echo(rows.sla(found.row, found.at, names).printed)
    for line in printed(clock_rows.story(found, names)):
        click.echo(line)


@sla.command("answer", help=_("The provider answered, or the report came: cockpit sla answer B-41"))
@click.argument("code")
@common
def answer(code: str) -> None:
    from cockpit.services.promises import engagements

    _do(code, lambda workspace: engagements.answer(workspace, code.upper()), _("{code}: answered"))


@sla.command("pause", help=_("Stop the clocks of a case: cockpit sla pause B-41 --reason waiting_us"))
@click.argument("code")
@click.argument("note", nargs=-1)
@click.option(
    "--reason", required=True, type=click.Choice([r for r in PAUSES if r != "resolved"]),
    help=_("Why, and by that whose fault it is."),
)  # fmt: skip
@common
@click.option("--at", "at", metavar="TIME", help=_("Since when, if not now."))
def pause(code: str, note: tuple[str, ...], reason: str, at: str | None) -> None:
    from cockpit.services.promises import engagements

    def do(workspace: Workspace) -> object:
        return engagements.pause(workspace, code.upper(), reason, " ".join(note), _past(workspace, at))

    _do(code, do, _("{code} paused"))


@sla.command("resume", help=_("The clocks of a case go on."))
@click.argument("code")
@common
@click.option("--at", "at", metavar="TIME", help=_("Since when, if not now."))
def resume(code: str, at: str | None) -> None:
    from cockpit.services.promises import engagements

    _do(code, lambda w: engagements.resume(w, code.upper(), _past(w, at)), _("{code} goes on"))


@sla.command("waive", help=_("Excuse a passed promise; it stays counted: cockpit sla waive CK-3 storm"))
@click.argument("code")
@click.argument("why", nargs=-1, required=True)
@common
def waive(code: str, why: tuple[str, ...]) -> None:
    from cockpit.services.promises import engagements

    _do(code, lambda w: engagements.waive(w, code.upper(), " ".join(why)), _("{code} excused"))


@sla.command(
    "recount",
    help=_(
        "Apply today's promise and calendar to a running clock, or to those that a promise opened: from its"
        " start, anew, or from now on."
    ),
)
@click.argument("code")
@click.option(
    "--mode",
    required=True,
    type=click.Choice(["retroactive", "restart", "prospective"]),
    help=_("From when."),
)
@common
def recount(code: str, mode: str) -> None:
    from cockpit.services.promises import engagements

    _do(code, lambda w: engagements.count_again(w, code.upper(), mode), _("{code} counted again"))


@sla.command("report", help=_("How promises were kept over 30, 90 and 365 days, by provider and function."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def report(as_json: bool, level: int) -> None:
    from cockpit.services.promises import clock_rows
    from cockpit.services.promises import kept as service

    workspace = options().workspace().behind(level)
    found, names = service.respect(workspace), workspace.names()
    if as_json:
        print_json([service.to_json(each, names) for each in found])
        return
    for line in printed(clock_rows.kept(found, names)):
        click.echo(line)


def _do(code: str, deed: Callable[[Workspace], object], said: str) -> None:
    workspace = options().workspace()
    with refusals():
        deed(workspace)
    click.echo(said.format(code=code.upper()) + " · " + _("undo: cockpit undo"))


def _past(workspace: Workspace, text: str | None) -> datetime | None:
    if not text:
        return None
    found = understand_date(workspace, text, backwards=True)
    if found is None:
        fail(_("“{text}” is not a date; write for example 2026-11-23 or lundi").format(text=text), 2)
    return found


def _clock_code(workspace: Workspace, code: str) -> str:
    from cockpit.services.promises import clocks

    code = code.upper()
    if code.startswith("CK-"):
        return code
    found: Any = clocks.of_blocker(workspace, code)
    return str(
        next((c.code for c in reversed(found) if c.ended_at is None), found[-1].code if found else code)
    )

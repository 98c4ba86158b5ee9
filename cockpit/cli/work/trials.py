"""`cockpit trial`: what is tried out, and its verdict."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _


@click.command(
    "trial",
    help=_("What is tried out; end one: cockpit trial TL-2 keep // what was learned, or stop // why."),
)
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def trial(words: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.domain.registers.trial import Trial
    from cockpit.services.desk import as_json as plain
    from cockpit.services.work import trials

    workspace = options().workspace()
    shown = workspace.behind(level)
    code = words[0].upper() if words else ""
    with refusals():
        if len(words) > 1:
            verdict, learned = trials.understand(" ".join(words[1:]))
            trials.say(workspace, code, verdict, learned)
            click.echo(_("{code} saved · undo: cockpit undo").format(code=code), err=as_json)
        elif code:
            trials.trial(workspace, code)
    found = [
        each for each in shown.select(Trial, "trial", "archived_at IS NULL ORDER BY verdict != 'open', ends_on, number")
        if not shown.hides(each) and code in ("", each.code)
    ]  # fmt: skip
    if as_json:
        print_json([plain.of_record(each, REGISTERS["trial"]) for each in found])
        return
    names, today = shown.names(), shown.today()
    for each in found:
        click.echo(trials.row(each, names, today).printed)
    if not found:
        click.echo(_("Nothing is tried out: `cockpit register fields trial` says how to write a trial down."))

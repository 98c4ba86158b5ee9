"""`cockpit commitments`: what meetings decided and handed out with a date, late first."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command("commitments", help=_("What meetings decided and handed out with a date, late first."))
@click.option("--kept", multiple=True, metavar="CODE", help=_("This one was kept."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def commitments(kept: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.services.meetings import commitments as made

    if kept:
        with refusals():
            made.keep(options().workspace(), [code.upper() for code in kept])
    workspace = options().workspace().behind(level)
    found = [each for each in made.commitments(workspace) if not workspace.hides(each.record)]
    if as_json:
        print_json([made.to_json(each) for each in found])
        return
    for each in found:
        click.echo(made.line(workspace, each))
    if not found:
        click.echo(_("No commitment waits: what a meeting decides with a date comes here."))

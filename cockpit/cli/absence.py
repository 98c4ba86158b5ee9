"""`cockpit absence`: what happened while somebody was away, and what the next absence asks for."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command(
    "absence",
    help=_("The absence test: what was closed, decided and what waited while somebody was away; without a name, the"
           " chief executive and the pillars of the office."),
)  # fmt: skip
@click.argument("name", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def absence(name: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.services.absence import preparation, proof, rows
    from cockpit.services.desk import identities

    workspace = options().workspace().behind(level)
    codes = proof.tested(workspace)
    if name:
        with refusals():
            code = identities.identity(workspace.names(), ("person",), " ".join(name))
        if code not in workspace.names():
            fail(_("nobody is called “{name}”").format(name=" ".join(name)), 2)
        codes = (code,)
    with refusals():
        found = [proof.test(workspace, code) for code in codes]
    names = workspace.names()
    prepared = {
        each.code: tuple(one for one in preparation.to_prepare(workspace, each) if one.conf <= level)
        for one in found
        for each in one.to_come
    }
    if as_json:
        print_json([rows.to_json(each, prepared) for each in found])
        return
    for each in found:
        click.echo(rows.verdict(each).printed)
        for row in rows.dependence(each):
            click.echo(f"  {row.printed}")
        for done in each.absences:
            click.echo(f"  {rows.meanwhile(done).printed}")
        for coming in each.to_come:
            click.echo(f"  {rows.absence(coming, names).printed}")
            for one in prepared[coming.code]:
                click.echo(f"      {rows.to_prepare(one).printed}")
    if not found:
        click.echo(
            _(
                "Nobody to test yet: the chief executive is no person of the register, and no pillar is declared."
            )
        )

"""Names that were typed before their record was made: asked, and linked to it."""

from __future__ import annotations

import sys

import click

from cockpit.cli.kit.options import agreed, common, options, print_json
from cockpit.locale import _
from cockpit.services.changes import linking
from cockpit.services.desk.workspace import Workspace


@click.command("link", help=_("Put people and providers in place of the names that were typed before."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def link(yes: bool, as_json: bool) -> int:
    workspace = options().workspace()
    found = linking.unlinked(workspace)
    if as_json:
        for code, those in found.items() if yes else ():
            linking.link(workspace, code, those)
        print_json(
            [
                {"code": code, "linked": yes, "records": [each.record.code for each in those]}
                for code, those in found.items()
            ]
        )
        return 0
    link_names(workspace, agreed_already=yes, quiet=False)
    if not found:
        click.echo(_("Every name is that of its record already, or of nobody known."))
    return 0


def link_names(workspace: Workspace, *, agreed_already: bool, quiet: bool) -> None:
    """Ask of each record whether names that were typed before are it; where nobody can answer, say the way."""
    linking.tidy(workspace, me_alone=True)
    for code, those in linking.unlinked(workspace).items():
        question = linking.question(workspace, code, those)
        if not agreed_already and (quiet or not sys.stdin.isatty()):
            if not quiet:
                click.echo(f"{question} → cockpit register link")
            continue
        if agreed_already or agreed(question, default=True):
            linking.link(workspace, code, those)
            if not quiet:
                listed = ", ".join(dict.fromkeys(each.record.code for each in those))
                click.echo(_("{codes} linked to {name}").format(codes=listed, name=workspace.names()[code]))
        else:
            linking.leave(workspace, code, those)

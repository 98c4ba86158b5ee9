"""`cockpit audit`: the self-audit on the screen, its last result as text or JSON."""

from __future__ import annotations

import sys

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.locale import _


@click.command(
    "audit",
    help=_("The self-audit: twenty minutes to a first map, left and taken up again as you like."),
)
@click.option("--text", "as_text", is_flag=True, help=_("The last result and what changed, as text."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def audit(as_text: bool, as_json: bool, level: int) -> int:
    given = options()
    workspace = given.workspace()
    if not (as_text or as_json) and sys.stdin.isatty() and sys.stdout.isatty():
        from cockpit.cli.screen import open_screen

        return open_screen(workspace, given.arguments(), first="selfaudit")
    from cockpit.services.audits import self_audit_view

    shown = workspace.behind(level)
    found = self_audit_view.ended(shown)
    if found is None and as_json:
        print_json(None)
        return 0
    if found is None:
        fail(_("No self-audit was ended yet: cockpit audit, in a terminal, begins it."), 2)
    record, result = found
    if as_json:
        print_json(self_audit_view.to_json(shown, result, record))
    else:
        click.echo("\n".join(self_audit_view.to_text(shown, result, record)))
    return 0

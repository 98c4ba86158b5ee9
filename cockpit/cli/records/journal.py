"""`cockpit journal`: what was changed, and whether the seal holds."""

from __future__ import annotations

import click

from cockpit.cli.options import common, level, options, print_json
from cockpit.locale import _
from cockpit.services.records import history, rows
from cockpit.store import journal as stored


@click.group("journal", invoke_without_command=True, help=_("What was changed, by whom, newest first."))
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help=_("Entries at most.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def journal(context: click.Context, limit: int, as_json: bool, level: int) -> None:
    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    if as_json:
        print_json([history.to_json(entry) for entry in stored.entries(workspace.conn, limit=limit)])
        return
    for change in history.recent(workspace, limit):
        click.echo(f"{change.seq:>6}  {rows.change(change, coded=True).printed}")


@journal.command("verify", help=_("Check the seal of every entry."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def verify(as_json: bool) -> int:
    workspace = options().workspace()
    broken = stored.verify(workspace.conn)
    count, head = stored.head(workspace.conn)
    if as_json:
        print_json({"ok": broken is None, "entries": count, "head": head, "first_broken": broken})
    elif broken is None:
        click.echo(_("{n} entries, the chain holds. Seal: {hash}").format(n=count, hash=head))
    else:
        click.echo(
            _("The chain is broken at entry {n} of {count}: it was changed outside the program.\n"
              "→ compare with a backup: cockpit --db BACKUP journal verify").format(n=broken, count=count),
            err=True,
        )  # fmt: skip
    return 0 if broken is None else 1


journal.add_command(verify, "verifier")

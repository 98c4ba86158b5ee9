"""`cockpit phase`: what the company goes through, the day it leads to, and the dates before it."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command(
    "phase",
    help=_("The phase of the company: steady, growth, transformation or sale; without a word, what it is now. For the"
           " chief executive alone: below level 3 there is none."),
)  # fmt: skip
@click.argument("phase", nargs=-1)
@click.option("--since", default="", metavar="DATE", help=_("The day from which it holds; today without it."))
@click.option(
    "--for", "target", default="", metavar="DATE", help=_("The day it leads to: dates are counted back from it.")
)  # fmt: skip
@click.option("--note", default="", help=_("A few words about it."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def phase(*, phase: tuple[str, ...], since: str, target: str, note: str, as_json: bool, level: int) -> None:
    from cockpit.services.organisation import phase as made
    from cockpit.services.organisation import phase_rows as rows

    workspace = options().workspace()
    code = ""
    with refusals():
        if phase or since or target or note:
            code = made.said(workspace, " ".join(phase), since=since, target=target, note=note)
    shown = workspace.behind(level)
    found = made.current(shown)
    counted = made.dates(shown, found) if found else ()
    if as_json:
        print_json(rows.to_json(found, counted))
        return
    if found is None and shown.is_veiled:
        click.echo(_("Nothing is told of it at this level."))
        return
    if found is None:
        click.echo(_("No phase is said: cockpit phase steady, growth, transformation or sale."))
        return
    click.echo(rows.row(found, shown.today()).printed)
    for each in counted:
        click.echo(f"  {rows.legal(each, shown.today()).printed}")
    if made.awaits_day(shown):
        click.echo(_("  The dates before it wait for the day it leads to: cockpit phase --for 30/06/2027"))
    if made.is_sale(shown):
        from cockpit.services.documents.sale_file import gaps

        standing = gaps.standing(gaps.gap_list(shown, found.target_on))
        click.echo(_("Sale file: {what} · cockpit dossier lists it").format(what=standing))
    if code:
        click.echo(_("{code} saved · undo: cockpit undo").format(code=code))

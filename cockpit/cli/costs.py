"""`cockpit costs`, `cockpit spent`: what functions and providers really cost; time noted on a record."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command(
    "costs", help=_("What functions and providers cost over twelve months: invoiced, hidden, in all.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def costs(as_json: bool, level: int) -> None:
    from cockpit.domain.dataclasses import replace
    from cockpit.services.costs import accounts, rows

    found = accounts.costs(options().workspace().behind(level))
    found = replace(
        found,
        functions=tuple(each for each in found.functions if each.conf <= level),
        providers=tuple(each for each in found.providers if each.conf <= level),
    )
    if as_json:
        print_json(rows.to_json(found))
        return
    click.echo(rows.total(found))
    for title, lines in ((_("Functions"), found.functions), (_("Providers"), found.providers)):
        if lines:
            click.echo(f"\n{title}")
        for line in lines:
            click.echo(f"  {rows.cost(line).printed}")
    for what in found.missing:
        click.echo(f"! {what}")


@click.command("spent", help=_("Note time spent on a record: cockpit spent B-4 15"))
@click.argument("code")
@click.argument("minutes")
@common
def spent(code: str, minutes: str) -> None:
    from cockpit.services.costs import spending

    workspace = options().workspace()
    with refusals():
        total = spending.spend(workspace, code, spending.minutes_of(minutes))
    said = (
        _("{code}: {n} min in all · undo: cockpit undo")
        if spending.keeps_sum(code)
        else _("{code}: {n} min noted as a cost · undo: cockpit undo")
    )
    click.echo(said.format(code=code.upper(), n=total))

"""`cockpit today`: the three of the day, chosen among priorities and blockers."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.records.confidentiality import is_above
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.locale import _
from cockpit.services.desk import as_json as plain
from cockpit.services.records import find
from cockpit.services.work import moves, priorities, rows


@click.command(
    "today",
    help=_(
        "The three of the day. With the code of a priority or a blocker: choose it, or take it off again:"
        " cockpit today B-5; in place of another one: cockpit today B-5 --instead P-2"
    ),
)
@click.argument("code", required=False)
@click.option("--instead", default="", metavar="CODE", help=_("The one of today that gives way."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def today(code: str | None, instead: str, as_json: bool, level: int) -> int:
    workspace = options().workspace()
    with refusals():
        for named in filter(None, (code, instead)):
            if is_above(find.find(workspace, named)[1].conf, level):
                fail(_("{code} is above level {level}.").format(code=named.upper(), level=level), 2)
        if code and instead:
            priorities.instead(workspace, code.upper(), instead)
        elif code:
            _register, found = find.find(workspace, code)
            if isinstance(found, Blocker):
                priorities.toggle_blocker(workspace, found.code)
            else:
                moves.pick(workspace, code)
    shown = workspace.behind(level)
    chosen = [each for each in priorities.of_today(shown) if not shown.hides(each)]
    if as_json:
        print_json([plain.of_record(each, REGISTERS["priority"]) for each in chosen])
        return 0
    if not chosen:
        click.echo(_("Nothing is chosen for today: cockpit today CODE"))
    names, now = shown.names(), shown.now()
    for each in chosen:
        click.echo(rows.priority(each, now, names, top=True, core=False, carried=each.carried).printed)
    return 0

"""`cockpit drafts`: the lines that were not taken, refused or set aside, each ready to be typed again."""

from __future__ import annotations

from datetime import datetime

import click

from cockpit.cli.kit.kept import SHELL
from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.store.state import drafts as waiting


@click.command(
    "drafts",
    help=_(
        "Lines that were not taken, refused or set aside, oldest first: each goes when it is typed again, or when it is"
        " dropped."
    ),
)
@click.option(
    "--drop", "dropped", type=click.IntRange(1), metavar="N", help=_("Forget the line of that number.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def drafts(*, dropped: int | None, as_json: bool, level: int) -> None:
    workspace = options().workspace()
    # How confidential a line is that was never understood, nobody said.
    own = EVERYTHING if workspace.room is None else workspace.room
    lines = waiting.waiting(workspace.conn, who=workspace.own) if level >= own else []
    if dropped is not None:
        if dropped > len(lines):
            fail(_("there is no line {n}: cockpit drafts lists them").format(n=dropped), 2)
        waiting.drop(workspace.conn, lines[dropped - 1].key, workspace.own)
        click.echo(_("dropped: {line}").format(line=lines[dropped - 1].text))
        return
    if as_json:
        print_json([{"n": n, "at": each.at, "line": command(each)} for n, each in enumerate(lines, 1)])
        return
    for n, each in enumerate(lines, 1):
        at = datetime.fromisoformat(each.at).astimezone(workspace.zone)
        click.echo(f"{n:>2}  {dates.moment(at, workspace.now())}  {command(each)}")
    if not lines:
        click.echo(_("No line waits to be typed again."))


def command(line: waiting.WaitingLine) -> str:
    """What to type to have it taken: the command as it was, or the line behind the one that takes it."""
    place = line.key.partition("~")[0]
    kinds = {"new:blocker": "block", "new:priority": "priority", "new:decision": "decide"}
    if place == SHELL or place not in kinds:
        return line.text
    import shlex

    return f"cockpit {kinds[place]} {shlex.quote(line.text)}"

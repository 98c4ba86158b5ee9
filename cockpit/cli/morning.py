"""`cockpit review` and `cockpit prepare`: the morning review from the shell, and what is prepared for it."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers.statement import Statement
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


@click.command("review", help=_("The six steps of the morning review as text; nothing is marked by reading."))
@click.option("--done", is_flag=True, help=_("The review is done: the next one looks back to now."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def review(done: bool, as_json: bool, level: int) -> int:
    from cockpit.services.morning import review as service
    from cockpit.services.morning import text

    workspace = options().workspace()
    if done:
        ended = service.finish_from_outside(workspace)
        if as_json:
            print_json({"code": ended.code, "summary": ended.summary, "message": ended.message})
        else:
            click.echo(f"{ended.code} · {ended.summary} · " + _("undo: cockpit undo"))
        return 0
    room = workspace.behind(level)
    found = service.view(room, service.begin(room))
    if as_json:
        print_json(text.to_json(room, found))
    else:
        click.echo(text.to_text(found))
    return 0


@click.command(
    "prepare", help=_("What is to prepare, or the line about a record: cockpit prepare B-41 call before noon")
)
@click.argument("code", required=False)
@click.argument("line", nargs=-1)
@click.option("--rank", type=click.IntRange(1), help=_("Its place among the blockers of the review."))
@click.option("--done", is_flag=True, help=_("The day is prepared: note by whom and when."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def prepare(code: str | None, line: tuple[str, ...], rank: int | None, done: bool, as_json: bool) -> int:
    workspace = options().workspace()
    if code:
        return _write(workspace, code.upper(), " ".join(line), rank)
    if done:
        from cockpit.services.morning import prepared_lines, words

        click.echo(words.prepared_by(prepared_lines.finish(workspace), workspace.now()))
        return 0
    return _list(workspace, as_json)


def _write(workspace: Workspace, code: str, line: str, rank: int | None) -> int:
    from cockpit.services.morning import prepared_lines

    known = prepared_lines.prepared(workspace).lines.get(code)
    if not line and rank is None:
        click.echo(known.line if known else _("{code}: no line yet").format(code=code))
        return 0
    with refusals():
        prepared_lines.prepare(workspace, code, line or (known.line if known else ""), rank)
    click.echo(_("{code} prepared · undo: cockpit undo").format(code=code))
    return 0


def _list(workspace: Workspace, as_json: bool) -> int:
    from cockpit.services.boards.board import board
    from cockpit.services.morning import prepared_lines

    found = board(workspace)
    known = prepared_lines.prepared(workspace)
    left = prepared_lines.to_prepare(found, known)
    if as_json:
        print_json({
            "to_prepare": [
                {"code": each.code, "title": each.title, "severity": each.severity} for each in left
            ],
            "lines": {code: line.line for code, line in known.lines.items()},
        })  # fmt: skip
        return 0
    for each in left:
        sender = f"{each.sender} · " if isinstance(each, Statement) else ""
        click.echo(f"{each.code:<6} {each.severity.upper()} {sender}{each.title}")
    if left:
        hint = _("A line each: cockpit prepare {code} TEXT. Then: cockpit prepare --done")
        click.echo(hint.format(code=left[0].code))
    else:
        click.echo(_("Nothing is left to prepare. Say so: cockpit prepare --done"))
    return 0

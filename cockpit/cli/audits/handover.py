"""`cockpit handover`: the handover of somebody, from a template; the open ones."""

from __future__ import annotations

from datetime import date

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers.handover import HANDOVERS, Handover
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


@click.command(
    "handover",
    help=_("Begin the handover of a person or a provider; without a name, those that are under way."),
)
@click.argument("person", required=False)
@click.option("--kind", type=click.Choice(list(HANDOVERS)), help=_("Without it, the likely one."))
@click.option("--due", default="", metavar="DATE", help=_("First or last day, such as 31/12 or +4s."))
@click.option("--to", "taker", default="", metavar="NAME", help=_("Who takes over, or who welcomes."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def handover(person: str | None, kind: str | None, due: str, taker: str, *, as_json: bool, level: int) -> int:
    workspace = options().workspace()
    if not person:
        return _list(workspace.behind(level), as_json)
    from cockpit.services.audits import handovers
    from cockpit.services.records import find

    who, other = _named(workspace, person), _named(workspace, taker) if taker else ""
    day = _day(workspace, due)
    with refusals():
        _register, found = find.find(workspace, who)
        code = handovers.start(workspace, who, kind or handovers.usual_kind(workspace, found), day, other)
    shown = workspace.behind(level)
    (made,) = shown.select(Handover, "handover", "code = ?", (code,))
    if as_json:
        print_json(_as_json(shown, made))
        return 0
    click.echo(_("{code} saved · undo: cockpit undo").format(code=code))
    _print(shown, made)
    return 0


def _list(workspace: Workspace, as_json: bool) -> int:
    found = workspace.select(
        Handover, "handover",
        "archived_at IS NULL AND EXISTS (SELECT 1 FROM step WHERE step.handover = handover.code"
        " AND done_on IS NULL AND step.archived_at IS NULL) ORDER BY due, number",
    )  # fmt: skip
    if as_json:
        print_json([_as_json(workspace, each) for each in found])
        return 0
    for each in found:
        _print(workspace, each)
    if not found:
        click.echo(_("No handover is under way. One begins with: cockpit handover NAME --due 31/12"))
    return 0


def _named(workspace: Workspace, text: str) -> str:
    from cockpit.services.desk import forms, identities

    try:
        return identities.one(workspace.names(), ("person", "provider"), text)
    except forms.WrongValue as error:
        fail(str(error), 2)


def _day(workspace: Workspace, text: str) -> date | None:
    from cockpit.domain.records.record import Field, FieldKind
    from cockpit.services.desk import forms

    if not text:
        return None
    try:
        found = forms.read(workspace, Field(name="due", label="", kind=FieldKind.DATE), text, {})
    except forms.WrongValue as error:
        fail(str(error), 2)
    return found if isinstance(found, date) else None


def _print(workspace: Workspace, handover: Handover) -> None:
    from cockpit.services.audits import handovers

    click.echo(f"{handover.code} {handover.name}")
    for label, text, _code in handovers.lines(workspace, handover):
        click.echo(f"  {label:<16} {text}")


def _as_json(workspace: Workspace, handover: Handover) -> dict[str, object]:
    from cockpit.domain.registers import REGISTERS
    from cockpit.services.audits import handovers
    from cockpit.services.desk.as_json import of_record

    standing = handovers.standing(workspace, handover)
    return {
        **of_record(handover, REGISTERS["handover"]),
        "progress": {
            "done": standing.done, "all": standing.every, "late": standing.late, "days_left": standing.left,
        },
        "steps": [of_record(each, REGISTERS["step"]) for each in handovers.steps(workspace, handover.code)],
    }  # fmt: skip

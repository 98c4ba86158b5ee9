"""`cockpit flash`, `cockpit kickoff` and `cockpit ritual minutes`: agendas and minutes as text or JSON."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.plan import FLASH, KICKOFF


@click.command("flash", help=_("The agenda of the next flash point; the screen leads it (f)."))
@click.argument("ritual", required=False, default="")
@click.option("--agenda", "_agenda", is_flag=True, help=_("The agenda, which is also the default."))
@click.option("--minutes", is_flag=True, help=_("The minutes of the last one."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def flash(ritual: str, _agenda: bool, minutes: bool, as_json: bool, level: int) -> None:
    _print(FLASH, ritual, minutes=minutes, as_json=as_json, level=level)


@click.command(
    "kickoff", help=_("The agenda of the next kick-off and this week's plan; the screen leads it (k).")
)
@click.argument("ritual", required=False, default="")
@click.option("--agenda", "_agenda", is_flag=True, help=_("The agenda, which is also the default."))
@click.option("--minutes", is_flag=True, help=_("The minutes of the last one."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def kickoff(ritual: str, _agenda: bool, minutes: bool, as_json: bool, level: int) -> None:
    _print(KICKOFF, ritual, minutes=minutes, as_json=as_json, level=level)


@click.command("minutes", help=_("The minutes of a meeting, by its code such as RO-12."))
@click.argument("code")
@click.option("--write", is_flag=True, help=_("Write them into the folder again."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def minutes_of(code: str, write: bool, as_json: bool) -> None:
    from cockpit.services.desk.refusal import UnknownCode
    from cockpit.services.meetings import minutes

    workspace = options().workspace()
    code = code.upper()
    try:
        found = minutes.file_again(workspace, code) if write else minutes.stored(workspace, code)
    except UnknownCode:
        fail(_("{code} has no minutes.").format(code=code), 2)
    if as_json:
        print_json({"code": code, "path": found.path, "markdown": found.markdown})
    else:
        click.echo(found.path if write and not found.fault else found.markdown)
    if found.fault:
        fail(found.fault, 1)


@click.command("agenda", help=_("The agenda of any ritual, by its name or its code; the screen leads it."))
@click.argument("ritual")
@click.option("--minutes", is_flag=True, help=_("The minutes of the last one."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def agenda_of(ritual: str, minutes: bool, as_json: bool, level: int) -> None:
    _print("", ritual, minutes=minutes, as_json=as_json, level=level)


def _which(workspace: Workspace, kind: str, ritual: str) -> str:
    """The ritual that is meant: the one that is named, else the only one of the kind, else the next to come."""
    from cockpit.services.meetings import running_order

    known = running_order.led(workspace, kind)
    if not ritual:
        if len(known) > 1:
            names = ", ".join(f"{each.code} {each.name}" for each in known)
            click.echo(_("Which one? {names}").format(names=names), err=True)
        planned = [(running_order.prepare(workspace, each.code).planned, each.code) for each in known]
        return min(planned)[1] if planned else kind
    found = running_order.named(workspace, kind, ritual)
    if found is None:
        names = ", ".join(f"{each.code} {each.name}" for each in known)
        fail(_("{name}: no such ritual; there are {known}").format(name=ritual, known=names or "-"), 2)
    return found.code


def _print(kind: str, ritual: str, *, minutes: bool, as_json: bool, level: int) -> None:
    workspace = options().workspace().behind(level)
    kind = _which(workspace, kind, ritual) if ritual or not minutes else kind
    if minutes:
        _print_minutes(workspace, kind, as_json, level)
        return
    from cockpit.domain.meetings.minutes import to_markdown
    from cockpit.services.desk import as_json as plain
    from cockpit.services.meetings import live, running_order
    from cockpit.services.meetings.minutes import agenda_blocks

    before = running_order.prepare(workspace, kind)
    plan = live.week_plan(workspace, before.ritual) if before.kind == KICKOFF else ()
    if as_json:
        print_json({
            "ritual": before.ritual.code or None,
            "planned_at": plain.plain(before.planned),
            "shared_at": plain.plain(before.shared_at),
            "running": live.running(workspace, kind),
            "subjects": [
                {"code": s.code, "question": s.question, "owner": s.owner, "days": s.days,
                 "seconds": s.seconds, "conf": s.conf}
                for s in before.subjects
            ],
            "plan": [{"code": record.code, "title": record.title, "done": done} for record, done in plan],
        })  # fmt: skip
        return
    # Whoever types this owns the file: nothing is hidden from them unless they ask for it.
    click.echo(to_markdown(agenda_blocks(workspace, before, level)), nl=False)
    if plan:
        done = sum(kept for _record, kept in plan)
        click.echo("\n" + _("This week's plan: {done}/{total} done").format(done=done, total=len(plan)))
    for record, kept in plan:
        click.echo(f"{'✓' if kept else '○'} {record.code} {record.title}")


def _print_minutes(workspace: Workspace, kind: str, as_json: bool, level: int) -> None:
    from cockpit.services.meetings import minutes

    code = minutes.last_closed(workspace, kind)
    if not code:
        fail(_("No minutes yet: cockpit, then f or k, leads a meeting."), 2)
    found = minutes.stored(workspace, code)
    markdown = found.markdown if level >= EVERYTHING else _written_again(workspace, code, level)
    if as_json:
        print_json({"code": code, "path": found.path, "markdown": markdown})
    else:
        click.echo(markdown, nl=False)


def _written_again(workspace: Workspace, code: str, level: int) -> str:
    """The minutes as that room may read them: the kept ones hold names that it may not."""
    from cockpit.domain.meetings.minutes import SHARED, blocks, to_markdown
    from cockpit.services.meetings import live, minutes

    seen = live.view(workspace, code)
    if workspace.hides(seen.occurrence):
        fail(_("{code} is above level {level}.").format(code=code, level=level), 2)
    return to_markdown(list(blocks(minutes.build(workspace, seen), min(level, SHARED))))

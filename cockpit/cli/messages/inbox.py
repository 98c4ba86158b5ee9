"""`cockpit inbox`: what partners without an account sent in, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.statement import LEFT, TRIAGE
from cockpit.locale import _, ngettext
from cockpit.services.desk import as_json as plain
from cockpit.services.desk.workspace import Workspace


@click.group(
    "inbox", invoke_without_command=True, help=_("What partners sent in and nobody sorted, the worst first.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def inbox(context: click.Context, as_json: bool, level: int) -> None:
    from cockpit.services.messages import inbox as service
    from cockpit.services.messages import rows
    from cockpit.services.messages.unsorted import statements

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    found = statements(workspace)
    if as_json:
        print_json([plain.of_record(each, REGISTERS["statement"]) for each in found])
        return
    for each in found:
        click.echo(rows.statement(each, workspace.now()).printed)
        if each.triage == LEFT:
            way = _("cockpit inbox show {code}, then: inbox take {code}, or inbox refuse {code} WHY")
            click.echo(f"      → {way.format(code=each.code)}")
    if not found:
        click.echo(_("Nothing to sort.") if workspace.settings.inbox.is_open else _(
            "No way in yet: add [inbox] with a folder or a mailbox to {path}.").format(
                path=options().config_path))  # fmt: skip
    if problem := service.problem(workspace):
        click.echo(f"! {problem}", err=True)


@inbox.command("receive", help=_("Take what is new in the folder and in the mailbox."))
@common
def receive() -> int:
    from cockpit.services.upkeep import intake

    workspace = options().workspace()
    if not workspace.settings.inbox.is_open:
        fail(_("No way in yet: add [inbox] with a folder or a mailbox to {path}.").format(
            path=options().config_path), 1)  # fmt: skip
    found = asyncio.run(intake.take_in(workspace))
    click.echo(_("{taken} taken, {refused} refused").format(taken=found.taken, refused=found.refused))
    if found.growing:
        waiting = ngettext(
            "{n} file waits: it came or changed less than 5 s ago, and may not be whole; again in a moment",
            "{n} files wait: they came or changed less than 5 s ago, and may not be whole; again in a moment",
            found.growing,
        )
        click.echo(waiting.format(n=found.growing))
    if found.later:
        later = ngettext(
            "{n} more file is for the next turn", "{n} more files are for the next turn", found.later
        )
        click.echo(later.format(n=found.later))
    if found.approvals:
        answered = ngettext("{n} approval answered", "{n} approvals answered", found.approvals)
        click.echo(answered.format(n=found.approvals))
    if found.values:
        click.echo(
            ngettext("{n} value of a figure", "{n} values of figures", found.values).format(n=found.values)
        )
    for problem in found.problems:
        click.echo(f"! {problem}", err=True)
    return 1 if found.problems else 0


@inbox.command("show", help=_("A statement in full."))
@click.argument("code")
@level
@common
def show(code: str, level: int) -> None:
    from cockpit.domain.registers.statement import Statement
    from cockpit.store import records

    workspace = options().workspace().behind(level)
    found = records.get(workspace.conn, REGISTERS["statement"], code)
    if not isinstance(found, Statement):
        fail(_("{code} is not there").format(code=code.upper()), 1)
    click.echo(f"{found.code} {found.severity.upper()} {found.title}")
    click.echo(_("from {who}").format(who=found.sender) + (f" · {found.proof}" if found.proof else ""))
    became = f"{_(TRIAGE[found.triage])} {found.became}".rstrip()
    click.echo(_("{name}: {value}").format(name=became, value=found.reason) if found.reason else became)
    for line in (found.body, found.link):
        if line:
            click.echo(line)


@inbox.command("take", help=_("Take what could not be taken: it is sorted like the others."))
@click.argument("code")
@common
def take(code: str) -> None:
    from cockpit.services.messages import inbox as service

    _do(code, lambda workspace: service.take_anyway(workspace, code.upper()), _("{code} taken"))


@inbox.command("block", help=_("Make it a blocker."))
@click.argument("code")
@common
def block(code: str) -> None:
    from cockpit.services.messages import inbox as service

    _do(code, lambda workspace: service.make_blocker(workspace, code.upper()))


@inbox.command("alert", help=_("Put it among the alerts."))
@click.argument("code")
@common
def alert(code: str) -> None:
    from cockpit.services.messages import inbox as service

    _do(code, lambda workspace: service.raise_alert(workspace, code.upper()))


@inbox.command("note", help=_("Add it to the note of a blocker or a priority: cockpit inbox note IN-3 B-41"))
@click.argument("code")
@click.argument("record")
@common
def note(code: str, record: str) -> None:
    from cockpit.services.messages import inbox as service

    _do(code, lambda workspace: service.note_on(workspace, code.upper(), record.upper()))


@inbox.command("refuse", help=_("Nothing becomes of it, and why."))
@click.argument("code")
@click.argument("reason", nargs=-1, required=True)
@common
def refuse(code: str, reason: tuple[str, ...]) -> None:
    from cockpit.services.messages import inbox as service

    _do(code, lambda workspace: service.refuse(workspace, code.upper(), " ".join(reason)))


@inbox.command("thanks", help=_("The line of thanks, ready to send."))
@click.argument("code")
@common
def thanks(code: str) -> None:
    from cockpit.services.messages import inbox as service

    with refusals():
        letter = service.thanks(options().workspace(), code.upper())
    click.echo(f"{letter.subject}\n\n{letter.body}")


def _do(code: str, deed: Callable[[Workspace], object], said: str = "") -> None:
    with refusals():
        made = deed(options().workspace())
    click.echo((said or _("{code} sorted")).format(code=code.upper()) + (f": {made}" if made else ""))

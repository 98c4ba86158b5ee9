"""`cockpit expected`: an expected report came, or is asked for."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _


@click.command(
    "expected",
    help=_(
        "Reports that are owed; one came, with how complete it is, what it took and its figures: cockpit expected"
        " ER-2 '90 % 20m ; cash 182k'."
    ),
)
@click.argument("words", nargs=-1)
@click.option("--came", is_flag=True, help=_("It came today; nothing more is said of it."))
@click.option("--ask", is_flag=True, help=_("The letter that asks for it, and count the reminder."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def expected(*, words: tuple[str, ...], came: bool, ask: bool, as_json: bool, level: int) -> None:
    from cockpit.domain.registers.report import Report
    from cockpit.services.desk import as_json as plain
    from cockpit.services.figures import reports
    from cockpit.services.promises import expected as owed
    from cockpit.services.work import reminder

    workspace = options().workspace()
    shown = workspace.behind(level)
    code = words[0].upper() if words else ""
    with refusals():
        if ask and code:
            letter = reminder.reminder(workspace, code)
            reminder.note_reminder(workspace, code)
            head = _("To: {who}").format(who=letter.who)
            click.echo(f"{head}\n{letter.subject}\n\n{letter.body}")
            return
        if code and (came or len(words) > 1):
            said = reports.understand(workspace, " ".join(words[1:]))
            reports.receive(workspace, code, said)
            click.echo(_("{code} saved · undo: cockpit undo").format(code=code), err=as_json)
        elif code:
            owed.named(workspace, code)
    found = [
        each for each in shown.select(Report, "report", "archived_at IS NULL ORDER BY due IS NULL, due, number")
        if not shown.hides(each) and code in ("", each.code)
    ]  # fmt: skip
    if as_json:
        print_json([plain.of_record(each, REGISTERS["report"]) for each in found])
        return
    names = shown.names()
    for each in found:
        click.echo(reports.row(shown, each, names).printed)
    if not found:
        click.echo(
            _("No report is expected yet: `cockpit register fields report` says how to write one down.")
        )

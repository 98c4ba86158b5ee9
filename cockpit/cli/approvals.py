"""`cockpit approvals`: what waits for a yes; submit, approve, refuse, ask, answer, hand on, withdraw."""

from __future__ import annotations

from collections.abc import Callable

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import no_such_record, refusals
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace

LATE = 4
"""The exit code of `--check` when something waits for longer than its delay."""


@click.group(
    "approvals", invoke_without_command=True,
    help=_("What waits for a yes, of whom and since when; what was answered in the last two weeks."),
)  # fmt: skip
@click.option("--mine", is_flag=True, help=_("Only what waits for you."))
@click.option("--check", is_flag=True, help=_("End with 4 when the delay of something has passed."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def approvals(context: click.Context, *, mine: bool, check: bool, as_json: bool, level: int) -> int:
    from cockpit.services.approvals import queue, rows
    from cockpit.services.desk.row import Row

    if context.invoked_subcommand is not None:
        return 0
    workspace = options().workspace().behind(level)
    found = queue.queue(workspace)
    open_ = found.mine if mine else (*found.mine, *found.others)
    late = any(each.late for each in open_)
    if as_json:
        print_json({
            "waiting": [rows.to_json(each) for each in open_ if not each.hidden],
            "answered": [] if mine else [rows.to_json(each) for each in found.answered if not each.hidden],
            "approvers": [] if mine else [rows.approver_json(each) for each in found.approvers],
        })  # fmt: skip
        return LATE if check and late else 0
    shown = {each.record.code for each in open_}
    for key, part in rows.page(found, workspace.now(), workspace.names()):
        if mine and key not in shown:
            continue
        click.echo(f"  {part.printed}" if isinstance(part, Row) else f"── {getattr(part, 'text', '')}")
    if not open_:
        click.echo(_("Nothing waits for a yes. Submit with: cockpit approvals submit …"))
    return LATE if check and late else 0


@approvals.command(
    "submit",
    help=_(
        "Submit a line, or a record: cockpit approvals submit D-12, or: submit New folding machine 1 890 € +rh"
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1)
@click.option("--about", default="", metavar="CODE", help=_("The record that is submitted."))
@click.option("--amount", default="", help=_("What it commits, in euros."))
@click.option(
    "--kind", default="", metavar="KIND", help=_("decision, expense, document, minutes, answer, other.")
)
@click.option("--dry-run", is_flag=True, help=_("Show how the line is understood; store nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def submit(
    *, words: tuple[str, ...], about: str, amount: str, kind: str, dry_run: bool, as_json: bool
) -> None:
    from cockpit.cli.work.entry import opened
    from cockpit.cli.work.quick import eaten_words
    from cockpit.domain.registers import REGISTERS
    from cockpit.domain.registers.approval import KINDS
    from cockpit.domain.work.shell_words import eaten
    from cockpit.services.approvals import answering, queue, rows, submitting
    from cockpit.services.approvals.submitting import Submission
    from cockpit.services.desk import forms, refusal
    from cockpit.services.work import entry

    workspace, line = (options().workspace(), "") if about and not words else opened(words, "approval")
    begins, rest = ("", line) if about else submitting.subject_of(line)
    if kind and kind not in KINDS:
        fail(_("“{text}” is none of: {kinds}").format(text=kind, kinds=", ".join(KINDS)), 2)
    try:
        cents = forms.read(workspace, REGISTERS["approval"].field("amount"), amount, {})
        asked = Submission(
            entry.understand(workspace, rest),
            about or begins,
            cents if isinstance(cents, int) else None,
            kind,
        )
        found = submitting.prepared(workspace, asked)
        code = "" if dry_run else submitting.submit(workspace, asked)
    except refusal.UnknownCode as error:
        fail(no_such_record(str(error.args[0])), 2)
    except refusal.ORDINARY as error:
        fail(refusal.explain(error) + "\n" + _("Not saved: {line}").format(line=line or about), 2)
    names = workspace.names()
    who = names.get(found.who, found.who)
    if as_json:
        if code:
            print_json(rows.to_json(queue.lines(workspace, [answering.open_of(workspace, code)])[0]))
        else:
            print_json({"approver": found.who, "why": found.why, "title": found.values["title"]})
        return
    if code:
        click.echo(_("{code} submitted to {who} · undo: cockpit undo").format(code=code, who=who))
    else:
        click.echo(_("It would be submitted to {who}.").format(who=who))
    if found.why:
        click.echo(f"  ! {found.why}")
    if lost := eaten(words):
        click.echo("  ! " + eaten_words(lost, _("cockpit approvals submit")))


@approvals.command("approve", help=_("Yes: cockpit approvals approve AP-3"))
@click.argument("code")
@common
def approve(code: str) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.approve(workspace, code), _("{code} approved"))


@approvals.command("refuse", help=_("No, and why: cockpit approvals refuse AP-3 Too dear"))
@click.argument("code")
@click.argument("reason", nargs=-1, required=True)
@common
def refuse(code: str, reason: tuple[str, ...]) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.refuse(workspace, code, " ".join(reason)), _("{code} not approved"))


@approvals.command("ask", help=_("A question back: cockpit approvals ask AP-3 Is delivery included?"))
@click.argument("code")
@click.argument("question", nargs=-1, required=True)
@common
def ask(code: str, question: tuple[str, ...]) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.ask(workspace, code, " ".join(question)), _("{code}: question put"))


@approvals.command("answer", help=_("Answer the question that was put: cockpit approvals answer AP-3 It is"))
@click.argument("code")
@click.argument("text", nargs=-1, required=True)
@common
def answer(code: str, text: tuple[str, ...]) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.reply(workspace, code, " ".join(text)), _("{code} answered"))


@approvals.command("delegate", help=_("Somebody else answers: cockpit approvals delegate AP-3 Sophie"))
@click.argument("code")
@click.argument("who", nargs=-1, required=True)
@common
def delegate(code: str, who: tuple[str, ...]) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.delegate(workspace, code, " ".join(who)), _("{code} handed on"))


@approvals.command("withdraw", help=_("It is not asked any more: cockpit approvals withdraw AP-3"))
@click.argument("code")
@click.argument("reason", nargs=-1)
@common
def withdraw(code: str, reason: tuple[str, ...]) -> None:
    from cockpit.services.approvals import answering

    _do(code, lambda workspace: answering.withdraw(workspace, code, " ".join(reason)), _("{code} withdrawn"))


@approvals.command(
    "again", help=_("Ask again what was answered, as it reads now: cockpit approvals again AP-3")
)
@click.argument("code")
@common
def again(code: str) -> None:
    from cockpit.services.approvals import submitting

    _do(code, lambda workspace: submitting.again(workspace, code), _("{code} asked again"))


@approvals.command(
    "request", help=_("The request to somebody who has no cockpit, to be sent; --sent notes that it left.")
)
@click.argument("code")
@click.option("--sent", is_flag=True, help=_("Note that it was sent."))
@common
def request(code: str, sent: bool) -> None:
    from cockpit.services.approvals import answering, requests

    workspace = options().workspace()
    if sent:
        _do(code, lambda _workspace: answering.note_sent(workspace, code), _("{code}: request sent"))
        return
    with refusals():
        letter = requests.request(workspace, code)
    to = f"{letter.who} <{letter.address}>" if letter.address else letter.who
    click.echo(_("To: {who}").format(who=to) + f"\n{letter.subject}\n\n{letter.body}")


@approvals.command(
    "means", help=_("What an answer from outside says that you read: cockpit approvals means IN-4 yes")
)
@click.argument("statement")
@click.argument("words", nargs=-1, required=True)
@common
def means(statement: str, words: tuple[str, ...]) -> None:
    from cockpit.domain.approvals.replies import ReplyKind, read_reply
    from cockpit.services.approvals import from_inbox

    found = read_reply("", " ".join(words))
    if found.kind is ReplyKind.UNCLEAR:
        fail(_("write yes, no: why, or question: which one"), 2)
    _do(
        statement, lambda workspace: from_inbox.means(workspace, statement.upper(), found.kind, found.words),
        _("{code}: the answer is noted"),
    )  # fmt: skip


def _do(code: str, deed: Callable[[Workspace], object], said: str) -> None:
    with refusals():
        made = deed(options().workspace())
    also = f": {made}" if isinstance(made, str) else ""
    click.echo(said.format(code=code.upper()) + also + " · " + _("undo: cockpit undo"))

"""`cockpit decide`: a decision in one line, with what a register of decisions keeps of it."""

from __future__ import annotations

import sqlite3

import click

from cockpit.cli.kit.kept import is_typed
from cockpit.cli.kit.opening import broken, explain
from cockpit.cli.kit.options import common, fail, print_json
from cockpit.cli.kit.refusals import no_such_record
from cockpit.cli.work.entry import done, opened
from cockpit.cli.work.quick import eaten_words, not_saved
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.work.entry import to_json
from cockpit.domain.work.shell_words import eaten
from cockpit.locale import _
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import decisions, entry
from cockpit.services.work.decisions import Details


@click.command(
    "decide",
    help=_("Write down a decision in one line: cockpit decide We replace the router qui:Sophie // too old"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", nargs=-1)
@click.option("--question", default="", help=_("What was to be decided."))
@click.option("--option", "choices", multiple=True, help=_("One of the options; may be repeated."))
@click.option("--motive", default="", help=_("Why; a // note says the same."))
@click.option("--decider", default="", help=_("Who decided; without it, you."))
@click.option("--amount", default="", help=_("What it commits, in euros."))
@click.option("--review", default="", help=_("When to look at it again: a date."))
@click.option("--supersedes", default="", metavar="CODE", help=_("The decision that it takes the place of."))
@click.option("--on", "blocker", default="", metavar="CODE", help=_("The blocker that waits for it."))
@click.option("--dry-run", is_flag=True, help=_("Show how the line is understood; store nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def decide(
    *, words: tuple[str, ...], question: str, choices: tuple[str, ...], motive: str, decider: str, amount: str,
    review: str, supersedes: str, blocker: str, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    workspace, line = opened(words, "decision")
    if (
        words
        and words != ("-",)
        and any((question, choices, motive, decider, amount, review, supersedes, blocker))
    ):
        is_typed("", "")  # its options would be lost: the whole command waits
    said = entry.understand(workspace, line)
    given = _details(
        workspace, question=question, choices=choices, motive=motive, decider=decider, amount=amount,
        review=review, supersedes=supersedes,
    )  # fmt: skip
    if not said.title:
        fail(_("Nothing was saved: the line has no title."), 2)
    code = None
    try:
        judged = decisions.preview(workspace, said, given, blocker)
        if not dry_run and blocker:
            code = decisions.arbitrate(workspace, blocker, said, given)
        elif not dry_run:
            code = decisions.make(workspace, said, given)
    except refusal.UnknownCode as error:
        fail(no_such_record(str(error.args[0])), 2)
    except refusal.NotPossible as error:
        fail(
            _("{code}: nothing can be decided there: closed, superseded or of another kind.").format(
                code=error
            ),
            2,
        )
    except Refusal as refused:
        return not_saved(str(refused), line, 2)
    except sqlite3.DatabaseError as error:
        return not_saved(explain(broken(workspace, error)), line)
    if as_json:
        told = {"code": code} if code else {}
        print_json({**told, **to_json(said), "authority": judged})
        return done(workspace, line, "decision", words, 0) if code else 0
    if code:
        click.echo(_("{code} saved · undo: cockpit undo").format(code=code))
    click.echo(f"  {entry.summary(workspace, said)} · {judged}")
    for warning in entry.explain(workspace, said, "decision"):
        click.echo(f"  ! {warning}")
    if lost := eaten(words):
        click.echo("  ! " + eaten_words(lost, _("cockpit decide")))
    return done(workspace, line, "decision", words, 0) if code else 0


def _details(
    workspace: Workspace, *, question: str, choices: tuple[str, ...], motive: str, decider: str, amount: str,
    review: str, supersedes: str,
) -> Details:  # fmt: skip
    register, names = REGISTERS["decision"], workspace.names()
    try:
        cents = forms.read(workspace, register.field("amount"), amount, names)
        day = forms.read(workspace, register.field("review_on"), review, names)
    except forms.WrongValue as error:
        fail(str(error), 2)
    return Details(
        question=question, options=choices, motive=motive, decider=decider, supersedes=supersedes,
        amount=cents if isinstance(cents, int) else None,
        review_on=day if hasattr(day, "isoformat") else None,  # type: ignore[arg-type]
    )  # fmt: skip

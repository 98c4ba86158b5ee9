"""One record moved by a command: done, snooze, delegate, wait, next, escalate, undo, redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import click

from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.cli.kit.refusals import no_such_record
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.locale import _
from cockpit.services.desk import dates, identities, meanwhile, refusal
from cockpit.services.desk.date_phrases import understand_return, who_and_when, why_later
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history
from cockpit.services.work import moves
from cockpit.store.journal import JournalEntry, Overtaken
from cockpit.store.undo import UndoConflict

F = TypeVar("F", bound=Callable[..., Any])


def _told(entries: list[JournalEntry], as_json: bool, text: str, nothing: str) -> int:
    if as_json:
        print_json({"changed": [history.to_json(entry) for entry in entries]})
    else:
        click.echo(text if entries else nothing)
    return 0


def _on_record(
    workspace: Workspace,
    code: str,
    deed: Callable[[], list[JournalEntry]],
    as_json: bool,
    text: str,
    *,
    seen: int | None = None,
    typed: str = "",
) -> int:
    try:
        with workspace.as_of(workspace.written if seen is None else seen):
            entries = deed()
    except Overtaken as error:
        what = meanwhile.in_words(workspace, error)
        fail(_("{what} · without --if-unchanged yours is written over it").format(what=what))
    except refusal.UnknownCode as error:
        _refused(no_such_record(str(error.args[0])), typed)
    except refusal.NotPossible as error:
        _refused(str(error), typed)
    if entries and not as_json:
        text = "\n  ".join([f"{text} · " + _("undo: cockpit undo"), *meanwhile.before(workspace, entries[0])])
    return _told(entries, as_json, text, _("{code}: nothing to change.").format(code=code))


def _refused(why: str, typed: str) -> NoReturn:
    """Nothing was written; a line that was typed is given back."""
    given_back = "\n" + _("Not saved: {line}").format(line=clean(typed, TYPED_LIMIT)) if typed.strip() else ""
    fail(why + given_back, 2)


def _if_unchanged(function: F) -> F:
    """Add `--if-unchanged N`."""
    return click.option(
        "--if-unchanged", "seen", type=click.IntRange(0), metavar="N",
        help=_("Only if nobody wrote the same field after the journal's entry N (cockpit journal head)."),
    )(function)  # fmt: skip


@click.command("done", help=_("A blocker is solved, a priority done: cockpit done B-41"))
@click.argument("codes", nargs=-1, required=True)
@click.option("--lesson", default="", help=_("What was learned, in a line."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def done(codes: tuple[str, ...], lesson: str, as_json: bool, seen: int | None) -> int:
    workspace = options().workspace()
    shown = ", ".join(code.upper() for code in codes)
    text = _("{code} done").format(code=shown)
    ended = _on_record(
        workspace, shown, lambda: moves.done(workspace, codes, lesson), as_json, text, seen=seen, typed=lesson
    )
    if ended == 0 and not as_json:
        from cockpit.services.work import lessons

        for code in codes:
            if lessons.is_asked(workspace, code):
                asked = _("  ? it lasted, or came back: cockpit lesson {code} what was learned")
                click.echo(asked.format(code=code.upper()))
    return ended


@click.command(
    "lesson", help=_("Keep what a blocker taught: cockpit lesson B-41 Ask for the file before the 5th")
)
@click.argument("code")
@click.argument("words", nargs=-1, required=True)
@common
def lesson(code: str, words: tuple[str, ...]) -> None:
    from cockpit.services.work import lessons

    said = " ".join(words)
    try:
        kept = lessons.keep(options().workspace(), code, said)
    except refusal.UnknownCode:
        _refused(no_such_record(code.upper()), said)
    click.echo(_("{code} saved · undo: cockpit undo").format(code=kept))


@click.command("snooze", help=_("Out of sight until a date: cockpit snooze B-41 lundi"))
@click.argument("code")
@click.argument("when", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def snooze(code: str, when: tuple[str, ...], as_json: bool, seen: int | None) -> int:
    workspace = options().workspace()
    until = understand_return(workspace, " ".join(when))
    if until is None or until <= workspace.now():
        fail(
            _("“{text}” is not a date to come; write for example demain, lundi or 12/12").format(
                text=" ".join(when)
            ),
            2,
        )
    back = dates.moment(until, workspace.now())
    if later := why_later(workspace, " ".join(when), until):
        back = f"{back} ({later})"
    text = _("{code} comes back {when}").format(code=code.upper(), when=back)
    return _on_record(workspace, code, lambda: moves.snooze(workspace, code, until), as_json, text, seen=seen)


@click.command("delegate", help=_("Somebody else carries it: cockpit delegate P-3 Sophie vendredi"))
@click.argument("code")
@click.argument("who", nargs=-1, required=True)
@click.option("--remind", default="", help=_("When to ask about it."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def delegate(code: str, who: tuple[str, ...], remind: str, as_json: bool, seen: int | None) -> int:
    workspace = options().workspace()
    try:
        to, at = who_and_when(workspace, " ".join(who))
    except identities.SeveralNames as several:
        fail(str(several), 2)
    at = understand_return(workspace, remind, who=to) if remind else at
    if (remind or at) and (at is None or at <= workspace.now()):
        words = _("“{text}” is not a date to come; write for example demain, lundi or 12/12")
        fail(words.format(text=remind or " ".join(who)), 2)
    text = _("{code} delegated to {who}").format(
        code=code.upper(), who=identities.called(workspace.names(), to)
    )
    if at is not None:
        back = dates.moment(at, workspace.now())
        if later := why_later(workspace, remind or " ".join(who), at, who=to):
            back = f"{back} ({later})"
        text += " · " + _("comes back {when}").format(when=back)
    return _on_record(
        workspace, code, lambda: moves.delegate(workspace, code, to, at), as_json, text, seen=seen
    )


@click.command("wait", help=_("Who a record waits for; without a name, nobody: cockpit wait B-41 Paie+"))
@click.argument("code")
@click.argument("who", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def wait(code: str, who: tuple[str, ...], as_json: bool, seen: int | None) -> int:
    workspace = options().workspace()
    names = workspace.names()
    try:
        people = identities.listed(names, ("provider", "person"), " ".join(who))
    except identities.SeveralNames as several:
        fail(str(several), 2)
    text = _("{code} waits for {who}").format(
        code=code.upper(), who=identities.called(names, *people) or _("nobody")
    )
    return _on_record(
        workspace, code, lambda: moves.wait_for(workspace, code, people), as_json, text, seen=seen
    )


@click.command(
    "next",
    help=_(
        "The next five things to do with a new cockpit; with a code, what happens next: next B-41 appel à 12 h"
    ),
)
@click.argument("code", required=False)
@click.argument("words", nargs=-1)
@click.option(
    "--skip", metavar="NAME", multiple=True, help=_("Put one of the five aside for good; all: every one.")
)
@click.option("--again", is_flag=True, help=_("Propose again what was put aside."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def next_(
    *, code: str | None, words: tuple[str, ...], skip: tuple[str, ...], again: bool, as_json: bool, seen: int | None
) -> int:  # fmt: skip
    if code is None:
        from cockpit.cli.beginning.next_things import tell

        return tell(skip=skip, again=again, as_json=as_json)
    if not words:
        fail(_("write what happens next behind the code: cockpit next {code} …").format(code=code.upper()), 2)
    workspace = options().workspace()
    text = _("{code}: next step noted").format(code=code.upper())
    return _on_record(
        workspace,
        code,
        lambda: moves.next_step(workspace, code, " ".join(words)),
        as_json,
        text,
        seen=seen,
        typed=" ".join(words),
    )


@click.command("escalate", help=_("One step up the ladder: cockpit escalate B-41"))
@click.argument("code")
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@_if_unchanged
@common
def escalate(code: str, question: tuple[str, ...], as_json: bool, seen: int | None) -> int:
    from cockpit.services.work import escalation

    workspace = options().workspace()
    text = _("{code} escalated one level").format(code=code.upper())
    return _on_record(
        workspace,
        code,
        lambda: escalation.escalate(workspace, code, " ".join(question)),
        as_json,
        text,
        seen=seen,
        typed=" ".join(question),
    )


def _say_what_is_old(workspace: Workspace, *, ask: bool) -> None:
    """Before something of long ago is undone, what it is; where nobody can answer, it is left."""
    import sys

    from cockpit.services.changes.undoing import old_change

    old = old_change(workspace)
    if not old:
        return
    if not (ask and sys.stdin.isatty()):
        fail(_("Your last change is old: {what}. To undo it all the same: --yes").format(what=old))
    if not agreed(_("Undo {what}?").format(what=old)):
        raise click.Abort


def _reversal(name: str, help: str) -> click.Command:
    @click.command(name, help=help)
    @click.option("--yes", is_flag=True, help=_("Do not ask."))
    @click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
    @common
    def command(yes: bool, as_json: bool) -> int:
        workspace = options().workspace()
        if name == "undo" and not yes:
            _say_what_is_old(workspace, ask=not as_json)
        try:
            entries = workspace.undo() if name == "undo" else workspace.redo()
        except UndoConflict as conflict:
            fail(str(conflict))
        if name == "undo":
            text = _("Undone: {what}. Again: cockpit redo").format(what=history.describe(entries))
        else:
            text = _("Done again: {what}").format(what=history.describe(entries))
        return _told(
            entries, as_json, text, _("Nothing to undo.") if name == "undo" else _("Nothing to do again.")
        )

    return command


undo = _reversal("undo", _("Take back the last change you made."))
redo = _reversal("redo", _("Do again what you last took back."))

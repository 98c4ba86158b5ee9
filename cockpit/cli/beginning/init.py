"""`cockpit init`: the questions with which a company begins, each tried and kept as it is answered."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from cockpit import files, locale
from cockpit.cli.kit.opening import explain, open_workspace
from cockpit.cli.kit.options import agreed, asked_aside, common, fail, options
from cockpit.domain.refusal import Refusal
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.beginning import first_hour, first_settings, next_things
from cockpit.services.beginning.first_hour import BY_ID, STEPS, FirstQuestion
from cockpit.services.desk import synced
from cockpit.services.settings import starter
from cockpit.store.connection import StoreError

if TYPE_CHECKING:
    from cockpit.services.agenda.trial import NotAnAgenda
    from cockpit.services.desk.workspace import Workspace


@click.command(
    "init",
    help=_(
        "The questions with which a company begins: each is tried and kept at once, Enter alone passes it over,"
        " Ctrl-C leaves and cockpit init goes on. With STEP, that question alone."
    ),
)
@click.argument("step", required=False, type=click.Choice([*BY_ID]), metavar="[STEP]")
@click.option(
    "--force", is_flag=True, help=_("Replace an existing configuration; the old one is kept beside it.")
)
@common
def init(step: str | None, force: bool) -> int:
    if asked_aside():
        fail(_("nobody would see the questions: run cockpit init without the pipe or the > behind it"), 2)
    workspace = _opened(force=force, again=step is not None)
    asked = [BY_ID[step]] if step else first_hour.left(workspace)
    try:
        for each in asked:
            _ask(workspace, each)
    except click.Abort:
        if sys.stdin.isatty():
            click.echo()
            click.echo(_("What was answered is kept; cockpit init goes on where you stopped."))
            raise
        # The end of what was piped in: the rest is for another time.
        click.echo()
    if step:
        return 0
    _end(workspace)
    # Read from a pipe, there is nobody to ask.
    if _is_watched() and agreed(_("Open the cockpit now?"), default=True):
        from cockpit.cli.screen import open_screen

        return open_screen(workspace, options().arguments())
    return 0


def _opened(*, force: bool, again: bool) -> Workspace:
    """The cockpit that is set up; a new one, and one to be replaced, begins with the language."""
    given = options()
    path = given.config_path
    if path.exists() and not force:
        workspace = given.workspace()
        if again or first_hour.is_begun(workspace):
            return workspace
        fail(
            _(
                "{path} exists already. cockpit init STEP asks one question again ({steps});"
                " to start over: cockpit init --force"
            ).format(path=path, steps=", ".join(BY_ID)),
            2,
        )  # fmt: skip
    _language()
    if path.exists():
        stamp = given.clock(Settings())().strftime("%Y%m%d-%H%M%S")
        # Copied, not moved: at any instant there is a configuration.
        files.write(path.with_name(f"{path.name}.{stamp}.old"), path.read_bytes())
    zone = starter.local_zone(locale.current())
    settings = first_settings.write_anew(path, zone)
    click.echo(_("Written: {path}").format(path=path))
    try:
        workspace = open_workspace(given.db_path, settings, given.clock(settings), path, begins=True)
    except StoreError as error:
        fail(explain(error), 3)
    first_hour.begin_anew(workspace)
    if client := synced.client_of(given.db_path):
        click.echo("! " + _("the database is {what}").format(what=synced.in_words(client)), err=True)
    _say(_("Enter alone passes a question over; Ctrl-C leaves, and what was answered is kept."), dim=True)
    return workspace


def _language() -> None:
    """The language of all that follows: who does not read this one is asked in theirs too."""
    _headed(1, "Langue / Language")
    chosen = click.prompt(
        "    fr, en ›", type=click.Choice(locale.LANGUAGES), default=locale.current(), show_choices=False,
        prompt_suffix=" ",
    )  # fmt: skip
    locale.use(chosen)


def _headed(at: int, question: str) -> None:
    click.secho(f"{at}/{len(STEPS) + 1} {question}", bold=True)


def _ask(workspace: Workspace, step: FirstQuestion) -> None:
    """One question, until an answer will do or it is passed over; one of many, until an answer is empty."""
    # The first of all is the language.
    at = next(n for n, each in enumerate(STEPS, 2) if each.id == step.id)
    click.echo()
    _headed(at, _(step.question))
    _say(_(step.help), dim=True)
    if step.id == "agenda":
        _ask_agenda(workspace)
        return
    while True:
        text = _line(first_hour.proposed(workspace, step.id))
        if not text:
            first_hour.pass_over(workspace, step.id)
            return
        try:
            found = first_hour.answer(workspace, step.id, text)
        except (Refusal, OSError) as error:
            _say(str(error), "✗", fg="red")
            continue
        _tell(found.told)
        for name in found.look_at:
            _tell([asyncio.run(first_hour.watch(workspace, name))], mark="·")
        if not found.more:
            return


def _ask_agenda(workspace: Workspace) -> None:
    from cockpit.domain.agenda.makers import HIDES
    from cockpit.services.agenda.trial import NotAnAgenda, lines

    for where in HIDES.values():
        _say(_(where), "·", dim=True)
    internal, text = False, ""
    while True:
        text = text or _line("")
        if not text:
            first_hour.pass_over(workspace, "agenda")
            return
        _say(_("reading…"), dim=True)
        try:
            tried = asyncio.run(first_hour.try_agenda(workspace, text, internal=internal))
            first_hour.keep_agenda(workspace, tried.source)
        except NotAnAgenda as error:
            _say(error.why, "✗", fg="red")
            if error.instead:
                _say(error.instead, "→")
            text, internal, kept = _all_the_same(workspace, text, error)
            if kept:
                return
            continue
        except (Refusal, OSError) as error:
            _say(str(error), "✗", fg="red")
            text = ""
            continue
        _tell(lines(tried, workspace.now()))
        return


def _all_the_same(workspace: Workspace, text: str, error: NotAnAgenda) -> tuple[str, bool, bool]:
    """What a person chooses of an address that was not read: what to try now, in which network, whether it is kept."""
    if not sys.stdin.isatty() and not error.may_pass:
        return "", False, False
    if error.is_local and agreed(_("Is this address of your own network? Read it?")):
        return text, True, False
    if error.moved_to and agreed(_("Take the address to which it sends?")):
        return error.moved_to, False, False
    if error.may_pass and (not sys.stdin.isatty() or agreed(_("Keep it, to be tried later?"), default=True)):
        first_hour.keep_agenda(workspace, first_hour.agenda_for_later(workspace, text))
        _tell([_("kept: it is tried at each sync")])
        return "", False, True
    return "", False, False


def _line(proposed: str) -> str:
    text: str = click.prompt("    ›", default=proposed, show_default=bool(proposed), prompt_suffix=" ")
    return text.strip()


def _tell(lines: Iterable[str], mark: str = "✓") -> None:
    for line in lines:
        _say(line, mark)


def _say(text: str, mark: str = "", *, dim: bool = False, fg: str | None = None) -> None:
    """A line under its question; a long one goes on under its beginning."""
    room = shutil.get_terminal_size().columns
    first = f"    {mark} " if mark else "    "
    click.secho(click.wrap_text(text, max(40, room - 1), first, " " * len(first)), dim=dim, fg=fg)


def _end(workspace: Workspace) -> None:
    """Read what was given once, and say what comes next."""
    settings = workspace.settings
    click.echo()
    if settings.agendas or settings.statuses:
        from cockpit.services.upkeep import sync

        def say(report: sync.SourceReport) -> None:
            click.echo(str(report))

        asyncio.run(sync.sync(workspace.conn, settings, now=workspace.clock, progress=say))
    click.echo(
        _("cockpit opens the board; cockpit next says what would help most; cockpit demo shows a company.")
    )
    for each in next_things.todo(workspace)[:2]:
        click.echo(f"  ○ {_(each.text)} · {each.command}")


def _is_watched() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()

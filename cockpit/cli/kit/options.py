"""What every command takes: which configuration, which database, which language, and at what time."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from cockpit.cli.kit.opening import NOT_ALLOWED, explain, open_workspace, same_files, seat_here
from cockpit.cli.kit.pipes import reader_left
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.seats.seat import SIGNED_IN, Seat, UnknownSeat
from cockpit.domain.settings import Settings
from cockpit.locale import LANGUAGES, N_, _, pgettext
from cockpit.services.desk import ground, refusal, synced
from cockpit.services.desk.now import Clock, frozen_clock, system_clock
from cockpit.services.desk.workspace import Workspace, default_path
from cockpit.services.settings import fault, load
from cockpit.store.connection import StoreError

F = TypeVar("F", bound=Callable[..., Any])

ASKED_BY_SSH = "SSH_ORIGINAL_COMMAND"
"""The variable in which sshd says what else the caller would have run."""
_opened: Workspace | None = None
_opened_at = 0
"""The last entry of its journal then."""


def last_workspace() -> Workspace | None:
    """The cockpit that the command opened, for the message when its database breaks under it."""
    return _opened


def none_opened() -> None:
    """A command begins: what another one of this process opened is not its own."""
    global _opened  # noqa: PLW0603 - one database a command
    _opened = None


def has_written() -> bool:
    """Whether the command changed a record: what fails after that is its reply."""
    try:
        return _opened is not None and _opened.written != _opened_at
    except sqlite3.Error:
        return False


@dataclass
class Options:
    """The common options, wherever on the line they stood."""

    config: str | None = None
    db: str | None = None
    now: str | None = None
    lang: str | None = None
    at: str | None = None
    seat: str | None = None
    """Who sits here. What stands before it on the line was written by whoever gives the seat; what comes after
    it, and what the environment says, may be another's word, and opens no other cockpit."""
    read_only: bool = False
    take_over: bool = False

    def _said(self, given: str | None, variable: str) -> str | None:
        return given or (None if self.seat else os.environ.get(variable))

    @property
    def config_path(self) -> Path:
        """The configuration file: --config, COCKPIT_CONFIG, else the platform's directory."""
        given = self._said(self.config, "COCKPIT_CONFIG")
        return Path(given).expanduser() if given else load.default_path()

    @property
    def db_path(self) -> Path:
        """The database: --db, COCKPIT_DB, else the platform's directory."""
        given = self._said(self.db, "COCKPIT_DB")
        return Path(given).expanduser() if given else default_path()

    _loaded: Settings | None = None
    """What was read to know who sits here, for the command that follows."""
    _asked: bool = False
    _seat: Seat | None = None

    def sitting(self) -> Seat | None:
        """Who sits here; nobody where the configuration cannot be read. Ends the command for an unknown seat."""
        if self._asked:
            return self._seat
        self._asked = True
        try:
            self._loaded = load.load(self.config_path)
        except fault.ConfigError:
            if self.seat or os.environ.get(SIGNED_IN):
                self.settings()
            return None
        try:
            self._seat = seat_here(self._loaded, self.seat or "", reading=self.read_only)
        except UnknownSeat as unknown:
            fail(str(unknown), NOT_ALLOWED)
        return self._seat

    def settings(self) -> Settings:
        """The checked configuration. Ends the command with a readable message when it is wrong."""
        loaded, self._loaded = self._loaded, None
        if loaded is not None:
            return loaded
        try:
            return load.load(self.config_path, required=bool(self._said(self.config, "COCKPIT_CONFIG")))
        except fault.ConfigError as error:
            fail(str(error), 2)

    def clock(self, settings: Settings) -> Clock:
        """The system's clock, or the frozen one of --now."""
        if not self.now:
            return system_clock
        from zoneinfo import ZoneInfo

        try:
            return frozen_clock(self.now, ZoneInfo(settings.company.timezone))
        except ValueError:
            fail(
                _("--now: “{text}” is not a time; write for example 2026-11-23T08:42").format(text=self.now),
                2,
            )

    def workspace(self) -> Workspace:
        """The opened cockpit. Ends the command with a readable message when it cannot be opened."""
        settings = self.settings()
        global _opened, _opened_at  # noqa: PLW0603 - one database a command
        try:
            _opened = open_workspace(
                self.db_path,
                settings,
                self.clock(settings),
                self.config_path,
                given=self.seat or "",
                reading=self.read_only,
                take_over=self.take_over,
            )
            if self.take_over:
                _opened.take_over()
        except UnknownSeat as unknown:
            fail(str(unknown), NOT_ALLOWED)
        except StoreError as error:
            fail(explain(error), 3)
        _opened_at = _opened.written
        if _opened.writes:
            for warning in (synced.once(_opened), ground.told_once(_opened.conn, _opened.own)):
                if warning:
                    click.echo(f"! {warning}", err=True)
        return _opened if self.at is None else self._past(_opened, self.at)

    def _past(self, workspace: Workspace, text: str) -> Workspace:
        """The cockpit as it stood then, until the command ends."""
        from cockpit.services.upkeep import replay

        try:
            then = replay.moment(workspace, text)
            past = click.get_current_context().with_resource(replay.replayed(workspace, then))
        except refusal.ORDINARY as error:
            fail(refusal.explain(error), 2)
        click.echo(replay.told(past), err=True)
        return past

    def configuration(self) -> Path:
        """The configuration file, to be written. Ends the command where the cockpit is shown as it stood once."""
        if self.at is not None:
            fail(_("nothing is written with --at: the cockpit is shown as it stood"), 2)
        return self.config_path

    def arguments(self) -> list[str]:
        """The options of this command as arguments, to start another process with them.

        That process does the program's own work: it has no seat.
        """
        said = {"now": self.now, "lang": self.lang, "at": self.at}
        also = [part for name, value in said.items() if value for part in (f"--{name}", value)]
        return [*same_files(self.config_path, self.db_path), *also]


def options() -> Options:
    """The options of the command that runs."""
    return click.get_current_context().ensure_object(Options)


def common(function: F) -> F:
    """Give a command the options that all have: configuration, database, time, language.

    What a command declares under it, nearer to its function, keeps the meaning that it has there.
    """
    own = {option for parameter in getattr(function, "__click_params__", ()) for option in parameter.opts}
    for name, metavar, help in reversed(_DECLARED):
        if f"--{name}" in own:
            continue
        kind = click.Choice(LANGUAGES) if name == "lang" else None
        function = click.option(
            f"--{name}", metavar=metavar, type=kind, expose_value=False, callback=_keep, help=_(help)
        )(function)
    # Told where it is needed: by the refusal to open a file that another machine has open.
    return click.option(
        "--take-over", is_flag=True, hidden=True, expose_value=False, callback=_taken_over,
        help=_("Open it although another machine has it open; nothing more is saved there."),
    )(function)  # fmt: skip


def _taken_over(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Options).take_over = True


def seated(function: F) -> F:
    """Give the program itself the options that say who sits here. They stand before the command."""
    function = click.option(
        "--seat", metavar="NAME", expose_value=False, callback=_sit,
        help=_("Sit down as somebody that the configuration gives a seat: cockpit seats."),
    )(function)  # fmt: skip
    return click.option(
        "--read-only", is_flag=True, expose_value=False, callback=_only_read,
        help=_("Write nothing at all: for a screen on the wall."),
    )(function)  # fmt: skip


def level(function: F) -> F:
    """Add `--level N`: nothing more confidential is written."""
    return click.option(
        "--level",
        type=click.IntRange(0, EVERYTHING),
        default=EVERYTHING,
        callback=_as_seated,
        help=_("Highest confidentiality to show, 0 to 3; without it, everything."),
    )(function)


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what happened on standard error, or as JSON where that was asked for, and end the command."""
    context = click.get_current_context(silent=True)
    if context is not None and (context.params.get("as_json") or context.params.get("as_json_")):
        print_json({"error": message})
    else:
        click.echo(message, err=True)
    raise SystemExit(code)


def prompt_suffix() -> str:
    """What stands behind a question that is asked on a line."""
    return pgettext("behind a question", ": ")


def asked_aside() -> bool:
    """Whether a question goes to standard error: somebody sits here, and what is written goes elsewhere."""
    return sys.stdin.isatty() and not sys.stdout.isatty()


def agreed(question: str, *, default: bool = False) -> bool:
    """Ask for a yes or a no, in either language; an empty answer is the default."""
    from cockpit.domain.text import fold
    from cockpit.services.desk import forms

    def answer(text: str) -> bool:
        word = fold(text).strip()
        if word and word not in forms.YES | forms.NO:
            raise click.BadParameter(_("answer yes or no"))
        return word in forms.YES if word else default

    if reader_left():
        fail(
            _("the question could not be shown, so that nothing was done: without the pipe, or with --yes"), 1
        )
    hint = _("Y/n") if default else _("y/N")
    said: bool = click.prompt(
        f"{question} [{hint}]",
        default="",
        show_default=False,
        value_proc=answer,
        prompt_suffix=prompt_suffix(),
        err=asked_aside(),
    )
    return said


def print_json(value: object) -> None:
    """One JSON document on standard output, readable, in UTF-8."""
    import json

    click.echo(json.dumps(value, ensure_ascii=not _takes_every_sign(), indent=2))


def _takes_every_sign() -> bool:
    """Whether the reader's encoding has all of them; what it lacks is escaped, and nothing is lost."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")


def print_json_each(values: Iterable[object]) -> None:
    """A JSON array on standard output, as `print_json` writes it; each value is written before the next is read."""
    import json

    before = "["
    for value in values:
        written = json.dumps(value, ensure_ascii=not _takes_every_sign(), indent=2).replace("\n", "\n  ")
        sys.stdout.write(f"{before}\n  {written}")
        before = ","
    # Through the same stream: click has one of its own for what it takes for no encoding.
    sys.stdout.write("\n]\n" if before == "," else "[]\n")


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and parameter.name:
        setattr(context.ensure_object(Options), parameter.name, value)


def _as_seated(context: click.Context, _parameter: click.Parameter, value: int) -> int:
    """The level that was asked for, as far as who sits here reads."""
    seat = context.ensure_object(Options).sitting()
    return value if seat is None else min(value, seat.level)


def _sit(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if os.environ.get(ASKED_BY_SSH):
        # The command of the line is the forced one: whatever else was asked for is not run.
        fail(_("this seat opens the screen, and nothing else"), NOT_ALLOWED)
    context.ensure_object(Options).seat = value


def _only_read(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    context.ensure_object(Options).read_only |= value


_DECLARED = (
    ("config", "FILE", N_("Configuration file (also COCKPIT_CONFIG).")),
    ("db", "FILE", N_("Database file (also COCKPIT_DB).")),
    ("now", "TIME", N_("Freeze the clock at this time, such as 2026-11-23T08:42.")),
    ("lang", None, N_("Language: fr or en.")),
    (
        "at",
        "MOMENT",
        N_("Show what was known then, such as yesterday 6pm or 2026-11-20T08:42; nothing is written."),
    ),
)

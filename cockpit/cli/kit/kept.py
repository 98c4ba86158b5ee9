"""The one rule of the shell's door: a command that a person typed words into, and that is refused, is a draft.

Whatever ends it (a refusal, an option that does not exist, a full disk, a fault of ours), its line waits by itself
until it is typed again. `cockpit drafts` lists them, and the next start says that there are some. A line of
`block`, `priority` or `decide` is offered again where such a line is typed.
"""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import click

from cockpit.cli.kit.opening import NOT_ALLOWED
from cockpit.cli.kit.options import Options, has_written, last_workspace, none_opened
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.locale import _
from cockpit.services.desk import ground

SHELL = "shell"
"""The place of commands that wait whole."""
_COMMON = ("--config", "--db", "--now", "--lang")
_ALSO = {"goals", "spent"}
"""They take a note or a number of minutes: no further words."""
_ONLY_SHOW = {"list", "slots", "catalogue", "absence", "report", "show", "what-if"}
"""They take words, and write nothing of them."""
_UNKEPT = "settings"
"""The command whose words may be addresses that are passwords: nothing of them is kept anywhere."""
_CODE = re.compile(r"[A-Za-z]{1,3}-\d+")
_line: tuple[str, str] | None = None


def is_typed(place: str, line: str) -> None:
    """The command that runs took that line, from its words, a prompt or a pipe: it waits there when it is refused."""
    global _line  # noqa: PLW0603 - one line a command
    _line = (place, line) if place else None


@contextmanager
def until_taken(group: click.Group, args: Sequence[str]) -> Iterator[list[int]]:
    """Run a command inside, which appends its exit code to the list; what it refused is a draft after that."""
    is_typed("", "")
    none_opened()
    codes: list[int] = []
    try:
        yield codes
    except SystemExit as leaving:
        codes.append(leaving.code if isinstance(leaving.code, int) else 1)
        raise
    finally:
        line = _line or _whole(group, args)
        if line and line[1].strip():
            _settle(line, args, code=codes[-1] if codes else 1)


def _settle(line: tuple[str, str], args: Sequence[str], *, code: int) -> None:
    place, text = line[0], clean(line[1], TYPED_LIMIT)
    workspace = last_workspace()
    if code == 0:
        if workspace is not None:
            with suppress(sqlite3.Error):
                workspace.forget_line(place, text)
        return
    # A deed that was done, and whose reply nobody could read, is not to be done twice.
    if has_written() or "--dry-run" in args:
        return
    # What one may not do is not kept to be typed again.
    if code == NOT_ALLOWED:
        return
    path = workspace.path if workspace is not None else Options(db=_given(args, "--db")).db_path
    who = workspace.own if workspace is not None else ""
    kept = ground.leave_line(path, place, text, who)
    if kept is None:
        return
    said = _("Kept as a draft: it stands there again next time, here and on the screen.")
    said = _("Kept, to be typed again: cockpit drafts") if place == SHELL else said
    if kept != ground.drafts_file(path):
        # No start looks there.
        said = _("Nothing can be written beside the database: it is kept in {path}").format(path=kept)
    click.echo(said, err=True)


def _whole(group: click.Group, args: Sequence[str]) -> tuple[str, str] | None:
    """The whole command, where a person typed words into it; else None."""
    words = _without_common(args)
    command: click.Command | None = group
    context = click.Context(group)
    at = 0
    while isinstance(command, click.Group) and at < len(words):
        found = command.get_command(context, words[at])
        if found is None:
            break
        command, at = found, at + 1
        if command.name == _UNKEPT:
            return None
    if command is None or command is group or not _takes_words(command):
        return None
    if not any(not word.startswith("-") and not _CODE.fullmatch(word) for word in words[at:]):
        return None
    return SHELL, shlex.join(["cockpit", *words])


def _takes_words(command: click.Command) -> bool:
    """Whether it writes what a person types."""
    if command.name in _ALSO:
        return True
    words = [each for each in command.params if isinstance(each, click.Argument) and each.nargs == -1]
    return bool(words) and command.name not in _ONLY_SHOW


def _given(args: Sequence[str], option: str) -> str | None:
    """What stands behind an option."""
    for at, arg in enumerate(args):
        if arg == option and at + 1 < len(args):
            return args[at + 1]
        if arg.startswith(f"{option}="):
            return arg.partition("=")[2]
    return None


def _without_common(args: Sequence[str]) -> list[str]:
    left, skipped = [], False
    for arg in args:
        if skipped:
            skipped = False
        elif arg in _COMMON:
            skipped = True
        elif not arg.startswith(tuple(f"{name}=" for name in _COMMON)):
            left.append(arg)
    return left

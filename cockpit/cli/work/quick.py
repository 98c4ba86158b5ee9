"""What is typed all day, without an argument parser: `cockpit`, `cockpit block WORDS`, `cockpit brief`."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.cli.kit.opening import NOT_ALLOWED, broken, explain, open_workspace, same_files
from cockpit.domain.refusal import Refusal
from cockpit.domain.seats.seat import AboveSeat, NotAllowed
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace, default_path
from cockpit.services.settings import fault, load
from cockpit.store.connection import StoreError

if TYPE_CHECKING:
    import subprocess


def save(words: Sequence[str], kind: str = "blocker") -> int:
    """Save the words of a command line and say the code; returns the exit code."""
    line = " ".join(words)
    workspace = _open()
    if isinstance(workspace, str):
        db = os.environ.get("COCKPIT_DB")
        return not_saved(workspace, line, kind=kind, path=Path(db).expanduser() if db else default_path())
    with _for_once(workspace), kept_unless_taken(kind, line, workspace.path):
        code = report(workspace, line, kind, words)
        look_ahead(workspace)
        return code


@contextmanager
def kept_unless_taken(kind: str, line: str, path: Path) -> Iterator[None]:
    """A line that meets a fault of ours is a draft that the next start offers."""
    ended = False
    try:
        yield
        ended = True
    finally:
        if not ended:
            leave(kind, line, path)


def leave(kind: str, line: str, path: Path, who: str = "") -> bool:
    """Have a line wait for the next start, which offers it; whether it could be written."""
    from cockpit.services.desk import ground

    return ground.leave_line(path, f"new:{kind}", clean(line, TYPED_LIMIT), who) is not None


def not_saved(
    why: str, line: str, code: int = 3, *, kind: str = "", path: Path | None = None, who: str = ""
) -> int:
    """Say why, and give the line back, ready to be used again; where it can, the next start offers it."""
    if path is not None and line.strip() and leave(kind, line, path, who):
        why += "\n" + _("Kept as a draft: it stands there again next time, here and on the screen.")
    print(why, _("Not saved: {line}").format(line=clean(line, TYPED_LIMIT)), sep="\n", file=sys.stderr)
    return code


def brief() -> int:
    """Print the brief; returns the exit code."""
    from cockpit.services.boards.board import board
    from cockpit.services.boards.brief import to_text
    from cockpit.services.desk import ground

    workspace = _open()
    if isinstance(workspace, str):
        print(workspace, file=sys.stderr)
        return 3
    try:
        with _for_once(workspace):
            print(to_text(board(workspace)), flush=True)
            if waiting := ground.told_once(workspace.conn, workspace.own):
                print(f"! {waiting}", file=sys.stderr)
    except sqlite3.DatabaseError as error:
        print(explain(broken(workspace, error)), file=sys.stderr)
        return 3
    return 0


def screen() -> int:
    """Open the screen; returns the exit code."""
    from cockpit.cli.screen import open_screen

    workspace = _open()
    if isinstance(workspace, str):
        print(workspace, file=sys.stderr)
        return 3
    with _for_once(workspace):
        return open_screen(workspace, same_files(workspace.config_path, workspace.path))


@contextmanager
def _for_once(workspace: Workspace) -> Iterator[None]:
    """Close the database behind the last use of this process: a copy of the file is whole then.

    Nothing is left that needs looking for, so the interpreter is told not to look for garbage as it ends.
    """
    with closing(workspace.conn):
        yield
    gc.freeze()


def _open() -> Workspace | str:
    """The cockpit of the environment, or why it will not open."""
    given, db = os.environ.get("COCKPIT_CONFIG"), os.environ.get("COCKPIT_DB")
    try:
        path = Path(given).expanduser() if given else load.default_path()
        settings = load.load(path, required=bool(given))
        return open_workspace(Path(db).expanduser() if db else default_path(), settings, config_path=path)
    except fault.ConfigError as error:
        return str(error)
    except StoreError as error:
        return explain(error)
    except Refusal as refused:
        return str(refused)


def report(
    workspace: Workspace, line: str, kind: str, words: Sequence[str] = (), *, keeps: bool = True
) -> int:
    """Save, then print the code, how the line was understood, and how to undo.

    With `keeps`, a line that is refused is made a draft here; without, by who called.
    """
    from cockpit.domain.work.shell_words import eaten
    from cockpit.services.work import capture, entry, lessons

    path = workspace.path if keeps else None
    try:
        understood = entry.understand(workspace, line)
        if not understood.title:
            why = _("Nothing was saved: the line has no title.")
            return not_saved(why, line, 2, kind=kind, path=path, who=workspace.own)
        code = capture.save(workspace, kind, understood)
    except (NotAllowed, AboveSeat) as refused:
        return not_saved(str(refused), line, NOT_ALLOWED)
    except Refusal as refused:
        return not_saved(str(refused), line, 2, kind=kind, path=path, who=workspace.own)
    except sqlite3.DatabaseError as error:
        return not_saved(explain(broken(workspace, error)), line, kind=kind, path=path, who=workspace.own)
    workspace.forget_line(f"new:{kind}", clean(line, TYPED_LIMIT))
    try:
        print(_("{code} saved · undo: cockpit undo").format(code=code))
        print(f"  {entry.summary(workspace, understood)}")
        for told in entry.explain(workspace, understood, kind):
            print(f"  ! {told}")
        if kind == "blocker" and (learned := lessons.recalled(workspace, understood.title)):
            print("  " + _("lesson {code}: {text}").format(code=learned[0], text=learned[1]))
        if lost := eaten(words):
            print(
                "  ! "
                + eaten_words(lost, _("cockpit priority") if kind == "priority" else _("cockpit block"))
            )
        sys.stdout.flush()
    except OSError:
        # It is saved: whoever reads the reply left, and a failure would have the line typed again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def eaten_words(lost: Sequence[str], command: str) -> str:
    """What the shell took from a line, and the way to keep it: the command alone, in full, which asks for the line."""
    said = _(
        "kept as “{words}”: your shell took the apostrophes; at the prompt none is lost: {command}, then Enter"
    )
    return said.format(words=" ".join(lost), command=command)


def look_ahead(workspace: Workspace) -> subprocess.Popen[bytes] | None:
    """Have the holidays of the years to come looked up in a process of its own, when some are not known yet.

    Returns that process, which outlives this one; None when there is nothing to look up.
    """
    from cockpit.services.desk import calendars

    try:
        if not workspace.settings.company.holidays or not calendars.years_ahead(workspace, only_missing=True):
            return None
        import subprocess

        from cockpit.assets import environment

        files = same_files(workspace.config_path, workspace.path)
        # Our own interpreter with our own options; no shell reads them.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "cockpit", *files, "sync", "--holidays"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env=environment(),
        )  # fmt: skip
    except (OSError, sqlite3.DatabaseError):
        return None  # the next one will

"""What is typed all day, without an argument parser: `cockpit`, `cockpit block WORDS`, `cockpit brief`."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cockpit.cli.opening import broken, explain, open_workspace
from cockpit.domain.text import BODY_LIMIT, clean
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace, default_path
from cockpit.services.settings import fault, load
from cockpit.store.connection import StoreError


def save(line: str, kind: str = "blocker") -> int:
    """Save one line and say its code; returns the exit code."""
    workspace = _open()
    if isinstance(workspace, str):
        return not_saved(workspace, line)
    with _for_once(workspace):
        return report(workspace, line, kind)


def not_saved(why: str, line: str) -> int:
    """Say why, and give the line back, ready to be used again: what was typed is not lost."""
    print(why, _("Not saved: {line}").format(line=clean(line, BODY_LIMIT)), sep="\n", file=sys.stderr)
    return 3


def brief() -> int:
    """Print the brief; returns the exit code."""
    from cockpit.services.boards.board import board
    from cockpit.services.boards.brief import to_text

    workspace = _open()
    if isinstance(workspace, str):
        print(workspace, file=sys.stderr)
        return 3
    try:
        with _for_once(workspace):
            print(to_text(board(workspace)), flush=True)
    except BrokenPipeError:
        # The reader of a pipe left; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
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
        return open_screen(workspace, ("--config", str(workspace.config_path), "--db", str(workspace.path)))


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


def report(workspace: Workspace, line: str, kind: str) -> int:
    """Save, then print the code, how the line was understood, and how to undo."""
    from cockpit.services.work import capture, entry

    understood = entry.understand(workspace, line)
    if not understood.title:
        print(_("Nothing was saved: the line has no title."), file=sys.stderr)
        return 2
    try:
        code = capture.save(workspace, kind, understood)
    except sqlite3.DatabaseError as error:
        return not_saved(explain(broken(workspace, error)), line)
    print(_("{code} saved · undo: cockpit undo").format(code=code))
    print(f"  {entry.summary(workspace, understood)}")
    for warning in entry.explain(understood, kind):
        print(f"  ! {warning}")
    return 0

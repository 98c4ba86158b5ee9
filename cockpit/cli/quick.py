"""What is typed all day, without an argument parser: `cockpit`, `cockpit block WORDS`, `cockpit brief`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cockpit.cli.opening import explain, open_workspace
from cockpit.locale import _
from cockpit.services import config
from cockpit.services.workspace import Workspace, default_path
from cockpit.store.connection import StoreError


def save(line: str, kind: str = "blocker") -> int:
    """Save one line and say its code; returns the exit code."""
    workspace = _open()
    if isinstance(workspace, str):
        # What was typed is not lost: it stands in the message, ready to be used again.
        print(f"{workspace}\n{_('Not saved:')} {line}", file=sys.stderr)
        return 3
    return report(workspace, line, kind)


def brief() -> int:
    """Print the brief; returns the exit code."""
    from cockpit.services.brief import brief as make
    from cockpit.services.brief import to_text

    workspace = _open()
    if isinstance(workspace, str):
        print(workspace, file=sys.stderr)
        return 3
    print(to_text(workspace, make(workspace)))
    return 0


def screen() -> int:
    """Open the screen; returns the exit code."""
    from cockpit.cli.screen import open_screen

    workspace = _open()
    if isinstance(workspace, str):
        print(workspace, file=sys.stderr)
        return 3
    return open_screen(workspace, ("--config", str(workspace.config_path), "--db", str(workspace.path)))


def _open() -> Workspace | str:
    """The cockpit of the environment, or why it will not open."""
    given, db = os.environ.get("COCKPIT_CONFIG"), os.environ.get("COCKPIT_DB")
    try:
        path = Path(given).expanduser() if given else config.default_path()
        settings = config.load(path, required=bool(given))
        return open_workspace(Path(db).expanduser() if db else default_path(), settings, config_path=path)
    except config.ConfigError as error:
        return str(error)
    except StoreError as error:
        return explain(error)


def report(workspace: Workspace, line: str, kind: str) -> int:
    """Save, then print the code, how the line was understood, and how to undo."""
    from cockpit.services import entry

    understood = entry.understand(workspace, line)
    if not understood.title:
        print(_("Nothing was saved: the line has no title."), file=sys.stderr)
        return 2
    code = entry.save(workspace, kind, understood)
    print(_("{code} saved · undo: cockpit undo").format(code=code))
    print(f"  {entry.summary(workspace, understood)}")
    for warning in entry.explain(understood):
        print(f"  ! {warning}")
    return 0

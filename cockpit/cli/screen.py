"""Opening the screen: nothing is loaded that the first paint does not need, the argument parser included."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


def open_screen(workspace: Workspace, arguments: Sequence[str], first: str = "") -> int:
    """Open the cockpit, or print the brief when there is no terminal; returns the exit code.

    `arguments` are the common options with which another process opens the same cockpit; `first` is an
    action that is done at once.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from cockpit.services.boards.board import board
        from cockpit.services.boards.brief import to_text

        print(to_text(workspace, board(workspace)))
        return 0
    # Nothing made during start-up is garbage yet; the app turns the collector on after its first paint.
    gc.disable()
    from cockpit.ui.app import run
    from cockpit.ui.kit.actions import KeyClash

    try:
        return run(workspace, command=(sys.executable, "-P", "-m", "cockpit", *arguments), first=first)
    except KeyClash as clash:
        key, one, other = clash.args
        text = _("{path} [keys]: “{key}” is given to {one} and to {other}; give one of them another key")
        print(text.format(path=workspace.config_path, key=key, one=one, other=other), file=sys.stderr)
    except KeyError as unknown:
        text = _("{path} [keys]: there is no action “{name}”; the help (?) and the README list them")
        print(text.format(path=workspace.config_path, name=unknown.args[0]), file=sys.stderr)
    return 2

"""Opening the screen: nothing is loaded that the first paint does not need, the argument parser included."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


def open_screen(workspace: Workspace, arguments: Sequence[str], first: str = "") -> int:
    """Open the cockpit, or print the brief when there is no terminal; returns the exit code.

    `arguments` are the common options with which another process opens the same cockpit; `first` is an
    action that is done at once.
    """
    from cockpit.services.beginning.next_things import is_new

    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not _is_shown_by_a_page():
        from cockpit.services.boards.board import board
        from cockpit.services.boards.brief import to_text

        print(to_text(board(workspace)))
        if is_new(workspace):
            print(_("No company yet: cockpit init begins it, cockpit demo shows one."), file=sys.stderr)
        return 0
    if is_new(workspace) and workspace.seat is None:
        first = first or "beginning.start"
    # Nothing made during start-up is garbage yet; the app turns the collector on after its first paint.
    gc.disable()
    from cockpit.services.settings.fault import ConfigError
    from cockpit.ui.app import run

    try:
        return run(workspace, command=(sys.executable, "-P", "-m", "cockpit", *arguments), first=first)
    except ConfigError as error:
        print(error, file=sys.stderr)
    return 2


def _is_shown_by_a_page() -> bool:
    """Whether the screen goes to a browser: Textual is told so by whoever serves it."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")

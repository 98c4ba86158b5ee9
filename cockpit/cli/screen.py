"""Opening the screen: nothing it does not need before first paint."""

from __future__ import annotations

import gc
import sys

import click

from cockpit.cli.options import Options, fail
from cockpit.locale import _


def open_screen(options: Options) -> None:
    """Open the cockpit, or print the brief when there is no terminal to open it in."""
    workspace = options.workspace()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from cockpit.services.brief import brief, to_text

        click.echo(to_text(workspace, brief(workspace)))
        return
    # Nothing made during start-up is garbage yet; collecting it only delays the first paint.
    gc.disable()
    from cockpit.services.actions import KeyClash
    from cockpit.ui.app import run

    settings = workspace.settings
    has_sources = bool(settings.agendas or settings.statuses)
    command = [sys.executable, "-m", "cockpit", *options.arguments(), "sync"] if has_sources else []
    try:
        raise SystemExit(run(workspace, sync_command=command))
    except KeyClash as clash:
        key, one, other = clash.args
        fail(
            _("{path} [keys]: “{key}” is given to {one} and to {other}; give one of them another key").format(
                path=options.config_path, key=key, one=one, other=other
            ),
            2,
        )
    except KeyError as unknown:
        fail(
            _("{path} [keys]: there is no action “{name}”; the help (?) and the README list them").format(
                path=options.config_path, name=unknown.args[0]
            ),
            2,
        )

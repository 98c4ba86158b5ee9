"""The cockpit's own health: backup, restore, doctor, completion."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from cockpit.cli.opening import explain
from cockpit.cli.options import agreed, common, fail, options, print_json
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, health
from cockpit.store.connection import StoreError

SHELLS = ("bash", "zsh", "fish")
GLYPHS = {"ok": "✓", "warn": "▲", "bad": "■"}


@click.command(
    "backup", help=_("Copy the database while it is in use, into `backups` beside it or into FILE.")
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@common
def backup(file: Path | None) -> None:
    workspace = options().workspace()
    if file is not None and file.exists():
        fail(_("{path} exists already; choose another name").format(path=file), 2)
    try:
        path, doubt = backups.make(workspace, file)
    except StoreError as error:
        fail(explain(error), 3)
    except (OSError, sqlite3.Error) as error:
        fail(
            _("The backup could not be written ({error}); the older ones are as they were.").format(
                error=error
            ),
            3,
        )
    click.echo(_("Saved: {path}").format(path=path))
    if doubt is not None:
        fail(explain(doubt))


@click.command(
    "restore", help=_("Put a backup in the database's place; what was there is kept under another name.")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--unproven", is_flag=True, help=_("Take it although its journal does not prove it."))
@common
def restore(file: Path, yes: bool, unproven: bool) -> None:
    target = options().db_path
    question = _("Replace {path} by {file}? Close Cockpit first.").format(path=target, file=file)
    if not yes and not agreed(question):
        raise click.Abort
    try:
        kept = backups.restore(file, target, options().clock(Settings())().astimezone(), unproven=unproven)
    except StoreError as error:
        fail(explain(error), 3)
    except (OSError, sqlite3.Error) as error:
        fail(_("It could not be put back ({error}); the database is as it was.").format(error=error), 3)
    click.echo(_("Restored: {path}").format(path=target))
    if kept is not None:
        click.echo(_("What was there is kept as {path}").format(path=kept))


@click.command("doctor", help=_("What is installed, where files are, integrity, and what is unsafe."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def doctor(as_json: bool) -> int:
    workspace = options().workspace()
    findings = [*health.examine(workspace), *_keys(workspace)]
    if as_json:
        print_json([{"level": f.level, "subject": f.subject, "text": f.text} for f in findings])
    else:
        for finding in findings:
            click.echo(f"{GLYPHS[finding.level]} {finding.subject:<22} {finding.text}")
    return 1 if any(finding.level == "bad" for finding in findings) else 0


def _keys(workspace: Workspace) -> list[health.Finding]:
    """Keys of the configuration that would keep the screen shut; only the screen's door knows its actions."""
    from cockpit.services.settings.fault import ConfigError
    from cockpit.ui.registry import with_keys

    if not workspace.settings.keys or workspace.config_path is None:
        return []
    try:
        with_keys(workspace.settings.keys, workspace.config_path)
    except ConfigError as error:
        return [health.Finding("bad", _("configuration"), str(error))]
    return []


@click.command("completion", help=_('Completion for your shell: eval "$(cockpit completion bash)"'))
@click.argument("shell", type=click.Choice(SHELLS))
@common
def completion(shell: str) -> None:
    from click.shell_completion import get_completion_class

    from cockpit.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "cockpit", "_COCKPIT_COMPLETE").source())

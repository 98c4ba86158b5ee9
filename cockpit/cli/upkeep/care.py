"""The cockpit's own health: backup, restore, drill, doctor, completion."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from pathlib import Path

import click

from cockpit.cli.kit.opening import explain
from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import restore_words
from cockpit.services.upkeep import backups, comparing, health, replica
from cockpit.services.upkeep import drill as trial
from cockpit.store.connection import Damaged, HeldElsewhere, StoreError, connect
from cockpit.store.state import lease, restore_drills

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
    "restore",
    help=_(
        "Put a backup, or the copy that Litestream keeps, in the database's place; what was there is kept."
    ),
)
@click.argument("file", metavar="FILE|FOLDER|ADDRESS")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--unproven", is_flag=True, help=_("Take it although its journal does not prove it."))
@common
def restore(file: str, yes: bool, unproven: bool) -> None:
    target = options().db_path
    try:
        _keep_off(target)
        with _source(file, target) as source:
            _tell_loss(source, target)
            question = _("Replace {path} by {file}? Close Cockpit first.").format(path=target, file=file)
            if not yes and not agreed(question):
                raise click.Abort
            now = options().clock(Settings())().astimezone()
            kept = backups.restore(source, target, now, unproven=unproven)
    except replica.NotBroughtBack as error:
        fail(_("{place} cannot be read: {why}").format(place=file, why=error), 3)
    except StoreError as error:
        fail(explain(error), 3)
    except (OSError, sqlite3.Error) as error:
        fail(_("It could not be put back ({error}); the database is as it was.").format(error=error), 3)
    click.echo(_("Restored: {path}").format(path=target))
    if kept is not None:
        click.echo(_("What was there is kept as {path}").format(path=kept))


def _keep_off(target: Path) -> None:
    """Raises HeldElsewhere when another machine has the file open that is to be replaced."""
    if not target.exists() or options().take_over:
        return
    other = None
    # A damaged file says nothing, and nobody can have it open.
    with suppress(sqlite3.Error, Damaged), backups.opened(target) as conn:
        other = lease.elsewhere(conn, options().clock(Settings())())
    if other is not None:
        raise HeldElsewhere(target, other)


def _source(text: str, target: Path) -> AbstractContextManager[Path]:
    # In a shell, what is not whole stands in the folder where one is.
    path = Path(text).expanduser().absolute()
    place = text if "://" in text else str(path)
    if replica.is_replica(place):
        return replica.brought_back(place, target, options().config_path)
    if not path.is_file():
        fail(_("{path} is no file, and no copy that Litestream keeps").format(path=text), 2)
    return nullcontext(path)


def _tell_loss(source: Path, target: Path) -> None:
    """What would be lost, where both can be read; what will not do is said by the restore itself."""
    if not target.exists():
        return
    try:
        with closing(connect(target, create=False)) as conn, backups.opened(source) as copy:
            given = options()
            present = Workspace(conn, target, given.settings(), given.clock(given.settings()))
            click.echo("\n".join(comparing.lines(comparing.compared(present, copy), present.now())))
    except (StoreError, sqlite3.Error):
        click.echo(_("What would be lost cannot be told: one of the two cannot be read."), err=True)


@click.command(
    "drill", help=_("Restore the newest backup and the copy elsewhere for a trial, beside what is used.")
)
@click.option("--log", is_flag=True, help=_("Only show what the drills found so far, the newest first."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def drill(log: bool, as_json: bool) -> int:
    workspace = options().workspace()
    found = restore_drills.every(workspace.conn) if log else trial.hold(workspace)
    if as_json:
        print_json([trial.to_json(each) for each in found])
    elif not found:
        fail(
            _("none yet: cockpit drill") if log else _("there is no copy to try: cockpit backup makes one"), 1
        )
    for each in () if as_json else found:
        level = "bad" if each.fault else "warn" if each.beyond else "ok"
        click.echo(f"{GLYPHS[level]} {restore_words.in_words(each)}")
    return 0 if log else 1 if not found or any(each.fault for each in found) else 0


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

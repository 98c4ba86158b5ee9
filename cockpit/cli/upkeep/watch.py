"""`cockpit watch` and `cockpit schedule`: alerts raised and delivered with the screen closed."""

from __future__ import annotations

import asyncio
import json
import shlex
import sys
from pathlib import Path

import click

from cockpit.cli.kit.opening import same_files
from cockpit.cli.kit.options import common, fail, options
from cockpit.cli.kit.pipes import reader_left
from cockpit.domain.setting import Check
from cockpit.locale import _


@click.command("watch", help=_("Read what is due, raise alerts and deliver them, until Ctrl-C."))
@click.option(
    "--every", "minutes", default=5, type=click.IntRange(1, 1440), metavar="MINUTES", help=_("How often.")
)
@click.option("--once", is_flag=True, help=_("One turn, then leave."))
@common
def watch(minutes: int, once: bool) -> None:
    from cockpit.services.upkeep.health import keep_log
    from cockpit.services.upkeep.watch import turn

    keep_log()
    workspace = options().workspace()

    async def run() -> None:
        while True:
            if not once:
                workspace.hold()
            said = await turn(workspace)
            click.echo(f"{workspace.now():%H:%M}  {said}")
            if once or reader_left():
                return
            await asyncio.sleep(minutes * 60)

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        click.echo(_("stopped"))
    finally:
        workspace.let_go()


@click.command("schedule", help=_("Print the lines that run cockpit sync --notify by itself."))
@click.option(
    "--with", "system", default="", type=click.Choice(["", "cron", "systemd", "launchd"]),
    help=_("cron, systemd or launchd; the usual one of this system without it."),
)  # fmt: skip
@click.option(
    "--every", "minutes", default=15, type=click.IntRange(1, 59), metavar="MINUTES", help=_("How often.")
)
@click.option(
    "--replica", is_flag=False, flag_value="", default=None, metavar="FOLDER|ADDRESS",
    help=_("Instead: what Litestream needs to keep a copy there; alone, where [copies] says."),
)  # fmt: skip
@common
def schedule(system: str, minutes: int, replica: str | None) -> None:
    from cockpit.services.upkeep import schedule as service

    given = options()
    system = system or ("launchd" if sys.platform == "darwin" else "systemd")
    if replica is not None:
        click.echo(_copying(system, replica or given.settings().copies.replica), nl=False)
        return
    command = [_program(), *same_files(given.config_path, given.db_path), "sync", "--notify"]
    if sys.platform == "win32":
        fail(_("on Windows, give this command to the Task Scheduler: {command}").format(
            command=" ".join(command)), 1)  # fmt: skip
    click.echo(service.lines(system, command, minutes), nl=False)


def _copying(system: str, replica: str) -> str:
    from cockpit.services.settings import copy_address
    from cockpit.services.settings.checks import CHECKS, Wrong
    from cockpit.services.upkeep import replica as copies
    from cockpit.services.upkeep import schedule as service

    given = options()
    if not replica:
        fail(_("say where the copy goes: cockpit schedule --replica FOLDER"), 2)
    try:
        CHECKS[Check.COPY](replica)
        program = copies.program()
    except Wrong as wrong:
        fail(f"{wrong}\n→ {wrong.fix}", 2)
    except copies.NotBroughtBack as missing:
        fail(str(missing), 1)
    address = copy_address.read(replica)
    if address.kind == "sftp" and "key-path" not in dict(address.options):
        fail(
            _(
                "litestream signs in there by a key without a passphrase:"
                " write ?key-path=~/.ssh/id_ed25519 behind the address"
            ),
            2,
        )
    # In a shell, what is not whole stands in the folder where one is.
    place = replica if address.kind else str(Path(replica).expanduser().absolute())
    settings = given.config_path.absolute().with_name("litestream.yml")
    command = [program, "replicate", "-no-expand-env", "-config", str(settings)]
    told = _("# in {path}, so that cockpit doctor and cockpit drill look at it:").format(
        path=given.config_path
    )
    keys = copies.keys_file(settings) if address.kind not in ("", "sftp") else None
    return f"{told}\n# [copies]\n# replica = {json.dumps(place, ensure_ascii=False)}\n\n" + service.copying(
        system, command, settings, copies.configuration(given.db_path, place), keys
    )


def _program() -> str:
    """The program as it was started, in full: a scheduler knows no PATH."""
    started = Path(sys.argv[0])
    return str(started.resolve()) if started.exists() else shlex.quote(sys.executable) + " -m cockpit"

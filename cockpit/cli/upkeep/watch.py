"""`cockpit watch` and `cockpit schedule`: alerts raised and delivered with the screen closed."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path

import click

from cockpit.cli.opening import same_files
from cockpit.cli.options import common, fail, options
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
            said = await turn(workspace)
            click.echo(f"{workspace.now():%H:%M}  {said}")
            if once:
                return
            await asyncio.sleep(minutes * 60)

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        click.echo(_("stopped"))


@click.command("schedule", help=_("Print the lines that run cockpit sync --notify by itself."))
@click.option(
    "--with", "system", default="", type=click.Choice(["", "cron", "systemd", "launchd"]),
    help=_("cron, systemd or launchd; the usual one of this system without it."),
)  # fmt: skip
@click.option(
    "--every", "minutes", default=15, type=click.IntRange(1, 59), metavar="MINUTES", help=_("How often.")
)
@common
def schedule(system: str, minutes: int) -> None:
    from cockpit.services.upkeep import schedule as service

    given = options()
    system = system or ("launchd" if sys.platform == "darwin" else "systemd")
    command = [_program(), *same_files(given.config_path, given.db_path), "sync", "--notify"]
    if sys.platform == "win32":
        fail(_("on Windows, give this command to the Task Scheduler: {command}").format(
            command=" ".join(command)), 1)  # fmt: skip
    click.echo(service.lines(system, command, minutes), nl=False)


def _program() -> str:
    """The program as it was started, in full: a scheduler knows no PATH."""
    started = Path(sys.argv[0])
    return str(started.resolve()) if started.exists() else shlex.quote(sys.executable) + " -m cockpit"

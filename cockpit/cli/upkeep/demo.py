"""`cockpit demo`: a fictional company in a throw-away database, fed over real HTTP from this machine."""

from __future__ import annotations

import asyncio
import gc
import shlex
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import click

from cockpit import files
from cockpit.cli.kit.options import Options, common, fail, options
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace


@click.command(
    "demo", help=_("A fictional company, in a throw-away database. Without a terminal: its brief as text.")
)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Save a picture of the screen (SVG) and leave."),
)
@click.option("--size", default="150x45", show_default=True, help=_("Columns and lines of the picture."))
@click.option(
    "--press", default="", metavar="KEYS", help=_("Keys to press before the picture, such as “f3 tab”.")
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help=_(
        "Write the company into this new folder, as a database and a configuration to try every command with."
    ),
)
@common
def demo(picture: Path | None, size: str, press: str, into: Path | None) -> int:
    from cockpit.services.demo import company
    from cockpit.services.demo.server import serve

    if into is not None:
        return _keep(into.expanduser().resolve())
    if picture is not None and picture.exists() and b"<svg" not in picture.read_bytes():
        fail(_("{path} exists already; choose another name").format(path=picture), 2)
    with tempfile.TemporaryDirectory(prefix="cockpit-demo-", ignore_cleanup_errors=True) as folder:
        given = options()
        clock = given.clock(company.settings(""))
        with serve(clock) as base_url:
            settings = company.settings(base_url)
            workspace = Workspace.open(Path(folder) / "demo.db", settings, clock)
            company.seed(workspace)
            _read_everything(workspace)
            if picture is not None:
                return _draw(workspace, picture, size, press.split())
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                from cockpit.services.boards.board import board
                from cockpit.services.boards.brief import to_text

                click.echo(_("DEMO: a fictional company."))
                click.echo(to_text(board(workspace)))
                return 0
            return _open(workspace, given, Path(folder))


def _keep(folder: Path) -> int:
    """The company in a folder of its own, which nobody else may read."""
    from cockpit.services.demo import company
    from cockpit.services.demo.server import calendars, serve
    from cockpit.services.desk.workspace import FILE_NAME
    from cockpit.services.settings import load, writer

    if folder.exists() and any(folder.iterdir()):
        fail(_("{path} is not empty: give the name of a new folder").format(path=folder), 2)
    clock = options().clock(company.settings(""))
    config, database, feeds = folder / load.FILE_NAME, folder / FILE_NAME, folder / "feeds"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        feeds.mkdir(mode=0o700)
        with serve(clock) as base_url:
            workspace = Workspace.open(database, company.settings(base_url), clock)
            with closing(workspace.conn):
                company.seed(workspace)
                _read_everything(workspace)
        for name, text in calendars(clock):
            files.write(folder / name, text)
        writer.put(config, company.to_toml_of_files(feeds))
    except OSError as error:
        fail(_("{path} cannot be written: {why}").format(path=folder, why=files.why(error)), 3)
    click.echo(_("Written: {path}").format(path=folder))
    click.echo(f"export COCKPIT_CONFIG={shlex.quote(str(config))} COCKPIT_DB={shlex.quote(str(database))}")
    return 0


def _read_everything(workspace: Workspace) -> None:
    from cockpit.services.upkeep import sync
    from cockpit.services.upkeep.housekeeping import tidy

    asyncio.run(
        sync.sync(workspace.conn, workspace.settings, now=workspace.clock, progress=lambda _report: None)
    )
    tidy(workspace)


def _open(workspace: Workspace, given: Options, folder: Path) -> int:
    from cockpit.services.demo.company import to_toml
    from cockpit.services.settings import load, writer

    gc.disable()
    from cockpit.ui.app import run

    # The sync beside the screen is the ordinary command, on a configuration that names the demo's sources.
    path = folder / load.FILE_NAME
    writer.put(path, to_toml(workspace.settings))
    inner = Options(config=str(path), db=str(workspace.path), now=given.now, lang=given.lang)
    return run(workspace, command=(sys.executable, "-P", "-m", "cockpit", *inner.arguments()), is_demo=True)


def _draw(workspace: Workspace, path: Path, size: str, keys: list[str]) -> int:
    from cockpit.ui.app import CockpitApp
    from cockpit.ui.everywhere.picture import picture

    columns, _x, lines = size.partition("x")

    async def draw() -> str:
        app = CockpitApp(workspace, is_demo=True)
        async with app.run_test(size=(int(columns), int(lines))) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                # What is composed beside the screen is in the picture.
                await app.workers.wait_for_complete()
                await pilot.pause()
            return picture(app)

    files.write(path, asyncio.run(draw()), mode=files.SHARED)
    click.echo(_("picture saved: {path}").format(path=path))
    return 0

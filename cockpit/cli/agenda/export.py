"""What leaves as a file that other programs read by themselves: the calendar of due dates."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit import files
from cockpit.cli.kit.options import common, fail, level, options
from cockpit.locale import _
from cockpit.services.desk.paths import short


@click.group("export", help=_("Files that other programs read: the calendar of due dates."))
@common
def export() -> None:
    return


@export.command(
    "calendar",
    help=_("Everything that is due as a calendar, into a file to subscribe to or on standard output."),
)
@click.option("--out", "file", type=click.Path(dir_okay=False, path_type=Path), help=_("The file to write."))
@level
@common
def calendar(file: Path | None, level: int) -> None:
    from cockpit.services.boards import due_calendar
    from cockpit.sharing import calendar as calendars

    found = due_calendar.to_ics(options().workspace(), level)
    if file is None:
        click.echo(found, nl=False)
        return
    try:
        calendars.write(file, found)
    except OSError as error:
        fail(_("{path} cannot be written: {why}").format(path=short(file), why=files.why(error)), 2)

"""`cockpit manual`: the administration manual, written into a folder that a shared drive keeps in step."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, options, print_json
from cockpit.domain.records.confidentiality import EVERYTHING, ROOM
from cockpit.locale import _, ngettext


@click.command(
    "manual",
    help=_(
        "Write the administration manual into a folder: a Markdown page a function, an index, one HTML page. Only"
        " what changed is written; what people added between the marks of a page is kept. Nothing is sent."
    ),
)
@click.option(
    "--out", metavar="DIRECTORY", default="",
    help=_("The folder of the manual; without it, below the folder of the configuration."),
)  # fmt: skip
@click.option(
    "--level", type=click.IntRange(0, EVERYTHING), default=ROOM,
    help=_("Highest confidentiality to write, 0 to 3; 1 without it."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def manual(out: str, level: int, as_json: bool) -> int:
    from pathlib import Path

    from cockpit.services.documents.folder import CannotWrite
    from cockpit.services.documents.manual import writing

    workspace = options().workspace()
    folder = Path(out).expanduser() if out else writing.place(workspace)
    try:
        done = writing.write(workspace, folder, level=level)
    except CannotWrite as error:
        fail(str(error), 1)
    if as_json:
        print_json(writing.to_json(done))
        return 0
    click.echo(writing.in_words(done))
    for name in done.removed:
        click.echo(_("  removed: {name}, its function is no more or has another name").format(name=name))
    for name in done.copies:
        click.echo(
            _("! second copy of a page, left alone: {name}; look at it and delete it").format(name=name)
        )
    if done.gaps:
        count = len(done.gaps)
        click.echo(
            ngettext("{n} point to complete: the pages say who and by when",
                     "{n} points to complete: the pages say who and by when", count).format(n=count)
        )  # fmt: skip
    return 0

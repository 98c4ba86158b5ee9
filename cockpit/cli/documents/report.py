"""`cockpit report`: the consolidated report of a month, written to files; a month closed, opened again."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _

SHOWN_GAPS = 5
"""Gaps that are said on the terminal; all of them stand in the report."""


@click.command(
    "report",
    help=_(
        "The consolidated report of a month (time, finances, risks, figures, decisions), written as Markdown, a page"
        " and tables; without a month, of the last one that is over. Nothing is sent by it. Exit codes: 0 written,"
        " 1 not written, 2 no such month, or it cannot be closed or opened again."
    ),
)
@click.argument("month", nargs=-1)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIRECTORY",
    help=_("Where its folder is written; beside the database without it."),
)  # fmt: skip
@click.option("--close", is_flag=True, help=_("Close the month: what its report says no longer changes."))
@click.option("--reopen", metavar="WHY", default=None, help=_("Open a closed month again, with the reason."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON: files written, figures, gaps."))
@level
@common
def report(
    *, month: tuple[str, ...], out: Path | None, close: bool, reopen: str | None, as_json: bool, level: int
) -> None:
    from cockpit.domain.documents import month_names
    from cockpit.services.desk.paths import short
    from cockpit.services.documents.folder import CannotWrite
    from cockpit.services.documents.report import as_json as told
    from cockpit.services.documents.report import closing, words, writing

    workspace = options().workspace()
    text = " ".join(month)
    wanted = month_names.read(text, workspace.today())
    if wanted is None:
        fail(_("“{text}” is no month; write for example 2026-10 or october").format(text=text), 2)
    with refusals():
        if reopen is not None:
            closing.reopen(workspace, wanted, reopen)
        if close:
            closing.close(workspace, wanted)
        found = closing.report(workspace.behind(level), wanted)
    try:
        written = writing.write(workspace, found, out)
    except CannotWrite as error:
        done = _("{month} is closed").format(month=wanted.key) if close else ""
        done = _("{month} is open again").format(month=wanted.key) if reopen is not None else done
        # What was saved is said before what was not: the same command would be refused the next time.
        then = _("then: cockpit report {month}").format(month=wanted.key)
        fail("\n".join(filter(None, (done, str(error), then if done else ""))), 1)
    closed = closing.closing_of(workspace, wanted)
    if as_json:
        print_json(told.to_json(found, closed, written))
        return
    click.echo(words.headline(found, closed))
    for line in words.first_gaps(found, SHOWN_GAPS):
        click.echo(f"  {line}")
    click.echo(_("Written: {folder}").format(folder=short(written.folder)))

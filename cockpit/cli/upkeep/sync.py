"""`cockpit sync`: every source once, a line each."""

from __future__ import annotations

import asyncio

import click

from cockpit.cli.kit.options import common, options, print_json
from cockpit.locale import _


@click.command("sync", help=_("Read every agenda and status page once, and report a line each."))
@click.option("--due", is_flag=True, help=_("Only the sources whose time has come."))
@click.option(
    "--notify", "tells", is_flag=True, help=_("Then read the inbox, raise alerts and deliver them.")
)
@click.option(
    "--holidays", is_flag=True, help=_("Only look up the public holidays of the years to come, once a year.")
)
@click.option("--progress", is_flag=True, hidden=True)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def sync(due: bool, tells: bool, holidays: bool, progress: bool, as_json: bool) -> int:
    from cockpit.services.desk.calendars import look_ahead
    from cockpit.services.documents import link_check, partner_pages
    from cockpit.services.upkeep import drill, turn, watch
    from cockpit.services.upkeep import sync as job
    from cockpit.services.upkeep.health import keep_log
    from cockpit.services.upkeep.housekeeping import tidy

    keep_log()
    workspace = options().workspace()
    if holidays:
        look_ahead(workspace)
        return 0
    # What is read by itself is read by one; who asks for it has it read at once.
    mine = click.get_current_context().with_resource(turn.taken(workspace.path))
    if due and not mine:
        if as_json:
            print_json([])
        return 0
    if not (workspace.settings.agendas or workspace.settings.statuses or workspace.settings.figures):
        tried = asyncio.run(link_check.check_due(workspace))
        tidy(workspace)
        drill.hold_if_due(workspace)
        shared = partner_pages.in_words(partner_pages.refresh(workspace))
        told = asyncio.run(watch.tell(workspace)) if tells else ""
        if as_json:
            print_json([])
        elif told or tried or shared:
            click.echo("\n".join(str(line) for line in (tried, shared, told) if line))
        elif not progress:
            click.echo(_("No source yet: add [[agenda]] and [[status]] to {path}, or run cockpit init.").format(
                path=options().config_path))  # fmt: skip
        return 0

    def say(report: job.SourceReport) -> None:
        if progress:
            click.echo(f"{report.outcome}\t{report.name}")
        elif not as_json:
            click.echo(str(report))

    reports = asyncio.run(
        job.sync(workspace.conn, workspace.settings, now=workspace.clock, due_only=due, progress=say)
    )
    tried = asyncio.run(link_check.check_due(workspace))
    if tried and not (progress or as_json):
        click.echo(str(tried))
    tidy(workspace)
    drill.hold_if_due(workspace)
    shared = partner_pages.in_words(partner_pages.refresh(workspace))
    if shared and not (progress or as_json):
        click.echo(shared)
    told = asyncio.run(watch.tell(workspace)) if tells else ""
    if told and not (progress or as_json):
        click.echo(told)
    if as_json:
        print_json([job.to_json(report) for report in reports])
    # A broken source is its own affair, reported on its line; only all of them failing is ours.
    return 1 if reports and all(report.outcome == "failed" for report in reports) else 0

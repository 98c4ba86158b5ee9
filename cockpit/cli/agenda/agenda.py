"""`cockpit agenda`: the merged agenda, and what a feed would give."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import click

from cockpit.cli.agenda.add import add
from cockpit.cli.kit.moving import take
from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.domain.agenda.events import Event
from cockpit.domain.time.business_time import FIRST_YEAR, LAST_YEAR
from cockpit.locale import _
from cockpit.services.agenda import events as service
from cockpit.services.agenda import rows
from cockpit.services.desk import dates
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.workspace import Workspace

MOST_DAYS = 3_660


@click.group(
    "agenda",
    invoke_without_command=True,
    help=_("The merged agenda between two dates; this week without any."),
)
@click.option("--from", "first", metavar="DATE", help=_("First day."))
@click.option("--to", "last", metavar="DATE", help=_("Last day, included."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def agenda(context: click.Context, first: str | None, last: str | None, as_json: bool, level: int) -> None:
    if context.invoked_subcommand is not None:
        return
    from cockpit.services.agenda.windows import extend

    workspace = options().workspace()
    lo, hi = _range(workspace, first, last)
    extend(workspace.conn, lo, hi, apart=True)
    found = service.followed(workspace.behind(level), lo, hi)
    found = service.with_owners(found, workspace.settings)
    if as_json:
        print_json([service.to_json(event) for event in found])
        return
    _print(workspace, found, lo, hi)


agenda.add_command(add)


@agenda.command("check", help=_("Read a feed or a file once and show what it gives; nothing is stored."))
@click.argument("source", metavar="URL_OR_FILE")
@click.option("--from", "first", metavar="DATE", help=_("First day."))
@click.option("--to", "last", metavar="DATE", help=_("Last day, included."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def check(source: str, first: str | None, last: str | None, as_json: bool) -> int:
    from cockpit.services.agenda import check as agenda_check
    from cockpit.sources.ical.decode import FeedRefused

    workspace = options().workspace()
    lo, hi = _range(workspace, first, last)
    body, error = asyncio.run(agenda_check.read_source(source, now=workspace.clock()))
    if body is None:
        return _refused(error, as_json)
    try:
        mine = workspace.settings.emails
        found = agenda_check.check(body, lo, hi, zone=workspace.zone.key, emails=mine)
    except FeedRefused as refusal:
        return _refused(str(refusal), as_json)
    if as_json:
        print_json(
            {
                "error": None,
                "events": [service.to_json(event) for event in found.events],
                "repairs": [{"uid": i.uid, "line": i.line, "what": _(i.what)} for i in found.repairs],
            }
        )
        return 0
    _print(workspace, found.events, lo, hi)
    for issue in found.repairs:
        click.echo(f"! {issue.uid} {_(issue.what)} {issue.line}".rstrip())
    return 0


def _refused(error: str, as_json: bool) -> int:
    if as_json:
        print_json({"error": error, "events": [], "repairs": []})
    else:
        click.echo(error, err=True)
    return 1


def _range(workspace: Workspace, first: str | None, last: str | None) -> tuple[date, date]:
    """First day, and the day after the last one."""
    lo = _day(workspace, first) if first else workspace.monday()
    hi = _day(workspace, last) + timedelta(days=1) if last else lo + timedelta(days=7)
    if not (lo.year >= FIRST_YEAR and hi.year <= LAST_YEAR):
        fail(_("a date between {first} and {last} is expected").format(first=FIRST_YEAR, last=LAST_YEAR), 2)
    if not 0 < (hi - lo).days <= MOST_DAYS:
        fail(_("the last day must follow the first, by ten years at most"), 2)
    return lo, hi


def _day(workspace: Workspace, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = understand_date(workspace, text)
    if found is None:
        fail(_("“{text}” is not a date; write for example 2026-11-23 or lundi").format(text=text), 2)
    return found.date()


def _print(workspace: Workspace, events: tuple[Event, ...], lo: date, hi: date) -> None:
    import arrow

    from cockpit.domain.agenda.events import by_day

    days = by_day(events, lo, hi)
    for day in arrow.Arrow.range("day", arrow.get(lo), arrow.get(hi - timedelta(days=1))):
        for index, event in enumerate(days.get(day.date(), ())):
            if index == 0:
                click.echo(dates.long_date(day.date()))
            click.echo(f"  {rows.event(event).printed}")
    if not events:
        click.echo(_("Nothing between these dates."))


@agenda.command("feeds", help=_("Every agenda: how fresh, how many events, what was repaired or doubted."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def feeds(as_json: bool) -> None:
    from cockpit.services.agenda.feed_facts import of_feed
    from cockpit.services.agenda.feeds import feed_lines

    workspace = options().workspace()
    lines = feed_lines(workspace)
    if as_json:
        print_json([service.feed_json(workspace, line) for line in lines])
        return
    if not lines:
        click.echo(
            _("No agenda yet: add [[agenda]] to {path}, or run cockpit init.").format(
                path=options().config_path
            )
        )
    for line in lines:
        click.echo(f"{line.name} ({line.key})")
        for label, value in of_feed(workspace, line):
            click.echo(f"  {label:<16} {value}")


@agenda.command("accept", help=_("Believe an agenda that lost most of its events, at its next reading."))
@click.argument("feed")
@common
def accept(feed: str) -> int:
    from cockpit.services.agenda.intake import accept as believe

    workspace = options().workspace()
    if feed not in {source.key for source in workspace.settings.agendas}:
        known = ", ".join(source.key for source in workspace.settings.agendas)
        fail(_("no agenda has the key “{feed}”; known: {keys}").format(feed=feed, keys=known), 2)
    if not believe(workspace.conn, feed):
        click.echo(_("nothing is doubted in that agenda"))
        return 1
    click.echo(_("accepted: the next reading is believed. Next: cockpit sync"))
    return 0


@agenda.command("move", help=_("Take the new address of an agenda whose server says that it has moved."))
@click.argument("feed")
@click.option("--to", "host", default="", metavar="HOST", help=_("Only if it leads to this host."))
@common
def move(feed: str, host: str) -> int:
    from cockpit.services.upkeep import address_move

    workspace = options().workspace()
    source = next((each for each in workspace.settings.agendas if each.key == feed), None)
    if source is None:
        known = ", ".join(each.key for each in workspace.settings.agendas)
        fail(_("no agenda has the key “{feed}”; known: {keys}").format(feed=feed, keys=known), 2)
    take(workspace, source, address_move.of_agenda(source, now=workspace.clock, shown=host))
    return 0

"""The stored agenda, for whoever shows it: events of some days, and how they are told to a program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from cockpit.domain.agenda.copies import merge
from cockpit.domain.agenda.events import Event, midnight, span, touches
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.desk import as_json
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import agenda as store


def events(
    conn: sqlite3.Connection,
    lo: date,
    hi: date,
    *,
    zone: str,
    hidden: frozenset[str] = frozenset(),
    titled: Callable[[str], bool] | None = None,
) -> tuple[Event, ...]:
    """The stored events of the days from `lo` up to `hi` (excluded) as lived in `zone`, sorted.

    The same meeting in several feeds is one event. `hidden` names the feeds to leave out; `titled`
    says which titles are wanted, and spares the reading of the others.
    """
    here = ZoneInfo(zone)
    instants = int(midnight(lo, here).timestamp()), int(midnight(hi, here).timestamp())
    found = store.occurrences(
        conn, instants, (_midnight_in_seconds(lo), _midnight_in_seconds(hi)), hidden, titled
    )
    return tuple(event for event in merge(found, here) if touches(event, lo, hi))


def followed(
    workspace: Workspace, lo: date, hi: date, *, titled: Callable[[str], bool] | None = None
) -> tuple[Event, ...]:
    """The stored events of the agendas that the settings name, as `events` gives them.

    What was read of an agenda that was taken out since is nobody's: its owner is not known any more.
    """
    left = frozenset(store.feeds(workspace.conn)) - {source.key for source in workspace.settings.agendas}
    return events(workspace.conn, lo, hi, zone=workspace.zone.key, hidden=left, titled=titled)


def with_owners(found: Iterable[Event], settings: Settings) -> tuple[Event, ...]:
    """The events, each of another's agenda with whose it is."""
    owners = {source.key: source.owner for source in settings.agendas if source.owner}
    if not owners:
        return tuple(found)
    return tuple(
        replace(event, owner=owners[event.feeds[0]])
        if event.feeds and owners.keys() >= set(event.feeds)
        else event
        for event in found
    )


def label(event: Event, *, marked: bool = False) -> str:
    """What an event is called wherever it is told: whose it is, unless its title says so, then the title;
    with that it is cancelled where `marked`."""
    title, whose = event.title or _("(no title)"), event.owner.partition(" ")[0]
    named = f"{whose} · {title}" if whose and whose.casefold() not in title.casefold() else title
    gone = _("cancelled")
    return f"{named} ({gone})" if marked and event.cancelled else named


def feed_json(workspace: Workspace, feed: FeedLine) -> dict[str, object]:
    """A feed for a program: how fresh it is, what it holds, what was mended."""
    known = store.feed_state(workspace.conn, feed.key)
    return {
        "key": feed.key,
        "name": feed.name,
        "last_ok": as_json.plain(feed.last_ok),
        "last_error": feed.state.last_error if feed.state else "",
        "moved_to": feed.moved_to or None,
        "events": known.events,
        "doubted": feed.doubted,
        "remarks": [_(remark) for remark in feed.remarks],
        "repairs": [
            {"uid": issue.uid, "line": issue.line, "what": _(issue.what)}
            for issue in store.issues(workspace.conn, feed.key)
        ],
    }


def mine(events: Iterable[Event], settings: Settings) -> tuple[Event, ...]:
    """The events that take the chief executive's own time: not those of other people's agendas alone."""
    others = others_of(settings)
    return tuple(event for event in events if not set(event.feeds) <= others)


def others_of(settings: Settings) -> frozenset[str]:
    """Keys of the feeds that are somebody else's."""
    return frozenset(source.key for source in settings.agendas if source.owner)


def _midnight_in_seconds(day: date) -> int:
    return span(day, day).starts


def to_json(event: Event) -> dict[str, object]:
    """`event` for a program: times in ISO 8601 with their offset; all day, dates with the end excluded."""
    said = event.occurrence
    if said.day_from is not None and said.day_to_excl is not None:
        start, end = said.day_from.isoformat(), said.day_to_excl.isoformat()
    else:
        start, end = event.start.isoformat(), event.end.isoformat()
    return {
        "uid": said.uid,
        "title": said.title,
        "start": start,
        "end": end,
        "all_day": event.all_day,
        "status": said.status,
        "busy": said.busy,
        "participation": said.participation,
        "location": said.location,
        "link": said.link,
        "organizer": said.organizer,
        "attendees": list(said.attendees),
        "feeds": [feed for feed in event.feeds if feed],
        "notes": said.notes,
        "private": said.private,
        "owner": event.owner,
    }

"""Agendas as last read: the blocks of each feed, and their instances in the weeks that were asked for.

Instances are a cache that the blocks can always give again; those of events that a feed stopped naming
are kept once past (`gone_at`). No address and no secret of a feed is stored here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cockpit.domain.agenda.events import (
    KINDS,
    REPEATS_TOO_MUCH,
    TOO_COSTLY,
    UNFINISHED,
    EventInstance,
    Issue,
    Span,
    instance_id,
    moments,
)
from cockpit.domain.dataclasses import dataclass
from cockpit.store.outside.agenda_blocks import CARD, chunks, marks

if TYPE_CHECKING:
    from sqlite_utils import Database

ACCEPTED = "accepted"
_LONG = 36 * 3600
"""Seconds beyond which an instance is looked for by its end: the others begin near the days asked."""

_TABLES = (
    """CREATE TABLE agenda_feed (
        feed TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        body_sha TEXT NOT NULL,
        zone_hash TEXT NOT NULL,
        parser_version TEXT NOT NULL,
        emails TEXT NOT NULL,
        zones BLOB NOT NULL,
        events INTEGER NOT NULL,
        repairs INTEGER NOT NULL,
        suspect TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE agenda_block (
        id INTEGER PRIMARY KEY,
        feed TEXT NOT NULL,
        hash BLOB NOT NULL,
        uid TEXT NOT NULL,
        rid TEXT NOT NULL,
        recurring INTEGER NOT NULL,
        lo INTEGER,
        hi INTEGER,
        gone_at TEXT,
        title TEXT NOT NULL DEFAULT '',
        location TEXT NOT NULL DEFAULT '',
        link TEXT NOT NULL DEFAULT '',
        organizer TEXT NOT NULL DEFAULT '',
        attendees TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT '',
        busy TEXT NOT NULL DEFAULT '',
        participation TEXT NOT NULL DEFAULT '',
        repaired INTEGER NOT NULL DEFAULT 0,
        raw BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX agenda_block_hash ON agenda_block (feed, hash) WHERE gone_at IS NULL",
    "CREATE INDEX agenda_block_uid ON agenda_block (feed, uid)",
    # Clustered by time: the rows of a week lie side by side, however many years are stored.
    """CREATE TABLE agenda_occurrence (
        starts INTEGER NOT NULL,
        block INTEGER NOT NULL REFERENCES agenda_block (id),
        ends INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        PRIMARY KEY (starts, block)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX agenda_occurrence_block ON agenda_occurrence (block)",
    f"CREATE INDEX agenda_occurrence_long ON agenda_occurrence (ends) WHERE ends - starts > {_LONG}",
    """CREATE TABLE agenda_window (feed TEXT NOT NULL, lo TEXT NOT NULL, hi TEXT NOT NULL,
       PRIMARY KEY (feed, lo)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE agenda_issue (feed TEXT NOT NULL, uid TEXT NOT NULL, line TEXT NOT NULL,
       what TEXT NOT NULL) STRICT""",
    "CREATE INDEX agenda_issue_uid ON agenda_issue (feed, uid)",
)


def create_agenda(db: Database) -> None:
    """Create the tables and indexes of this module."""
    for statement in _TABLES:
        db.execute(statement)


def date_doubts(db: Database) -> None:
    """Since when an answer is doubted, so that one that comes again at once confirms nothing."""
    db.execute("ALTER TABLE agenda_feed ADD COLUMN suspect_at TEXT NOT NULL DEFAULT ''")


def tell_private(db: Database) -> None:
    """Which events their author keeps from others."""
    db.execute("ALTER TABLE agenda_block ADD COLUMN private INTEGER NOT NULL DEFAULT 0")


@dataclass(frozen=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between two reads."""

    feed: str
    revision: int = 0
    """Moves at each write, so that a reader sees that another one was quicker."""
    body_sha: str = ""
    zone_hash: str = ""
    parser_version: str = ""
    emails: str = ""
    zones: bytes = b""
    events: int = 0
    repairs: int = 0
    suspect: str = ""
    """Fingerprint of an answer that lost too much to be believed at once; empty when there is none."""
    suspect_at: str = ""
    """When it first came, in UTC; `ACCEPTED` once a person said to believe what comes."""


def feed_state(conn: sqlite3.Connection, feed: str) -> FeedState:
    """What is remembered of `feed`; all empty when it was never read."""
    row = conn.execute("SELECT * FROM agenda_feed WHERE feed = ?", (feed,)).fetchone()
    return FeedState(**dict(row)) if row else FeedState(feed=feed)


def feeds(conn: sqlite3.Connection) -> tuple[str, ...]:
    """The keys of all feeds that were read."""
    return tuple(row[0] for row in conn.execute("SELECT feed FROM agenda_feed ORDER BY feed"))


def put_feed(conn: sqlite3.Connection, state: FeedState) -> None:
    """Store `state` under the next revision number."""
    conn.execute(
        "INSERT OR REPLACE INTO agenda_feed (feed, revision, body_sha, zone_hash, parser_version, emails,"
        " zones, events, repairs, suspect, suspect_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.feed, state.revision + 1, state.body_sha, state.zone_hash, state.parser_version,
            state.emails, state.zones, state.events, state.repairs, state.suspect,
            state.suspect_at,
        ),
    )  # fmt: skip


def windows(conn: sqlite3.Connection, feed: str) -> list[tuple[str, str]]:
    """The ranges of days, ISO, end excluded, whose instances are stored, in order."""
    rows = conn.execute("SELECT lo, hi FROM agenda_window WHERE feed = ? ORDER BY lo", (feed,))
    return [(row[0], row[1]) for row in rows]


def put_windows(conn: sqlite3.Connection, feed: str, ranges: Iterable[tuple[str, str]]) -> None:
    """Say which ranges of days are stored now."""
    conn.execute("DELETE FROM agenda_window WHERE feed = ?", (feed,))
    conn.executemany("INSERT INTO agenda_window VALUES (?, ?, ?)", ((feed, lo, hi) for lo, hi in ranges))


def put_issues(conn: sqlite3.Connection, feed: str, uids: Iterable[str], issues: Iterable[Issue]) -> int:
    """Replace the repairs of some events (empty uid: of the feed itself); returns how many remain in all."""
    for some in chunks(list(uids)):
        conn.execute(f"DELETE FROM agenda_issue WHERE feed = ? AND uid IN ({marks(some)})", (feed, *some))
    # One statement for all: of a large agenda that is read in part, there are tens of thousands.
    conn.executemany("INSERT INTO agenda_issue VALUES (?, ?, ?, ?)", ((feed, *issue) for issue in issues))
    # What is still to be read is no repair.
    repairs = f"SELECT count(*) FROM agenda_issue WHERE feed = ? AND NOT ({_REMARK}) AND what <> ?"
    count: int = conn.execute(repairs, (feed, UNFINISHED)).fetchone()[0]
    return count


_REMARK = "uid = '' AND line = ''"


def remarks(conn: sqlite3.Connection, feed: str) -> tuple[str, ...]:
    """What is to be known of a feed as a whole, as English messages: it was cut, it holds no event..."""
    rows = conn.execute(f"SELECT DISTINCT what FROM agenda_issue WHERE feed = ? AND {_REMARK}", (feed,))
    of_events = [said for what, said in _OF_EVENTS if _has_issue(conn, feed, what)]
    return (*of_events, *(row[0] for row in rows))


_OF_EVENTS = ((UNFINISHED, UNFINISHED), (TOO_COSTLY, REPEATS_TOO_MUCH))
"""What some of its events lack, and what that says of the feed."""


def _has_issue(conn: sqlite3.Connection, feed: str, what: str) -> bool:
    found = conn.execute("SELECT 1 FROM agenda_issue WHERE feed = ? AND what = ? LIMIT 1", (feed, what))
    return found.fetchone() is not None


def uids_unfinished(conn: sqlite3.Connection, feed: str, what: str = UNFINISHED) -> list[str]:
    """The events that are still to be read, or that lack something else, in the order in which they were left."""
    rows = conn.execute(
        "SELECT uid FROM agenda_issue WHERE feed = ? AND what = ? GROUP BY uid ORDER BY min(rowid)",
        (feed, what),
    )
    return [row[0] for row in rows]


def count_instances(conn: sqlite3.Connection, feed: str) -> int:
    """How many instances of the live events of a feed are stored."""
    count: int = conn.execute(
        "SELECT count(*) FROM agenda_occurrence WHERE block IN"
        " (SELECT id FROM agenda_block WHERE feed = ? AND gone_at IS NULL)",
        (feed,),
    ).fetchone()[0]
    return count


def issues(conn: sqlite3.Connection, feed: str) -> tuple[Issue, ...]:
    """Every repair of a feed, those of the feed itself first; its remarks and what is still to be read are apart."""
    rows = conn.execute(
        f"SELECT uid, line, what FROM agenda_issue WHERE feed = ? AND NOT ({_REMARK}) AND what <> ?"
        " ORDER BY uid, rowid",
        (feed, UNFINISHED),
    )
    return tuple(Issue(*row) for row in rows)


_COLUMNS = f"b.feed, b.uid, b.rid, b.recurring, o.kind, o.starts, o.ends, {CARD}"
_TOUCHING = "o.starts < iif(o.kind = 0, :to, :wall_to) AND o.ends >= iif(o.kind = 0, :from, :wall_from)"
# CROSS JOIN keeps SQLite from starting with the blocks; the few long instances have an index of their own.
_NEAR_AND_FAR = f"""
    SELECT {_COLUMNS}
    FROM agenda_occurrence AS o CROSS JOIN agenda_block AS b ON b.id = o.block
    WHERE {_TOUCHING} AND o.starts >= :first - {_LONG} AND o.starts < :last
    UNION ALL
    SELECT {_COLUMNS}
    FROM agenda_occurrence AS o INDEXED BY agenda_occurrence_long
    CROSS JOIN agenda_block AS b ON b.id = o.block
    WHERE {_TOUCHING} AND o.ends - o.starts > {_LONG} AND o.ends >= :first AND o.starts < :first - {_LONG}"""


def occurrences(
    conn: sqlite3.Connection,
    instants: tuple[int, int],
    walls: tuple[int, int],
    hidden: frozenset[str] = frozenset(),
    titled: Callable[[str], bool] | None = None,
) -> Iterator[EventInstance]:
    """The occurrences that touch a range of time, unordered, but those of hidden feeds or of titles not wanted.

    `instants` bounds what is timed, `walls` what is floating or lasts all day, both in seconds as in `Span`.
    """
    bounds = {
        "from": instants[0], "to": instants[1], "wall_from": walls[0], "wall_to": walls[1],
        "first": min(instants[0], walls[0]), "last": max(instants[1], walls[1]),
    }  # fmt: skip
    for row in conn.execute(_NEAR_AND_FAR, bounds):
        if row[0] not in hidden and (titled is None or titled(row["title"])):
            yield _occurrence(row)


def _occurrence(row: sqlite3.Row) -> EventInstance:
    (
        feed, uid, rid, recurring, kind, starts, ends, title, location, link, organizer, attendees, notes,
        status, busy, participation, repaired, private,
    ) = row  # fmt: skip
    span = Span(KINDS[kind], starts, ends)
    return EventInstance(
        feed=feed, uid=uid, rid=rid or (instance_id(span) if recurring else ""),
        title=title, location=location, link=link, organizer=organizer,
        attendees=tuple(attendees.split("\n")) if attendees else (), notes=notes,
        status=status, busy=busy, participation=participation, repaired=bool(repaired),
        private=bool(private),
        **moments(span),
    )  # fmt: skip


def last_meeting(
    conn: sqlite3.Connection, names: Iterable[str], before: datetime
) -> tuple[datetime, str] | None:
    """When somebody of those names was last met, in UTC, and the title; None without such a timed meeting.

    A name counts where it organises or attends, or stands in the title; what was cancelled does not.
    """
    wanted = [f"%{name.replace('%', '').replace('_', '')}%" for name in names if name.strip()]
    if not wanted:
        return None
    one = "b.title || char(10) || b.organizer || char(10) || b.attendees LIKE ?"
    row = conn.execute(
        f"""SELECT o.starts, b.title FROM agenda_block AS b
            CROSS JOIN agenda_occurrence AS o ON o.block = b.id
            WHERE ({" OR ".join([one] * len(wanted))}) AND b.status <> 'cancelled' AND o.kind = 0
            AND o.starts < ? ORDER BY o.starts DESC LIMIT 1""",
        (*wanted, int(before.timestamp())),
    ).fetchone()
    return (datetime.fromtimestamp(row["starts"], UTC), row["title"]) if row else None

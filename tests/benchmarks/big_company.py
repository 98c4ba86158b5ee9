"""A cockpit of many years: ten thousand open items, a hundred thousand journal entries, fifty thousand instances."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cockpit.domain.agenda.events import TIMED, EventCard, Span
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import sweep
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.outside import agenda, agenda_blocks
from cockpit.store.outside.agenda_blocks import BlockRow
from cockpit.store.state import heat
from cockpit.store.transaction import transaction

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
ITEMS, ENTRIES, INSTANCES, CLOCKS = 10_000, 100_000, 50_000, 1_000
_BATCH = 500


def build(path: Path, *, entries: int = ENTRIES) -> None:
    """Write the database at `path`, with so many entries in its journal: ten seconds for a hundred thousand."""
    conn = connect(path)
    chance = random.Random(3)
    conn.execute("PRAGMA synchronous = OFF")
    _functions(conn)
    _items(conn, chance)
    _entries(conn, chance, entries)
    _instances(conn, chance)
    heat.refresh(conn, now=NOW, me="Claire")
    # The deadlines get their clocks, as those of a database of before there were any do.
    sweep.sweep(Workspace(conn, path, clock=lambda: NOW))
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.execute("ANALYZE")
    conn.close()


def _stamp(at: datetime) -> Stamp:
    return Stamp(at=at.isoformat(timespec="seconds"), actor="Claire", action="blocker.edit")


def _functions(conn: sqlite3.Connection) -> None:
    puts = [
        Put("function", f"f{n}", {"name": f"Function {n}", "criticality": n % 4 + 1}, "FN") for n in range(8)
    ]
    journal.write(conn, _stamp(NOW - timedelta(days=900)), puts)


def _items(conn: sqlite3.Connection, chance: random.Random) -> None:
    puts = []
    for n in range(ITEMS // 2):
        since = NOW - timedelta(hours=chance.randrange(1, 4000))
        shared = {
            "function": f"FN-{n % 8 + 1}", "owner": "Sophie", "severity": chance.choice(["p1", "p2", "p3", "p4"]),
            "due": (NOW + timedelta(hours=chance.randrange(-200, 900))).isoformat(timespec="seconds"),
            "waiting_on": '["Paie+"]', "tags": "[]", "conf": 1,
        }  # fmt: skip
        blocker = {
            **shared, "title": f"Blocker {n} about something", "status": "open", "level": 0, "blocks": "[]",
            "since": since.isoformat(timespec="seconds"), "spent_minutes": 0,
        }  # fmt: skip
        if n < CLOCKS:
            due = NOW + timedelta(minutes=chance.randrange(-600, 6000))
            blocker |= {
                "sla": "4ho", "sla_started_at": since.isoformat(timespec="seconds"), "sla_target_s": 14_400,
                "sla_due": due.isoformat(timespec="seconds"), "sla_until": due.isoformat(timespec="seconds"),
            }  # fmt: skip
        puts.append(Put("blocker", f"b{n}", blocker, "B"))
        priority = {
            **shared,
            "title": f"Priority {n}",
            "status": "open",
            "rank": 0,
            "carried": 0,
            "spent_minutes": 0,
        }
        puts.append(Put("priority", f"p{n}", priority, "P"))
    for at in range(0, len(puts), _BATCH):
        journal.write(conn, _stamp(NOW - timedelta(days=800)), puts[at : at + _BATCH])


def _entries(conn: sqlite3.Connection, chance: random.Random, entries: int) -> None:
    written = journal.head(conn)[0]
    while written < entries:
        puts = {f"b{chance.randrange(ITEMS // 2)}" for _n in range(_BATCH)}
        at = NOW - timedelta(minutes=entries - written)
        journal.write(
            conn, _stamp(at), [Put("blocker", id, {"next_step": f"step {written}"}) for id in sorted(puts)]
        )
        written = journal.head(conn)[0]


def _instances(conn: sqlite3.Connection, chance: random.Random) -> None:
    start = int((NOW - timedelta(days=365)).timestamp())
    rows = [
        BlockRow(hash=n.to_bytes(4), uid=f"e{n}", rid="", recurring=True, lo=0, hi=None, raw=b"x" * 700)
        for n in range(INSTANCES // 10)
    ]
    with transaction(conn):
        agenda.put_feed(conn, agenda.FeedState(feed="big", events=INSTANCES))
        ids = list(agenda_blocks.add_blocks(conn, "big", rows).values())
        agenda_blocks.put_cards(conn, ((block, "", EventCard(title=f"Meeting {block}")) for block in ids))
        moments = (
            start + chance.randrange(730) * 86_400 + chance.randrange(36) * 900 for _n in range(INSTANCES)
        )
        spans = enumerate(Span(TIMED, at, at + 1_800) for at in moments)
        agenda_blocks.add_instances(conn, ((ids[n % len(ids)], span) for n, span in spans))

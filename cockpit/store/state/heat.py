"""The stored heat of each open blocker, so that ordering ten thousand of them computes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.work.heat import Heat
from cockpit.domain.work.heat import heat as heat_of
from cockpit.store import people, records
from cockpit.store.records import instant
from cockpit.store.transaction import transaction


def of(blocker: Blocker, *, now: datetime, me: frozenset[str], criticality: int | None) -> Heat:
    """The heat of a blocker at `now`; `me` holds what the chief executive is called (`people.called`)."""
    to_decide = blocker.status == "to_decide" and (not blocker.owner or blocker.owner in me)
    waits_for_me = to_decide or not me.isdisjoint(blocker.waiting_on)
    return heat_of(blocker, now=now, criticality=criticality, waits_for_me=waits_for_me)


def criticalities(conn: sqlite3.Connection) -> dict[str, int]:
    """Code of each function to its criticality."""
    rows = conn.execute("SELECT code, criticality FROM function WHERE criticality IS NOT NULL")
    return {row["code"]: row["criticality"] for row in rows}


def refresh(conn: sqlite3.Connection, *, now: datetime, me: str, codes: Iterable[str] | None = None) -> None:
    """Compute and store the heat of those blockers, or of every open one, at `now`."""
    where, args = "closed_at IS NULL AND archived_at IS NULL", tuple[str, ...]()
    if codes is not None:
        args = tuple(codes)
        where = f"code IN ({', '.join('?' * len(args))})"
    critical, mine = criticalities(conn), people.called(conn, me)
    rows = [
        (
            int(blocker.code.partition("-")[2]),
            of(blocker, now=now, me=mine, criticality=critical.get(blocker.function)).total,
            instant(blocker.since) if blocker.since else None,
        )
        for blocker in records.select(conn, Blocker, "blocker", where, args)
    ]
    with transaction(conn):
        if codes is None:
            conn.execute("DELETE FROM heat")
        conn.executemany("INSERT OR REPLACE INTO heat VALUES (?, ?, ?)", rows)

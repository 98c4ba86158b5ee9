"""Where a morning review stands, what was seen in it, and the entries of the journal that it tells of.

State and marks are not business data: they are not journaled, and go when the review ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cockpit.store.transaction import transaction

ReviewRow = Mapping[str, Any]


def state(conn: sqlite3.Connection, who: str) -> str:
    """The state that a person's review was left in; empty when none was begun."""
    row = conn.execute("SELECT state FROM review_state WHERE who = ?", (who,)).fetchone()
    return row["state"] if row else ""


def keep_state(conn: sqlite3.Connection, who: str, state: str, at: str) -> bool:
    """Keep it, waiting for no other process: this happens at each key. Whether it was kept."""
    waiting = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        conn.execute("INSERT OR REPLACE INTO review_state VALUES (?, ?, ?)", (who, at, state))
    except sqlite3.OperationalError:
        return False
    finally:
        conn.execute(f"PRAGMA busy_timeout = {int(waiting)}")
    return True


def forget(conn: sqlite3.Connection, who: str) -> None:
    """The review of that person is over."""
    conn.execute("DELETE FROM review_state WHERE who = ?", (who,))
    conn.execute("DELETE FROM review_seen WHERE who = ?", (who,))


def seen(conn: sqlite3.Connection, who: str) -> dict[str, int]:
    """Id of each record that was marked as seen, with the last entry that was known then."""
    rows = conn.execute("SELECT entity_id, seq FROM review_seen WHERE who = ?", (who,))
    return {row["entity_id"]: row["seq"] for row in rows}


def mark(conn: sqlite3.Connection, who: str, marks: Iterable[tuple[str, int]]) -> None:
    """These records were seen as they stood after those entries."""
    with transaction(conn):
        conn.executemany(
            "INSERT OR REPLACE INTO review_seen VALUES (?, ?, ?)", [(who, id, seq) for id, seq in marks]
        )


def unmark(conn: sqlite3.Connection, who: str, id: str) -> None:
    """That record was not seen after all."""
    conn.execute("DELETE FROM review_seen WHERE who = ? AND entity_id = ?", (who, id))


def telling(
    conn: sqlite3.Connection, after: int, entities: Collection[str], fields: Iterable[str]
) -> list[ReviewRow]:
    """The entries after one, oldest first, that make or take away a record of `entities`, or change one of
    `fields`; `before` and `after` are read."""
    kinds = ", ".join("?" * len(entities))
    # Looked for in the text: among a hundred thousand entries, only those that tell something are read.
    wanted = [f'"{name}":' for name in fields]
    named = " OR ".join(["instr(after, ?)"] * len(wanted))
    rows = conn.execute(
        "SELECT seq, at, actor, action, entity, entity_id, batch, undoes, before, after FROM journal"
        f" WHERE seq > ? AND entity IN ({kinds}) AND (before IS NULL OR after IS NULL OR {named})"
        " ORDER BY seq",
        (after, *entities, *wanted),
    )
    return list(map(_read, rows))


def others(conn: sqlite3.Connection, after: int, but: Collection[str], program: str) -> list[ReviewRow]:
    """The entries after one about records of any other register, oldest first, but those that the program
    wrote by itself; `before` and `after` are read."""
    kinds = ", ".join("?" * len(but))
    rows = conn.execute(
        "SELECT seq, at, actor, action, entity, entity_id, batch, undoes, before, after FROM journal"
        f" WHERE seq > ? AND entity NOT IN ({kinds}) AND actor != ? ORDER BY seq",
        (after, *but, program),
    )
    return list(map(_read, rows))


def _read(row: sqlite3.Row) -> ReviewRow:
    return {
        **dict(row),
        "before": json.loads(row["before"]) if row["before"] else None,
        "after": json.loads(row["after"]) if row["after"] else None,
    }


def deeds(conn: sqlite3.Connection, actor: str, after: int) -> list[tuple[int, str, str, int | None]]:
    """What somebody did after an entry, newest first: batch, action, code of the first record that it
    changed, and the batch that it undoes."""
    rows = conn.execute(
        "SELECT batch, action, code, undoes FROM journal WHERE actor = ? AND batch > ? AND seq = batch"
        " ORDER BY batch DESC",
        (actor, after),
    )
    return [(row["batch"], row["action"], row["code"], row["undoes"]) for row in rows]

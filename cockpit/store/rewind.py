"""Turns a copy of the database into what the database was at an earlier moment.

Records and the journal are taken back exactly, by the journal. What comes from outside is taken back as far as
it was kept: the states of sources by their samples, incidents and messages by their dates. Agendas were never
kept as they once were: events stay as they are known now. Never call this on the database in use.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from cockpit.domain.registers import REGISTERS
from cockpit.store.outside.readings import HEARTBEAT
from cockpit.store.past import Past
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

_MADE_LATER = (
    ("live_event", "at"), ("alert", "first_at"), ("outbox", "created_at"), ("inbox_file", "at"),
    ("agenda_change", "at"), ("review_state", "at"), ("job_state", "at"), ("status_sample", "at"),
    ("incident", "first_seen"), ("incident_update", "at"), ("score", "week"), ("restore_drill", "at"),
    ("link_check", "checked_at"),
)  # fmt: skip
"""Tables of things that happened, and the column that says when."""
_ENDED_LATER = (
    ("alert", "over_at"),
    ("alert", "told_at"),
    ("outbox", "sent_at"),
    ("incident", "resolved_at"),
)
_SILENCE = 3 * HEARTBEAT
"""After so long without a sample nothing is known of a source any more."""


def rewind(conn: sqlite3.Connection, at: datetime, now: datetime) -> int:
    """Take everything back to `at`; returns how many entries of the journal were taken back."""
    past = Past(conn, dict.fromkeys(REGISTERS, ("1", ())), since=at, now=now)
    gone = past.entries[past.count_until(at) :]
    past.back_to(at)
    changed = {entry.table for entry in gone} & REGISTERS.keys()
    with transaction(conn):
        conn.execute("PRAGMA defer_foreign_keys = ON")
        kept_back = {name: conn.execute(f"SELECT conf, id FROM {name}").fetchall() for name in changed}
        for name in changed:
            conn.execute(f"DELETE FROM {name}")
            for row in past.rows(name):
                marks = ", ".join("?" * len(row))
                columns = ", ".join(f'"{column}"' for column in row)
                conn.execute(f"INSERT INTO {name} ({columns}) VALUES ({marks})", tuple(row.values()))
            # What is confidential now was not meant to be read then either.
            conn.executemany(
                f"UPDATE {name} SET conf = max(conf, ?) WHERE id = ?", [tuple(row) for row in kept_back[name]]
            )
        if gone:
            # The journal never shrinks; this copy of it ends where it ended then.
            conn.execute("DROP TRIGGER journal_never_shrinks")
            conn.execute("DELETE FROM journal WHERE seq >= ?", (gone[0].seq,))
            conn.execute(
                "UPDATE memo SET value = (SELECT seq || ':' || hash FROM journal ORDER BY seq DESC LIMIT 1)"
                " WHERE name = 'journal_head'"
            )
            # An entry holds what it changed; when a record was changed before it, the entry before it says.
            for table, id in {(entry.table, entry.id) for entry in gone if entry.table in REGISTERS}:
                conn.execute(
                    f"UPDATE {table} SET updated_at ="
                    " (SELECT at FROM journal WHERE entity_id = :id ORDER BY seq DESC LIMIT 1) WHERE id = :id",
                    {"id": id},
                )
        _outside(conn, at)
    return len(gone)


def _outside(conn: sqlite3.Connection, at: datetime) -> None:
    then = instant(at)
    for table, column in _ENDED_LATER:
        conn.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} > ?", (then,))
    for table, column in _MADE_LATER:
        conn.execute(f"DELETE FROM {table} WHERE {column} > ?", (then,))
    # Marks are of a review that goes on: of one that began later, and of what was written later, none was made yet.
    conn.execute("DELETE FROM review_seen WHERE who NOT IN (SELECT who FROM review_state)")
    conn.execute("DELETE FROM review_seen WHERE seq > (SELECT coalesce(max(seq), 0) FROM journal)")
    conn.execute("DELETE FROM draft")
    conn.execute("DELETE FROM closed_report WHERE closing NOT IN (SELECT code FROM closing)")
    conn.execute(
        """UPDATE incident SET closed_by = '', phase = coalesce((
               SELECT phase FROM incident_update WHERE incident = id AND phase IS NOT NULL ORDER BY at DESC LIMIT 1
           ), 'investigating') WHERE closed_by <> '' AND resolved_at IS NULL"""
    )
    # What a source said then is known by its last sample; the words beside it were not kept.
    conn.execute("DELETE FROM status_reading WHERE source NOT IN (SELECT source FROM status_sample)")
    conn.execute(
        """UPDATE status_reading SET at = :then, nearest = NULL, streak = 0, last = NULL, indicator = '',
               components = '[]', warnings = '[]', state = held.state, reported = held.state,
               since = coalesce((
                   SELECT min(at) FROM status_sample AS s WHERE s.source = held.source AND s.at > coalesce((
                       SELECT max(at) FROM status_sample AS o WHERE o.source = s.source AND o.state <> held.state
                   ), '')
               ), held.at)
           FROM (SELECT source, state, max(at) AS at FROM status_sample GROUP BY source) AS held
           WHERE held.source = status_reading.source AND status_reading.at > :then""",
        {"then": then},
    )
    heard = instant(at - _SILENCE)
    conn.execute(
        """UPDATE source_state SET last_error = '', last_failure = NULL, fails = 0, last_try = :then,
               last_ok = CASE WHEN kind = 'agenda' THEN :then ELSE (
                   SELECT CASE WHEN max(at) > :heard THEN :then ELSE max(at) END FROM status_sample WHERE source = key)
               END
           WHERE last_try > :then""",
        {"then": then, "heard": heard},
    )

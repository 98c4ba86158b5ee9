"""Where a guided job stands that somebody left: the self-audit, an audit, a review of a level.

Not business data: it is not journaled, and goes when the job ends.
"""

from __future__ import annotations

import sqlite3


def state(conn: sqlite3.Connection, who: str, job: str) -> str:
    """The state that somebody's job was left in; empty when none was begun."""
    row = conn.execute("SELECT state FROM job_state WHERE who = ? AND job = ?", (who, job)).fetchone()
    return row["state"] if row else ""


def keep(conn: sqlite3.Connection, who: str, job: str, state: str, at: str) -> bool:
    """Keep it, waiting for no other process: this happens at each key. Whether it was kept."""
    waiting = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        conn.execute("INSERT OR REPLACE INTO job_state VALUES (?, ?, ?, ?)", (who, job, at, state))
    except sqlite3.OperationalError:
        return False
    finally:
        conn.execute(f"PRAGMA busy_timeout = {int(waiting)}")
    return True


def forget(conn: sqlite3.Connection, who: str, job: str) -> None:
    """That job is over."""
    conn.execute("DELETE FROM job_state WHERE who = ? AND job = ?", (who, job))

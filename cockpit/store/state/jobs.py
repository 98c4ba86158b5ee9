"""The state of guided forms that were left unfinished: the self-audit, an audit, a review of a level.

Not business data: it is not journaled. A job that ended leaves its state beside the code of what it made, for
the case that this is taken back, until another one of its kind ends.
"""

from __future__ import annotations

import sqlite3

_ENDED = "/ended"


def state(conn: sqlite3.Connection, who: str, job: str) -> str:
    """The state that somebody's job was left in; empty when none was begun."""
    row = conn.execute("SELECT state FROM job_state WHERE who = ? AND job = ?", (who, job)).fetchone()
    return row["state"] if row else ""


def keep(conn: sqlite3.Connection, who: str, job: str, state: str, at: str) -> bool:
    """Store it without waiting for a lock, since this happens at each key; returns whether it was stored."""
    waiting = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        conn.execute("INSERT OR REPLACE INTO job_state VALUES (?, ?, ?, ?)", (who, job, at, state))
    except sqlite3.OperationalError:
        return False
    finally:
        conn.execute(f"PRAGMA busy_timeout = {int(waiting)}")
    return True


def end(conn: sqlite3.Connection, who: str, job: str, made: tuple[str, str], at: str) -> None:
    """That job is over, and made the record of a code; its last state stays beside it."""
    conn.execute("DELETE FROM job_state WHERE who = ? AND job = ?", (who, job))
    conn.execute(
        "INSERT OR REPLACE INTO job_state VALUES (?, ?, ?, ?)", (who, job + _ENDED, at, "\n".join(made))
    )


def ended(conn: sqlite3.Connection, who: str, job: str) -> tuple[str, str]:
    """What the last one made, and its last state; both empty when none was ended."""
    code, _line, last = state(conn, who, job + _ENDED).partition("\n")
    return code, last

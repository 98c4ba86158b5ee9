"""What the report of a closed month said, for each level of confidentiality. Its closing is journaled, with its
fingerprint."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def keep(conn: sqlite3.Connection, closing: str, contents: Mapping[int, str]) -> None:
    """Keep what each level may read. Inside the caller's transaction."""
    conn.executemany(
        "INSERT INTO closed_report (closing, level, content) VALUES (?, ?, ?)",
        [(closing, level, content) for level, content in contents.items()],
    )


def read(conn: sqlite3.Connection, closing: str, level: int) -> str:
    """What that level may read; empty where nothing was kept."""
    row = conn.execute(
        "SELECT content FROM closed_report WHERE closing = ? AND level = ?", (closing, level)
    ).fetchone()
    return row["content"] if row else ""


def levels(conn: sqlite3.Connection, closing: str) -> dict[int, str]:
    """Everything that was kept of a closing, by level."""
    rows = conn.execute(
        "SELECT level, content FROM closed_report WHERE closing = ? ORDER BY level", (closing,)
    )
    return {row["level"]: row["content"] for row in rows}

"""The week reads what is due on its days, whatever else is stored."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    for table in ("blocker", "priority"):
        db.execute(
            f"CREATE INDEX {table}_due ON {table} (due)"
            " WHERE due IS NOT NULL AND closed_at IS NULL AND archived_at IS NULL"
        )
    db.execute(
        "CREATE INDEX decision_due ON decision (due)"
        " WHERE due IS NOT NULL AND done_at IS NULL AND archived_at IS NULL"
    )
    db.execute("CREATE INDEX decision_supersedes ON decision (supersedes) WHERE supersedes > ''")

"""What a person says of a provider, beside what its page says; since when an agenda is doubted."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside.agenda import date_doubts
from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    date_doubts(db)
    create_register(
        db, "mark",
        {"kind": str, "source": str, "provider": str, "component": str, "state": str, "reason": str,
         "until": str, "closed_at": str},
        searched=("reason",), refs={"provider": "provider"},
    )  # fmt: skip
    db.execute(
        "CREATE INDEX mark_live ON mark (source, provider) WHERE closed_at IS NULL AND archived_at IS NULL"
    )
    db.execute("CREATE INDEX incident_history ON incident (source, coalesce(started_at, first_seen))")

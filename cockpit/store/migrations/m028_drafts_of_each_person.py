"""What somebody typed and did not save is their own; what is there is the chief executive's."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE draft RENAME TO draft_of_one")
    db.table("draft").create(
        {"who": str, "place": str, "text": str, "at": str},
        pk=("who", "place"),
        not_null={"who", "place", "text", "at"},
        strict=True,
    )
    db.execute(
        "INSERT INTO draft (who, place, text, at) SELECT '', place, text, at FROM draft_of_one ORDER BY rowid"
    )
    db.execute("DROP TABLE draft_of_one")

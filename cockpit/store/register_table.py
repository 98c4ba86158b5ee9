"""The table of a register: what every record has, its own columns, and the words that are searched."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store import full_text


def create_register(
    db: Database, name: str, columns: dict[str, type], *, searched: tuple[str, ...], refs: dict[str, str]
) -> None:
    """Make the table, its indexes and its full-text search; `refs` are columns that hold codes of another table."""
    db.table(name).create(
        {
            "number": int,
            "id": str,
            "code": str,
            "created_at": str,
            "created_by": str,
            "updated_at": str,
            "archived_at": str,
            "conf": int,
            **columns,
        },
        pk="number",
        not_null={"id", "code", "created_at", "created_by", "updated_at", "conf"},
        foreign_keys=[(column, table, "code") for column, table in refs.items()],
        strict=True,
    )
    db.table(name).create_index(["id"], unique=True)
    db.table(name).create_index(["code"], unique=True)
    full_text.follow(db, name, searched)

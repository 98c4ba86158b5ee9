"""Notice in months, weeks or days, the lead time of each contract, and what was decided of its term."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store import journal


def step(db: Database) -> None:
    for column, kind in _COLUMNS.items():
        db.execute(f"ALTER TABLE contract ADD COLUMN {column} {kind}")
    known = db.conn.execute(
        "SELECT id, notice_months FROM contract WHERE notice_months IS NOT NULL"
    ).fetchall()
    if known:
        # Told to the journal as every other change, so that it still says what stands in the rows.
        last = db.conn.execute("SELECT max(at) FROM journal").fetchone()[0]
        stamp = journal.Stamp(at=last, actor="cockpit", action="contract.edit")
        puts = [journal.Put("contract", row[0], {"notice": f"{row[1]}m"}) for row in known]
        journal.write(db.conn, stamp, puts)


_COLUMNS = {
    "notice": "TEXT", "lead_days": "INTEGER", "decided": "TEXT", "decided_on": "TEXT", "decided_for": "TEXT",
}  # fmt: skip

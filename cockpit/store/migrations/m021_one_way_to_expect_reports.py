"""Reports are expected in their register alone: what promises of service asked of each period moves there."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from sqlite_utils import Database

_COLUMNS = ("target", "contract", "function", "hours", "warn")


def step(db: Database) -> None:
    for column in _COLUMNS:
        db.execute(f"ALTER TABLE report ADD COLUMN {column} TEXT")
    db.execute("ALTER TABLE clock ADD COLUMN report TEXT")
    db.execute("DROP INDEX clock_period")
    db.execute(
        "CREATE UNIQUE INDEX clock_period ON clock (report, period) WHERE report IS NOT NULL AND report != ''"
    )
    rows = _rows(
        db,
        "SELECT * FROM policy WHERE archived_at IS NULL AND coalesce(period, 'none') != 'none' ORDER BY number",
    )
    if rows:
        _move(db, rows)


def _move(db: Database, policies: list[dict[str, Any]]) -> None:
    # By its name: the journal writes through the connection, which brings the schema up to date first.
    journal = import_module("cockpit.store.journal")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    for policy in policies:
        contract = _rows(db, "SELECT provider FROM contract WHERE code = ?", policy["contract"])
        function = _rows(db, "SELECT owner FROM function WHERE code = ?", policy["function"])
        source = (contract[0]["provider"] if contract else "") or (function[0]["owner"] if function else "")
        clocks = _rows(db, "SELECT * FROM clock WHERE policy = ? AND period != ''", policy["code"])
        promised = {name: policy[name] for name in _COLUMNS if policy[name]}
        same = _rows(
            db, "SELECT id, code FROM report WHERE archived_at IS NULL AND name = ? AND source = ?",
            policy["name"], source,
        )  # fmt: skip
        stamp = journal.Stamp(at=at, actor=journal.PROGRAM, action="report.expect")
        if same:
            code, puts = same[0]["code"], [journal.Put("report", same[0]["id"], promised)]
        else:
            code = journal.next_code(db.conn, "ER")
            values = {
                "name": policy["name"], "source": source, "period": policy["period"], "pillar": "finance",
                "reminders": 0, "conf": policy["conf"], "due": _next(clocks), "received_on": _last(clocks), **promised,
            }  # fmt: skip
            puts = [journal.Put("report", _new_id(), values, "ER")]
        puts += [journal.Put("clock", each["id"], {"report": code}) for each in clocks]
        puts.append(journal.Put("policy", policy["id"], {"archived_at": at}))
        journal.write(db.conn, stamp, puts)


def _next(clocks: list[dict[str, Any]]) -> str | None:
    return min((each["due"][:10] for each in clocks if each["due"] and not each["ended_at"]), default=None)


def _last(clocks: list[dict[str, Any]]) -> str | None:
    kept = ("met", "breached")
    return max(
        (each["ended_at"][:10] for each in clocks if each["ended_at"] and each["state"] in kept), default=None
    )


def _rows(db: Database, sql: str, *args: str) -> list[dict[str, Any]]:
    found = db.execute(sql, list(args))
    names = [each[0] for each in found.description]
    return [dict(zip(names, tuple(row), strict=True)) for row in found.fetchall()]


def _new_id() -> str:
    from uuid import uuid4

    return str(uuid4())

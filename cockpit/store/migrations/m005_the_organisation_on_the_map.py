"""Interfaces, processes, risks, accesses, continuity, costs, audits; what providers and contracts lacked."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    _flows(db)
    _continuity(db)
    _reviews(db)
    for table, columns in _ADDED.items():
        for column, kind in columns.items():
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    for statement in _INDEXES:
        db.execute(statement)


def _flows(db: Database) -> None:
    create_register(
        db, "process",
        {"name": str, "function": str, "criticality": int, "core_value": int, "accountable": str,
         "responsible": str, "consulted": str, "informed": str, "coordinator": str, "steps": str},
        searched=("name", "steps", "responsible", "consulted", "informed"),
        refs={"function": "function", "accountable": "person", "coordinator": "person"},
    )  # fmt: skip
    create_register(
        db, "tool",
        {"name": str, "usage": str, "processes": str, "owner": str, "provider": str,
         "interoperability": str, "personal_data": int, "yearly_cost": int},
        searched=("name", "usage", "owner", "processes"), refs={"provider": "provider"},
    )  # fmt: skip
    create_register(
        db, "interface",
        {"name": str, "source": str, "target": str, "channel": str, "cadence_days": int, "owner": str,
         "critical": int, "documented": int, "last_on": str, "ritual": str, "note": str},
        searched=("name", "channel", "owner", "note"), refs={"ritual": "ritual"},
    )  # fmt: skip
    create_register(
        db, "scope",
        {"name": str, "holder": str, "function": str, "does": str, "does_not": str, "decides_up_to": int,
         "reviewed_on": str},
        searched=("name", "does", "does_not"), refs={"function": "function"},
    )  # fmt: skip


def _continuity(db: Database) -> None:
    create_register(
        db, "risk",
        {"name": str, "kind": str, "function": str, "provider": str, "gross_likelihood": int,
         "gross_impact": int, "measures": str, "net_likelihood": int, "net_impact": int, "owner": str,
         "review_on": str},
        searched=("name", "measures", "owner"), refs={"function": "function", "provider": "provider"},
    )  # fmt: skip
    create_register(
        db, "access",
        {"name": str, "holder": str, "level": str, "function": str, "tool": str, "shared": int,
         "second_admin": str, "vault": str, "granted_on": str, "reviewed_on": str, "revoked_on": str},
        searched=("name", "vault"), refs={"function": "function", "tool": "tool"},
    )  # fmt: skip
    create_register(
        db, "document",
        {"name": str, "process": str, "function": str, "link": str, "owner": str, "reviewed_on": str,
         "tested_by": str, "tested_on": str},
        searched=("name", "link", "owner", "tested_by"), refs={"process": "process", "function": "function"},
    )  # fmt: skip
    create_register(
        db, "continuity",
        {"name": str, "function": str, "scenario": str, "backup": str, "steps": str, "link": str,
         "recovery_hours": int, "owner": str, "review_on": str},
        searched=("name", "steps", "link", "owner"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "drill",
        {"name": str, "plan": str, "held_on": str, "measured_hours": int, "verdict": str, "note": str},
        searched=("name", "note"), refs={"plan": "continuity"},
    )  # fmt: skip
    create_register(
        db, "handover",
        {"name": str, "kind": str, "giver": str, "taker": str, "function": str, "due": str, "note": str},
        searched=("name", "note"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "step",
        {"name": str, "handover": str, "owner": str, "due": str, "done_on": str},
        searched=("name", "owner"), refs={"handover": "handover"},
    )  # fmt: skip
    create_register(
        db, "cost",
        {"name": str, "month": str, "kind": str, "function": str, "contract": str, "amount": int,
         "minutes": int},
        searched=("name",), refs={"function": "function", "contract": "contract"},
    )  # fmt: skip
    create_register(
        db, "report",
        {"name": str, "source": str, "pillar": str, "period": str, "due": str, "received_on": str,
         "completeness": int, "reminders": int},
        searched=("name",), refs={},
    )  # fmt: skip


def _reviews(db: Database) -> None:
    create_register(
        db, "trial",
        {"name": str, "function": str, "owner": str, "starts_on": str, "ends_on": str, "verdict": str,
         "learned": str},
        searched=("name", "owner", "learned"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "lesson",
        {"name": str, "function": str, "origin": str, "learned_on": str, "note": str},
        searched=("name", "origin", "note"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "audit",
        {"name": str, "function": str, "provider": str, "held_on": str, "answers": str, "verdict": str,
         "next_on": str, "note": str},
        searched=("name", "note"), refs={"function": "function", "provider": "provider"},
    )  # fmt: skip
    create_register(
        db, "level",
        {"name": str, "function": str, "held_on": str, "core_value": int, "skill": int, "full_cost": int,
         "benefit": str, "verdict": str, "next_on": str, "note": str},
        searched=("name", "note"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "selfaudit",
        {"name": str, "held_on": str, "spent_minutes": int, "functions": int, "zones": int, "answers": str},
        searched=("name",), refs={},
    )  # fmt: skip


_ADDED = {
    "provider": {
        "dependence": "INTEGER", "penetration": "INTEGER", "maturity": "INTEGER", "trust": "INTEGER",
    },
    "contract": {"data_ownership": "TEXT", "ended_on": "TEXT", "end_reason": "TEXT"},
}  # fmt: skip
_INDEXES = (
    "CREATE INDEX interface_ends ON interface (source, target)",
    "CREATE INDEX process_function ON process (function)",
    "CREATE INDEX risk_function ON risk (function)",
    "CREATE INDEX access_holder ON access (holder) WHERE revoked_on IS NULL",
    "CREATE INDEX continuity_function ON continuity (function)",
    "CREATE INDEX drill_plan ON drill (plan, held_on)",
    "CREATE INDEX step_handover ON step (handover)",
    "CREATE INDEX step_open ON step (due) WHERE done_on IS NULL AND archived_at IS NULL",
    "CREATE INDEX cost_month ON cost (month)",
    "CREATE INDEX audit_function ON audit (function, held_on)",
    "CREATE INDEX level_function ON level (function, held_on)",
    "CREATE INDEX handover_giver ON handover (giver)",
    # Where a guided job stands that somebody left, written at each answer.
    """CREATE TABLE job_state (who TEXT NOT NULL, job TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL,
       PRIMARY KEY (who, job)) STRICT, WITHOUT ROWID""",
)

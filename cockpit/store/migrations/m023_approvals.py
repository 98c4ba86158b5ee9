"""What waits for somebody's yes, and whether a circuit lets somebody approve what they submitted."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "approval",
        {
            "title": str, "kind": str, "about": str, "amount": int, "function": str, "circuit": str,
            "submitted_by": str, "submitted_at": str, "state": str, "approver": str, "waiting_since": str,
            "answer_by": str, "passed_at": str, "sent_at": str, "question": str, "reply": str, "reason": str,
            "answered_by": str, "proof": str, "closed_at": str, "content": str, "case": str, "note": str,
        },
        searched=("title", "note", "question", "reply", "reason"), refs={"function": "function"},
    )  # fmt: skip
    db.execute("CREATE INDEX approval_open ON approval (closed_at, answer_by)")
    db.execute("CREATE INDEX approval_about ON approval (about)")
    db.execute("ALTER TABLE circuit ADD COLUMN approves_own INTEGER NOT NULL DEFAULT 0")

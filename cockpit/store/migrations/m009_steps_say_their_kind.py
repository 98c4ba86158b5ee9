"""The steps of a ritual say their kind before a colon, where it was guessed from the words of their title."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from importlib import import_module

from sqlite_utils import Database

_BEFORE = (
    ("kickoff", "Round 2|Figures 3|Last week 5|The week ahead 5|Blockers 12|Priorities 3"),
    ("kickoff", "Tour 2|Chiffres 3|Semaine passée 5|La semaine à venir 5|Blocages 12|Priorités 3"),
    ("flash", "Last commitments 1|Hot blockers 12|Decisions read back 2"),
    ("flash", "Derniers engagements 1|Blocages chauds 12|Relecture des décisions 2"),
    ("review", "Priorities reached and carried 10|Blockers 15|Priorities challenged 15|Decisions 5"),
    ("review", "Priorités atteintes et reportées 10|Blocages 15|Priorités remises en cause 15|Décisions 5"),
    ("providers", "Promises kept 10|Open blockers 15|Contracts and notices 10|Decisions 10"),
    ("providers", "Engagements tenus 10|Blocages ouverts 15|Contrats et préavis 10|Décisions 10"),
)
"""The steps that came ready until now: left as they were taken, they follow their kind from now on."""
_WORDS = (
    ("last week", "commitments"), ("semaine passee", "engagements"), ("semaine derniere", "engagements"),
    ("attendance", "attendance"), ("presen", "présence"), ("tour", "présence"), ("commit", "commitments"),
    ("engagement", "engagements"), ("bilan", "engagements"), ("figure", "figures"), ("chiffre", "chiffres"),
    ("scorecard", "figures"), ("week", "week"), ("semaine", "semaine"), ("agenda", "week"),
    ("block", "blockers"), ("bloca", "blocages"), ("sujet", "blocages"), ("subject", "blockers"),
    ("priorit", "priorities"), ("roti", "votes"), ("vote", "votes"), ("read", "decisions"),
    ("decision", "decisions"), ("relect", "décisions"),
)  # fmt: skip
"""What the words of a title meant, in the order in which they were looked for, and the kind they become."""


def step(db: Database) -> None:
    # By its name: the journal writes through the connection, which brings the schema up to date first.
    journal = import_module("cockpit.store.journal")
    rows = db.execute("SELECT id, kind, steps FROM ritual WHERE coalesce(steps, '') != ''").fetchall()
    puts = [
        journal.Put("ritual", id, {"steps": after})
        for id, kind, before in rows
        if (after := _converted(kind, before)) != before
    ]
    if puts:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        journal.write(db.conn, journal.Stamp(at=now, actor=journal.PROGRAM, action="ritual.steps"), puts)


def _converted(kind: str, text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if (kind, "|".join(lines)) in _BEFORE:
        return ""
    return "\n".join(_kind_first(line) for line in lines)


def _kind_first(line: str) -> str:
    found = re.fullmatch(r"(\S.*?)[ :·-]+([0-9]{1,3})(?: ?min)?", line)
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower()
    kind = next((kind for word, kind in _WORDS if word in plain), "")
    return f"{kind}: {found[1]} {found[2]}" if found and kind else line

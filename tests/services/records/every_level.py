"""A company with one record of each register at each level, written through the doors that a person has.

Each level has a word of its own in all of its texts, and figures of its own: what a way out says beyond the
level of the room is found by looking for them.
"""

from __future__ import annotations

import csv
import os
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from cockpit.domain.records.record import Field, FieldKind, Register
from cockpit.domain.registers import ORGANISATION, REGISTERS
from tests.cli.conftest import Run
from tests.services.records.secrets_everywhere import ORDER

WORDS = ("Anatole", "Bertrande", "Clothilde", "Zorglub")
"""The word of each level."""
CENTS = (7131_17, 7232_18, 7333_19, 7434_20)
"""The amount of each level: its euros are said nowhere else."""
HOURS = (6161, 6262, 6363, 6464)
"""The hours and minutes of each level."""
TODAY = date(2026, 11, 23)
NOW = "2026-11-23T09:00"
_ENTERED = [
    name for name in ORDER if name in ORGANISATION and REGISTERS[name].editable and name != "feedback"
]
"""What a spreadsheet brings in, in the order in which they refer to one another."""
ORDER_OF = {word: level + 1 for level, word in enumerate(WORDS)}
_SAID = {
    "rule": "mon 11:45", "hours": "mon-fri 09:00-17:00", "presence": "mon 09:00-12:00", "timezone": "Europe/Paris",
    "holidays": "FR", "sla": "4ho", "target": "4ho", "max_delay": "8ho", "warn": "75,90", "steps": "", "exceptions": "",
    "pause": "", "vault": "", "period": "month", "status_source": "", "agenda": "", "slots": "",
    "deputy": "", "second_admin": "", "taker": "", "backup": "", "substitute": "", "supersedes": "",
}  # fmt: skip
_OF_NO_ID = r"(?<![0-9a-f]{8}-)(?<![0-9a-f]{4}-)"
"""Four digits between the hyphens of an id, which is drawn, are no figure."""
_typed: list[sqlite3.Connection] = []
"""The database after all of it was typed, in memory."""


def secrets_above(level: int) -> re.Pattern[str]:
    """What must not be said in a room of that level: words, amounts however they are grouped, and figures."""
    found = list(WORDS[level + 1 :])
    for cents in CENTS[level + 1 :]:
        euros = cents // 100
        grouped = rf"{euros // 1000}[\s,.\u202f\u00a0]?{euros % 1000:03}"
        found += [rf"{_OF_NO_ID}\b(?:{grouped}|{cents})\b"]
    found += [rf"{_OF_NO_ID}\b{hours}\b" for hours in HOURS[level + 1 :]]
    return re.compile("|".join(found), re.IGNORECASE)


def fill(run: Run, folder: Path) -> None:
    """Everything, by the commands that a person types; typed once a process, afterwards copied.

    Fails when one of them is refused.
    """
    if not _typed:
        _type(run, folder)
    with closing(sqlite3.connect(os.environ["COCKPIT_DB"])) as conn:
        if _typed:
            _typed[0].backup(conn)
        else:
            _typed.append(sqlite3.connect(":memory:"))
            conn.backup(_typed[0])


def _type(run: Run, folder: Path) -> None:
    for name in _ENTERED:
        done(run, "register", "import", name, str(_file(folder, REGISTERS[name])))
    for level, word in enumerate(WORDS):
        conf = f"conf:{level}"
        case = {"dossier": f"dossier:{word}"} if level else {}
        marks = [f"+{word}-function", f"@{word}-provider", f"qui:{word}-person", *case.values()]
        done(run, "block", word, "blocker", "p1", "sla:4ho", f"puis:{word}", conf, *marks, "//", word, "note")
        done(run, "priority", word, "priority", "p1", conf, *marks, "//", word, "note")
        done(run, "decide", word, "decision", conf, "--motive", word, "--question", word,
             "--amount", f"{CENTS[level] // 100},{CENTS[level] % 100:02}", "--review", "12/12")  # fmt: skip
    codes = [each["code"] for each in run("list", "blockers", "--json", now=NOW).json]
    for code, word in zip(sorted(codes), WORDS, strict=True):
        done(run, "escalate", code, word, "question")
        done(run, "next", code, word, "next")
        done(run, "wait", code, f"{word} provider")
        done(run, "prepare", code, word, "line")
        # Of an interface, which has no name that a spreadsheet could give.
        done(run, "feedback", f"IF-{ORDER_OF[word]}", "4", "//", word, "note")
    for word in WORDS:
        done(run, "provider", "problem", f"{word} provider", word, "sees", "it")
        done(run, "provider", "spoke", f"{word} provider", word, "spoke")
    done(run, "sync", "--holidays")


def done(run: Run, *words: str) -> str:
    """A command that must be taken."""
    said = run(*words, now=NOW)
    assert said.code == 0, (words, said.out, said.err)
    return said.out


def _file(folder: Path, register: Register) -> Path:
    fields = [field for field in register.fields if not field.computed and _SAID.get(field.name) != ""]
    path = folder / f"{register.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([field.name for field in fields])
        for level in range(len(WORDS)):
            writer.writerow([_cell(register, field, level) for field in fields])
    return path


def _cell(register: Register, field: Field, level: int) -> str:
    word = WORDS[level]
    if field.name == "conf":
        return str(level)
    if field.ref and _SAID.get(field.name) != "":
        entered = [name for name in field.ref if name in _ENTERED]
        known = [name for name in entered if REGISTERS[name].unique] or (entered if field.required else [])
        # Who gives and who takes are two.
        if not known and field.required:
            # A name that two may have is none to refer by.
            return f"{REGISTERS[field.ref[0]].prefix}-{level + 1}"
        of = known[-1 if field.name == "target" else 0] if known else register.name
        return f"{word} {of}" if of != register.name else ""
    if field.name in _SAID and field.kind not in (FieldKind.DECIMAL, FieldKind.DATE):
        return _SAID[field.name]
    if field.name == register.subject:
        return f"{word} {register.name}"
    if field.kind is FieldKind.CHOICE:
        return next(iter(field.choices))
    return {
        FieldKind.TEXT: f"{word} {field.name}", FieldKind.LONG: f"{word} {field.name}", FieldKind.NAMES: word,
        FieldKind.LINK: f"https://{word}.example/{field.name}", FieldKind.FLAG: "yes", FieldKind.PERIOD: "10d",
        FieldKind.DECIMAL: str(HOURS[level] if field.high is None else field.low or 1),
        FieldKind.MONEY: f"{CENTS[level] // 100},{CENTS[level] % 100:02}",
        FieldKind.NUMBER: str(HOURS[level] if field.high is None else field.low or 1),
        FieldKind.DATE: (TODAY + timedelta(days=30)).isoformat(),
    }.get(field.kind, "")  # fmt: skip

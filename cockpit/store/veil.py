"""Hides the words of confidential records from everything that one connection reads.

Views that belong to the connection stand in front of the tables of the same names: no query has to know
of the veil, so none can forget it. Such a connection never writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from cockpit.domain.records.confidentiality import BLANK, hidden_columns, is_figure, restricted
from cockpit.domain.records.record import FieldKind, Register
from cockpit.domain.registers import REGISTERS

PRIVATE_LEVEL = 2
"""How confidential an event is that its author keeps from others."""
_CASES = (
    "blocker", "priority", "decision", "dossier", "handover", "continuity", "provider", "ritual", "occurrence",
    "figure", "cost", "document", "contract", "process", "statement",
)  # fmt: skip
# A record that speaks of another one is as confidential as it.
_SPEAKS_OF = {
    "clock": "blocker", "escalation": "blocker", "preparation": "about", "statement": "became",
    "hold": "priority", "step": "handover", "drill": "plan", "mark": "provider", "occurrence": "ritual",
    "attendance": "occurrence", "measure": "figure", "approval": "about",
}  # fmt: skip


def draw(conn: sqlite3.Connection, level: int) -> None:
    """Hide the words of what is above `level` from every later query of this connection."""
    hidden = " UNION ALL ".join(f"SELECT code FROM main.{name} WHERE conf > {level:d}" for name in _CASES)
    conn.execute(f"CREATE TEMP VIEW veiled_code AS {hidden}")
    for register in REGISTERS.values():
        conn.execute(f"CREATE TEMP VIEW {register.name} AS {_select(conn, register, level)}")
    conn.execute(f"CREATE TEMP VIEW journal AS {_journal(conn, level)}")
    conn.execute(f"CREATE TEMP VIEW outbox AS {_outbox(conn, level)}")
    conn.execute(f"CREATE TEMP VIEW agenda_block AS {_agenda(conn, level)}")
    conn.execute(f"CREATE TEMP VIEW agenda_issue AS {_agenda_repairs(conn, level)}")
    conn.execute("PRAGMA query_only = ON")


def _above(register: Register, level: int) -> str:
    said = _SPEAKS_OF.get(register.name)
    about = f" OR t.{said} IN (SELECT code FROM veiled_code)" if said else ""
    return f"(t.conf > {level:d}{about})"


def _select(conn: sqlite3.Connection, register: Register, level: int) -> str:
    words = dict(hidden_columns(register))
    above = _above(register, level)
    shown = []
    for name in _columns(conn, register.name):
        column = f't."{name}"'
        if name == "conf":
            shown.append(f"CASE WHEN {above} THEN max(t.conf, {level + 1:d}) ELSE t.conf END AS conf")
            continue
        if name not in words:
            shown.append(column)
            continue
        if is_figure(words[name]):
            shown.append(f'CASE WHEN {above} THEN NULL ELSE {column} END AS "{name}"')
            continue
        text = restricted() if name == register.subject else BLANK
        if words[name] is FieldKind.NAMES:
            # An empty one stays empty: rules ask whether somebody is waited for, not whom.
            text, empty = f'["{BLANK}"]', "'[]'"
        else:
            empty = "''"
        if (register.name, name) == ("clock", "events"):
            text = "[]"
        rule = f"{above} AND coalesce({column}, {empty}) != {empty}"
        if (register.name, name) == ("occurrence", "agenda"):
            rule = f"({rule}) OR {_tells_of_hidden(column)}"
        shown.append(f'CASE WHEN {rule} THEN {_quoted(text)} ELSE {column} END AS "{name}"')
    # Of what is secret not even that there is something is told.
    only = f" WHERE max(t.conf, {register.floor:d}) <= {level:d}" if register.secret else ""
    return f"SELECT {', '.join(shown)} FROM main.{register.name} AS t{only}"


def _tells_of_hidden(column: str) -> str:
    return f"""EXISTS (SELECT 1 FROM veiled_code AS v WHERE instr({column}, '"' || v.code || '"') > 0)"""


def _journal(conn: sqlite3.Connection, level: int) -> str:
    """What was confidential once, or became so later, is hidden in all of its history."""
    entities = " OR ".join(
        f"(j.entity = '{register.name}' AND EXISTS"
        f" (SELECT 1 FROM main.{register.name} AS t WHERE t.id = j.entity_id AND {_above(register, level)}))"
        for register in REGISTERS.values()
    )
    once = f"EXISTS (SELECT 1 FROM main.journal AS k WHERE k.entity_id = j.entity_id AND k.conf > {level:d})"
    told = " OR ".join(_tells_of_hidden(f"j.{side}") for side in ("before", "after"))
    above = f"(j.conf > {level:d} OR {once} OR {entities} OR (j.entity = 'occurrence' AND ({told})))"
    subjects = sorted({register.subject for register in REGISTERS.values()} - {"code"})
    title = _quoted(restricted())
    blank = f"json_object({', '.join(f'{_quoted(name)}, {title}' for name in subjects)})"
    swapped = {
        "before": f"CASE WHEN {above} THEN NULL ELSE j.before END",
        "after": f"CASE WHEN {above} THEN {blank} ELSE j.after END",
        "reason": f"CASE WHEN {above} THEN '' ELSE j.reason END",
    }
    secret = [register for register in REGISTERS.values() if register.secret]
    absent = ", ".join(_quoted(register.name) for register in secret if register.floor > level)
    each = ", ".join(_quoted(register.name) for register in secret)
    return (
        f"{_swapped(conn, 'journal', 'j', swapped)} WHERE j.entity NOT IN ({absent})"
        f" AND (j.entity NOT IN ({each}) OR j.conf <= {level:d})"
    )


def _outbox(conn: sqlite3.Connection, level: int) -> str:
    title = _quoted(restricted())
    blank = (
        f"json_set(o.message, '$.title', {title}, '$.body', '', '$.facts', json('[]'), '$.thread', '',"
        " '$.link', '', '$.items', json('[]'))"
    )
    named = "SELECT 1 FROM json_each(o.codes) AS c WHERE c.value IN (SELECT code FROM veiled_code)"
    above = f"(coalesce(json_extract(o.message, '$.conf'), 1) > {level:d} OR EXISTS ({named}))"
    swapped = {"message": f"CASE WHEN {above} THEN {blank} ELSE o.message END"}
    return _swapped(conn, "outbox", "o", {**swapped, "about": f"CASE WHEN {above} THEN '' ELSE o.about END"})


def _agenda(conn: sqlite3.Connection, level: int) -> str:
    """Of a private event, when it is stays, since it takes the time; what it is goes."""
    above = f"(b.private AND {PRIVATE_LEVEL:d} > {level:d})"
    blank = dict.fromkeys(("location", "link", "organizer", "attendees", "notes"), "''")
    words = {"title": _quoted(restricted()), **blank}
    swapped = {name: f"CASE WHEN {above} THEN {word} ELSE b.{name} END" for name, word in words.items()}
    return _swapped(conn, "agenda_block", "b", swapped)


def _agenda_repairs(conn: sqlite3.Connection, level: int) -> str:
    """A repair quotes the event that it was made to."""
    private = "SELECT 1 FROM main.agenda_block AS b WHERE b.feed = i.feed AND b.uid = i.uid AND b.private"
    above = f"(i.uid != '' AND {PRIVATE_LEVEL:d} > {level:d} AND EXISTS ({private}))"
    line = f"CASE WHEN {above} THEN {_quoted(restricted())} ELSE i.line END"
    return _swapped(conn, "agenda_issue", "i", {"line": line})


def _swapped(conn: sqlite3.Connection, table: str, alias: str, swapped: dict[str, str]) -> str:
    shown = (
        f'{swapped[name]} AS "{name}"' if name in swapped else f'{alias}."{name}"'
        for name in _columns(conn, table)
    )  # fmt: skip
    return f"SELECT {', '.join(shown)} FROM main.{table} AS {alias}"


def _columns(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    for row in conn.execute(f"PRAGMA main.table_info({table})"):
        yield row["name"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""Hides the words of confidential records from everything that one connection reads.

Views that belong to the connection stand in front of the tables of the same names: no query has to know
of the veil, so none can forget it. Such a connection writes nothing, unless it is that of a seat: there the
journal writes behind the views (`main.`), and what the program works out by itself lifts them for as long.
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


_LEVEL = "(SELECT level FROM temp.veil)"
"""Asked once a query: a veil that is drawn is lifted and drawn again by one value."""


def draw(conn: sqlite3.Connection, level: int, *, writing: bool = False) -> None:
    """Hide the words of what is above `level` from every later query of this connection.

    `writing`: it goes on writing, through the journal.
    """
    conn.execute("CREATE TEMP TABLE veil (level INTEGER NOT NULL)")
    conn.execute("INSERT INTO temp.veil VALUES (?)", (level,))
    for view in _views(conn):
        conn.execute(view)
    if not writing:
        conn.execute("PRAGMA query_only = ON")


_known_views: dict[tuple[int, str], tuple[str, ...]] = {}


def _views(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What makes the views: the same for every database of one schema, in the words of one language."""
    of = (conn.execute("PRAGMA user_version").fetchone()[0], restricted())
    if of not in _known_views:
        hidden = " UNION ALL ".join(f"SELECT code FROM main.{name} WHERE conf > {_LEVEL}" for name in _CASES)
        selects = {
            "veiled_code": hidden,
            **{register.name: _select(conn, register) for register in REGISTERS.values()},
            "journal": _journal(conn),
            "outbox": _outbox(conn),
            "agenda_block": _agenda(conn),
            "agenda_issue": _agenda_repairs(conn),
            "live_event": _live(),
        }
        _known_views[of] = tuple(f"CREATE TEMP VIEW {name} AS {select}" for name, select in selects.items())
    return _known_views[of]


def set_level(conn: sqlite3.Connection, level: int) -> None:
    """Have the veil of a connection that writes hide what is above `level` from now on."""
    conn.execute("UPDATE temp.veil SET level = ?", (level,))


def hides(conn: sqlite3.Connection, table: str, id: str) -> str | None:
    """The code of a record that the veil hides; None for one that it shows, or that does not exist."""
    shown = conn.execute(f"SELECT conf FROM {table} WHERE id = ?", (id,)).fetchone()
    if shown is not None and shown["conf"] <= conn.execute(f"SELECT {_LEVEL}").fetchone()[0]:
        return None
    found = conn.execute(f"SELECT code FROM main.{table} WHERE id = ?", (id,)).fetchone()
    return None if found is None else str(found["code"])


def _above(register: Register) -> str:
    said = _SPEAKS_OF.get(register.name)
    about = f" OR t.{said} IN (SELECT code FROM veiled_code)" if said else ""
    return f"(t.conf > {_LEVEL}{about})"


def _select(conn: sqlite3.Connection, register: Register) -> str:
    words = dict(hidden_columns(register))
    above = _above(register)
    shown = []
    for name in _columns(conn, register.name):
        column = f't."{name}"'
        if name == "conf":
            shown.append(f"CASE WHEN {above} THEN max(t.conf, {_LEVEL} + 1) ELSE t.conf END AS conf")
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
    only = f" WHERE max(t.conf, {register.floor:d}) <= {_LEVEL}" if register.secret else ""
    return f"SELECT {', '.join(shown)} FROM main.{register.name} AS t{only}"


def _tells_of_hidden(column: str) -> str:
    return f"""EXISTS (SELECT 1 FROM veiled_code AS v WHERE instr({column}, '"' || v.code || '"') > 0)"""


def _journal(conn: sqlite3.Connection) -> str:
    """What was confidential once, or became so later, is hidden in all of its history."""
    entities = " OR ".join(
        f"(j.entity = '{register.name}' AND EXISTS"
        f" (SELECT 1 FROM main.{register.name} AS t WHERE t.id = j.entity_id AND {_above(register)}))"
        for register in REGISTERS.values()
    )
    once = f"EXISTS (SELECT 1 FROM main.journal AS k WHERE k.entity_id = j.entity_id AND k.conf > {_LEVEL})"
    # A running order is JSON, and stands in an entry as a text of JSON: its quotes have a backslash there.
    sides = (f"""replace(j.{side}, '\\"', '"')""" for side in ("before", "after"))
    told = " OR ".join(map(_tells_of_hidden, sides))
    above = f"(j.conf > {_LEVEL} OR {once} OR {entities} OR (j.entity = 'occurrence' AND ({told})))"
    subjects = sorted({register.subject for register in REGISTERS.values()} - {"code"})
    title = _quoted(restricted())
    blank = f"json_object({', '.join(f'{_quoted(name)}, {title}' for name in subjects)})"
    swapped = {
        "before": f"CASE WHEN {above} THEN NULL ELSE j.before END",
        "after": f"CASE WHEN {above} THEN {blank} ELSE j.after END",
        "reason": f"CASE WHEN {above} THEN '' ELSE j.reason END",
    }
    # Of what is secret not even that there is something is told.
    secret = "".join(
        f" AND (j.entity != {_quoted(register.name)} OR max(j.conf, {register.floor:d}) <= {_LEVEL})"
        for register in REGISTERS.values()
        if register.secret
    )
    return f"{_swapped(conn, 'journal', 'j', swapped)} WHERE 1{secret}"


def _outbox(conn: sqlite3.Connection) -> str:
    title = _quoted(restricted())
    blank = (
        f"json_set(o.message, '$.title', {title}, '$.body', '', '$.facts', json('[]'), '$.thread', '',"
        " '$.link', '', '$.items', json('[]'))"
    )
    named = "SELECT 1 FROM json_each(o.codes) AS c WHERE c.value IN (SELECT code FROM veiled_code)"
    above = f"(coalesce(json_extract(o.message, '$.conf'), 1) > {_LEVEL} OR EXISTS ({named}))"
    swapped = {"message": f"CASE WHEN {above} THEN {blank} ELSE o.message END"}
    return _swapped(conn, "outbox", "o", {**swapped, "about": f"CASE WHEN {above} THEN '' ELSE o.about END"})


def _agenda(conn: sqlite3.Connection) -> str:
    """Of a private event, when it is stays, since it takes the time; what it is goes."""
    above = f"(b.private AND {PRIVATE_LEVEL:d} > {_LEVEL})"
    blank = dict.fromkeys(("location", "link", "organizer", "attendees", "notes"), "''")
    words = {"title": _quoted(restricted()), **blank}
    swapped = {name: f"CASE WHEN {above} THEN {word} ELSE b.{name} END" for name, word in words.items()}
    return _swapped(conn, "agenda_block", "b", swapped)


def _agenda_repairs(conn: sqlite3.Connection) -> str:
    """A repair quotes the event that it was made to."""
    private = "SELECT 1 FROM main.agenda_block AS b WHERE b.feed = i.feed AND b.uid = i.uid AND b.private"
    above = f"(i.uid != '' AND {PRIVATE_LEVEL:d} > {_LEVEL} AND EXISTS ({private}))"
    line = f"CASE WHEN {above} THEN {_quoted(restricted())} ELSE i.line END"
    return _swapped(conn, "agenda_issue", "i", {"line": line})


def _live() -> str:
    """Of a meeting that is hidden, nothing of what is typed in it."""
    above = f"SELECT code FROM occurrence WHERE conf > {_LEVEL}"
    return f"SELECT e.* FROM main.live_event AS e WHERE e.occurrence NOT IN ({above})"


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

"""Lessons: asked when a long or repeated case closes, kept in their register, recalled by the next like case."""

from __future__ import annotations

import json

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.text import TITLE_LIMIT, clean, typed
from cockpit.domain.work import lessons as rules
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

LESSON = REGISTERS["lesson"]
_RECENT = 400


def is_asked(workspace: Workspace, code: str) -> bool:
    """Whether the blocker of that code, which closed, asks what was learned. Raises UnknownCode."""
    _register, found = find(workspace, code)
    if not isinstance(found, Blocker) or found.closed_at is None or found.lesson:
        return False
    began = found.since or found.created_at or found.closed_at
    return rules.is_asked(found.closed_at - began, _cases(workspace, found))


def keep(workspace: Workspace, code: str, text: str) -> str:
    """Keep what a blocker taught, on it and in the register of lessons; the code of the lesson.

    Raises UnknownCode.
    """
    register, found = find(workspace, code)
    if not isinstance(found, Blocker):
        raise UnknownCode(code)
    said = typed(text)
    with transaction(workspace.conn):
        made, _changed = workspace.change_all(
            [(LESSON, None, of(workspace, found, said)), (register, found, {"lesson": said})], "lesson.add"
        )
    return made.code


def of(workspace: Workspace, blocker: Blocker, said: str) -> dict[str, Value]:
    """The lesson of a blocker, as a record of its own: what is too long for a title goes to the note."""
    name = clean(said, TITLE_LIMIT)
    values: dict[str, Value] = {
        "name": name, "function": blocker.function or None, "origin": blocker.code,
        "learned_on": workspace.today(), "conf": blocker.conf,
    }  # fmt: skip
    return values | ({"note": said} if name != said else {})


def recalled(workspace: Workspace, title: str) -> tuple[str, str] | None:
    """The code and the words of the lesson that a new case recalls: by its own words or those of its case."""
    rows = workspace.conn.execute(
        "SELECT l.code, l.name, l.name || ' ' || coalesce(b.title, '') AS known FROM lesson AS l"
        " LEFT JOIN blocker AS b ON b.code = l.origin WHERE l.archived_at IS NULL"
        " ORDER BY l.number DESC LIMIT ?",
        (_RECENT,),
    ).fetchall()
    code = rules.recalled(title, ((row["code"], row["known"]) for row in rows))
    return next(((row["code"], row["name"]) for row in rows if row["code"] == code), None)


def _cases(workspace: Workspace, found: Blocker) -> int:
    """Cases of its function and of one of those it waited for, not long before it: itself among them."""
    if not (found.function or found.waiting_on):
        return 1
    assert found.closed_at is not None
    rows = workspace.conn.execute(
        "SELECT waiting_on FROM blocker WHERE archived_at IS NULL AND coalesce(function, '') = ?"
        " AND coalesce(since, created_at) >= ?",
        (found.function or "", instant(found.closed_at - rules.WITHIN)),
    )
    mine = set(found.waiting_on)
    return sum(not mine or bool(mine & set(json.loads(row["waiting_on"] or "[]"))) for row in rows)

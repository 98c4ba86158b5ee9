"""Whether the journal's seal holds, the rows are what it says, and its end is still there.

What was found good once is remembered, so that opening costs what was written since and not what is stored;
once a week all of it is read again. Two things that nobody with a tool for SQL can change beside the database
tell that its end was cut off: the names of backups, and any head that was published elsewhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers import register_of
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, proof
from cockpit.store.connection import backups_of, head_in, superseded
from cockpit.store.proof import Difference
from cockpit.store.records import instant
from cockpit.store.state import memos

WHOLE_EVERY = timedelta(days=7)
_VERIFIED = "verified"


@dataclass(frozen=True)
class Verification:
    """What a verification found. `broken` is the first entry that does not hold; `lost` names a head that was
    published and is not in the journal any more.
    """

    entries: int
    head: str
    broken: int | None
    rows: tuple[Difference, ...]
    lost: str
    whole: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was changed outside the program, as far as was read."""
        return self.broken is None and not self.rows and not self.lost


@dataclass(frozen=True)
class _Verified:
    """Up to where all was good, when all was last read, and how many rows there were."""

    seq: int
    hash: str
    whole_at: datetime
    counts: Mapping[str, int]


def check(workspace: Workspace, *, whole: bool = False, published: str = "") -> Verification:
    """Verify what was written since the last time that all was good; everything when `whole` or once a week.

    `published` is a head, or its first digits, that should still be in the journal.
    """
    conn, now = workspace.conn, workspace.clock()
    known = _known(conn)
    if whole or known is None or not timedelta() <= now - known.whole_at < WHOLE_EVERY:
        known = None
    with _as_it_stands(conn):
        entries, head = journal.head(conn)
        broken = journal.verify(conn, (known.seq, known.hash) if known else None)
        rows = _rows(conn, known) if broken is None else ()
        lost = _lost(workspace, published)
        counts = proof.counts(conn)
    found = Verification(entries, head, broken, rows, lost, whole=known is None)
    if not found.holds:
        # The next verification reads all of it again, until it is mended.
        memos.put(conn, _VERIFIED, "")
    elif known is None or known.seq != entries:
        _remember(conn, _Verified(entries, head, known.whole_at if known else now, counts))
    return found


def restore_row(workspace: Workspace, code: str) -> list[journal.JournalEntry]:
    """Make a record what the journal says, and journal that; an empty list when it is already.

    Raises CannotRestore of `store.proof`, also while the journal itself does not hold, and LookupError for a
    code of no register.
    """
    register = register_of(code)
    if register is None:
        raise LookupError(code)
    if journal.verify(workspace.conn) is not None:
        raise proof.CannotRestore(code)
    return workspace.restore_row(register, code.upper())


def in_words(found: Difference) -> str:
    """One difference as a sentence."""
    if found.field == proof.ROW:
        if found.stored is None:
            return _("{code} ({table}): the row was deleted").format(code=found.code, table=found.table)
        return _("{code} ({table}): a row that nobody wrote").format(code=found.code, table=found.table)
    return _("{code} ({table}): {field} is {stored}, the journal says {told}").format(
        code=found.code, table=found.table, field=found.field, stored=_shown(found.stored),
        told=_shown(found.told),
    )  # fmt: skip


def to_json(found: Difference) -> dict[str, Any]:
    """A difference as the shell gives it; a whole row has an empty field."""
    return {
        "table": found.table, "code": found.code, "field": found.field,
        "stored": found.stored, "journal": found.told,
    }  # fmt: skip


def _shown(value: object) -> str:
    return "∅" if value in (None, "") else f"“{value}”"


def _rows(conn: sqlite3.Connection, known: _Verified | None) -> tuple[Difference, ...]:
    if known is None:
        return proof.differences(conn)
    found = proof.differences(conn, known.seq)
    # A row that was added or deleted shows in how many there are; which one, only reading all of them tells.
    if proof.counts(conn) != proof.counts_since(conn, known.counts, known.seq):
        return proof.differences(conn)
    return found


def _lost(workspace: Workspace, published: str) -> str:
    if published and not journal.holds_head(workspace.conn, published):
        return published
    gone = superseded(workspace.path)
    told = [(head_in(each.name), each.name) for each in backups_of(workspace.path) if each.name not in gone]
    # The one that goes furthest: names say the hour of whoever was travelling.
    said, name = max(((head, name) for head, name in told if head is not None), default=((0, ""), ""))
    return "" if journal.holds(workspace.conn, said) else name


def _known(conn: sqlite3.Connection) -> _Verified | None:
    try:
        found = json.loads(memos.get(conn, _VERIFIED) or "null")
        if not isinstance(found, dict):
            return None
        counts = {str(table): int(n) for table, n in found["counts"].items()}
        whole_at = datetime.fromisoformat(found["whole_at"]).astimezone(UTC)
        return _Verified(int(found["seq"]), str(found["hash"]), whole_at, counts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _remember(conn: sqlite3.Connection, found: _Verified) -> None:
    said = {"seq": found.seq, "hash": found.hash, "whole_at": instant(found.whole_at), "counts": found.counts}
    with suppress(sqlite3.OperationalError):  # busy or full: the next verification reads it again
        memos.put(conn, _VERIFIED, json.dumps(said))


@contextmanager
def _as_it_stands(conn: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one instant, whatever others write meanwhile."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.rollback()

"""What a copy lacks of the present, in entries of the journal and in words."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history, rows
from cockpit.services.records.history import JournalLine
from cockpit.store import erasure, journal

_NAMED = 5


@dataclass(frozen=True)
class Loss:
    """What would be lost if a copy took the place of the present."""

    entries: int
    """How far the copy goes: the number of its last entry."""
    at: datetime | None
    """When that was written; None for an empty journal."""
    missing: int
    """Entries of the present that the copy lacks."""
    missing_since: datetime | None
    """When the first of them was written."""
    beyond: int
    """Entries of the copy that the present lacks: the two went different ways."""
    newest: tuple[JournalLine, ...]
    """The last of what is missing, newest first."""
    erased: tuple[str, ...] = ()
    """Codes of people who were erased since, and would be here again by their names."""


def compared(present: Workspace, copy: sqlite3.Connection) -> Loss:
    """Compare the present with a copy of it, of this schema or an older one."""
    theirs, ours = journal.head(copy)[0], journal.head(present.conn)[0]
    common = _common(present.conn, copy, min(theirs, ours))
    missing = journal.entries(present.conn, limit=min(ours - common, _NAMED))
    return Loss(
        theirs, _when(copy, theirs), ours - common, _when(present.conn, common + 1), theirs - common,
        history.in_words(present, missing) if missing else (),
        tuple(dict.fromkeys(each.code for each in erasure.erasures(present.conn, common))),
    )  # fmt: skip


def lines(loss: Loss, now: datetime) -> list[str]:
    """What the copy is, and what would be lost, a line each."""
    when = dates.moment(loss.at.astimezone(now.tzinfo), now) if loss.at else _("never")
    said = [_("The copy goes up to entry {n}, written {when}.").format(n=loss.entries, when=when)]
    if not loss.missing:
        said.append(_("Nothing of what is here would be lost."))
    else:
        lost = ngettext(
            "{n} entry written since would be lost:", "{n} entries written since would be lost:", loss.missing
        )
        said.append(lost.format(n=loss.missing))
        said += [f"  {each.seq:>6}  {rows.change(each, coded=True).printed}" for each in loss.newest]
        if loss.missing > len(loss.newest):
            said.append("  " + _("and {n} before them").format(n=loss.missing - len(loss.newest)))
    if loss.erased:
        said.append(
            _(
                "Erased since, and here again by name: {codes}. Erase them again: cockpit person erase CODE"
            ).format(codes=", ".join(loss.erased))
        )
    if loss.beyond:
        said.append(
            ngettext(
                "It holds {n} entry that is not here: the two went different ways.",
                "It holds {n} entries that are not here: the two went different ways.",
                loss.beyond,
            ).format(n=loss.beyond)
        )
    return said


def _common(one: sqlite3.Connection, other: sqlite3.Connection, most: int) -> int:
    """The last entry that both hold: since each seals all before it, they agree up to one and never again."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if _hash(one, middle) == _hash(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _hash(conn: sqlite3.Connection, seq: int) -> str:
    row = conn.execute("SELECT hash FROM main.journal WHERE seq = ?", (seq,)).fetchone()
    return str(row[0]) if row else ""


def _when(conn: sqlite3.Connection, seq: int) -> datetime | None:
    row = conn.execute("SELECT at FROM main.journal WHERE seq = ?", (seq,)).fetchone()
    return datetime.fromisoformat(row[0]).astimezone(UTC) if row else None

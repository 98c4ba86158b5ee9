"""Messages to deliver: each once per channel, tried until delivered or given up, every try on record.

A row is claimed for a while by the process that sends it, so that two never send the same. What left under
a key, alone or with others, never leaves under another one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cockpit.domain.dataclasses import dataclass, field
from cockpit.store.transaction import transaction

HELD, QUEUED, SENT, FAILED, DROPPED = "held", "queued", "sent", "failed", "dropped"
HAS, WAITS, REFUSED = "has", "waits", "refused"
"""What became of one recipient of a message that has several."""
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Recipient:
    """One address of a message, and what became of it there."""

    state: str = WAITS
    error: str = ""


@dataclass(frozen=True)
class Parcel:
    """One message for one channel. Instants are UTC, ISO 8601."""

    id: int
    dedup: str
    channel: str
    message: Mapping[str, Any]
    state: str
    created_at: str
    attempts: int
    next_at: str
    sent_at: str | None
    error: str
    claimed_until: str | None = None
    about: tuple[str, ...] = ()
    """The keys of the alerts that it tells of, of which one line may say several; none for another message."""
    codes: tuple[str, ...] = ()
    """The records that it names."""
    sent_as: str = ""
    """The key under which it left or was about to, its own or that of several as one."""
    allowed: int | None = None
    """How confidential it was when a person let it go; None: nobody did."""
    may_have_come: bool = False
    """Whether an earlier try was cut off, or answered by nothing: it may have arrived all the same."""
    recipients: Mapping[str, Recipient] = field(default_factory=dict)
    """By address, when it goes to some only or some have it already; empty: all of the channel's."""


def put(
    conn: sqlite3.Connection,
    channel: str,
    dedup: str,
    message: Mapping[str, Any],
    at: str,
    *,
    state: str,
    about: Iterable[str] = (),
    codes: Iterable[str] = (),
    recipients: Iterable[str] = (),
) -> bool:
    """Add a message unless that channel has it already; whether it was added."""
    found = conn.execute(
        "INSERT OR IGNORE INTO main.outbox (dedup, channel, message, state, created_at, attempts, next_at, about,"
        " codes, recipients) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
        (dedup, channel, json.dumps(message, ensure_ascii=False), state, at, at, _SEPARATOR.join(about),
         json.dumps(list(codes)), _stored({each: Recipient() for each in recipients})),
    )  # fmt: skip
    return found.rowcount > 0


def due(conn: sqlite3.Connection, channel: str, now: str) -> list[Parcel]:
    """The messages of a channel that may leave now and that no process is sending."""
    rows = conn.execute(
        "SELECT * FROM outbox WHERE channel = ? AND state = ? AND next_at <= ?"
        " AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY id",
        (channel, QUEUED, now, now),
    )
    return [_parcel(row) for row in rows]


def claim(conn: sqlite3.Connection, ids: Sequence[int], sent_as: str, now: str, until: str) -> bool:
    """Reserve these for this process until then, to leave as one message of that key; False when one of them
    is not there to be sent any more. From here on they may have arrived, until `settle` says otherwise.
    """
    with transaction(conn):
        marks = ", ".join("?" * len(ids))
        free = conn.execute(
            f"SELECT count(*) FROM outbox WHERE id IN ({marks}) AND state = ?"
            " AND (claimed_until IS NULL OR claimed_until <= ?)",
            (*ids, QUEUED, now),
        ).fetchone()[0]
        if free != len(ids):
            return False
        conn.execute(
            f"UPDATE main.outbox SET claimed_until = ?, sent_as = ?, may_have_come = 1 WHERE id IN ({marks})",
            (until, sent_as, *ids),
        )
    return True


def settle(
    conn: sqlite3.Connection, id: int, claimed_until: str, state: str, *, attempts: int, next_at: str,
    sent_at: str = "", error: str = "", may_have_come: bool = False,
    recipients: Mapping[str, Recipient] | None = None,
) -> None:  # fmt: skip
    """What came of a try; the claim ends. Nothing when the claim is another process's by now."""
    conn.execute(
        "UPDATE main.outbox SET state = ?, attempts = ?, next_at = ?, sent_at = coalesce(nullif(?, ''), sent_at),"
        " error = ?, may_have_come = ?, recipients = ?, claimed_until = NULL"
        " WHERE id = ? AND claimed_until = ?",
        (state, attempts, next_at, sent_at, error, int(may_have_come), _stored(recipients or {}), id,
         claimed_until),
    )  # fmt: skip


def put_aside(conn: sqlite3.Connection, id: int, state: str, why: str, now: str) -> None:
    """Hold or drop a message that no process is sending, one that was not delivered too, and why in words."""
    conn.execute(
        "UPDATE main.outbox SET state = ?, error = ?, claimed_until = NULL WHERE id = ? AND state IN (?, ?, ?)"
        " AND (claimed_until IS NULL OR claimed_until <= ?)",
        (state, why, id, QUEUED, HELD, FAILED, now),
    )


def say(conn: sqlite3.Connection, ids: Iterable[int], why: str) -> None:
    """Why these still wait."""
    conn.executemany(
        "UPDATE main.outbox SET error = ? WHERE id = ? AND state = ?", [(why, id, QUEUED) for id in ids]
    )


def reword(conn: sqlite3.Connection, id: int, message: Mapping[str, Any]) -> None:
    """The words with which a message leaves, as they are true by now."""
    conn.execute(
        "UPDATE main.outbox SET message = ? WHERE id = ?", (json.dumps(message, ensure_ascii=False), id)
    )


def let_go(conn: sqlite3.Connection, parcel: Parcel, at: str, allowed: int | None) -> None:
    """Have a message leave at the next turn, with those that left under the same key; tries start anew.

    `allowed` is how confidential it is, when a person read it before; None leaves it to be judged.
    """
    together = "channel = ? AND sent_as = ? AND state = ?"
    same = (parcel.channel, parcel.sent_as, parcel.state) if parcel.sent_as else ("", "", "")
    for row in conn.execute(
        f"SELECT * FROM outbox WHERE id = ? OR ({together})", (parcel.id, *same)
    ).fetchall():
        each = _parcel(row)
        again = {who: found if found.state == HAS else Recipient() for who, found in each.recipients.items()}
        conn.execute(
            "UPDATE main.outbox SET state = ?, attempts = 0, next_at = ?, error = '', claimed_until = NULL,"
            " allowed = ?, recipients = ? WHERE id = ?",
            (QUEUED, at, allowed, _stored(again), each.id),
        )


def get(conn: sqlite3.Connection, id: int) -> Parcel | None:
    """One message."""
    row = conn.execute("SELECT * FROM outbox WHERE id = ?", (id,)).fetchone()
    return _parcel(row) if row else None


def latest(conn: sqlite3.Connection, limit: int = 200) -> list[Parcel]:
    """The newest messages, what needs somebody first."""
    rows = conn.execute(
        "SELECT * FROM outbox ORDER BY state NOT IN ('failed', 'held'), state != 'queued', id DESC LIMIT ?",
        (limit,),
    )
    return [_parcel(row) for row in rows]


def waiting(
    conn: sqlite3.Connection, channel: str, *, about: Iterable[str] = (), state: str = ""
) -> list[Parcel]:
    """What did not leave by a channel yet: of any of these alerts, or in one state, where these are given."""
    rows = conn.execute(
        "SELECT * FROM outbox WHERE channel = ? AND state IN (?, ?) AND (? = '' OR state = ?) ORDER BY id",
        (channel, HELD, QUEUED, state, state),
    )
    wanted = frozenset(about)
    return [found for found in map(_parcel, rows) if not wanted or wanted.intersection(found.about)]


def by_other_channels(conn: sqlite3.Connection, channels: Sequence[str]) -> list[Parcel]:
    """What waits to leave by a channel that is none of these."""
    rows = conn.execute(
        f"SELECT * FROM outbox WHERE state IN (?, ?) AND channel NOT IN ({', '.join('?' * len(channels))})",
        (HELD, QUEUED, *channels),
    )
    return [_parcel(row) for row in rows]


def arrived(conn: sqlite3.Connection, about: str, since: str) -> list[Parcel]:
    """What was delivered of one alert since then, to some of its recipients at least."""
    rows = conn.execute(
        "SELECT * FROM outbox WHERE instr(about, ?) AND sent_at IS NOT NULL AND created_at >= ? ORDER BY id",
        (about, since),
    )
    return [found for found in map(_parcel, rows) if about in found.about]


def count(conn: sqlite3.Connection, state: str) -> int:
    """How many messages are in that state."""
    found: int = conn.execute("SELECT count(*) FROM outbox WHERE state = ?", (state,)).fetchone()[0]
    return found


def failing(conn: sqlite3.Connection) -> frozenset[str]:
    """The channels by which a message could not be delivered."""
    rows = conn.execute("SELECT DISTINCT channel FROM outbox WHERE state = ?", (FAILED,))
    return frozenset(row["channel"] for row in rows)


def sent_since(conn: sqlite3.Connection, channel: str, since: str) -> int:
    """How many messages left by a channel since then: several that left as one are one."""
    found: int = conn.execute(
        "SELECT count(DISTINCT coalesce(nullif(sent_as, ''), dedup)) FROM outbox WHERE channel = ? AND sent_at >= ?",
        (channel, since),
    ).fetchone()[0]
    return found


def forget(conn: sqlite3.Connection, before: str) -> None:
    """Forget what was delivered or dropped before then."""
    conn.execute("DELETE FROM main.outbox WHERE state IN (?, ?) AND created_at < ?", (SENT, DROPPED, before))


def _stored(recipients: Mapping[str, Recipient]) -> str:
    told = {who: [found.state, found.error] for who, found in recipients.items()}
    return json.dumps(told, ensure_ascii=False)


def _parcel(row: sqlite3.Row) -> Parcel:
    recipients = json.loads(row["recipients"]).items()
    return Parcel(
        id=row["id"],
        dedup=row["dedup"],
        channel=row["channel"],
        message=json.loads(row["message"]),
        state=row["state"],
        created_at=row["created_at"],
        attempts=row["attempts"],
        next_at=row["next_at"],
        sent_at=row["sent_at"],
        error=row["error"],
        claimed_until=row["claimed_until"],
        about=tuple(filter(None, row["about"].split(_SEPARATOR))),
        codes=tuple(json.loads(row["codes"])),
        sent_as=row["sent_as"],
        allowed=row["allowed"],
        may_have_come=bool(row["may_have_come"]),
        recipients={who: Recipient(state, error) for who, (state, error) in recipients},
    )

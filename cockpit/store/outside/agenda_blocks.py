"""The blocks of agendas, and what is kept of their instances when they change or vanish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from cockpit.domain.agenda.events import KINDS, EventCard, Span
from cockpit.domain.dataclasses import dataclass

_T = TypeVar("_T")

CARD = "title, location, link, organizer, attendees, notes, status, busy, participation, repaired, private"
"""The columns of a block that hold its card, in the order of `put_cards`."""


class KnownBlock(NamedTuple):
    """A block as stored, without its text."""

    id: int
    uid: str
    rid: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockRow:
    """A block to store. `lo` and `hi` bound, in seconds, what it may touch; None means without limit."""

    hash: bytes
    uid: str
    rid: str
    recurring: bool
    lo: int | None
    hi: int | None
    raw: bytes


def known_blocks(conn: sqlite3.Connection, feed: str) -> dict[bytes, KnownBlock]:
    """The blocks that the feed held at its last read, by hash."""
    rows = conn.execute(
        "SELECT hash, id, uid, rid FROM agenda_block WHERE feed = ? AND gone_at IS NULL", (feed,)
    )
    return {row[0]: KnownBlock(row[1], row[2], row[3]) for row in rows}


def blocks_of(conn: sqlite3.Connection, feed: str, uids: Iterable[str]) -> Iterator[tuple[int, str, bytes]]:
    """Id, uid and text of the live blocks of some events of a feed."""
    for some in chunks(list(uids)):
        yield from conn.execute(
            "SELECT id, uid, raw FROM agenda_block"
            f" WHERE feed = ? AND gone_at IS NULL AND uid IN ({marks(some)})",
            (feed, *some),
        )


def uids_touching(conn: sqlite3.Connection, feed: str, lo: int, hi: int) -> list[str]:
    """The events of which some live block may have an instance between two moments, in seconds."""
    rows = conn.execute(
        "SELECT DISTINCT uid FROM agenda_block WHERE feed = ? AND gone_at IS NULL"
        " AND (lo IS NULL OR lo < ?) AND (hi IS NULL OR hi > ?)",
        (feed, hi, lo),
    )
    return [row[0] for row in rows]


def add_blocks(conn: sqlite3.Connection, feed: str, rows: Sequence[BlockRow]) -> dict[bytes, int]:
    """Store new blocks; returns the id of each by its hash."""
    first = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM agenda_block").fetchone()[0]
    conn.executemany(
        "INSERT INTO agenda_block (id, feed, hash, uid, rid, recurring, lo, hi, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, feed, row.hash, row.uid, row.rid, row.recurring, row.lo, row.hi, row.raw)
            for n, row in enumerate(rows, first)
        ),
    )
    return {row.hash: n for n, row in enumerate(rows, first)}


def put_cards(conn: sqlite3.Connection, cards: Iterable[tuple[int, str, EventCard]]) -> None:
    """Store what blocks say: their id, the instance that they replace if any, and the card."""
    conn.executemany(
        f"UPDATE agenda_block SET rid = ?, ({CARD}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
        (
            (
                rid, card.title, card.location, card.link, card.organizer, "\n".join(card.attendees),
                card.notes, card.status, card.busy, card.participation, card.repaired, card.private, block,
            )
            for block, rid, card in cards
        ),
    )  # fmt: skip


def clear_instances(conn: sqlite3.Connection, feed: str, uids: Iterable[str]) -> None:
    """Forget the instances of some live events, before new ones are put."""
    for some in chunks(list(uids)):
        conn.execute(
            "DELETE FROM agenda_occurrence WHERE block IN (SELECT id FROM agenda_block"
            f" WHERE feed = ? AND gone_at IS NULL AND uid IN ({marks(some)}))",
            (feed, *some),
        )


def add_instances(conn: sqlite3.Connection, rows: Iterable[tuple[int, Span]]) -> None:
    """Store instances by block id; one that is already there stays."""
    conn.executemany(
        "INSERT OR IGNORE INTO agenda_occurrence (starts, block, ends, kind) VALUES (?, ?, ?, ?)",
        ((span.starts, block, span.ends, KINDS.index(span.kind)) for block, span in rows),
    )


def prune(conn: sqlite3.Connection, feed: str, lo: int, hi: int) -> None:
    """Forget the live instances outside two moments, in seconds; history stays."""
    conn.execute(
        "DELETE FROM agenda_occurrence WHERE (starts >= ? OR ends <= ?) AND block IN"
        " (SELECT id FROM agenda_block WHERE feed = ? AND gone_at IS NULL)",
        (hi, lo, feed),
    )


def forget_blocks(
    conn: sqlite3.Connection, blocks: Sequence[int], *, before: int, gone_at: str, keep: frozenset[int]
) -> None:
    """Take blocks out of their feed; those in `keep` leave as history what ended by `before` (seconds)."""
    dropped = [block for block in blocks if block not in keep]
    for some in chunks(dropped):
        conn.execute(f"DELETE FROM agenda_occurrence WHERE block IN ({marks(some)})", some)
    for some in chunks([block for block in blocks if block in keep]):
        conn.execute(
            f"DELETE FROM agenda_occurrence WHERE block IN ({marks(some)}) AND ends > ?", (*some, before)
        )
        conn.execute(f"UPDATE agenda_block SET gone_at = ? WHERE id IN ({marks(some)})", (gone_at, *some))
        conn.execute(
            f"DELETE FROM agenda_block WHERE id IN ({marks(some)})"
            " AND NOT EXISTS (SELECT 1 FROM agenda_occurrence WHERE block = agenda_block.id)",
            some,
        )
    for some in chunks(dropped):
        conn.execute(f"DELETE FROM agenda_block WHERE id IN ({marks(some)})", some)


def drop_history_seen_again(conn: sqlite3.Connection, feed: str) -> None:
    """Forget past instances of vanished events that the feed names again under another uid."""
    conn.execute(
        "DELETE FROM agenda_occurrence WHERE block IN"
        " (SELECT id FROM agenda_block WHERE feed = :feed AND gone_at IS NOT NULL)"
        " AND EXISTS (SELECT 1 FROM agenda_occurrence AS o JOIN agenda_block AS b ON b.id = o.block"
        " WHERE o.starts = agenda_occurrence.starts AND o.ends = agenda_occurrence.ends"
        " AND b.feed = :feed AND b.gone_at IS NULL"
        " AND b.title = (SELECT title FROM agenda_block WHERE id = agenda_occurrence.block))",
        {"feed": feed},
    )
    conn.execute(
        "DELETE FROM agenda_block WHERE feed = ? AND gone_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM agenda_occurrence WHERE block = agenda_block.id)",
        (feed,),
    )


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The items by as many as one statement can bind on every SQLite."""
    for n in range(0, len(items), 500):
        yield items[n : n + 500]


def marks(items: Sequence[object]) -> str:
    """As many `?` as there are items."""
    return ", ".join("?" * len(items))

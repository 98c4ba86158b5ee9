"""Stores what a feed answered: only the parts that changed are read, and all is written in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256

from cockpit.domain.agenda.events import UNFINISHED
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.locale import _
from cockpit.services.agenda.windows import (
    MOST_EVENTS,
    USUAL_WEEKS,
    Days,
    Groups,
    Weeks,
    read_groups,
    stored_windows,
    window_around,
    write,
)
from cockpit.sources.ical.read import PARSER_VERSION, EventBlock, FeedText, read_feed
from cockpit.store.outside import agenda as store
from cockpit.store.outside import agenda_blocks, agenda_changes
from cockpit.store.outside.agenda import FeedState
from cockpit.store.transaction import transaction

CONFIRM_AFTER = timedelta(minutes=10)
"""How far apart two answers must be for the second to confirm the first."""


@dataclass(frozen=True, kw_only=True)
class FeedOutcome:
    """What reading a feed changed."""

    events: int = 0
    """Events that the feed holds now, in any period; each moved instance of a series counts."""
    repairs: int = 0
    added: int = 0
    removed: int = 0
    unchanged: bool = False
    """Nothing was read and nothing was written."""
    quarantined: bool = False
    """So much is missing that the old agenda was kept, until the feed says the same again."""
    note: str = ""
    """What a person should know, in their language; often empty."""


@dataclass(kw_only=True)
class _Change:
    """How a feed differs from what is stored."""

    new: list[EventBlock]
    gone: list[agenda_blocks.KnownBlock]
    """Stored blocks that are no longer true."""
    touched: set[str]
    """The events that have to be read again."""
    added: int
    removed: int


def apply_body(
    conn: sqlite3.Connection,
    feed: str,
    body: bytes,
    *,
    now: datetime,
    zone: str,
    emails: tuple[str, ...] = (),
    weeks: Weeks = USUAL_WEEKS,
    seconds: float | None = None,
    apart: bool = False,
) -> FeedOutcome:
    """Take what `feed` answered into the store. `now` is aware; `zone` and `emails` are the person's.

    Nothing is written when the content is the same. An answer that lost more than half of its events is
    believed only when it comes again some time later, or when a person accepts it. An answer cut short
    deletes nothing. Vanished events are deleted, what they already had is kept. Its repetitions take
    `seconds` of a processor at most; the rest is left to `windows.finish`. With `apart` they are read in a
    process that can be ended. Raises FeedRefused when `body` is no calendar.
    """
    state = store.feed_state(conn, feed)
    mine = "\n".join(sorted(email.strip().lower() for email in emails))
    reader = f"{PARSER_VERSION}-{blake2b(mine.encode(), digest_size=8).hexdigest()}"
    digest = sha256(body).hexdigest()
    if state.body_sha == digest and state.parser_version == reader and not state.suspect:
        return FeedOutcome(events=state.events, repairs=state.repairs, unchanged=True)
    text = read_feed(body, reader)
    note = " · ".join(_(issue.what) for issue in text.issues if not issue.uid and not issue.line)
    change = _change(text, agenda_blocks.known_blocks(conn, feed))
    if state.revision and not change.touched and not state.suspect:
        return FeedOutcome(events=state.events, repairs=state.repairs, unchanged=True, note=note)
    if _loses_too_much(state, text) and not _is_confirmed(state, text, now):
        return _quarantine(conn, state, text, now)
    state = replace(
        state,
        body_sha="" if text.truncated else digest,
        zone_hash=blake2b(text.zones.source, digest_size=16).hexdigest(),
        parser_version=reader,
        emails=mine,
        zones=text.zones.source,
        events=len(text.blocks) if not text.truncated else max(state.events, len(text.blocks)),
        suspect="",
        suspect_at="",
    )
    windows = stored_windows(conn, feed) or [window_around(now, zone, weeks)]
    return _take(conn, state, text, change, windows, now=now, seconds=seconds, apart=apart)


def _change(text: FeedText, known: dict[bytes, agenda_blocks.KnownBlock]) -> _Change:
    new = [block for block in text.blocks if block.hash not in known]
    seen = {block.hash for block in text.blocks}
    names = {(block.outline.uid, block.outline.rid) for block in new}
    gone = [block for digest, block in known.items() if digest not in seen]
    if text.truncated:
        gone = [block for block in gone if (block.uid, block.rid) in names]
    before = {(block.uid, block.rid) for block in gone}
    return _Change(
        new=new,
        gone=gone,
        touched={uid for uid, _rid in names | before},
        added=len(names - before),
        removed=len(before - names),
    )


def _loses_too_much(state: FeedState, text: FeedText) -> bool:
    return not text.truncated and state.events > 0 and len(text.blocks) * 2 < state.events


def _is_confirmed(state: FeedState, text: FeedText, now: datetime) -> bool:
    """Whether the same answer came some time ago, or a person said that it is right."""
    if state.suspect_at == store.ACCEPTED:
        return True
    since = datetime.fromisoformat(state.suspect_at) if state.suspect_at else now
    return state.suspect == text.fingerprint and now - since >= CONFIRM_AFTER


def accept(conn: sqlite3.Connection, feed: str) -> bool:
    """Believe what a doubted feed says, from its next answer on; whether it was doubted."""
    with transaction(conn):
        state = store.feed_state(conn, feed)
        if state.suspect:
            store.put_feed(conn, replace(state, suspect_at=store.ACCEPTED))
    return bool(state.suspect)


def _quarantine(conn: sqlite3.Connection, state: FeedState, text: FeedText, now: datetime) -> FeedOutcome:
    same = state.suspect == text.fingerprint
    with transaction(conn):
        if store.feed_state(conn, state.feed).revision == state.revision:
            at = state.suspect_at if same else now.astimezone(UTC).isoformat()
            store.put_feed(conn, replace(state, suspect=text.fingerprint, suspect_at=at))
    note = _(
        "only {count} events of {before} came: the agenda was kept, and will follow if this is confirmed"
    )
    return FeedOutcome(
        events=state.events,
        repairs=state.repairs,
        quarantined=True,
        note=note.format(count=len(text.blocks), before=state.events),
    )


def _take(
    conn: sqlite3.Connection,
    state: FeedState,
    text: FeedText,
    change: _Change,
    windows: Sequence[Days],
    *,
    now: datetime,
    seconds: float | None,
    apart: bool,
) -> FeedOutcome:
    """Read what changed, then write it with all that follows from it, or nothing."""
    feed, gone = state.feed, {block.id for block in change.gone}
    groups = _groups(conn, feed, change, gone)
    if len(groups) > MOST_EVENTS:
        groups = _nearest_first(groups, int(now.timestamp()))
    read = read_groups(groups, text.zones, windows, state.emails, seconds_left=seconds, apart=apart)
    vanished = frozenset(uid for uid, blocks in groups.items() if not blocks)
    # What is still to be read is not gone.
    news = change.touched - {issue.uid for issue in read.issues if issue.what == UNFINISHED}
    with transaction(conn):
        if store.feed_state(conn, feed).revision != state.revision:
            return FeedOutcome(
                events=state.events, note=_("another window of the cockpit has just read this agenda")
            )
        at = now.astimezone(UTC)
        kept = frozenset(block.id for block in change.gone if block.uid in vanished)
        # The first reading of an agenda is no news.
        before = agenda_changes.coming(conn, feed, news, now) if state.revision else None
        agenda_blocks.forget_blocks(
            conn, sorted(gone), before=int(at.timestamp()), gone_at=at.isoformat(), keep=kept
        )
        agenda_blocks.clear_instances(conn, feed, change.touched - vanished)
        ids = agenda_blocks.add_blocks(conn, feed, [_row(block) for block in change.new])
        write(conn, read, ids)
        agenda_blocks.drop_history_seen_again(conn, feed)
        if before is not None:
            after = agenda_changes.coming(conn, feed, news, now)
            agenda_changes.note(conn, feed, before, after, now)
        repairs = store.put_issues(conn, feed, {"", *change.touched}, [*text.issues, *read.issues])
        store.put_windows(conn, feed, [(lo.isoformat(), hi.isoformat()) for lo, hi in windows])
        store.put_feed(conn, replace(state, repairs=repairs))
        note = " · ".join(_(remark) for remark in store.remarks(conn, feed))
    return FeedOutcome(
        events=state.events, repairs=repairs, added=change.added, removed=change.removed, note=note
    )


def _groups(conn: sqlite3.Connection, feed: str, change: _Change, gone: set[int]) -> Groups:
    """The blocks, stored or new, of each touched event as it is now; none for one that vanished."""
    groups: Groups = {}
    for block_id, uid, raw in agenda_blocks.blocks_of(conn, feed, sorted(change.touched)):
        blocks = groups.setdefault(uid, [])
        if block_id not in gone:
            blocks.append((block_id, EventBlock(raw, b"")))
    for block in change.new:
        groups.setdefault(block.outline.uid, []).append((block.hash, block))
    return groups


def _nearest_first(groups: Groups, now: int) -> Groups:
    """The same events, those that lie next to `now` (seconds) first: not all of them are read at once."""

    def distance(uid: str) -> int:
        outlines = [block.outline for _key, block in groups[uid]]
        return min(
            (
                max(
                    each.lo - now if each.lo is not None else 0,
                    now - each.hi if each.hi is not None else 0,
                    0,
                )
                for each in outlines
            ),
            default=0,
        )

    return {uid: groups[uid] for uid in sorted(groups, key=distance)}


def _row(block: EventBlock) -> agenda_blocks.BlockRow:
    outline = block.outline
    return agenda_blocks.BlockRow(
        hash=block.hash,
        uid=outline.uid,
        rid=outline.rid,
        recurring=outline.recurring,
        lo=outline.lo,
        hi=outline.hi,
        raw=block.text,
    )

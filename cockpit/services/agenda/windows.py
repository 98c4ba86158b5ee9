"""Which weeks of agendas are stored, and the reading of blocks for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cockpit.domain.agenda.events import TOO_COSTLY, UNFINISHED, EventCard, Issue, Span
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.settings import Settings
from cockpit.sources.ical.read import EventBlock, seconds
from cockpit.sources.ical.zones import Zones
from cockpit.store.outside import agenda as store
from cockpit.store.outside import agenda_blocks
from cockpit.store.transaction import transaction

if TYPE_CHECKING:
    from cockpit.sources.ical.series import EventReading

Weeks = tuple[int, int]
"""How many weeks to keep before and after the current one."""
USUAL_WEEKS: Weeks = (Settings.weeks_back, Settings.weeks_ahead)

Days = tuple[date, date]
"""From a day up to another, which is excluded."""

MOST_EVENTS = 20_000
"""Events of one feed that are read at a time: the others wait for the next sync."""
_FEW = 1_000
_LITTLE = 1_000_000
"""Events that do not repeat, and bytes of them, that cost less, read here, than a process of their own."""

Groups = dict[str, list[tuple["int | bytes", EventBlock]]]
"""The blocks of each event, by their id once stored, by their hash before."""


@dataclass(kw_only=True)
class Read:
    """What was read; blocks go by their id once stored, by their hash before."""

    cards: list[tuple[int | bytes, str, EventCard]] = field(default_factory=list)
    instances: list[tuple[int | bytes, Span]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def roll_window(
    conn: sqlite3.Connection, now: datetime, zone: str, weeks: Weeks = USUAL_WEEKS, *, apart: bool = False
) -> bool:
    """Move the stored weeks on with time, for every feed; whether anything had to be done.

    Weeks that someone paged to, and that no longer surround `now`, are forgotten then. With `apart` they are
    read in a process that can be ended.
    """
    target = window_around(now, zone, weeks)
    moved = False
    for feed in store.feeds(conn):
        windows = stored_windows(conn, feed)
        missing = _missing(target, windows)
        if missing:
            moved |= _add(conn, feed, missing, [target], prune=True, apart=apart)
    return moved


def extend(conn: sqlite3.Connection, lo: date, hi: date, *, apart: bool = False) -> bool:
    """Have the days from `lo` up to `hi` (excluded) stored for every feed; whether anything was missing.

    Whole months are read, so that paging on seldom reads again; with `apart` in a process that can be ended.
    """
    import arrow

    lo, hi = arrow.get(lo).floor("month").date(), arrow.get(hi).shift(months=1).floor("month").date()
    added = False
    for feed in store.feeds(conn):
        windows = stored_windows(conn, feed)
        missing = _missing((lo, hi), windows)
        if missing:
            added |= _add(conn, feed, missing, _joined([*windows, (lo, hi)]), prune=False, apart=apart)
    return added


def finish(conn: sqlite3.Connection, feed: str, seconds: float | None = None, *, apart: bool = False) -> bool:
    """Read what an earlier reading of `feed` had no time for, `seconds` of a processor and MOST_EVENTS at
    most; whether there was any. What is still left stays for the next time.

    What was beyond all that is kept is read too once a tenth of that is free again.
    """
    from cockpit.sources.ical.series import MOST_INSTANCES

    uids = store.uids_unfinished(conn, feed)
    costly = store.uids_unfinished(conn, feed, TOO_COSTLY)
    if costly and store.count_instances(conn, feed) < MOST_INSTANCES - MOST_INSTANCES // 10:
        uids += costly
    uids = list(dict.fromkeys(uids))[:MOST_EVENTS]
    windows = stored_windows(conn, feed)
    return bool(uids) and _read_stored(
        conn, feed, uids, windows, windows, again=True, limit=seconds, apart=apart
    )


def window_around(now: datetime, zone: str, weeks: Weeks = USUAL_WEEKS) -> Days:
    """The days to keep around `now`: whole weeks, so that they move once a week."""
    monday = now.astimezone(ZoneInfo(zone)).date()
    monday -= timedelta(days=monday.weekday())
    return monday - timedelta(weeks=weeks[0]), monday + timedelta(weeks=weeks[1] + 1)


def stored_windows(conn: sqlite3.Connection, feed: str) -> list[Days]:
    """The ranges of days that are stored for `feed`, sorted."""
    return [(date.fromisoformat(lo), date.fromisoformat(hi)) for lo, hi in store.windows(conn, feed)]


def _missing(wanted: Days, stored: Iterable[Days]) -> list[Days]:
    """The parts of `wanted` that no range of `stored`, sorted, covers."""
    missing, cursor = [], wanted[0]
    for lo, hi in stored:
        if cursor < lo and cursor < wanted[1]:
            missing.append((cursor, min(lo, wanted[1])))
        cursor = max(cursor, hi)
    if cursor < wanted[1]:
        missing.append((cursor, wanted[1]))
    return missing


def _joined(ranges: Iterable[Days]) -> list[Days]:
    """The same days in as few ranges as possible, sorted."""
    joined: list[Days] = []
    for lo, hi in sorted(ranges):
        if joined and lo <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], hi)
        else:
            joined.append((lo, hi))
    return joined


def read_groups(
    groups: Groups,
    zones: Zones,
    windows: Sequence[Days],
    emails: str,
    *,
    seconds_left: float | None = None,
    stored: int = 0,
    apart: bool = False,
) -> Read:
    """The events of `groups` that may touch `windows`, read, in some seconds of a processor at most.

    `stored` is how many instances their feed has already; `apart` has what repeats read in another process.
    """
    from cockpit.sources.ical.series import MOST_AT_ONCE, MOST_INSTANCES, READ_S

    read = Read()
    limit = READ_S if seconds_left is None else seconds_left
    bounds = [seconds(window) for window in windows]
    wanted = {
        uid: blocks
        for uid, blocks in groups.items()
        if any(_may_touch(block, bounds) for _key, block in blocks)
    }
    for uid in list(wanted)[MOST_EVENTS:]:
        del wanted[uid]
        read.issues.append(Issue(uid, "", UNFINISHED))
    readings = _readings(
        wanted, zones, windows, emails, seconds_left=limit, apart=apart,
        room=(MOST_INSTANCES - stored, MOST_AT_ONCE),
    )  # fmt: skip
    for uid, reading in readings:
        keys = [key for key, _block in wanted[uid]]
        read.cards.extend((keys[n], rid, card) for n, (rid, card) in reading.cards.items())
        read.instances.extend((keys[n], span) for n, span in reading.spans)
        read.issues.extend(reading.issues)
    return read


def _readings(
    groups: Groups, zones: Zones, windows: Sequence[Days], emails: str, *, seconds_left: float,
    room: tuple[int, int], apart: bool,
) -> Iterator[tuple[str, EventReading]]:  # fmt: skip
    """Each event read, in a process that can be ended where that is asked for and can be had, and is worth it.

    `room` is how many instances may be stored more, and how many of them by this reading.
    """
    from cockpit.sources.ical.series import Budget, read_series

    mine = tuple(filter(None, emails.split("\n")))
    texts = {uid: [block.text for _key, block in blocks] for uid, blocks in groups.items()}
    repeating = {uid: _repeats(blocks) for uid, blocks in groups.items()}
    size = sum(len(text) for each in texts.values() for text in each)
    if apart and (len(groups) > _FEW or size > _LITTLE or any(repeating.values())):
        from cockpit.sources.ical import apart as process

        # Where no process can be had, they are read here: an agenda is worth more than a bound.
        with suppress(OSError):
            # What may cost much comes last.
            asked = {uid: texts[uid] for uid in sorted(texts, key=repeating.__getitem__)}
            yield from process.read(
                asked, zones.source, windows, mine, seconds=seconds_left, instances=room[0], at_once=room[1]
            ).items()
            return
    budget = Budget(seconds=seconds_left, instances=room[0], at_once=room[1])
    for uid, each in texts.items():
        yield uid, read_series(uid, each, zones, windows, emails=frozenset(mine), budget=budget)


def _repeats(blocks: Sequence[tuple[int | bytes, EventBlock]]) -> bool:
    """Whether what an event costs is not bounded by its length."""
    return any(block.outline.recurring or block.outline.hi is None for _key, block in blocks)


def _may_touch(block: EventBlock, bounds: Sequence[tuple[int, int]]) -> bool:
    outline = block.outline
    return any(
        (outline.lo is None or outline.lo < hi) and (outline.hi is None or outline.hi > lo)
        for lo, hi in bounds
    )


def write(conn: sqlite3.Connection, read: Read, ids: dict[bytes, int]) -> None:
    """Store what was read; `ids` gives the id of each block that was new."""

    def block(key: int | bytes) -> int:
        return key if isinstance(key, int) else ids[key]

    agenda_blocks.put_cards(conn, ((block(key), rid, card) for key, rid, card in read.cards))
    agenda_blocks.add_instances(conn, ((block(key), span) for key, span in read.instances))


def _add(
    conn: sqlite3.Connection, feed: str, missing: Sequence[Days], windows: Sequence[Days], *, prune: bool,
    apart: bool,
) -> bool:  # fmt: skip
    """Read the stored blocks of `feed` for `missing` days; `windows` are those stored afterwards."""
    uids = {uid for window in missing for uid in agenda_blocks.uids_touching(conn, feed, *seconds(window))}
    return _read_stored(conn, feed, sorted(uids), missing, windows, prune=prune, apart=apart)


def _read_stored(
    conn: sqlite3.Connection,
    feed: str,
    uids: Sequence[str],
    missing: Sequence[Days],
    windows: Sequence[Days],
    *,
    prune: bool = False,
    again: bool = False,
    limit: float | None = None,
    apart: bool = False,
) -> bool:
    """Read some events of `feed` for `missing` days, `again` where they were read for them in part."""
    state = store.feed_state(conn, feed)
    lacking = {
        what: set() if again else set(store.uids_unfinished(conn, feed, what))
        for what in (TOO_COSTLY, UNFINISHED)
    }
    groups: Groups = {}
    for block_id, uid, raw in agenda_blocks.blocks_of(conn, feed, uids):
        groups.setdefault(uid, []).append((block_id, EventBlock(raw, b"")))
    stored = store.count_instances(conn, feed)
    zones = Zones.from_source(state.zones)
    read = read_groups(groups, zones, missing, state.emails, seconds_left=limit, stored=stored, apart=apart)
    # What was cut in the other weeks is still to be read there.
    for what, before in lacking.items():
        told = {issue.uid for issue in read.issues if issue.what == what}
        read.issues += [Issue(uid, "", what) for uid in uids if uid in before - told]
    with transaction(conn):
        if store.feed_state(conn, feed).revision != state.revision:
            return False
        if again:
            agenda_blocks.clear_instances(conn, feed, uids)
        write(conn, read, {})
        if prune:
            agenda_blocks.prune(conn, feed, *seconds(windows[0]))
        repairs = store.put_issues(conn, feed, uids, read.issues)
        store.put_windows(conn, feed, [(lo.isoformat(), hi.isoformat()) for lo, hi in windows])
        store.put_feed(conn, replace(state, repairs=repairs))
    return True

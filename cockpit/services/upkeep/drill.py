"""The restore drill: the newest backup, and the copy elsewhere, brought back into a throw-away file and judged.

A copy that nobody ever restored is a hope. The sync holds one by itself, once a month and whenever the ritual of
it comes; `cockpit drill` does at any time. What was found is kept for the doctor, the alerts and the manual, and
a drill that went well says of the ritual that it was held.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.organisation import restore_words
from cockpit.services.upkeep import backups, comparing, replica
from cockpit.services.upkeep.replica import NotBroughtBack
from cockpit.store import connection
from cockpit.store.connection import StoreError, backups_of
from cockpit.store.state import memos, restore_drills
from cockpit.store.state.restore_drills import BACKUP, REPLICA, Tried

EVERY = timedelta(days=30)
_AGAIN = timedelta(days=1)
_RITUAL, _WEEKS = "drill", 4
"""The kind of the ritual that comes ready for it, and how many weeks back one of its meetings is still meant."""
_TRIED = "restore_drill_tried"
_STOPWATCH: Callable[[], float] = time.monotonic

_Bring = Callable[[], AbstractContextManager[Path]]


def hold(
    workspace: Workspace, stopwatch: Callable[[], float] = _STOPWATCH, *, by: str = ""
) -> tuple[Tried, ...]:
    """Restore each copy that there is into a throw-away file, compare it with the present, and note what was found.

    Empty when there is no copy at all. `by` is who is said to have held the ritual, where another than who asks.
    """
    at = workspace.clock()
    found = tuple(_tried(workspace, at, kind, bring, stopwatch) for kind, bring in _copies(workspace))
    if found:
        restore_drills.add(workspace.conn, found)
    if found and not any(each.fault or each.beyond for each in found):
        _say_held(workspace, at, "; ".join(map(restore_words.in_words, found)), by)
    return found


def hold_if_due(workspace: Workspace) -> tuple[Tried, ...]:
    """The same by itself, once a month and when its ritual comes; what failed is tried again the next day."""
    now = workspace.clock()
    good, tried = restore_drills.last_good(workspace.conn), memos.get(workspace.conn, _TRIED)
    came = any(
        each.planned <= now and (good is None or good < each.planned)
        for each in rituals.unspoken(workspace, _RITUAL, 0)
    )
    if not came and good is not None and timedelta() <= now - good < EVERY:
        return ()
    if tried and tried > (now - _AGAIN).isoformat():
        return ()
    memos.put(workspace.conn, _TRIED, now.isoformat())
    return hold(workspace, by=PROGRAM)


def _say_held(workspace: Workspace, at: datetime, said: str, by: str) -> None:
    """Of each ritual of restore drills: its last meeting that came and nobody spoke of, or this week's."""
    waiting: dict[str, PlannedMeeting] = {}
    for each in rituals.unspoken(workspace, _RITUAL, _WEEKS):
        if each.planned <= at or each.ritual.code not in waiting:
            waiting[each.ritual.code] = each
    for meeting in waiting.values():
        rituals.say_held(workspace, meeting, held=True, reason=said, by=by)


def to_json(tried: Tried) -> dict[str, object]:
    """With stable keys."""
    return {
        "at": tried.at.isoformat(), "copy": tried.kind, "entries": tried.entries, "missing": tried.missing,
        "beyond": tried.beyond, "seconds": round(tried.seconds, 3), "fault": tried.fault or None,
    }  # fmt: skip


def _copies(workspace: Workspace) -> Iterator[tuple[str, _Bring]]:
    newest = next((each for each in backups_of(workspace.path) if connection.head_in(each.name)), None)
    if newest is not None:
        yield BACKUP, lambda: _copied(newest)
    elsewhere = workspace.settings.copies.replica
    if elsewhere:
        yield REPLICA, lambda: replica.brought_back(elsewhere, workspace.path, workspace.config_path)


@contextmanager
def _copied(backup: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cockpit-drill-") as folder:
        place = Path(folder) / "cockpit.db"
        shutil.copyfile(backup, place)
        yield place


def _tried(
    workspace: Workspace, at: datetime, kind: str, bring: _Bring, stopwatch: Callable[[], float]
) -> Tried:
    began = stopwatch()
    try:
        with bring() as place:
            with backups.opened(place) as conn:
                backups.judge(conn, place)
            # Opened as any other: brought up to the schema of today.
            with closing(connection.connect(place, create=False)) as conn:
                loss = comparing.compared(workspace, conn)
    except (StoreError, NotBroughtBack, OSError, sqlite3.Error) as error:
        return Tried(at, kind, 0, 0, 0, stopwatch() - began, str(error) or type(error).__name__)
    return Tried(at, kind, loss.entries, loss.missing, loss.beyond, stopwatch() - began, "")

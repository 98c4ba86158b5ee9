"""Counts the seconds of a live meeting, and tells real time from the laptop's sleep and from a clock that was set."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from cockpit.domain.meetings.facilitation import GAP_S
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.running_order import folded
from cockpit.store.state import live, memos

DRIFT_S = 2.0
"""Seconds by which the wall may move away from the steady clock before it counts as a jump."""
BEAT_S = 10.0
"""How often it is noted that the meeting goes on, so that another process can take it up."""
_NAME = "live_tick:"


class Timekeeper:
    """Ticked once a second while a meeting runs, and before each key is written down."""

    def __init__(
        self, workspace: Workspace, code: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.workspace, self.code, self.monotonic = workspace, code, monotonic
        self._wall, self._steady = self._now(), monotonic()
        self._noted = 0.0
        self._take_up()

    def tick(self) -> bool:
        """Compare the wall clock with the monotonic one; returns whether a sleep or a jump had to be stored."""
        wall, steady = self._now(), self.monotonic()
        # Some systems stop the steady clock during sleep, others do not: neither counts.
        passed = max(0.0, steady - self._steady)
        counted = 0.0 if passed > GAP_S else passed
        jumped = abs((wall - self._wall).total_seconds() - counted) > DRIFT_S
        if jumped and not self._written(self._wall, counted, wall):
            return False
        self._wall, self._steady = wall, steady
        if jumped or steady - self._noted >= BEAT_S:
            self._note(wall)
        return jumped

    def _take_up(self) -> None:
        """After a crash: short, the meeting went on; long, it begins again where it was last seen."""
        text = memos.get(self.workspace.conn, _NAME + self.code)
        try:
            seen = datetime.fromisoformat(text)
        except ValueError:
            seen = None
        if seen is not None and not -DRIFT_S <= (self._wall - seen).total_seconds() <= GAP_S:
            self._written(seen, 0.0, self._wall)
        self._note(self._wall)

    def _written(self, until: datetime, more: float, now: datetime) -> bool:
        """Store how much counted since the last event: up to `until`, and `more` seconds after it."""
        meeting = folded(self.workspace, self.code)
        if not meeting.running or meeting.at is None or meeting.facilitator not in ("", self.workspace.actor):
            # Whoever only follows it may sleep: it goes on.
            return True
        counted = max(0.0, (until - meeting.at).total_seconds()) + more
        at = now.isoformat(timespec="milliseconds")
        with suppress(live.MeetingOvertaken):
            try:
                live.append(
                    self.workspace.conn, self.code, meeting.seq + 1, at=at, kind="slept",
                    data={"counted": round(counted, 3)},
                )  # fmt: skip
            except sqlite3.OperationalError:
                # Busy or full: the next tick says it again, from the same two clocks.
                return False
        return True

    def _note(self, now: datetime) -> None:
        self._noted = self._steady
        if folded(self.workspace, self.code).facilitator not in ("", self.workspace.actor):
            return
        with suppress(sqlite3.OperationalError):
            memos.put(self.workspace.conn, _NAME + self.code, now.isoformat(timespec="milliseconds"))

    def _now(self) -> datetime:
        return self.workspace.clock().astimezone(UTC)

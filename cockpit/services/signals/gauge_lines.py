"""The three gauges of the banner, as they were measured last."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.signals.score import WEEK, GaugeName, SignalScore
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import scores
from cockpit.store.state.scores import Kept

GAUGE_BACK = 4
"""Weeks ago with which a gauge is compared."""
_HALF = 3.0
"""Points that a gauge must move before it is said to move."""


@dataclass(frozen=True, kw_only=True)
class GaugeLine:
    """One of the three gauges."""

    kept: Kept
    name: str
    trend: tuple[float | None, ...]

    @property
    def score(self) -> SignalScore:
        """What was measured."""
        return self.kept.score

    @property
    def key(self) -> str:
        """Stable for this gauge."""
        return key_of(self.score)

    @property
    def moves(self) -> int:
        """1 when it rose since four weeks ago, -1 when it fell; 0 when it stands, or is not known."""
        then = self.trend[-1 - GAUGE_BACK] if len(self.trend) > GAUGE_BACK else None
        if self.score.value is None or then is None or abs(self.score.value - then) < _HALF:
            return 0
        return 1 if self.score.value > then else -1


def key_of(score: SignalScore) -> str:
    """The identity of a score among marks and targets: `signal:S1:PR-3`."""
    return f"signal:{score.signal}:{score.subject}"


def read_gauges(workspace: Workspace) -> tuple[GaugeLine, ...]:
    """The three gauges alone, as the banner shows them; none before the first measure. Cheap: read at each board."""
    conn = workspace.conn
    level = EVERYTHING if workspace.room is None else workspace.room
    week = scores.last_week(conn)
    if week is None:
        return ()
    found = []
    for gauge in GaugeName:
        known = scores.history(conn, (gauge, ""), week, weeks=GAUGE_BACK + 1, level=level)
        if known and known[-1].score.week == week:
            values = {each.score.week: each.score.value for each in known}
            trend = tuple(values.get(week - n * WEEK) for n in range(GAUGE_BACK, -1, -1))
            found.append(GaugeLine(kept=known[-1], name=gauge, trend=trend))
    return tuple(found)

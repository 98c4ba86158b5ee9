"""The signals as they stand: what was measured last, its trend, what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.registers import register_of
from cockpit.domain.signals import rules
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import WEEK, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals import acknowledgement
from cockpit.services.signals.acknowledgement import Answer
from cockpit.services.signals.gauge_lines import GaugeLine, key_of
from cockpit.store import records
from cockpit.store.state import scores
from cockpit.store.state.scores import Kept

TREND = 13
"""Weeks of a trend."""


@dataclass(frozen=True, kw_only=True)
class SignalLine:
    """One signal about one subject, as it was measured last."""

    kept: Kept
    signal: Signal
    subject: str
    """The name of what it is about."""
    trend: tuple[float | None, ...]
    """Its values of TREND weeks, the last one last."""
    answer: Answer | None
    """What was said of it, where that still holds."""

    @property
    def score(self) -> SignalScore:
        """What was measured."""
        return self.kept.score

    @property
    def key(self) -> str:
        """Stable for this signal about this subject: `signal:S1:PR-3`."""
        return key_of(self.score)

    @property
    def is_raised(self) -> bool:
        """Whether it asks for somebody."""
        return self.kept.raised is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it is true, but not yet for two weeks in a row, or three others came first."""
        return not self.is_raised and rules.is_true(self.score, self.signal)


@dataclass(frozen=True, kw_only=True)
class SignalBoard:
    """The signals and gauges of the last measured week."""

    week: date | None
    """Monday of the week that was measured last; None before the first measure."""
    at: datetime | None
    gauges: tuple[GaugeLine, ...]
    lines: tuple[SignalLine, ...]
    """Raised ones first, then those that wait, calm ones, and those without enough data."""
    held_back: int
    """How many are above the level of the room."""

    def of(self, key: str) -> SignalLine | GaugeLine | None:
        """The line with that key; None when it is not measured any more."""
        every: tuple[SignalLine | GaugeLine, ...] = (*self.lines, *self.gauges)
        return next((each for each in every if each.key == key), None)

    @property
    def raised(self) -> tuple[SignalLine, ...]:
        """Those that ask for somebody and that nobody answered."""
        return tuple(each for each in self.lines if each.is_raised and each.answer is None)


def read(workspace: Workspace, *, whole: bool = True) -> SignalBoard:
    """Everything that was measured last, as the room may see it; not `whole`: without the records behind."""
    conn = workspace.conn
    level = EVERYTHING if workspace.room is None else workspace.room
    week = scores.last_week(conn)
    if week is None:
        return SignalBoard(week=None, at=None, gauges=(), lines=(), held_back=0)
    every = scores.of_week(conn, week, level, whole=whole)
    names = workspace.names()
    trends = scores.trends(conn, week - (TREND - 1) * WEEK, week, level)
    answers, now = acknowledgement.answers(workspace), workspace.clock()
    weeks = [(week - n * WEEK).isoformat() for n in range(TREND - 1, -1, -1)]
    gauges, lines = [], []
    for kept in every:
        score = kept.score
        known = trends.get(rules.key(score), {})
        trend = tuple(known.get(day) for day in weeks)
        if score.signal in SIGNALS:
            lines.append(SignalLine(
                kept=kept, signal=SIGNALS[score.signal], subject=subject_name(workspace, score.subject, names),
                trend=trend, answer=acknowledgement.holding(answers, key_of(score), score.state, now),
            ))  # fmt: skip
        else:
            gauges.append(GaugeLine(kept=kept, name=score.signal, trend=trend))
    order = list(GaugeName)
    gauges.sort(key=lambda each: order.index(GaugeName(each.name)))
    lines.sort(key=lambda each: (group(each), *rules.urgency(each.score, each.signal)))
    return SignalBoard(
        week=week, at=datetime.fromisoformat(every[0].at) if every else None, gauges=tuple(gauges),
        lines=tuple(lines), held_back=scores.held_back(conn, week, level),
    )  # fmt: skip


def history(workspace: Workspace, line: SignalLine | GaugeLine, weeks: int = 53) -> tuple[Kept, ...]:
    """What it was, week by week, oldest first."""
    level = EVERYTHING if workspace.room is None else workspace.room
    score = line.score
    return scores.history(workspace.conn, rules.key(score), score.week, weeks=weeks, level=level)


def subject_name(workspace: Workspace, code: str, names: Mapping[str, str]) -> str:
    """What a signal is about, by name; a record that is gone is said to be."""
    if not code:
        return _("the company")
    if code in names:
        return names[code]
    register = register_of(code)
    found = records.get(workspace.conn, register, code) if register is not None else None
    if register is None or found is None:
        return _("{code}, which is gone").format(code=code)
    return str(getattr(found, register.subject)) or code


def group(line: SignalLine) -> int:
    """Where it stands: 0 raised, 1 answered, 2 true once, 3 calm, 4 not enough data."""
    if line.is_raised:
        return 0 if line.answer is None else 1
    if line.is_waiting:
        return 2
    return 4 if line.score.state is SignalState.UNKNOWN else 3

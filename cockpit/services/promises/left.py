"""What is left of a clock of service, in words and in colours."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises import sla_clock
from cockpit.domain.promises.sla_target import percents
from cockpit.domain.registers.clock import PAUSES, Clock
from cockpit.domain.time.business_time import Calendar, NoBusinessTime
from cockpit.locale import _

GLYPHS = "●▲▲■‖"
CALM, AMBER, ORANGE, RED, STILL = range(5)
"""How bad it is, with a symbol for each: thresholds of the promise, then passed; STILL for a clock that is paused."""


@dataclass(frozen=True)
class ClockReading:
    """A clock at one moment `at`: the share used (0 to 1), how bad that is, what is left."""

    clock: Clock
    calendar: Calendar
    at: datetime
    used: float
    level: int

    @property
    def left_s(self) -> int:
        """Business seconds that remain, negative once it is passed."""
        clock = self.clock
        if self.level == RED:
            return -clock.overrun_s if clock.ended_at else -overrun(clock, self.calendar, self.at)
        if not _runs(clock):
            return max(0, clock.target_s - clock.consumed_s)
        assert clock.due is not None
        return max(0, self.calendar.between(self.at, clock.due))

    @property
    def words(self) -> str:
        """What is left, or why nothing runs."""
        from cockpit.services.desk.dates import business_duration

        if self.level == RED:
            return _("late {span}").format(span=business_duration(self.left_s))
        if self.clock.ended_at is not None:
            return _("kept") if self.clock.state == sla_clock.MET else _("ended")
        if self.level == STILL:
            return _("paused · {why}").format(why=_(PAUSES.get(self.clock.pause, self.clock.pause)))
        return _("{span} left").format(span=business_duration(self.left_s))


def reading(clock: Clock, calendar: Calendar, now: datetime) -> ClockReading:
    """What a stored clock says at `now`, from its stored due instant; cheap enough for every second."""
    target = clock.target_s or 1
    if has_passed(clock, now):
        return ClockReading(clock, calendar, now, 1.0, RED)
    if not _runs(clock):
        used = min(1.0, clock.consumed_s / target)
        return ClockReading(clock, calendar, now, used, CALM if clock.ended_at is not None else STILL)
    assert clock.due is not None
    left = max(0, calendar.between(now, clock.due))
    used = max(0.0, min(1.0, 1 - left / target))
    return ClockReading(clock, calendar, now, used, _level(clock, used))


def _runs(clock: Clock) -> bool:
    return clock.ended_at is None and clock.due is not None and not clock.pause


def overrun(clock: Clock, calendar: Calendar, now: datetime) -> int:
    """Business seconds beyond the due instant."""
    return max(0, calendar.between(clock.due, now)) if clock.due else 0


def thresholds(clock: Clock) -> list[int]:
    """The percentages at which this promise warns, in order."""
    return sorted(percent for percent in set(percents(clock.warn)) if 0 < percent < 100)


def passed_threshold(clock: Clock, used: float) -> int:
    """The highest warning percentage that is reached; 0 when none is."""
    return max((percent for percent in thresholds(clock) if used * 100 >= percent), default=0)


def has_passed(clock: Clock, at: datetime) -> bool:
    """Whether the promise is broken at `at`.

    Judged by consumed time: between a due instant that is a closing and the next opening, nothing is lost.
    """
    if clock.breached_at is not None or clock.ended_at is not None:
        return clock.state == sla_clock.BREACHED
    return clock.until is not None and at > clock.until


def projected_due(clock: Clock, calendar: Calendar, now: datetime) -> datetime | None:
    """When a paused clock would be due if it went on now."""
    try:
        return calendar.add(now, max(0, clock.target_s - clock.consumed_s))
    except NoBusinessTime:
        return None


def _level(clock: Clock, used: float) -> int:
    marks = thresholds(clock)
    reached = passed_threshold(clock, used)
    if not reached:
        return CALM
    return ORANGE if len(marks) > 1 and reached == marks[-1] else AMBER

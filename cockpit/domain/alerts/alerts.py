"""What deserves a red line now: derived from what is known, a handful at most, each with its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State

BUDGET = 7
"""Lines on the screen at once: more of them and none is read."""
OLD_BLOCKER_DAYS = 7
EXPIRY_DAYS = 30
CARRIED = 3
"""Times a priority is carried over before a choice is asked: do, delegate, date or drop."""
LASTING: Mapping[str, timedelta] = {"vital": timedelta(minutes=30), "important": timedelta(hours=4)}


@dataclass(frozen=True)
class Alert:
    """One line: how bad (2 red, 1 orange), what kind, about whom, and the record it opens on."""

    level: int
    kind: str
    subject: str
    detail: str = ""
    target: str = ""
    """Code of the record, or `status:KEY`, `feed:KEY`."""
    days: int = 0
    stage: str = ""
    """What makes it news again: a threshold, a level."""
    who: str = ""
    """Who is to do something next."""
    conf: int = 1

    @property
    def key(self) -> str:
        """Its identity: the same trouble at the same level is the same alert, worse is another one."""
        return f"{self.kind}:{self.target or self.subject}:{self.level}{self.stage}"


def ranked(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """Worst first, each identity once."""
    once: dict[str, Alert] = {}
    for alert in alerts:
        once.setdefault(alert.key, alert)
    return tuple(sorted(once.values(), key=lambda alert: -alert.level))


def provider_alert(
    key: str, name: str, state: State, criticality: str, *, lasts: timedelta = timedelta()
) -> Alert | None:
    """An alert about a provider's reported state; comfort tools raise none, unknown is never one.

    A trouble that lasts turns red: after half an hour for what is vital, four hours for what is important.
    """
    if criticality == "comfort" or state in (State.OPERATIONAL, State.MAINTENANCE, State.UNKNOWN):
        return None
    red = state is State.MAJOR_OUTAGE or (criticality == "vital" and state is State.PARTIAL_OUTAGE)
    red = red or lasts >= LASTING[criticality]
    return Alert(2 if red else 1, "provider", name, str(state), f"status:{key}")


def due_alert(kind: str, code: str, name: str, by: date, today: date) -> Alert | None:
    """An alert about a date that comes near or is past: orange thirty days before, red from that day on."""
    left = (by - today).days
    return (
        Alert(1 if left >= 0 else 2, kind, name, by.isoformat(), code, left) if left <= EXPIRY_DAYS else None
    )


def in_quiet_hours(at: time, quiet: tuple[time, time] | None) -> bool:
    """Whether nobody wants to be told at that local time; the span may run over midnight."""
    if quiet is None or quiet[0] == quiet[1]:
        return False
    start, end = quiet
    return start <= at < end if start < end else at >= start or at < end


def is_old(age: timedelta) -> bool:
    """Whether a blocker has been open too long without being settled."""
    return age >= timedelta(days=OLD_BLOCKER_DAYS)


def is_stale(last_ok: datetime | None, now: datetime, interval_s: int) -> bool:
    """Whether an agenda was read too long ago: more than two intervals, six hours at least."""
    return last_ok is not None and now - last_ok > max(timedelta(seconds=2 * interval_s), timedelta(hours=6))

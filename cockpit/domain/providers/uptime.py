"""The uptime of a source over a period, from the samples of the state that was shown.

Formula (after Atlassian's weights): uptime = 1 - sum(weight x seconds) / observed seconds, with weight 1
for an outage, 0.3 for a partial one, 0 for what is degraded. Maintenance and what nobody could see count
in neither term; how much was seen is said beside the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.providers.state import UNKNOWN_AFTER, State
from cockpit.domain.providers.status import worst

WEIGHTS: Mapping[State, float] = {State.MAJOR_OUTAGE: 1.0, State.PARTIAL_OUTAGE: 0.3}
LEAST_S = 3600.0
"""Under an hour of observation no figure is given."""

Sample = tuple[datetime, State]


@dataclass(frozen=True)
class Stretch:
    """A time during which one state was shown; `start` and `end` are aware."""

    state: State
    start: datetime
    end: datetime

    @property
    def seconds(self) -> float:
        """Its length in real seconds, whatever the zone."""
        return self.end.timestamp() - self.start.timestamp()


@dataclass(frozen=True)
class Uptime:
    """`share` from 0 to 1, None under an hour of observation; `coverage` is the share of time seen."""

    share: float | None
    coverage: float

    @property
    def percent(self) -> str:
        """With two decimals, never rounded up: 99.998 is 99.99. A dash without enough data."""
        if self.share is None:
            return "-"
        # The millionth absorbs what binary fractions lack, and is far below what is shown.
        return f"{int(self.share * 10_000 + 1e-6) / 100:.2f}"


@dataclass(frozen=True)
class UptimeDay:
    """One local day of a strip: the worst state seen, and for how many seconds each was."""

    day: date
    seconds: Mapping[State, float] = field(default_factory=dict)

    @property
    def worst(self) -> State:
        """The worst state seen that day; unknown when nothing was."""
        return worst(state for state in self.seconds if state is not State.UNKNOWN)


def stretches(samples: Sequence[Sample], lo: datetime, hi: datetime) -> tuple[Stretch, ...]:
    """What was shown from `lo` to `hi`, without gaps. `samples` are in order and may begin before `lo`.

    A sample holds until the next one, but no longer than a last word can be believed: then it is unknown.
    """
    found: list[Stretch] = []
    cursor = lo
    for index, (at, state) in enumerate(samples):
        until = samples[index + 1][0] if index + 1 < len(samples) else hi
        believed = min(until, at + UNKNOWN_AFTER, hi)
        start = max(at, lo)
        if believed <= cursor or start >= hi:
            continue
        _add(found, State.UNKNOWN, cursor, start)
        _add(found, state, max(start, cursor), believed)
        cursor = believed
    _add(found, State.UNKNOWN, cursor, hi)
    return tuple(found)


def _add(found: list[Stretch], state: State, start: datetime, end: datetime) -> None:
    """Each begins where the last one ended; one that lasts no time is none."""
    if end <= start:
        return
    if found and found[-1].state is state:
        found[-1] = Stretch(state, found[-1].start, end)
    else:
        found.append(Stretch(state, start, end))


def uptime(found: Iterable[Stretch]) -> Uptime:
    """The uptime over these stretches."""
    seconds: dict[State, float] = {}
    for stretch in found:
        seconds[stretch.state] = seconds.get(stretch.state, 0.0) + stretch.seconds
    whole = sum(seconds.values())
    # What only says that nothing is published affirms nothing that could be counted.
    seen = whole - seconds.get(State.UNKNOWN, 0.0) - seconds.get(State.QUIET, 0.0)
    counted = seen - seconds.get(State.MAINTENANCE, 0.0)
    lost = sum(WEIGHTS.get(state, 0.0) * span for state, span in seconds.items())
    share = 1 - lost / counted if counted >= LEAST_S else None
    return Uptime(share, seen / whole if whole else 0.0)


def days(found: Sequence[Stretch], first: date, last: date, zone: tzinfo) -> tuple[UptimeDay, ...]:
    """The local days from `first` to `last`, both included, cut at midnight in `zone`."""
    cells: dict[date, dict[State, float]] = {
        first + timedelta(days=n): {} for n in range((last - first).days + 1)
    }
    for stretch in found:
        start = stretch.start.astimezone(zone)
        while start.timestamp() < stretch.end.timestamp():
            midnight = datetime.combine(start.date() + timedelta(days=1), datetime.min.time(), zone)
            end = min(stretch.end.astimezone(zone), midnight, key=datetime.timestamp)
            cell = cells.get(start.date())
            if cell is not None:
                span = end.timestamp() - start.timestamp()
                cell[stretch.state] = cell.get(stretch.state, 0.0) + span
            start = end
    return tuple(UptimeDay(day, seconds) for day, seconds in cells.items())

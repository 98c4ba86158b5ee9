"""The morning review as a state machine: six steps, the current one, those skipped, the seconds spent in each."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from cockpit.domain.dataclasses import asdict, dataclass, replace

NEWS, TODAY, SLAS, BLOCKERS, SIGNALS, PRIORITIES = (
    "news", "today", "slas", "blockers", "signals", "priorities",
)  # fmt: skip
STEPS = (NEWS, TODAY, SLAS, BLOCKERS, SIGNALS, PRIORITIES)
"""In their order. The last one is never skipped: it is where a review ends."""
LAST = len(STEPS) - 1
PLANNED = 300
"""Seconds that a review is meant to take."""
LONGEST = 10.0
"""Seconds between two beats above which nobody was there: the machine slept, or stood still."""


@dataclass(frozen=True, kw_only=True)
class ReviewProgress:
    """A review that is under way. It is immutable: each move gives a new one, which is stored whole."""

    day: date
    started_at: datetime
    from_seq: int
    """The last entry of the journal that the review before has shown."""
    start_seq: int
    """The last entry when this one began: what comes later was done while it went on."""
    upto_seq: int
    """The last entry that its first step has shown."""
    step: int = 0
    subject: str = ""
    """Key of the row on which one stands."""
    visited: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()
    """Steps that had nothing to show."""
    everything: bool = False
    """Whether 'the rest' is shown too, after a leave."""
    spent: tuple[float, ...] = (0.0,) * len(STEPS)
    """Seconds in each step."""

    @property
    def name(self) -> str:
        """The current step."""
        return STEPS[self.step]

    @property
    def seconds(self) -> int:
        """Whole seconds spent so far."""
        return int(sum(self.spent))

    def begin(self, empty: Collection[str]) -> ReviewProgress:
        """On the first step that has something to show."""
        return self._land(0, empty)

    def forward(self, empty: Collection[str]) -> ReviewProgress:
        """The next step that has something to show; the last one stays where it is."""
        return self._land(min(LAST, self.step + 1), empty)

    def back(self, empty: Collection[str]) -> ReviewProgress:
        """The step before that has something to show; the same when there is none."""
        found = next((at for at in range(self.step - 1, -1, -1) if STEPS[at] not in empty), self.step)
        return replace(
            self,
            step=found,
            subject=self.subject if found == self.step else "",
            visited=self.visited | {found},
            skipped=self.skipped - {found},
        )

    def spend(self, seconds: float) -> ReviewProgress:
        """Add seconds spent in this step; more than can lie between two beats (the laptop slept) is not counted."""
        if not 0 < seconds <= LONGEST:
            return self
        spent = list(self.spent)
        spent[self.step] += seconds
        return replace(self, spent=tuple(spent))

    def _land(self, at: int, empty: Collection[str]) -> ReviewProgress:
        over: set[int] = set()
        while at < LAST and STEPS[at] in empty:
            over.add(at)
            at += 1
        moved = at != self.step
        return replace(
            self,
            step=at,
            subject="" if moved else self.subject,
            visited=self.visited | {at},
            skipped=(self.skipped | over) - {at},
        )


def dump(progress: ReviewProgress) -> str:
    """As stored: one JSON object."""
    plain = asdict(progress) | {
        "day": progress.day.isoformat(),
        "started_at": progress.started_at.isoformat(),
        "visited": sorted(progress.visited),
        "skipped": sorted(progress.skipped),
    }
    return json.dumps(plain)


def load(text: str) -> ReviewProgress | None:
    """What `dump` wrote; None for anything else: an unreadable state is no reason not to review."""
    try:
        raw: dict[str, Any] = json.loads(text)
        found = ReviewProgress(**{
            **raw,
            "day": date.fromisoformat(raw["day"]),
            "started_at": datetime.fromisoformat(raw["started_at"]),
            "visited": frozenset(raw["visited"]),
            "skipped": frozenset(raw["skipped"]),
            "spent": tuple(float(each) for each in raw["spent"]),
        })  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    return found if 0 <= found.step <= LAST and len(found.spent) == len(STEPS) else None

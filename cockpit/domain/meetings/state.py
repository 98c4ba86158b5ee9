"""The state of a live meeting at one second: its steps with their time boxes, its people, what was said.

Each event counts the seconds since the one before, never fewer than none. Where the laptop slept or its clock was
set, an event of kind `slept` says how many of those seconds the meeting really went on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cockpit.domain.dataclasses import dataclass, field, replace

ATTENDANCE, COMMITMENTS, SUBJECT, FIGURES = "attendance", "commitments", "subject", "figures"
WEEK, PRIORITIES, TALK, READBACK, VOTES = "week", "priorities", "talk", "readback", "votes"
KINDS = (ATTENDANCE, COMMITMENTS, SUBJECT, FIGURES, WEEK, PRIORITIES, TALK, READBACK, VOTES)

ON_TIME, SOON, OVER = "on_time", "soon", "over"
SOON_S = 30
"""Seconds before the end of a box from which one is told."""
EXTRA_S = 60
"""What `extra` adds to a box, once."""
GAP_S = 120
"""A silence of the ticks longer than this is a laptop that slept, not a meeting that went on."""
MOST_S = 86_400
OUTCOMES = ("solved", "waiting", "escalated", "parked")
_SCALE = range(1, 6)


@dataclass(frozen=True)
class MeetingEvent:
    """One thing that happened. `data` is whatever was stored: what cannot be read is passed over."""

    seq: int
    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MeetingStep:
    """One part of the meeting with its box in seconds; a subject has a code, a question and an owner."""

    kind: str
    title: str = ""
    seconds: int = 60
    code: str = ""
    question: str = ""
    owner: str = ""
    conf: int = 1
    days: int = 0
    """Age of the subject when the agenda was made."""


@dataclass(frozen=True)
class Attending:
    """Whether somebody is there, and since how many minutes after the beginning."""

    present: bool
    late_minutes: int = 0
    expected: bool = True


@dataclass(frozen=True)
class Note:
    """A code or a text, and the step in which it was said."""

    text: str
    step: int
    conf: int = 1


@dataclass(frozen=True)
class Tally:
    """Votes as sums and counts, never names: return on time invested, then the interface both ways."""

    roti: tuple[int, int] = (0, 0)
    inward: tuple[int, int] = (0, 0)
    """How those outside find working with us."""
    outward: tuple[int, int] = (0, 0)
    """How those inside find working with those outside."""

    def plus(self, roti: int | None, inward: int | None, outward: int | None) -> Tally:
        """The tally with one more vote; a mark that is no number from 1 to 5 is not counted."""
        return Tally(_add(self.roti, roti), _add(self.inward, inward), _add(self.outward, outward))


NO_VOTES = Tally()


@dataclass(frozen=True, kw_only=True)
class LedMeeting:
    """The state of a meeting at `at`."""

    seq: int = 0
    at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    kind: str = "flash"
    facilitator: str = ""
    leader: str = ""
    """The facilitator among `people`: who leads is there."""
    steps: tuple[MeetingStep, ...] = ()
    total_s: int = 0
    """What the whole meeting was given."""
    position: int = 0
    elapsed_s: float = 0.0
    spent: tuple[float, ...] = ()
    """Seconds in each step so far."""
    extended: frozenset[int] = frozenset()
    people: Mapping[str, Attending] = field(default_factory=dict)
    attended: bool = False
    """Whether somebody said who is there: before that nobody is absent, only not taken."""
    promised: tuple[str, ...] | None = None
    """Codes of the commitments that it begins with; None where that was not kept."""
    checked: Mapping[str, bool] = field(default_factory=dict)
    """Commitments of last time that were said to be kept or not."""
    decisions: tuple[Note, ...] = ()
    actions: tuple[Note, ...] = ()
    parked: tuple[Note, ...] = ()
    outcomes: Mapping[int, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    tally: Tally = NO_VOTES
    votes: int = 0

    def read_at(self, level: int, hidden: frozenset[str], title: str) -> LedMeeting:
        """The same for whoever reads up to a level: `title` stands for what is above it.

        `hidden` are the codes of subjects that are above it now, whatever they were when the agenda was made.
        """
        above = {
            at
            for at, step in enumerate(self.steps)
            if step.conf > level or (step.code and step.code in hidden)
        }
        return replace(
            self,
            steps=tuple(
                replace(step, title=title, question=title, owner="", conf=max(step.conf, level + 1))
                if at in above
                else step
                for at, step in enumerate(self.steps)
            ),
            parked=tuple(
                replace(note, text=title, conf=max(note.conf, level + 1))
                if note.conf > level or note.step in above
                else note
                for note in self.parked
            ),
        )

    def holding(self, there: frozenset[str]) -> LedMeeting:
        """The same without what was said and taken back since: `there` are the codes of records that there are."""
        return replace(
            self,
            decisions=tuple(note for note in self.decisions if note.text in there),
            actions=tuple(note for note in self.actions if note.text in there),
        )

    @property
    def running(self) -> bool:
        """Whether it was opened and not closed."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def step(self) -> MeetingStep:
        """The current one."""
        return self.steps[self.position] if self.steps else MeetingStep(kind=TALK)

    @property
    def next_step(self) -> MeetingStep | None:
        """The one after it."""
        return self.steps[self.position + 1] if self.position + 1 < len(self.steps) else None

    @property
    def overrun_s(self) -> float:
        """Seconds beyond the planned length of the meeting; it is shown and stops nothing."""
        return max(0.0, self.elapsed_s - self.total_s)

    def box_s(self, index: int | None = None) -> int:
        """The box of a step, its extra minute included."""
        at = self.position if index is None else index
        seconds = self.steps[at].seconds if at < len(self.steps) else 0
        return seconds + (EXTRA_S if at in self.extended else 0)

    @property
    def in_step_s(self) -> float:
        """Seconds spent in the current step, all visits together."""
        return self.spent[self.position] if self.position < len(self.spent) else 0.0

    @property
    def colour(self) -> str:
        """ON_TIME, SOON or OVER, for the box of the current step."""
        left = self.box_s() - self.in_step_s
        # A box that is shorter than the warning itself is not late from its first second on.
        return OVER if left < 0 else SOON if left <= min(SOON_S, self.box_s() / 2) else ON_TIME

    @property
    def present(self) -> tuple[str, ...]:
        """Who is there."""
        return tuple(name for name, seat in self.people.items() if seat.present)

    @property
    def leftovers(self) -> tuple[str, ...]:
        """Codes of the subjects that nothing came of, in their order: they keep their rank for next time."""
        return tuple(
            step.code
            for index, step in enumerate(self.steps)
            if step.kind == SUBJECT and index not in self.outcomes and not self._decided(index)
        )

    def outcome(self, index: int) -> str:
        """What came of a subject: a decision outweighs a word that was put aside."""
        said = self.outcomes.get(index, "")
        return "decided" if said in ("", "parked") and self._decided(index) else said

    def _decided(self, index: int) -> bool:
        return any(note.step == index for note in (*self.decisions, *self.actions))

    def later(self, now: datetime) -> LedMeeting:
        """The meeting at `now`. A clock that was set back changes nothing, nor does time after the closing."""
        if not self.running or self.at is None:
            return self
        return self.passed((now - self.at).total_seconds(), now)

    def passed(self, seconds: float, at: datetime) -> LedMeeting:
        """The meeting with `seconds` more spent in the current step, at `at`."""
        counted = min(max(0.0, seconds), MOST_S)
        spent = list(self.spent)
        if self.position < len(spent):
            spent[self.position] += counted
        return replace(self, at=at, elapsed_s=self.elapsed_s + counted, spent=tuple(spent))


def _add(pair: tuple[int, int], value: int | None) -> tuple[int, int]:
    return (pair[0] + value, pair[1] + 1) if value in _SCALE and value is not None else pair

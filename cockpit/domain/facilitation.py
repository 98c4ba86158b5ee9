"""A live meeting as a fold over what happened in it: whoever reads the same events sees the same second.

Time is that of the meeting: the seconds between one event and the next, never negative; `slept` says how
many of them really counted, where the laptop slept or its clock was set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from cockpit.domain.text import clean

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
class Event:
    """One thing that happened. `data` is whatever was stored: what cannot be read is passed over."""

    seq: int
    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
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
class Seat:
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
        """With one more vote; what is no number from 1 to 5 is not counted."""
        return Tally(_add(self.roti, roti), _add(self.inward, inward), _add(self.outward, outward))


NO_VOTES = Tally()


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The state of a meeting at `at`."""

    seq: int = 0
    at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    kind: str = "flash"
    facilitator: str = ""
    steps: tuple[Step, ...] = ()
    total_s: int = 0
    """What the whole meeting was given."""
    position: int = 0
    elapsed_s: float = 0.0
    spent: tuple[float, ...] = ()
    """Seconds in each step so far."""
    extended: frozenset[int] = frozenset()
    people: Mapping[str, Seat] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    """Commitments of last time that were said to be kept or not."""
    decisions: tuple[Note, ...] = ()
    actions: tuple[Note, ...] = ()
    parked: tuple[Note, ...] = ()
    outcomes: Mapping[int, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    tally: Tally = NO_VOTES
    votes: int = 0

    @property
    def running(self) -> bool:
        """Whether it was opened and not closed."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def step(self) -> Step:
        """The current one."""
        return self.steps[self.position] if self.steps else Step(kind=TALK)

    @property
    def next_step(self) -> Step | None:
        """The one after it."""
        return self.steps[self.position + 1] if self.position + 1 < len(self.steps) else None

    @property
    def overrun_s(self) -> float:
        """Seconds beyond what the meeting was given: counted, never in the way."""
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

    def _decided(self, index: int) -> bool:
        return any(note.step == index for note in (*self.decisions, *self.actions))

    def later(self, now: datetime) -> Meeting:
        """The same meeting at `now`; a clock that went back changes nothing, a closed one stands still."""
        if not self.running or self.at is None:
            return self
        return self._passed((now - self.at).total_seconds(), now)

    def _passed(self, seconds: float, at: datetime) -> Meeting:
        counted = min(max(0.0, seconds), MOST_S)
        spent = list(self.spent)
        if self.position < len(spent):
            spent[self.position] += counted
        return replace(self, at=at, elapsed_s=self.elapsed_s + counted, spent=tuple(spent))


def fold(events: Iterable[Event]) -> Meeting:
    """The meeting after those events. Total: whatever does not fit is passed over."""
    meeting = Meeting()
    for event in events:
        meeting = after(meeting, event)
    return meeting


def after(meeting: Meeting, event: Event) -> Meeting:
    """The meeting once `event` happened."""
    if event.kind == "opened":
        opened = _opened(event) if meeting.opened_at is None else replace(meeting)
        return replace(opened, seq=event.seq)
    if meeting.opened_at is None:
        return replace(meeting, seq=event.seq)
    if event.kind == "slept":
        counted = event.data.get("counted")
        if meeting.running:
            meeting = meeting._passed(float(counted) if isinstance(counted, int | float) else 0.0, event.at)
        return replace(meeting, seq=event.seq, at=event.at)
    meeting = replace(meeting.later(event.at), seq=event.seq)
    handler = _HANDLERS.get(event.kind)
    return handler(meeting, event) if handler else meeting


def _opened(event: Event) -> Meeting:
    steps = steps_from(event.data.get("steps"))
    people = event.data.get("people")
    seats = {clean(str(name)): Seat(present=False) for name in people} if isinstance(people, list) else {}
    return Meeting(
        at=event.at,
        opened_at=event.at,
        kind=_text(event, "kind") or "flash",
        facilitator=_text(event, "by"),
        steps=steps,
        total_s=_within(event.data.get("total"), 1, MOST_S) or sum(step.seconds for step in steps),
        spent=(0.0,) * len(steps),
        people=seats,
    )


def steps_from(raw: object) -> tuple[Step, ...]:
    """The steps that were stored; what is no step is left out. Never empty."""
    found = []
    for each in raw if isinstance(raw, list) else []:
        if isinstance(each, Mapping) and each.get("kind") in KINDS:
            numbers = {
                name: number
                for name, low, high in (("seconds", 1, MOST_S), ("conf", 0, 3), ("days", 0, 100_000))
                if (number := _within(each.get(name), low, high)) is not None
            }
            texts = {name: str(each.get(name) or "") for name in ("title", "code", "question", "owner")}
            found.append(Step(kind=str(each["kind"]), **texts, **numbers))  # type: ignore[arg-type]
    return tuple(found) or (Step(kind=TALK),)


def steps_to(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as they are stored."""
    return [dict(vars(step)) for step in steps]


def _attendance(meeting: Meeting, event: Event) -> Meeting:
    name = _text(event, "person")
    if not name:
        return meeting
    before = meeting.people.get(name)
    late = _within(event.data.get("late"), 0, 1_440) or 0
    seat = Seat(event.data.get("present") is True, late, before.expected if before else False)
    return replace(meeting, people={**meeting.people, name: seat})


def _step(meeting: Meeting, event: Event) -> Meeting:
    index = _within(event.data.get("index"), 0, len(meeting.steps) - 1)
    return meeting if index is None else replace(meeting, position=index)


def _extra(meeting: Meeting, event: Event) -> Meeting:
    return replace(meeting, extended=meeting.extended | {meeting.position})


def _said(meeting: Meeting, event: Event, name: str) -> Note | None:
    text = _text(event, name)
    conf = _within(event.data.get("conf"), 0, 3)
    return Note(text, meeting.position, meeting.step.conf if conf is None else conf) if text else None


def _decision(meeting: Meeting, event: Event) -> Meeting:
    note = _said(meeting, event, "code")
    return replace(meeting, decisions=(*meeting.decisions, note)) if note else meeting


def _action(meeting: Meeting, event: Event) -> Meeting:
    note = _said(meeting, event, "code")
    return replace(meeting, actions=(*meeting.actions, note)) if note else meeting


def _outcome(meeting: Meeting, event: Event) -> Meeting:
    note = _said(meeting, event, "text") if event.kind == "parked" else None
    if note:
        meeting = replace(meeting, parked=(*meeting.parked, note))
    if meeting.step.kind != SUBJECT:
        return meeting
    return replace(meeting, outcomes={**meeting.outcomes, meeting.position: event.kind})


def _checked(meeting: Meeting, event: Event) -> Meeting:
    code = _text(event, "code")
    return (
        replace(meeting, checked={**meeting.checked, code: event.data.get("kept") is True})
        if code
        else meeting
    )


def _chosen(meeting: Meeting, event: Event) -> Meeting:
    code = _text(event, "code")
    others = tuple(each for each in meeting.chosen if each != code)
    taken = event.data.get("chosen") is True and bool(code)
    return replace(meeting, chosen=(*others, code) if taken else others)


def _vote(meeting: Meeting, event: Event) -> Meeting:
    values = [_within(event.data.get(name), 1, 5) for name in ("value", "inward", "outward")]
    if not any(values):
        return meeting
    return replace(meeting, tally=meeting.tally.plus(*values), votes=meeting.votes + 1)


def _tallied(meeting: Meeting, event: Event) -> Meeting:
    """The sums, in the place of the votes that made them."""
    pairs = [_pair(event.data.get(name)) for name in ("roti", "inward", "outward")]
    return replace(meeting, tally=Tally(*pairs), votes=max(count for _sum, count in pairs))


def _facilitator(meeting: Meeting, event: Event) -> Meeting:
    return replace(meeting, facilitator=_text(event, "by") or meeting.facilitator)


def _closed(meeting: Meeting, event: Event) -> Meeting:
    return replace(meeting, closed_at=event.at) if meeting.closed_at is None else meeting


def _reopened(meeting: Meeting, event: Event) -> Meeting:
    # What passed while it was closed does not count.
    return replace(meeting, closed_at=None, at=event.at)


_HANDLERS = {
    "attendance": _attendance,
    "step": _step,
    "extra": _extra,
    "decision": _decision,
    "action": _action,
    **dict.fromkeys(OUTCOMES, _outcome),
    "checked": _checked,
    "chosen": _chosen,
    "roti": _vote,
    "tallied": _tallied,
    "facilitator": _facilitator,
    "closed": _closed,
    "reopened": _reopened,
}


def _text(event: Event, name: str) -> str:
    value = event.data.get(name)
    return clean(value) if isinstance(value, str) else ""


def _within(value: object, low: int, high: int) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return value if good else None  # type: ignore[return-value]


def _add(pair: tuple[int, int], value: int | None) -> tuple[int, int]:
    return (pair[0] + value, pair[1] + 1) if value in _SCALE and value is not None else pair


def _pair(raw: object) -> tuple[int, int]:
    if isinstance(raw, list | tuple) and len(raw) == 2:
        total, count = (_within(each, 0, 100_000) for each in raw)
        return total or 0, count or 0
    return 0, 0

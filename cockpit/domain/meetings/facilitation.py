"""Works out the state of a live meeting from the list of its events. The same events always give the same state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings.state import (
    ATTENDANCE,
    COMMITMENTS,
    EXTRA_S,
    FIGURES,
    GAP_S,
    KINDS,
    MOST_S,
    NO_VOTES,
    ON_TIME,
    OUTCOMES,
    OVER,
    PRIORITIES,
    READBACK,
    SOON,
    SOON_S,
    SUBJECT,
    TALK,
    VOTES,
    WEEK,
    Attending,
    LedMeeting,
    MeetingEvent,
    MeetingStep,
    Note,
    Tally,
)
from cockpit.domain.text import clean

__all__ = [
    "ATTENDANCE",
    "COMMITMENTS",
    "EXTRA_S",
    "FIGURES",
    "GAP_S",
    "KINDS",
    "MOST_S",
    "NO_VOTES",
    "ON_TIME",
    "OUTCOMES",
    "OVER",
    "PRIORITIES",
    "READBACK",
    "SOON",
    "SOON_S",
    "SUBJECT",
    "TALK",
    "VOTES",
    "WEEK",
    "Attending",
    "LedMeeting",
    "MeetingEvent",
    "MeetingStep",
    "Note",
    "Tally",
    "after",
    "fold",
    "steps_from",
    "steps_to",
]


def fold(events: Iterable[MeetingEvent]) -> LedMeeting:
    """The meeting after those events. It never raises: an event that cannot be read or does not fit is skipped."""
    meeting = LedMeeting()
    for event in events:
        meeting = after(meeting, event)
    return meeting


def after(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    """The meeting once `event` happened."""
    if event.kind == "opened":
        opened = _opened(event) if meeting.opened_at is None else replace(meeting)
        return replace(opened, seq=event.seq)
    if meeting.opened_at is None:
        return replace(meeting, seq=event.seq)
    if event.kind == "slept":
        counted = event.data.get("counted")
        if meeting.running:
            meeting = meeting.passed(float(counted) if isinstance(counted, int | float) else 0.0, event.at)
        return replace(meeting, seq=event.seq, at=event.at)
    meeting = replace(meeting.later(event.at), seq=event.seq)
    handler = _HANDLERS.get(event.kind)
    return handler(meeting, event) if handler else meeting


def _opened(event: MeetingEvent) -> LedMeeting:
    steps = steps_from(event.data.get("steps"))
    people = event.data.get("people")
    leader, promised = _text(event, "leader"), event.data.get("promised")
    seats = (
        {clean(str(name)): Attending(present=clean(str(name)) == leader) for name in people}
        if isinstance(people, list)
        else {}
    )
    return LedMeeting(
        at=event.at,
        opened_at=event.at,
        kind=_text(event, "kind") or "flash",
        facilitator=_text(event, "by"),
        steps=steps,
        total_s=_within(event.data.get("total"), 1, MOST_S) or sum(step.seconds for step in steps),
        spent=(0.0,) * len(steps),
        people=seats,
        leader=leader,
        promised=tuple(map(str, promised)) if isinstance(promised, list) else None,
    )


def steps_from(raw: object) -> tuple[MeetingStep, ...]:
    """The steps read back from storage; entries that are no steps are left out. Never empty."""
    found = []
    for each in raw if isinstance(raw, list) else []:
        if isinstance(each, Mapping) and each.get("kind") in KINDS:
            numbers = {
                name: number
                for name, low, high in (("seconds", 1, MOST_S), ("conf", 0, 3), ("days", 0, 100_000))
                if (number := _within(each.get(name), low, high)) is not None
            }
            texts = {name: str(each.get(name) or "") for name in ("title", "code", "question", "owner")}
            found.append(MeetingStep(kind=str(each["kind"]), **texts, **numbers))  # type: ignore[arg-type]
    return tuple(found) or (MeetingStep(kind=TALK),)


def steps_to(steps: Sequence[MeetingStep]) -> list[dict[str, Any]]:
    """Steps as they are stored."""
    return [dict(vars(step)) for step in steps]


def _attendance(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    name = _text(event, "person")
    if not name:
        return meeting
    before = meeting.people.get(name)
    late = _within(event.data.get("late"), 0, 1_440) or 0
    # Who leads is there, whatever was pressed on their name.
    is_here = event.data.get("present") is True or name == meeting.leader
    seat = Attending(is_here, late, before.expected if before else False)
    return replace(meeting, people={**meeting.people, name: seat}, attended=True)


def _step(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    index = _within(event.data.get("index"), 0, len(meeting.steps) - 1)
    return meeting if index is None else replace(meeting, position=index)


def _extra(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    return replace(meeting, extended=meeting.extended | {meeting.position})


def _said(meeting: LedMeeting, event: MeetingEvent, name: str) -> Note | None:
    text = _text(event, name)
    conf = _within(event.data.get("conf"), 0, 3)
    return Note(text, meeting.position, meeting.step.conf if conf is None else conf) if text else None


def _decision(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    note = _said(meeting, event, "code")
    return replace(meeting, decisions=(*meeting.decisions, note)) if note else meeting


def _action(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    note = _said(meeting, event, "code")
    return replace(meeting, actions=(*meeting.actions, note)) if note else meeting


def _outcome(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    note = _said(meeting, event, "text") if event.kind == "parked" else None
    if note:
        meeting = replace(meeting, parked=(*meeting.parked, note))
    if meeting.step.kind != SUBJECT:
        return meeting
    before = meeting.outcomes.get(meeting.position, "")
    if event.kind == "parked" and before not in ("", "parked"):
        # A word for later says nothing of a subject that was settled.
        return meeting
    return replace(meeting, outcomes={**meeting.outcomes, meeting.position: event.kind})


def _checked(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    code = _text(event, "code")
    return (
        replace(meeting, checked={**meeting.checked, code: event.data.get("kept") is True})
        if code
        else meeting
    )


def _chosen(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    code = _text(event, "code")
    others = tuple(each for each in meeting.chosen if each != code)
    taken = event.data.get("chosen") is True and bool(code)
    return replace(meeting, chosen=(*others, code) if taken else others)


def _vote(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    values = [_within(event.data.get(name), 1, 5) for name in ("value", "inward", "outward")]
    if not any(values):
        return meeting
    return replace(meeting, tally=meeting.tally.plus(*values), votes=meeting.votes + 1)


def _tallied(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    """The sums, in the place of the votes that made them."""
    pairs = [_pair(event.data.get(name)) for name in ("roti", "inward", "outward")]
    return replace(meeting, tally=Tally(*pairs), votes=max(count for _sum, count in pairs))


def _facilitator(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    leader = _text(event, "leader")
    people = meeting.people
    if leader:
        before = people.get(leader)
        people = {
            **people,
            leader: replace(before, present=True) if before else Attending(True, expected=False),
        }
    return replace(
        meeting, facilitator=_text(event, "by") or meeting.facilitator, leader=leader or meeting.leader,
        people=people,
    )  # fmt: skip


def _closed(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
    return replace(meeting, closed_at=event.at) if meeting.closed_at is None else meeting


def _reopened(meeting: LedMeeting, event: MeetingEvent) -> LedMeeting:
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


def _text(event: MeetingEvent, name: str) -> str:
    value = event.data.get(name)
    return clean(value) if isinstance(value, str) else ""


def _within(value: object, low: int, high: int) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return value if good else None  # type: ignore[return-value]


def _pair(raw: object) -> tuple[int, int]:
    if isinstance(raw, list | tuple) and len(raw) == 2:
        total, count = (_within(each, 0, 100_000) for each in raw)
        return total or 0, count or 0
    return 0, 0

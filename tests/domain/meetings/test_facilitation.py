"""A live meeting is what happened in it: any events fold, and who left and came back sees the same second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.meetings.facilitation import (
    OVER,
    SOON,
    LedMeeting,
    MeetingEvent,
    MeetingStep,
    after,
    fold,
    steps_to,
)
from cockpit.domain.meetings.minutes import Minutes, Resolve, Topic, blocks, to_html, to_markdown

START = datetime(2026, 11, 23, 10, 45, tzinfo=UTC)
STEPS = steps_to([
    MeetingStep(kind="attendance", seconds=20),
    MeetingStep(kind="subject", code="B-1", question="Who?", seconds=150),
    MeetingStep(kind="subject", code="B-2", question="Who?", seconds=150, conf=2),
    MeetingStep(kind="readback", seconds=60),
])  # fmt: skip
KINDS = ["opened", "attendance", "step", "extra", "decision", "action", "parked", "solved", "waiting", "escalated",
         "checked", "chosen", "roti", "tallied", "slept", "facilitator", "closed", "reopened", "nonsense"]  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
DATA = st.dictionaries(
    st.sampled_from(["steps", "people", "person", "present", "late", "index", "code", "text", "kept", "chosen",
                     "value", "inward", "outward", "roti", "counted", "by", "kind", "total"]), ANYTHING, max_size=5,
)  # fmt: skip
GARBAGE = st.lists(st.tuples(st.sampled_from(KINDS), DATA, st.integers(-(10**6), 10**6)), max_size=12)


def opened(at: datetime = START) -> MeetingEvent:
    return MeetingEvent(
        1, at, "opened", {"kind": "flash", "by": "Claire", "steps": STEPS, "people": ["A", "B"]}
    )


def told(*said: tuple[float, str, dict[str, Any]]) -> LedMeeting:
    """What happened so many seconds after the beginning."""
    events = [
        MeetingEvent(n, START + timedelta(seconds=s), kind, data) for n, (s, kind, data) in enumerate(said, 2)
    ]
    return fold([opened(), *events])


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@given(garbage=GARBAGE, begun=st.booleans())
def test_whatever_was_stored_folds_and_time_never_runs_back(
    garbage: list[tuple[str, dict[str, Any], int]], begun: bool
) -> None:
    meeting = fold([opened()]) if begun else LedMeeting()
    for seq, (kind, data, seconds) in enumerate(garbage, 2):
        before = meeting
        meeting = after(meeting, MeetingEvent(seq, at(seconds), kind, data))
        assert meeting.seq == seq
        if before.opened_at is not None:
            assert meeting.elapsed_s >= before.elapsed_s >= 0
        assert 0 <= meeting.position < max(1, len(meeting.steps))
        assert abs(sum(meeting.spent) - meeting.elapsed_s) < 1e-3 * max(1.0, meeting.elapsed_s)


@given(
    gaps=st.lists(st.integers(0, 90), min_size=2, max_size=15),
    moves=st.lists(st.integers(0, 3), min_size=15, max_size=15),
    cut=st.integers(0, 14),
)
def test_taken_up_again_it_is_as_if_never_left(gaps: list[int], moves: list[int], cut: int) -> None:
    events, seconds = [opened()], 0
    for n, (gap, index) in enumerate(zip(gaps, moves, strict=False), 2):
        seconds += gap
        events.append(MeetingEvent(n, at(seconds), "step", {"index": index}))
    stayed = fold(events[:1])
    for event in events[1:]:
        # A screen that is open looks at every second; what it looked at changes nothing.
        stayed.later(event.at - timedelta(seconds=1))
        stayed = after(stayed, event)
    half = min(cut, len(events) - 1)
    left = fold(events[: half + 1])
    for event in events[half + 1 :]:
        left = after(left, event)
    assert stayed == left == fold(events)
    assert fold(events).later(at(seconds + 7)).elapsed_s == seconds + 7


def test_each_box_turns_orange_then_red_and_has_one_more_minute_once() -> None:
    meeting = told((20, "step", {"index": 1}))
    assert meeting.later(at(139)).colour == "on_time"
    assert meeting.later(at(140)).colour == SOON
    assert meeting.later(at(171)).colour == OVER
    longer = told((20, "step", {"index": 1}), (171, "extra", {}), (172, "extra", {}))
    assert (longer.colour, longer.box_s()) == ("on_time", 210)


def test_going_back_adds_to_what_a_subject_took() -> None:
    meeting = told(
        (20, "step", {"index": 1}),
        (80, "step", {"index": 2}),
        (100, "step", {"index": 1}),
        (130, "step", {"index": 3}),
    )
    assert meeting.spent[1:3] == (90, 20)


def test_what_the_laptop_slept_is_not_counted_and_a_clock_set_back_takes_nothing() -> None:
    slept = told((20, "step", {"index": 1}), (3_620, "slept", {"counted": 30}))
    assert (slept.elapsed_s, slept.later(at(3_630)).in_step_s) == (50, 40)
    back = told((60, "step", {"index": 1}), (-3_000, "slept", {"counted": 5}))
    assert back.elapsed_s == 65
    assert back.later(at(-2_990)).in_step_s == 15
    assert told((60, "step", {"index": 1}), (-3_000, "extra", {})).elapsed_s == 60


def test_overrun_is_counted_and_a_closed_meeting_stands_still() -> None:
    assert told((400, "step", {"index": 3})).overrun_s == 20
    closed = told((400, "closed", {}))
    assert closed.later(at(9_000)).elapsed_s == 400


def test_leftovers_keep_their_rank_and_what_was_settled_does_not_come_back() -> None:
    assert told().leftovers == ("B-1", "B-2")
    assert told((20, "step", {"index": 1}), (30, "solved", {})).leftovers == ("B-2",)
    assert told((20, "step", {"index": 2}), (30, "decision", {"code": "D-1"})).leftovers == ("B-1",)


def test_who_leads_is_there() -> None:
    seen = told((1, "facilitator", {"leader": "A"}), (2, "facilitator", {"leader": "Z"}))
    assert [seen.people[who].present for who in ("A", "Z")] == [True, True]
    assert (seen.people["A"].expected, seen.people["Z"].expected) == (True, False)


def test_votes_are_sums_and_a_mark_that_is_none_counts_for_nothing() -> None:
    vote = {"value": 4, "inward": 9, "outward": 2}
    meeting = told((1, "roti", vote), (2, "roti", {"value": 5}))
    assert (meeting.tally.roti, meeting.tally.inward, meeting.tally.outward) == ((9, 2), (0, 0), (2, 1))
    assert meeting.votes == 2
    assert told((1, "roti", {"value": 9})).votes == 0, "a mark that is none is no vote"
    assert told((1, "roti", vote), (2, "tallied", {"roti": [9, 2]})).tally.roti == (9, 2)


def test_minutes_tell_nothing_restricted_and_no_text_becomes_a_tag_or_a_link() -> None:
    found = Minutes(
        title="Flash", when="now",
        topics=[Topic("B-1", "<script>alert(1)</script> [x](http://evil)", conf=1), Topic("B-2", "secret", conf=2)],
        decisions=[Resolve("D-1", "secret too", conf=3), Resolve("D-2", "go", who="Sophie")],
    )  # fmt: skip
    parts = list(blocks(found))
    markdown, page = to_markdown(parts), to_html(parts)
    for text in (markdown, page):
        assert "secret" not in text
        assert "1 restricted subject" in text
    assert "<script>" not in page
    assert "\\<script>" in markdown
    assert "\\[x]" in markdown
    assert "D-2 go — Sophie — for when?" in markdown
    assert "secret" in to_markdown(blocks(found, 3))


def test_how_confidential_a_note_is_said_to_be_counts_from_0_to_3_only() -> None:
    def conf_of(said: object) -> int:
        meeting = told((90, "step", {"index": 1}), (95, "decision", {"code": "D-1", "conf": said}))
        return meeting.decisions[0].conf

    # What is no level is as confidential as the subject itself.
    assert [conf_of(said) for said in (-1, 0, 3, 4, True)] == [1, 0, 3, 1, 1]

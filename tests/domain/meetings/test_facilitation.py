"""A live meeting is what happened in it: any events fold, and who left and came back sees the same second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.dataclasses import asdict, replace
from cockpit.domain.meetings.facilitation import (
    EXTRA_S,
    GAP_S,
    MOST_S,
    NO_VOTES,
    OVER,
    SOON,
    SOON_S,
    Attending,
    LedMeeting,
    MeetingEvent,
    MeetingStep,
    Note,
    after,
    fold,
    steps_from,
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
         "checked", "chosen", "roti", "tallied", "slept", "facilitator", "closed", "reopened",
         "nonsense"]  # fmt: skip
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


# -- what each event makes of a meeting, whole


def changed(meeting: LedMeeting, *said: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """What those events change in a meeting, one second after the other, besides the count of them."""
    after_them = meeting
    for n, (kind, data) in enumerate(said, meeting.seq + 1):
        assert meeting.at is not None
        after_them = after(after_them, MeetingEvent(n, meeting.at, kind, data))
        assert after_them.seq == n
    was, now = asdict(meeting), asdict(after_them)
    return {name: now[name] for name in now if now[name] != was[name] and name != "seq"}


def test_a_meeting_opens_with_what_is_said_of_it() -> None:
    data = {
        "kind": "kickoff", "by": "Claire\x1b[2J", "leader": "Claire M.", "steps": STEPS, "total": 900,
        "people": ["Claire M.", "Marc", 4], "promised": ["P-1", 2],
    }  # fmt: skip
    opened_so = fold([MeetingEvent(3, START, "opened", data)])
    assert opened_so == LedMeeting(
        seq=3, at=START, opened_at=START, kind="kickoff", facilitator="Claire", leader="Claire M.",
        steps=(
            MeetingStep(kind="attendance", seconds=20),
            MeetingStep(kind="subject", code="B-1", question="Who?", seconds=150),
            MeetingStep(kind="subject", code="B-2", question="Who?", seconds=150, conf=2),
            MeetingStep(kind="readback", seconds=60),
        ),
        total_s=900, spent=(0.0, 0.0, 0.0, 0.0), promised=("P-1", "2"),
        people={"Claire M.": Attending(present=True), "Marc": Attending(present=False), "4": Attending(present=False)},
    )  # fmt: skip
    again = after(opened_so, MeetingEvent(4, at(60), "opened", {"kind": "flash"}))
    assert again == replace(opened_so, seq=4), "it opens once"
    nothing = fold([MeetingEvent(1, START, "opened", {"people": "Claire", "promised": "P-1", "kind": ""})])
    assert nothing == LedMeeting(
        seq=1, at=START, opened_at=START, steps=(MeetingStep(kind="talk"),), total_s=60, spent=(0.0,)
    )
    assert (nothing.kind, nothing.promised, nothing.people) == ("flash", None, {})


def test_before_it_opens_nothing_happens_in_it() -> None:
    before = [MeetingEvent(n, at(n), kind, {"index": 1, "code": "D"}) for n, kind in enumerate(KINDS[1:], 1)]
    assert fold(before) == LedMeeting(seq=len(before))


@pytest.mark.parametrize(
    ("total", "planned"),
    [(None, 380), (0, 380), (1, 1), (86_400, 86_400), (86_401, 380), (-5, 380), (True, 380), ("900", 380)],
)
def test_a_length_that_no_meeting_has_is_that_of_its_steps(total: object, planned: int) -> None:
    assert fold([MeetingEvent(1, START, "opened", {"steps": STEPS, "total": total})]).total_s == planned


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"seconds": 0, "conf": -1, "days": -1}, (60, 1, 0)), ({"seconds": 1, "conf": 0, "days": 0}, (1, 0, 0)),
        ({"seconds": 86_400, "conf": 3, "days": 100_000}, (86_400, 3, 100_000)),
        ({"seconds": 86_401, "conf": 4, "days": 100_001}, (60, 1, 0)),
        ({"seconds": True, "conf": True, "days": True}, (60, 1, 0)), ({"seconds": 2.5}, (60, 1, 0)), ({}, (60, 1, 0)),
    ],
)  # fmt: skip
def test_what_a_step_says_that_no_step_has_is_what_is_usual(
    raw: dict[str, Any], read: tuple[int, int, int]
) -> None:
    (step,) = steps_from([{"kind": "subject", **raw}])
    assert (step.seconds, step.conf, step.days) == read
    assert (step.kind, step.title, step.code, step.question, step.owner) == ("subject", "", "", "", "")


def test_steps_are_read_back_and_what_is_none_is_left_out() -> None:
    whole = MeetingStep(
        kind="subject", title="T", seconds=5, code="B-1", question="Q?", owner="Marc", conf=2, days=3
    )
    raw = [
        {"kind": "dance"},
        "talk",
        None,
        *steps_to([whole]),
        {"title": "no kind"},
        {"kind": "votes", "title": 4},
    ]
    assert steps_from(raw) == (whole, MeetingStep(kind="votes", title="4"))
    for none in ([], None, "talk", [{"kind": "dance"}], {"kind": "talk"}):
        assert steps_from(none) == (MeetingStep(kind="talk"),)
    assert steps_to([whole]) == [
        {"kind": "subject", "title": "T", "seconds": 5, "code": "B-1", "question": "Q?", "owner": "Marc",
         "conf": 2, "days": 3}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "seat"),
    [
        ({"person": "A", "present": True}, (True, 0, True)), ({"person": "A", "present": False}, (False, 0, True)),
        ({"person": "A", "present": 1}, (False, 0, True)),
        ({"person": "A", "present": True, "late": 1}, (True, 1, True)),
        ({"person": "A", "present": True, "late": 1_440}, (True, 1_440, True)),
        ({"person": "A", "present": True, "late": 1_441}, (True, 0, True)),
        ({"person": "A", "present": True, "late": -1}, (True, 0, True)),
        ({"person": "C", "present": True}, (True, 0, False)), ({"person": "L", "present": False}, (True, 0, False)),
    ],
)  # fmt: skip
def test_who_is_there_is_said_by_name_and_who_leads_always_is(
    said: dict[str, Any], seat: tuple[bool, int, bool]
) -> None:
    meeting = replace(told(), leader="L")
    found = changed(meeting, ("attendance", said))
    present, late, expected = seat
    assert found.pop("attended") is True
    told_seat = {"present": present, "late_minutes": late, "expected": expected}
    before = asdict(meeting)["people"]
    assert found.pop("people", before) == {**before, said["person"]: told_seat}
    assert found == {}


def test_who_has_no_name_is_nobody() -> None:
    assert changed(told(), ("attendance", {"present": True})) == {}
    assert changed(told(), ("attendance", {"person": 4, "present": True})) == {}
    assert told((1, "attendance", {"person": "A", "present": True})).present == ("A",)


@pytest.mark.parametrize(
    ("index", "position"), [(0, 0), (1, 1), (3, 3), (4, 0), (-1, 0), (True, 0), ("1", 0), (None, 0)]
)
def test_one_moves_to_a_step_that_there_is(index: object, position: int) -> None:
    assert told((1, "step", {"index": index})).position == position


D1 = {"text": "D-1", "step": 1, "conf": 1}


CHANGES: list[tuple[list[tuple[str, dict[str, Any]]], dict[str, Any]]] = [
    ([("decision", {"code": "D-1"})], {"decisions": (D1,)}),
    ([("decision", {"code": ""})], {}),
    ([("decision", {"text": "D-1"})], {}),
    ([("action", {"code": "D-1"})], {"actions": (D1,)}),
    ([("action", {})], {}),
    ([("action", {"code": "D-1"}), ("action", {"code": "D-2", "conf": 0})],
     {"actions": (D1, {"text": "D-2", "step": 1, "conf": 0})}),
    ([("solved", {"text": "x"})], {"outcomes": {1: "solved"}}),
    ([("waiting", {})], {"outcomes": {1: "waiting"}}),
    ([("parked", {})], {"outcomes": {1: "parked"}}),
    ([("parked", {"text": "D-1"})], {"outcomes": {1: "parked"}, "parked": (D1,)}),
    ([("escalated", {}), ("parked", {"text": "D-1"})], {"outcomes": {1: "escalated"}, "parked": (D1,)}),
    ([("parked", {}), ("solved", {}), ("waiting", {})], {"outcomes": {1: "waiting"}}),
    ([("parked", {}), ("parked", {})], {"outcomes": {1: "parked"}}),
    ([("solved", {}), ("escalated", {})], {"outcomes": {1: "escalated"}}),
    ([("step", {"index": 3}), ("solved", {})], {"position": 3}),
    ([("step", {"index": 3}), ("parked", {"text": "D-1"})],
     {"position": 3, "parked": ({"text": "D-1", "step": 3, "conf": 1},)}),
    ([("step", {"index": 2}), ("parked", {"text": "D-1"})],
     {"position": 2, "outcomes": {2: "parked"}, "parked": ({"text": "D-1", "step": 2, "conf": 2},)}),
    ([("checked", {"code": "P-1", "kept": True})], {"checked": {"P-1": True}}),
    ([("checked", {"code": "P-1", "kept": 1})], {"checked": {"P-1": False}}),
    ([("checked", {"code": "P-1", "kept": True}), ("checked", {"code": "P-1"})], {"checked": {"P-1": False}}),
    ([("checked", {"kept": True})], {}),
    ([("chosen", {"code": "P-1", "chosen": True})], {"chosen": ("P-1",)}),
    ([("chosen", {"code": "P-1", "chosen": 1})], {}),
    ([("chosen", {"chosen": True})], {}),
    ([("chosen", {"code": "P-1", "chosen": True}), ("chosen", {"code": "P-2", "chosen": True}),
      ("chosen", {"code": "P-1", "chosen": True})], {"chosen": ("P-2", "P-1")}),
    ([("chosen", {"code": "P-1", "chosen": True}), ("chosen", {"code": "P-1"})], {}),
    ([("extra", {})], {"extended": frozenset({1})}),
    ([("roti", {})], {}),
    ([("roti", {"value": 0, "inward": 6, "outward": True})], {}),
    ([("roti", {"value": 1}), ("roti", {"value": 5, "inward": 2})],
     {"votes": 2, "tally": {"roti": (6, 2), "inward": (2, 1), "outward": (0, 0)}}),
    ([("roti", {"outward": 3})], {"votes": 1, "tally": {"roti": (0, 0), "inward": (0, 0), "outward": (3, 1)}}),
    ([("tallied", {"roti": [9, 2], "inward": (8, 3), "outward": [1]})],
     {"votes": 3, "tally": {"roti": (9, 2), "inward": (8, 3), "outward": (0, 0)}}),
    ([("tallied", {"roti": [100_000, 100_000], "inward": [100_001, 1], "outward": [-1, 0]})],
     {"votes": 100_000, "tally": {"roti": (100_000, 100_000), "inward": (0, 1), "outward": (0, 0)}}),
    ([("roti", {"value": 4}), ("tallied", {})], {}),
    ([("facilitator", {"by": "Marc", "leader": "A"})],
     {"facilitator": "Marc", "leader": "A",
      "people": {"A": {"present": True, "late_minutes": 0, "expected": True},
                 "B": {"present": False, "late_minutes": 0, "expected": True}}}),
    ([("facilitator", {"by": "Marc"})], {"facilitator": "Marc"}),
    ([("facilitator", {})], {}),
    ([("closed", {})], {"closed_at": at(20)}),
    ([("closed", {}), ("reopened", {})], {}),
    ([("nonsense", {})], {}),
]  # fmt: skip


def test_what_each_event_changes_in_a_subject() -> None:
    for said, changes in CHANGES:
        assert changed(told((20, "step", {"index": 1})), *said) == changes


def test_time_passes_while_it_is_open_and_no_event_takes_more_than_a_day() -> None:
    assert told((5, "closed", {}), (9, "closed", {})).closed_at == at(5)
    reopened = told((5, "closed", {}), (65, "reopened", {}), (70, "extra", {}))
    assert (reopened.elapsed_s, reopened.closed_at, reopened.at) == (10, None, at(70))
    assert reopened.later(at(75)).elapsed_s == 15
    closed = told((5, "closed", {}), (9, "slept", {"counted": 3}))
    assert (closed.elapsed_s, closed.at) == (5, at(9))
    assert told((9, "slept", {"counted": 2.5})).elapsed_s == 2.5
    assert told((9, "slept", {"counted": "3"})).elapsed_s == 0
    assert told((9, "slept", {"counted": -3})).elapsed_s == 0
    assert told((86_400, "extra", {})).elapsed_s == 86_400
    assert told((86_401, "extra", {})).elapsed_s == 86_400
    assert told((-5, "extra", {})).elapsed_s == 0
    assert LedMeeting().later(at(5)) == LedMeeting()


BOXES: list[tuple[int, float, str]] = [
    (150, 0, "on_time"), (150, 119, "on_time"), (150, 120, "soon"), (150, 150, "soon"), (150, 151, "over"),
    (150, 150.5, "over"), (60, 29, "on_time"), (60, 30, "soon"), (40, 19, "on_time"), (40, 20, "soon"),
    (40, 40, "soon"), (40, 41, "over"), (61, 30, "on_time"), (61, 31, "soon"),
]  # fmt: skip


def test_a_box_is_soon_at_its_end_in_its_last_half_minute_or_half_of_a_short_one() -> None:
    for seconds, spent, colour in BOXES:
        meeting = LedMeeting(steps=(MeetingStep(kind="talk", seconds=seconds),), spent=(spent,))
        assert (meeting.colour, meeting.in_step_s, meeting.box_s()) == (colour, spent, seconds)


def test_of_a_meeting_that_did_not_begin_nothing_is_known() -> None:
    no_votes = {"roti": (0, 0), "inward": (0, 0), "outward": (0, 0)}
    assert asdict(LedMeeting()) == {
        "seq": 0, "at": None, "opened_at": None, "closed_at": None, "kind": "flash", "facilitator": "", "leader": "",
        "steps": (), "total_s": 0, "position": 0, "elapsed_s": 0.0, "spent": (), "extended": frozenset(), "people": {},
        "attended": False, "promised": None, "checked": {}, "decisions": (), "actions": (), "parked": (),
        "outcomes": {}, "chosen": (), "tally": no_votes, "votes": 0,
    }  # fmt: skip
    assert asdict(MeetingStep(kind="talk")) == {
        "kind": "talk", "title": "", "seconds": 60, "code": "", "question": "", "owner": "", "conf": 1, "days": 0,
    }  # fmt: skip
    assert (Note("x", 2), Attending(True)) == (Note("x", 2, 1), Attending(True, 0, True))


def test_a_meeting_without_steps_is_a_talk_and_has_nothing_next() -> None:
    none = LedMeeting()
    assert (none.step, none.next_step, none.box_s(), none.in_step_s) == (
        MeetingStep(kind="talk"),
        None,
        0,
        0.0,
    )
    assert (none.running, none.present, none.leftovers, none.overrun_s, none.colour) == (
        False,
        (),
        (),
        0.0,
        "soon",
    )
    assert (none.kind, none.votes, none.tally, none.attended, none.promised) == (
        "flash",
        0,
        NO_VOTES,
        False,
        None,
    )
    assert none.passed(5, START).elapsed_s == 5
    meeting = told((20, "step", {"index": 2}))
    assert (meeting.step.code, meeting.next_step and meeting.next_step.kind) == ("B-2", "readback")
    assert told((20, "step", {"index": 3})).next_step is None
    assert [meeting.box_s(n) for n in (0, 1, 3, 4)] == [20, 150, 60, 0]
    longer = told((20, "step", {"index": 2}), (21, "extra", {}))
    assert [longer.box_s(n) for n in (None, 1, 2)] == [210, 150, 210]
    assert [told((s, "extra", {})).overrun_s for s in (380, 381)] == [0, 1]
    assert (meeting.running, told((1, "closed", {})).running) == (True, False)


def test_of_a_subject_a_decision_outweighs_what_was_put_aside() -> None:
    def outcome(*said: tuple[str, dict[str, Any]]) -> tuple[str, tuple[str, ...]]:
        meeting = told((20, "step", {"index": 1}), *((30 + n, *each) for n, each in enumerate(said)))
        return meeting.outcome(1), meeting.leftovers

    decided = ("decision", {"code": "D-1"})
    assert outcome() == ("", ("B-1", "B-2"))
    assert outcome(("parked", {})) == ("parked", ("B-2",))
    assert outcome(("parked", {}), decided) == ("decided", ("B-2",))
    assert outcome(decided) == outcome(("action", {"code": "A-1"})) == ("decided", ("B-2",))
    assert outcome(("solved", {}), decided) == ("solved", ("B-2",))
    assert told((20, "step", {"index": 2}), (30, *decided)).outcome(1) == ""


def test_whoever_reads_up_to_a_level_sees_only_that_something_stands_above_it() -> None:
    steps = (
        MeetingStep(kind="subject", code="B-1", title="One", question="Q1", owner="Marc", conf=1),
        MeetingStep(kind="subject", code="B-2", title="Two", question="Q2", owner="Marc", conf=2),
        MeetingStep(kind="subject", code="B-3", title="Three", question="Q3", owner="Marc", conf=1),
        MeetingStep(kind="talk", title="Four", conf=1),
    )
    parked = (Note("a", 0), Note("b", 1), Note("c", 2), Note("d", 3, 3), Note("e", 0, 2), Note("f", 3, 0))
    meeting = LedMeeting(steps=steps, parked=parked)
    seen = meeting.read_at(1, frozenset({"B-3", ""}), "hidden")
    assert [(s.title, s.question, s.owner, s.conf, s.code) for s in seen.steps] == [
        ("One", "Q1", "Marc", 1, "B-1"), ("hidden", "hidden", "", 2, "B-2"), ("hidden", "hidden", "", 2, "B-3"),
        ("Four", "", "", 1, ""),
    ]  # fmt: skip
    assert [(n.text, n.step, n.conf) for n in seen.parked] == [
        ("a", 0, 1), ("hidden", 1, 2), ("hidden", 2, 2), ("hidden", 3, 3), ("hidden", 0, 2), ("f", 3, 0),
    ]  # fmt: skip
    assert meeting.read_at(3, frozenset(), "hidden") == meeting
    assert [s.conf for s in meeting.read_at(0, frozenset(), "hidden").steps] == [1, 2, 1, 1]


def test_what_was_taken_back_since_is_no_more_in_it() -> None:
    meeting = told(
        (1, "decision", {"code": "D-1"}), (2, "decision", {"code": "D-2"}), (3, "action", {"code": "A-1"})
    )
    kept = meeting.holding(frozenset({"D-2"}))
    assert ([note.text for note in kept.decisions], kept.actions) == (["D-2"], ())
    assert meeting.holding(frozenset({"D-1", "D-2", "A-1"})) == meeting


def test_the_lengths_that_a_person_is_told() -> None:
    assert (SOON_S, EXTRA_S, GAP_S, MOST_S) == (30, 60, 120, 24 * 3_600)

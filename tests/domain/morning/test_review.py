"""The laws of the morning review: its steps, its seconds, and what of the journal is news."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.dataclasses import replace
from cockpit.domain.morning.news import (
    ADDED,
    AGENDA,
    ARCHIVED,
    BREACHED,
    CHANGED,
    COMPANY,
    DECIDED,
    ESCALATED,
    MOST,
    NEW,
    PROVIDERS,
    RECEIVED,
    REOPENED,
    SEVERITY,
    SOLVED,
    WEIGHTS,
    WORSE,
    Happening,
    NewsPiece,
    fold,
    ten,
)
from cockpit.domain.morning.review import (
    LAST,
    LONGEST,
    NEWS,
    PLANNED,
    PRIORITIES,
    STEPS,
    ReviewProgress,
    dump,
    load,
)

START = ReviewProgress(
    day=date(2026, 11, 23), started_at=datetime(2026, 11, 23, 7, 42, tzinfo=UTC), from_seq=3, start_seq=9,
    upto_seq=9,
)  # fmt: skip
moves = st.lists(st.tuples(st.sampled_from(("forward", "back")), st.frozensets(st.sampled_from(STEPS))))
laps = st.lists(st.floats(-5, 3 * LONGEST), max_size=30)


def walked(steps: list[tuple[str, frozenset[str]]]) -> ReviewProgress:
    found = START.begin(frozenset())
    for way, empty in steps:
        found = getattr(found, way)(empty)
    return found


@given(moves)
def test_a_step_is_never_empty_where_one_moves_to_but_for_the_last(
    steps: list[tuple[str, frozenset[str]]],
) -> None:
    found = START.begin(frozenset())
    for way, empty in steps:
        moved: ReviewProgress = getattr(found, way)(empty)
        assert moved.step == found.step or moved.name not in empty or moved.step == LAST
        assert moved.step in moved.visited
        assert moved.step not in moved.skipped
        found = moved


@given(st.frozensets(st.sampled_from(STEPS)))
def test_six_times_forward_is_the_end_whatever_is_empty(empty: frozenset[str]) -> None:
    found = START.begin(empty)
    for _n in STEPS:
        found = found.forward(empty)
    assert found.name == PRIORITIES
    assert found.visited | found.skipped == set(range(len(STEPS)))
    assert {STEPS[at] for at in found.skipped} == empty - {PRIORITIES}
    assert found.forward(empty) == found


@given(moves, laps)
def test_a_review_is_resumed_at_the_same_step_and_second(
    steps: list[tuple[str, frozenset[str]]], spent: list[float]
) -> None:
    found = walked(steps)
    for lap in spent:
        found = found.spend(lap)
    assert load(dump(found)) == found


@given(laps)
def test_a_sleep_is_not_counted_and_time_never_goes_back(spent: list[float]) -> None:
    found = START
    for lap in spent:
        after = found.spend(lap)
        assert sum(found.spent) <= sum(after.spent) <= sum(found.spent) + LONGEST
        found = after
    assert sum(found.spent) == pytest.approx(sum(lap for lap in spent if 0 < lap <= LONGEST))


@given(st.text() | st.sampled_from(["{}", "[]", "null"]))
def test_a_state_that_cannot_be_read_is_none(text: str) -> None:
    assert load(text) is None


@pytest.mark.parametrize(
    "changed",
    [{"step": -1}, {"step": LAST + 1}, {"step": 77}, {"spent": [0.0] * 5}, {"spent": [0.0] * 7}, {"spent": ["x"] * 6}],
)  # fmt: skip
def test_a_state_of_other_steps_is_none(changed: dict[str, Any]) -> None:
    told = json.loads(dump(START))
    assert load(json.dumps(told)) == START
    assert load(json.dumps({**told, **changed})) is None


# -- news

Values = dict[str, Any]


def happening(seq: int, before: Values | None, after: Values | None, entity: str = "blocker") -> Happening:
    return Happening(
        seq=seq, actor="Sophie", entity=entity, entity_id=f"{entity}-1", before=before, after=after
    )


@pytest.mark.parametrize(
    ("entity", "before", "after", "group", "why"),
    [
        ("blocker", None, {"severity": "p2"}, NEW, ()),
        ("priority", None, {"title": "x"}, NEW, ()),
        ("decision", None, {"title": "x"}, DECIDED, ()),
        ("statement", None, {"title": "x"}, RECEIVED, ()),
        ("blocker", {"closed_at": None}, {"closed_at": "2026"}, SOLVED, ()),
        ("blocker", {"closed_at": "2026"}, {"closed_at": None}, WORSE, (REOPENED,)),
        ("blocker", {"severity": "p3"}, {"severity": "p1"}, WORSE, (SEVERITY,)),
        ("blocker", {"level": 0}, {"level": 1}, WORSE, (ESCALATED,)),
        ("clock", {"breached_at": None}, {"breached_at": "2026"}, WORSE, (BREACHED,)),
        ("blocker", {"severity": "p1"}, {"severity": "p3"}, None, ()),
        ("blocker", {"level": 2}, {"level": 1}, None, ()),
        ("statement", {"triage": "new"}, {"triage": "blocker"}, None, ()),
        ("clock", None, {"title": "x"}, None, ()),
        ("person", None, {"name": "x"}, COMPANY, (ADDED,)),
        ("contract", {"amount": 1}, {"amount": 2}, COMPANY, (CHANGED,)),
        ("contract", {"archived_at": None}, {"archived_at": "now"}, COMPANY, (ARCHIVED,)),
    ],
)
def test_what_is_news(
    entity: str, before: Values | None, after: Values, group: str | None, why: tuple[str, ...]
) -> None:
    found = fold([happening(1, before, after, entity)])
    assert [(each.group, each.why) for each in found] == ([(group, why)] if group else [])


changes = st.lists(
    st.one_of(
        st.tuples(st.just("severity"), st.sampled_from(("p1", "p2", "p3", "p4"))),
        st.tuples(st.just("level"), st.integers(0, 3)),
        st.tuples(st.just("closed_at"), st.sampled_from((None, "2026-11-23", "2026-11-24"))),
        st.tuples(st.just("next_step"), st.text(max_size=3)),
    ),
    min_size=1,
)


def told(moves: list[tuple[str, Any]]) -> list[Happening]:
    """The entries of changes made one after the other to one blocker."""
    now: Values = {"severity": "p3", "level": 1, "closed_at": None, "next_step": ""}
    found = []
    for seq, (name, value) in enumerate(moves, 1):
        found.append(happening(seq, {name: now[name]}, {name: value}))
        now[name] = value
    return found


@given(changes)
def test_what_was_done_and_undone_is_no_news(moves: list[tuple[str, Any]]) -> None:
    done = told(moves)
    undone = [
        happening(len(done) + at, dict(each.after or {}), dict(each.before or {}))
        for at, each in enumerate(reversed(done), 1)
    ]
    assert fold([*done, *undone]) == ()


@given(changes)
def test_a_record_is_news_once_and_by_what_it_came_to(moves: list[tuple[str, Any]]) -> None:
    found = fold(told(moves))
    last = dict(moves)
    assert len(found) <= 1
    closed = last.get("closed_at") is not None
    worse = last.get("severity", "p3") < "p3" or last.get("level", 1) > 1
    assert [each.group for each in found] == ([SOLVED] if closed else [WORSE] if worse else [])


def test_what_was_made_and_unmade_is_no_news_and_what_was_made_and_settled_is_settled() -> None:
    made = happening(1, None, {"severity": "p1"})
    assert fold([made, happening(2, {"severity": "p1"}, None)]) == ()
    assert [each.group for each in fold([made, happening(2, {"closed_at": None}, {"closed_at": "x"})])] == [
        SOLVED
    ]


def test_what_became_worse_weighs_most_and_no_two_groups_weigh_the_same() -> None:
    heaviest = sorted(WEIGHTS, key=lambda group: -WEIGHTS[group])
    assert heaviest == [WORSE, PROVIDERS, DECIDED, RECEIVED, SOLVED, NEW, AGENDA, COMPANY]
    assert len(set(WEIGHTS.values())) == len(WEIGHTS)


pieces = st.lists(
    st.tuples(st.sampled_from(sorted(WEIGHTS)), st.sampled_from(("p1", "p2", "p3", "p4", ""))), max_size=40
)


@given(pieces)
def test_the_ten_that_matter_outweigh_the_rest(drawn: list[tuple[str, str]]) -> None:
    every = [
        (NewsPiece(group, "blocker", f"id{n}", n, "Sophie"), severity)
        for n, (group, severity) in enumerate(drawn)
    ]
    kept = ten(every)
    assert len(kept) == min(MOST, len(every))

    def weight(pair: tuple[NewsPiece, str]) -> tuple[int, int]:
        return -WEIGHTS[pair[0].group], ["p1", "p2", "p3", "p4", "p9"].index(pair[1] or "p9")

    inside = [weight(pair) for pair in every if pair[0].entity_id in kept]
    outside = [weight(pair) for pair in every if pair[0].entity_id not in kept]
    assert not outside or max(inside) <= min(outside)


def test_the_first_step_is_skipped_when_there_is_no_news() -> None:
    found = START.begin(frozenset({NEWS}))
    assert (found.name, found.skipped) == (STEPS[1], frozenset({0}))


def test_the_steps_of_a_review_one_by_one() -> None:
    assert STEPS == ("news", "today", "slas", "blockers", "signals", "priorities")
    at_three = replace(START, step=3, subject="B-1", visited=frozenset({3}), skipped=frozenset({1, 2}))
    back = at_three.back(frozenset({"slas"}))
    assert back == replace(at_three, step=1, subject="", visited=frozenset({1, 3}), skipped=frozenset({2}))
    assert at_three.back(frozenset({"news", "today", "slas"})) == at_three
    assert at_three.back(frozenset()).step == 2
    assert replace(START, step=1).back(frozenset()).step == 0
    on = at_three.forward(frozenset({"signals"}))
    assert on == replace(
        at_three, step=5, subject="", visited=frozenset({3, 5}), skipped=frozenset({1, 2, 4})
    )
    assert at_three.forward(frozenset()).step == 4
    last = replace(START, step=LAST, subject="P-1")
    assert last.forward(frozenset(STEPS)) == replace(last, visited=frozenset({LAST}))
    assert START.begin(frozenset({"news", "today"})) == replace(
        START, step=2, visited=frozenset({2}), skipped=frozenset({0, 1})
    )
    kept = replace(START, subject="B-1").begin(frozenset())
    assert (kept.subject, kept.visited, kept.name) == ("B-1", frozenset({0}), "news")


@pytest.mark.parametrize(
    ("lap", "counted"), [(0, 0), (-1, 0), (0.25, 0.25), (10, 10), (10.5, 0), (1e9, 0), (float("nan"), 0)]
)
def test_only_a_lap_that_somebody_was_there_for_is_counted(lap: float, counted: float) -> None:
    found = replace(START, step=2, spent=(1.0, 2.0, 3.0, 4.0, 5.0, 6.5)).spend(lap)
    assert found.spent == (1.0, 2.0, 3.0 + counted, 4.0, 5.0, 6.5)
    assert found.seconds == int(21.5 + counted)


def test_a_review_is_kept_as_one_object_and_what_it_has_not_is_as_at_its_beginning() -> None:
    assert (START.step, START.subject, START.everything, START.visited, START.skipped) == (
        0, "", False, frozenset(), frozenset(),
    )  # fmt: skip
    assert START.spent == (0.0,) * 6
    moved = replace(
        START, step=2, visited=frozenset({2, 0}), skipped=frozenset({1}), everything=True, subject="x"
    )
    assert json.loads(dump(moved)) == {
        "day": "2026-11-23", "started_at": "2026-11-23T07:42:00+00:00", "from_seq": 3, "start_seq": 9, "upto_seq": 9,
        "step": 2, "subject": "x", "visited": [0, 2], "skipped": [1], "everything": True, "spent": [0.0] * 6,
    }  # fmt: skip
    assert (PLANNED, LONGEST) == (300, 10)


def news(
    *entries: tuple[int, str, str, Values | None, Values | None], actor: str = "Sophie"
) -> list[NewsPiece]:
    return [
        *fold(
            Happening(seq=seq, actor=f"{actor}{seq}", entity=entity, entity_id=id, before=before, after=after)
            for seq, entity, id, before, after in entries
        )
    ]


def test_news_are_told_by_their_last_entry_and_in_the_order_of_the_journal() -> None:
    assert news(
        (1, "blocker", "a", None, {"severity": "p2"}),
        (
            2,
            "contract",
            "b",
            {"amount": 1, "name": "x", "owner": None},
            {"amount": 2, "name": "x", "owner": None},
        ),
        (3, "blocker", "c", {"severity": "p3", "level": 0}, {"severity": "p2", "level": 1}),
        (4, "blocker", "a", {"title": "x"}, {"title": "y"}),
        (5, "contract", "d", {"amount": 1}, {"amount": 1}),
        (6, "contract", "e", None, {"archived_at": "now"}),
        (7, "contract", "b", {"name": "x"}, {"name": "y", "hours": "z"}),
        (8, "contract", "f", None, {"name": "x"}),
        (9, "contract", "f", {"name": "x"}, {"name": "y"}),
    ) == [
        NewsPiece(WORSE, "blocker", "c", 3, "Sophie3", (SEVERITY, ESCALATED)),
        NewsPiece(NEW, "blocker", "a", 4, "Sophie4"),
        NewsPiece(COMPANY, "contract", "b", 7, "Sophie7", (CHANGED,), ("amount", "name", "hours")),
        NewsPiece(COMPANY, "contract", "f", 9, "Sophie9", (ADDED,)),
    ]


FATES: list[tuple[str, list[Values | None], str | None]] = [
    ("blocker", [{"closed_at": "1"}, {"closed_at": None}, {"closed_at": "2"}], None),
    ("blocker", [{"closed_at": None}, {"closed_at": "2"}], "solved"),
    ("blocker", [None, {"closed_at": "2"}], "solved"),
    ("blocker", [{"closed_at": "1"}, {"closed_at": "2"}], None),
    ("blocker", [{"closed_at": "1",
    "severity": "p3"}, {"closed_at": None, "severity": "p1"}], "worse reopened severity"),
    ("blocker", [{"level": None}, {"level": 1}], "worse escalated"),
    ("blocker", [{"level": 1}, {"level": None}], None),
    ("blocker", [{"level": None}, {"level": 0}], None),
    ("blocker", [{"level": 0}, {"level": None}], None),
    ("priority", [{"severity": "p2"}, {"severity": "p2"}], None),
    ("clock", [{"breached_at": "x"}, {"breached_at": None}], None),
    ("clock", [{"breached_at": "x"}, {"breached_at": "x"}], None),
    ("decision", [{"title": "x"}, {"title": "y"}], None),
    ("approval", [None, {"closed_at": None}], "new submitted"),
    ("approval", [None, {"closed_at": "x", "state": "approved"}], "decided approved"),
    ("approval", [{"state": "open"}, {"closed_at": "x", "state": "refused"}], "decided refused"),
    ("approval", [{"state": "open"}, {"closed_at": "x", "state": "withdrawn"}], "decided withdrawn"),
    ("approval", [{"state": "open"}, {"closed_at": "x", "state": "lost"}], None),
    ("approval", [{"state": "open"}, {"state": "asked"}], None),
    ("person", [{"name": "x"}, {"archived_at": "now"}], "company archived: archived_at"),
    ("person", [None, {"archived_at": "now"}], None),
    ("person", [None, {"name": "x"}], "company added"),
    ("person", [{"name": "x", "role": "r"}, {"name": "y", "role": "r"}], "company changed: name"),
    ("person", [{"name": "x"}, None], None),
    ("person", [{"name": "x"}, None, {"name": "x"}], None),
]  # fmt: skip


def test_what_became_of_a_record_in_the_end() -> None:
    for entity, states, told in FATES:
        found = news(*((n, entity, "x", *pair) for n, pair in enumerate(pairwise(states))))
        said = [" ".join((p.group, *p.why)) + (f": {' '.join(p.fields)}" if p.fields else "") for p in found]
        assert said == ([told] if told else [])


def test_of_ten_the_worse_severity_then_the_later_comes_first() -> None:
    def piece(n: int, group: str = NEW) -> NewsPiece:
        return NewsPiece(group, "blocker", f"id{n}", n, "Sophie")

    dozen = [(piece(n), "p2") for n in range(12)]
    assert ten(dozen) == {f"id{n}" for n in range(2, 12)}
    assert ten([*dozen, (piece(20), "p3"), (piece(21), "")]) == {f"id{n}" for n in range(2, 12)}
    assert ten([*dozen[:9], (piece(20), "p4"), (piece(21), "")]) == {*(f"id{n}" for n in range(9)), "id20"}
    assert ten([(piece(0, AGENDA), "p1"), *dozen[1:11]]) == {f"id{n}" for n in range(1, 11)}
    assert (WEIGHTS[WORSE], WEIGHTS[PROVIDERS], WEIGHTS[COMPANY], MOST) == (8, 7, 1, 10)

"""Laws of the audit's verdict and of the right level; a sheet goes round."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.audits import answer_sheet, function_audit, outsourcing_level
from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.audits.questionnaire import ANSWERS, NO, PARTLY, UNKNOWN, YES

KEYS = [each.key for each in function_audit.QUESTIONS]
WORSE = {verdict: rank for rank, verdict in enumerate(function_audit.VERDICTS)}
answers = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(list(ANSWERS)))


def test_four_axes_of_five_questions_each_with_what_it_relies_on() -> None:
    assert [len(function_audit.of_axis(axis)) for axis in function_audit.AXES] == [5, 5, 5, 5]
    assert len(set(KEYS)) == 20
    assert all(each.relies for each in function_audit.QUESTIONS)


@given(
    answers, st.sampled_from(KEYS), st.sampled_from([(NO, PARTLY), (PARTLY, YES), (UNKNOWN, YES), (NO, YES)])
)
def test_a_better_answer_never_makes_a_worse_verdict_or_score(
    given_: dict[str, str], key: str, better: tuple[str, str]
) -> None:
    before, after = ({**given_, key: each} for each in better)
    assert WORSE[function_audit.proposed(after)] <= WORSE[function_audit.proposed(before)]
    for axis in function_audit.AXES:
        assert (function_audit.scores(after)[axis].percent or 0) >= (
            function_audit.scores(before)[axis].percent or 0
        )


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(given_: dict[str, str], chance: random.Random) -> None:
    mixed = list(given_.items())
    chance.shuffle(mixed)
    assert function_audit.scores(dict(mixed)) == function_audit.scores(given_)
    assert function_audit.proposed(dict(mixed)) == function_audit.proposed(given_)


def test_what_is_not_known_is_never_sound_and_never_danger() -> None:
    assert function_audit.proposed({}) == "mend"
    assert function_audit.proposed(dict.fromkeys(KEYS, YES)) == "sound"
    assert function_audit.proposed({**dict.fromkeys(KEYS, YES), **dict.fromkeys(KEYS[:2], NO)}) == "mend"
    assert function_audit.proposed({**dict.fromkeys(KEYS, YES), **dict.fromkeys(KEYS[:3], NO)}) == "danger"
    assert function_audit.proposed({**dict.fromkeys(KEYS, YES), **dict.fromkeys(KEYS[:3], UNKNOWN)}) == "mend"


SHEETS = st.builds(
    AnswerSheet, function=st.just("FN-1"), started_at=st.just(datetime(2026, 11, 23, 7, 42, tzinfo=UTC)),
    next_on=st.dates(), stage=st.integers(0, 1), row=st.text(max_size=8),
    answers=st.dictionaries(st.text(max_size=8), st.text(max_size=8)), verdict=st.sampled_from(["", "mend"]),
    actions=st.lists(st.text(max_size=20), max_size=3).map(tuple), note=st.text(max_size=20),
    spent=st.floats(0, 5000),
)  # fmt: skip


@given(SHEETS)
def test_a_sheet_goes_round(kept: AnswerSheet) -> None:
    assert answer_sheet.load(answer_sheet.dump(kept)) == kept
    assert answer_sheet.load(answer_sheet.dump(kept)[1:]) is None


def test_an_answer_takes_the_place_of_the_one_before_and_an_empty_one_takes_it_away() -> None:
    begun = AnswerSheet(
        function="FN-1", started_at=datetime(2026, 11, 23, tzinfo=UTC), next_on=date(2027, 1, 1),
        answers={"a": "1", "b": "-2", "c": "yes"},
    )  # fmt: skip
    assert begun.answered("b", "3").answers == {"a": "1", "b": "3", "c": "yes"}
    assert begun.answered("b", "").answers == {"a": "1", "c": "yes"}
    assert [begun.number(name) for name in "abcd"] == [1, -2, None, None]


def test_a_night_between_two_keys_is_not_counted() -> None:
    begun = AnswerSheet(
        function="FN-1", started_at=datetime(2026, 11, 23, tzinfo=UTC), next_on=date(2027, 1, 1)
    )
    assert begun.spend(40).spend(30_000).spend(5).spent == 45


FACTS = outsourcing_level.LevelFacts(value=2, skill=1, full_cost=100_000, baseline=100_000, benefit="yes")


@pytest.mark.parametrize(
    ("changed", "place", "verdict"),
    [
        ({}, "commodity", "keep"),
        ({"full_cost": 110_000}, "commodity", "group"),
        ({"full_cost": 109_999}, "commodity", "keep"),
        ({"benefit": "no"}, "commodity", "change"),
        ({"skill": 3}, "at_hand", "keep"),
        ({"skill": 3, "benefit": "no"}, "at_hand", "insource"),
        ({"skill": 3, "full_cost": 150_000}, "at_hand", "insource"),
        ({"value": 3}, "expertise", "keep"),
        ({"value": 4, "benefit": "no"}, "expertise", "change"),
        ({"value": 4, "full_cost": 150_000}, "expertise", "change"),
        ({"value": 3, "skill": 3}, "strategic", "insource"),
        ({"value": 4, "skill": 4}, "strategic", "insource"),
        ({"skill": 4}, "at_hand", "keep"),
        ({"value": None}, "unclear", "open"),
        ({"skill": None}, "unclear", "open"),
        ({"full_cost": None, "baseline": None, "benefit": "unknown"}, "commodity", "keep"),
    ],
)
def test_where_a_function_stands_and_what_is_proposed(
    changed: dict[str, object], place: str, verdict: str
) -> None:
    found = replace(FACTS, **changed)  # type: ignore[arg-type]
    assert outsourcing_level.quadrant(found) == place
    assert outsourcing_level.proposed(found, may_group=True) == verdict


def test_nothing_to_group_with_is_a_change_and_what_is_inside_stays() -> None:
    dear = replace(FACTS, full_cost=200_000)
    assert outsourcing_level.proposed(dear) == "change"
    assert outsourcing_level.proposed(replace(FACTS, value=4, skill=4), outside=False) == "keep"


def test_what_is_missing_is_named() -> None:
    assert outsourcing_level.LevelFacts(value=1, baseline=0).missing == ("skill", "full_cost", "benefit")
    assert outsourcing_level.LevelFacts(full_cost=1, baseline=0).cost_percent is None

"""Laws of the self-audit: a better answer never makes a zone, order does not matter, JSON goes round."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits import self_audit_text
from cockpit.domain.audits.questionnaire import ANSWERS, NO, PARTLY, UNKNOWN, YES, score, worth
from cockpit.domain.audits.self_audit import QUESTIONS, AuditedPart, SelfAuditProgress

AT = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
answers = st.dictionaries(st.sampled_from(list(QUESTIONS)), st.sampled_from(list(ANSWERS)))
names = st.text(max_size=12)
parts = st.builds(
    AuditedPart, key=st.uuids().map(str), name=names, code=st.sampled_from(["", "FN-1", "FN-2", "FN-3"]),
    kept=st.booleans(), mode=st.sampled_from(["internal", "external", "time_shared", "mixed"]),
    core=st.booleans(), criticality=st.integers(1, 4), owner=names, backup=names,
    provider=st.sampled_from(["", "Paie+", "InfoSud"]), answers=answers,
    sources=st.dictionaries(st.sampled_from(list(QUESTIONS)), names),
)  # fmt: skip
progresses = st.builds(
    SelfAuditProgress, started_at=st.just(AT), parts=st.lists(parts, max_size=6).map(tuple),
    stage=st.integers(0, 2), row=names, spent=st.floats(0, 5000),
)  # fmt: skip


@given(
    parts, st.sampled_from(list(QUESTIONS)), st.sampled_from([(NO, PARTLY), (PARTLY, YES), (UNKNOWN, YES)])
)
def test_a_better_answer_never_makes_a_zone_nor_a_heavier_one(
    part: AuditedPart, question: str, better: tuple[str, str]
) -> None:
    before, after = (rules.zone(replace(part, answers={**part.answers, question: each})) for each in better)
    if after is not None:
        assert before is not None
        assert after.weight <= before.weight


@given(st.lists(parts, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_functions_and_of_answers_does_not_matter(
    found: list[AuditedPart], chance: random.Random
) -> None:
    mixed = []
    for part in found:
        given_ = list(part.answers.items())
        chance.shuffle(given_)
        mixed.append(replace(part, answers=dict(given_)))
    chance.shuffle(mixed)
    assert rules.zones(mixed) == rules.zones(found)


@given(progresses)
def test_where_it_stands_goes_round(progress: SelfAuditProgress) -> None:
    assert self_audit_text.load(self_audit_text.dump(progress)) == progress


@given(st.text(max_size=40))
def test_what_cannot_be_read_is_no_state(text: str) -> None:
    assert self_audit_text.load(text) is None
    assert self_audit_text.load_result(text) == {}


@given(st.lists(parts, max_size=6))
def test_a_result_keeps_what_was_answered_by_code(found: list[AuditedPart]) -> None:
    kept = {part.code: part for part in found if part.kept}
    read = self_audit_text.load_result(self_audit_text.dump_result(found))
    assert {code: part.answers for code, part in read.items()} == {
        code: part.answers for code, part in kept.items()
    }


@given(st.dictionaries(st.sampled_from(["FN-1", "FN-2"]), parts), st.dictionaries(
    st.sampled_from(["FN-1", "FN-2"]), parts))  # fmt: skip
def test_better_one_way_is_worse_the_other(
    one: dict[str, AuditedPart], other: dict[str, AuditedPart]
) -> None:
    there, back = rules.compare(one, other), rules.compare(other, one)
    assert set(there.better) == set(back.worse)
    assert set(there.new) == set(back.gone)
    assert rules.compare(one, one) == rules.Comparison((), (), (), ())


@given(st.lists(parts, max_size=8))
def test_at_most_five_entries_and_two_of_a_register(found: list[AuditedPart]) -> None:
    advised = rules.advice(found, {})
    assert len(advised) <= rules.MOST_ENTRIES
    assert all(sum(a.register == b.register for b in advised) <= 2 for a in advised)


@given(answers, st.sampled_from(list(QUESTIONS)))
def test_one_more_yes_never_lowers_a_score(given_: dict[str, str], question: str) -> None:
    before, after = score(given_, QUESTIONS), score({**given_, question: YES}, QUESTIONS)
    assert (after.percent or 0) >= (before.percent or 0)
    assert after.missing <= before.missing
    assert after.coverage >= before.coverage


def test_what_is_not_known_is_not_good_and_is_told_apart() -> None:
    assert score({}, QUESTIONS).percent is None
    known = score({"backup": YES, "written": YES}, QUESTIONS)
    assert (known.percent, known.coverage) == (28, 28)
    assert worth(UNKNOWN) == worth(NO) == 0
    whole = score(dict.fromkeys(QUESTIONS, YES), QUESTIONS)
    assert (whole.percent, whole.coverage, whole.missing) == (100, 100, 0)
    half = score({**dict.fromkeys(QUESTIONS, PARTLY), "cost": UNKNOWN}, QUESTIONS)
    assert (half.percent, half.coverage, half.missing) == (42, 85, 6)
    none = score(dict.fromkeys(QUESTIONS, NO), QUESTIONS)
    assert (none.percent, none.coverage, none.missing) == (0, 100, 14)
    assert score({}, ()).coverage == 0


def test_a_function_is_a_zone_by_what_it_depends_on() -> None:
    sound = AuditedPart(key="a", name="A", criticality=4, answers=dict.fromkeys(QUESTIONS, YES))
    assert rules.zone(sound) is None
    assert rules.zone(replace(sound, answers={**sound.answers, "cost": NO})) is None
    unknown = replace(sound, answers={**sound.answers, "backup": UNKNOWN})
    assert rules.zone(unknown) is not None, "what is not known counts where much depends on it"
    assert rules.zone(replace(unknown, criticality=2)) is None
    alone = rules.zone(replace(sound, criticality=1, answers={**sound.answers, "backup": NO}))
    assert alone is not None
    assert alone.reasons == ("backup",)
    given_away = rules.zone(replace(sound, core=True, mode="external"))
    assert given_away is not None
    assert given_away.reasons[0] == "core"


def test_a_zone_weighs_each_gap_by_its_question_and_by_what_depends_on_the_function() -> None:
    part = AuditedPart(
        key="a", name="A", mode="external", criticality=3, answers=dict.fromkeys(QUESTIONS, NO)
    )
    weights = {each: rules.weight(part, each) for each in part.asked}
    assert weights == {
        "backup": 36, "two_weeks": 36, "access": 36, "written": 24, "notice": 24, "decider": 24, "cost": 12,
    }  # fmt: skip
    partly = replace(part, answers={**part.answers, "cost": PARTLY, "access": YES, "notice": UNKNOWN})
    assert [rules.weight(partly, each) for each in ("cost", "access", "notice")] == [6, 0, 24]
    inside = replace(part, mode="internal", core=True)
    assert rules.weight(inside, "backup") == 54, "the core counts half as much again"


def test_one_provider_that_carries_three_functions_is_a_zone() -> None:
    made = [
        AuditedPart(
            key=key, name=key, mode="external", provider="PR-1", answers=dict.fromkeys(QUESTIONS, YES)
        )
        for key in "abc"
    ]
    assert [zone.key for zone in rules.zones(made)] == ["PR-1"]
    assert rules.zones(made[:2]) == ()


def test_what_exists_and_is_not_entered_is_worth_half_of_what_does_not_exist() -> None:
    part = AuditedPart(
        key="a", name="A", mode="external", answers={**dict.fromkeys(QUESTIONS, YES), "written": NO}
    )
    advised = rules.advice([part], {"a": frozenset({"backup", "notice", "cost"})})
    assert [each.question for each in advised] == ["written", "backup", "notice", "cost"]
    assert [each.register for each in rules.advice([part], {})] == ["document"]
    beside = replace(part, key="b", answers=dict.fromkeys(QUESTIONS, YES))
    core = replace(beside, key="c", core=True, mode="internal")
    unproven = {"b": frozenset({"backup"}), "c": frozenset({"backup"})}
    assert [each.key for each in rules.advice([beside, core], unproven)] == ["c", "b"], (
        "of the core comes first"
    )


def test_what_was_said_is_what_differs_from_where_it_began() -> None:
    part = AuditedPart(key="a", name="A", criticality=2, owner="Ana").untouched
    assert part.said == {}
    assert replace(part, criticality=3).said == {"criticality": 3}
    assert replace(part, criticality=1, owner="").said == {"criticality": 1, "owner": ""}


def test_who_takes_over_is_forgotten_once_nobody_does() -> None:
    part = AuditedPart(key="a", name="A", backup="Ben", sources={"backup": "x", "cost": "y"})
    progress = SelfAuditProgress(started_at=AT, parts=(part,))

    def after(question: str, answer: str) -> AuditedPart:
        (found,) = progress.answered("a", question, answer).parts
        return found

    assert [after("backup", answer).backup for answer in (YES, PARTLY, NO, UNKNOWN)] == ["Ben", "Ben", "", ""]
    assert after("cost", NO).backup == "Ben"
    assert after("backup", YES).sources == {"cost": "y"}, "what a person says is no guess of ours any more"
    assert progress.answered("b", "cost", NO) == progress.answered("a", "?", NO) == progress

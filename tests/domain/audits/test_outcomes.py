"""Audits and self-audits: whole answers, at and beside every limit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cockpit.domain.audits import answer_sheet, function_audit, outsourcing_level, self_audit_text
from cockpit.domain.audits import self_audit as rules
from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.audits.outsourcing_level import LevelFacts
from cockpit.domain.audits.questionnaire import ANSWERS, NO, PARTLY, UNKNOWN, YES, AnswerScore, score, worth
from cockpit.domain.audits.self_audit import QUESTIONS, USUAL, Advice, AuditedPart, SelfAuditProgress, Zone
from cockpit.domain.dataclasses import replace

AT = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
ALL = dict.fromkeys(QUESTIONS, YES)


def part(key: str = "a", answers: dict[str, str] | None = None, **more: Any) -> AuditedPart:
    """A function of which all is answered by yes, but for what is given."""
    return AuditedPart(key=key, name=key, answers={**ALL, **(answers or {})}, **more)


def test_what_a_person_is_asked_of_a_function_inside_and_outside() -> None:
    inside = ("backup", "written", "two_weeks", "access", "decider", "cost")
    assert part().asked == part(mode="internal").asked == inside
    for mode in ("external", "time_shared", "mixed"):
        assert part(mode=mode).asked == (
            "backup",
            "written",
            "two_weeks",
            "notice",
            "access",
            "decider",
            "cost",
        )
    assert [part(answers={"cost": PARTLY}).answer(each) for each in ("cost", "backup", "?")] == [
        PARTLY,
        YES,
        UNKNOWN,
    ]


def test_the_eight_usual_functions_are_proposed_as_most_companies_have_them() -> None:
    lines = []
    for usual, names in USUAL:
        assert usual.kept
        core = " core" if usual.core else ""
        lines.append(f"{usual.key} {usual.kind} {usual.mode} {usual.criticality}{core}: {', '.join(names)}")
    assert "\n".join(lines) == (
        "management managerial internal 3 core: direction, management, pilotage\n"
        "assistance support time_shared 2: assistan, secretar, office\n"
        "hr support external 3: rh, hr, paie, payroll, ressources humaines, human\n"
        "finance support external 3: financ, compta, account, daf\n"
        "it support external 3: it, informatique, si, dsi\n"
        "legal support external 2: juridi, legal, droit\n"
        "sales support internal 3: adv, sales, commerc, vente\n"
        "production operational internal 4 core: production, fabrication, atelier, exploitation"
    )


@pytest.mark.parametrize(
    ("one", "zone"),
    [
        (part(), None), (part(mode="external"), None), (part(answers={"cost": NO, "decider": NO}), None),
        (part(mode="external", answers={"notice": NO}), None), (part(answers={"notice": NO}), None),
        # Weights: of the question, times two for a no, times the criticality, times two; three of the core.
        (part(answers={"backup": NO}), (("backup",), 24)), (part(answers={"written": NO}), (("written",), 16)),
        (part(answers={"two_weeks": NO}), (("two_weeks",), 24)), (part(answers={"access": NO}), (("access",), 24)),
        (part(answers={"access": NO, "cost": PARTLY, "decider": UNKNOWN}), (("access", "decider", "cost"), 44)),
        (part(core=True, answers={"access": NO}), (("access",), 36)),
        # From a criticality of three on, what is partly so or not known is a gap as a no is.
        (part(answers={"backup": PARTLY}, criticality=2), None),
        (part(answers={"backup": UNKNOWN}, criticality=2), None),
        (part(answers={"backup": PARTLY}, criticality=3), (("backup",), 18)),
        (part(answers={"written": UNKNOWN}, criticality=4), (("written",), 32)),
        (part(answers={"cost": UNKNOWN}, criticality=4), None),
        # Core value carried outside is one by itself: eight times its criticality.
        (part(core=True, mode="external", criticality=2), (("core",), 16)),
        (part(core=True, mode="external", criticality=3, answers={"notice": NO}), (("core", "notice"), 60)),
        (part(core=True, mode="mixed"), None), (part(core=True, mode="time_shared"), None),
        (part(core=True, mode="internal"), None),
        # The heaviest first, then as they are asked.
        (part(mode="external", criticality=1, answers=dict.fromkeys(QUESTIONS, NO)),
         (("backup", "two_weeks", "access", "written", "notice", "decider", "cost"), 64)),
    ],
)  # fmt: skip
def test_a_function_is_a_zone_by_its_gaps_and_as_heavy_as_they_are(
    one: AuditedPart, zone: tuple[tuple[str, ...], int] | None
) -> None:
    assert rules.zone(one) == (None if zone is None else Zone("a", *zone))


def test_zones_of_functions_and_of_a_provider_who_carries_three_the_heaviest_first() -> None:
    made = [
        part("b", {"backup": NO}), part("a", {"backup": NO}), part("c", {"backup": NO}, kept=False), part("d"),
        *(part(f"e{n}", mode="external", provider="PR-2", criticality=n) for n in (1, 2, 4)),
        *(part(f"f{n}", mode="external", provider="PR-1") for n in (1, 2)), part("f3", provider="PR-1"),
        part("f4", mode="external", provider="PR-1", kept=False),
        *(part(f"g{n}", mode="mixed", provider="PR-3", criticality=1) for n in range(4)),
        *(part(f"h{n}", mode="external") for n in range(4)), part("i", {"access": NO}, criticality=4),
    ]  # fmt: skip
    assert rules.zones(made) == (
        Zone("i", ("access",), 48), Zone("PR-2", ("many",), 42), Zone("PR-3", ("many",), 24),
        Zone("a", ("backup",), 24),
        Zone("b", ("backup",), 24),
    )  # fmt: skip
    # What is done inside of it weighs with the rest, once three are carried outside.
    beside = [*made, part("e9", provider="PR-2", criticality=3)]
    assert Zone("PR-2", ("many",), 60) in rules.zones(beside)


def test_the_most_useful_entries_are_five_at_most_and_two_of_a_register() -> None:
    made = [
        part("a", dict.fromkeys(QUESTIONS, NO), criticality=1, mode="external"),
        part("b", {"backup": NO, "written": PARTLY}, criticality=4),
        part("c", {"backup": NO}, criticality=3), part("d", dict.fromkeys(QUESTIONS, NO), kept=False, criticality=4),
        part("e", {"cost": NO}, criticality=4, core=True),
    ]  # fmt: skip
    assert rules.advice(made, {}) == (
        Advice("continuity", "b", "backup"), Advice("continuity", "c", "backup"), Advice("cost", "e", "cost"),
        Advice("document", "b", "written"), Advice("process", "a", "two_weeks"),
    )  # fmt: skip
    assert rules.advice(made[2:3], {}) == (Advice("continuity", "c", "backup"),)
    assert rules.advice([], {}) == ()
    assert [each.register for each in rules.advice(made[:1], {})] == [
        "continuity", "process", "access", "document", "contract",
    ]  # fmt: skip


def test_what_exists_without_a_proof_is_advised_by_half_the_weight_of_a_no() -> None:
    sound = part("a", criticality=3, core=True)
    no = part("b", {"written": NO}, criticality=3)
    unproven = {"a": frozenset({"cost", "backup"}), "b": frozenset({"written"})}
    # Of a: 3 x 3 x 3 = 27 for the backup and 9 for the cost; of b: 2 x 2 x 3 x 2 = 24, whatever is unproven.
    assert rules.advice([no, sound], unproven) == (
        Advice("continuity", "a", "backup"), Advice("document", "b", "written"), Advice("cost", "a", "cost"),
    )  # fmt: skip
    assert rules.advice([sound], {"b": frozenset({"cost"})}) == ()
    # What is unproven of the core stands between a no of 32 and one of 24; of another between 24 and 12.
    core = [
        part("a", core=True, criticality=3),
        part("b", {"written": NO}, criticality=4),
        part("c", {"backup": NO}),
    ]
    assert [each.key for each in rules.advice(core, {"a": frozenset({"backup"})})] == ["b", "a", "c"]
    other = [
        part("a", criticality=3),
        part("b", {"cost": NO}, criticality=4, core=True),
        part("c", {"decider": NO}, criticality=1),
    ]
    assert [each.key for each in rules.advice(other, {"a": frozenset({"backup"})})] == ["b", "a", "c"]
    light, heavy = part("c", criticality=1), part("d", criticality=2)
    both = {"c": frozenset({"cost"}), "d": frozenset({"cost"})}
    assert [each.key for each in rules.advice([light, heavy], both)] == ["d", "c"]


def test_two_self_audits_are_compared_by_function_and_question() -> None:
    before = {
        "FN-1": part(answers={"backup": NO, "written": YES, "cost": PARTLY, "notice": NO}), "FN-2": part(),
        "FN-4": part(mode="external", answers={"notice": NO, "access": NO}),
    }  # fmt: skip
    after = {
        "FN-3": part(), "FN-1": part(answers={"backup": PARTLY, "written": PARTLY, "cost": UNKNOWN}),
        "FN-4": part(answers={"access": UNKNOWN}),
    }  # fmt: skip
    assert rules.compare(before, after) == rules.Comparison(
        better=(("FN-1", "backup"),), worse=(("FN-1", "written"), ("FN-1", "cost")), new=("FN-3",), gone=("FN-2",)
    )  # fmt: skip


def test_one_function_is_changed_or_added_and_the_others_stay() -> None:
    begun = SelfAuditProgress(started_at=AT, parts=(part("a"), part("b"), part("c", kept=False)))
    assert begun.kept == (part("a"), part("b"))
    assert (begun.part("b"), begun.part("z")) == (part("b"), None)
    backwards = replace(begun, parts=begun.parts[::-1])
    assert [backwards.part(key) for key in "abc"] == [part("a"), part("b"), part("c", kept=False)]
    changed = part("b", {"cost": NO})
    assert begun.with_part(changed).parts == (part("a"), changed, part("c", kept=False))
    assert begun.with_part(part("z")).parts == (*begun.parts, part("z"))
    assert begun.answered("b", "cost", NO).parts == (part("a"), changed, part("c", kept=False))
    assert begun.answered("b", "cost", "maybe") == begun
    backed = replace(begun, parts=(part("a", backup="Ben"),))
    left = {each: backed.answered("a", each, NO).parts[0].backup for each in QUESTIONS}
    assert left == {each: "" if each == "backup" else "Ben" for each in QUESTIONS}
    assert (begun.stage, begun.spent, begun.spend(60).spent, begun.spend(60.5).spent) == (0, 0, 60, 0)


def test_facts_count_as_said_when_they_differ_or_were_never_there() -> None:
    fresh = part(criticality=3)
    assert fresh.said == {
        "name": "a", "kind": "support", "mode": "internal", "core": False, "criticality": 3, "owner": "", "backup": "",
        "provider": "",
    }  # fmt: skip
    assert fresh.untouched.said == {}


def test_only_the_stages_that_there_are_are_read() -> None:
    stored = json.loads(self_audit_text.dump(SelfAuditProgress(started_at=AT, parts=(part(),))))
    read = {n: self_audit_text.load(json.dumps(stored | {"stage": n})) is not None for n in range(-1, 4)}
    assert read == {-1: False, 0: True, 1: True, 2: True, 3: False}
    sheet = AnswerSheet(function="FN-1", started_at=AT, next_on=date(2027, 1, 1))
    kept = json.loads(answer_sheet.dump(sheet))
    read = {n: answer_sheet.load(json.dumps(kept | {"stage": n})) is not None for n in range(-1, 3)}
    assert read == {-1: False, 0: True, 1: True, 2: False}


def test_a_record_of_a_self_audit_keeps_codes_and_answers_and_nothing_of_how_it_was_typed() -> None:
    made = (
        replace(
            part("x", {"cost": NO}, code="FN-1", owner="PE-1", criticality=3).untouched, sources={"cost": "a"}
        ),
        part("y", code="FN-2", kept=False),
    )
    assert json.loads(self_audit_text.dump_result(made)) == {
        "functions": [{
            "code": "FN-1", "kind": "support", "mode": "internal", "core": False, "criticality": 3, "owner": "PE-1",
            "backup": "", "provider": "", "answers": {**ALL, "cost": NO},
        }]
    }  # fmt: skip


def test_names_are_stored_as_they_are_typed() -> None:
    one = part("é", code="FN-1", owner="Éloïse")
    sheet = AnswerSheet(function="FN-1", started_at=AT, next_on=date(2027, 1, 1), note="né")
    assert "Éloïse" in self_audit_text.dump(SelfAuditProgress(started_at=AT, parts=(one,)))
    assert "Éloïse" in self_audit_text.dump_result([one])
    assert "né" in answer_sheet.dump(sheet)


def test_what_answers_are_worth_and_how_much_of_them_is_known() -> None:
    asked = ("a", "b", "c", "d", "e")
    for given, expected, percent, coverage in (
        ({}, AnswerScore(0, 0, 5, 0), None, 0), ({"a": YES}, AnswerScore(2, 1, 5, 0), 20, 20),
        ({"a": PARTLY, "b": NO}, AnswerScore(1, 2, 5, 3), 10, 40), ({"a": UNKNOWN}, AnswerScore(0, 0, 5, 0), None, 0),
        (dict.fromkeys(asked, YES), AnswerScore(10, 5, 5, 0), 100, 100),
        (dict.fromkeys(asked, NO), AnswerScore(0, 5, 5, 10), 0, 100), ({"z": YES}, AnswerScore(0, 0, 5, 0), None, 0),
    ):  # fmt: skip
        found = score(given, asked)
        assert (found, found.percent, found.coverage) == (expected, percent, coverage)
    assert [worth(each) for each in ANSWERS] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        # On one axis of five questions: 70 of a hundred proven is sound, five half points missing are danger.
        ((YES, YES, YES, YES, YES), "sound"), ((YES, YES, YES, PARTLY, UNKNOWN), "sound"),
        ((YES, YES, YES, UNKNOWN, UNKNOWN), "mend"), ((YES, YES, YES, PARTLY, NO), "sound"),
        ((YES, YES, YES, NO, NO), "mend"), ((YES, YES, PARTLY, NO, NO), "danger"),
        ((PARTLY, PARTLY, PARTLY, PARTLY, PARTLY), "danger"), ((YES, PARTLY, PARTLY, PARTLY, PARTLY), "mend"),
        ((UNKNOWN,) * 5, "mend"), ((NO,) * 5, "danger"), ((NO, NO, UNKNOWN, UNKNOWN, UNKNOWN), "mend"),
        ((NO, NO, PARTLY, UNKNOWN, UNKNOWN), "danger"),
    ],
)  # fmt: skip
def test_the_weakest_axis_of_an_audit_makes_its_verdict(answers: tuple[str, ...], verdict: str) -> None:
    for axis in function_audit.AXES:
        sound = {each.key: YES for each in function_audit.QUESTIONS}
        given = sound | dict(zip(function_audit.of_axis(axis), answers, strict=True))
        assert function_audit.proposed(given) == verdict
        assert list(function_audit.scores(given)) == [
            "confidentiality", "documentation", "transmission", "continuity",
        ]  # fmt: skip


def test_a_function_is_audited_every_year_and_its_level_looked_at_twice_a_year() -> None:
    assert (function_audit.MONTHS, outsourcing_level.MONTHS, outsourcing_level.COST_MONTHS) == (12, 6, 12)


FACTS = LevelFacts(value=2, skill=2, full_cost=109_999, baseline=100_000, benefit="yes")
DEAR = {"full_cost": 110_000}


@pytest.mark.parametrize(
    ("changed", "outside", "grouped", "alone"),
    [
        ({}, "keep", "keep", "keep"), (DEAR, "keep", "group", "change"),
        ({"benefit": "no"}, "keep", "change", "change"),
        ({"benefit": "partly"}, "keep", "keep", "keep"), ({"benefit": "unknown"}, "keep", "keep", "keep"),
        ({"skill": 3}, "keep", "keep", "keep"), ({"skill": 3, **DEAR}, "keep", "insource", "insource"),
        ({"skill": 3, "benefit": "no"}, "keep", "insource", "insource"), ({"value": 3}, "keep", "keep", "keep"),
        ({"value": 3, **DEAR}, "keep", "change", "change"), ({"value": 3, "benefit": "no"}, "keep", "change", "change"),
        ({"value": 3, "skill": 3}, "keep", "insource", "insource"), ({"value": None}, "open", "open", "open"),
        ({"skill": None, **DEAR}, "open", "open", "open"), ({"benefit": "no", **DEAR}, "keep", "change", "change"),
        ({"full_cost": 150_000, "baseline": 0}, "keep", "keep", "keep"),
        ({"full_cost": 150_000, "baseline": None}, "keep", "keep", "keep"),
        ({"full_cost": None}, "keep", "keep", "keep"),
        ({"value": 4, "skill": 4}, "keep", "insource", "insource"), ({"value": 1, "skill": 1}, "keep", "keep", "keep"),
    ],
)  # fmt: skip
def test_what_is_proposed_of_a_function_that_is_inside_or_outside_and_could_be_grouped_or_not(
    changed: dict[str, Any], outside: str, grouped: str, alone: str
) -> None:
    found = replace(FACTS, **changed)
    assert outsourcing_level.proposed(found, outside=False, may_group=True) == outside
    assert outsourcing_level.proposed(found, outside=True, may_group=True) == grouped
    assert outsourcing_level.proposed(found) == alone


def test_the_full_cost_is_told_in_percent_of_what_it_would_be_inside_and_what_lacks_is_named() -> None:
    assert [replace(FACTS, full_cost=each).cost_percent for each in (0, 109_999, 110_000)] == [0, 109, 110]
    assert FACTS.missing == ()
    assert replace(FACTS, benefit="partly").missing == replace(FACTS, benefit="no").missing == ()
    assert LevelFacts().missing == ("value", "skill", "full_cost", "baseline", "benefit")


def test_a_number_is_one_with_or_without_a_sign_and_time_that_runs_back_is_none() -> None:
    sheet = AnswerSheet(
        function="FN-1", started_at=AT, next_on=date(2027, 1, 1), answers={"a": "--5", "b": "-5", "c": "-", "d": "1.5"}
    )  # fmt: skip
    assert [sheet.number(name) for name in "abcde"] == [None, -5, None, None, None]
    assert [answer_sheet.with_lap(10, each) for each in (-5, -0.5, 0, 0.5, 60, 60.1)] == [
        10,
        10,
        10,
        10.5,
        70,
        10,
    ]
    assert sheet.answered("a", "7").said != sheet.said
    assert sheet.spend(30).said == replace(sheet, row="b", stage=1).said == sheet.said

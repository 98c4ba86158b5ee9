"""S2, S5 to S7, S26, S27: all that each says of a week, at and beside every limit of docs/signals.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.feedback import Feedback
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.mark import Mark
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.scope import Scope
from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import Limits
from cockpit.domain.signals.facts import Deed
from cockpit.domain.signals.formulas.together import (
    feedback,
    initiative,
    involvement,
    outside_alerts,
    silence,
    silos,
    teams,
)
from cockpit.domain.signals.formulas.together.involvement import Held
from cockpit.domain.signals.statistics import at_most
from tests.domain.signals.given import END, ago, facts, told

TODAY = date(2026, 11, 22)
SECOND = timedelta(seconds=1)
RECENT, TWELVE = END - timedelta(days=28), END - timedelta(days=84)
CHIEF = frozenset({"Claire", "PE-9"})
TEAM = tuple(Person(code=f"PE-{n}", name=name) for n, name in enumerate(("Ana", "Bén", "Cy"), 1))


def day(days: int) -> date:
    return TODAY - timedelta(days=days)


def flow(n: int, **more: Any) -> Interface:
    given = {"source": "FN-1", "target": "PR-1", "cadence_days": 7, **more}
    return Interface(code=f"IF-{n}", name="a", **given)


def word(n: int, side: str, mark: int | None, given_on: date | None, interface: str = "IF-1") -> Feedback:
    return Feedback(code=f"FB-{n}", interface=interface, side=side, mark=mark, given_on=given_on)


def met(n: int, ritual: str, planned_at: datetime | None, **votes: tuple[int, int]) -> Occurrence:
    return Occurrence(code=f"RO-{n}", ritual=ritual, planned_at=planned_at, status="held",
                      roti=json.dumps(votes) if votes else "")  # fmt: skip


def test_both_sides_of_each_provider_and_of_the_meetings_that_are_no_providers() -> None:
    records = (
        Provider(code="PR-2", name="b"), Provider(code="PR-1", name="a"), Provider(code="PR-3", name="c"),
        Person(code="PE-5", name="Julie", provider="PR-1"),
        flow(1, source="PE-5", target="FN-1", ritual="RT-1"), flow(2, source="PR-2", ritual="RT-2", target="FN-1"),
        flow(3, target="FN-2", ritual="RT-3"),
        word(1, "inside", 2, day(5)), word(2, "outside", 5, day(4)), word(3, "inside", 3, TODAY),
        word(4, "inside", 1, day(-1)), word(5, "inside", None, day(1)), word(6, "inside", 1, day(1), "IF-9"),
        word(7, "inside", 1, None), word(8, "inside", 4, day(2), "IF-3"), word(9, "outside", 5, day(9)),
        # In Paris it is the 13th: as late as the word of that day, and told before it.
        met(1, "RT-1", datetime(2026, 11, 12, 23, 30, tzinfo=UTC), inward=(8, 2), outward=(7, 3)),
        met(2, "RT-3", ago(3), inward=(6, 2), outward=(0, 0)), met(3, "RT-9", None, inward=(1, 1)),
        met(4, "RT-9", ago(1)),
    )  # fmt: skip
    # Inside 2, 3 and 7 of three: 2.4; outside 5, 5 and 8 of two: 4.5.
    assert told(feedback.measure(facts(*records))) == (
        "S26 PR-2: ? of 0 | n 0 | unknown none | known 0, least 3\n"
        "S26 PR-1: 2.4 of 3 | n 9 | control | inside 2.4, outside 4.5, gap 2.1 |"
        " FB-3 3 inside, FB-2 5 outside, FB-1 2 inside, RO-1 2.3 mark, FB-9 5 outside\n"
        "S26 company: 3 of 3 | n 3 | calm | inside 4, outside 3, gap 1 | RO-2 3 outside, FB-8 4 inside"
    )
    assert told(feedback.measure(facts(*records[4:7]))) == (
        "S26 company: ? of 0 | n 0 | unknown meetings | known 0, least 3"
    )
    assert told(feedback.measure(facts(met(2, "RT-3", ago(3), inward=(6, 2))))) == (
        "S26 company: ? of 0 | n 2 | unknown few | known 2, least 3"
    )


@pytest.mark.parametrize(
    ("inside", "outside", "state"),
    [
        ((3, 3), (4, 5), "calm"), ((3, 3), (5, 5), "watch"), ((2, 3), (3, 3), "watch"), ((2, 2), (5, 5), "control"),
        ((3, 3, 3), (), "calm"), ((), (2, 3, 3), "watch"), ((5, 5), (3, 3), "watch"), ((1, 1), (1, 1), "watch"),
        ((5, 5), (5, 4), "calm"),
    ],
)  # fmt: skip
def test_a_side_below_three_or_a_gap_above_one_and_a_half_is_watched_both_controlled(
    inside: Sequence[int], outside: Sequence[int], state: str
) -> None:
    words = [word(n, "inside", mark, day(n)) for n, mark in enumerate(inside)]
    words += [word(n + 9, "outside", mark, day(n)) for n, mark in enumerate(outside)]
    found, _company = feedback.measure(facts(Provider(code="PR-1", name="a"), flow(1), *words))
    means = [sum(marks) / len(marks) for marks in (inside, outside) if marks]
    assert (found.value, found.state.word) == (round(min(means), 2), state)


def entry(
    when: datetime, by: str = "Ana", register: str = "blocker", is_new: bool = True, **after: Any
) -> Deed:
    return Deed(
        at=when, by=by, action="a", register=register, code="B-1", before={}, after=after, is_new=is_new
    )


def initiatives(
    *deeds: Deed, records: Sequence[Any] = (), least: int = 1, since: datetime | None = TWELVE
) -> str:
    known = facts(*TEAM, Person(code="PE-9", name="Claire"), *records, deeds=deeds, is_team_told=True, chief=CHIEF,
                  since=since, limits=Limits(s5_least=least))  # fmt: skip
    return told(initiative.measure(known))


def test_what_a_team_wrote_of_its_own_accord_in_four_weeks_against_the_eight_before() -> None:
    now = [
        entry(RECENT), entry(END - SECOND, "BEN", "priority"), entry(ago(3), "pe-3", "decision"),
        entry(ago(3), "Claire"),
        entry(ago(3), origin="RO-1"), entry(ago(3), is_new=False), entry(ago(3), register="access"), entry(END),
    ]  # fmt: skip
    then = [entry(TWELVE), entry(RECENT - SECOND), entry(ago(40)), entry(ago(50)), entry(TWELVE - SECOND)]
    sent = [
        Statement(code=f"IN-{n}", title="a", sender=sender, created_at=when)
        for n, (sender, when) in enumerate([
            ("Ana", RECENT), ("Bén", RECENT - SECOND), ("Ana", TWELVE), ("Ana", TWELVE - SECOND), ("Ana", END),
            ("Ana", None), ("Robert", ago(3)), ("Robert", ago(40)), ("Cy", ago(30)),
        ])
    ]  # fmt: skip
    # Four now and seven before. P(at most 4 of 11 at one in three) = 0.711.
    assert initiatives(*now, *then, records=sent) == (
        "S5 company: 1.14 of 0.6 | n 11 | calm | now 4, then 7, chance 0.711"
    )
    assert (
        initiatives(*now, *then, least=4)
        == "S5 company: 1.5 of 0.6 | n 7 | calm | now 3, then 4, chance 0.827"
    )
    few = "S5 company: ? of 0 | n 4 | unknown few | known 4, least"
    assert initiatives(*now, *then, least=5) == f"{few} 5"
    assert initiatives(*now, *then, since=TWELVE + SECOND) == f"{few} 1"
    assert initiatives(*now, *then, since=None) == f"{few} 1"


@pytest.mark.parametrize(
    ("now", "then", "state"),
    [
        (60, 200, "calm"),
        (59, 200, "watch"),
        (2, 20, "watch"),
        (3, 18, "calm"),
        (0, 16, "watch"),
        (90, 200, "calm"),
    ],
)
def test_less_initiative_is_less_than_six_tenths_and_no_chance(now: int, then: int, state: str) -> None:
    found = initiatives(*[entry(ago(3))] * now, *[entry(ago(40))] * then, least=16)
    assert f"| {state} |" in found


def test_a_team_of_which_too_little_is_known_hides_none_of_the_others() -> None:
    others = tuple(Person(code=f"PE-{n}", name=f"P{n}") for n in (4, 5, 6))
    processes = (
        Process(code="PS-1", name="a", function="FN-1", responsible=("PE-4", "PE-5", "PE-6")),
        Process(code="PS-2", name="b", function="FN-2", responsible=("PE-1", "PE-2", "PE-3")),
    )
    known = facts(*TEAM, *others, *processes, deeds=[entry(ago(40))] * 16, is_team_told=True, since=TWELVE)
    assert told(initiative.measure(known)) == (
        "S5 company: 0 of 0.6 | n 16 | watch | now 0, then 16, chance 0.002\n"
        "S5 FN-1: ? of 0 | n 0 | unknown few | known 0, least 16\n"
        "S5 FN-2: 0 of 0.6 | n 16 | watch | now 0, then 16, chance 0.002"
    )


def test_a_chance_that_is_just_the_limit_may_be_chance() -> None:
    deeds = [entry(ago(40))] * 16
    chance_of_none = at_most(0, 16, 1 / 3)
    for chance, state in ((chance_of_none, "calm"), (chance_of_none + 1e-6, "watch")):
        known = facts(*TEAM, deeds=deeds, is_team_told=True, since=ago(200), limits=Limits(s5_chance=chance))
        (found,) = initiative.measure(known)
        assert found.state.word == state


def test_before_the_team_was_told_and_without_a_team_each_says_so() -> None:
    for signal, number in ((initiative, 5), (silos, 6), (involvement, 7)):
        assert told(signal.measure(facts(*TEAM))) == f"S{number} company: ? of 0 | n 0 | unknown told"
    for signal, number in ((initiative, 5), (silos, 6)):
        assert told(signal.measure(facts(*TEAM[:2], is_team_told=True))) == (
            f"S{number} company: ? of 0 | n 0 | unknown team"
        )


def test_a_team_is_who_owns_does_or_holds_a_post_of_a_function_and_belongs_to_the_company() -> None:
    people = (
        *TEAM, Person(code="PE-4", name="Di"), Person(code="PE-5", name="Ed", kind="external"),
        Person(code="PE-6", name="Fa", role="ASSISTANTE de direction"), Person(code="PE-7", name="Gone", ends_on=TODAY),
        Person(code="PE-9", name="Claire"), Person(code="PE-10", name="Hal", ends_on=day(-1)),
        Person(code="PE-11", name="Ida", kind="time_shared"),
    )  # fmt: skip
    records = (
        Function(code="FN-1", name="a", owner="PE-1"),
        Process(
            code="PS-1", name="a", function="FN-1", accountable="PE-2", responsible=("PE-3", "PE-5", "PE-6")
        ),
        Function(code="FN-2", name="b", owner="PE-1"),
        Process(code="PS-2", name="b", function="FN-2", coordinator="PE-4", responsible=("PE-9", "PE-7")),
        Scope(code="SC-1", name="a", function="FN-2", holder="PE-3"),
        Process(code="PS-3", name="c", function="FN-3", responsible=("PE-1", "PE-2", "PE-3", "PE-4")),
        Scope(code="SC-2", name="b", function="FN-4", holder="PE-1"),
        Scope(code="SC-3", name="c", function="FN-4", holder="PE-2"),
        Process(code="PS-4", name="d", responsible=("PE-1", "PE-2", "PE-3")),
    )
    found = teams.teams(facts(*people, *records, chief=CHIEF))
    assert {code: sorted(members) for code, members in found.items()} == {
        "": ["PE-1", "PE-10", "PE-2", "PE-3", "PE-4"], "FN-1": ["PE-1", "PE-2", "PE-3"],
        "FN-2": ["PE-1", "PE-3", "PE-4"], "FN-3": ["PE-1", "PE-2", "PE-3", "PE-4"],
    }  # fmt: skip
    assert teams.called(facts(*people), frozenset({"PE-2", "PE-3"})) == {"ben", "cy", "pe-2", "pe-3"}
    assert teams.teams(facts(*people[:3])) == {"": frozenset({"PE-1", "PE-2", "PE-3"})}


def test_dead_interfaces_and_work_that_passes_by_one_desk() -> None:
    drawn = [
        flow(1, last_on=day(14)), flow(2, last_on=day(13)), flow(3, last_on=day(-1)),
        flow(4, last_on=day(30), ritual="RT-1"), flow(5, created_at=ago(15)), flow(6, created_at=ago(13)), flow(7),
        flow(8, cadence_days=30, last_on=day(59)), flow(9, last_on=day(20), target="PR-2"), flow(10, last_on=TODAY),
        flow(11, cadence_days=None), flow(12, cadence_days=0), flow(13, last_on=day(20), created_at=ago(1)),
    ]  # fmt: skip
    heard = (
        met(1, "RT-1", ago(3)),
        Mark(code="MK-1", kind="exchange", provider="PR-2", reason="a", created_at=ago(2)),
    )
    work = [
        Blocker(code="B-1", title="a", owner="PE-9"), Blocker(code="B-2", title="a", delegated_to="Claire"),
        Blocker(code="B-3", title="a", waiting_on=("PR-1", "PE-9")), Blocker(code="B-4", title="a", owner="PE-1"),
        Blocker(code="B-5", title="a", owner="PE-9", closed_at=RECENT), Priority(code="P-6", title="a", owner="PE-9"),
        Blocker(code="B-7", title="a", owner="PE-9", closed_at=RECENT - SECOND), Priority(code="P-8", title="a"),
        Priority(code="P-9", title="a", closed_at=ago(1)),
        Priority(code="P-10", title="a", closed_at=ago(60), owner="PE-9"),
        *(Priority(code=f"P-{n}", title="a") for n in range(11, 14)),
    ]  # fmt: skip
    # Five of eleven hear nothing for two cadences; five of ten open or recent pieces pass by the chief executive.
    known = facts(*TEAM, *drawn, *heard, *work, is_team_told=True, chief=CHIEF)
    assert told(silos.measure(known)) == (
        "S6 company: 45.45 of 30 | n 11 | watch | dead 5, hub 45 |"
        " IF-1 dead, IF-3 dead, IF-5 dead, IF-7 dead, IF-13 dead"
    )
    few = facts(*TEAM, *drawn[:9], *work[:9], is_team_told=True, chief=CHIEF)
    assert told(silos.measure(few)) == "S6 company: ? of 0 | n 9 | unknown few | known 9, least 10"
    no_hub = facts(
        *TEAM, *(flow(n, last_on=TODAY) for n in range(10)), *work[:10], is_team_told=True, chief=CHIEF
    )
    assert told(silos.measure(no_hub)) == "S6 company: 0 of 30 | n 10 | calm | dead 0"


@pytest.mark.parametrize(
    ("dead", "mine", "of", "state"),
    [
        (2, 0, 10, "calm"), (3, 0, 10, "watch"), (4, 0, 10, "watch"), (0, 6, 10, "watch"), (0, 59, 100, "calm"),
        (0, 9, 10, "watch"), (3, 6, 10, "control"), (0, 9, 9, "calm"), (9, 9, 9, "watch"), (0, 11, 11, "watch"),
    ],
)  # fmt: skip
def test_three_dead_interfaces_of_ten_or_six_pieces_of_ten_by_one_desk_are_watched(
    dead: int, mine: int, of: int, state: str
) -> None:
    drawn = [flow(n, last_on=day(14) if n < dead else TODAY) for n in range(10)]
    work = [Priority(code=f"P-{n}", title="a", owner="PE-9" if n < mine else "PE-1") for n in range(of)]
    (found,) = silos.measure(facts(*TEAM, *drawn, *work, is_team_told=True, chief=CHIEF))
    assert (found.value, found.state.word) == (10.0 * dead, state)


OF_FN1 = Process(code="PS-1", name="a", function="FN-1", accountable="PE-1", responsible=("PE-2", "PE-3"))


def links(*deeds: Deed) -> str:
    return told(silos.measure(facts(*TEAM, OF_FN1, deeds=deeds, is_team_told=True))).split("\n")[1]


def outward(when: datetime, count: int = 1, **more: Any) -> list[Deed]:
    return [entry(when, function="FN-1", waiting_on='["PR-1"]', **more)] * count


def inward(when: datetime, count: int = 1, **more: Any) -> list[Deed]:
    return [entry(when, function="FN-1", owner="PE-1", **more)] * count


def test_links_of_a_team_are_of_new_cases_with_who_owns_them_and_who_they_wait_for() -> None:
    both = [entry(ago(40), function="FN-1", owner="PE-2", waiting_on='["PR-1", "PE-3"]')] * 2
    other = [
        entry(ago(3), function="FN-2", owner="PE-1"), entry(ago(3), owner="PE-1"),
        entry(ago(3), register="access", function="FN-1", owner="PE-1"),
        entry(ago(3), is_new=False, function="FN-1", owner="PE-1"),
        entry(ago(3), function="FN-1", owner="", waiting_on="[]"), entry(ago(3), function="FN-1", waiting_on=None),
        entry(ago(3), register="priority", function="FN-1", owner="PE-4", waiting_on=None),
    ]  # fmt: skip
    # Now nine with others and two within: 7 / 11. Before, with others five and within seven: -2 / 12.
    deeds = (
        *outward(RECENT, 8), *inward(END - SECOND, 2), *other, *outward(RECENT - SECOND, 3),
        *inward(END - timedelta(days=112), 3),
        *both, *inward(END, 50), *outward(END - timedelta(days=112) - SECOND, 50),
    )  # fmt: skip
    assert links(*deeds) == "S6 FN-1: 0 of 20 | n 23 | calm | now 0.64, then -0.17"
    # A case with itself twice among whom it waits for is one link.
    twice = [entry(ago(3), function="FN-1", owner="PE-1", waiting_on='["PE-1"]')] * 10
    assert links(*twice, *outward(ago(40), 10)) == "S6 FN-1: 200 of 20 | n 20 | watch | now -1, then 1"


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        # So many links with others and within.
        ((8, 2), (9, 1), "20 of 20 | n 20 | watch | now 0.6, then 0.8"),
        ((9, 1), (10, 0), "20 of 20 | n 20 | watch | now 0.8, then 1"),
        ((17, 3), (9, 1), "10 of 20 | n 30 | calm | now 0.7, then 0.8"),
        ((7, 3), (9, 1), "40 of 20 | n 20 | watch | now 0.4, then 0.8"),
        ((9, 1), (8, 2), "0 of 20 | n 20 | calm | now 0.8, then 0.6"),
        ((5, 4), (9, 9), "? of 0 | n 9 | unknown links | known 9, least 10"),
        ((9, 9), (5, 4), "? of 0 | n 9 | unknown links | known 9, least 10"),
        ((0, 0), (9, 9), "? of 0 | n 0 | unknown links | known 0, least 10"),
        ((9, 9), (0, 0), "? of 0 | n 0 | unknown links | known 0, least 10"),
        ((5, 5), (10, 0), "100 of 20 | n 20 | watch | now 0, then 1"),
    ],
)  # fmt: skip
def test_a_team_that_turns_inward_by_a_fifth_is_watched(
    now: tuple[int, int], then: tuple[int, int], said: str
) -> None:
    deeds = (
        outward(ago(3), now[0])
        + inward(ago(3), now[1])
        + outward(ago(40), then[0])
        + inward(ago(40), then[1])
    )
    assert links(*deeds) == f"S6 FN-1: {said}"


RITUAL = Ritual(code="RT-1", name="a", kind="kickoff", rule="mon")


def seats(code: str, *who: tuple[str, dict[str, Any]]) -> list[Attendance]:
    return [Attendance(code=f"AT-{code}-{n}", occurrence=code, person=name, **more)
            for n, (name, more) in enumerate(who)]  # fmt: skip


def test_meetings_that_were_held_are_told_as_sums_oldest_first() -> None:
    here, late, away = {"present": True}, {"present": True, "late_minutes": 1}, {"present": False}
    uninvited = {"present": True, "expected": False}

    def occurrence(n: int, days: float, **more: Any) -> Occurrence:
        given = {"ritual": "RT-1", "planned_at": ago(days), "status": "held", **more}
        return Occurrence(code=f"RO-{n}", **given)

    records: list[Any] = [
        occurrence(2, 7, agenda_shared_at=ago(8)), occurrence(1, 14), occurrence(3, 6, status="missed"),
        occurrence(4, 5, ritual="RT-2"), occurrence(5, 4), occurrence(6, 3), occurrence(7, 2, status="planned"),
        occurrence(8, 20, ritual="RT-2"), occurrence(9, 18),
    ]  # fmt: skip
    records += seats(
        "RO-2", ("PE-1", here), ("PE-2", late), ("PE-3", away), ("PE-4", here), ("PE-5", uninvited)
    )
    records += seats("RO-1", ("PE-1", away), ("PE-2", here), ("PE-3", away))
    records += seats(
        "RO-5", ("PE-1", away), ("PE-2", away), ("PE-3", away), ("PE-9", uninvited)
    )  # Nobody was marked.
    records += seats("RO-6", ("PE-1", here), ("PE-2", here), ("PE-3", uninvited))  # Two invited are too few.
    records += seats("RO-9", ("PE-1", away), ("PE-2", away), ("PE-3", away))
    for n in (3, 4, 7, 8):
        records += seats(f"RO-{n}", ("PE-1", here), ("PE-2", here), ("PE-3", here))
    records += [
        Blocker(code="B-1", title="a", origin="RO-2", owner="PE-1"),
        Priority(code="P-1", title="a", origin="RO-2", owner="PE-1"),
        Decision(code="D-1", title="a", origin="RO-2", owner="PE-3"), Priority(code="P-2", title="a", origin="RO-2"),
        Blocker(code="B-2", title="a", owner="PE-4"), Blocker(code="B-3", title="a", origin="RO-2", owner="PE-8"),
        Decision(code="D-2", title="a", origin="RO-1", owner="PE-2"),
    ]  # fmt: skip
    assert involvement.meetings(facts(*records), RITUAL) == [
        Held("RO-1", expected=3, present=1, in_time=1, prepared=False, heard=1),
        Held("RO-2", expected=4, present=3, in_time=2, prepared=True, heard=2),
    ]


def test_the_index_of_involvement_weighs_presence_twice() -> None:
    def index(present: int = 0, in_time: int = 0, prepared: bool = False, heard: int = 0) -> float:
        return round(involvement.index([Held("RO-1", 10, present, in_time, prepared, heard)]), 4)

    assert (index(), index(present=5), index(in_time=5), index(prepared=True), index(heard=5)) == (
        0, 0.2, 0.1, 0.2, 0.1,
    )  # fmt: skip
    assert index(10, 10, True, 10) == 1
    two = [Held("RO-1", 4, 4, 3, True, 2), Held("RO-2", 6, 3, 3, False, 0)]
    # 0.4 x 7/10 + 0.2 x 6/10 + 0.2 x 1/2 + 0.2 x 2/10.
    assert round(involvement.index(two), 4) == 0.54
    assert involvement.index([]) == 0


def held(n: int, present: int, expected: int = 6) -> Held:
    return Held(f"RO-{n}", expected, present, 0, False, 0)


def votes(n: int, total: int, count: int) -> Occurrence:
    return met(n, "RT-1", ago(n), roti=(total, count))


def test_the_last_four_meetings_of_a_ritual_against_the_eight_before() -> None:
    # Thirteen meetings: the first is too long ago. 47 of 48 came to the eight before, and three in four to the last.
    meetings = [
        held(0, 0),
        held(1, 5),
        *(held(n, 6) for n in range(2, 9)),
        held(9, 5),
        held(10, 4),
        held(11, 3),
        held(12, 6),
    ]
    assert told(involvement.judge(facts(votes(12, 16, 7), votes(8, 2, 2)), RITUAL, meetings)) == (
        "S7 RT-1: 75 of 75 | n 24 | calm | index 0.3, then 0.39, roti 2.3 |"
        " RO-12 100 came, RO-11 50 came, RO-10 66.66666667 came, RO-9 83.33333333 came"
    )
    assert told(involvement.judge(facts(), RITUAL, meetings[-7:])).startswith(
        "S7 RT-1: 75 of 75 | n 24 | calm | index 0.3 |"
    )
    assert "then 0.4" in told(involvement.judge(facts(), RITUAL, meetings[-8:]))
    assert told(involvement.judge(facts(), RITUAL, meetings[-3:])) == (
        "S7 RT-1: ? of 0 | n 18 | unknown few | known 18, least 24"
    )
    assert told(involvement.judge(facts(), RITUAL, [held(n, 5, 5) for n in range(3)] + [held(4, 8, 8)])) == (
        "S7 RT-1: ? of 0 | n 23 | unknown few | known 23, least 24"
    )
    assert involvement.judge(facts(), RITUAL, [held(n, 10, 10) for n in range(3)]).proof.missing == "few"


@pytest.mark.parametrize(
    ("before", "last", "roti", "state"),
    [
        # So many of 20 present at each of the eight before and of the last four; the mean mark of these.
        (20, 20, None, "calm"), (15, 15, None, "calm"), (14, 14, None, "watch"), (20, 15, None, "calm"),
        (20, 13, None, "watch"), (20, 12, None, "control"), (20, 12, 1.0, "control"), (20, 20, 2.0, "watch"),
        (20, 20, 2.2, "calm"),
        (20, 20, 1.0, "watch"), (14, 14, 1.0, "control"), (15, 20, 2.2, "calm"),
    ],
)  # fmt: skip
def test_a_ritual_is_watched_for_who_does_not_come_for_a_fall_or_for_its_marks(
    before: int, last: int, roti: float | None, state: str
) -> None:
    meetings = [held(n, before, 20) for n in range(1, 9)] + [held(n, last, 20) for n in range(9, 13)]
    marks = [] if roti is None else [votes(12, round(roti * 10), 10)]
    found = involvement.judge(facts(*marks), RITUAL, meetings)
    assert (found.value, found.state.word) == (5.0 * last, state)


def test_a_fall_of_the_index_is_one_from_fifteen_hundredths_on() -> None:
    before = [Held(f"RO-{n}", 20, 20, 20, False, 0) for n in range(8)]
    for in_time, state in ((5, "watch"), (6, "calm"), (4, "watch")):
        last = [Held(f"RO-{n}", 20, 20, in_time, False, 0) for n in range(9, 13)]
        # All came, of 20 so many in time: 0.6 falls by a hundredth for each that is late.
        assert involvement.judge(facts(), RITUAL, [*before, *last]).state.word == state


def test_the_mean_return_on_time_is_of_five_votes_at_least_of_those_meetings() -> None:
    known = facts(
        votes(1, 7, 2), votes(2, 6, 2), votes(3, 5, 1), votes(4, 4, 4), met(5, "RT-1", ago(5), inward=(1, 1))
    )
    assert involvement.return_on_time(known, ["RO-1", "RO-2"]) is None
    assert involvement.return_on_time(known, ["RO-1", "RO-2", "RO-3"]) == 18 / 5
    assert involvement.return_on_time(known, ["RO-1", "RO-2", "RO-4", "RO-5"]) == 17 / 8
    assert involvement.return_on_time(known, []) is None


def test_only_rituals_that_steer_are_measured() -> None:
    rituals = [
        Ritual(code=f"RT-{n}", name="a", kind=kind, rule="mon")
        for n, kind in enumerate(("kickoff", "flash", "review", "providers", "other"))
    ]
    assert told(involvement.measure(facts(*rituals, is_team_told=True))) == "\n".join(
        f"S7 RT-{n}: ? of 0 | n 0 | unknown few | known 0, least 24" for n in range(4)
    )


def said(n: int, came: datetime | None, closed: datetime | None = None, **more: Any) -> Statement:
    given = {"triage": "new" if closed is None else "refused", "sender": "InfoSud", **more}
    return Statement(code=f"IN-{n}", title="a", created_at=came, closed_at=closed, **given)


def broken(n: int, provider: str) -> Clock:
    return Clock(code=f"CK-{n}", title="a", provider=provider, state="breached", ended_at=ago(5))


def test_what_partners_sent_waits_and_who_broke_promises_without_a_word_comes_first() -> None:
    first = END - timedelta(days=60)
    records = (
        said(1, first, first + timedelta(days=2)), said(2, first - SECOND), said(3, None),
        said(4, ago(4)), said(5, ago(9), ago(8)), said(6, ago(9), ago(7.99)),
        said(7, ago(0.5), END + timedelta(days=9)),
        said(8, ago(9), ago(5.74), triage="blocker", service="Paie plus"),
        Provider(code="PR-1", name="Banque"), Provider(code="PR-2", name="infosud"),
        Provider(code="PR-3", name="Paie Plus"),
        Provider(code="PR-4", name="Poste"), Provider(code="PR-5", name="Avocat"), Provider(code="PR-6", name="Eau"),
        *(broken(n, "PR-1") for n in (1, 2)), *(broken(n, "PR-2") for n in (3, 4)),
        *(broken(n, "PR-3") for n in (5, 6)),
        broken(7, "PR-4"), *(broken(n, "PR-5") for n in (8, 9, 10)),
        Clock(code="CK-11", title="a", provider="PR-4", state="met", ended_at=ago(5)),
        *(Clock(code=f"CK-{n}", title="a", provider="PR-6", state="met", ended_at=ago(5)) for n in (12, 13)),
    )  # fmt: skip
    # Days until they were sorted, or until now: 2, 4, 1, 1.01, 0.5 and 3.26.
    assert told(outside_alerts.measure(facts(*records))) == (
        "S27 company: 1.5 of 1 | n 6 | control | said 6, silent 2 | PR-1 silent, PR-5 silent,"
        " IN-4 4 new, IN-8 3.3 sorted, IN-1 2 sorted, IN-6 1 sorted"
    )
    assert told(outside_alerts.measure(facts(*records[3:5]))) == (
        "S27 company: ? of 0 | n 2 | unknown few | known 2, least 3"
    )
    assert told(outside_alerts.measure(facts(*records[8:]))) == (
        "S27 company: 0 of 1 | n 0 | watch | said 0, silent 4 | PR-1 silent, PR-2 silent, PR-3 silent, PR-5 silent"
    )


@pytest.mark.parametrize(("days", "state"), [(0.9, "calm"), (1.0, "calm"), (1.01, "watch"), (9.0, "watch")])
def test_a_statement_may_wait_for_a_day(days: float, state: str) -> None:
    sent = [said(n, ago(20), ago(20 - days)) for n in range(4)]
    (found,) = outside_alerts.measure(facts(*sent))
    assert (found.value, found.state.word) == (round(days, 2), state)


def test_an_interface_is_as_alive_as_the_last_exchange_that_anything_shows() -> None:
    records = (
        flow(1, source="PR-2", target="PR-1", ritual="RT-1", last_on=day(30)),
        flow(2, source="FN-1", target="FN-2", last_on=day(10)),
        flow(3, target="FN-2"), flow(4, cadence_days=None, last_on=day(3)), flow(5, last_on=day(3), cadence_days=14),
        flow(6, target="PR-3", cadence_days=4, last_on=day(40)), flow(7, target="FN-3", last_on=day(-1)),
        Mark(code="MK-1", kind="exchange", provider="PR-2", reason="a",
             created_at=datetime(2026, 11, 9, 23, 30, tzinfo=UTC)),
        Mark(code="MK-2", kind="exchange", provider="PR-2", reason="a", created_at=ago(20)),
        Mark(code="MK-3", kind="problem", provider="PR-1", reason="a", created_at=ago(1)),
        Mark(code="MK-10", kind="acknowledged", provider="PR-1", reason="a", created_at=ago(1)),
        Mark(code="MK-4", kind="muted", provider="PR-1", reason="a", created_at=ago(1)),
        Mark(code="MK-5", kind="told", provider="PR-1", reason="a", created_at=ago(1)),
        Mark(code="MK-6", kind="exchange", provider="PR-1", reason="a"),
        Mark(code="MK-7", kind="exchange", reason="a", created_at=ago(1)),
        Mark(code="MK-8", kind="exchange", provider="PR-3", reason="a", created_at=ago(12.5)),
        Mark(code="MK-9", kind="exchange", provider="PR-3", reason="a", created_at=ago(12.2)),
        met(1, "RT-1", ago(16)), met(2, "RT-1", None),
        Occurrence(code="RO-3", ritual="RT-1", planned_at=ago(1), status="missed"),
        Occurrence(code="RO-4", ritual="RT-1", planned_at=ago(1), status="cancelled"),
        Occurrence(code="RO-5", ritual="RT-1", planned_at=ago(1), status="planned"),
        word(1, "outside", 4, day(9), "IF-2"), word(2, "inside", 4, day(1), "IF-2"),
        word(3, "outside", None, day(1), "IF-2"),
        word(4, "outside", 4, None, "IF-2"), word(5, "outside", 4, day(9), "IF-2"),
    )  # fmt: skip
    # MK-1 is of the 10th in Paris; of one day it is the record that was known first, and the flow itself comes last.
    assert told(silence.measure(facts(*records))) == (
        "S2 IF-1: 1.71 of 2 | n 3 | calm | days 12, cadence 7 | MK-1 12 last\n"
        "S2 IF-2: 1.29 of 2 | n 2 | calm | days 9, cadence 7 | FB-1 9 last\n"
        "S2 IF-3: ? of 2 | n 0 | unknown exchange |  | IF-3\n"
        "S2 IF-4: ? of 2 | n 1 | unknown cadence |  | IF-4\n"
        "S2 IF-5: 0.21 of 2 | n 1 | calm | days 3, cadence 14 | IF-5 3 last\n"
        "S2 IF-6: 3 of 2 | n 2 | control | days 12, cadence 4 | MK-8 12 last\n"
        "S2 IF-7: ? of 2 | n 0 | unknown exchange |  | IF-7"
    )


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, "calm"), (13, "calm"), (14, "watch"), (20, "watch"), (21, "control"), (70, "control")],
)
def test_an_interface_is_silent_from_two_cadences_on(days: int, state: str) -> None:
    (found,) = silence.measure(facts(flow(1, last_on=day(days))))
    assert (found.value, found.state.word) == (round(days / 7, 2), state)

"""What an alert says and to whom, which comes first, what is said on one line, and how many lines there are."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.alerts.alerts import (
    BUDGET,
    CARRIED,
    NOTICE_RED_DAYS,
    OLD_BLOCKER_DAYS,
    Alert,
    AlertLevel,
    Counted,
    Many,
    as_confidential,
    folded,
    in_quiet_hours,
    level_of_expiry,
    level_of_fault,
    ranked,
    together,
    within_budget,
)
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import State

LATER, ORANGE, RED = AlertLevel.TO_COMPLETE, AlertLevel.ORANGE, AlertLevel.RED


@dataclass(frozen=True, kw_only=True)
class Stuck(Alert):
    """A blocker that nobody moves."""

    KIND: ClassVar[str] = "stuck"
    TEXT: ClassVar[str] = "Move {subject}, stuck for {days}"
    NEXT: ClassVar[str] = "{me}: ask {who}"
    MANY: ClassVar[str] = "{n} are stuck"
    JOINS: ClassVar[str] = "work"
    MADE: ClassVar[tuple[str, str]] = ("decision", "blocks")
    BRIEFLY: ClassVar[str] = "stuck for {days}"
    days: int = 2


@dataclass(frozen=True, kw_only=True)
class Ownerless(Alert):
    """A blocker that nobody owns."""

    KIND: ClassVar[str] = "ownerless"
    TEXT: ClassVar[str] = "Say who owns {subject}"
    NEXT: ClassVar[str] = "{who}: say it"
    JOINS: ClassVar[str] = "work"
    day: str = ""

    @property
    def about(self) -> str:
        """The day that it is about."""
        return self.day


@dataclass(frozen=True, kw_only=True)
class VeryStuck(Alert):
    """What follows on being stuck."""

    KIND: ClassVar[str] = "very_stuck"
    TEXT: ClassVar[str] = "Move it now"
    NEXT: ClassVar[str] = "{me}: move it"
    CASE: ClassVar[str] = "stuck"
    STAGE: ClassVar[int] = 3


def stuck(target: str = "B-1", **more: object) -> Stuck:
    return Stuck(**{"level": ORANGE, "subject": "the VPN", "target": target, **more})  # type: ignore[arg-type]


def ownerless(target: str = "B-1", **more: object) -> Ownerless:
    return Ownerless(**{"level": ORANGE, "subject": "the VPN", "target": target, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "me", "next_step"),
    [
        ("PE-1", "Claire", "Claire: ask Inès"),
        ("InfoSud", "Claire", "Claire: ask InfoSud"),
        ("PE-1", "Inès", "Inès: it waits for you: do it, or record what you decide (d)"),
        ("Inès", "Inès", "Inès: it waits for you: do it, or record what you decide (d)"),
        ("", "Claire", "Claire: it waits for you: do it, or record what you decide (d)"),
    ],
)
def test_nobody_is_told_to_ask_themselves(who: str, me: str, next_step: str) -> None:
    assert stuck(who=who).next({"PE-1": "Inès"}, me) == next_step


def test_who_is_to_do_it_themselves_is_named_and_else_it_is_me() -> None:
    assert ownerless(who="PE-1").next({"PE-1": "Inès"}, "Inès") == "Inès: say it"
    assert ownerless(who="PE-1").next({}, "Claire") == "PE-1: say it"
    assert ownerless().next({}, "Claire") == "Claire: say it"
    assert VeryStuck(level=RED).next({}, "Claire") == "Claire: move it"


def test_a_sentence_counts_its_days_and_names_nobody_where_nobody_is_named() -> None:
    assert [stuck(days=days).text() for days in (0, 1, 2)] == [
        "Move the VPN, stuck for 0 days", "Move the VPN, stuck for 1 day", "Move the VPN, stuck for 2 days",
    ]  # fmt: skip
    assert stuck().briefly() == "stuck for 2 days"
    assert ownerless().briefly() == "Say who owns the VPN", "the whole sentence where there is no short one"


def test_the_line_of_a_case_says_the_worst_and_then_the_others_in_few_words() -> None:
    first, other = ownerless(level=RED), stuck(days=1)
    case = replace(first, also=(other,))
    assert case.line() == "Say who owns the VPN · stuck for 1 day"
    assert first.line() == "Say who owns the VPN"
    assert case.parts == (first, other)
    assert first.parts == (first,)


def test_the_same_trouble_about_the_same_day_is_one_however_bad_it_is_by_now() -> None:
    assert stuck().key == "stuck:B-1"
    assert stuck(level=RED, days=9).key == "stuck:B-1"
    assert stuck(target="").key == "stuck:the VPN"
    assert stuck(target="", subject="").key == "stuck"
    assert VeryStuck(level=RED, target="B-1").key == "stuck:B-1", "it follows on the same trouble"
    assert ownerless(day="2026-11-23").key == "ownerless:B-1:2026-11-23"
    assert (VeryStuck(level=RED).kind, VeryStuck(level=RED).case) == ("very_stuck", "stuck")


def test_what_is_worse_weighs_more_by_its_level_and_then_by_how_far_it_has_come() -> None:
    assert stuck().weight == 1_000
    assert stuck(level=RED).weight == 2_000
    assert stuck(level=LATER).weight == 0
    assert VeryStuck(level=ORANGE).weight == 1_003
    assert Counted(level=ORANGE, n=7).weight == 1_007
    assert stuck().made == ("decision", "blocks")
    assert ownerless().made == ("", "")


def test_what_is_redder_graver_dearer_or_older_comes_first_and_each_trouble_once() -> None:
    in_order = (
        stuck("B-1", level=RED, severity=4),
        stuck("B-2", severity=1, since="2026-11-23"),
        stuck("B-3", severity=3, cost=500, since="2026-11-23"),
        stuck("B-4", severity=3, cost=400, since="2026-11-01"),
        ownerless("B-5", day="2026-11-02"),
        stuck("B-6", severity=3, since="2026-11-03"),
        stuck("B-7", severity=3),
        stuck("B-8", severity=4, cost=900, since="2026-01-01"),
        stuck("B-9", level=LATER, severity=1),
    )
    for some in (in_order, in_order[::-1], in_order[4:] + in_order[:4]):
        assert [each.target for each in ranked(some)] == [each.target for each in in_order]
    assert ranked([stuck(days=2), stuck(days=5), ownerless()]) == (stuck(days=2), ownerless())


def test_more_than_two_of_a_kind_become_one_line_as_bad_as_the_worst_which_it_opens() -> None:
    some = [
        stuck("B-1", cost=10, since="2026-11-20", severity=3),
        stuck("B-2", level=RED, cost=5, since="2026-11-22", severity=2),
        stuck("B-3", severity=1),
    ]
    assert folded(some[:2]) == [some[1], some[0]], "two stand each on a line, the worse first"
    (line,) = folded(some)
    assert line == Many(level=RED, target="B-2", severity=2, worst=some[1], n=3, cost=15, since="2026-11-22")
    assert (line.kind, line.key, line.case) == ("stuck_many", "stuck_many", "stuck_many")
    assert (line.text(), line.next({}, "Claire")) == ("3 are stuck", some[1].next({}, "Claire"))
    assert line.made == ("decision", "blocks")
    assert (line.stage, line.weight) == (3, 2_003)
    assert [each.kind for each in folded([*some, ownerless()])] == ["stuck_many", "ownerless"]
    assert folded([ownerless("B-1"), stuck(), ownerless("B-2")]) == [
        ownerless("B-1"),
        ownerless("B-2"),
        stuck(),
    ]
    assert folded(some[:1], apart=0) == [
        Many(level=ORANGE, target="B-1", severity=3, worst=some[0], n=1, cost=10, since="2026-11-20")
    ]
    assert (
        folded([ownerless("B-1", day="2026-11-09"), ownerless("B-2"), ownerless("B-3")])[0].since
        == "2026-11-09"
    )


def test_what_joins_on_one_target_is_one_case_as_confidential_as_its_parts() -> None:
    worst, other, elsewhere = stuck(level=RED), ownerless(conf=2), ownerless("B-2")
    assert together([worst, elsewhere, other]) == (replace(worst, also=(other,), conf=2), elsewhere)
    assert together([replace(worst, conf=3), other])[0].conf == 3
    alone = VeryStuck(level=RED, target="B-1")
    assert together([alone, alone]) == (alone, alone), "a kind that joins nothing stands by itself"
    nowhere = stuck(target="")
    assert together([nowhere, nowhere]) == (nowhere, nowhere), "and so does what is about no record"


@pytest.mark.parametrize(
    ("asking", "later", "lines", "rest"),
    [
        (0, 0, 0, 0), (7, 0, 7, 0), (8, 0, 6, 2), (9, 0, 6, 3), (6, 1, 6, 0), (7, 1, 5, 2), (7, 4, 5, 2), (0, 3, 0, 0),
    ],
)  # fmt: skip
def test_seven_lines_are_shown_those_for_the_rest_among_them(
    asking: int, later: int, lines: int, rest: int
) -> None:
    some = [
        *(stuck(f"B-{n}", level=RED if n % 2 else ORANGE) for n in range(asking)),
        *(stuck(f"C-{n}", level=LATER) for n in range(later)),
    ]
    shown = within_budget(some)
    assert shown.lines == tuple(some[:lines])
    assert (shown.rest, shown.to_complete) == (rest, later)
    assert len(shown.lines) + (shown.rest > 0) + (shown.to_complete > 0) <= BUDGET


def test_another_budget_is_kept_too() -> None:
    some = [stuck(f"B-{n}") for n in range(4)]
    assert within_budget(some, 4).lines == tuple(some)
    assert within_budget(some, 3).lines == tuple(some[:2])


def test_an_alert_is_as_confidential_as_what_it_opens_and_whom_it_names() -> None:
    plain = stuck("B-1", who="PE-1")
    conf = {"B-1": 2, "PE-1": 3, "B-2": 0}
    assert as_confidential([plain], {}) == [plain]
    assert as_confidential([plain], conf) == [replace(plain, conf=3)]
    assert as_confidential([stuck("B-1")], conf) == [stuck("B-1", conf=2)]
    assert as_confidential([stuck("B-2"), stuck("B-2", conf=0)], conf) == [stuck("B-2"), stuck("B-2", conf=0)]
    assert as_confidential([stuck("B-1", conf=3)], conf) == [stuck("B-1", conf=3)]
    assert as_confidential([stuck("B-9", who="PE-9", conf=0)], conf) == [stuck("B-9", who="PE-9", conf=0)]


HOURS = st.integers(0, 23)


@given(HOURS, HOURS, HOURS)
def test_quiet_hours_run_from_their_beginning_to_their_end_over_midnight_too(
    start: int, end: int, now: int
) -> None:
    quiet, hour = [], start
    while hour != end:
        quiet.append(hour)
        hour = (hour + 1) % 24
    assert in_quiet_hours(time(now), (time(start), time(end))) is (now in quiet)
    assert in_quiet_hours(time(now, 59), (time(start), time(end))) is (now in quiet)
    assert not in_quiet_hours(time(now), None)


@pytest.mark.parametrize(("days", "level"), [(31, None), (30, ORANGE), (1, ORANGE), (0, ORANGE), (-1, RED)])
def test_a_date_is_orange_a_month_before_and_on_its_day(days: int, level: AlertLevel | None) -> None:
    today = date(2026, 11, 23)
    assert level_of_expiry(today + timedelta(days=days), today) is level


def test_nothing_is_asked_of_the_tools_of_comfort_nor_where_nothing_is_wrong() -> None:
    whole_day = timedelta(days=1)
    for state in State:
        assert level_of_fault(state, "comfort", lasts=whole_day) is None
    for state in (State.OPERATIONAL, State.QUIET, State.MAINTENANCE, State.UNKNOWN):
        for criticality in ("vital", "important"):
            assert level_of_fault(state, criticality, lasts=whole_day) is None
    assert level_of_fault(State.DEGRADED, "vital") is ORANGE
    assert level_of_fault(State.DEGRADED, "important", lasts=whole_day) is RED


def test_how_long_things_wait_before_they_are_told() -> None:
    assert (OLD_BLOCKER_DAYS, CARRIED, NOTICE_RED_DAYS) == (7, 3, 30)

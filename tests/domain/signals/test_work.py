"""S1, S2, S21: golden cases worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.mark import Mark
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.signals.formulas.together import silence
from cockpit.domain.signals.formulas.work import carried, delays
from cockpit.domain.signals.score import SignalScore, SignalState
from tests.domain.signals.given import END, ago, facts


def cases(hours: list[float]) -> list[Blocker | Clock]:
    """Closed blockers, one a day, each with a promise that used so many hours."""
    found: list[Blocker | Clock] = []
    for n, each in enumerate(hours):
        closed = ago(days=len(hours) - n)
        code = f"B-{n + 1}"
        found.append(
            Blocker(
                code=code,
                title=code,
                waiting_on=("PR-1",),
                status="solved",
                since=closed - timedelta(days=9),
                closed_at=closed,
            )
        )
        found.append(Clock(code=f"CK-{n + 1}", title=code, blocker=code, state="met", consumed_s=int(each * 3600),
                           ended_at=closed))  # fmt: skip
    return found


def one(scores: object) -> SignalScore:
    (found,) = list(scores)  # type: ignore[call-overload]
    return found  # type: ignore[no-any-return]


def test_the_last_five_at_six_hours_after_twelve_at_two_are_three_times_as_long() -> None:
    found = one(delays.measure(facts(*cases([2.0] * 6 + [2.5] * 6 + [6.0] * 5))))
    # Median before: (2 + 2.5) / 2 = 2.25; the last five: 6. All five rank above all twelve: U = 60 of 60.
    assert found.value == pytest.approx(6 / 2.25, abs=0.01)
    assert found.state is SignalState.WATCH
    assert (found.subject, found.n, found.threshold) == ("PR-1", 17, 2.0)
    assert [row.code for row in found.proof.rows][:5] == ["B-17", "B-16", "B-15", "B-14", "B-13"]


def test_one_slow_case_among_five_is_no_signal() -> None:
    found = one(delays.measure(facts(*cases([2.0] * 16 + [40.0]))))
    assert (found.value, found.state) == (1.0, SignalState.CALM)


def test_sixteen_closed_cases_are_not_enough() -> None:
    found = one(delays.measure(facts(*cases([2.0] * 16))))
    assert (found.value, found.state, found.proof.missing) == (None, SignalState.UNKNOWN, "few")


def test_a_case_of_somebody_of_a_provider_is_one_of_the_provider_and_refused_ones_do_not_count() -> None:
    closed = ago(days=1)
    blocker = Blocker(code="B-1", title="a", function="FN-1", waiting_on=("PE-1",), status="solved",
                      since=ago(days=3), closed_at=closed)  # fmt: skip
    refused = Blocker(
        code="B-2", title="b", function="FN-1", status="refused", since=ago(2), closed_at=closed
    )
    found = delays.cases_of(facts(blocker, refused, Person(code="PE-1", name="Julie", provider="PR-1")))
    assert {subject: [case.code for case in each] for subject, each in found.items()} == {
        "FN-1": ["B-1"], "PR-1": ["B-1"],
    }  # fmt: skip
    # From Friday 0:00 to Sunday 0:00: one open day of 7 h 30.
    assert found["FN-1"][0].hours == pytest.approx(7.5)


def interface(last_on: date | None, cadence: int | None = 7) -> Interface:
    return Interface(code="IF-1", name="Variables", source="FN-1", target="PR-1", cadence_days=cadence,
                     last_on=last_on, ritual="RT-1")  # fmt: skip


@pytest.mark.parametrize(
    ("days", "state"),
    [(13, SignalState.CALM), (14, SignalState.WATCH), (20, SignalState.WATCH), (21, SignalState.CONTROL)],
)
def test_two_cadences_without_an_exchange_are_watched_three_controlled(days: int, state: SignalState) -> None:
    last = date(2026, 11, 22) - timedelta(days=days)
    found = one(silence.measure(facts(interface(last))))
    assert (found.state, found.value) == (state, round(days / 7, 2))


def test_a_noted_exchange_or_a_meeting_held_shows_that_it_is_alive() -> None:
    old = interface(date(2026, 9, 1))
    mark = Mark(code="MK-1", kind="exchange", provider="PR-1", reason="called", created_at=ago(days=3))
    held = Occurrence(code="RO-1", ritual="RT-1", planned_at=ago(days=2), status="held")
    missed = Occurrence(code="RO-2", ritual="RT-1", planned_at=ago(days=1), status="missed")
    for more, shown_by in (((mark,), "MK-1"), ((mark, held, missed), "RO-1")):
        found = one(silence.measure(facts(old, *more)))
        assert found.state is SignalState.CALM
        assert found.proof.rows[0].code == shown_by


def test_without_a_cadence_or_an_exchange_silence_is_not_known_and_says_what_is_missing() -> None:
    assert one(silence.measure(facts(interface(None)))).proof.missing == "exchange"
    later = interface(date(2026, 12, 1))
    assert one(silence.measure(facts(later))).proof.missing == "exchange"
    assert one(silence.measure(facts(interface(date(2026, 11, 1), None)))).proof.missing == "cadence"


@pytest.mark.parametrize(
    ("carries", "state"), [(1, SignalState.CALM), (2, SignalState.WATCH), (5, SignalState.CONTROL)]
)
def test_a_priority_of_a_past_day_counts_the_day_on_which_it_was_left(
    carries: int, state: SignalState
) -> None:
    left = Priority(code="P-1", title="a", day=date(2026, 11, 20), carried=carries)
    found = one(carried.measure(facts(left)))
    assert (found.value, found.state) == (carries + 1, state)
    done = Priority(code="P-2", title="b", day=date(2026, 11, 2), carried=9, closed_at=END)
    assert one(carried.measure(facts(left, done))).value == carries + 1


def test_without_a_chosen_priority_nothing_is_known_of_carrying() -> None:
    assert one(carried.measure(facts(Priority(code="P-1", title="a")))).proof.missing == "none"


def test_an_open_case_longer_than_nine_in_ten_comes_first_and_raises_nothing() -> None:
    # Two Fridays ago: seven working days of 7.5 hours, against two hours each.
    slow = Blocker(code="B-90", title="a", waiting_on=("PR-1",), since=ago(days=10))
    young = Blocker(code="B-91", title="b", waiting_on=("PR-1",), since=ago(days=0.5))
    found = one(delays.measure(facts(*cases([2.0] * 17), slow, young)))
    assert [(row.code, row.why) for row in found.proof.rows][:2] == [("B-90", "slow"), ("B-17", "last")]
    assert (found.proof.figures["slow"], found.state) == (1.0, SignalState.CALM)
    slower = Blocker(code="B-92", title="c", waiting_on=("PR-1",), since=ago(days=20))
    both = one(delays.measure(facts(*cases([2.0] * 17), slow, slower)))
    assert [row.code for row in both.proof.rows][:2] == ["B-92", "B-90"], "the longest first"
    few = one(delays.measure(facts(*cases([2.0] * 8), slow)))
    assert ([row.code for row in few.proof.rows], few.proof.missing) == (["B-90"], "few")

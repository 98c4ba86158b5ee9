"""Flows: the pulse by the cadences that went by, grey zones, exchanges that nobody declared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation.flows import (
    CADENCE,
    CHANNEL,
    DOCUMENT,
    OWNER,
    FlowPulse,
    cells,
    flow,
    grey_share,
    pulse,
)
from cockpit.domain.registers.interface import Interface

TODAY = date(2026, 11, 23)


def interface(code: str, source: str, target: str, **also: object) -> Interface:
    return Interface(code=code, name=code, source=source, target=target, **also)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cadence", "days", "expected"),
    [
        (7, 0, FlowPulse.KEPT), (7, 13, FlowPulse.KEPT), (7, 14, FlowPulse.LATE), (7, 20, FlowPulse.LATE),
        (7, 21, FlowPulse.SILENT),
        (None, 0, FlowPulse.UNKNOWN), (1, 3, FlowPulse.SILENT),
    ],
)  # fmt: skip
def test_two_cadences_without_an_exchange_are_late_three_are_silent(
    cadence: int | None, days: int, expected: FlowPulse
) -> None:
    assert pulse(cadence, TODAY - timedelta(days=days), TODAY) is expected


def test_what_was_never_heard_is_not_fine() -> None:
    assert pulse(7, None, TODAY) is FlowPulse.UNKNOWN


@given(cadence=st.integers(1, 400), days=st.integers(0, 2000), more=st.integers(0, 2000))
def test_a_flow_never_gets_better_by_waiting(cadence: int, days: int, more: int) -> None:
    order = [FlowPulse.KEPT, FlowPulse.LATE, FlowPulse.SILENT]
    before = pulse(cadence, TODAY - timedelta(days=days), TODAY)
    after = pulse(cadence, TODAY - timedelta(days=days + more), TODAY)
    assert order.index(after) >= order.index(before)


def test_the_newest_word_counts_and_the_future_does_not() -> None:
    record = interface("IF-1", "FN-1", "PR-1", cadence_days=7, last_on=TODAY - timedelta(days=40))
    assert flow(record, [], TODAY).pulse is FlowPulse.SILENT
    assert flow(record, [None, TODAY - timedelta(days=2)], TODAY).pulse is FlowPulse.KEPT
    assert flow(record, [TODAY + timedelta(days=2)], TODAY).pulse is FlowPulse.SILENT


def test_nobody_answering_or_nothing_written_is_a_grey_zone() -> None:
    bare = flow(interface("IF-1", "FN-1", "PR-1"), [], TODAY)
    assert set(bare.gaps) == {OWNER, DOCUMENT, CADENCE, CHANNEL}
    assert bare.is_grey
    told = flow(interface("IF-2", "FN-1", "PR-1", owner="PE-1", documented=True), [], TODAY)
    assert not told.is_grey, "a missing cadence is a gap, not a grey zone"


def test_an_exchange_that_no_interface_declares_shows_in_a_cell_of_its_own() -> None:
    declared = flow(interface("IF-1", "FN-1", "PR-1", owner="PE-1", documented=True), [], TODAY)
    found = cells([declared], {("FN-1", "PR-1"): ["B-1"], ("FN-1", "PR-2"): ["B-2", "B-2"]}, {})
    assert [(cell.pair, cell.undeclared) for cell in found] == [
        (("FN-1", "PR-1"), ()), (("FN-1", "PR-2"), ("B-2",)),
    ]  # fmt: skip
    assert grey_share(found) == 0.5


def test_a_flow_with_somebody_of_a_provider_declares_the_exchange_with_it_in_both_directions() -> None:
    back = flow(interface("IF-1", "PE-9", "FN-1"), [], TODAY)
    found = cells([back], {("FN-1", "PR-1"): ["B-1"]}, {"PE-9": "PR-1"})
    assert [cell.undeclared for cell in found] == [()]


def test_no_flow_at_all_has_no_share() -> None:
    assert grey_share([]) is None

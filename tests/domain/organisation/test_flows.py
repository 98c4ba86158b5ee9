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
    Flow,
    FlowCell,
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


@pytest.mark.parametrize(
    ("known", "gaps", "is_grey"),
    [
        ({}, (OWNER, DOCUMENT, CADENCE, CHANNEL), True),
        ({"owner": "PE-1"}, (DOCUMENT, CADENCE, CHANNEL), True),
        ({"documented": True}, (OWNER, CADENCE, CHANNEL), True),
        ({"owner": "PE-1", "documented": True}, (CADENCE, CHANNEL), False),
        ({"owner": "PE-1", "documented": True, "cadence_days": 7}, (CHANNEL,), False),
        ({"owner": "PE-1", "documented": True, "cadence_days": 7, "channel": "mail"}, (), False),
    ],
)
def test_what_nobody_said_of_a_flow_is_told_and_is_grey_without_an_owner_or_a_document(
    known: dict[str, object], gaps: tuple[str, ...], is_grey: bool
) -> None:
    found = flow(interface("IF-1", "FN-1", "PR-1", **known), [], TODAY)
    assert (found.gaps, found.is_grey, found.last_on) == (gaps, is_grey, None)


def test_an_exchange_of_today_is_heard_and_the_latest_is_kept() -> None:
    record = interface("IF-1", "FN-1", "PR-1", cadence_days=7, last_on=TODAY - timedelta(days=3))
    for heard, last in (
        ([TODAY], 0),
        ([TODAY - timedelta(days=9), None], 3),
        ([TODAY + timedelta(days=1)], 3),
    ):
        assert flow(record, heard, TODAY).last_on == TODAY - timedelta(days=last)


def test_a_cell_is_as_bad_as_the_worst_of_its_flows() -> None:
    kept, late, silent = (
        flow(interface(f"IF-{days}", "FN-1", "PR-1", cadence_days=7, owner="PE-1", documented=True,
                       last_on=TODAY - timedelta(days=days)), [], TODAY)
        for days in (0, 14, 21)
    )  # fmt: skip
    unknown = flow(interface("IF-9", "FN-1", "PR-1"), [], TODAY)
    pair = ("FN-1", "PR-1")
    assert FlowCell(pair, (kept, unknown, late, silent)).pulse is FlowPulse.SILENT
    assert FlowCell(pair, (kept, unknown, late)).pulse is FlowPulse.LATE
    assert FlowCell(pair, (kept, unknown)).pulse is FlowPulse.UNKNOWN
    assert FlowCell(pair, (kept,)).pulse is FlowPulse.KEPT
    assert FlowCell(pair).pulse is FlowPulse.UNKNOWN
    assert [FlowCell(pair, flows).is_grey for flows in ((), (kept, late), (kept, unknown))] == [
        False,
        False,
        True,
    ]
    assert FlowCell(pair, (kept,), ("B-1",)).is_grey


def test_flows_of_one_pair_share_a_cell_and_either_direction_declares_both() -> None:
    def told(code: str, source: str, target: str) -> Flow:
        return flow(interface(code, source, target, owner="PE-1", documented=True), [], TODAY)

    one, two, back = told("IF-1", "FN-1", "PR-1"), told("IF-2", "FN-1", "PR-1"), told("IF-3", "PR-2", "FN-2")
    seen = {
        ("FN-2", "PR-2"): ["B-1"], ("PE-9", "FN-1"): ["B-2"], ("PR-3", "FN-1"): ["B-3", "B-4", "B-3"],
        ("FN-1", "FN-2"): ["D-1"],
    }  # fmt: skip
    found = cells([one, two, back], seen, {"PE-9": "PR-1"})
    assert found == (
        FlowCell(("FN-1", "PR-1"), (one, two)),
        FlowCell(("PR-2", "FN-2"), (back,)),
        FlowCell(("PR-3", "FN-1"), (), ("B-3", "B-4")),
        FlowCell(("FN-1", "FN-2"), (), ("D-1",)),
    )
    assert grey_share(found) == 2 / 5
    bare = flow(interface("IF-4", "FN-1", "PR-1"), [], TODAY)
    assert grey_share([FlowCell(("FN-1", "PR-1"), (one, bare, bare))]) == 2 / 3
    assert grey_share(found[:2]) == 0

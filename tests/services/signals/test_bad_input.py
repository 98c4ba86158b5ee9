"""What is missing, gone, renamed or nonsense: said, never guessed, and nothing stops."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.feedback import OUTSIDE
from cockpit.domain.registers.interface import Interface
from cockpit.domain.signals.score import SignalState
from cockpit.services.boards.record_page import related
from cockpit.services.changes import edit
from cockpit.services.changes.soundness import Unsound
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback, flows
from cockpit.services.organisation.feedback import SaidMark
from cockpit.services.records.find import find
from cockpit.services.signals import measure
from cockpit.store.state import scores
from tests.conftest import TickingClock


@pytest.fixture
def heard(workspace: Workspace) -> Workspace:
    """A provider with an interface of which both sides said something, and its meeting."""
    for register, values in (
        ("function", {"name": "Payroll"}), ("provider", {"name": "Paie+"}),
        ("ritual", {"name": "Point", "kind": "providers", "rule": "mon 09:00"}),
        ("interface", {"name": "Variables", "source": "FN-1", "target": "PR-1", "ritual": "RT-1", "cadence_days": 7}),
    ):  # fmt: skip
        workspace.add(REGISTERS[register], values)  # type: ignore[arg-type]
    for mark in (2, 2, 3):
        feedback.note(workspace, "IF-1", SaidMark(OUTSIDE, mark, ""))
    return workspace


def state(workspace: Workspace, signal: str, subject: str) -> SignalState | None:
    week = scores.last_week(workspace.conn, whole=False)
    found = scores.of_week(workspace.conn, week, 3, whole=False) if week else ()
    known = {(each.score.signal, each.score.subject): each.score.state for each in found}
    return known.get((signal, subject))


def test_weeks_in_which_nobody_opened_the_cockpit_are_measured_afterwards(
    heard: Workspace, clock: TickingClock
) -> None:
    measure.measure(heard)
    clock.forward(days=70)
    said = measure.measure(heard)
    assert len(said.weeks) == 11
    assert {(b - a).days for a, b in zip(said.weeks, said.weeks[1:], strict=False)} == {7}
    assert state(heard, "S2", "IF-1") is SignalState.CONTROL


def test_votes_that_are_no_numbers_say_nothing(heard: Workspace) -> None:
    heard.add(REGISTERS["occurrence"], {
        "ritual": "RT-1", "planned_at": heard.clock() - timedelta(days=1), "status": "held",
        "roti": '{"inward": "five"}',
    })  # fmt: skip
    measure.measure(heard)
    assert state(heard, "S26", "PR-1") is SignalState.WATCH
    (found,) = feedback.qualities(heard)
    assert (found.said.outside.count, found.said.inside.mean) == (3, None)


def test_what_was_said_of_an_interface_that_is_gone_is_kept_and_counts_no_more(heard: Workspace) -> None:
    heard.change(REGISTERS["interface"], find(heard, "IF-1")[1], {"archived_at": heard.clock()})
    measure.measure(heard)
    assert state(heard, "S26", "PR-1") is None
    assert feedback.qualities(heard) == ()
    assert flows.flow_map(heard).cells == ()
    assert related(heard, find(heard, "FB-1")[1])


def test_a_provider_that_is_gone_leaves_its_interface_readable(heard: Workspace) -> None:
    heard.change(REGISTERS["provider"], find(heard, "PR-1")[1], {"archived_at": heard.clock()})
    measure.measure(heard)
    assert state(heard, "S26", "PR-1") is None
    interface = find(heard, "IF-1")[1]
    assert isinstance(interface, Interface)
    assert feedback.partner(heard, interface) == "PR-1"
    assert flows.lines(flows.flow_map(heard))


def test_a_day_to_come_counts_when_it_has_come(heard: Workspace, clock: TickingClock) -> None:
    heard.add(REGISTERS["feedback"], {
        "interface": "IF-1", "side": "inside", "mark": 1, "given_on": heard.today() + timedelta(days=3),
    })  # fmt: skip
    measure.measure(heard)
    assert state(heard, "S26", "PR-1") is SignalState.WATCH
    clock.forward(days=14)
    measure.measure(heard)
    assert state(heard, "S26", "PR-1") is SignalState.WATCH


def test_a_mark_needs_a_figure_or_a_question(heard: Workspace) -> None:
    with pytest.raises(Unsound):
        edit.add(heard, REGISTERS["feedback"], {"interface": "IF-1", "side": "inside"})

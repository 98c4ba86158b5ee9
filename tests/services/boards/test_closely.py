"""A blocker drawn large: what is wrong is said, what is well is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.agenda.events import Event, EventInstance
from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.state import Freshness, State
from cockpit.services.boards.board import Board, board
from cockpit.services.boards.closely import closely
from cockpit.services.desk.row import Role
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.work import capture, entry
from tests.conftest import TickingClock


@pytest.fixture
def waits(workspace: Workspace) -> Board:
    """One blocker that waits for InfoSud, with a deadline."""
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down @InfoSud p1 sla:4ho"))
    return board(workspace)


def facts(found: Board) -> dict[str, str]:
    one = closely(found, found.work.blockers[0].record)
    return {fact.label: "".join(piece.text for piece in fact.pieces) for fact in one.facts}


def with_provider(found: Board, state: State, fresh: Freshness = Freshness.FRESH) -> Board:
    (code,) = found.work.blockers[0].record.waiting_on
    line = ProviderLine("infosud", "InfoSud", "high", "", state, fresh, None, code=code)
    return replace(found, outside=replace(found.outside, providers=(line,)))


def test_whom_it_waits_for_is_said_to_be_down_only_where_that_was_heard(waits: Board) -> None:
    assert facts(waits)["We wait for"] == "InfoSud"
    assert facts(with_provider(waits, State.MAJOR_OUTAGE))["We wait for"] == "InfoSud (outage)"
    assert facts(with_provider(waits, State.OPERATIONAL))["We wait for"] == "InfoSud"
    assert facts(with_provider(waits, State.MAJOR_OUTAGE, Freshness.DIMMED))["We wait for"] == "InfoSud"
    down = with_provider(waits, State.MAJOR_OUTAGE)
    offline = replace(down, outside=replace(down.outside, connection="dns"))
    assert facts(offline)["We wait for"] == "InfoSud"


def test_what_lacks_an_owner_or_a_next_step_says_so(waits: Board) -> None:
    record = replace(waits.work.blockers[0].record, owner="")
    one = closely(waits, record)
    assert "no next step" in {piece.text for fact in one.facts for piece in fact.pieces}
    assert [piece.role for fact in one.facts for piece in fact.pieces if piece.text == "no owner"] == [
        Role.WATCH
    ]


def test_its_clock_is_read_where_one_runs(workspace: Workspace, waits: Board) -> None:
    one = closely(waits, waits.work.blockers[0].record)
    assert one.said is not None
    assert one.said.clock.target_s == 4 * 3600
    capture.save(workspace, "blocker", entry.understand(workspace, "paper p4"))
    found = board(workspace)
    (paper,) = (row for row in found.work.blockers if row.record.title == "paper")
    assert closely(found, paper.record).said is None


def test_a_meeting_still_to_come_that_names_whom_it_waits_for_is_told(
    waits: Board, clock: TickingClock
) -> None:
    def event(title: str, *, hours: int) -> Event:
        start = waits.at + timedelta(hours=hours)
        return Event(
            occurrence=EventInstance(title=title, feed="mine", uid=title), start=start,
            end=start + timedelta(minutes=30), feeds=("mine",),
        )  # fmt: skip

    events = (
        event("infosud: weekly call", hours=2),
        event("InfoSud kick-off", hours=-3),
        event("Bank", hours=1),
    )
    found = replace(waits, today=replace(waits.today, events=events))
    assert facts(found)["Today"].endswith("infosud: weekly call")
    assert "Today" not in facts(waits)

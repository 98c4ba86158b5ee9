"""How long each approver had an approval in hand: in business time, and not while a question waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cockpit.domain.approvals.waiting import ApprovalTurn, waits
from cockpit.domain.registers.approval import APPROVED, ASKED, REFUSED, WAITING, WITHDRAWN
from cockpit.domain.time.business_time import parse_hours

CALENDAR = parse_hours("mon-fri 09:00-12:00", "Europe/Paris")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
HOUR = 3_600


def waited(*turns: tuple[float, str, str], now: float = 3) -> list[tuple[str, float, bool]]:
    """Hours after Monday nine, state and approver of each turn."""
    told = [ApprovalTurn(MONDAY + timedelta(hours=at), who, state) for at, state, who in turns]
    found = waits(told, MONDAY + timedelta(hours=now), CALENDAR)
    return [(each.approver, each.seconds / HOUR, each.is_over) for each in found]


def test_each_approver_waits_from_the_first_turn_that_is_theirs_to_the_first_that_is_not() -> None:
    turns = ((0, WAITING, "ana"), (1, WAITING, "ana"), (2, WAITING, "ben"), (26, APPROVED, "ben"))
    assert waited(*turns, now=50) == [("ana", 2, True), ("ben", 3, True)]


def test_while_a_question_waits_nobody_has_it_in_hand() -> None:
    assert waited((0, WAITING, "ana"), (1, ASKED, "ana"), (2, WAITING, "ana")) == [
        ("ana", 1, True), ("ana", 1, False),
    ]  # fmt: skip
    assert waited((0, WAITING, "ana"), (1, ASKED, "ana")) == [("ana", 1, True)]


def test_what_waits_for_nobody_is_in_no_hands() -> None:
    assert waited((0, WAITING, "")) == []
    for state in (APPROVED, REFUSED, WITHDRAWN, ASKED):
        assert waited((0, state, "ana")) == []

"""How long each approver had something in hand: worked out of what the journal says, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.approval import WAITING
from cockpit.domain.time.business_time import Calendar


@dataclass(frozen=True)
class ApprovalTurn:
    """From then on it was in that state, and waited for that person."""

    at: datetime
    approver: str
    state: str


@dataclass(frozen=True)
class ApprovalWait:
    """A stretch during which one approver had it in hand, in business seconds."""

    approver: str
    seconds: float
    is_over: bool


def waits(turns: Iterable[ApprovalTurn], now: datetime, calendar: Calendar) -> tuple[ApprovalWait, ...]:
    """The stretches of one approval. While a question waits for its answer, the approver does not."""
    found: list[ApprovalWait] = []
    begun: ApprovalTurn | None = None
    for turn in turns:
        if begun is not None and (turn.state, turn.approver) != (begun.state, begun.approver):
            found.append(ApprovalWait(begun.approver, calendar.between(begun.at, turn.at), True))
            begun = None
        if begun is None and turn.state == WAITING and turn.approver:
            begun = turn
    if begun is not None:
        found.append(ApprovalWait(begun.approver, calendar.between(begun.at, now), False))
    return tuple(found)

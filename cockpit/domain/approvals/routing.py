"""Whom a decision circuit names for an approval: by the amount, by who is still there, never who submitted it.

The order is decider, deputy, level 3 up to the threshold, and level 3 above it; the chief executive comes last,
and is the only one where no circuit was declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.circuit import Circuit


class PassedOver(StrEnum):
    """Why somebody whom the circuit names is passed over."""

    SUBMITTED = "submitted"
    GONE = "gone"
    ABOVE = "above"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class ApprovalCase:
    """What is asked of a circuit: people are codes, or names where no record is known."""

    circuit: Circuit
    amount: int | None
    """Cents; None: it commits nothing."""
    submitter: str
    chief: str
    limit_of: Callable[[str], int | None]
    """Up to what amount the scope of somebody's post lets them decide; None: no scope says it."""
    is_gone: Callable[[str], bool]

    @property
    def limit(self) -> int | None:
        """Up to what amount the decider and the deputy decide; None: any."""
        circuit = self.circuit
        return circuit.threshold if circuit.threshold is not None else self.limit_of(circuit.decider)

    @property
    def is_above(self) -> bool:
        """Whether it is more than the decider decides."""
        return self.limit is not None and (self.amount or 0) > self.limit

    @property
    def top(self) -> str:
        """Who decides above everybody else."""
        return self.circuit.level_3 or self.chief


@dataclass(frozen=True)
class ApprovalRoute:
    """Who is asked, and who was passed over for it. `who` is empty where nobody is left."""

    who: str
    over: tuple[tuple[str, PassedOver], ...] = ()


def route(asked: ApprovalCase, late: str = "") -> ApprovalRoute:
    """Whom the circuit names now; `late` did not answer in time."""
    over: list[tuple[str, PassedOver]] = []
    for who in dict.fromkeys(_chain(asked)):
        why = _why_not(asked, who, late)
        if why is None:
            return ApprovalRoute(who, tuple(over))
        over.append((who, why))
    return ApprovalRoute("", tuple(over))


def stand_in(asked: ApprovalCase, late: str) -> str:
    """The deputy who takes over from whoever did not answer in time; empty when the circuit has none who may."""
    deputy = asked.circuit.deputy
    above = {asked.top, asked.chief} - {asked.circuit.decider}
    if late == deputy or late in above:
        return ""
    return deputy if _why_not(asked, deputy, late) is None else ""


def may_answer(asked: ApprovalCase, approver: str, who: str) -> bool:
    """Whether somebody may say yes or no: whom it waits for, whoever decides above them, and the decider whose
    deputy it waits for; not who submitted it, unless the circuit says so.
    """
    if who == asked.submitter and not asked.circuit.approves_own:
        return False
    named = {approver, asked.top, asked.chief}
    if not asked.is_above:
        named.add(asked.circuit.decider)
    return bool(who) and who in named


def may_decide(asked: ApprovalCase, who: str) -> bool:
    """Whether it may be handed to somebody: whom the circuit names for that amount, or whose post covers it."""
    if who == asked.submitter and not asked.circuit.approves_own:
        return False
    if who in (asked.top, asked.chief):
        return True
    if who in (asked.circuit.decider, asked.circuit.deputy):
        return not asked.is_above
    limit = asked.limit_of(who)
    return limit is None or (asked.amount or 0) <= limit


def _chain(asked: ApprovalCase) -> Iterator[str]:
    circuit = asked.circuit
    yield from filter(None, (circuit.decider, circuit.deputy, asked.top, asked.chief))


def _why_not(asked: ApprovalCase, who: str, late: str) -> PassedOver | None:
    if asked.is_above and who in (asked.circuit.decider, asked.circuit.deputy) and who not in _top(asked):
        return PassedOver.ABOVE
    if who == asked.submitter and not asked.circuit.approves_own:
        return PassedOver.SUBMITTED
    if asked.is_gone(who):
        return PassedOver.GONE
    return PassedOver.LATE if late and who == late else None


def _top(asked: ApprovalCase) -> tuple[str, str]:
    return asked.top, asked.chief

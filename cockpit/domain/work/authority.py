"""Whether whoever decided may decide that: what a decision circuit says of its decider and of the amount."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.text import fold


class Authority(StrEnum):
    """What the circuit says of a decision."""

    OK = "ok"
    NOT_THE_DECIDER = "not_the_decider"
    ABOVE_THRESHOLD = "above_threshold"
    NO_CIRCUIT = "no_circuit"


def authority_of(decision: Decision, circuit: Circuit | None, names: Mapping[str, str]) -> Authority:
    """Whether the decider has the authority that the circuit gives.

    The decider and the deputy decide up to the threshold, in cents; level 3, where one is named, above it too.
    `names` gives codes their names: either may be held by a record.
    """
    if circuit is None or not (circuit.decider or circuit.deputy or circuit.level_3):
        return Authority.NO_CIRCUIT

    def is_decider(*people: str) -> bool:
        who = fold(names.get(decision.decider, decision.decider))
        return bool(who) and any(each and fold(names.get(each, each)) == who for each in people)

    if is_decider(circuit.level_3):
        return Authority.OK
    if not is_decider(circuit.decider, circuit.deputy):
        return Authority.NOT_THE_DECIDER
    above = circuit.threshold is not None and (decision.amount or 0) > circuit.threshold
    return Authority.ABOVE_THRESHOLD if above else Authority.OK

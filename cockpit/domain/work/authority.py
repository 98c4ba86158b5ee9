"""Whether whoever decided may decide that: what the decision circuit and the scope of their post say of the amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.scope import Scope
from cockpit.domain.text import fold


class Authority(StrEnum):
    """What the circuit and the scope say of a decision."""

    OK = "ok"
    NOT_THE_DECIDER = "not_the_decider"
    ABOVE_THRESHOLD = "above_threshold"
    ABOVE_SCOPE = "above_scope"
    NO_CIRCUIT = "no_circuit"


OUTSIDE = frozenset((Authority.NOT_THE_DECIDER, Authority.ABOVE_THRESHOLD, Authority.ABOVE_SCOPE))
"""What is said wherever such a decision is seen."""


def authority_of(
    decision: Decision, circuit: Circuit | None, names: Mapping[str, str], scopes: Sequence[Scope] = ()
) -> Authority:
    """Whether the decider has the authority that the circuit gives, and the scope of their post leaves.

    The decider and the deputy decide up to the threshold, in cents; level 3, where one is named, above it too.
    Nobody below level 3 decides above what their own post decides alone. `names` gives codes their names: either
    may be held by a record.
    """
    said = _by_circuit(decision, circuit, names)
    if said not in (Authority.OK, Authority.NO_CIRCUIT):
        return said
    if circuit is not None and _is(decision.decider, (circuit.level_3,), names):
        return Authority.OK
    limit = limit_of(decision.decider, decision.function, scopes, names)
    return Authority.ABOVE_SCOPE if limit is not None and (decision.amount or 0) > limit else said


def limit_of(
    who: str, function: str, scopes: Iterable[Scope], names: Mapping[str, str]
) -> int | None:  # fmt: skip
    """Up to how many cents somebody decides alone in a function; None where no post of theirs says.

    A post of that function counts before one that is of none; of several the one that goes furthest.
    """
    held = [
        each
        for each in scopes
        if each.decides_up_to is not None
        and each.function in ("", function)
        and _is(who, (each.holder,), names)
    ]
    own = [each for each in held if each.function] or held
    return max((each.decides_up_to for each in own if each.decides_up_to is not None), default=None)


def who_may(
    decision: Decision, circuit: Circuit | None, names: Mapping[str, str], scopes: Sequence[Scope], chief: str
) -> str:
    """Who could decide that: the first of the circuit's decider, deputy and level 3 whom nothing holds back.

    The chief executive where the circuit names nobody who could.
    """
    candidates = (circuit.decider, circuit.deputy, circuit.level_3) if circuit is not None else ()
    for who in filter(None, candidates):
        if authority_of(_taken_by(decision, who), circuit, names, scopes) not in OUTSIDE:
            return who
    return chief


def _taken_by(decision: Decision, who: str) -> Decision:
    return Decision(decider=who, function=decision.function, amount=decision.amount)


def _by_circuit(decision: Decision, circuit: Circuit | None, names: Mapping[str, str]) -> Authority:
    if circuit is None or not (circuit.decider or circuit.deputy or circuit.level_3):
        return Authority.NO_CIRCUIT
    if _is(decision.decider, (circuit.level_3,), names):
        return Authority.OK
    if not _is(decision.decider, (circuit.decider, circuit.deputy), names):
        return Authority.NOT_THE_DECIDER
    above = circuit.threshold is not None and (decision.amount or 0) > circuit.threshold
    return Authority.ABOVE_THRESHOLD if above else Authority.OK


def _is(who: str, people: Iterable[str], names: Mapping[str, str]) -> bool:
    name = fold(names.get(who, who))
    return bool(name) and any(each and fold(names.get(each, each)) == name for each in people)

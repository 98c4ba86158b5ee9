"""The map of flows: which exchanges keep their cadence, and where the grey zones are (docs/signals.md, S2 and S3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.interface import Interface

LATE, SILENT = 2, 3
"""Cadences without an exchange after which a flow is late, then silent (S2: watch, control)."""
Pair = tuple[str, str]
"""The codes of who gives and who takes."""


class FlowPulse(StrEnum):
    """Whether a flow is alive. What was never heard is not known, it is not fine."""

    KEPT = "kept"
    LATE = "late"
    SILENT = "silent"
    UNKNOWN = "unknown"


_WORST = (FlowPulse.SILENT, FlowPulse.LATE, FlowPulse.UNKNOWN, FlowPulse.KEPT)
OWNER, DOCUMENT, CADENCE, CHANNEL = "owner", "document", "cadence", "channel"


@dataclass(frozen=True)
class Flow:
    """An interface, and what is known of it today."""

    record: Interface
    last_on: date | None
    """The last exchange that is known, noted by hand or from what else is stored."""
    pulse: FlowPulse
    gaps: tuple[str, ...]
    """What nobody said of it: OWNER, DOCUMENT, CADENCE, CHANNEL."""

    @property
    def is_grey(self) -> bool:
        """Whether it is a grey zone: nobody answers for it, or it is written nowhere."""
        return OWNER in self.gaps or DOCUMENT in self.gaps


@dataclass(frozen=True)
class FlowCell:
    """All that passes from one party to another."""

    pair: Pair
    flows: tuple[Flow, ...] = ()
    undeclared: tuple[str, ...] = ()
    """Codes of records that show an exchange which no interface declares."""

    @property
    def pulse(self) -> FlowPulse:
        """The worst of its flows."""
        return min((flow.pulse for flow in self.flows), key=_WORST.index, default=FlowPulse.UNKNOWN)

    @property
    def is_grey(self) -> bool:
        """Whether one of its flows is a grey zone, or none is declared at all."""
        return bool(self.undeclared) or any(flow.is_grey for flow in self.flows)


def pulse(cadence_days: int | None, last_on: date | None, today: date) -> FlowPulse:
    """The state of a flow by the cadences that went by since its last exchange."""
    if not cadence_days or last_on is None:
        return FlowPulse.UNKNOWN
    gone = (today - last_on).days
    if gone >= SILENT * cadence_days:
        return FlowPulse.SILENT
    return FlowPulse.LATE if gone >= LATE * cadence_days else FlowPulse.KEPT


def flow(record: Interface, heard: Iterable[date | None], today: date) -> Flow:
    """The flow of an interface today; `heard` are days on which other records show that an exchange took place."""
    days = [day for day in (record.last_on, *heard) if day is not None and day <= today]
    last_on = max(days, default=None)
    missing = (
        (OWNER, not record.owner),
        (DOCUMENT, not record.documented),
        (CADENCE, not record.cadence_days),
        (CHANNEL, not record.channel),
    )
    return Flow(
        record=record, last_on=last_on, pulse=pulse(record.cadence_days, last_on, today),
        gaps=tuple(name for name, is_missing in missing if is_missing),
    )  # fmt: skip


def cells(
    flows: Sequence[Flow], seen: Mapping[Pair, Sequence[str]], homes: Mapping[str, str]
) -> tuple[FlowCell, ...]:
    """The matrix: a cell for each pair with flows, or with exchanges that were `seen` and are not declared.

    An interface with somebody of a provider declares the exchange with the provider too, and one in either
    direction declares both: `homes` gives the provider of each person.
    """
    by_pair: dict[Pair, list[Flow]] = {}
    for each in flows:
        by_pair.setdefault((each.record.source, each.record.target), []).append(each)
    declared = {frozenset((homes.get(one, one), homes.get(other, other))) for one, other in by_pair}
    missing = {
        pair: tuple(dict.fromkeys(codes))
        for pair, codes in seen.items()
        if frozenset(homes.get(code, code) for code in pair) not in declared and pair not in by_pair
    }
    found = [FlowCell(pair, tuple(each)) for pair, each in by_pair.items()]
    return (*found, *(FlowCell(pair, (), codes) for pair, codes in missing.items()))


def grey_share(found: Sequence[FlowCell]) -> float | None:
    """The share of flows that are grey zones, undeclared exchanges counted as flows (S3); None without any."""
    flows = [each for cell in found for each in cell.flows]
    undeclared = sum(bool(cell.undeclared) for cell in found)
    count = len(flows) + undeclared
    return (sum(each.is_grey for each in flows) + undeclared) / count if count else None

"""Every signal that is measured, by its number."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation.phase import CONTINUITY_WEIGHT
from cockpit.domain.registers.phase import SALE, Phase
from cockpit.domain.signals.formulas.organisation import (
    accesses,
    chief,
    continuity,
    contracts,
    documentation,
    fragmentation,
    grey_zones,
    hidden_costs,
    key_resources,
    maturity,
    right_level,
    threat_level,
)
from cockpit.domain.signals.formulas.together import (
    feedback,
    initiative,
    involvement,
    outside_alerts,
    silence,
    silos,
)
from cockpit.domain.signals.formulas.work import (
    arbitration,
    availability,
    carried,
    delays,
    priorities,
    promises_kept,
    recurrence,
    reporting,
)
from cockpit.domain.signals.signal import Signal

SIGNALS: Mapping[str, Signal] = {
    signal.id: signal
    for signal in (
        delays.SIGNAL, silence.SIGNAL, grey_zones.SIGNAL, documentation.SIGNAL, initiative.SIGNAL, silos.SIGNAL,
        involvement.SIGNAL, reporting.SIGNAL, hidden_costs.SIGNAL, threat_level.SIGNAL, key_resources.SIGNAL,
        chief.SIGNAL, arbitration.SIGNAL, fragmentation.PROVIDERS, fragmentation.TOOLS, accesses.SIGNAL,
        continuity.SIGNAL, promises_kept.SIGNAL, availability.SIGNAL, recurrence.SIGNAL, carried.SIGNAL,
        priorities.SIGNAL, contracts.SIGNAL, right_level.SIGNAL, maturity.SIGNAL, feedback.SIGNAL,
        outside_alerts.SIGNAL,
    )
}  # fmt: skip


def signals_in(phase: Phase | None) -> Mapping[str, Signal]:
    """The same as they weigh in a phase: with a sale in view, continuity counts twice."""
    if phase is None or phase.phase != SALE:
        return SIGNALS
    plans = continuity.SIGNAL
    return {**SIGNALS, plans.id: replace(plans, weight=CONTINUITY_WEIGHT * plans.weight)}

"""Every signal that is measured, by its number."""

from __future__ import annotations

from collections.abc import Mapping

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

"""Every signal that is measured, by its number."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.signals.formulas import carried, delays, silence
from cockpit.domain.signals.signal import Signal

SIGNALS: Mapping[str, Signal] = {
    signal.id: signal for signal in (delays.SIGNAL, silence.SIGNAL, carried.SIGNAL)
}

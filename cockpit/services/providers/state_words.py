"""The states of a provider in a glyph and a word, everywhere the same."""

from __future__ import annotations

from cockpit.domain.providers.state import State
from cockpit.locale import N_

STATES = {
    State.OPERATIONAL: ("●", N_("operational")),
    State.QUIET: ("○", N_("nothing published here")),
    State.MAINTENANCE: ("◆", N_("maintenance")),
    State.DEGRADED: ("▲", N_("degraded")),
    State.PARTIAL_OUTAGE: ("▲", N_("partial outage")),
    State.MAJOR_OUTAGE: ("■", N_("outage")),
    State.UNKNOWN: ("?", N_("unknown")),
}
"""Glyph and word of each state: never colour alone."""

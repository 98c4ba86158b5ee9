"""The states of signals and the gauges, in words and signs: light, since the banner reads them at each board."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.signals.score import GaugeName, SignalState
from cockpit.locale import N_, current
from cockpit.services.desk.row import Role

STATES: Mapping[SignalState, str] = {
    SignalState.UNKNOWN: N_("not enough data"),
    SignalState.CALM: N_("calm"),
    SignalState.WATCH: N_("watch"),
    SignalState.CONTROL: N_("control"),
    SignalState.DANGER: N_("danger"),
}
GAUGES: Mapping[str, str] = {
    GaugeName.ALIGNMENT: N_("Alignment"),
    GaugeName.RESILIENCE: N_("Resilience"),
    GaugeName.STEERING: N_("Steering"),
}
SIGNS: Mapping[SignalState, tuple[str, Role]] = {
    SignalState.UNKNOWN: ("?", Role.QUIET),
    SignalState.CALM: ("●", Role.GOOD),
    SignalState.WATCH: ("▲", Role.WATCH),
    SignalState.CONTROL: ("◆", Role.PRESSING),
    SignalState.DANGER: ("■", Role.BAD),
}
MOVES = {1: "▲", 0: "=", -1: "▼"}
"""A gauge that rises, stands, falls."""


def number(value: float) -> str:
    """Without needless decimals, in the reader's way: `2,3`."""
    said = f"{round(value, 2):g}" if abs(value) < 1e6 else f"{value:.0f}"
    return said.replace(".", ",") if current() == "fr" else said

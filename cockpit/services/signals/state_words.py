"""The states of signals and the gauges, in words and signs: light, since the banner reads them at each board."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.signals.score import GaugeName, State
from cockpit.locale import N_, current
from cockpit.services.desk.row import Role

STATES: Mapping[State, str] = {
    State.UNKNOWN: N_("not enough data"),
    State.CALM: N_("calm"),
    State.WATCH: N_("watch"),
    State.CONTROL: N_("control"),
    State.DANGER: N_("danger"),
}
GAUGES: Mapping[str, str] = {
    GaugeName.ALIGNMENT: N_("Alignment"),
    GaugeName.RESILIENCE: N_("Resilience"),
    GaugeName.STEERING: N_("Steering"),
}
SIGNS: Mapping[State, tuple[str, Role]] = {
    State.UNKNOWN: ("?", Role.QUIET),
    State.CALM: ("●", Role.GOOD),
    State.WATCH: ("▲", Role.WATCH),
    State.CONTROL: ("◆", Role.PRESSING),
    State.DANGER: ("■", Role.BAD),
}
MOVES = {1: "▲", 0: "=", -1: "▼"}
"""A gauge that rises, stands, falls."""


def number(value: float) -> str:
    """Without needless decimals, in the reader's way: `2,3`."""
    said = f"{round(value, 2):g}" if abs(value) < 1e6 else f"{value:.0f}"
    return said.replace(".", ",") if current() == "fr" else said

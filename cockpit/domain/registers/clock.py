"""A clock of service. Its events are stored, and with them its due instant and state as they follow from those."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.registers.policy import METRICS, RESOLUTION, WARNINGS
from cockpit.locale import N_

CLOCK_STATES: Mapping[str, str] = {
    "running": N_("running"),
    "paused": N_("paused"),
    "met": N_("kept"),
    "breached": N_("passed"),
    "cancelled": N_("cancelled"),
}
PAUSES: Mapping[str, str] = {
    "waiting_us": N_("waits for us"),
    "waiting_third": N_("waits for a third party"),
    "agreed": N_("postponed by agreement"),
    "force_majeure": N_("force majeure"),
    "resolved": N_("was solved"),
}
"""Why a clock stands still, and by that whose fault it is. The last one comes of a reopening only."""


@dataclass(frozen=True, kw_only=True)
class Clock(Record):
    """One promise counted for one case: a blocker and a metric, or an expected report and its period."""

    title: str = declare(N_("Title"), required=True, column=True)
    blocker: str = declare(N_("Blocker"), ref=("blocker",), column=True, width=8)
    policy: str = declare(N_("Policy"), ref=("policy",))
    report: str = declare(N_("Report"), ref=("report",))
    provider: str = declare(N_("Provider"), ref=("provider", "person"), column=True, width=16)
    function: str = declare(N_("Function"), ref=("function",), column=True, width=14)
    metric: str = declare(
        N_("Measures"), FieldKind.CHOICE, default=RESOLUTION, choices=METRICS, column=True, width=12
    )
    cycle: int = declare(N_("Cycle"), FieldKind.NUMBER, default=1, low=1)
    period: str = declare(N_("Period"))
    target: str = declare(N_("Target"))
    warn: str = declare(N_("Warn at"), default=WARNINGS)
    calendar: int = declare(N_("Calendar"), FieldKind.NUMBER, default=0, told=False)
    state: str = declare(
        N_("State"), FieldKind.CHOICE, default="running", choices=CLOCK_STATES, column=True, width=10
    )
    pause: str = declare(N_("Pause"), choices=PAUSES)
    pause_note: str = declare(N_("Pause note"))
    started_at: datetime | None = declare(N_("Started"), FieldKind.INSTANT, default=None)
    due: datetime | None = declare(N_("Due"), FieldKind.INSTANT, default=None, column=True, width=16)
    until: datetime | None = declare(
        N_("Kept until"), FieldKind.INSTANT, default=None, told=False,
        help=N_("The last instant that still keeps it: the next opening, when it is due at a closing."),
    )  # fmt: skip
    target_s: int = declare(N_("Target in seconds"), FieldKind.DURATION, default=0, told=False)
    consumed_s: int = declare(
        N_("Used"), FieldKind.DURATION, default=0, told=False, help=N_("At the last event.")
    )
    ended_at: datetime | None = declare(N_("Ended"), FieldKind.INSTANT, default=None)
    breached_at: datetime | None = declare(N_("Passed"), FieldKind.INSTANT, default=None)
    overrun_s: int = declare(N_("Overrun"), FieldKind.DURATION, default=0)
    waived: str = declare(N_("Excused"))
    events: str = declare(N_("Events"), FieldKind.LONG, default="[]", told=False)

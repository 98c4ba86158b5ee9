"""What a person says of a provider, beside what its own page says."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

ACKNOWLEDGED, MUTED, PROBLEM, MANUAL, EXCHANGE = "acknowledged", "muted", "problem", "manual", "exchange"
TOLD = "told"
"""The team knows of what is measured about teams (docs/signals.md)."""


@dataclass(frozen=True, kw_only=True)
class Mark(Record):
    """A word of ours on a status source or on a provider that has none.

    `acknowledged` holds until the trouble ends, `muted` until its end, `problem` (we see one) until it is
    settled, `manual` (a colour given by hand) until it expires; `exchange` notes that we spoke.
    """

    kind: str = declare(
        N_("Kind"),
        FieldKind.CHOICE,
        default=EXCHANGE,
        choices={
            ACKNOWLEDGED: N_("acknowledged"),
            MUTED: N_("muted"),
            PROBLEM: N_("we see a problem"),
            MANUAL: N_("state given by hand"),
            EXCHANGE: N_("exchange"),
            TOLD: N_("the team was told"),
        },
        column=True,
        width=20,
    )
    source: str = declare(N_("Status source"), help=N_("Key of a [[status]] entry of the configuration."))
    provider: str = declare(N_("Provider"), FieldKind.REF, ref=("provider",), column=True, width=16)
    alert: str = declare(
        N_("Alert"), told=False, help=N_("Identity of the alert, when it is not about a provider.")
    )
    component: str = declare(N_("Component"), help=N_("Empty: all of the source."))
    state: str = declare(
        N_("State"),
        FieldKind.CHOICE,
        default=State.UNKNOWN.value,
        choices={
            State.UNKNOWN.value: N_("unknown"),
            State.OPERATIONAL.value: N_("operational"),
            State.MAINTENANCE.value: N_("maintenance"),
            State.DEGRADED.value: N_("degraded"),
            State.PARTIAL_OUTAGE.value: N_("partial outage"),
            State.MAJOR_OUTAGE.value: N_("outage"),
        },
    )
    reason: str = declare(N_("Reason"), required=True, column=True)
    until: datetime | None = declare(N_("Until"), FieldKind.INSTANT, default=None)
    closed_at: datetime | None = declare(N_("Settled"), FieldKind.INSTANT, default=None)

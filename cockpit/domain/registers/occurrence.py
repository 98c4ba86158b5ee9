"""A planned meeting of a ritual that somebody said something about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cockpit.domain.record import Kind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Occurrence(Record):
    """One planned meeting of a ritual that somebody said something about (held, missed, agenda shared)."""

    ritual: str = declare(N_("Ritual"), Kind.REF, ref=("ritual",), required=True, column=True)
    planned_at: datetime | None = declare(N_("Planned"), Kind.INSTANT, default=None, required=True)
    status: str = declare(
        N_("Status"),
        Kind.CHOICE,
        default="planned",
        choices={"planned": N_("planned"), "held": N_("held"), "missed": N_("missed")},
        column=True,
        width=10,
    )
    agenda_shared_at: datetime | None = declare(N_("Agenda shared"), Kind.INSTANT, default=None)

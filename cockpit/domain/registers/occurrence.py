"""A planned meeting of a ritual that somebody said something about."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Occurrence(Record):
    """One planned meeting of a ritual that somebody said something about (held, missed, agenda shared)."""

    ritual: str = declare(N_("Ritual"), FieldKind.REF, ref=("ritual",), required=True, column=True)
    planned_at: datetime | None = declare(N_("Planned"), FieldKind.INSTANT, default=None, required=True)
    status: str = declare(
        N_("Status"),
        FieldKind.CHOICE,
        default="planned",
        choices={"planned": N_("planned"), "held": N_("held"), "missed": N_("missed")},
        column=True,
        width=10,
    )
    agenda_shared_at: datetime | None = declare(N_("Agenda shared"), FieldKind.INSTANT, default=None)
    agenda: str = declare(
        N_("Agenda"),
        FieldKind.LONG,
        told=False,
        help=N_("Subjects as they were frozen, in JSON: code, question, owner, seconds."),
    )
    started_at: datetime | None = declare(N_("Started"), FieldKind.INSTANT, default=None)
    ended_at: datetime | None = declare(N_("Ended"), FieldKind.INSTANT, default=None)
    facilitator: str = declare(N_("Facilitator"))
    minutes_path: str = declare(N_("Minutes"))
    minutes_hash: str = declare(N_("Fingerprint of the minutes"), told=False)
    roti: str = declare(
        N_("Return on time invested"), told=False, help=N_("Sums and counts in JSON, never names.")
    )
    cost_minutes: int = declare(
        N_("Coordination cost"), FieldKind.NUMBER, default=0, help=N_("Person-minutes.")
    )

"""A handover: somebody arrives, leaves, or ends a mission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

HANDOVERS: Mapping[str, str] = {
    "arrival": N_("arrival"),
    "departure": N_("departure"),
    "mission": N_("end of mission"),
}


@dataclass(frozen=True, kw_only=True)
class Handover(Record):
    """A handover between two people; its steps are records of their own."""

    name: str = declare(N_("Handover"), required=True, column=True)
    kind: str = declare(
        N_("Kind"), FieldKind.CHOICE, default="departure", column=True, width=15, choices=HANDOVERS
    )
    giver: str = declare(N_("From"), FieldKind.REF, ref=("person", "provider"), column=True, width=18)
    taker: str = declare(N_("To"), FieldKind.REF, ref=("person", "provider"), column=True, width=18)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",))
    due: date | None = declare(N_("Ends"), FieldKind.DATE, default=None, required=True, column=True, width=11)
    note: str = declare(N_("Note"), FieldKind.LONG)

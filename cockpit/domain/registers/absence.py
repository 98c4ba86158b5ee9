"""Days on which somebody is away, and who covers for them."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

AGENDA = "agenda"


@dataclass(frozen=True, kw_only=True)
class Absence(Record):
    """Somebody is away from one day to another, both included. Why is nobody's business here."""

    person: str = declare(N_("Who"), FieldKind.REF, ref=("person",), required=True, column=True)
    first_on: date | None = declare(
        N_("First day"), FieldKind.DATE, default=None, required=True, column=True, width=12
    )
    last_on: date | None = declare(
        N_("Last day"), FieldKind.DATE, default=None, required=True, column=True, width=12
    )
    cover: str = declare(N_("Covered by"), FieldKind.REF, ref=("person",), column=True, width=18)
    origin: str = declare(
        N_("Known from"), FieldKind.CHOICE, default="typed", width=12, computed=True,
        choices={"typed": N_("typed"), AGENDA: N_("the agenda")},
    )  # fmt: skip
    event: str = declare(N_("Event"), computed=True, help=N_("The event of the agenda it was read from."))
    note: str = declare(N_("Handed over"), FieldKind.LONG, help=N_("What somebody else does meanwhile."))

"""Who carries work, inside or outside."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Somebody who carries work, inside or outside."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        FieldKind.CHOICE,
        default="internal",
        choices={
            "internal": N_("internal"),
            "external": N_("external"),
            "time_shared": N_("time-shared"),
            "interim": N_("interim"),
        },
        column=True,
        width=14,
    )
    role: str = declare(N_("Role"), column=True, width=24)
    provider: str = declare(N_("Provider"), FieldKind.REF, ref=("provider",), column=True, width=16)
    presence: str = declare(
        N_("Presence"), help=N_("Days and hours, such as `tue,thu 09:00-12:30`; empty follows the company.")
    )
    contact: str = declare(N_("Contact"))
    loaded_rate: int | None = declare(
        N_("Loaded rate"), FieldKind.MONEY, default=None, help=N_("Full cost of an hour.")
    )
    starts_on: date | None = declare(N_("Start"), FieldKind.DATE, default=None)
    ends_on: date | None = declare(N_("End of mission"), FieldKind.DATE, default=None)
    pillar: bool = declare(
        N_("Pillar of the office"), FieldKind.FLAG, default=False,
        help=N_("Tested by their absences, as the chief executive is: does the office run without them?"),
    )  # fmt: skip
    backup: str = declare(N_("Backup"), FieldKind.REF, ref=("person",), column=True, width=16)

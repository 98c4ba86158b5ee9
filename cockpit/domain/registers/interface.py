"""What passes between two parties: the map of the flows is made of these."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Interface(Record):
    """One flow from a party to another: what, by which channel, how often, who answers for it."""

    name: str = declare(N_("What passes"), required=True, column=True)
    source: str = declare(
        N_("From"),
        FieldKind.REF,
        ref=("function", "provider", "person"),
        required=True,
        column=True,
        width=20,
    )
    target: str = declare(
        N_("To"), FieldKind.REF, ref=("function", "provider", "person"), required=True, column=True, width=20
    )
    channel: str = declare(
        N_("Channel"), help=N_("E-mail, shared folder, call, tool…"), column=True, width=14
    )
    cadence_days: int | None = declare(
        N_("Every"), FieldKind.NUMBER, default=None, low=1, high=400, column=True, width=7,
        help=N_("Days from one exchange to the next: 1, 7, 30…"),
    )  # fmt: skip
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    critical: bool = declare(N_("Critical"), FieldKind.FLAG, default=False)
    documented: bool = declare(
        N_("Documented"), FieldKind.FLAG, default=False, help=N_("Somebody new would know how to do it.")
    )
    last_on: date | None = declare(
        N_("Last exchange"), FieldKind.DATE, default=None, help=N_("The last one that somebody noted here.")
    )
    ritual: str = declare(
        N_("Ritual"),
        FieldKind.REF,
        ref=("ritual",),
        help=N_("The meeting in which it takes place, if there is one."),
    )
    note: str = declare(N_("Note"), FieldKind.LONG)

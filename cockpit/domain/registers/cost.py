"""What a function costs, month by month: invoices, and what invoices do not say."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Cost(Record):
    """A cost of a month: invoice, coordination, tools or rework."""

    name: str = declare(N_("What"), required=True, column=True)
    month: date | None = declare(
        N_("Month"), FieldKind.DATE, default=None, required=True, column=True, width=11,
        help=N_("Any day of it."),
    )  # fmt: skip
    kind: str = declare(
        N_("Kind"), FieldKind.CHOICE, default="invoice", column=True, width=13,
        choices={
            "invoice": N_("invoice"), "coordination": N_("coordination"), "tools": N_("tools"),
            "rework": N_("rework"),
        },
    )  # fmt: skip
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    contract: str = declare(N_("Contract"), FieldKind.REF, ref=("contract",))
    amount: int | None = declare(N_("Amount"), FieldKind.MONEY, default=None, column=True, width=12)
    minutes: int | None = declare(
        N_("Minutes"),
        FieldKind.NUMBER,
        default=None,
        low=0,
        column=True,
        width=8,
        help=N_("Time spent on it."),
    )

"""What may go wrong, before and after what is done about it."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Risk(Record):
    """A risk of a function or a provider, on the 5x5 scale, gross and net of its measures."""

    name: str = declare(N_("Risk"), required=True, column=True)
    kind: str = declare(
        N_("Kind"), FieldKind.CHOICE, default="operations", column=True, width=13,
        choices={
            "operations": N_("operations"), "people": N_("people"), "provider": N_("provider"),
            "finance": N_("finance"), "legal": N_("legal"), "security": N_("security"),
            "sale": N_("resistance to a sale"),
        },
    )  # fmt: skip
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    provider: str = declare(N_("Provider"), FieldKind.REF, ref=("provider",))
    gross_likelihood: int | None = declare(
        N_("Gross likelihood"),
        FieldKind.NUMBER,
        default=None,
        low=1,
        high=5,
        help=N_("1 rare to 5 almost certain."),
    )
    gross_impact: int | None = declare(
        N_("Gross impact"),
        FieldKind.NUMBER,
        default=None,
        low=1,
        high=5,
        help=N_("1 minor to 5 the company stops."),
    )
    measures: str = declare(N_("Measures taken"), FieldKind.LONG)
    net_likelihood: int | None = declare(
        N_("Net likelihood"), FieldKind.NUMBER, default=None, low=1, high=5, column=True, width=6,
        help=N_("With the measures; empty: as gross."),
    )  # fmt: skip
    net_impact: int | None = declare(
        N_("Net impact"), FieldKind.NUMBER, default=None, low=1, high=5, column=True, width=6,
        help=N_("With the measures; empty: as gross."),
    )  # fmt: skip
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    review_on: date | None = declare(N_("Review due"), FieldKind.DATE, default=None)

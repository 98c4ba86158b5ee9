"""What a figure was, for one week, month or quarter."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """A value of a figure, and a word on why it is red."""

    figure: str = declare(N_("Figure"), FieldKind.REF, ref=("figure",), required=True, column=True)
    period: date | None = declare(
        N_("Period"), FieldKind.DATE, default=None, required=True, column=True, width=12,
        help=N_("Any day of the week, month or quarter."),
    )  # fmt: skip
    value: float | None = declare(
        N_("Value"), FieldKind.DECIMAL, default=None, required=True, column=True, width=14
    )
    given_by: str = declare(
        N_("Given by"), column=True, width=16, help=N_("Who gave it, or where it was read.")
    )
    note: str = declare(N_("Note"), FieldKind.LONG, help=N_("Why it is red."))

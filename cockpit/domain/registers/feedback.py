"""What one side of an interface says of working with the other: a mark, and a word on why."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

INSIDE, OUTSIDE = "inside", "outside"
"""Who gives the mark: us of them, or them of us."""
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, kw_only=True)
class Feedback(Record):
    """One mark of one side. A record without a mark is a question that was put and waits for its answer."""

    interface: str = declare(
        N_("Interface"), FieldKind.REF, ref=("interface",), required=True, column=True, width=24
    )
    side: str = declare(
        N_("Side"), FieldKind.CHOICE, default=INSIDE, column=True, width=18,
        choices={INSIDE: N_("inside, of them"), OUTSIDE: N_("outside, of us")},
    )  # fmt: skip
    mark: int | None = declare(
        N_("Mark, 1 to 5"), FieldKind.NUMBER, default=None, low=LOWEST, high=HIGHEST, column=True, width=12,
        help=N_("From 1, hard to work with, to 5."),
    )  # fmt: skip
    given_on: date | None = declare(N_("Given"), FieldKind.DATE, default=None, column=True, width=11)
    given_by: str = declare(N_("Given by"), ref=("person", "provider"), column=True, width=18)
    asked_on: date | None = declare(
        N_("Asked"), FieldKind.DATE, default=None, help=N_("When they were asked; empty: nobody asked.")
    )
    note: str = declare(N_("Note"), FieldKind.LONG, help=N_("What would make it one better."))

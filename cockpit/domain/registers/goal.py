"""What the company means to reach in a quarter."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Goal(Record):
    """A goal of a quarter: whose, by what one sees that it is reached, and whether it is on track this week."""

    name: str = declare(N_("Goal"), required=True, column=True)
    quarter: date | None = declare(
        N_("Quarter"),
        FieldKind.DATE,
        default=None,
        required=True,
        column=True,
        width=11,
        help=N_("Any day of it."),
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=18)
    done_when: str = declare(
        N_("Reached when"),
        required=True,
        column=True,
        help=N_("What anybody can see: a number, a paper, a date."),
    )
    state: str = declare(
        N_("State"), FieldKind.CHOICE, default="unsaid", column=True, width=12,
        choices={
            "unsaid": N_("not said yet"), "on_track": N_("on track"), "off_track": N_("off track"),
            "reached": N_("reached"), "dropped": N_("given up"),
        },
    )  # fmt: skip
    said_on: date | None = declare(N_("Said on"), FieldKind.DATE, default=None, width=11)
    note: str = declare(N_("Note"), FieldKind.LONG)

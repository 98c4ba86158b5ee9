"""A report that somebody owes, and whether it came."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.registers.policy import WARNINGS
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Report(Record):
    """An expected report: of whom, about what, how often, when it last came and how complete.

    The one place where a report is expected. One that was promised for a working day has a clock for each of
    its periods, by which it is judged as every promise of service is.
    """

    name: str = declare(N_("Report"), required=True, column=True)
    source: str = declare(
        N_("Owed by"), FieldKind.REF, ref=("person", "provider"), required=True, column=True, width=18
    )
    pillar: str = declare(
        N_("About"), FieldKind.CHOICE, default="finance", column=True, width=9,
        choices={"time": N_("time"), "finance": N_("finance"), "risk": N_("risks")},
    )  # fmt: skip
    period: str = declare(
        N_("Every"), FieldKind.CHOICE, default="month", column=True, width=10,
        choices={"week": N_("week"), "month": N_("month"), "quarter": N_("quarter"), "year": N_("year")},
    )  # fmt: skip
    due: date | None = declare(
        N_("Next due"), FieldKind.DATE, default=None, column=True, width=11,
        help=N_("Moves on by itself, a period later, when the report came."),
    )  # fmt: skip
    target: str = declare(
        N_("Promised for"),
        help=N_("Where it was promised: J5 18h is the fifth working day of each period at 18:00."),
    )
    contract: str = declare(N_("Contract"), FieldKind.REF, ref=("contract",))
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",))
    received_on: date | None = declare(
        N_("Last received"), FieldKind.DATE, default=None, column=True, width=11
    )
    completeness: int | None = declare(
        N_("Complete"),
        FieldKind.NUMBER,
        default=None,
        low=0,
        high=100,
        help=N_("Percent of what was expected."),
    )
    reminders: int = declare(
        N_("Reminders"), FieldKind.NUMBER, default=0, low=0,
        help=N_("How often it was asked for since the last one came."),
    )  # fmt: skip
    hours: str = declare(
        N_("Service hours"),
        help=N_("Such as `mon-fri 09:00-12:30 14:00-18:00` or `24x7`; empty follows the contract."),
    )
    warn: str = declare(N_("Warn at"), default=WARNINGS, help=N_("Percentages of the target, such as 75,90."))
    spent_minutes: int | None = declare(
        N_("Minutes"), FieldKind.NUMBER, default=None, low=0, high=10_000,
        help=N_("What putting the last one together took."),
    )  # fmt: skip

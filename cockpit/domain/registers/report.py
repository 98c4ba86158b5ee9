"""A report that somebody owes, and whether it came."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Report(Record):
    """An expected report: of whom, about what, how often, when it last came and how complete."""

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
    due: date | None = declare(N_("Next due"), FieldKind.DATE, default=None, column=True, width=11)
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
    reminders: int = declare(N_("Reminders"), FieldKind.NUMBER, default=0, low=0)

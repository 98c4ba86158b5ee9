"""A month whose consolidated report was closed: what it said then no longer changes."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Closing(Record):
    """One closing of a month. Reopened, it stays: the next closing of the month is another record."""

    name: str = declare(N_("Month"), required=True, column=True)
    month: date | None = declare(N_("First day"), FieldKind.DATE, default=None, required=True)
    closed_at: datetime | None = declare(
        N_("Closed"), FieldKind.INSTANT, default=None, required=True, column=True, width=16
    )
    complete: int | None = declare(
        N_("Complete"), FieldKind.NUMBER, default=None, low=0, high=100, column=True, width=9,
        help=N_("Percent of the reports, invoices and figures that had come."),
    )  # fmt: skip
    digest: str = declare(
        N_("Fingerprint of the report"), help=N_("SHA-256 of what was closed, at each level.")
    )
    head_seq: int = declare(
        N_("Journal entries"), FieldKind.NUMBER, default=0, low=0,
        help=N_("How many the journal had when it was closed."),
    )  # fmt: skip
    head: str = declare(N_("Seal of the journal"), help=N_("The hash of the last of those entries."))
    reopened_at: datetime | None = declare(
        N_("Reopened"), FieldKind.INSTANT, default=None, column=True, width=16
    )
    reopened_why: str = declare(N_("Why it was reopened"))

"""A document that left the house: to whom, when, what of it was masked, and the seal of its files."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

SALE_FILE, REPORT, MANUAL = "sale_file", "report", "manual"


@dataclass(frozen=True, kw_only=True)
class Release(Record):
    """One issue of a document, as it was handed out. Never edited: the next issue is another record."""

    name: str = declare(N_("Document"), required=True, column=True)
    document: str = declare(
        N_("Kind"), FieldKind.CHOICE, default=REPORT, column=True, width=16,
        choices={
            SALE_FILE: N_("sale file"), REPORT: N_("consolidated report"), MANUAL: N_("administration manual"),
        },
    )  # fmt: skip
    phase: str = declare(
        N_("Phase"), FieldKind.CHOICE, default="none", column=True, width=14,
        choices={
            "none": N_("none"), "teaser": N_("teaser"), "dd": N_("due diligence"), "closing": N_("closing"),
        },
    )  # fmt: skip
    period: str = declare(N_("Period"), help=N_("The month it tells of, such as 2026-10."))
    recipient: str = declare(N_("To whom"), column=True, width=20)
    issued_at: datetime | None = declare(
        N_("Issued"), FieldKind.INSTANT, default=None, required=True, column=True, width=16
    )
    masked: str = declare(N_("Masked"), help=N_("What was left out of it: people, amounts."))
    level: int = declare(
        N_("Highest level"), FieldKind.NUMBER, default=1, low=0, high=3,
        help=N_("The most confidential of what it tells, 0 to 3."),
    )  # fmt: skip
    folder: str = declare(N_("Folder"), help=N_("The name of the folder it was written in."))
    files: int = declare(N_("Files"), FieldKind.NUMBER, default=0, low=0)
    digest: str = declare(N_("Fingerprint of the files"), help=N_("SHA-256 of its SHA256SUMS."))
    head_seq: int = declare(
        N_("Journal entries"), FieldKind.NUMBER, default=0, low=0,
        help=N_("How many the journal had when it was written."),
    )  # fmt: skip
    head: str = declare(N_("Seal of the journal"), help=N_("The hash of the last of those entries."))

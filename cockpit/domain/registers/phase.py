"""What the company goes through, since when. Always for the chief executive alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import CONFIDENTIALITY, FieldKind, Record, declare
from cockpit.locale import N_

STEADY, GROWTH, TRANSFORMATION, SALE = "steady", "growth", "transformation", "sale"
PHASES: Mapping[str, str] = {
    STEADY: N_("steady course"),
    GROWTH: N_("fast growth"),
    TRANSFORMATION: N_("transformation"),
    SALE: N_("sale in view"),
}


@dataclass(frozen=True, kw_only=True)
class Phase(Record):
    """From a day on the company is in a phase, until the next one begins."""

    phase: str = declare(
        N_("Phase"), FieldKind.CHOICE, default=STEADY, required=True, column=True, choices=PHASES
    )
    since: date | None = declare(
        N_("Since"), FieldKind.DATE, default=None, required=True, column=True, width=12
    )
    target_on: date | None = declare(
        N_("Aimed at"), FieldKind.DATE, default=None, column=True, width=12,
        help=N_("The day it leads to, such as that of a signature: the dates before it are counted back from it."),
    )  # fmt: skip
    note: str = declare(N_("Note"), FieldKind.LONG)
    conf: int = declare(
        N_("Confidentiality"), FieldKind.CHOICE, default=3, choices={"3": CONFIDENTIALITY["3"]},
        help=N_("For the chief executive only, whatever is shown or sent."),
    )  # fmt: skip

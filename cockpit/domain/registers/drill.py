"""A continuity plan that was tried out, and what came of it."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Drill(Record):
    """A drill of a continuity plan: when, how long it took to be back, its verdict."""

    name: str = declare(N_("What was tried"), required=True, column=True)
    plan: str = declare(N_("Plan"), FieldKind.REF, ref=("continuity",), required=True, column=True, width=24)
    held_on: date | None = declare(
        N_("Held"), FieldKind.DATE, default=None, required=True, column=True, width=11
    )
    measured_hours: int | None = declare(
        N_("Hours to be back"), FieldKind.NUMBER, default=None, low=0, column=True, width=8
    )
    verdict: str = declare(
        N_("Verdict"), FieldKind.CHOICE, default="passed", column=True, width=10,
        choices={"passed": N_("succeeded"), "partly": N_("partly"), "failed": N_("failed")},
    )  # fmt: skip
    note: str = declare(N_("Note"), FieldKind.LONG)

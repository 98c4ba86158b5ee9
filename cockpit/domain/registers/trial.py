"""A trial: an idea, an end date, keep or stop."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Trial(Record):
    """Something that is tried out until a date, with its verdict."""

    name: str = declare(N_("Hypothesis"), required=True, column=True)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    starts_on: date | None = declare(N_("Start"), FieldKind.DATE, default=None)
    ends_on: date | None = declare(
        N_("End"), FieldKind.DATE, default=None, required=True, column=True, width=11
    )
    verdict: str = declare(
        N_("Verdict"), FieldKind.CHOICE, default="open", column=True, width=10,
        choices={"open": N_("not yet"), "keep": N_("keep"), "stop": N_("stop")},
    )  # fmt: skip
    learned: str = declare(N_("What was learned"), FieldKind.LONG)

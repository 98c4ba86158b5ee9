"""The right level of outsourcing of a function, looked at again every half-year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

VERDICTS: Mapping[str, str] = {
    "open": N_("under way"),
    "keep": N_("keep as it is"),
    "insource": N_("bring back in-house"),
    "change": N_("change provider"),
    "group": N_("group with another"),
}


@dataclass(frozen=True, kw_only=True)
class Level(Record):
    """A review of how far a function is outsourced."""

    name: str = declare(N_("Review"), required=True, column=True)
    function: str = declare(
        N_("Function"), FieldKind.REF, ref=("function",), required=True, column=True, width=16
    )
    held_on: date | None = declare(N_("Held"), FieldKind.DATE, default=None, column=True, width=11)
    core_value: int | None = declare(
        N_("Value for the company"), FieldKind.NUMBER, default=None, low=1, high=4, help=N_("1 to 4.")
    )
    skill: int | None = declare(
        N_("Skill in-house"), FieldKind.NUMBER, default=None, low=1, high=4, help=N_("1 to 4.")
    )
    full_cost: int | None = declare(
        N_("Full cost"), FieldKind.MONEY, default=None, help=N_("A year, all included.")
    )
    benefit: str = declare(
        N_("Expected benefit"), FieldKind.CHOICE, default="unknown",
        choices={"unknown": N_("not judged"), "yes": N_("obtained"), "partly": N_("partly"), "no": N_("not obtained")},
    )  # fmt: skip
    verdict: str = declare(
        N_("Verdict"), FieldKind.CHOICE, default="open", column=True, width=20, choices=VERDICTS
    )
    next_on: date | None = declare(N_("Next review"), FieldKind.DATE, default=None, column=True, width=11)
    note: str = declare(N_("Note"), FieldKind.LONG)

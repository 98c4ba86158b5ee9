"""A function of the company, whoever carries it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

MODES: Mapping[str, str] = {
    "internal": N_("internal"),
    "external": N_("external"),
    "time_shared": N_("time-shared"),
    "mixed": N_("mixed"),
}


def criticality() -> Any:
    """The field that says how critical a function, or a process of one, is: 1 to 4."""
    return declare(
        N_("Criticality"),
        FieldKind.NUMBER,
        default=2,
        low=1,
        high=4,
        help=N_("1 to 4."),
        column=True,
        width=6,
    )


@dataclass(frozen=True, kw_only=True)
class Function(Record):
    """A function of the company, whoever carries it."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        FieldKind.CHOICE,
        default="support",
        choices={
            "support": N_("support"),
            "operational": N_("operational"),
            "managerial": N_("managerial"),
        },
        column=True,
        width=14,
    )
    mode: str = declare(
        N_("Mode"), FieldKind.CHOICE, default="internal", choices=MODES, column=True, width=14
    )
    core_value: bool = declare(
        N_("Core value"), FieldKind.FLAG, default=False, help=N_("To be kept in-house."), column=True, width=8
    )
    criticality: int = criticality()
    recovery_hours: int | None = declare(
        N_("Recovery time"),
        FieldKind.NUMBER,
        default=None,
        low=0,
        help=N_("Hours the company can do without it."),
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    expected_benefit: str = declare(N_("Expected benefit"), FieldKind.LONG)
    baseline_cost: int | None = declare(
        N_("Baseline cost"), FieldKind.MONEY, default=None, help=N_("Yearly cost if done in-house.")
    )
    budget: int | None = declare(
        N_("Yearly budget"),
        FieldKind.MONEY,
        default=None,
        help=N_("What its invoices may come to in a year."),
    )
    review_due: date | None = declare(N_("Review due"), FieldKind.DATE, default=None)

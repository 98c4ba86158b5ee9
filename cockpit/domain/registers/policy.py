"""What a provider promised, or what a function needs: how long, in which hours, for which severity."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.severity import SEVERITIES
from cockpit.locale import N_

ACKNOWLEDGEMENT, UPDATE, RESOLUTION, DELIVERY = "acknowledgement", "update", "resolution", "delivery"
PROMISED: Mapping[str, str] = {
    ACKNOWLEDGEMENT: N_("first answer"),
    UPDATE: N_("next news"),
    RESOLUTION: N_("resolution"),
}
METRICS: Mapping[str, str] = {**PROMISED, DELIVERY: N_("delivery")}
"""What clocks measure: promises made for cases, and the reports that are expected of each period."""
WARNINGS = "75,90"
"""Percentages of the target at which a warning is raised, amber then orange."""


@dataclass(frozen=True, kw_only=True)
class Policy(Record):
    """One promise of service. It binds a contract, a function, or both."""

    name: str = declare(N_("Name"), required=True, column=True)
    contract: str = declare(N_("Contract"), FieldKind.REF, ref=("contract",), column=True, width=20)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=14)
    metric: str = declare(
        N_("Measures"), FieldKind.CHOICE, default=RESOLUTION, choices=PROMISED, column=True, width=14
    )
    severity: str = declare(
        N_("Severity"), FieldKind.CHOICE, default="all", choices={"all": N_("all"), **SEVERITIES}, column=True,
        width=8,
    )  # fmt: skip
    target: str = declare(
        N_("Target"), required=True, column=True, width=12,
        help=N_("Business hours or days: 4ho, 90min, J+1 12:00."),
    )  # fmt: skip
    hours: str = declare(
        N_("Service hours"),
        help=N_("Such as `mon-fri 09:00-12:30 14:00-18:00` or `24x7`; empty follows the contract."),
    )
    warn: str = declare(N_("Warn at"), default=WARNINGS, help=N_("Percentages of the target, such as 75,90."))

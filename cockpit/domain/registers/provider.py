"""Who carries a function or sells a tool, with the fields of the DORA register of information."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Provider(Record):
    """A company or a freelance that carries a function or sells a tool."""

    name: str = declare(N_("Name"), required=True, column=True)
    category: str = declare(N_("Category"), column=True, width=18)
    siren: str = declare(N_("SIREN"), help=N_("Nine digits."))
    substitutability: int = declare(
        N_("Substitutability"),
        FieldKind.CHOICE,
        default=2,
        column=True,
        width=14,
        choices={"1": N_("easy"), "2": N_("difficult"), "3": N_("not substitutable")},
    )
    reintegration: int = declare(
        N_("Reintegration"),
        FieldKind.CHOICE,
        default=2,
        choices={"1": N_("easy"), "2": N_("difficult"), "3": N_("very complex")},
    )
    stop_impact: int = declare(
        N_("Impact of stopping"),
        FieldKind.CHOICE,
        default=2,
        column=True,
        width=12,
        choices={"1": N_("low"), "2": N_("medium"), "3": N_("high"), "4": N_("critical")},
    )
    alternative: str = declare(N_("Alternative identified"))
    data_country: str = declare(N_("Country of the data"))
    personal_data: bool = declare(N_("Personal data"), FieldKind.FLAG, default=False)
    subprocessors: str = declare(N_("Sub-processors"), FieldKind.LONG)
    last_audit: date | None = declare(N_("Last audit"), FieldKind.DATE, default=None)
    contact: str = declare(N_("Contact"), column=True, width=24)
    status_source: str = declare(
        N_("Status source"), help=N_("Name of a [[status]] entry of the configuration.")
    )
    dependence: int | None = declare(
        N_("Dependence"), FieldKind.NUMBER, default=None, low=1, high=4,
        help=N_("1 to 4; empty: from the impact of stopping and substitutability."),
    )  # fmt: skip
    penetration: int | None = declare(
        N_("Penetration"), FieldKind.NUMBER, default=None, low=1, high=4,
        help=N_("1 to 4: how far it reaches into our systems; empty: from its accesses and personal data."),
    )  # fmt: skip
    maturity: int | None = declare(
        N_("Maturity"), FieldKind.NUMBER, default=None, low=1, high=4,
        help=N_("1 to 4: how well it protects itself and us; empty: from its audit, documents and plans."),
    )  # fmt: skip
    trust: int | None = declare(
        N_("Trust"), FieldKind.NUMBER, default=None, low=1, high=4,
        help=N_("1 to 4: how far its word can be relied on; empty: from the promises it kept."),
    )  # fmt: skip

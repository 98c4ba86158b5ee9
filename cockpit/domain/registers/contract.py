"""What binds the company to a provider: terms, notice, service hours."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

OPEN, RENEWED, NOTICE, RENEGOTIATING = "open", "renewed", "notice", "renegotiating"
"""What was decided of a term: nothing yet, to go on, to end it, to change it."""


@dataclass(frozen=True, kw_only=True)
class Contract(Record):
    """What binds the company to a provider, and the hours in which its service counts."""

    name: str = declare(N_("Subject"), required=True, column=True)
    provider: str = declare(
        N_("Provider"), FieldKind.REF, ref=("provider",), required=True, column=True, width=18
    )
    functions: tuple[str, ...] = declare(
        N_("Functions"), FieldKind.NAMES, default=(), ref=("function",), column=True, width=18
    )
    reference: str = declare(N_("Reference"))
    starts_on: date | None = declare(N_("Start"), FieldKind.DATE, default=None, column=True, width=11)
    initial_months: int = declare(
        N_("Initial term"), FieldKind.NUMBER, default=12, low=0, high=600, choices={"0": N_("indefinite")},
        help=N_("Months; 0 or “indefinite” for a contract that runs on without an end."),
    )  # fmt: skip
    renewal: str = declare(
        N_("Renewal"),
        FieldKind.CHOICE,
        default="tacit",
        column=True,
        width=12,
        choices={"tacit": N_("automatic"), "express": N_("express"), "none": N_("none")},
    )
    renewal_months: int | None = declare(
        N_("Renewed for"), FieldKind.NUMBER, default=None, low=0, high=600,
        help=N_("Months; empty: as long as the initial term."),
    )  # fmt: skip
    notice: str = declare(
        N_("Notice"), FieldKind.PERIOD, default="3m", column=True, width=11,
        help=N_("Months, weeks or days, such as 3 months, 6 weeks or 90 days; 0 for none."),
    )  # fmt: skip
    lead_days: int | None = declare(
        N_("Warned ahead"), FieldKind.NUMBER, default=None, low=1, high=1_000,
        help=N_("Days before the last day to post the notice; empty: 90."),
    )  # fmt: skip
    decided: str = declare(
        N_("Decided"), FieldKind.CHOICE, default=OPEN,
        choices={
            OPEN: N_("nothing yet"), RENEWED: N_("renewed on purpose"), NOTICE: N_("notice sent"),
            RENEGOTIATING: N_("renegotiating"),
        },
        help=N_("What becomes of the term below; the next term asks anew."),
    )  # fmt: skip
    decided_on: date | None = declare(N_("Decided or sent on"), FieldKind.DATE, default=None)
    decided_for: date | None = declare(
        N_("Of the term until"),
        FieldKind.DATE,
        default=None,
        help=N_("Last day of the term that was decided about."),
    )
    amount: int | None = declare(N_("Yearly amount"), FieldKind.MONEY, default=None, column=True, width=12)
    hours: str = declare(
        N_("Service hours"),
        help=N_("Such as `mon-fri 09:00-12:30 14:00-18:00` or `24x7`; empty follows the company."),
    )
    timezone: str = declare(N_("Time zone"), help=N_("IANA name; empty follows the company."))
    holidays: str = declare(N_("Public holidays"), help=N_("Such as FR or FR-57; empty follows the company."))
    exceptions: str = declare(
        N_("Dated hours"),
        help=N_("Such as `24/12/2026 09:00-12:00; 03/08/2026..14/08/2026 closed`; over the company's own."),
    )
    sla: str = declare(
        N_("Resolution target"), help=N_("Business hours or days, such as `8ho` or `J+1 12:00`.")
    )
    uptime: float | None = declare(
        N_("Promised uptime"), FieldKind.DECIMAL, default=None, low=0, high=100,
        help=N_("Percent, such as 99,9: what the service is judged by; empty: the threshold of the signal."),
    )  # fmt: skip
    vigilance_expiry: date | None = declare(
        N_("Compliance certificate until"),
        FieldKind.DATE,
        default=None,
        help=N_("URSSAF certificate: from 5,000 euros, renewed every six months."),
    )
    dpa: bool = declare(N_("Data processing agreement"), FieldKind.FLAG, default=False)
    nda: bool = declare(N_("Confidentiality agreement"), FieldKind.FLAG, default=False)
    exit_plan: bool = declare(N_("Reversibility clause"), FieldKind.FLAG, default=False)
    change_of_control: str = declare(
        N_("Change of control"),
        FieldKind.CHOICE,
        default="silent",
        choices={
            "free": N_("free"),
            "consent": N_("consent needed"),
            "termination": N_("may terminate"),
            "silent": N_("silent"),
        },
    )
    consent_days: int | None = declare(
        N_("Consent takes"), FieldKind.NUMBER, default=None, low=1, high=1_000,
        help=N_("Days that its consent to a change of control takes; empty: 45."),
    )  # fmt: skip
    data_ownership: str = declare(N_("Who owns what is made"), help=N_("Intellectual property and data."))
    ended_on: date | None = declare(
        N_("Terminated, last day"), FieldKind.DATE, default=None,
        help=N_("Last day, once notice was given or the term is over."),
    )  # fmt: skip
    end_reason: str = declare(N_("Why it ended"))
    document: str = declare(N_("Document"), FieldKind.LINK)

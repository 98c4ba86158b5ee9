"""What is done when a function stops: scenario, backup, steps, time to be back."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Continuity(Record):
    """A continuity plan of a function for one scenario."""

    name: str = declare(N_("Plan"), required=True, column=True)
    function: str = declare(
        N_("Function"), FieldKind.REF, ref=("function",), required=True, column=True, width=16
    )
    scenario: str = declare(
        N_("Scenario"), FieldKind.CHOICE, default="provider", column=True, width=20,
        choices={
            "provider": N_("the provider leaves"), "interim": N_("the interim manager leaves"),
            "person": N_("a key person is away"), "chief": N_("the chief executive is away"),
            "tool": N_("a tool is down"), "site": N_("the site is out of use"), "other": N_("other"),
        },
    )  # fmt: skip
    backup: str = declare(
        N_("Backup"), FieldKind.REF, ref=("person", "provider"), column=True, width=18,
        help=N_("Who takes over; not whoever holds the function."),
    )  # fmt: skip
    steps: str = declare(
        N_("Steps"), FieldKind.LONG, help=N_("One a line, ⏎ between two: what is done, by whom.")
    )
    link: str = declare(N_("Link or path"), help=N_("An address, or a path in the shared folder."))
    recovery_hours: int | None = declare(
        N_("Recovery time"), FieldKind.NUMBER, default=None, low=0, column=True, width=8,
        help=N_("Hours to be back by this plan; empty: what the function asks."),
    )  # fmt: skip
    owner: str = declare(N_("Owner"), ref=("person",))
    review_on: date | None = declare(N_("Review due"), FieldKind.DATE, default=None)

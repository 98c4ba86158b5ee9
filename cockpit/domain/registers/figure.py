"""A figure that the company watches, and what it should be."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

TYPED = "typed"
ADDRESS = "address"
COMPUTED = ("sla_kept", "blockers_closed", "open_age", "rituals_held", "meeting_hours")
"""The figures that the cockpit works out itself."""


@dataclass(frozen=True, kw_only=True)
class Figure(Record):
    """One line of the scorecard: what is counted, how often, by whom, and from where on it is red."""

    name: str = declare(N_("Figure"), required=True, column=True)
    unit: str = declare(N_("Unit"), column=True, width=8, help=N_("What follows the number: €, %, days."))
    owner: str = declare(
        N_("Owner"), ref=("person", "provider"), column=True, width=18, help=N_("Who gives it.")
    )
    source: str = declare(
        N_("Comes from"), FieldKind.CHOICE, default=TYPED, column=True, width=18,
        choices={
            TYPED: N_("typed or imported"), ADDRESS: N_("an address of the configuration"),
            "sla_kept": N_("promises kept, in percent"), "blockers_closed": N_("blockers closed"),
            "open_age": N_("median age of open blockers, in days"),
            "rituals_held": N_("rituals held, in percent"),
            "meeting_hours": N_("time spent in rituals, in hours of people"),
        },
    )  # fmt: skip
    cadence: str = declare(
        N_("Every"), FieldKind.CHOICE, default="week", column=True, width=10,
        choices={"week": N_("week"), "month": N_("month"), "quarter": N_("quarter")},
    )  # fmt: skip
    aim: str = declare(
        N_("Should be"), FieldKind.CHOICE, default="none", column=True, width=10,
        choices={
            "none": N_("watched only"), "at_least": N_("at least"), "at_most": N_("at most"),
            "between": N_("between"),
        },
    )  # fmt: skip
    target: float | None = declare(N_("Target"), FieldKind.DECIMAL, default=None, column=True, width=12)
    ceiling: float | None = declare(
        N_("And at most"),
        FieldKind.DECIMAL,
        default=None,
        help=N_("Only for a figure that should be between two."),
    )
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",))
    note: str = declare(N_("Note"), FieldKind.LONG)

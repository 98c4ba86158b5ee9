"""What the chief executive means to get done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.severity import SEVERITIES
from cockpit.locale import N_

PRIORITY_STATUSES: Mapping[str, str] = {
    "open": N_("open"),
    "delegated": N_("delegated"),
    "done": N_("done"),
    "dropped": N_("dropped"),
}


@dataclass(frozen=True, kw_only=True)
class Priority(Record):
    """Something the chief executive means to get done."""

    title: str = declare(N_("Title"), required=True, column=True)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=14)
    owner: str = declare(N_("Owner"), ref=("person", "provider"), column=True, width=12)
    severity: str = declare(
        N_("Severity"), FieldKind.CHOICE, default="p3", choices=SEVERITIES, column=True, width=8
    )
    status: str = declare(
        N_("Status"), FieldKind.CHOICE, default="open", choices=PRIORITY_STATUSES, column=True, width=10
    )
    due: datetime | None = declare(N_("Due"), FieldKind.INSTANT, default=None, column=True, width=12)
    day: date | None = declare(
        N_("Day"), FieldKind.DATE, default=None, help=N_("The day it is one of the three priorities of.")
    )
    picked_by: str = declare(
        N_("Chosen by"), ref=("person",), computed=True,
        help=N_("Whose three of the day it is one of; empty: the chief executive's."),
    )  # fmt: skip
    rank: int = declare(N_("Rank"), FieldKind.NUMBER, default=0, low=0, computed=True)
    carried: int = declare(N_("Carried over"), FieldKind.NUMBER, default=0, low=0, computed=True)
    next_step: str = declare(N_("Next step"))
    waiting_on: tuple[str, ...] = declare(
        N_("Waiting on"), FieldKind.NAMES, default=(), ref=("provider", "person")
    )
    snoozed_until: datetime | None = declare(N_("Snoozed until"), FieldKind.INSTANT, default=None)
    delegated_to: str = declare(N_("Delegated to"), ref=("person", "provider"))
    remind_at: datetime | None = declare(N_("Reminder"), FieldKind.INSTANT, default=None)
    tags: tuple[str, ...] = declare(N_("Tags"), FieldKind.NAMES, default=())
    origin: str = declare(N_("Taken on at"), ref=("occurrence",), help=N_("The meeting it was taken on in."))
    case: str = declare(N_("Sensitive file"))
    spent_minutes: int = declare(N_("Time spent"), FieldKind.NUMBER, default=0, low=0, help=N_("Minutes."))
    note: str = declare(N_("Note"), FieldKind.LONG)
    closed_at: datetime | None = declare(N_("Closed"), FieldKind.INSTANT, default=None, computed=True)

    def is_one_of(self, day: date, who: str) -> bool:
        """Whether it is one of the three of that day of a person; empty for the chief executive."""
        return self.day == day and self.picked_by == who

    def carries(self, today: date) -> int:
        """How often it was carried over, counting the night that is just over."""
        return self.carried + (self.day is not None and self.day < today)

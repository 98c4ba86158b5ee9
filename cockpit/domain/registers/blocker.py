"""What stops work until somebody acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.severity import SEVERITIES
from cockpit.locale import N_

BLOCKER_STATUSES: Mapping[str, str] = {
    "open": N_("open"),
    "waiting": N_("waiting"),
    "to_decide": N_("to be decided"),
    "solved": N_("solved"),
    "refused": N_("refused"),
}
LEVELS: Mapping[str, str] = {
    "0": N_("not escalated"),
    "1": N_("level 1, owner"),
    "2": N_("level 2, provider lead"),
    "3": N_("level 3, chief executive"),
}


@dataclass(frozen=True, kw_only=True)
class Blocker(Record):
    """Something that stops work until somebody acts."""

    title: str = declare(N_("Title"), required=True, column=True)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=14)
    waiting_on: tuple[str, ...] = declare(
        N_("Waiting on"), FieldKind.NAMES, default=(), ref=("provider", "person"), column=True, width=18
    )
    owner: str = declare(N_("Owner"), ref=("person", "provider"), column=True, width=12)
    severity: str = declare(
        N_("Severity"), FieldKind.CHOICE, default="p3", choices=SEVERITIES, column=True, width=8
    )
    status: str = declare(
        N_("Status"), FieldKind.CHOICE, default="open", choices=BLOCKER_STATUSES, column=True, width=10
    )
    since: datetime | None = declare(N_("Since"), FieldKind.INSTANT, default=None)
    due: datetime | None = declare(N_("Due"), FieldKind.INSTANT, default=None)
    sla: str = declare(N_("SLA"), help=N_("Business hours or days allowed, such as `4ho` or `J+1 18h`."))
    sla_started_at: datetime | None = declare(
        N_("SLA started"), FieldKind.INSTANT, default=None, computed=True, told=False
    )
    sla_due: datetime | None = declare(N_("SLA due"), FieldKind.INSTANT, default=None, computed=True)
    sla_until: datetime | None = declare(
        N_("SLA kept until"), FieldKind.INSTANT, default=None, computed=True, told=False,
        help=N_("The last instant that still keeps it: the next opening, when it is due at a closing."),
    )  # fmt: skip
    sla_target_s: int | None = declare(
        N_("SLA target"), FieldKind.DURATION, default=None, computed=True, told=False
    )
    next_step: str = declare(N_("Next step"))
    level: int = declare(N_("Escalation"), FieldKind.CHOICE, default=0, choices=LEVELS)
    snoozed_until: datetime | None = declare(N_("Snoozed until"), FieldKind.INSTANT, default=None)
    delegated_to: str = declare(N_("Delegated to"), ref=("person", "provider"))
    remind_at: datetime | None = declare(N_("Reminder"), FieldKind.INSTANT, default=None)
    blocks: tuple[str, ...] = declare(N_("Blocks"), FieldKind.NAMES, default=(), ref=("blocker",))
    tags: tuple[str, ...] = declare(N_("Tags"), FieldKind.NAMES, default=())
    origin: str = declare(N_("Came up at"), ref=("occurrence",), help=N_("The meeting it came up in."))
    case: str = declare(N_("Sensitive file"))
    spent_minutes: int = declare(N_("Time spent"), FieldKind.NUMBER, default=0, low=0, help=N_("Minutes."))
    note: str = declare(N_("Note"), FieldKind.LONG)
    lesson: str = declare(N_("Lesson"), FieldKind.LONG)
    closed_at: datetime | None = declare(N_("Closed"), FieldKind.INSTANT, default=None, computed=True)

"""A stretch of a day that is kept for a priority. Agendas are only read: nobody else sees it."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Hold(Record):
    """Time that is kept free for one priority."""

    title: str = declare(N_("Title"), required=True, column=True)
    starts_at: datetime | None = declare(
        N_("Held from"), FieldKind.INSTANT, default=None, column=True, width=16
    )
    ends_at: datetime | None = declare(
        N_("Held until"), FieldKind.INSTANT, default=None, column=True, width=16
    )
    priority: str = declare(N_("Priority"), FieldKind.REF, ref=("priority",), column=True, width=8)

"""One morning review: how far it went, what came of it."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Review(Record):
    """A morning review of one person. The next one looks back to where the journal stood at its end."""

    by: str = declare(N_("By"), required=True, column=True, width=16)
    started_at: datetime | None = declare(
        N_("Started"), FieldKind.INSTANT, default=None, column=True, width=16
    )
    ended_at: datetime | None = declare(N_("Ended"), FieldKind.INSTANT, default=None, column=True, width=16)
    upto_seq: int = declare(N_("Journal entry"), FieldKind.NUMBER, default=0, told=False)
    spent_s: int = declare(N_("Seconds spent"), FieldKind.NUMBER, default=0)
    summary: str = declare(N_("Summary"), column=True)

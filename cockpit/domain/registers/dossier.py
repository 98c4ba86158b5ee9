"""A sensitive matter that several records and decisions belong to, with its confidentiality."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Dossier(Record):
    """Blockers, priorities and decisions say its name in their `case`; they are at least as confidential."""

    name: str = declare(N_("Name"), required=True, column=True)
    purpose: str = declare(N_("Purpose"), column=True, width=32)
    members: tuple[str, ...] = declare(
        N_("Members"), FieldKind.NAMES, default=(), ref=("person",), column=True, width=24
    )
    note: str = declare(N_("Note"), FieldKind.LONG)
    closed_at: datetime | None = declare(N_("Closed"), FieldKind.INSTANT, default=None)

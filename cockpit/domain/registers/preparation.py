"""The line that whoever prepares the day writes about one record, for the chief executive."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Preparation(Record):
    """One line and a rank for one record on one day."""

    about: str = declare(N_("About"), required=True, column=True, width=8)
    line: str = declare(N_("Line"), required=True, column=True)
    day: date | None = declare(N_("Day"), FieldKind.DATE, default=None, column=True, width=12)
    rank: int = declare(N_("Rank"), FieldKind.NUMBER, default=0)

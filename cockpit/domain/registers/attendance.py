"""Who was at a ritual's meeting, on time or late. Nobody is ever scored by it."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """One person at one meeting."""

    occurrence: str = declare(N_("Meeting"), FieldKind.REF, ref=("occurrence",), required=True)
    person: str = declare(N_("Person"), ref=("person", "provider"), required=True, column=True)
    expected: bool = declare(N_("Expected"), FieldKind.FLAG, default=True, column=True, width=10)
    present: bool = declare(N_("Present"), FieldKind.FLAG, default=False, column=True, width=10)
    late_minutes: int = declare(N_("Minutes late"), FieldKind.NUMBER, default=0, low=0, column=True, width=10)

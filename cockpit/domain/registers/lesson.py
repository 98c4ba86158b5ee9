"""One line that was learned, so that it is learned once."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Lesson(Record):
    """A lesson, from a blocker, a trial, a drill or an audit."""

    name: str = declare(N_("Lesson"), required=True, column=True)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    origin: str = declare(N_("Comes from"), column=True, width=10, help=N_("Such as B-41 or TL-2."))
    learned_on: date | None = declare(N_("Day"), FieldKind.DATE, default=None, column=True, width=11)
    note: str = declare(N_("Note"), FieldKind.LONG)

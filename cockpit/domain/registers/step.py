"""One line of a handover: what, by whom, for when, done when."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """A step of a handover."""

    name: str = declare(N_("Step"), required=True, column=True)
    handover: str = declare(
        N_("Handover"), FieldKind.REF, ref=("handover",), required=True, column=True, width=22
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    due: date | None = declare(N_("Due"), FieldKind.DATE, default=None, column=True, width=11)
    done_on: date | None = declare(N_("Done"), FieldKind.DATE, default=None, column=True, width=11)

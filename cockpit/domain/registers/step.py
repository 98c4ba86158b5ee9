"""One line of a handover: what, by whom, for when, done when."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Kind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """A step of a handover."""

    name: str = declare(N_("Step"), required=True, column=True)
    handover: str = declare(N_("Handover"), Kind.REF, ref=("handover",), required=True, column=True, width=22)
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    due: date | None = declare(N_("Due"), Kind.DATE, default=None, column=True, width=11)
    done_on: date | None = declare(N_("Done"), Kind.DATE, default=None, column=True, width=11)

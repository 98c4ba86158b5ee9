"""The self-audit of the first day, and each half-year after it."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Selfaudit(Record):
    """A self-audit that was ended: what was found, to be compared with the next one."""

    name: str = declare(N_("Self-audit"), required=True, column=True)
    held_on: date | None = declare(N_("Held"), FieldKind.DATE, default=None, column=True, width=11)
    spent_minutes: int = declare(N_("Minutes"), FieldKind.NUMBER, default=0, column=True, width=8)
    functions: int = declare(N_("Functions"), FieldKind.NUMBER, default=0, column=True, width=10)
    zones: int = declare(N_("Dependency zones"), FieldKind.NUMBER, default=0, column=True, width=10)
    answers: str = declare(
        N_("Answers"),
        FieldKind.LONG,
        computed=True,
        told=False,
        help=N_("By function and question, in JSON."),
    )

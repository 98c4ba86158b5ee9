"""What a post does, does not do, and decides alone."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Scope(Record):
    """The scope of a post, internal or external."""

    name: str = declare(N_("Post"), required=True, column=True)
    holder: str = declare(N_("Holder"), FieldKind.REF, ref=("person", "provider"), column=True, width=18)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    does: str = declare(N_("Does"), FieldKind.LONG)
    does_not: str = declare(N_("Does not"), FieldKind.LONG)
    decides_up_to: int | None = declare(
        N_("Decides up to"), FieldKind.MONEY, default=None, column=True, width=12, help=N_("Alone, in euros.")
    )
    reviewed_on: date | None = declare(N_("Reviewed"), FieldKind.DATE, default=None, column=True, width=11)

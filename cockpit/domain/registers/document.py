"""Where it is written how a thing is done, and whether somebody else could do it with that alone."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """A document by its link, its last review, and the test by a second person."""

    name: str = declare(N_("Title"), required=True, column=True)
    process: str = declare(N_("Process"), FieldKind.REF, ref=("process",), column=True, width=20)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=16)
    link: str = declare(N_("Link or path"), help=N_("An address, or a path in the shared folder."))
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    reviewed_on: date | None = declare(N_("Reviewed"), FieldKind.DATE, default=None, column=True, width=11)
    tested_by: str = declare(
        N_("Tested by"), ref=("person",), help=N_("A second person who did it with this document alone.")
    )
    tested_on: date | None = declare(N_("Tested"), FieldKind.DATE, default=None, column=True, width=11)

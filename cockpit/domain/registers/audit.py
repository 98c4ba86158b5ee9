"""An audit of an outsourced function: four axes of five questions, a verdict, what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

AXES: Mapping[str, str] = {
    "confidentiality": N_("confidentiality"),
    "documentation": N_("documentation"),
    "transmission": N_("capacity to transmit"),
    "continuity": N_("continuity"),
}

VERDICTS: Mapping[str, str] = {
    "open": N_("under way"),
    "sound": N_("sound"),
    "mend": N_("to be mended"),
    "danger": N_("in danger"),
}


@dataclass(frozen=True, kw_only=True)
class Audit(Record):
    """An audit as it stands: begun, or closed with its verdict."""

    name: str = declare(N_("Audit"), required=True, column=True)
    function: str = declare(
        N_("Function"), FieldKind.REF, ref=("function",), required=True, column=True, width=16
    )
    provider: str = declare(N_("Provider"), FieldKind.REF, ref=("provider",))
    held_on: date | None = declare(N_("Held"), FieldKind.DATE, default=None, column=True, width=11)
    answers: str = declare(
        N_("Answers"),
        FieldKind.LONG,
        computed=True,
        told=False,
        help=N_("By question, in JSON: yes, partly, no, unknown."),
    )
    verdict: str = declare(
        N_("Verdict"), FieldKind.CHOICE, default="open", column=True, width=16, choices=VERDICTS
    )
    next_on: date | None = declare(N_("Next audit"), FieldKind.DATE, default=None, column=True, width=11)
    note: str = declare(N_("Note"), FieldKind.LONG)

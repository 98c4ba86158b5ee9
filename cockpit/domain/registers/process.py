"""What a function does, step by step, with who is responsible, accountable, consulted and informed."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.registers.function import criticality
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Process(Record):
    """A process of a function and its RACI: exactly one is accountable."""

    name: str = declare(N_("Name"), required=True, column=True)
    function: str = declare(
        N_("Function"), FieldKind.REF, ref=("function",), required=True, column=True, width=16
    )
    criticality: int = criticality()
    core_value: bool = declare(
        N_("Core value"), FieldKind.FLAG, default=False, help=N_("To be kept in-house."), width=8
    )
    accountable: str = declare(
        N_("A, accountable"), FieldKind.REF, ref=("person",), column=True, width=16,
        help=N_("Exactly one person, who answers for it."),
    )  # fmt: skip
    responsible: tuple[str, ...] = declare(
        N_("R, responsible"), FieldKind.NAMES, default=(), ref=("person", "provider"), column=True, width=20,
        help=N_("Who does it."),
    )  # fmt: skip
    consulted: tuple[str, ...] = declare(
        N_("C, consulted"), FieldKind.NAMES, default=(), ref=("person", "provider"), help=N_("Asked before.")
    )
    informed: tuple[str, ...] = declare(
        N_("I, informed"), FieldKind.NAMES, default=(), ref=("person", "provider"), help=N_("Told after.")
    )
    coordinator: str = declare(
        N_("Coordinator"),
        FieldKind.REF,
        ref=("person",),
        help=N_("Where two are responsible: who holds it together."),
    )
    steps: str = declare(N_("Steps"), FieldKind.LONG, help=N_("In short; the document says the rest."))
    signed_at: datetime | None = declare(
        N_("Signed"), FieldKind.INSTANT, default=None, computed=True,
        help=N_("When the chief executive last vouched for it as it stands; each year for a key process."),
    )  # fmt: skip
    signed_by: str = declare(N_("Signed by"), ref=("person",), computed=True)

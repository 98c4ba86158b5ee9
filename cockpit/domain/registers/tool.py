"""A tool, what it is used for, and whether it talks to the others."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Tool(Record):
    """A tool of the company: usage, processes it serves, interoperability."""

    name: str = declare(N_("Tool"), required=True, column=True)
    usage: str = declare(
        N_("Usage"), column=True, width=18, help=N_("Messages, documents, accounting, payroll…")
    )
    processes: tuple[str, ...] = declare(
        N_("Processes"), FieldKind.NAMES, default=(), ref=("process",), column=True, width=22
    )
    owner: str = declare(N_("Owner"), ref=("person",), column=True, width=16)
    provider: str = declare(N_("Provider"), FieldKind.REF, ref=("provider",))
    interoperability: str = declare(
        N_("Interoperability"), FieldKind.CHOICE, default="unknown", column=True, width=14,
        choices={
            "unknown": N_("not looked at"), "none": N_("nothing comes out"), "export": N_("file export"),
            "api": N_("API or standard feed"),
        },
    )  # fmt: skip
    personal_data: bool = declare(N_("Personal data"), FieldKind.FLAG, default=False)
    yearly_cost: int | None = declare(N_("Yearly cost"), FieldKind.MONEY, default=None)

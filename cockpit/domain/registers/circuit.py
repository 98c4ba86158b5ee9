"""Who decides in a domain, up to what amount, within what delay, and who is asked at each level."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Circuit(Record):
    """A decision circuit with its escalation ladder."""

    name: str = declare(N_("Domain"), required=True, column=True)
    functions: tuple[str, ...] = declare(
        N_("Functions"), FieldKind.NAMES, default=(), ref=("function",), column=True, width=20,
        help=N_("Empty: every function without a circuit of its own."),
    )  # fmt: skip
    threshold: int | None = declare(
        N_("Up to"),
        FieldKind.MONEY,
        default=None,
        column=True,
        width=12,
        help=N_("Above, the chief executive."),
    )
    decider: str = declare(N_("Decides"), ref=("person",), column=True, width=16)
    deputy: str = declare(N_("Deputy"), ref=("person",))
    max_delay: str = declare(
        N_("Within"), column=True, width=10, help=N_("Business hours or days, such as 8ho or J+2 18h.")
    )
    approves_own: bool = declare(
        N_("Approves their own"), FieldKind.FLAG, default=False,
        help=N_("Whoever decides may also approve what they submitted themselves."),
    )  # fmt: skip
    level_1: str = declare(N_("Level 1, owner"), ref=("person",), help=N_("Empty: the blocker's owner."))
    level_2: str = declare(
        N_("Level 2, provider lead"), ref=("person", "provider"), help=N_("Empty: the provider waited for.")
    )
    level_3: str = declare(N_("Level 3, chief executive"), ref=("person",), help=N_("Empty: you."))
    steps: str = declare(
        N_("Proposed at"), default="50,75,100", help=N_("Percentages of the target for the three levels.")
    )

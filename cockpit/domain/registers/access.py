"""Who may enter which system, and where the secret lives; never the secret itself."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Access(Record):
    """An access that somebody holds to a system."""

    name: str = declare(N_("System"), required=True, column=True)
    holder: str = declare(
        N_("Holder"), FieldKind.REF, ref=("person", "provider"), required=True, column=True, width=18
    )
    level: str = declare(
        N_("Level"), FieldKind.CHOICE, default="user", column=True, width=11,
        choices={"read": N_("read only"), "user": N_("user"), "admin": N_("administrator")},
    )  # fmt: skip
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",))
    tool: str = declare(N_("Tool"), FieldKind.REF, ref=("tool",))
    shared: bool = declare(
        N_("Shared account"), FieldKind.FLAG, default=False, help=N_("Several people enter under one name.")
    )
    second_admin: str = declare(
        N_("Second administrator"), FieldKind.REF, ref=("person", "provider"), column=True, width=18
    )
    vault: str = declare(
        N_("Where the secret lives"), help=N_("The vault and the name of the entry, never the secret.")
    )
    granted_on: date | None = declare(N_("Granted"), FieldKind.DATE, default=None)
    reviewed_on: date | None = declare(N_("Reviewed"), FieldKind.DATE, default=None, column=True, width=11)
    revoked_on: date | None = declare(N_("Revoked"), FieldKind.DATE, default=None)

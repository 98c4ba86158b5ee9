"""A meeting that comes back."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Ritual(Record):
    """A meeting that comes back, matched with the agenda by its words and its hour."""

    name: str = declare(N_("Name"), required=True, column=True)
    kind: str = declare(
        N_("Kind"),
        FieldKind.CHOICE,
        default="other",
        choices={
            "kickoff": N_("weekly kick-off"),
            "flash": N_("flash point"),
            "review": N_("priority review"),
            "providers": N_("provider review"),
            "informal": N_("informal moment"),
            "drill": N_("restore drill"),
            "other": N_("other"),
        },
        column=True,
        width=16,
    )
    rule: str = declare(
        N_("When"),
        required=True,
        column=True,
        width=24,
        help=N_("Such as `mon 08:30`, `mon-fri 11:45`, `every 2 weeks fri 16:30`, `monthly 15 09:00`."),
    )
    minutes: int = declare(N_("Minutes"), FieldKind.NUMBER, default=30, low=1, high=600, column=True, width=8)
    members: tuple[str, ...] = declare(N_("Members"), FieldKind.NAMES, default=(), ref=("person",))
    matches: str = declare(
        N_("Words in the agenda"), help=N_("Words of the event's title; empty uses the ritual's name.")
    )
    steps: str = declare(
        N_("Steps"), FieldKind.STEPS,
        help=N_("One a line, its kind before a colon: `blockers: Hot ones 12`; empty follows the kind."),
    )  # fmt: skip
    channels: tuple[str, ...] = declare(
        N_("Channels"),
        FieldKind.NAMES,
        default=(),
        help=N_("Keys of [[channel]] entries that get agenda and minutes."),
    )
    starts_on: date | None = declare(N_("Start"), FieldKind.DATE, default=None)

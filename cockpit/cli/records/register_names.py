"""The registers as an argument of a command: by their name, or in the plural as one says it."""

from __future__ import annotations

import click

from cockpit.domain.records.record import Register
from cockpit.domain.registers import ORGANISATION, REGISTERS

_OWN = ("person", "policy", "process", "access", "continuity")
"""Registers whose plural is not the name and an s."""
PLURALS = {
    "people": "person",
    "policies": "policy",
    **{f"{name}s": name for name in ORGANISATION if name not in _OWN},
    "processes": "process",
    "accesses": "access",
    "continuities": "continuity",
}
NAMES = click.Choice([*ORGANISATION, *PLURALS])
ALL = "all"
NAMES_OR_ALL = click.Choice([ALL, *ORGANISATION, *PLURALS])


def named(name: str) -> Register:
    """The register that an argument means."""
    return REGISTERS[PLURALS.get(name, name)]


def several(name: str) -> list[Register]:
    """The same, or every register of the organisation."""
    return [REGISTERS[each] for each in ORGANISATION] if name == ALL else [named(name)]

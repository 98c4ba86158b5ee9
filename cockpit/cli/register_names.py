"""The registers as an argument of a command: by their name, or in the plural as one says it."""

from __future__ import annotations

import click

from cockpit.domain.record import Register
from cockpit.domain.registers import ORGANISATION, REGISTERS

PLURALS = {
    "functions": "function",
    "people": "person",
    "providers": "provider",
    "contracts": "contract",
    "policies": "policy",
    "circuits": "circuit",
    "rituals": "ritual",
    "decisions": "decision",
    "dossiers": "dossier",
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

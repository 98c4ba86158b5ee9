"""Finding records by their words, accents folded, across every register."""

from __future__ import annotations

from cockpit.domain.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.services.workspace import Workspace
from cockpit.store import records

EACH = 8
"""Answers of one register at most, so that none hides the others."""


def find(workspace: Workspace, words: str) -> list[tuple[Register, Record]]:
    """Records in which every word begins some word; a code alone finds its record first."""
    found: list[tuple[Register, Record]] = []
    for register in REGISTERS.values():
        if register.name == "occurrence":
            continue
        exact = records.get(workspace.conn, register, words.strip())
        if exact is not None:
            found.insert(0, (register, exact))
        found += [
            (register, record)
            for record in records.search(workspace.conn, register, words, EACH)
            if exact is None or record.code != exact.code
        ]
    return found

"""Finding records by their words, accents folded, across every register."""

from __future__ import annotations

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import clean, fold
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records

EACH = 8
"""Answers of one register at most, so that none hides the others."""


def find(workspace: Workspace, words: str) -> list[tuple[Register, Record]]:
    """Records in which every word begins some word; a code alone finds its record first."""
    words = clean(words)
    wanted = fold(words)
    named = [code for code, name in workspace.names().items() if wanted and wanted in fold(name)][:EACH]
    found: list[tuple[Register, Record]] = []
    for register in REGISTERS.values():
        if register.name == "occurrence":
            continue
        exact = records.get(workspace.conn, register, words.strip())
        if exact is not None:
            found.insert(0, (register, exact))
        # Records hold the codes of whom they wait for: a name finds them through its code.
        hits = [*records.search(workspace.conn, register, words, EACH)]
        for code in named:
            hits += records.search(workspace.conn, register, code, EACH)
        seen = {exact.code} if exact is not None else set()
        for record in hits:
            if record.code not in seen:
                seen.add(record.code)
                found.append((register, record))
    return found

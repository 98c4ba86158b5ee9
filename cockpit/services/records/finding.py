"""Finding records by their words, accents folded, across every register."""

from __future__ import annotations

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.domain.text import clean, fold
from cockpit.services.desk.workspace import Workspace
from cockpit.store import full_text, records

EACH = 8
"""Answers of one register at most, so that none hides the others."""


def find(workspace: Workspace, words: str) -> list[tuple[Register, Record]]:
    """Records in which every word begins some word; a code alone finds its record first."""
    words = clean(words)
    wanted = fold(words)
    named = [code for code, name in workspace.names().items() if wanted and wanted in fold(name)][:EACH]
    exact = _exact(workspace, words.strip())
    hits = full_text.search(workspace.conn, words, EACH)
    # Records hold the codes of whom they wait for: a name finds them through its code.
    for code in named:
        for kind, codes in full_text.search(workspace.conn, code, EACH).items():
            hits.setdefault(kind, []).extend(codes)
    found = [] if exact is None else [exact]
    for register in REGISTERS.values():
        if register.name != "occurrence" and register.name in hits:
            codes = [
                code for code in dict.fromkeys(hits[register.name]) if not exact or code != exact[1].code
            ]
            records_found = records.by_codes(workspace.conn, register, codes)
            # That a word leads to a record tells that it holds it: in a room, what is hidden is not found.
            found += [(register, record) for record in records_found if not workspace.hides(record)]
    return found


def _exact(workspace: Workspace, code: str) -> tuple[Register, Record] | None:
    register = register_of(code.upper())
    if register is None or register.name == "occurrence":
        return None
    record = records.get(workspace.conn, register, code)
    return None if record is None else (register, record)

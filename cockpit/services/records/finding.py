"""Finding records by their words, accents folded, across every register."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.domain.text import clean, fold
from cockpit.services.desk.workspace import Workspace
from cockpit.store import full_text, records

_SHORTEST, _LIKE, _RECENT = 4, 0.75, 400
"""Letters of a word that is put right, how much of it must stand, and titles of each register that are looked at."""
EACH = 8
"""Answers of one register at most, so that none hides the others."""


def find(workspace: Workspace, words: str) -> list[tuple[Register, Record]]:
    """Records in which every word begins some word; a code alone finds its record first.

    Where none does, each word stands for the one most like it in names and titles: `balnce` finds a balance.
    """
    words = clean(words)
    found = _found(workspace, words)
    if found or not words.strip():
        return found
    meant = _corrected(workspace, words)
    return _found(workspace, meant) if meant else []


def _corrected(workspace: Workspace, words: str) -> str:
    """The words that were probably meant; empty where one of them is like none."""
    import difflib

    known: dict[str, None] = {}
    for text in (*workspace.names().values(), *_titles(workspace)):
        known.update(dict.fromkeys(word for word in re.findall(r"\w+", fold(text)) if len(word) >= _SHORTEST))
    meant = []
    for word in re.findall(r"\w+", fold(words)):
        close = difflib.get_close_matches(word, known, 1, _LIKE) if len(word) >= _SHORTEST else [word]
        meant += close
        if not close:
            return ""
    return " ".join(meant)


def _titles(workspace: Workspace) -> Iterator[str]:
    for table in ("blocker", "priority", "decision"):
        rows = workspace.conn.execute(f"SELECT title FROM {table} ORDER BY number DESC LIMIT ?", (_RECENT,))
        yield from (row["title"] or "" for row in rows)


def _found(workspace: Workspace, words: str) -> list[tuple[Register, Record]]:
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

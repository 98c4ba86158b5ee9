"""Every field of a register is read by something that a person sees, beside the form and the table that show all.

A field that nothing reads is typed for nobody: it gets a reader, or goes, or says below for whom it is written down.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import cockpit
from cockpit.domain.registers import REGISTERS
from tests.hygiene.parsed import SOURCES, tree

ROOT = Path(cockpit.__file__).parent
GENERIC = (
    "domain/registers/",
    "store/",
    "locale/",
    "services/demo/",
    "services/spreadsheets/",
    "services/changes/soundness",
)
"""What declares, stores, copies or checks fields without saying anything of them."""
EVERYWHERE = frozenset({"conf", "note"})
"""Of every record: shown on its page and in its sheet, whatever it is."""
DESCRIPTIVE: Mapping[str, str] = {
    "dossier.purpose": "what a sensitive file is for, read on its page by whoever takes it up",
    "dossier.members": "who may be told of it: for whoever opens the file to know, nobody is let in by it",
    "measure.given_by": "who answers for a value of the scorecard, looked up when it is doubted",
    "feedback.given_by": "who gave a mark, looked up when it is doubted; never told of anybody, nor scored",
    "clock.pause_note": "the last of the words of its events, which its page tells one by one",
    "review.spent_s": "in the summary of the review in words, which is what its history tells",
    "release.period": "the month that a handed out document tells of, which its name says too",
    "closing.head_seq": "how far the journal went when a month was closed: what its seal is checked against",
    "closing.reopened_why": "why a closed month was opened again, read on its page",
}
"""What is only read on the page of the record, by whoever opens it, and why that is enough."""


@cache
def _files() -> tuple[tuple[str, frozenset[str], str], ...]:
    """Of each file that is not generic: its path, the names it reads, its text."""
    found = []
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(GENERIC):
            found.append((name, frozenset(_read(tree(path))), path.read_text(encoding="utf-8")))
    return tuple(found)


def _read(tree: ast.AST) -> Iterator[str]:
    """The names that are asked of something: attributes, columns of a query, keys of a row; not what is written."""
    written = {
        id(key)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if key is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in written:
            yield from re.findall(r"[a-z][a-z_0-9]*", node.value)


def readers(register: str, field: str) -> list[str]:
    """The files that read a field and know that register."""
    kind = REGISTERS[register].type.__name__
    knows = re.compile(rf"\b({register}|{kind})s?\b")
    return [name for name, read, text in _files() if field in read and knows.search(text)]


FIELDS = [
    f"{register.name}.{field.name}"
    for register in REGISTERS.values()
    for field in register.fields
    if field.name not in EVERYWHERE and field.name != register.subject
]


@pytest.mark.parametrize("register", REGISTERS)
def test_every_field_is_read_by_something_that_a_person_sees(register: str) -> None:
    unread = [
        field
        for field in FIELDS
        if field.startswith(f"{register}.") and field not in DESCRIPTIVE
        if not readers(register, field.partition(".")[2])
    ]
    assert unread == [], "typed for nobody: give it a reader, take it away, or say above for whom it is"


def test_what_is_descriptive_exists_and_says_why() -> None:
    assert DESCRIPTIVE.keys() <= set(FIELDS)
    assert all(DESCRIPTIVE.values())


def test_a_field_that_is_only_written_has_no_reader() -> None:
    assert set(_read(ast.parse("save({'lead': 1}, given=2)"))) == {"save"} - {"save"}
    assert set(_read(ast.parse("x.lead"))) == {"lead"}
    assert "lead" in set(_read(ast.parse("run('SELECT lead FROM contract')")))

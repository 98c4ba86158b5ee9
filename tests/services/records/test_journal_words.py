"""The journal as a person reads it: words in their language for every kind of entry, never a program's."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import cockpit
from cockpit import locale
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, history
from tests.services.records.every_field import add_full

ACTION = re.compile(r"(?:\{\}|[a-z]+)\.(\{\}|[a-z_]+)")
WRITES = frozenset({"add", "change", "change_all", "_change", "_write", "stamp", "Stamp", "_say"})
"""The calls that an entry's action is given to."""
NAMED_LATER = frozenset({"{}"})
"""An action whose last word is a kind of mark: those are in `MARKS`."""
MARKS = frozenset({"acknowledged", "muted", "problem", "manual", "exchange"})


def written(call: ast.Call) -> list[str]:
    """The texts among the arguments of a call, what is filled in being `{}`."""
    found = []
    for each in (*call.args, *(word.value for word in call.keywords)):
        for part in ast.walk(each) if isinstance(each, ast.BoolOp | ast.IfExp) else (each,):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                found.append(part.value)
            elif isinstance(part, ast.JoinedStr):
                found.append(
                    "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in part.values)
                )
    return found


def actions() -> set[str]:
    """The last word of every action that the code writes into the journal."""
    found = set()
    for path in Path(cockpit.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WRITES:
                found |= {said[1] for said in map(ACTION.fullmatch, written(node)) if said}
    return found


def test_every_action_that_is_journaled_has_its_verb() -> None:
    found = actions()
    assert {"pause", "receive", "close", "{}"} <= found
    assert found - NAMED_LATER | MARKS <= history.VERBS.keys()


@pytest.mark.parametrize("action", sorted(history.VERBS))
def test_every_verb_has_its_french(action: str) -> None:
    locale.use("fr")
    assert locale._(history.VERBS[action]) != history.VERBS[action]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.name)
def test_whatever_changes_is_told_in_words(workspace: Workspace, register: Register, language: str) -> None:
    locale.use(language)
    code = add_full(workspace, register)
    _found, record = find.find(workspace, code)
    json_in = {field.name: json.dumps({"a_b": 1}) for field in register.fields if not field.told}
    texts = {name: value for name, value in json_in.items() if isinstance(getattr(record, name), str)}
    tokens = {field.name: next(iter(field.choices)) for field in register.fields if field.choices}
    values = {name: int(token) if token.isdigit() else token for name, token in tokens.items()}
    workspace.change(register, record, {**texts, **values}, f"{register.name}.unheard_of")
    for change in history.history(workspace, register, record):
        said = f"{change.verb} {change.what}"
        assert "{" not in said
        assert not re.search(r"\b[a-z]+[._][a-z_]+\b", said), said
        assert change.verb in {locale._(verb) for verb in history.VERBS.values()}


def test_what_has_no_name_is_named_by_what_it_is_about(workspace: Workspace) -> None:
    ritual = workspace.add(REGISTERS["ritual"], {"name": "Point flash", "rule": "mon 11:45"})
    planned = workspace.now()
    meeting = workspace.add(REGISTERS["occurrence"], {"ritual": ritual, "planned_at": planned}, "ritual.held")
    contract = workspace.add(REGISTERS["contract"], {"name": "Paie"})
    seen = workspace.add(
        REGISTERS["mark"], {"kind": "acknowledged", "alert": f"notice:{contract}:2026-12-01@2000", "reason": "vu"},
        "alert.acknowledged",
    )  # fmt: skip
    said = {each.code: each.what for each in history.recent(workspace)}
    assert said[meeting].startswith("Point flash · ")
    assert said[seen] == "vu · Paie"

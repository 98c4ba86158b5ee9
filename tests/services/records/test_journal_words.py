"""The journal as a person reads it: words in their language for every kind of entry, never a program's."""

from __future__ import annotations

import json
import re

import pytest

from cockpit import locale
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, history
from tests.services.records.every_field import add_full


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

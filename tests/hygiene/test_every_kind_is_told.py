"""Whoever adds an action that is journaled gives it its verb; whoever adds an alert, the deed that makes it go."""

from __future__ import annotations

import ast
import re

import pytest

from cockpit import locale
from cockpit.domain.alerts.alerts import Alert, Many
from cockpit.services.records import history
from tests.hygiene.parsed import SOURCES, tree
from tests.services.alerts import test_satisfied as walk

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
    for path in SOURCES:
        for node in ast.walk(tree(path)):
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


def test_every_kind_of_alert_is_walked() -> None:
    known = {kind.KIND for kind in walk.every_kind(Alert) if kind is not Many and "KIND" in vars(kind)}
    assert known == walk.CASES.keys() | walk.OF_SOURCES

"""A company that has one record of level 3 in every register, with one word in all of its texts."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from graphlib import TopologicalSorter

from cockpit.domain.records.record import FieldKind, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace

WORD = "Zorglub"
CENTS = 743420
"""The amount of each record."""
_WORDS = {FieldKind.TEXT, FieldKind.LONG, FieldKind.LINK, FieldKind.NAMES}
_VALID = {
    "rule": "mon 08:30", "events": "[]", "pause": "", "target": "4ho", "sla": "4ho", "warn": "75,90",
    "steps": "", "starts_on": None, "status_source": WORD, "period": "", "digest": "x", "origin": "x",
    "agenda": json.dumps([{"code": "B-1", "question": WORD}]), "alert": "", "source": "",
}  # fmt: skip
ORDER = tuple(
    TopologicalSorter(
        {
            r.name: {name for field in r.fields for name in field.ref if name != r.name}
            for r in REGISTERS.values()
        }
    ).static_order()
)
"""Each register after those that its fields refer to."""


def is_told(text: str) -> bool:
    """Whether a text holds the word or the amount, however it is written."""
    return WORD.lower() in text.lower() or re.search(r"\b7[\s,.\u202f\u00a0]?434\b", text) is not None


def secret_values(workspace: Workspace, register: Register) -> dict[str, Value]:
    """A record of that register with the word in each of its texts."""
    values: dict[str, Value] = {"conf": 3}
    for field in register.fields:
        if field.name in _VALID and field.kind not in (FieldKind.DATE, FieldKind.DECIMAL):
            values[field.name] = _VALID[field.name]
        elif field.kind is FieldKind.NAMES:
            values[field.name] = (WORD,)
        elif field.kind in _WORDS and not field.computed:
            values[field.name] = (
                f"https://{WORD}.example" if field.kind is FieldKind.LINK else f"{WORD} {field.name}"
            )
        elif field.kind is FieldKind.MONEY:
            values[field.name] = CENTS
        elif field.kind in (FieldKind.DATE, FieldKind.DECIMAL) and field.required:
            values[field.name] = workspace.today() if field.kind is FieldKind.DATE else CENTS / 100
        elif field.kind is FieldKind.REF and field.required:
            values[field.name] = f"{REGISTERS[field.ref[0]].prefix}-1"
    return values | _that_happens(workspace, register)


def _that_happens(workspace: Workspace, register: Register) -> dict[str, Value]:
    """What has it seen by the rules: late, asked for, planned."""
    values: dict[str, Value] = {}
    now = workspace.clock()
    if register.name == "occurrence":
        values["planned_at"] = now + timedelta(hours=1)
    if register.name == "blocker":
        values |= {"severity": "p1", "since": now - timedelta(days=9)}
    if register.name == "clock":
        values |= {"blocker": "B-1", "started_at": now, "due": now + timedelta(hours=1), "target_s": 3600}
        opened = {"at": now.isoformat(), "kind": "opened", "author": WORD}
        values["events"] = json.dumps([{**opened, "data": {"target": "4ho", "calendar": "0"}}])
        values["until"] = values["due"]
    if register.name == "escalation":
        values |= {"blocker": "B-1", "answer_by": now - timedelta(hours=1)}
    if register.name == "hold":
        values |= {"starts_at": now + timedelta(hours=2), "ends_at": now + timedelta(hours=3)}
    if register.name == "preparation":
        values |= {"about": "B-1", "day": workspace.today()}
    return values


def fill(workspace: Workspace) -> None:
    """Every register, and beside them a blocker and a priority of level 1 that refer to what is hidden."""
    for name in ORDER:
        workspace.add(REGISTERS[name], secret_values(workspace, REGISTERS[name]))
    plain: dict[str, Value] = {"title": "Plain blocker", "waiting_on": ("PR-1", "PE-1"), "owner": "PE-1"}
    old = workspace.clock() - timedelta(days=9)
    workspace.add(REGISTERS["blocker"], {**plain, "function": "FN-1", "severity": "p1", "since": old})
    workspace.add(REGISTERS["priority"], {"title": "Plain priority", "function": "FN-1", "owner": "PE-1"})

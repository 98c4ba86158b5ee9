"""A record that a file brings: what a typed line would have beside what the file says, and the clocks it starts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cockpit.domain.records.record import Register, Value
from cockpit.services.changes.edit import CLOSED
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records import sensitive_files


def as_typed(
    workspace: Workspace, register: Register, values: Mapping[str, Value], told: Collection[str]
) -> dict[str, Value]:
    """The values of a new record as if its line had been typed.

    A file without a column of owners leaves blockers and priorities to the person at the keyboard; `told` holds the
    fields that it has a column for. A blocker stops work since now where nothing says since when, and waits where it
    says for whom. What is closed already is closed now. Raises `sensitive_files.UnknownFile`.
    """
    full = dict(values)
    if register.name not in ("blocker", "priority"):
        return full
    if "owner" not in told:
        full["owner"] = workspace.me
    if register.name == "blocker":
        full.setdefault("since", workspace.clock())
        full.setdefault("status", "waiting" if values.get("waiting_on") else "open")
    if full.get("status") in CLOSED:
        full["closed_at"] = workspace.clock()
    return sensitive_files.within(workspace, full)


def changes(
    workspace: Workspace, register: Register, code: str, values: Mapping[str, Value]
) -> list[clocks.RecordChange]:
    """The new record that will have that code, and the clocks of its promises; what is closed starts none."""
    if register.name == "blocker" and not values.get("closed_at"):
        return clocks.with_new(workspace, code, values)
    return [(register, None, values)]

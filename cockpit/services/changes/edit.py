"""A record is added, edited or archived, with what the change asks of other records. Each call is one undo."""

from __future__ import annotations

from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.report import Report
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks, expected
from cockpit.services.records.find import find
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

CLOSED = frozenset({"solved", "refused", "done", "dropped"})
"""Statuses that end a blocker or a priority."""


def archiving(workspace: Workspace, register: Register, found: Record) -> list[clocks.RecordChange]:
    """The changes that take a record out of every list. Raises NotPossible for what waits for an answer."""
    if isinstance(found, Approval) and found.closed_at is None:
        raise NotPossible(found.code, _("it waits for an answer: withdraw it (o) first"))
    return _changes(workspace, register, found, {"archived_at": workspace.clock()})


def add(
    workspace: Workspace, register: Register, values: dict[str, Value], action: str = "", reason: str = ""
) -> str:
    """Make a record that was typed in; its code. Raises Unsound when it does not hold together."""
    from cockpit.services.changes import soundness

    soundness.refuse(workspace, register, None, values)
    return workspace.add(register, values, action, reason)


def edit(workspace: Workspace, code: str, values: dict[str, Value], reason: str = "") -> list[JournalEntry]:
    """Other values for some fields. A decision is never edited: raises NotPossible.

    A status that ends the record closes it, another one opens it again. Raises Unsound for what does not
    hold together, and MapIncomplete for a function that leaves the house too early, unless a reason is given.
    """
    from cockpit.services.changes import outsourcing_gate, soundness

    register, found = find(workspace, code)
    workspace.may_change(found)
    soundness.refuse(workspace, register, found, values)
    outsourcing_gate.check(workspace, [(register, found, values)], reason)
    with transaction(workspace.conn):
        changed = workspace.change_all(
            edits(workspace, register, found, values), f"{register.name}.edit", reason
        )
        return after_edits(workspace, register, changed)


def edits(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value]
) -> list[clocks.RecordChange]:
    """An edit of one record, and what it asks of others. Raises NotPossible for what is never edited."""
    if not register.editable:
        if register.name == "decision":
            raise NotPossible(found.code, _("a decision is never edited: write the one that replaces it"))
        raise NotPossible(found.code, _("it says what happened: it is not edited"))
    if isinstance(found, Blocker | Priority) and "status" in values:
        closed = values["status"] in CLOSED
        values = {**values, "closed_at": (found.closed_at or workspace.clock()) if closed else None}
    if isinstance(found, Dossier):
        return _of_dossier(workspace, found, values)
    if "case" in values or "conf" in values:
        values = _within(workspace, found, values)
    return _changes(workspace, register, found, values)


def after_edits(workspace: Workspace, register: Register, changed: list[JournalEntry]) -> list[JournalEntry]:
    """Hours that changed move what is due after them now, not at the next tidying."""
    if changed and register.name in ("contract", "person", "policy", "report"):
        from cockpit.services.promises import sweep

        sweep.sweep(workspace)
    return changed


def _within(workspace: Workspace, found: Record, values: dict[str, Value]) -> dict[str, Value]:
    """A record of a sensitive file is never less confidential than it."""
    from cockpit.services.records import sensitive_files

    case, conf = getattr(found, "case", ""), found.conf
    bounded = sensitive_files.within(workspace, {"case": case, "conf": conf, **values}, case)
    return {
        name: value for name, value in bounded.items() if name in values or value != getattr(found, name, "")
    }


def _of_dossier(workspace: Workspace, found: Dossier, values: dict[str, Value]) -> list[clocks.RecordChange]:
    from cockpit.services.records import sensitive_files

    changes: list[clocks.RecordChange] = []
    for register, record, moved in sensitive_files.raised(workspace, found, values):
        changes += _changes(workspace, register, record or found, moved)
    return changes


def _change(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value], action: str
) -> list[JournalEntry]:
    """A record and, for a blocker, its clocks: one batch, so that one undo takes back both."""
    with transaction(workspace.conn):
        changes = _changes(workspace, register, found, values)
        return workspace.change_all(changes, action or f"{register.name}.edit")


def _changes(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value]
) -> list[clocks.RecordChange]:
    if isinstance(found, Blocker):
        return clocks.with_changed(workspace, found, values)
    if isinstance(found, Report):
        return expected.with_changed(workspace, found, values)
    return [(register, found, values)]

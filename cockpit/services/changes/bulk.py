"""What is done to several records at once: one change of the journal, so that one undo takes it all back."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.domain.records.record import FieldKind, Record, Register, Value
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.changes import edit, outsourcing_gate, references, soundness
from cockpit.services.desk import refusal
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records import find
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

_OWN = frozenset({"ended_on", "end_reason", "revoked_on", "done_on", "answers", "closed_at"})
"""What happened to one record and not to its copy."""


def edit_all(
    workspace: Workspace, codes: Sequence[str], values: dict[str, Value], reason: str = ""
) -> list[JournalEntry]:
    """The same values for several records of one register: all of them, or none. Raises as `work.edit` does."""
    found = [find.find(workspace, code) for code in dict.fromkeys(codes)]
    if not found:
        return []
    register = found[0][0]
    known = soundness.known_of(workspace, register)
    for each, record in found:
        doubts = tuple(d for d in soundness.judge(workspace, each, record, values, known) if d.refused)
        if doubts:
            raise soundness.Unsound(doubts, record.code if len(found) > 1 else "")
        known.note(each, record.code, {**{f.name: getattr(record, f.name) for f in each.fields}, **values})
    outsourcing_gate.check(workspace, [(each, record, values) for each, record in found], reason)
    with transaction(workspace.conn):
        changes: list[clocks.RecordChange] = []
        for each, record in found:
            changes += edit.edits(workspace, each, record, values)
        changed = workspace.change_all(changes, f"{register.name}.edit", reason)
        return edit.after_edits(workspace, register, changed)


def archive_all(workspace: Workspace, codes: Sequence[str], to: str = "") -> list[JournalEntry]:
    """Several records out of every list; `to` takes their place in whatever refers to them.

    Raises `references.CannotReplace`.
    """
    gone = tuple(dict.fromkeys(codes))
    found = [find.find(workspace, code) for code in gone]
    if not found:
        return []
    if to and (to in gone or find.find(workspace, to)[1].archived_at is not None):
        raise references.CannotReplace(
            _("{code} is archived, or about to be: choose another").format(code=to)
        )
    with transaction(workspace.conn):
        changes = references.moved(workspace, gone, to) if to else []
        for register, record in found:
            changes += edit.archiving(workspace, register, record)
        changed = workspace.change_all(changes, f"{found[0][0].name}.archive")
        return edit.after_edits(workspace, found[0][0], changed) if to else changed


def restore_all(workspace: Workspace, codes: Sequence[str]) -> list[JournalEntry]:
    """Archived records are back in the lists. Raises Unsound where a name was taken meanwhile."""
    found = [find.find(workspace, code) for code in dict.fromkeys(codes)]
    changes: list[tuple[Register, Record | None, dict[str, Value]]] = []
    for register, record in found:
        taken = soundness.taken(workspace, register, record)
        if taken:
            raise soundness.Unsound(taken, record.code)
        changes.append((register, record, {"archived_at": None}))
    return workspace.change_all(changes, f"{found[0][0].name}.restore") if changes else []


def duplicate(workspace: Workspace, code: str, name: str) -> str:
    """A copy of a record under another name; its code. The journal says what it was copied from."""
    register, found = find.find(workspace, code)
    name = clean(name)
    if not register.editable or register.subject != "name":
        raise refusal.NotPossible(code, _("records of this kind are not copied"))
    if not name:
        raise WrongValue(_("a value is needed here"))
    values: dict[str, Value] = {
        f.name: None if f.kind is FieldKind.REF and not value else value
        for f in register.fields
        if f.name not in _OWN and not f.computed
        for value in (getattr(found, f.name),)
    }
    return edit.add(workspace, register, {**values, "name": name}, f"{register.name}.copy", found.code)

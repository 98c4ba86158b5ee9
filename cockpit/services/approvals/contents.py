"""What an approval is of, and whether that is still what it was."""

from __future__ import annotations

from cockpit.domain.approvals.content import Wording, content_of
from cockpit.domain.records.record import Record
from cockpit.domain.registers import register_of
from cockpit.domain.registers.approval import Approval
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import keyed
from cockpit.store import records


def sealed(workspace: Workspace, title: str, amount: int | None, note: str, about: str) -> str:
    """The digest of the content as it is now, with what tells the key that made it. Raises OSError without one."""
    keyed.make_key(workspace)
    return _sealed(workspace, title, amount, note, about)


def of_approval(workspace: Workspace, found: Approval) -> str:
    """The digest of what it is about now; empty without a key."""
    return _sealed(workspace, found.title, found.amount, found.note, found.about)


def wording(workspace: Workspace, found: Approval) -> Wording:
    """Whether what was submitted, or answered, is still what it was."""
    kept, now = found.content, of_approval(workspace, found)
    if found.about and _record(workspace, found.about) is None:
        return Wording.GONE
    if not now or kept.partition(":")[0] != now.partition(":")[0]:
        return Wording.UNPROVEN
    return Wording.SAME if keyed.same(kept, now) else Wording.CHANGED


def _sealed(workspace: Workspace, title: str, amount: int | None, note: str, about: str) -> str:
    register = register_of(about) if about else None
    text = content_of(title, amount, note, register, _record(workspace, about))
    name = keyed.key_name(workspace)
    return f"{name}:{keyed.digest(workspace, text)}" if name else ""


def _record(workspace: Workspace, about: str) -> Record | None:
    register = register_of(about) if about else None
    return records.get(workspace.conn, register, about) if register else None

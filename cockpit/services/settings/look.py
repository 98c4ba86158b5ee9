"""The theme that a person chose on the screen: it is theirs, and there again at the next start."""

from __future__ import annotations

from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos


def theme(workspace: Workspace) -> str:
    """What whoever is at the keyboard chose last, else what the configuration says."""
    return memos.get(workspace.conn, _name(workspace)) or workspace.settings.theme


def keep_theme(workspace: Workspace, name: str) -> None:
    """It is there again at the next start."""
    memos.put(workspace.conn, _name(workspace), name)


def _name(workspace: Workspace) -> str:
    return f"theme:{workspace.actor}"

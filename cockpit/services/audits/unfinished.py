"""Guided forms left unfinished are stored and found again, also after the record that one made was undone."""

from __future__ import annotations

from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.store.records import instant
from cockpit.store.state import jobs


def state(workspace: Workspace, job: str) -> str:
    """Where it stands: as it was left, else as it was ended when that was undone; empty for none."""
    found = jobs.state(workspace.conn, workspace.actor, job)
    if found:
        return found
    code, last = jobs.ended(workspace.conn, workspace.actor, job)
    try:
        # Whatever was archived was made all the same: only an undo leaves no record.
        find.find(workspace, code)
    except refusal.UnknownCode:
        return last
    return ""


def save(workspace: Workspace, job: str, text: str) -> bool:
    """Keep where it stands; False when the database is busy: the next key tries again."""
    return jobs.keep(workspace.conn, workspace.actor, job, text, instant(workspace.clock()))


def end(workspace: Workspace, job: str, text: str, code: str) -> None:
    """Forget the unfinished form: the record of that code was made of it."""
    jobs.end(workspace.conn, workspace.actor, job, (code, text), instant(workspace.clock()))

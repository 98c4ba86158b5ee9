"""What the next undo would take back, said before it is done when it is old."""

from __future__ import annotations

from datetime import datetime, timedelta

from cockpit.domain.records.confidentiality import restricted
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history
from cockpit.store import undo

OLD = timedelta(hours=1)
"""Beyond this, a person may well have forgotten what their last change was."""
_TOLD = 3


def old_change(workspace: Workspace) -> str:
    """What the next undo takes back and how old that is, as far as it may be shown now.

    Empty when it is recent, or when there is nothing.
    """
    entries = undo.next_undone(workspace.conn, workspace.actor)
    if not entries:
        return ""
    at = datetime.fromisoformat(entries[0].at)
    if workspace.clock() - at < OLD:
        return ""
    shown = workspace.shown
    told = undo.entries_of(shown.conn, entries[0].batch)[::-1]
    seen = history.in_words(shown, told[:_TOLD])
    said = [" · ".join(filter(None, (f"{each.code} {each.verb}", each.what))) for each in seen]
    what = "; ".join(dict.fromkeys(said)) or restricted()
    if len(entries) > _TOLD:
        what += " …"
    return _("{what}, {ago}").format(what=what, ago=dates.ago(at, workspace.clock()))

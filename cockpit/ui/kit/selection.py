"""Whether a key works on all the rows that are selected, said before it is pressed."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.ui.kit.actions import Action
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.kit.kinds import whole
from cockpit.ui.kit.place import Place

MOST = 500
"""Rows of one change: each takes about a millisecond, and no key waits longer than a breath."""


def why_not(cockpit: Cockpit, place: Place, action: Action) -> str:
    """Why an action is off on the selection, in one sentence; empty when it works on all of it."""
    targets = place.selection()
    if not action.several or not targets:
        return _("this is done to one row at a time: Esc selects none")
    if len(targets) > MOST:
        return _("{n} rows at most are changed at once").format(n=MOST)
    for target in targets:
        if not action.works(whole(target.kinds)):
            return _("{code} is of another kind: this is not done to it").format(code=target.code)
        if reason := action.why_not(cockpit, target):
            return reason
    return ""

"""What is typed on one screen and not saved yet: that screen's own until it ends.

While a line is typed nothing is written to the database, so nobody else reads anew for it, and two screens of one
person never write over each other's line. It stands on a slate beside the database meanwhile. A screen that ends
hands its lines over as drafts; those of one that was killed are handed over by the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from cockpit import slate
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, records
from cockpit.store.state import drafts, typed
from cockpit.store.state.typed import TypedLine


class Unfinished:
    """The lines of one screen, by the place where each is typed."""

    def __init__(self) -> None:
        self._lines: dict[str, TypedLine] = {}
        self._slate: slate.Slate | None = None

    def text(self, workspace: Workspace, place: str) -> str:
        """What was typed there: here, else what an earlier screen left, which is this one's from then on."""
        if place not in self._lines and (left := workspace.draft(place)) and workspace.writes:
            begun = "" if workspace.must_not_write else drafts.begun(workspace.conn, place, workspace.own)
            self._keep(workspace, place, TypedLine(left, begun or records.instant(workspace.clock())))
            workspace.forget_line(place, left)
        return self._lines[place].text if place in self._lines else workspace.draft(place)

    def keep(self, workspace: Workspace, place: str, text: str) -> None:
        """That is typed there now; an empty text forgets it."""
        if not workspace.writes:
            return
        before = self._lines.get(place)
        if text:
            begun = before.begun if before else records.instant(workspace.clock())
            self._keep(workspace, place, TypedLine(text, begun))
        elif before is not None:
            del self._lines[place]
            self._write(workspace)

    def set_aside(self, workspace: Workspace, place: str) -> None:
        """Have what was typed there wait by itself, for every screen."""
        if line := self._lines.pop(place, None):
            self._lines[drafts.waiting_key(place, line.text)] = line
            self.hand_over(workspace, only_waiting=True)
        workspace.set_draft_aside(place)

    def seen(self, workspace: Workspace, place: str) -> int:
        """The last entry of the journal when that line was begun; now without one."""
        line = self._lines.get(place)
        return journal.head_before(workspace.conn, line.begun) if line else workspace.written

    def hand_over(self, workspace: Workspace, *, only_waiting: bool = False) -> None:
        """Make drafts of the lines: the screen is about to end. What the database would not take stays here."""
        for place, line in list(self._lines.items()):
            if only_waiting and not drafts.is_waiting(place):
                continue
            try:
                workspace.leave_draft(place, line.text, line.begun)
            except (sqlite3.Error, OSError):
                continue
            del self._lines[place]
        self._write(workspace)

    @property
    def left(self) -> Mapping[str, str]:
        """The text of each line."""
        return {place: line.text for place, line in self._lines.items()}

    def _keep(self, workspace: Workspace, place: str, line: TypedLine) -> None:
        self._lines[place] = line
        self._write(workspace)

    def _write(self, workspace: Workspace) -> None:
        try:
            if self._slate is None and self._lines:
                self._slate = slate.Slate(typed.folder(workspace.path))
            if self._slate is not None and self._lines:
                self._slate.write(typed.said(workspace.own, self._lines))
            elif self._slate is not None:
                self._slate.wipe()
                self._slate = None
        except OSError:
            # A full disk, or a folder that is gone: they are here, and the next letter tries again.
            return

"""What is typed on one screen and not saved yet: that screen's own until it ends.

While a line is typed nothing is written to the database, so nobody else reads anew for it, and two screens of one
person never write over each other's line. It stands on a slate beside the database meanwhile. A screen that ends
hands its lines over as drafts; those of one that was killed are handed over by the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress

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
        self._is_kept = True

    def text(self, workspace: Workspace, place: str) -> str:
        """What was typed there: here, else what an earlier screen left, which is this one's from then on."""
        if place not in self._lines and (left := workspace.draft(place)) and workspace.writes:
            begun = "" if workspace.must_not_write else drafts.begun(workspace.conn, place, workspace.own)
            self._keep(workspace, place, TypedLine(left, begun or records.instant(workspace.clock())))
            # Where no slate could be written, the database alone has it.
            if self._is_kept:
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
            self._leave(workspace, drafts.waiting_key(place, line.text), line)
            self._write(workspace)
        workspace.set_draft_aside(place)

    def seen(self, workspace: Workspace, place: str) -> int:
        """The last entry of the journal when that line was begun; now without one."""
        line = self._lines.get(place)
        return journal.head_before(workspace.conn, line.begun) if line else workspace.written

    def hand_over(self, workspace: Workspace) -> None:
        """Make drafts of the lines: the screen is about to end. What is busy or full now, the next start takes in."""
        lines, self._lines = self._lines, {}
        for place, line in lines.items():
            self._leave(workspace, place, line)
        self._write(workspace)
        if self._slate is not None:
            if self._lines:
                self._slate.leave()
            else:
                self._slate.wipe()
            self._slate = None

    @property
    def lost(self) -> Mapping[str, str]:
        """The text of each line that stands neither in the database nor on the slate, by place."""
        return {} if self._is_kept else {place: line.text for place, line in self._lines.items()}

    def _leave(self, workspace: Workspace, place: str, line: TypedLine) -> None:
        try:
            workspace.leave_draft(place, line.text, line.begun)
        except (sqlite3.Error, OSError):
            self._lines[place] = line

    def _keep(self, workspace: Workspace, place: str, line: TypedLine) -> None:
        self._lines[place] = line
        self._write(workspace)

    def _write(self, workspace: Workspace) -> None:
        self._is_kept = False
        # A full disk, or a folder that is gone: they are here, and the next letter tries again.
        with suppress(OSError):
            if self._slate is None and self._lines:
                self._slate = slate.Slate(typed.folder(workspace.path), workspace.path)
            if self._slate is not None:
                self._slate.write(typed.said(workspace.own, self._lines) if self._lines else "")
            self._is_kept = True

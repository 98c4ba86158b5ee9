"""The sync beside the screen: `cockpit sync` in a process of its own.

Reading a large feed holds the interpreter for seconds; in another process it cannot hold a key press, its
memory goes back to the system, and quitting kills it at once. What it writes is seen like any other
process's changes.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cockpit.locale import _
from cockpit.services import dates
from cockpit.services.board import Board
from cockpit.ui.messages import SyncMoved

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp

PAUSE = 30.0
"""Seconds between two looks at what is due."""


class Sync:
    """Runs the command again and again; `now` does not wait."""

    def __init__(self, app: CockpitApp, command: Sequence[str]) -> None:
        self.app = app
        self.command = tuple(command)
        self._process: Process | None = None
        self._asked = asyncio.Event()
        self.running = False

    def start(self) -> None:
        """Begin, if there is anything to sync."""
        if self.command:
            self.app.run_worker(self._loop(), group="sync", exclusive=True, exit_on_error=False)

    def now(self) -> bool:
        """Read everything at once; False when there is nothing to read."""
        self._asked.set()
        return bool(self.command)

    def stop(self) -> None:
        """End at once; what the process was writing is a transaction and leaves nothing half done."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def note(self, board: Board) -> str:
        """How old the last good reading is."""
        if not (board.feeds or board.providers):
            return _("no source to sync")
        if self.running:
            return _("syncing…")
        seen = [feed.last_ok for feed in board.feeds] + [line.last_ok for line in board.providers]
        newest = max((at for at in seen if at is not None), default=None)
        return _("sync {ago}").format(ago=dates.ago(newest, board.at)) if newest else _("not synced yet")

    async def _loop(self) -> None:
        while True:
            everything = self._asked.is_set()
            self._asked.clear()
            await self._once(everything)
            try:
                async with asyncio.timeout(PAUSE):
                    await self._asked.wait()
            except TimeoutError:
                continue

    async def _once(self, everything: bool) -> None:
        due = () if everything else ("--due",)
        self.running = True
        self.app.post_message(SyncMoved(True, _("syncing…")))
        failed = 0
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, *due, "--progress", stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
            )
            assert self._process.stdout is not None
            async for raw in self._process.stdout:
                outcome, _tab, name = raw.decode("utf-8", "replace").rstrip("\n").partition("\t")
                failed += outcome == "failed"
                self.app.post_message(SyncMoved(True, _("syncing {name}").format(name=name)))
            await self._process.wait()
        except OSError as error:
            self.app.post_message(SyncMoved(True, _("sync cannot start: {error}").format(error=error), True))
        finally:
            self.running = False
            self.app.post_message(SyncMoved(False, "", failed > 0))

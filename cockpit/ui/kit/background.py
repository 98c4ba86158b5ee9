"""What runs beside the screen, in processes of its own: the sync, and the verification of the seal.

Reading a large feed holds the interpreter for seconds; in another process it cannot hold a key press, its
memory goes back to the system, and quitting kills it at once. What it writes is seen like any other
process's changes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from enum import Enum
from typing import Any

from textual.message import Message

from cockpit import files
from cockpit.assets import environment
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.ui.kit.host import Cockpit

PAUSE = 30.0
"""Seconds between two looks at what is due."""


@dataclass
class SyncMoved(Message):
    """The background sync began, read one more source, or ended."""

    running: bool
    line: str = ""
    failed: bool = False


class Seal(Enum):
    """What is known of the journal's chain. Not verified is not sound."""

    SOUND = "sound"
    BROKEN = "broken"
    FORGED = "forged"
    """The chain holds; rows are not what it says."""
    CUT = "cut"
    """The end of it, that was published once, is not there any more."""
    UNKNOWN = "unknown"


_running: set[Process] = set()


@asynccontextmanager
async def _child(
    *words: str, out: int = DEVNULL, err: int = DEVNULL, into: int = DEVNULL
) -> AsyncIterator[Process]:
    """A process that ends with the block, whatever happens."""
    process = await asyncio.create_subprocess_exec(
        *words, stdin=into, stdout=out, stderr=err, env=environment()
    )
    _running.add(process)
    try:
        yield process
    finally:
        _running.discard(process)
        if process.returncode is None:
            process.kill()


def end_children() -> None:
    """End what runs beside the screen, where there is no time for its owners to do so."""
    for process in tuple(_running):
        if process.returncode is None:
            process.kill()
    # Loaded once a workbook or a feed was read, not before.
    if reading := sys.modules.get("cockpit.sources.apart"):
        reading.end()


async def verify_seal(command: Sequence[str]) -> tuple[Seal, int]:
    """What `cockpit journal verify` finds, and the first broken entry or how many rows were changed."""
    try:
        async with _child(*command, "journal", "verify", "--json", out=PIPE) as process:
            said, _nothing = await process.communicate()
    except OSError:
        return Seal.UNKNOWN, 0
    try:
        found = json.loads(said)
        if found["ok"]:
            return Seal.SOUND, 0
        if found["first_broken"] is not None:
            return Seal.BROKEN, int(found["first_broken"])
        return (Seal.CUT, 0) if found["lost"] else (Seal.FORGED, len(found["rows"]))
    except (ValueError, KeyError, TypeError):
        return Seal.UNKNOWN, 0


async def extend_agenda(command: Sequence[str], lo: date, hi: date) -> None:
    """Run `cockpit agenda` for these days: what is not stored yet is read from the feeds as last fetched."""
    last = (hi - timedelta(days=1)).isoformat()
    async with _child(*command, "agenda", "--from", lo.isoformat(), "--to", last, "--json") as process:
        await process.wait()


async def try_source(
    command: Sequence[str], text: str, *, internal: bool, engine: str = ""
) -> dict[str, Any]:
    """What `cockpit provider add --dry-run` says of a name or an address; `error` says why it cannot be.

    `engine` is what a person chose; empty finds it out.
    """
    options = ["--internal"] if internal else []
    options += ["--engine", engine] if engine else []
    words = (*command, "provider", "add", text, "--dry-run", "--json", *options)
    try:
        async with _child(*words, out=PIPE) as process:
            said, _nothing = await process.communicate()
        found: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"error": _("it could not be tried: run cockpit provider add in a shell to see why")}
    return found


async def try_agenda(
    command: Sequence[str],
    address: str,
    *,
    kind: str = "ical",
    user: str = "",
    secret: str = "",
    internal: bool = False,
    via: str = "",
    add_as: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """What `cockpit agenda add --dry-run` says of an address, which is given to it where no other process sees it.

    `secret` is where a password is; `via` the host that a person accepts where the server sends there. `error`
    says why it is no agenda that can be read now. With `add_as`, a name and an owner, it is written too.
    """
    failed = {"error": _("it could not be tried: run cockpit agenda add in a shell to see why")}
    if not command:
        return failed
    name, owner = add_as or ("", "")
    given = (
        ("kind", kind), ("user", user), ("secret", secret), ("via", via), ("name", name), ("owner", owner),
    )  # fmt: skip
    options = [f"--{name}={value}" for name, value in given if value]
    options += ["--internal"] if internal else []
    options += [] if add_as else ["--dry-run"]
    try:
        async with _child(*command, "agenda", "add", "-", "--json", *options, out=PIPE, into=PIPE) as process:
            said, _nothing = await process.communicate(f"{address}\n".encode())
        found: dict[str, Any] = json.loads(said)
    except (OSError, ValueError):
        return failed
    return found


async def run_command(command: Sequence[str], words: Sequence[str]) -> tuple[int, str]:
    """Run a command of this program; its code, and the last line of what it said, or why it failed."""
    async with _child(*command, *words, out=PIPE, err=PIPE) as process:
        out, err = await process.communicate()
    said = (err.strip() or out.strip()).decode("utf-8", "replace")
    if process.returncode and said:
        return process.returncode, why_failed(said, process.returncode)
    return process.returncode or 0, clean(said.splitlines()[-1] if said else "")


def why_failed(said: str, code: int) -> str:
    """Of what a process wrote as it failed, the last line that says why, rather than what to do about it."""
    lines = said.splitlines()
    why = [line for line in lines if not line.startswith(("→", " "))] or lines or [str(code)]
    return clean(why[-1], 160)


class Sync:
    """Runs the command whenever a source is due; `now` does not wait."""

    def __init__(self, app: Cockpit, command: Sequence[str]) -> None:
        self.app = app
        self.program = tuple(command)
        self._process: Process | None = None
        self._asked = asyncio.Event()
        self.running = False
        self.broken = False
        """Whether the last run failed as a whole."""

    @property
    def command(self) -> tuple[str, ...]:
        """What reads what is due, and tells it where there are ways out; empty where nothing may be run."""
        settings = self.app.workspace.settings
        tells = bool(settings.channels) or settings.inbox.is_open
        return (*self.program, "sync", *(("--notify",) if tells else ())) if self.program else ()

    def start(self) -> None:
        """Start the sync that runs beside the screen, as often as sources are due."""
        if self.command:
            self.app.run_worker(self._loop(), group="sync", exclusive=True, exit_on_error=False)

    def now(self) -> bool:
        """Read everything at once; False when there is nothing to read."""
        self._asked.set()
        settings = self.app.workspace.settings
        read = settings.agendas or settings.statuses or settings.figures or settings.inbox.is_open
        return bool(self.command and read)

    def stop(self) -> None:
        """End at once; what the process was writing is a transaction and leaves nothing half done."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def note(self, board: Board) -> str:
        """How old the last good reading is."""
        if not (board.outside.feeds or any(line.has_page for line in board.outside.providers)):
            return _("no source to sync")
        if self.running:
            return _("syncing…")
        if self.broken:
            return _("sync failed")
        seen = [feed.last_ok for feed in board.outside.feeds] + [
            line.last_ok for line in board.outside.providers
        ]
        newest = max((at for at in seen if at is not None), default=None)
        return _("sync {ago}").format(ago=dates.ago(newest, board.at)) if newest else _("not synced yet")

    async def _loop(self) -> None:
        from cockpit.services.upkeep import housekeeping, turn

        while True:
            everything = self._asked.is_set()
            self._asked.clear()
            # Another process would begin a database of its own where this one was.
            stands = not self.app.workspace.must_not_write
            workspace = self.app.workspace
            if stands and (
                everything or (housekeeping.is_due(workspace) and not turn.is_taken(workspace.path))
            ):
                await self._once(everything)
            with suppress(TimeoutError):
                async with asyncio.timeout(PAUSE):
                    await self._asked.wait()

    async def _once(self, everything: bool) -> None:
        self.running = True
        self.app.post_message(SyncMoved(True, _("syncing…")))
        note, failed = "", False
        try:
            note, failed = await self._run(() if everything else ("--due",))
        except OSError as error:
            note, failed = _("sync cannot start: {error}").format(error=files.why(error)), True
        finally:
            self.running, self.broken = False, bool(note)
            self.app.post_message(SyncMoved(False, note, failed))

    async def _run(self, arguments: Sequence[str]) -> tuple[str, bool]:
        """Run the command to its end; what went wrong as a whole, and whether anything failed."""
        async with _child(*self.command, *arguments, "--progress", out=PIPE, err=PIPE) as process:
            self._process = process
            assert process.stdout is not None
            assert process.stderr is not None
            failed, read = False, 0
            async for raw in process.stdout:
                outcome, _tab, name = raw.decode("utf-8", "replace").rstrip("\n").partition("\t")
                failed, read = failed or outcome == "failed", read + 1
                self.app.post_message(SyncMoved(True, _("syncing {name}").format(name=name)))
            said = (await process.stderr.read()).decode("utf-8", "replace").strip()
            code = await process.wait()
        if code and not read:
            return _("sync failed: {reason}").format(reason=why_failed(said, code)), True
        return "", failed

"""Many programs at once, each on a terminal of its own, and the time until each key is answered there.

A key is its byte, written into the terminal; its answer is the first piece of output that holds what this key, and
nothing else, has drawn: the letter in its line, the row under the cursor, the frame of a pane, the line that closes.
What the screen draws meanwhile for another reason answers nothing.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence

from cockpit.domain.dataclasses import dataclass, field

ROWS, COLUMNS = 30, 100
GIVE_UP_S = 10.0
"""A key that was not answered by then never was."""
_NEXT = rb"\x1b\[28;\d+H(?:[^\x1b]|\x1b\[[\d;]*m)*?"
"""Where something is written in the line in which one types, of a terminal of ROWS."""
ANY = re.compile(rb"(?s).")
OPENS = re.compile(rb"\x1b\[28;")
CLOSES = re.compile(rb"\x1b\[30;")
"""The keys are said again: the line was taken."""
ANSWERS = re.compile(rb"\x1b\[28;1H|\x1b\[29;")
"""The line goes, or says under it why it stays."""
AGAIN = re.compile(rb"\x1b\[2[789];")
"""The same where it stayed, on one line more."""
CURSOR = re.compile(rb"48;5;23m")
"""The colour of the row under the cursor."""
FRAME = re.compile("━".encode())
"""The frame of the pane where the keys are."""


def typed(sign: str) -> re.Pattern[bytes]:
    """The answer to one sign in the line."""
    return re.compile(_NEXT + re.escape(sign.encode()))


@dataclass
class Key:
    """One key that was pressed."""

    kind: str
    at: float
    took: float | None
    """Seconds until its answer; None: it was never answered."""


@dataclass
class Screen:
    """One program, from its start until it is left."""

    name: str
    pid: int
    file: int
    keys: list[Key] = field(default_factory=list)
    written: int = 0
    """Bytes it has written so far."""
    _since: bytes = b""
    _answer: tuple[re.Pattern[bytes], asyncio.Future[float]] | None = None
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def start(cls, name: str, *args: str, env: Mapping[str, str]) -> Screen:
        """Run Python with these arguments on a terminal of ROWS and COLUMNS."""
        pid, file = pty.fork()
        if pid == 0:
            size = {"LINES": str(ROWS), "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
            os.execve(sys.executable, [sys.executable, *args], {**os.environ, **size, **env})
        fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_blocking(file, False)
        made = cls(name, pid, file)
        asyncio.get_running_loop().add_reader(file, made._read)
        return made

    def _read(self) -> None:
        try:
            found = os.read(self.file, 1 << 18)
        except BlockingIOError:
            return
        except OSError:
            found = b""
        if not found:
            asyncio.get_running_loop().remove_reader(self.file)
            return
        self.written += len(found)
        self._heard.set()
        self._since += found
        if self._answer is not None:
            expected, answered = self._answer
            if not answered.done() and expected.search(self._since):
                answered.set_result(time.perf_counter())

    async def press(self, key: str, kind: str, answer: re.Pattern[bytes] = ANY) -> bool:
        """Press a key and wait until it is answered; whether it was."""
        self._since = b""
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._answer = answer, answered
        begun, took = time.perf_counter(), None
        os.write(self.file, key.encode())
        try:
            async with asyncio.timeout(GIVE_UP_S):
                took = await answered - begun
        except TimeoutError:
            pass
        self._answer = None
        self.keys.append(Key(kind, begun, took))
        return took is not None

    def said(self, what: re.Pattern[bytes]) -> bool:
        """Whether that was written since the last key."""
        return what.search(self._since) is not None

    def send(self, keys: str) -> None:
        """Press keys of which nothing is measured."""
        os.write(self.file, keys.encode())

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing was written for that long."""
        while True:
            self._heard.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._heard.wait()
            except TimeoutError:
                return

    def processor(self) -> float:
        """Processor time so far, of all its threads, in seconds."""
        # The clock that clock_getcpuclockid(3) gives for another process.
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> tuple[int, int]:
        """Kilobytes: all that is resident, and its share of what several processes have in common."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as file:
            found = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", file.read(), re.MULTILINE))
        return int(found["Rss"]), int(found["Pss"])

    def end(self) -> None:
        """End it at once."""
        asyncio.get_running_loop().remove_reader(self.file)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)


def figures(keys: Sequence[Key]) -> str:
    """How long keys took, in milliseconds, of the quickest half, 95 and 99 in a hundred, and the longest."""
    took = sorted(1000 * key.took for key in keys if key.took is not None)
    if not took:
        return "none"
    low, high, most = (took[min(len(took) - 1, int(len(took) * share))] for share in (0.5, 0.95, 0.99))
    lost = sum(key.took is None for key in keys)
    return (
        f"{len(took):5} keys, p50 {low:4.0f}, p95 {high:4.0f}, p99 {most:4.0f}, longest {took[-1]:5.0f} ms"
        + (f", {lost} NOT ANSWERED" if lost else "")
    )


def busy() -> tuple[float, float]:
    """Seconds of processor that this machine has worked so far, and that it could have."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(each) for each in file.readline().split()[1:9]]
    each = os.sysconf("SC_CLK_TCK")
    return (sum(ticks) - ticks[3] - ticks[4]) / each, sum(ticks) / each

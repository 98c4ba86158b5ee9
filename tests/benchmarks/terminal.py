"""A program on a terminal of 150x45 of its own: what it writes there, and the processor it takes for it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType

ROWS, COLUMNS = 45, 150
GIVE_UP_S = 30.0


class Terminal:
    """Runs Python with these arguments until it is left."""

    def __init__(self, *args: str, env: Mapping[str, str]) -> None:
        self.began = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", **env, "LINES": str(ROWS), "COLUMNS": str(COLUMNS)})
            os.execv(sys.executable, [sys.executable, *args])
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.file)

    def processor(self) -> float:
        """Processor time of the program so far, of all its threads, in seconds."""
        # The clock that clock_getcpuclockid(3) gives for another process.
        return time.clock_gettime((~self.pid << 3) | 2)

    def read_until(self, marker: bytes) -> bytes:
        """All that is written until `marker` is. Raises TimeoutError when it never comes."""
        seen = b""
        while marker not in seen:
            if not select.select([self.file], [], [], GIVE_UP_S)[0]:
                raise TimeoutError(f"{marker!r} was never written")
            seen += os.read(self.file, 65536)
        return seen

    def read_for(self, seconds: float) -> bytes:
        """All that is written in that time."""
        seen, end = b"", time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.file], [], [], left)[0]:
                seen += os.read(self.file, 65536)
        return seen

    def read_until_quiet(self, seconds: float) -> bytes:
        """All that is written until nothing came for that long."""
        seen = b""
        while select.select([self.file], [], [], seconds)[0]:
            seen += os.read(self.file, 65536)
        return seen

    def press(self, keys: str, quiet: float = 0.25) -> bytes:
        """What a key has written, when the program is quiet again."""
        os.write(self.file, keys.encode())
        return self.read_until_quiet(quiet)

    def leave(self, keys: bytes) -> tuple[float, float]:
        """Quit by these keys: how long that takes, and the processor time of the whole run."""
        asked = time.perf_counter()
        os.write(self.file, keys)
        try:
            while os.read(self.file, 65536):
                continue
        except OSError:
            pass
        _pid, status, used = os.wait4(self.pid, 0)
        self.pid = 0
        assert status == 0, f"it ended with {status}"
        return time.perf_counter() - asked, used.ru_utime + used.ru_stime

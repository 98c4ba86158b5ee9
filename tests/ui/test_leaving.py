"""Leaving well: whatever ends the screen, the terminal is given back, what was typed is kept, children are ended.

The program runs on a terminal of its own, made for it, and is really sent the signals.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sqlite3
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from cockpit.store.state.typed import folder

pty = pytest.importorskip("pty", reason="a system with terminals")
termios = pytest.importorskip("termios")
fcntl = pytest.importorskip("fcntl")

PATIENCE_S = 60.0
"""How long something is waited for before it counts as never coming."""
TYPED = "half a thought"
GIVEN_BACK = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?2004l", "\x1b[<u")
"""The other screen, the cursor, the mouse twice, pasting and the keyboard, as they were."""


class OnTerminal:
    """A program on a terminal of its own."""

    def __init__(self, *words: str, size: tuple[int, int] = (100, 30)) -> None:
        self.written = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-P", "-m", "cockpit", *words])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(self.fd)
        self.code: int | None = None

    def until(self, found: Callable[[str], object]) -> None:
        """Read what it writes until `found` says that it is there."""
        deadline = time.monotonic() + PATIENCE_S
        while not found(self.written):
            ready, _w, _x = select.select([self.fd], [], [], deadline - time.monotonic())
            assert ready, f"never came: {self.written[-2000:]!r}"
            try:
                block = os.read(self.fd, 1 << 16)
            except OSError:  # the terminal is closed on the other side
                block = b""
            self.written += block.decode("utf-8", "replace")
            assert block or found(self.written), self.written[-2000:]

    def type(self, text: str) -> None:
        """Press keys, as an old terminal sends them."""
        os.write(self.fd, text.encode())

    def ended(self) -> int:
        """Read to the end; the exit code, or minus the signal that ended it."""
        while True:
            try:
                ready, _w, _x = select.select([self.fd], [], [], PATIENCE_S)
                block = os.read(self.fd, 1 << 16) if ready else b""
            except OSError:
                block = b""
            if not block:
                break
            self.written += block.decode("utf-8", "replace")
        return self.reaped()

    def reaped(self) -> int:
        """Wait for its end."""
        if self.code is None:
            signal.alarm(int(PATIENCE_S))
            _pid, status = os.waitpid(self.pid, 0)
            signal.alarm(0)
            self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def close(self) -> None:
        """The window is closed."""
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., OnTerminal]]:
    """`start()` opens the screen on a terminal; whatever is left of it is ended afterwards."""
    for name, value in (
        ("COCKPIT_DB", str(tmp_path / "c.db")),
        ("TERM", "xterm-256color"),
        ("LANGUAGE", "en"),
    ):
        monkeypatch.setenv(name, value)
    running: list[OnTerminal] = []

    def start(*words: str, size: tuple[int, int] = (100, 30)) -> OnTerminal:
        running.append(OnTerminal(*words, size=size))
        return running[-1]

    yield start
    for each in running:
        each.close()
        if each.code is None:
            with suppress(ProcessLookupError):
                os.kill(each.pid, signal.SIGKILL)
            each.reaped()


def drafts(path: Path) -> str:
    """What was typed and is kept: in the database, or beside it while the screen is there or another one writes."""
    with closing(sqlite3.connect(path)) as conn:
        kept = [text for (text,) in conn.execute("SELECT text FROM draft")]
    return " ".join([*kept, *(slate.read_text() for slate in folder(path).glob("*"))])


def typing(start: Callable[..., OnTerminal], *words: str) -> OnTerminal:
    """The screen, with half a line in its bar."""
    screen = start("--lang", "en", *words)
    screen.until(lambda written: "blocker" in written and "COCKPIT" in written)
    screen.type("b" + TYPED)
    screen.until(lambda written: "thought" in re.sub(r"\x1b\[[^A-Za-z]*[A-Za-z]", "", written))
    return screen


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP], ids=lambda sent: sent.name)
def test_a_signal_gives_the_terminal_back_and_keeps_the_draft(
    start: Callable[..., OnTerminal], tmp_path: Path, sent: signal.Signals
) -> None:
    screen = typing(start)
    os.kill(screen.pid, sent)
    assert screen.ended() == 128 + sent
    for code in GIVEN_BACK:
        assert screen.written.rindex(code) > screen.written.rindex("thought"), repr(code)
    assert "Traceback" not in screen.written
    assert TYPED in drafts(tmp_path / "c.db")


def test_a_closed_window_keeps_the_draft_and_leaves_nothing_running(
    start: Callable[..., OnTerminal], tmp_path: Path
) -> None:
    screen = typing(start)
    screen.close()
    assert screen.reaped() == 128 + signal.SIGHUP
    assert TYPED in drafts(tmp_path / "c.db")


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(
    start: Callable[..., OnTerminal], tmp_path: Path
) -> None:
    screen = typing(start)
    screen.type("\x1a")
    pid, status = os.waitpid(screen.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    screen.until(lambda written: all(code in written for code in GIVEN_BACK))
    assert TYPED in drafts(tmp_path / "c.db")
    seen = len(screen.written)
    os.kill(pid, signal.SIGCONT)
    screen.until(lambda written: "\x1b[?1049h" in written[seen:] and "thought" in written[seen:])
    os.kill(pid, signal.SIGTERM)
    assert screen.ended() == 128 + signal.SIGTERM
    assert TYPED in drafts(tmp_path / "c.db")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are listed in /proc")
def test_what_runs_beside_the_screen_ends_with_it(start: Callable[..., OnTerminal], tmp_path: Path) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    config = tmp_path / "config.toml"
    address = f"http://127.0.0.1:{silent.getsockname()[1]}/a.ics"
    config.write_text(f'[[agenda]]\nname = "Slow"\nurl = "{address}"\ninternal = true\n')
    screen = start("--lang", "en", "--config", str(config))
    screen.until(lambda written: "COCKPIT" in written)
    silent.settimeout(PATIENCE_S)
    asking, _address = silent.accept()
    with closing(silent), closing(asking):
        children = children_of(screen.pid)
        assert children
        os.kill(screen.pid, signal.SIGTERM)
        assert screen.ended() == 128 + signal.SIGTERM
        asking.settimeout(PATIENCE_S)
        while asking.recv(4096):
            pass  # what it had asked; then its end
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_the_prompt_keeps_its_line_when_it_is_ended(start: Callable[..., OnTerminal], tmp_path: Path) -> None:
    prompt = start("--lang", "en", "block")
    prompt.until(lambda written: "›" in written)
    prompt.type(TYPED)
    prompt.until(lambda written: "thought" in written)
    os.kill(prompt.pid, signal.SIGTERM)
    assert prompt.ended() == 128 + signal.SIGTERM
    assert TYPED in drafts(tmp_path / "c.db")

"""The promises of speed, each against a yardstick measured in the same run.

Run with `pytest tests/benchmarks --benchmark-only -s`: shared machines make figures that no test may
depend on, so a figure is shown beside its promise and nothing fails.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cockpit.domain.registers.clock import Clock
from cockpit.domain.settings import Settings
from cockpit.services.alerts.gather import gather
from cockpit.services.boards.board import board
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rituals
from cockpit.services.promises import left as sla
from tests.benchmarks import big_company

ROUNDS = 15
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("READY")
Minimal().run()
"""
OURS = (
    "import sys; from cockpit.__main__ import main; sys.argv = ['cockpit', *sys.argv[1:]]; sys.exit(main())"
)
INSERT = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE TABLE IF NOT EXISTS t (a)');"
    "c.execute('INSERT INTO t VALUES (1)'); c.commit()"
)


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a company of many years."""
    path = tmp_path_factory.mktemp("big") / "cockpit.db"
    big_company.build(path)
    return path


def tell(what: str, figure: str, promise: str) -> None:
    """A line of the table."""
    print(f"\n  {what}: {figure}  (promise: {promise})")


def interleaved(works: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The best of each work, all run in turn so that a noisy minute harms none alone."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return {name: min(found) for name, found in times.items()}


def process(*args: str, env: dict[str, str] | None = None) -> Callable[[], float]:
    """How long a whole process takes."""

    def run() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *args], check=True, stdout=subprocess.DEVNULL, env=env)
        return time.perf_counter() - began

    return run


def until(marker: bytes, *args: str, quit_with: bytes = b"\x11", env: dict[str, str]) -> tuple[float, float]:
    """From start to the marker on a real terminal of 150x45, and from the quit key to the end."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(env, LINES="45", COLUMNS="150")
        os.execv(sys.executable, [sys.executable, *args])
    seen = b""
    while marker not in seen:
        if select.select([terminal], [], [], 20)[0]:
            seen += os.read(terminal, 65536)
    painted = time.perf_counter() - began
    time_to_settle = time.perf_counter() + 0.3
    while time.perf_counter() < time_to_settle:
        if select.select([terminal], [], [], 0.05)[0]:
            os.read(terminal, 65536)
    asked = time.perf_counter()
    os.write(terminal, quit_with)
    try:
        while os.read(terminal, 65536):
            continue
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return painted, time.perf_counter() - asked


def test_cold_start_and_quit(benchmark: object, big: Path) -> None:
    env = {"COCKPIT_DB": str(big), "TERM": "xterm-256color", "COCKPIT_CONFIG": os.devnull}
    quits: list[float] = []

    def ours() -> float:
        painted, left = until(b"Blocker ", "-c", OURS, "--lang", "en", "--now", "2026-11-23T08:42", env=env)
        quits.append(left)
        return painted

    found = interleaved({"minimal": lambda: until(b"READY", "-c", MINIMAL, env=env)[0], "ours": ours}, 9)
    tell("cold start, 10,000 items", f"{found['ours'] / found['minimal']:.2f} x a one-Static app", "≤ 1.3 x")
    tell("quit", f"{statistics.median(quits):.2f} s", "≤ 0.5 s")


def test_block_and_brief(benchmark: object, tmp_path: Path, big: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(tmp_path / "a.db"), "LANGUAGE": "fr"}
    large = {**env, "COCKPIT_DB": str(big)}
    subprocess.run(
        [sys.executable, "-c", OURS, "block", "first"], check=True, env=env, stdout=subprocess.DEVNULL
    )
    # What a first line looks up beside, before it is needed.
    for known in (env, large):
        subprocess.run([sys.executable, "-c", OURS, "sync", "--holidays"], check=True, env=known)
    found = interleaved(
        {
            "import": process("-c", "import sqlite3"),
            "insert": process("-c", INSERT, str(tmp_path / "yardstick.db")),
            "block": process("-c", OURS, "block", "Paie octobre @Paie+ pour:demain", env=env),
            "brief": process("-c", OURS, "brief", env=env),
            "large": process("-c", OURS, "block", "Paie octobre @Paie+ pour:demain", env=large),
        }
    )
    tell(
        "cockpit block",
        f"{found['block'] / found['insert']:.1f} x an insert by the same interpreter",
        "≤ 3 x",
    )
    tell("cockpit block, 10,000 items", f"{found['large'] / found['insert']:.1f} x", "≤ 3 x")
    tell("cockpit brief", f"{found['brief'] / found['import']:.1f} x Python importing sqlite3", "≤ 3 x")


async def test_keys_and_ticks(benchmark: object, big: Path) -> None:
    from cockpit.ui.app import CockpitApp

    def clock() -> datetime:
        return big_company.NOW

    workspace = Workspace.open(big, Settings(me="Claire"), clock)
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        await pilot.pause()

        async def pressed(key: str, times: int) -> list[float]:
            """Processor time of each press: the driver's own waiting is not ours."""
            found = []
            for _n in range(times):
                began = time.process_time()
                await pilot.press(key)
                found.append((time.process_time() - began) * 1000)
            return sorted(found)

        cursor, pane = await pressed("down", 60), await pressed("tab", 42)
        tell("cursor, p95", f"{cursor[57]:.1f} ms of processor", "≤ 20 ms")
        tell("change of pane, p95", f"{pane[39]:.1f} ms of processor", "≤ 45 ms")
        began = time.perf_counter()
        for _n in range(100):
            app.beat()
        tell("one tick, 1,000 running clocks", f"{(time.perf_counter() - began) * 10:.2f} ms", "≤ 2 ms")
        rows = workspace.select(Clock, "clock", "ended_at IS NULL")
        calendars = Calendars(workspace)
        began = time.perf_counter()
        for row in rows:
            sla.reading(row, calendars.version(row.calendar), big_company.NOW)
        tell(f"{len(rows)} clocks put into words", f"{(time.perf_counter() - began) * 1000:.1f} ms", "-")
        shown = board(workspace)
        began = time.perf_counter()
        gather(
            workspace, slas=shown.slas, providers=shown.providers, feeds=shown.feeds,
            meetings=rituals.Weeks((), shown.meetings, ()), connection="",
        )  # fmt: skip
        tell("rules over 10,000 items", f"{(time.perf_counter() - began) * 1000:.0f} ms", "≤ 100 ms")
        began = time.perf_counter()
        board(workspace)
        tell(
            "a whole snapshot, after each change and each minute",
            f"{(time.perf_counter() - began) * 1000:.0f} ms",
            "-",
        )


def test_memory(benchmark: object, big: Path) -> None:
    code = """
import asyncio
{setup}
async def main():
    async with app.run_test(size=(150, 45)) as pilot:
        await pilot.pause()
asyncio.run(main())
# Not ru_maxrss: a child inherits the peak of its parent.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
    empty = "from textual.app import App\napp = App()"
    ours = (
        "from pathlib import Path\nfrom cockpit.domain.settings import Settings\n"
        "from cockpit.services.desk.workspace import Workspace\nfrom cockpit.ui.app import CockpitApp\n"
        f"app = CockpitApp(Workspace.open(Path({str(big)!r}), Settings()))"
    )
    sizes = [
        int(
            subprocess.run(
                [sys.executable, "-c", code.format(setup=setup)], check=True, capture_output=True
            ).stdout
        )
        for setup in (empty, ours)
    ]
    tell("memory", f"{sizes[1] / sizes[0]:.2f} x an empty Textual app ({sizes[1] // 1024} MB)", "≤ 2 x")

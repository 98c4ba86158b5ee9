"""The promises of speed, each against a yardstick measured in the same run.

Run with `pytest tests/benchmarks --benchmark-only -s`: shared machines make figures that no test may
depend on, so a figure is shown beside its promise and nothing fails.
"""

from __future__ import annotations

import gettext
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from timeit import timeit

import pytest

from cockpit import locale
from cockpit.domain.registers.clock import Clock
from cockpit.domain.settings import Settings
from cockpit.locale.compiled import Catalogue
from cockpit.services.alerts.gather import gather
from cockpit.services.boards.board import board
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rituals
from cockpit.services.promises import left
from cockpit.services.signals.measure import measure
from tests.benchmarks import big_company
from tests.benchmarks.terminal import Terminal

ROUNDS = 21
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
STILL = 0.8
"""Seconds without a byte after which a key has written all: a busy machine takes its time."""
BLINK = 0.4
"""As long as nothing can be waited for where a cursor blinks."""
QUIT = b"\x11"
IDLE_PLACES = {
    "week": ("\x1b", "\x1bOQ"), "map": ("\x1bOR",), "matrix": ("2",), "record": ("\x1bOP", "2", "\r"),
    "flash before it begins": ("\x1b", "f"),
}  # fmt: skip
"""The keys from one place to the next in which idle seconds are measured."""
FIRST_KEYS = {
    "tab": "\t", "blocker": "b", "priority": "n", "find": "/", "help": "?", "palette": "\x10", "review": "m",
    "record": "\r", "week": "\x1bOQ", "organisation": "\x1bOR", "signals": "\x1bOS", "journal": "\x1b[15~", "undo": "u",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program has its byte code: without it, every start compiles the source again."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


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
    """The median of each work, all run in turn so that a noisy minute harms none alone."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _round in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return {name: statistics.median(found) for name, found in times.items()}


def process(*args: str, env: dict[str, str] | None = None) -> Callable[[], float]:
    """The processor time (user and system) of a whole process, in seconds."""

    def run() -> float:
        silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        pid = os.posix_spawn(sys.executable, [sys.executable, *args], env or os.environ, file_actions=silent)
        _pid, status, used = os.wait4(pid, 0)
        assert status == 0
        return used.ru_utime + used.ru_stime

    return run


def minimal() -> float:
    """The processor time until an app of one Static is painted: the yardstick of the screen."""
    with Terminal("-c", MINIMAL, env={}) as terminal:
        terminal.read_until(b"READY")
        return terminal.processor()


def opened(path: Path) -> Terminal:
    """The cockpit on that database, on a terminal of its own."""
    env = {"COCKPIT_DB": str(path), "COCKPIT_CONFIG": os.devnull, "LANGUAGE": "en"}
    return Terminal("-c", OURS, env=env)


def test_cold_start_and_quit(benchmark: object, big: Path, tmp_path: Path) -> None:
    quits: list[float] = []
    few = tmp_path / "few.db"
    subprocess.run([sys.executable, "-c", OURS, "--db", str(few), "block", "first"], check=True)

    def ours(path: Path) -> float:
        with opened(path) as terminal:
            terminal.read_until(b"COCKPIT")
            painted = terminal.processor()
            terminal.read_for(0.3)
            quits.append(terminal.leave(QUIT)[0])
            return painted

    found = interleaved({"minimal": minimal, "few": lambda: ours(few), "big": lambda: ours(big)})
    for name, what, promise in (
        ("few", "first paint", "≤ 1.5 x"), ("big", "first paint, 10,000 items", "≤ 1.75 x"),
    ):  # fmt: skip
        tell(what, f"{found[name] / found['minimal']:.2f} x a one-Static app", promise)
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
    tell("cockpit block", f"{found['block'] / found['insert']:.1f} x a Python that inserts a row", "≤ 3 x")
    tell("cockpit block, 10,000 items", f"{found['large'] / found['insert']:.1f} x", "≤ 3 x")
    tell("cockpit brief", f"{found['brief'] / found['import']:.1f} x Python importing sqlite3", "≤ 4.5 x")


def test_opening_whatever_the_journal_holds(benchmark: object, big: Path, tmp_path: Path) -> None:
    """What was verified once is remembered: the second verification is what an opening costs."""
    long = tmp_path / "long.db"
    big_company.build(long, entries=10 * big_company.ENTRIES)

    def painted(path: Path) -> float:
        with opened(path) as terminal:
            terminal.read_until(b"COCKPIT")
            return terminal.processor()

    works: dict[str, Callable[[], float]] = {}
    for name, path in (("hundred thousand", big), ("million", long)):
        env = {**os.environ, "COCKPIT_DB": str(path), "COCKPIT_CONFIG": os.devnull}
        verify = process("-c", OURS, "journal", "verify", "--json", env=env)
        tell(
            f"the whole journal verified, a {name} entries",
            f"{verify():.1f} s",
            "once a week, beside the screen",
        )
        works |= {f"{name}, verify": verify, f"{name}, paint": partial(painted, path)}
    found = interleaved(works, 7)
    for what, title in (("verify", "the seal at an opening"), ("paint", "first paint")):
        ratio = found[f"million, {what}"] / found[f"hundred thousand, {what}"]
        tell(f"{title}, a million entries against a hundred thousand", f"{ratio:.2f} x", "1 x")


def test_a_message_of_the_catalogue(benchmark: object) -> None:
    path = next((Path(locale.__file__).parent / "fr").rglob("*.mo"))
    with path.open("rb") as file:
        whole = list(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    asked = [message for message in whole if isinstance(message, str)][:500]

    def library() -> None:
        with path.open("rb") as file:
            gettext.GNUTranslations(file)

    def ours(messages: Sequence[str]) -> None:
        catalogue = Catalogue.read(path)
        for message in messages:
            catalogue.gettext(message)

    found = interleaved(
        {
            "library": lambda: timeit(library, number=1),
            "ten": lambda: timeit(lambda: ours(asked[:10]), number=10) / 10,
            "all": lambda: timeit(lambda: ours(asked), number=1),
        }
    )
    tell("ten messages", f"{found['ten'] / found['library']:.2f} x the library reading all of them", "-")
    tell("a message, the first time", f"{found['all'] / len(asked) * 1e6:.0f} µs", "-")


def test_bytes_to_the_terminal(benchmark: object, big: Path) -> None:
    down, tab = "\x1b[B", "\t"
    with opened(big) as terminal:
        terminal.read_until(b"COCKPIT")
        terminal.read_for(3)
        panes = []
        cursor = []
        for _pane in range(8):
            cursor += [len(terminal.press(down, STILL)) for _n in range(2)]
            panes.append(len(terminal.press(tab, STILL)))
        idle = len(terminal.read_for(10))
        terminal.press("m", 0.6)
        cursor.append(len(terminal.press(down)))
        reviewing = len(terminal.read_for(10))
        elsewhere = {}
        for place, keys in IDLE_PLACES.items():
            for key in keys:
                terminal.press(key, 1.0)
            # What was told is forgotten after a while: that is no idle second yet.
            terminal.read_for(7)
            elsewhere[place] = len(terminal.read_for(10))
        terminal.leave(QUIT)
    tell("a cursor key", f"{max(cursor)} bytes at most", "≤ 1,500")
    tell("Tab", f"{max(panes)} bytes at most", "≤ 6,000")
    tell("ten idle seconds: cockpit, review", f"{idle}, {reviewing} bytes", "0 but the ticking cells")
    said = ", ".join(f"{place} {count}" for place, count in elsewhere.items())
    tell("ten idle seconds elsewhere", f"{said} bytes", "0 but the minute")


def test_the_first_use_of_each_key(benchmark: object, big: Path) -> None:
    """Processor time until the screen is quiet again, in the first use after three seconds of rest."""
    rounds = 5
    yardsticks = [minimal() for _round in range(rounds)]
    one_more = process("-c", OURS, "block", "to be undone", env={**os.environ, "COCKPIT_DB": str(big)})
    for name, key in FIRST_KEYS.items():
        found = []
        for _round in range(rounds):
            if name == "undo":
                one_more()
            with opened(big) as terminal:
                terminal.read_until(b"COCKPIT")
                terminal.read_for(3)
                before = terminal.processor()
                terminal.press(key, BLINK)
                found.append(terminal.processor() - before)
        yardsticks.append(minimal())
        used, empty = statistics.median(found), statistics.median(yardsticks)
        figure = f"{used * 1000:.0f} ms of processor, {used / empty:.2f} x an empty app's first paint"
        tell(f"first use: {name}", figure, "≤ 50 ms")


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
            left.reading(row, calendars.version(row.calendar), big_company.NOW)
        tell(f"{len(rows)} clocks put into words", f"{(time.perf_counter() - began) * 1000:.1f} ms", "-")
        shown = board(workspace)
        began = time.process_time()
        gather(
            workspace, slas=shown.promises.slas, providers=shown.outside.providers, feeds=shown.outside.feeds,
            meetings=rituals.Weeks((), shown.meetings.planned, ()), connection="",
        )  # fmt: skip
        tell("rules over 10,000 items", f"{(time.process_time() - began) * 1000:.0f} ms", "≤ 100 ms")
        began = time.process_time()
        board(workspace)
        tell(
            "a whole snapshot, after each change and each minute",
            f"{(time.process_time() - began) * 1000:.0f} ms",
            "-",
        )


def test_a_long_list(benchmark: object, big: Path) -> None:
    """Each record is written before the next is read: memory does not grow with them."""
    peaks = []
    for kind in ("function", "priority"):
        silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        words = ["-c", OURS, "--db", str(big), "list", kind, "--all", "--json"]
        pid = os.posix_spawn(sys.executable, [sys.executable, *words], os.environ, file_actions=silent)
        _pid, status, used = os.wait4(pid, 0)
        assert status == 0
        peaks.append(used.ru_maxrss)
    tell("list --json, 5,000 records", f"{peaks[1] / peaks[0]:.2f} x the memory of 8 records", "≤ 1.2 x")


def test_signals_of_the_weeks(benchmark: object, big: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    shutil.copyfile(big, mine)
    workspace = Workspace.open(mine, Settings(me="Claire"), lambda: big_company.NOW)
    began = time.process_time()
    weeks = len(measure(workspace).weeks)
    whole = time.process_time() - began
    began = time.process_time()
    measure(workspace)
    again = time.process_time() - began
    tell(f"signals of {weeks} weeks, 100,000 entries", f"{whole:.1f} s", "≤ 2 s a week")
    tell("the running week again", f"{again * 1000:.0f} ms", "≤ 200 ms")


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

"""`kill -9` at any instant of what writes: `python -m tests.faults.kills [--times N] [--seed S] [SCENE...]`.

A scene begins on a fresh company and writes until it is killed. What it saw saved has to be there after that, what
was typed and not sent has to wait, the journal has to prove every row, and the next command has to go on.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import OperationalError, connect
from typing import TYPE_CHECKING

from tests.benchmarks.terminal import Terminal
from tests.faults.deeds import counted, environment, make_template, run
from tests.faults.injector import fresh, stands

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

LINES = 3_000
"""Of the spreadsheet that is read while it is killed."""
PATIENCE_S = 60.0
"""Seconds after which a screen that saved nothing is a fault of this tool."""


@dataclass
class Killed:
    """What a scene knows when it was killed."""

    saved: list[str] = field(default_factory=list)
    """Titles that another process saw in the database before."""
    typed: str = ""
    """What stood in a field long enough to be kept, and was not sent."""


@dataclass(frozen=True)
class Scene:
    """Something that writes until it is killed, so many seconds after it began at most."""

    name: str
    play: Callable[[Path, float], Killed]
    longest_s: float


def _command(folder: Path, after_s: float, *words: str) -> Killed:
    """A command, and all that it started, killed after so long."""
    with subprocess.Popen(
        [sys.executable, "-m", "cockpit", *words], cwd=folder, env=environment(folder), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        with suppress(subprocess.TimeoutExpired):
            process.wait(after_s)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return Killed()


def _sync(folder: Path, after_s: float) -> Killed:
    feed = folder / "a.ics"
    event = (
        "BEGIN:VEVENT\nUID:more-{n}\nDTSTART:20261201T080000Z\nSUMMARY:More\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    )
    more = "".join(event.format(n=n) for n in range(300))
    feed.write_text(feed.read_text().replace("END:VCALENDAR", f"{more}END:VCALENDAR"))
    return _command(folder, after_s, "sync")


def _settings(folder: Path, after_s: float) -> Killed:
    return _command(folder, after_s, "settings", "set", "company.name", "Other")


def _import(folder: Path, after_s: float) -> Killed:
    names = "".join(f"Provider {n}\n" for n in range(LINES))
    (folder / "many.csv").write_text(f"name\n{names}")
    return _command(folder, after_s, "register", "import", "provider", "many.csv")


def _flash(folder: Path, after_s: float) -> Killed:
    """Decisions typed on the screen, one after the other, in a flash point that is led."""
    with Terminal("-m", "cockpit", env=environment(folder)) as terminal:
        for key, shows in (("", b"After the backup"), ("f", b"subjects in"), ("\r", b"Who is there"),
                           ("\r", b"Commitments of last time"), ("\x1b[C", b"Who unblocks")):  # fmt: skip
            os.write(terminal.file, key.encode())
            terminal.read_until(shows)
        typist = Typist(
            folder,
            terminal.pid,
            lambda text: terminal.press(text, 0.05),
            terminal.read_for,
            key="d",
            table="decision",
        )
        return typist.type(after_s)


def _visitor(folder: Path, after_s: float) -> Killed:
    """Blockers typed in a browser, whose screen is killed; the door itself goes on."""
    return asyncio.run(_visit(folder, after_s))


async def _visit(folder: Path, after_s: float) -> Killed:
    from aiohttp import ClientSession

    from cockpit.web.visitors import DoorRules
    from tests.web.door import KEY, free_port, opened, says

    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    files = ("--config", str(folder / "config.toml"), "--db", str(folder / "data" / "cockpit.db"))
    set_ = (f"{name}={value}" for name, value in environment(folder).items())
    words = ("env", *set_, sys.executable, "-P", "-m", "cockpit", *files)
    kept = {"Cookie": f"cockpit-key={KEY}"}
    async with (
        opened(rules, port, words),
        ClientSession() as session,
        session.ws_connect(
            f"{rules.address}/ws?width=150&height=45", origin=rules.address, headers=kept
        ) as socket,
    ):
        await says(socket, "Payroll")
        (pid,) = _children()
        loop = asyncio.get_running_loop()

        def press(text: str) -> None:
            asyncio.run_coroutine_threadsafe(socket.send_json(["stdin", text]), loop).result()
            time.sleep(0.1)

        # What the screen writes is taken from it all the while, or it would stop and wait.
        reading = asyncio.create_task(_read(socket))
        typist = Typist(folder, pid, press, time.sleep, key="b", table="blocker")
        found = await asyncio.to_thread(typist.type, after_s)
        reading.cancel()
    return found


async def _read(socket: ClientWebSocketResponse) -> None:
    async for _message in socket:
        continue


@dataclass(frozen=True)
class Typist:
    """A person who is quick, on the screen of a process."""

    folder: Path
    pid: int
    press: Callable[[str], object]
    wait: Callable[[float], object]
    """Lets so many seconds go by, and takes what the screen writes: or it would stop and wait."""
    key: str
    """What asks for a line."""
    table: str
    """Where it goes."""

    def type(self, after_s: float) -> Killed:
        """Lines, one after the other, until the screen is killed, so long after the first of them was saved.

        One is sent when the one before was seen saved.
        """
        found, n, slow_s = Killed(), 0, 1.0
        killer = threading.Timer(after_s, os.kill, (self.pid, signal.SIGKILL))
        with suppress(OSError, TimeoutError, ConnectionError):
            while not n or killer.is_alive():
                title = f"typed {n}"
                self.press(self.key)
                self.press(title)
                stood = time.monotonic()
                if n % 2:
                    # Somebody thinks for a moment.
                    until = stood + 4 * slow_s
                    while killer.is_alive() and time.monotonic() < until:
                        self.wait(0.1)
                    if not killer.is_alive():
                        # On a busy machine a key takes its time to arrive.
                        found.typed = title if time.monotonic() - stood > 2 * slow_s else ""
                        break
                sent = time.monotonic()
                self.press("\r")
                while title not in found.saved and (not n or killer.is_alive()):
                    found.saved += _seen(self.folder, self.table, title)
                    self.wait(0.05)
                    if time.monotonic() - sent > PATIENCE_S:
                        raise AssertionError(f"the screen does not take {title!r}")
                slow_s = max(1.0, time.monotonic() - sent)
                n += 1
                if n == 1:
                    killer.start()
        killer.join()
        return found


def _seen(folder: Path, table: str, title: str) -> list[str]:
    """Whether another process sees a line that was sent."""
    with suppress(OperationalError), closing(connect(folder / "data" / "cockpit.db")) as conn:
        if conn.execute(f"SELECT 1 FROM {table} WHERE title = ?", (title,)).fetchone():
            return [title]
    return []


def _children() -> list[int]:
    """The processes that this one started."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(each) for each in found]


SCENES = (
    Scene("flash", _flash, 10.0),
    Scene("visitor", _visitor, 10.0),
    Scene("sync", _sync, 5.0),
    Scene("settings", _settings, 1.0),
    Scene("import", _import, 5.0),
)


def killed(template: Path, scratch: Path, scene: Scene, after_s: float) -> Iterator[str]:
    """Kill a scene at an instant, then yield every promise that does not hold."""
    here = fresh(template, scratch)
    found = scene.play(here, after_s)
    print(f"{scene.name} after {after_s:.2f} s: {len(found.saved)} saved, “{found.typed}” typed")
    yield from (f"{scene.name} after {after_s:.2f} s: {what}" for what in _broken(here, found))


def _broken(here: Path, found: Killed) -> Iterator[str]:
    yield from stands(here / "data" / "cockpit.db")
    titles = _titles(here)
    lost = [title for title in found.saved if title not in titles]
    if lost:
        yield f"saved and lost: {lost}"
    if found.typed and found.typed not in titles and found.typed not in _drafts(here):
        yield f"typed and lost: {found.typed}"
    many = counted(here, "SELECT count(*) FROM provider WHERE name LIKE 'Provider %'")
    if many not in (0, LINES):
        yield f"{many} lines of an import of {LINES}"
    if counted(here, "SELECT count(*) FROM blocker WHERE title IN ('VPN', 'Payroll')") != 2:
        yield "what was saved before is lost"
    doctor = run(here, ("doctor",))
    if "■" in doctor.stdout or "Traceback" in doctor.stderr:
        yield f"the doctor says: {[line for line in doctor.stdout.splitlines() if '■' in line]} {doctor.stderr}"
    for words in (
        ("journal", "verify"),
        ("drafts",),
        ("settings", "get", "company.name"),
        ("sync",),
        ("block", "After"),
    ):
        done = run(here, words)
        if done.returncode != 0:
            yield f"{words[0]} does not go on: {done.stdout}{done.stderr}"


def _titles(here: Path) -> set[str]:
    with closing(connect(here / "data" / "cockpit.db")) as conn:
        return {
            row[0] for table in ("blocker", "decision") for row in conn.execute(f"SELECT title FROM {table}")
        }


def _drafts(here: Path) -> str:
    with closing(connect(here / "data" / "cockpit.db")) as conn:
        return "\n".join(str(row[0]) for row in conn.execute("SELECT text FROM draft"))


def main() -> int:
    """Kill, and tell what broke; 1 when something did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "scenes", nargs="*", help=f"of {', '.join(each.name for each in SCENES)}; all without any"
    )
    parser.add_argument("--times", type=int, default=40, help="kills of each scene")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        template, scratch = Path(folder, "template"), Path(folder, "scratch")
        make_template(template)
        for scene in SCENES:
            if asked.scenes and scene.name not in asked.scenes:
                continue
            chance = random.Random(f"{scene.name}{asked.seed}")
            for _turn in range(asked.times):
                for what in killed(template, scratch, scene, chance.uniform(0.05, scene.longest_s)):
                    broken += 1
                    print(f"BROKEN {what}", flush=True)
                    with suppress(OSError):
                        shutil.copytree(scratch, f"{folder}-broken-{broken}")
            print(f"{scene.name}: {asked.times} kills", flush=True)
    print(f"{broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

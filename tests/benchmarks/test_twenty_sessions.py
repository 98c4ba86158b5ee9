"""Twenty people on one file, each on a screen of their own: writing, editing one record, leading, following.

`TWENTY_MINUTES=10 pytest tests/benchmarks/test_twenty_sessions.py --benchmark-only -s`; one minute without.
Twenty real `cockpit` processes on terminals of 100x30, as over ssh, with the demo company and its loopback sources,
read as often as they are due. `-k textual` has the same keys pressed in twenty screens of Textual's own widgets.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.dataclasses import dataclass, field
from cockpit.services.demo import company
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, proof
from cockpit.store.connection import connect
from tests.benchmarks.screens import (
    AGAIN,
    ANSWERS,
    ANY,
    CLOSES,
    CURSOR,
    FRAME,
    OPENS,
    Screen,
    busy,
    figures,
    typed,
)

PEOPLE = 20
MINUTES = float(os.environ.get("TWENTY_MINUTES", "1"))
IDLE_S = 20.0
LETTER_S = 0.12
"""Between two letters of a line: a quick typist."""
THINK_S = float(os.environ.get("TWENTY_THINK_S", "2.5"))
"""Between two things one does, on average: five times as often as people do."""
DOWN, UP, RIGHT, LEFT, HOME, FIND = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[18~"
SERVER = """
import sys, threading
from cockpit.services.demo import server
server._Handler.log_request = lambda each, *_answer: print(each.path, file=sys.stderr, flush=True)
with server.serve() as address:
    print(address, flush=True)
    threading.Event().wait()
"""
TEXTUAL = """
from textual.app import App
from textual.containers import Grid
from textual.widgets import Input, OptionList, Static
class Floor(App):
    CSS = "Grid { grid-size: 2 4; height: 1fr; } OptionList { border: solid grey; } Input { border: none; height: 1; }"
    BINDINGS = [("b", "write")]
    def compose(self):
        yield Static("FLOOR")
        with Grid():
            for pane in range(8):
                yield OptionList(*(f"{pane} row {row} of what there is to do today" for row in range(12)))
        line = Input()
        line.cursor_blink = False
        yield line
        yield Static("keys")
    def on_mount(self):
        self.query(OptionList).first().focus()
    def action_write(self):
        self.query_one(Input).focus()
    def on_input_submitted(self, event):
        first = self.query(OptionList).first()
        first.add_option(event.value)
        event.input.value = ""
        first.focus()
Floor().run()
"""

Deed = Callable[[Screen], Coroutine[None, None, None]]


@dataclass
class Person:
    """Somebody at a screen: what they do, and what the screen said it took."""

    screen: Screen
    draw: random.Random
    until: float = 0.0
    wrote: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    told: int = 0
    """How often they were told that another wrote meanwhile."""
    floor: bool = False

    async def think(self) -> None:
        """A person's pause."""
        await asyncio.sleep(min(self.draw.expovariate(1 / THINK_S), 4 * THINK_S))

    @property
    def is_over(self) -> bool:
        """Whether time is up."""
        return time.perf_counter() >= self.until

    def line(self) -> str:
        """Words that nobody else types."""
        return f"{self.screen.name} {len(self.wrote) + len(self.decided) + len(self.edited)} line"

    async def type(self, text: str) -> None:
        """Letter by letter."""
        for sign in text:
            await self.screen.press(sign, "letter", ANY if self.floor else typed(sign))
            await asyncio.sleep(LETTER_S)

    async def enter(self, kind: str) -> bool:
        """Give the line; whether it was taken, or taken when it was given again."""
        for told in range(5):
            if not await self.screen.press("\r", kind, ANY if self.floor else AGAIN if told else ANSWERS):
                return False
            await asyncio.sleep(4 * LETTER_S)
            if self.floor or self.screen.said(CLOSES):
                return True
            self.told += 1
        return False

    async def write(self) -> None:
        """A blocker, in one line."""
        text = self.line()
        await self.screen.press("b", "open", ANY if self.floor else OPENS)
        await asyncio.sleep(LETTER_S)
        await self.type(text)
        if await self.enter("save"):
            self.wrote.append(text)

    async def move(self) -> None:
        """Down and up a list, and now and then to another."""
        self.screen.send(HOME)
        await asyncio.sleep(4 * LETTER_S)
        for key in (DOWN, UP) * self.draw.randint(1, 3):
            await self.screen.press(key, "row", ANY if self.floor else CURSOR)
            await asyncio.sleep(2 * LETTER_S)

    async def pane(self) -> None:
        """To the next pane, and back."""
        for key in ("\t", "\x1b[Z"):
            await self.screen.press(key, "pane", ANY if self.floor else FRAME)
            await asyncio.sleep(4 * LETTER_S)

    async def narrow(self) -> None:
        """A filter over a list, and none."""
        await self.screen.press("/", "open", OPENS)
        await asyncio.sleep(LETTER_S)
        await self.type("pai")
        await self.enter("filter")
        await asyncio.sleep(1.0)
        await self.screen.press("\x1b", "open")
        await asyncio.sleep(4 * LETTER_S)

    async def works(self) -> None:
        """Writes, looks, reads."""
        self.screen.send("\t" if self.floor else "2")
        while not self.is_over:
            await self.think()
            deeds = [self.write, self.move, self.move, self.pane]
            await self.draw.choice(deeds if self.floor else [*deeds, self.narrow])()

    async def edits(self, code: str) -> None:
        """The next step of one record that others edit too."""
        self.screen.send(FIND)
        await asyncio.sleep(1.0)
        self.screen.send(code)
        await asyncio.sleep(1.0)
        self.screen.send("\r")
        await asyncio.sleep(1.0)
        while not self.is_over:
            await self.think()
            text = self.line()
            await self.screen.press("p", "open", OPENS)
            await asyncio.sleep(LETTER_S)
            await self.type(text)
            if await self.enter("save"):
                self.edited.append(text)

    async def leads(self) -> None:
        """A flash point: a decision now and then."""
        self.screen.send("f")
        await asyncio.sleep(1.0)
        self.screen.send("\r")
        await asyncio.sleep(1.0)
        turn = 0
        while not self.is_over:
            await self.think()
            turn += 1
            if turn % 3:
                await self.screen.press(RIGHT if turn % 2 else LEFT, "step")
            else:
                text = self.line()
                await self.screen.press("d", "open", OPENS)
                await self.type(text)
                if await self.enter("save"):
                    self.decided.append(text)

    async def follows(self) -> None:
        """Follows it, and touches nothing."""
        await asyncio.sleep(3.0)
        self.screen.send("f")
        await asyncio.sleep(max(0.0, self.until - time.perf_counter()))


@asynccontextmanager
async def screens(commands: Sequence[tuple[str, Sequence[str]]]) -> AsyncIterator[list[Screen]]:
    """Each of these in a process and a terminal of its own, started a moment apart."""
    opened = []
    try:
        for name, command in commands:
            opened.append(Screen.start(name, *command, env={"LANG": "en_US.UTF-8"}))
            await asyncio.sleep(0.4)
        for each in opened:
            await each.quiet(2.0)
        yield opened
    finally:
        for each in opened:
            each.end()


def tell(title: str, people: Sequence[Person], used: float, before: tuple[float, float]) -> None:
    """What was measured."""
    work, could = (now - then for now, then in zip(busy(), before, strict=True))
    keys = [key for each in people for key in each.screen.keys]
    print(f"\n{title}: {len(people)} screens, {MINUTES:g} min, load {os.getloadavg()[0]:.1f},")
    print(f"  machine {100 * work / could:.0f} % busy, {100 * used / could:.0f} % by these screens")
    print(f"  all     {figures(keys)}")
    for kind in sorted({key.kind for key in keys}):
        print(f"  {kind:7} {figures([key for key in keys if key.kind == kind])}")


async def measured(
    title: str, people: Sequence[Person], deeds: Sequence[Coroutine[None, None, None]]
) -> None:
    """Everybody at once, until time is up; then what nobody's hand costs."""
    before, used = busy(), sum(each.screen.processor() for each in people)
    for each in people:
        each.until = time.perf_counter() + 60 * MINUTES
    await asyncio.gather(*deeds)
    tell(title, people, sum(each.screen.processor() for each in people) - used, before)
    await asyncio.sleep(5.0)
    idle = [each.screen.processor() for each in people]
    await asyncio.sleep(IDLE_S)
    spent = [1000 * (each.screen.processor() - was) / IDLE_S for each, was in zip(people, idle, strict=True)]
    memory = [each.screen.memory() for each in people]
    print(
        f"  idle    {sum(spent) / len(spent):.1f} ms of processor a second and screen, {max(spent):.1f} at most"
    )
    rss, pss = (sorted(kb // 1024 for kb in each) for each in zip(*memory, strict=True))
    print(
        f"  memory  {rss[len(rss) // 2]} MB a screen, {rss[-1]} at most; not shared {pss[len(pss) // 2]}, {pss[-1]}"
    )


@pytest.mark.benchmark(group="twenty sessions")
def test_twenty_people_lose_nothing_and_wait_for_nobody(benchmark: Any, tmp_path: Path) -> None:
    path, config = tmp_path / "cockpit.db", tmp_path / "config.toml"
    log = (tmp_path / "server.log").open("wb")
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, stderr=log, text=True)
    assert server.stdout is not None
    settings = company.settings(server.stdout.readline().strip())
    names = [f"person {chr(97 + n)}" for n in range(PEOPLE)]
    seats = "".join(f'[[seat]]\nname = "{name}"\nrole = "chief"\n' for name in names)
    config.write_text(f'language = "en"\n{company.to_toml(settings)}\n{seats}')
    with closing(connect(path)) as conn:
        company.seed(Workspace(conn, path, settings))
        begun = conn.execute("SELECT max(seq) FROM journal").fetchone()[0]
        shared = conn.execute("SELECT code FROM blocker WHERE closed_at IS NULL LIMIT 1").fetchone()[0]
    files = ("--config", str(config), "--db", str(path))
    subprocess.run([sys.executable, "-m", "cockpit", "sync", *files], stdout=subprocess.DEVNULL, check=False)
    read = Counter((tmp_path / "server.log").read_text().split())

    async def together() -> list[Person]:
        commands = [(name, ("-m", "cockpit", *files, "--seat", name)) for name in names]
        async with screens(commands) as opened:
            people = [Person(each, random.Random(each.name)) for each in opened]
            deeds = [each.works() for each in people[6:]] + [each.edits(shared) for each in people[3:6]]
            deeds += [each.follows() for each in people[1:3]] + [people[0].leads()]
            await measured("cockpit", people, deeds)
            return people

    try:
        people = benchmark.pedantic(lambda: asyncio.run(together()), rounds=1, iterations=1)
    finally:
        server.kill()
        server.wait()
    reads = Counter((tmp_path / "server.log").read_text().split())
    reads.subtract(read)
    wrote = [line for each in people for line in each.wrote]
    decided = [line for each in people for line in each.decided]
    edited = [line for each in people for line in each.edited]
    with closing(connect(path)) as conn:
        kept = Counter(row[0] for row in conn.execute("SELECT title FROM blocker"))
        settled = Counter(row[0] for row in conn.execute("SELECT title FROM decision"))
        entries = list(conn.execute("SELECT * FROM journal WHERE seq > ? ORDER BY seq", (begun,)))
        assert journal.verify(conn) is None
        assert proof.differences(conn) == ()
    journalled = "\n".join(str(entry["after"]) for entry in entries)
    lost = [line for line in wrote if kept[line] != 1] + [line for line in decided if settled[line] != 1]
    lost += [line for line in edited if line not in journalled]
    print(
        f"  {len(wrote)} blockers, {len(decided)} decisions, {len(edited)} edits of one record, {len(lost)} lost"
    )
    often = sorted(n for path, n in reads.items() if path.startswith("/"))
    print(
        f"  {sum(each.told for each in people)} times told that another wrote; {len(entries)} entries; no row unproven"
    )
    print(f"  each source was read {often[0] if often else 0} to {often[-1] if often else 0} times")
    assert lost == []


@pytest.mark.benchmark(group="twenty sessions")
def test_twenty_screens_of_textual_alone(benchmark: Any) -> None:
    async def together() -> None:
        commands = [(f"person {chr(97 + n)}", ("-c", TEXTUAL)) for n in range(PEOPLE)]
        async with screens(commands) as opened:
            people = [Person(each, random.Random(each.name), floor=True) for each in opened]
            await measured("textual", people, [each.works() for each in people])

    benchmark.pedantic(lambda: asyncio.run(together()), rounds=1, iterations=1)

"""The longest time the screen does not answer while a large feed is read, in a company of many years."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path

from cockpit.domain.settings import AgendaSource, Company, Settings
from cockpit.services.desk.workspace import Workspace
from tests.benchmarks import big_company
from tests.benchmarks.test_agenda_bench import feed
from tests.benchmarks.test_promises import OURS, big, tell

__all__ = ["big"]
EVENTS = 10_000
STEP_S = 0.002


async def gaps_while(work: asyncio.Future[None]) -> tuple[list[float], list[float]]:
    """How late each turn of the loop came until `work` is done, sorted, in seconds: on the wall, and of
    the processor, which another process on a busy machine cannot lengthen."""
    late, used = [], []
    while not work.done():
        began, began_use = time.perf_counter(), time.thread_time()
        await asyncio.sleep(STEP_S)
        late.append(time.perf_counter() - began - STEP_S)
        used.append(time.thread_time() - began_use)
    return sorted(late), sorted(used)


async def test_the_longest_stall_while_a_feed_is_read(benchmark: object, big: Path, tmp_path: Path) -> None:
    from cockpit.ui.app import CockpitApp

    mine, file, config = tmp_path / "mine.db", tmp_path / "big.ics", tmp_path / "config.toml"
    shutil.copyfile(big, mine)
    file.write_bytes(feed(EVENTS))
    config.write_text(f'[[agenda]]\nkey = "feed"\nname = "Feed"\nurl = "{file}"\n')
    source = AgendaSource(key="feed", name="Feed", url=str(file))
    clock = lambda: big_company.NOW + timedelta(seconds=time.monotonic() % 600)  # noqa: E731
    workspace = Workspace.open(mine, Settings(company=Company(name="Big"), agendas=(source,)), clock, config)
    command = (sys.executable, "-P", "-c", OURS, "--config", str(config), "--db", str(mine))
    app = CockpitApp(workspace, command=command)
    async with app.run_test(size=(150, 45)) as pilot:
        await pilot.pause()
        while not app.sync.running:
            await pilot.pause(0.01)

        async def reading() -> None:
            while app.sync.running:
                await pilot.press("down")
                await asyncio.sleep(0.05)

        late, used = await gaps_while(asyncio.ensure_future(reading()))
    events = workspace.conn.execute("SELECT events FROM agenda_feed WHERE feed = 'feed'").fetchone()
    assert events["events"] == EVENTS, "the feed was read meanwhile"
    tell(
        f"longest stall while {EVENTS:,} events are read beside the screen",
        f"{late[-1] * 1000:.0f} ms on the wall, {used[-1] * 1000:.0f} ms of processor,"
        f" 99 % under {used[int(len(used) * 0.99)] * 1000:.0f} ms, {len(late)} turns",
        "50 ms",
    )

"""Twenty people on one file: each on a screen of their own, writing, looking and reading, for as long as is asked.

`TWENTY_MINUTES=10 pytest tests/benchmarks/test_twenty_sessions.py --benchmark-only -s`; one minute without. What is
held: no update is lost, the journal proves every row, and a key answers within a tenth of a second in 95 of 100.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cockpit.store import journal, proof
from cockpit.store.connection import connect
from tests.places import ROOT

PEOPLE = 20
SESSION = """
import asyncio, json, os, random, resource, sys, time
from pathlib import Path
from cockpit import locale
from cockpit.domain.seats.rights import ALL
from cockpit.domain.seats.seat import Seat, SeatRole
from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp

locale.use("en")
who, seconds = sys.argv[2], float(sys.argv[3])
seat = Seat(person=who, role=SeatRole.CHIEF, level=3, may=ALL)
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="Claire", company=Company(name="A")), seat=seat)
draw = random.Random(who)

async def run():
    app, keys, typed = CockpitApp(workspace), [], []
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        print("ready", flush=True)
        sys.stdin.readline()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await asyncio.sleep(draw.expovariate(1 / 2.5))
            if draw.random() < 0.2:
                title = f"{who} writes {len(typed)}"
                await pilot.press("b")
                for sign in title:
                    await pilot.press("space" if sign == " " else sign)
                begun = time.perf_counter()
                await pilot.press("enter")
                typed.append(title)
            else:
                begun = time.perf_counter()
                await pilot.press(draw.choice(["down", "up", "tab", "down"]))
            keys.append(time.perf_counter() - begun)
    return {"keys": keys, "typed": typed, "kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}

print(json.dumps(asyncio.run(run())), flush=True)
"""


@pytest.mark.benchmark(group="twenty sessions")
def test_twenty_people_lose_nothing_and_wait_for_nobody(benchmark: Any, tmp_path: Path) -> None:
    path = tmp_path / "cockpit.db"
    minutes = float(os.environ.get("TWENTY_MINUTES", "1"))
    connect(path).close()
    command = [sys.executable, "-c", SESSION, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    sessions = [
        subprocess.Popen(
            [*command, f"person {n}", str(60 * minutes)], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for n in range(PEOPLE)
    ]  # fmt: skip

    def together() -> list[dict[str, Any]]:
        for each in sessions:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        for each in sessions:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        return [json.loads(each.communicate()[0]) for each in sessions]

    said = benchmark.pedantic(together, rounds=1, iterations=1)
    keys = sorted(key for each in said for key in each["keys"])
    typed = [title for each in said for title in each["typed"]]
    with closing(connect(path)) as conn:
        kept = {row["title"] for row in conn.execute("SELECT title FROM blocker")}
        assert journal.verify(conn) is None
        assert proof.differences(conn) == ()
    lost = [title for title in typed if title not in kept]
    print(
        f"\n{PEOPLE} screens, {minutes:g} min: {len(keys)} keys, p50 {1000 * keys[len(keys) // 2]:.0f} ms,"
        f" p95 {1000 * keys[int(len(keys) * 0.95)]:.0f} ms, longest {1000 * keys[-1]:.0f} ms; {len(typed)} blockers"
        f" written, {len(lost)} lost; {max(each['kb'] for each in said) // 1024} MB a screen at most"
    )
    assert lost == []

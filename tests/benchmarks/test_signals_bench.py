"""Signals over five years of journal: a week measured, the running week again, and place 4 opened."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals import listing, measure
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.ui.app import CockpitApp
from tests.benchmarks.big_company import NOW
from tests.benchmarks.test_promises import tell

WEEKS, ENTRIES_A_WEEK = 260, 385
"""Five years, a hundred thousand entries."""


@pytest.fixture(scope="module")
def five_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of forty functions, providers and interfaces whose cases come and go each week for five years."""
    path = tmp_path_factory.mktemp("years") / "years.db"
    conn = connect(path)
    conn.execute("PRAGMA synchronous = OFF")
    chance = random.Random(5)
    began = NOW - timedelta(weeks=WEEKS)
    journal.write(conn, _stamp(began), [*_registers()])
    open_ones: list[str] = []
    for week in range(WEEKS):
        at = began + timedelta(weeks=week, hours=9)
        puts = []
        for n in range(24):
            id = f"b{week}-{n}"
            puts.append(Put("blocker", id, _case(chance, at), "B"))
            open_ones.append(id)
        journal.write(conn, _stamp(at), puts)
        later = at + timedelta(days=3)
        edits = [Put("blocker", chance.choice(open_ones), {"next_step": f"{week}-{n}"}) for n in range(330)]
        closed = [open_ones.pop(chance.randrange(len(open_ones))) for _n in range(22)]
        done = {"status": "solved", "closed_at": later.isoformat(timespec="seconds")}
        journal.write(conn, _stamp(later), [*edits, *(Put("blocker", id, done) for id in closed)])
    conn.execute("ANALYZE")
    conn.close()
    return path


def _stamp(at: datetime) -> Stamp:
    return Stamp(at=at.isoformat(timespec="seconds"), actor="Claire", action="blocker.edit")


def _registers() -> list[Put]:
    found = [
        Put("function", f"f{n}", {"name": f"F{n}", "criticality": n % 4 + 1, "mode": "external"}, "FN")
        for n in range(40)
    ]
    found += [Put("provider", f"p{n}", {"name": f"P{n}"}, "PR") for n in range(40)]
    found += [
        Put("interface", f"i{n}", {"name": f"I{n}", "source": f"FN-{n + 1}", "target": f"PR-{n + 1}", "cadence_days": 7,
                                   "last_on": "2026-11-20"}, "IF")
        for n in range(40)
    ]  # fmt: skip
    return found


def _case(chance: random.Random, at: datetime) -> dict[str, object]:
    return {
        "title": f"Case {chance.randrange(400)} of the week", "function": f"FN-{chance.randrange(40) + 1}",
        "waiting_on": f'["PR-{chance.randrange(40) + 1}"]', "owner": "Sophie", "severity": "p3", "status": "open",
        "since": at.isoformat(timespec="seconds"), "level": 0, "blocks": "[]", "tags": "[]", "spent_minutes": 0,
    }  # fmt: skip


def test_measuring(benchmark: object, five_years: Path) -> None:
    workspace = Workspace.open(five_years, Settings(me="Claire"), lambda: NOW)
    entries = journal.head(workspace.conn)[0]
    began = time.perf_counter()
    found = measure.measure(workspace)
    tell(f"a year of weeks the first time, {entries:,} entries, {found.scores} scores", _s(began), "-")
    last = NOW + timedelta(weeks=1)
    workspace.clock = lambda: last
    began = time.perf_counter()
    measure.measure(workspace)
    tell("the week that ended and the one that runs", _s(began), "≤ 2 s")
    again = [_timed(lambda: measure.measure(workspace)) for _n in range(7)]
    tell("the running week again (incremental)", f"{statistics.median(again) * 1000:.0f} ms", "≤ 200 ms")
    read = [_timed(lambda: listing.read(workspace)) for _n in range(7)]
    tell("what place 4 reads", f"{statistics.median(read) * 1000:.0f} ms", "-")
    first, *others = asyncio.run(_open(workspace))
    tell("place 4 by its key, the first time", f"{first * 1000:.0f} ms of processor", "≤ 45 ms")
    tell("place 4 by its key, again", f"{statistics.median(others) * 1000:.0f} ms of processor", "≤ 45 ms")


async def _open(workspace: Workspace) -> list[float]:
    import_module("cockpit.ui.signals.proof_screen")  # What is loaded while nobody presses a key.
    found = []
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        await pilot.pause()
        for _n in range(8):
            began = time.process_time()
            await pilot.press("f4")
            await pilot.pause()
            found.append(time.process_time() - began)
            await pilot.press("f1")
            await pilot.pause()
    return found


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def _s(began: float) -> str:
    return f"{time.perf_counter() - began:.2f} s"

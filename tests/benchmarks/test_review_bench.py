"""Opening the morning review in a company of many years: what it reads beside the snapshot that is shown."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from pathlib import Path

import pytest

from cockpit.domain.settings import Settings
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import review
from cockpit.store.records import instant
from cockpit.ui.morning.screen import opened
from tests.benchmarks import big_company
from tests.benchmarks.test_promises import big, tell

__all__ = ["big"]
ROUNDS = 15


@pytest.fixture(autouse=True)
def _only_when_asked(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("measured with --benchmark-only")


def test_opening_the_review(benchmark: object, big: Path) -> None:
    workspace = Workspace.open(big, Settings(me="Claire"), lambda: big_company.NOW)
    shown = board(workspace)
    yesterday = [_timed(lambda: opened(workspace, shown)) for _n in range(ROUNDS)]
    tell("opening the review, 10,000 open items, 100,000 entries", _ms(yesterday), "≤ 100 ms")
    with_board = [_timed(lambda: opened(workspace, board(workspace))) for _n in range(ROUNDS)]
    tell("the same with a new snapshot", _ms(with_board), "-")
    began = instant(big_company.NOW - timedelta(days=365 * 3))
    workspace.conn.execute("BEGIN")
    workspace.conn.execute(
        "INSERT INTO review (number, id, code, created_at, created_by, updated_at, conf, by, ended_at, upto_seq)"
        " VALUES (1, 'x', 'RV-1', ?, 'Claire', ?, 1, 'Claire', ?, 0)",
        (began, began, began),
    )
    everything = [_timed(lambda: opened(workspace, shown)) for _n in range(3)]
    found = review.view(workspace, review.begin(workspace), shown)
    workspace.conn.execute("ROLLBACK")
    assert found.told.rest > 9_000
    tell("the same after three years away: every entry and item is news", _ms(everything), "-")


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000


def _ms(found: list[float]) -> str:
    return f"{statistics.median(found):.0f} ms, worst {max(found):.0f} ms"

"""What gets better is no news, what gets worse is, and the end of a trouble is told where it was told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cockpit.domain.providers.state import State
from cockpit.domain.settings import Channel
from cockpit.services.alerts import gather
from cockpit.services.alerts.provider_rules import ProviderFault
from cockpit.services.boards.board import board
from cockpit.services.providers import our_words
from cockpit.services.providers.our_words import About
from cockpit.services.upkeep import notify
from cockpit.sharing.target import DELIVERED, Delivery
from tests.services.upkeep.test_sync import Bench, bench, page
from tests.sources.loopback import response

__all__ = ["bench"]
BELL = Channel(key="bell", name="Bell", kind="bell", level="orange")


async def say(bench: Bench, indicator: str, times: int = 1) -> None:
    """The page says so, so often in a row."""
    bench.site.answers = {"/api/v2/summary.json": response(page(indicator))}
    source = bench.status()
    bench.workspace.settings = replace(bench.workspace.settings, statuses=(source,), channels=(BELL,))
    for _n in range(times):
        await bench.again(source)


def told(bench: Bench) -> list[str]:
    """Titles of what was queued so far."""
    notify.raise_alerts(bench.workspace, board(bench.workspace), quiet=False)
    rows = bench.workspace.conn.execute("SELECT message FROM outbox ORDER BY id").fetchall()
    return [row["message"] for row in rows]


async def leave(bench: Bench) -> None:
    """What waits is delivered."""

    async def takes(*_args: Any, **_rest: Any) -> Delivery:
        return DELIVERED

    async def at_once(_seconds: float) -> None:
        return

    await notify.send_due(bench.workspace, deliver=takes, pause=at_once)


async def test_the_end_of_what_was_never_delivered_is_not_told(bench: Bench) -> None:
    await say(bench, "critical")
    assert len(told(bench)) == 1
    await say(bench, "none", 3)
    assert len(told(bench)) == 1
    await leave(bench)
    rows = bench.workspace.conn.execute("SELECT state, error FROM outbox").fetchall()
    assert [tuple(row) for row in rows] == [("dropped", "it was over before this left")]


def loud(bench: Bench) -> list[State]:
    return [each.state for each in board(bench.workspace).alerts.loud if isinstance(each, ProviderFault)]


async def test_a_trouble_is_told_once_worse_again_better_not_and_its_end_once(bench: Bench) -> None:
    await say(bench, "minor")
    assert len(told(bench)) == 1
    await say(bench, "critical")
    assert len(told(bench)) == 2
    await say(bench, "minor", 3)
    assert len(told(bench)) == 2
    await leave(bench)
    await say(bench, "none", 3)
    assert len(told(bench)) == 3
    assert "alert.resolved" in told(bench)[-1]
    await say(bench, "none", 2)
    assert len(told(bench)) == 3


@pytest.mark.parametrize("way", ["provider", "alert"])
async def test_what_gets_worse_breaks_an_acknowledgement_whichever_way_it_was_given(
    bench: Bench, way: str
) -> None:
    await say(bench, "minor")
    if way == "provider":
        our_words.acknowledge(bench.workspace, About("acme"), "Samir")
    else:
        (item,) = [each for each in board(bench.workspace).alerts.loud if each.kind == "provider"]
        gather.acknowledge(bench.workspace, item, "Samir")
    assert loud(bench) == []
    await say(bench, "critical")
    assert loud(bench) == [State.MAJOR_OUTAGE]


async def test_what_was_acknowledged_stays_so_when_it_gets_better(bench: Bench) -> None:
    await say(bench, "critical")
    (item,) = [each for each in board(bench.workspace).alerts.loud if each.kind == "provider"]
    told(bench)
    gather.acknowledge(bench.workspace, item, "Samir")
    await say(bench, "minor", 3)
    told(bench)
    assert loud(bench) == []
    await say(bench, "none", 3)
    told(bench)
    await say(bench, "critical")
    assert loud(bench) == [State.MAJOR_OUTAGE]

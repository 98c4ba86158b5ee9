"""What gets better is no news, what gets worse is, and the end of a trouble is told where it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cockpit.domain.alerts.alerts import certificate_alert, provider_alert
from cockpit.domain.providers.state import State
from cockpit.domain.settings import Channel
from cockpit.services.alerts import gather
from cockpit.services.boards.board import board
from cockpit.services.providers import our_words
from cockpit.services.providers.our_words import About
from cockpit.services.upkeep import notify
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


def loud(bench: Bench) -> list[str]:
    return [each.detail for each in board(bench.workspace).alerts if each.kind == "provider"]


async def test_a_trouble_is_told_once_worse_again_better_not_and_its_end_once(bench: Bench) -> None:
    await say(bench, "minor")
    assert len(told(bench)) == 1
    await say(bench, "critical")
    assert len(told(bench)) == 2
    await say(bench, "minor", 3)
    assert len(told(bench)) == 2
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
        (item,) = [each for each in board(bench.workspace).alerts if each.kind == "provider"]
        gather.acknowledge(bench.workspace, item, "Samir")
    assert loud(bench) == []
    await say(bench, "critical")
    assert loud(bench) == [State.MAJOR_OUTAGE]


async def test_what_was_acknowledged_stays_so_when_it_gets_better(bench: Bench) -> None:
    await say(bench, "critical")
    (item,) = [each for each in board(bench.workspace).alerts if each.kind == "provider"]
    told(bench)
    gather.acknowledge(bench.workspace, item, "Samir")
    await say(bench, "minor", 3)
    told(bench)
    assert loud(bench) == []
    await say(bench, "none", 3)
    told(bench)
    await say(bench, "critical")
    assert loud(bench) == [State.MAJOR_OUTAGE]


def test_a_certificate_is_an_alert_at_21_days_red_at_7_and_the_next_one_is_another(bench: Bench) -> None:
    now = bench.clock()
    levels = {}
    for days in (30, 20, 6, 0):
        found = certificate_alert("acme", "Acme", now + timedelta(days=days), now)
        levels[days] = found.level if found else 0
    assert levels == {30: 0, 20: 1, 6: 2, 0: 2}
    one, next_one = (certificate_alert("acme", "Acme", now + timedelta(days=n), now) for n in (5, 6))
    assert one is not None
    assert next_one is not None
    assert one.key != next_one.key


def test_the_worse_of_a_trouble_are_known_by_their_keys() -> None:
    mild = provider_alert("a", "A", State.DEGRADED, "important")
    bad = provider_alert("a", "A", State.MAJOR_OUTAGE, "important")
    assert mild is not None
    assert bad is not None
    assert bad.key in mild.worse_keys
    assert mild.key not in bad.worse_keys

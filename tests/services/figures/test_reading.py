"""Figures that are read from an address: what is written, what is told, and that nothing is forged by a bad answer."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import FigureSource
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.figures import scorecard, values
from cockpit.services.reading.report import SourceReport
from cockpit.services.upkeep.sync import sync
from tests.conftest import TickingClock
from tests.sources.loopback import response, serving


class Site:
    """One address, and what it answers now."""

    answer = response()

    async def __call__(self, _path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(self.answer)


async def _read(workspace: Workspace, clock: TickingClock, site: Site, **more: Any) -> SourceReport:
    async with serving(site) as port:
        options = {"key": "cash", "name": "Cash", "at": "data.total", "internal": True, **more}
        source = FigureSource(url=f"http://127.0.0.1:{port}/cash?token=very-private", **options)
        settings = replace(workspace.settings, figures=(source,))
        (report,) = await sync(workspace.conn, settings, now=clock)
    return report


def _figure(workspace: Workspace) -> scorecard.FigureLine:
    return scorecard.scorecard(workspace)[0]


@pytest.fixture
def site() -> Site:
    return Site()


async def test_a_value_is_written_once_and_again_when_it_changes(
    workspace: Workspace, clock: TickingClock, site: Site
) -> None:
    values.make(workspace, {"name": "Cash", "source": "address"})
    site.answer = response(b'{"data": {"total": 142700}}')
    assert (await _read(workspace, clock, site)).outcome == "ok"
    assert _figure(workspace).figures.cells[-1].value == 142_700
    assert (await _read(workspace, clock, site)).outcome == "unchanged"
    site.answer = response(b'{"data": {"total": 139000}}')
    await _read(workspace, clock, site)
    assert _figure(workspace).figures.cells[-1].value == 139_000
    rows = workspace.conn.execute(
        "SELECT actor FROM journal WHERE entity = 'measure' ORDER BY seq"
    ).fetchall()
    assert [row["actor"] for row in rows] == [PROGRAM, PROGRAM]


async def test_dated_values_fill_their_weeks_and_days_to_come_wait(
    workspace: Workspace, clock: TickingClock, site: Site
) -> None:
    values.make(workspace, {"name": "Cash", "source": "address"})
    days = [["2026-11-09", 1], ["2026-11-11", 2], ["2026-11-16", 3], ["2026-12-21", 9], ["2019-01-01", 5]]
    site.answer = response(json.dumps(days).encode())
    report = await _read(workspace, clock, site, at="")
    assert "2 values" in str(report)
    known = {cell.period: cell.value for cell in _figure(workspace).figures.cells if cell.value is not None}
    assert known == {date(2026, 11, 9): 2, date(2026, 11, 16): 3}


@pytest.mark.parametrize(
    "answer",
    [
        response(b'{"data": {"total": "soon"}}'), response(b"<html>Sign in</html>", Content_Type="text/html"),
        response(b"", "503 Service Unavailable"), b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{",
    ],
)  # fmt: skip
async def test_what_is_no_number_is_a_failed_reading_and_the_last_value_stays(
    workspace: Workspace, clock: TickingClock, site: Site, answer: bytes
) -> None:
    values.make(workspace, {"name": "Cash", "source": "address"})
    site.answer = response(b'{"data": {"total": 5}}')
    await _read(workspace, clock, site)
    site.answer = answer
    report = await _read(workspace, clock, site)
    assert report.outcome == "failed"
    assert "very-private" not in str(report)
    assert _figure(workspace).figures.cells[-1].value == 5


async def test_a_section_without_its_figure_says_how_to_make_it(
    workspace: Workspace, clock: TickingClock, site: Site
) -> None:
    site.answer = response(b'{"data": {"total": 5}}')
    report = await _read(workspace, clock, site)
    assert report.outcome == "failed"
    assert "cockpit figure --new" in str(report)
    values.make(workspace, {"name": "Cash"})
    assert "not read from an address" in str(await _read(workspace, clock, site))

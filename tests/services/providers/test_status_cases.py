"""Status pages that were read wrong, each the case of a kind; what each says now."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.providers.state import State
from cockpit.services.providers.check import CheckResult, check
from tests.sources.loopback import response, serving

CASES = Path(__file__).resolve().parents[2] / "data" / "status_cases"
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TYPES = {".html": "text/html", ".atom": "application/atom+xml"}


async def read_case(folder: str, path: str = "/", engine: str = "") -> CheckResult:
    """The page in a folder, read as `cockpit provider check` does."""
    (root,) = CASES.glob(f"{folder}_*")

    async def answer(asked: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        place = root / (asked.partition("?")[0].strip("/") or "index.html")
        if place.is_file():
            kind = TYPES.get(place.suffix, "application/json")
            writer.write(response(place.read_bytes(), Content_Type=kind))
        else:
            writer.write(response(b"<!doctype html>nothing here", "404 Not Found", Content_Type="text/html"))

    async with serving(answer) as port:
        return await check(f"http://127.0.0.1:{port}{path}", engine, now=NOW)


@pytest.mark.parametrize(
    ("folder", "path", "engine", "expected"),
    [
        ("01", "/", "", State.UNKNOWN),
        ("01", "/", "heroku", State.DEGRADED),
        ("06", "/", "instatus", State.MAJOR_OUTAGE),
        ("06", "/", "", State.MAJOR_OUTAGE),
        ("07", "/", "cachet3", State.DEGRADED),
        ("07", "/", "", State.DEGRADED),
        ("08", "/", "cachet3", State.MAINTENANCE),
        ("09", "/", "cachet3", State.MAJOR_OUTAGE),
        ("10", "/", "betterstack", State.OPERATIONAL),
        ("10", "/", "", State.OPERATIONAL),
        ("11", "/status/default", "kuma", State.OPERATIONAL),
        ("12", "/history.atom", "feed", State.MAINTENANCE),
        ("12", "/history.atom", "", State.MAINTENANCE),
    ],
)
async def test_each_page_says_what_it_says(folder: str, path: str, engine: str, expected: State) -> None:
    assert (await read_case(folder, path, engine)).state is expected


async def test_a_form_that_nobody_reads_is_told_with_what_was_seen_and_what_can_be_done() -> None:
    result = await read_case("01")
    assert (result.engine, result.failure) == ("", "not_understood")
    assert "Heroku Status" in result.error
    assert "probe" in result.error


async def test_a_report_that_ended_in_words_is_over_and_pinned_news_is_no_incident() -> None:
    ended = await read_case("10", "/", "betterstack")
    pinned = await read_case("11", "/status/default", "kuma")
    assert ended.reading is not None
    assert [incident.open for incident in ended.reading.incidents] == [False]
    assert pinned.reading is not None
    assert pinned.reading.incidents == ()
    assert any("Bienvenue" in warning for warning in pinned.warnings)


async def test_a_work_in_progress_of_a_feed_is_a_maintenance_and_no_incident() -> None:
    result = await read_case("12", "/history.atom", "feed")
    assert result.reading is not None
    assert result.reading.incidents == ()
    assert [work.phase for work in result.reading.maintenances] == ["in_progress"]

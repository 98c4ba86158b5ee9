"""Trying a status page: what engine it is, what it says, and nothing stored."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cockpit.domain.providers.state import State
from cockpit.services.providers.check import CheckResult, check, to_json
from cockpit.sources import status
from tests.sources.loopback import response, serving

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
PAGE = {"page": {"id": "p1", "name": "Acme"}, "status": {"indicator": "none", "description": "Fine"}}
KUMA = {"config": {"slug": "default"}, "publicGroupList": [{"monitorList": [{"id": 7, "name": "Site"}]}]}
BEAT = {"heartbeatList": {"7": [{"status": 1, "time": "2026-11-23 07:41:00"}]}}
GOOD_TIME = "2026-11-23T07:41:00Z"

SITES: dict[str, dict[str, Any]] = {
    "statuspage": {"/api/v2/summary.json": PAGE},
    "widget": {"/api/v1/summary": {"page_title": "Acme", "ongoing_incidents": []}},
    "betterstack": {
        "/index.json": {"data": {"id": "1", "type": "status_page", "attributes": {"aggregate_state": "operational"}}}
    },
    "instatus": {"/summary.json": {"page": {"name": "Acme", "status": "UP"}}},
    "sorry": {"/api/v1/status": {"page": {"name": "Acme", "state": "operational"}}},
    "cachet": {
        "/api/v1/status": {"data": {"status": "success", "message": "ok"}},
        "/api/v1/components": {"data": [{"id": 1, "name": "API", "status": 1}]},
    },
    "cachet3": {"/api/components": {"data": [{"id": "1", "attributes": {"name": "API", "status": {"value": 1}}}]}},
    "gatus": {"/api/v1/endpoints/statuses": [{"name": "a", "results": [{"success": True, "timestamp": GOOD_TIME}]}]},
    "kuma": {"/api/status-page/default": KUMA, "/api/status-page/heartbeat/default": BEAT},
}  # fmt: skip


async def try_site(
    documents: dict[str, Any], path: str = "", engine: str = "", **options: Any
) -> CheckResult:
    async def answer(asked: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        found = documents.get(asked.partition("?")[0])
        if isinstance(found, bytes):
            writer.write(found)
        elif found is None:
            writer.write(response(b"", "404 Not Found"))
        else:
            writer.write(response(json.dumps(found).encode()))

    async with serving(answer) as port:
        return await check(f"http://127.0.0.1:{port}{path}", engine, now=NOW, **options)


@pytest.mark.parametrize("engine", SITES)
async def test_each_engine_is_recognised_and_read(engine: str) -> None:
    result = await try_site(SITES[engine])
    assert (result.engine, result.state, result.error) == (engine, State.OPERATIONAL, "")


async def test_a_service_without_status_page_is_probed() -> None:
    result = await try_site({"/": response(b"hello")}, "/")
    assert (result.engine, result.state) == ("probe", State.OPERATIONAL)
    assert result.reading is not None
    assert result.reading.confidence == "low"


@pytest.mark.parametrize(
    ("documents", "path", "engine"),
    [({}, "/", ""), ({}, "/api/v2/summary.json", ""), ({"/": response(b"<html>", "500 Oops")}, "/", ""),
     ({"/api/v2/summary.json": response(b"<html>")}, "", ""), ({"/x": {"status": "ok"}}, "/x", "slack"),
     ({"/x": PAGE}, "/x", "teleprinter"), ({"/x": response(b"")}, "/x", "statuspage"),
     ({"/api/v2/summary.json": response(b"hello")}, "/api/v2/summary.json", "")],
)  # fmt: skip
async def test_what_is_not_understood_is_unknown_with_a_reason(
    documents: dict[str, Any], path: str, engine: str
) -> None:
    result = await try_site(documents, path, engine)
    assert result.state is State.UNKNOWN
    assert result.error
    assert to_json(result)["state"] == "unknown"


async def test_a_watched_component_that_is_absent_is_told() -> None:
    result = await try_site(SITES["cachet"], components=("Paie",))
    assert result.state is State.UNKNOWN
    assert any("Paie" in warning for warning in result.warnings)


async def test_the_json_has_stable_keys_and_needs_no_help() -> None:
    fire = {
        **PAGE,
        "components": [{"id": "c1", "name": "API", "status": "major_outage"}],
        "incidents": [{"id": "i1", "name": "Fire", "status": "identified", "started_at": GOOD_TIME}],
        "scheduled_maintenances": [{"id": "m1", "name": "Works", "status": "scheduled"}],
    }
    found = to_json(await try_site({"/api/v2/summary.json": fire}))
    json.dumps(found)
    assert set(found) == {
        "engine", "state", "page", "page_id", "indicator", "confidence", "components", "incidents",
        "maintenances", "warnings", "error", "latency_ms", "certificate_expires_at",
    }  # fmt: skip
    assert found["components"] == [{"id": "c1", "name": "API", "state": "major_outage", "group": ""}]
    assert isinstance(found["incidents"], list)
    assert found["incidents"][0]["started_at"] == "2026-11-23T07:41:00+00:00"
    assert isinstance(found["maintenances"], list)
    assert found["maintenances"][0]["phase"] == "scheduled"
    assert found["error"] is None


def test_every_engine_of_the_detection_exists() -> None:
    from cockpit.sources.status.detect import ORDER

    assert set(ORDER) == set(SITES)
    assert set(ORDER) <= set(status.DIALECTS)

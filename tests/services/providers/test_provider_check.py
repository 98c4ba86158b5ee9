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
from cockpit.sources.status.detect import GUESSES
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
    "cstate": {"/index.json": {"summaryStatus": "ok", "systems": [{"name": "API", "status": "ok"}]}},
    "rootly": {"/api/v1/status.json": {"page": {"name": "Acme"}, "status": {"indicator": "none"}, "incidents": []}},
    "statping": {"/api/services": [{"id": 1, "name": "API", "online": True}]},
    "statushub": {"/api/statuses": {"counters": {"count_status_1": 3, "count_status_2": 0, "count_status_3": 0}}},
    "oneuptime": {
        "/status-page-api/overview/127.0.0.1": {
            "overallStatus": {"name": "Operational", "isOperationalState": True}, "statusPageResources": [],
        },
    },
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


async def test_an_answer_of_a_web_server_says_nothing_of_a_service_unless_a_person_asks_for_it() -> None:
    found = await try_site({"/": response(b"hello")}, "/")
    assert (found.engine, found.state, found.failure) == ("", State.UNKNOWN, "not_understood")
    asked = await try_site({"/": response(b"hello")}, "/", "probe")
    assert (asked.engine, asked.state) == ("probe", State.OPERATIONAL)


async def test_the_address_of_a_page_that_moved_is_offered() -> None:
    away = response(b"", "301 Moved Permanently", Location="https://new.acme.test/status?x=1")
    result = await try_site({"/": away}, "/")
    assert (result.state, result.moved_to) == (State.UNKNOWN, "https://new.acme.test/status?x=1")
    assert to_json(result)["moved_to"] == result.moved_to


async def test_the_parts_that_could_be_chosen_are_listed_also_where_they_are_a_document_of_their_own() -> (
    None
):
    past = {
        "id": "a",
        "begin": "2026-10-01T08:00:00Z",
        "end": "2026-10-01T09:00:00Z",
        "status_impact": "AVAILABLE",
    }
    products = {"products": [{"title": "Gmail", "id": "g"}, {"title": "Google Drive", "id": "d"}]}
    result = await try_site(
        {"/incidents.json": [past], "/products.json": products}, "/incidents.json", "google"
    )
    assert result.reading is not None
    assert (result.state, [part.name for part in result.reading.components]) == (
        State.OPERATIONAL,
        ["Gmail", "Google Drive"],
    )


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


@pytest.mark.parametrize(
    ("page", "seen", "way"),
    [
        (response(b"<html><title>Acme &amp; Co</title>", Content_Type="text/html; charset=x"), "(Acme & Co)", "probe"),
        (response(b"hello", Content_Type="text/plain; charset=utf-8"), "(text/plain)", "data or feed"),
        (response(b"hello", Content_Type=""), "(?)", "data or feed"),
        (response(b"<p>By <a href='https://statuspal.io'>StatusPal</a>"), "(application/json)", "looks like StatusPal"),
        (response(b"<p>Powered by Cachet"), "(application/json)", "data or feed"),
    ],
)  # fmt: skip
async def test_a_page_that_no_engine_reads_is_named_with_what_can_be_done(
    page: bytes, seen: str, way: str
) -> None:
    found = await try_site({"/": page}, "/")
    assert found.failure == "not_understood"
    assert f"not understood {seen}" in found.error
    assert way in found.error


async def test_a_host_that_gives_a_web_page_for_every_address_is_told_from_one_that_does_not() -> None:
    page = response(b"<html><title>Sign in</title></html>", Content_Type="text/html")
    everywhere = dict.fromkeys((path for site in SITES.values() for path in site), page)
    found = await try_site({"/": page, **everywhere}, "/")
    assert found.failure == "html"


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
        "maintenances", "warnings", "error", "latency_ms", "certificate_expires_at", "failure", "moved_to", "url",
        "limit",
    }  # fmt: skip
    assert found["components"] == [{"id": "c1", "name": "API", "state": "major_outage", "group": ""}]
    assert isinstance(found["incidents"], list)
    assert found["incidents"][0]["started_at"] == "2026-11-23T07:41:00+00:00"
    assert isinstance(found["maintenances"], list)
    assert found["maintenances"][0]["phase"] == "scheduled"
    assert found["error"] is None


def test_every_engine_of_the_detection_exists() -> None:
    assert set(GUESSES) == set(SITES)
    assert set(GUESSES) <= set(status.DIALECTS)

"""The life of a status source: how its engine is found and found again, what is our own connection's fault."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
from dataclasses import replace

import pytest
import trustme

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.providers.state import State
from cockpit.domain.settings import StatusSource
from cockpit.network import reach
from cockpit.services.boards.board import board
from cockpit.services.providers import page as page_of
from cockpit.services.providers import page_rows, rows
from cockpit.store.outside import sources
from tests.services.upkeep.test_sync import Bench, bench, page
from tests.sources.loopback import response, serving

__all__ = ["bench"]


FIRE_PAGE = page("critical")
RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Acme</title><item><title>Lenteurs</title>'
    b"<guid>1</guid><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE_HTML = response(b"<!doctype html><title>Acme Status</title><p>All fine", Content_Type="text/html")


@pytest.mark.parametrize("first", ["502 Bad Gateway", "500 Oops", "403 Forbidden", "404 Not Found"])
async def test_a_first_reading_that_fails_is_not_for_ever(bench: Bench, first: str) -> None:
    source = bench.status("/", engine="")
    bench.site.answers = {"/": PAGE_HTML, "/api/v2/summary.json": response(b"", first)}
    (report,) = await bench.sync(source)
    assert (report.outcome, bench.row.state) == ("failed", State.UNKNOWN)
    bench.site.answers["/api/v2/summary.json"] = response(FIRE_PAGE)
    report = await bench.again(source, minutes=24 * 60)
    assert (report.state, bench.row.state) == (State.MAJOR_OUTAGE, State.MAJOR_OUTAGE)


async def test_a_guess_that_could_not_be_judged_is_made_again_at_the_next_turn(bench: Bench) -> None:
    source = bench.status("/", engine="")
    bench.site.answers = {"/": PAGE_HTML, "/api/v2/summary.json": response(b"", "502 Bad Gateway")}
    await bench.sync(source)
    bench.site.answers["/api/v2/summary.json"] = response(FIRE_PAGE)
    bench.clock.forward(minutes=5)
    (report,) = await bench.sync(source, due_only=True)
    assert report.state is State.MAJOR_OUTAGE


async def test_a_page_that_is_not_understood_is_unknown_told_and_looked_at_daily(bench: Bench) -> None:
    source = bench.status("/", engine="")
    bench.site.answers = {"/": PAGE_HTML}
    (report,) = await bench.sync(source)
    assert report.failure == "not_understood"
    assert "Acme Status" in report.message
    bench.clock.forward(hours=3)
    (report,) = await bench.sync(source, due_only=True)
    assert report.outcome == "skipped"
    bench.clock.forward(hours=22)
    bench.site.answers["/api/v2/summary.json"] = response(page())
    (report,) = await bench.sync(source, due_only=True)
    assert report.state is State.OPERATIONAL


async def test_a_detected_engine_that_answers_in_another_form_is_detected_again_at_once(bench: Bench) -> None:
    source = bench.status("/", engine="")
    bench.site.answers = {"/": PAGE_HTML, "/api/v2/summary.json": response(page())}
    await bench.sync(source)
    instatus = {"page": {"name": "Acme", "url": "https://status.acme.test", "status": "HASISSUES"}}
    bench.site.answers = {"/": PAGE_HTML, "/summary.json": response(json.dumps(instatus).encode())}
    await bench.again(source)
    assert sources.source_state(bench.workspace.conn, "status", "acme").engine == "instatus"
    assert bench.row.state is State.DEGRADED


async def test_an_engine_that_a_person_named_is_not_changed_but_the_other_one_is_offered(
    bench: Bench,
) -> None:
    source = bench.status()
    bench.site.answers = {"/": PAGE_HTML, "/api/v2/summary.json": response(page())}
    await bench.sync(source)
    instatus = {"page": {"name": "Acme", "url": "https://status.acme.test", "status": "UP"}}
    bench.site.answers = {"/": PAGE_HTML, "/summary.json": response(json.dumps(instatus).encode())}
    report = await bench.again(source)
    assert "instatus" in report.message
    assert report.failure == "not_understood"


async def test_a_page_that_moved_to_another_host_is_offered_and_never_followed(bench: Bench) -> None:
    moved = response(b"", "301 Moved Permanently", Location="https://new.acme.test/status")
    bench.site.answers = {"/": moved}
    (report,) = await bench.sync(bench.status("/", engine=""))
    assert (report.failure, bench.row.state) == ("redirect", State.UNKNOWN)
    assert "new.acme.test" in report.message
    assert [path for path, _fields in bench.site.asked] == ["/"]


async def test_a_feed_is_recognised_by_its_content_wherever_it_is(bench: Bench) -> None:
    bench.site.answers = {"/rss/all": response(RSS, Content_Type="text/xml")}
    await bench.sync(bench.status("/rss/all", engine=""))
    assert sources.source_state(bench.workspace.conn, "status", "acme").engine == "feed"
    assert bench.row.state is State.DEGRADED


async def test_a_feed_that_only_its_page_names_is_read_at_each_turn(bench: Bench) -> None:
    html = b'<html><link rel="alternate" type="application/rss+xml" href="/x/feed"></html>'
    bench.site.answers = {"/": response(html, Content_Type="text/html"), "/x/feed": response(RSS)}
    source = bench.status("/", engine="")
    for _n in range(2):
        await bench.again(source)
        assert bench.row.state is State.DEGRADED
        assert bench.row.last_failure is None


async def test_a_root_that_sends_to_the_page_of_another_engine_is_read_there(bench: Bench) -> None:
    kuma = {"config": {"slug": "acme"}, "publicGroupList": [{"monitorList": [{"id": 7, "name": "Site"}]}]}
    beat = {"heartbeatList": {"7": [{"status": 0, "time": "2026-11-23 07:41:00"}]}}
    bench.site.answers = {
        "/": response(b"", "302 Found", Location="/status/acme"),
        "/status/acme": PAGE_HTML,
        "/api/status-page/acme": response(json.dumps(kuma).encode()),
        "/api/status-page/heartbeat/acme": response(json.dumps(beat).encode()),
    }
    source = bench.status("/", engine="")
    for _n in range(3):
        await bench.again(source)
    assert bench.row.state is State.MAJOR_OUTAGE


async def test_one_page_for_several_services_is_our_own_connection(bench: Bench) -> None:
    async def portal(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(response(b"<html>Sign in to the hotel</html>", Content_Type="text/html"))

    async with serving(portal) as one, serving(portal) as two:
        probes = [
            replace(bench.status("/", engine="probe", key=key), url=f"http://127.0.0.1:{port}/")
            for key, port in (("a", one), ("b", two))
        ]
        reports = await bench.sync(*probes)
    assert {report.failure for report in reports} == {"portal"}
    assert bench.row.state is State.UNKNOWN
    assert bench.workspace.conn.execute("SELECT count(*) FROM status_sample").fetchone()[0] == 0
    assert "portal" in {each.kind for each in board(bench.workspace).alerts.loud}


async def test_certificates_of_an_unknown_authority_everywhere_are_our_own_connection(
    bench: Bench,
) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with serving(response(b"hello"), tls) as one, serving(response(b"hello"), tls) as two:
        probes = [
            replace(bench.status("/", engine="probe", key=key), url=f"https://127.0.0.1:{port}/")
            for key, port in (("a", one), ("b", two))
        ]
        for _n in range(4):
            bench.clock.forward(minutes=2)
            reports = await bench.sync(*probes)
    assert {report.failure for report in reports} == {"untrusted"}
    assert bench.workspace.conn.execute("SELECT count(*) FROM status_sample").fetchone()[0] == 0
    assert "connection" in {each.kind for each in board(bench.workspace).alerts.loud}


async def test_cookies_are_kept_within_one_reading_and_no_longer(bench: Bench) -> None:
    async def shy(_path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        seen = "seen=yes" in fields.get("cookie", "")
        again = response(b"", "302 Found", Location="/", Set_Cookie="seen=yes; Path=/; HttpOnly")
        asked.append(fields.get("cookie", ""))
        writer.write(response(b"hello") if seen else again)

    asked: list[str] = []
    async with serving(shy) as port:
        probe = replace(bench.status("/", engine="probe"), url=f"http://127.0.0.1:{port}/")
        for _n in range(2):
            await bench.again(probe)
            assert bench.row.state is State.OPERATIONAL
    assert asked == ["", "seen=yes", "", "seen=yes"]


async def test_a_name_that_alone_does_not_exist_is_told_within_minutes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    other = bench.status(key="other", name="Other")
    lost = replace(bench.status(), url="https://nowhere.acme.invalid/api/v2/summary.json")
    await bench.sync(bench.status(), other)
    real = reach.resolve

    async def gone(host: str, port: int, *, internal: bool) -> tuple[str, ...]:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return await real(host, port, internal=internal)

    monkeypatch.setattr("cockpit.sources.fetch.resolve", gone)
    for _n in range(2):
        bench.clock.forward(minutes=3)
        await bench.sync(lost, other)
    assert "name_lost" in {each.kind for each in shown(bench, lost, other)}


def shown(bench: Bench, *watched: StatusSource) -> tuple[Alert, ...]:
    """The alerts of a cockpit with these sources."""
    bench.workspace.settings = replace(bench.workspace.settings, statuses=watched)
    return board(bench.workspace).alerts.loud


async def test_what_a_source_does_not_cover_stands_beside_its_state_everywhere(bench: Bench) -> None:
    bench.site.answers["/api/posts/mac"] = response(b'{"Status": "Available", "Title": "Fine"}')
    source = bench.status("/api/posts/mac", engine="microsoft", name="Microsoft 365")
    await bench.sync(source)
    assert bench.row.state is State.QUIET
    shown(bench, source)
    (line,) = board(bench.workspace).outside.providers
    assert "Teams" in line.limit
    assert line.limit in rows.provider(line, bench.workspace.now()).printed
    said = rows.to_json(line)
    assert (said["state"], said["limit"]) == ("nothing_published", line.limit)
    found = page_of.view(bench.workspace, "acme")
    assert found is not None
    assert any(line.limit in text for text in page_rows.as_text(found))
    assert all(uptime.share is None for _days, uptime in found.uptimes)


@pytest.mark.parametrize("kind", ["not_understood", "moved"])
async def test_a_source_that_tells_nothing_is_an_alert_with_its_reason(bench: Bench, kind: str) -> None:
    away = response(b"", "301 Moved Permanently", Location="https://new.acme.test/")
    bench.site.answers = {"/": PAGE_HTML if kind == "not_understood" else away}
    source = bench.status("/", engine="")
    await bench.sync(source)
    assert kind in {each.kind for each in shown(bench, source)}

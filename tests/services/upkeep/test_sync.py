"""The sync: every source once, each failure its own, nothing lost, nothing asked too often."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from cockpit.domain.providers.state import State
from cockpit.domain.settings import AgendaSource, Settings, StatusSource
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep.sync import SourceReport, sync, to_json
from cockpit.sources import status as dialects
from cockpit.store.outside import sources
from tests.conftest import TickingClock
from tests.sources.loopback import response, serving

SECRET = "very-private-token"


def page(indicator: str = "none", **more: Any) -> bytes:
    status = {"indicator": indicator, "description": indicator}
    return json.dumps({"page": {"id": "p1", "name": "Acme"}, "status": status, **more}).encode()


FIRE = page("major", incidents=[{"id": "i1", "name": "Fire", "status": "identified", "impact": "major"}])


def feed(*titles: str, head: str = "") -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{title}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T090000Z\r\n"
        f"DTEND:20261124T100000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for title in titles
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}{events}END:VCALENDAR\r\n".encode()


@dataclass
class Site:
    """Paths and what they answer; what was asked is kept."""

    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def __call__(self, path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        path = path.partition("?")[0]
        self.asked.append((path, fields))
        writer.write(self.answers.get(path, response(b"", "404 Not Found")))


@dataclass
class Bench:
    """A cockpit with a site to read."""

    workspace: Workspace
    clock: TickingClock
    site: Site
    port: int
    waited: list[float] = field(default_factory=list)

    def status(self, path: str = "/api/v2/summary.json", **options: Any) -> StatusSource:
        options = {"key": "acme", "name": "Acme", "engine": "statuspage", "internal": True, **options}
        return StatusSource(url=f"http://127.0.0.1:{self.port}{path}?token={SECRET}", **options)

    def agenda(self, path: str = "/a.ics", **options: Any) -> AgendaSource:
        options = {"key": "work", "name": "Work", "internal": True, **options}
        return AgendaSource(url=f"http://127.0.0.1:{self.port}{path}?token={SECRET}", **options)

    async def sync(self, *read: AgendaSource | StatusSource, **options: Any) -> tuple[SourceReport, ...]:
        settings = replace(
            self.workspace.settings,
            agendas=tuple(s for s in read if isinstance(s, AgendaSource)),
            statuses=tuple(s for s in read if isinstance(s, StatusSource)),
        )
        return await sync(self.workspace.conn, settings, now=self.clock, pause=self.pause, **options)

    async def pause(self, seconds: float) -> None:
        """Waits without waiting."""
        self.waited.append(seconds)

    async def again(self, *read: AgendaSource | StatusSource, minutes: float = 3) -> SourceReport:
        self.clock.forward(minutes=minutes)
        return (await self.sync(*read))[0]

    @property
    def row(self) -> sources.ProviderRow:
        return sources.providers(self.workspace.conn)[0]


@pytest.fixture
async def bench(workspace: Workspace, clock: TickingClock) -> Any:
    site = Site()
    async with serving(site) as port:
        yield Bench(workspace, clock, site, port)


async def test_agendas_and_statuses_are_read_together(bench: Bench) -> None:
    bench.site.answers = {"/api/v2/summary.json": response(page()), "/a.ics": response(feed("A", "B"))}
    told: list[SourceReport] = []
    reports = await bench.sync(bench.agenda(), bench.status(), progress=told.append)
    assert [(r.key, r.kind, r.outcome) for r in reports] == [
        ("work", "agenda", "ok"),
        ("acme", "status", "ok"),
    ]
    assert set(told) == set(reports)
    assert bench.row.state is State.OPERATIONAL
    assert "2 events" in str(reports[0])
    assert to_json(reports[1])["state"] == "operational"


async def test_one_failure_leaves_the_others_alone(bench: Bench) -> None:
    bench.site.answers = {"/api/v2/summary.json": response(page())}
    bad, good = await bench.sync(bench.agenda(), bench.status())
    assert (bad.outcome, bad.failure, good.outcome) == ("failed", "not_found", "ok")
    assert "never read" in str(bad)


async def test_our_own_fault_is_contained(bench: Bench, monkeypatch: pytest.MonkeyPatch,
                                          caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    def broken(*_args: Any, **_options: Any) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(dialects, "read", broken)
    bench.site.answers = {"/api/v2/summary.json": response(page()), "/a.ics": response(feed("A"))}
    good, bad = await bench.sync(bench.agenda(), bench.status())
    assert (good.outcome, bad.outcome) == ("ok", "failed")
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in caplog.text
    assert bench.row.fails == 1


async def test_a_failure_deletes_nothing_and_keeps_the_age(bench: Bench) -> None:
    both = (bench.status(), bench.agenda())
    bench.site.answers = {"/api/v2/summary.json": response(FIRE), "/a.ics": response(feed("A"))}
    await bench.sync(*both)
    bench.site.answers = {}
    bench.clock.forward(minutes=70)
    agenda, report = await bench.sync(*both)
    assert (agenda.outcome, report.outcome) == ("failed", "failed")
    assert report.state is State.PARTIAL_OUTAGE
    assert "last read 1 h 10 min ago" in str(report)
    assert bench.row.incidents == ("Fire",)
    count = bench.workspace.conn.execute("SELECT count(*) FROM agenda_block").fetchone()[0]
    assert count == 1


async def test_no_address_and_no_secret_is_stored_or_told(bench: Bench, tmp_path: Path) -> None:
    bench.site.answers = {"/a.ics": response(b"<html>", Content_Type="text/html")}
    reports = await bench.sync(
        bench.agenda(), bench.status("/secret-path"), bench.status("/x", key="y", engine="")
    )
    assert {report.outcome for report in reports} == {"failed"}
    dump = "\n".join(bench.workspace.conn.iterdump()) + "".join(map(str, reports)) + repr(reports)
    for private in (SECRET, "secret-path", str(bench.port)):
        assert private not in dump


async def test_validators_go_out_and_a_304_renews_only_freshness(bench: Bench) -> None:
    source = bench.status()
    bench.site.answers["/api/v2/summary.json"] = response(page(), ETag='W/"1"', Last_Modified="x")
    await bench.sync(source)
    bench.site.answers["/api/v2/summary.json"] = response(b"", "304 Not Modified")
    report = await bench.again(source)
    assert report.outcome == "unchanged"
    assert bench.site.asked[-1][1]["if-none-match"] == 'W/"1"'
    assert bench.row.last_ok == bench.clock()


async def test_validators_are_dropped_once_a_day_and_when_the_source_changes(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page(), ETag='"1"')
    await bench.sync(bench.status())
    for source, minutes, sent in (
        (bench.status(), 3, True),
        (bench.status(components=("API",)), 3, False),
        (bench.status(components=("API",)), 25 * 60, False),
    ):
        await bench.again(source, minutes=minutes)
        assert ("if-none-match" in bench.site.asked[-1][1]) is sent


async def test_an_identical_body_is_read_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.sync(bench.status())
    monkeypatch.setattr(dialects, "read", lambda *_a, **_o: pytest.fail("read again"))
    assert (await bench.again(bench.status())).outcome == "unchanged"


async def test_recovery_shows_at_the_second_good_answer_even_if_it_is_a_304(bench: Bench) -> None:
    source = bench.status()
    for answer, state, incidents in (
        (response(FIRE), State.PARTIAL_OUTAGE, 1),
        (response(page(), ETag='"1"'), State.PARTIAL_OUTAGE, 1),
        (response(b"", "304 Not Modified"), State.OPERATIONAL, 0),
    ):
        bench.site.answers["/api/v2/summary.json"] = answer
        await bench.again(source)
        assert bench.row.state is state
        assert len(bench.row.incidents) == incidents


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"page":{},"status":{}}', page("security_hold")])
async def test_what_cannot_be_understood_is_unknown_at_once(bench: Bench, body: bytes) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.sync(bench.status())
    bench.site.answers["/api/v2/summary.json"] = response(body)
    await bench.again(bench.status())
    assert bench.row.state is State.UNKNOWN


async def test_a_server_in_trouble_says_nothing_of_the_service(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.sync(bench.status())
    bench.site.answers["/api/v2/summary.json"] = response(b"", "503 Busy")
    report = await bench.again(bench.status())
    assert report.failure == "server"
    assert bench.row.state is State.OPERATIONAL
    assert bench.row.fails == 1


async def test_failures_back_off_and_success_resets(bench: Bench) -> None:
    source = bench.status()
    waits = []
    bench.site.answers["/api/v2/summary.json"] = response(b"", "500 Oops")
    for _n in range(5):
        await bench.again(source)
        assert bench.row.next_try is not None
        waits.append((bench.row.next_try - bench.clock()).total_seconds())
    assert [round(wait / 120) for wait in waits[:2]] == [2, 4]
    assert all(wait <= 990 for wait in waits)
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.again(source)
    assert bench.row.fails == 0
    assert bench.row.next_try is not None
    assert bench.row.next_try - bench.clock() <= timedelta(seconds=132)


async def test_only_due_sources_are_read_when_asked_so(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.sync(bench.status(), due_only=True)
    (report,) = await bench.sync(bench.status(), due_only=True)
    assert report.outcome == "skipped"
    assert len(bench.site.asked) == 1
    bench.clock.forward(minutes=3)
    await bench.sync(bench.status(), due_only=True)
    assert len(bench.site.asked) == 2


async def test_only_the_named_sources_are_read(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(page())
    reports = await bench.sync(bench.status(), bench.status(key="b"), only=frozenset({"b"}))
    assert [report.key for report in reports] == ["b"]


async def test_retry_after_holds_even_when_asked_by_hand(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(b"", "429 Wait", Retry_After="1800")
    await bench.sync(bench.status())
    assert (await bench.again(bench.status(), minutes=29)).outcome == "skipped"
    bench.site.answers["/api/v2/summary.json"] = response(page())
    assert (await bench.again(bench.status(), minutes=2)).outcome == "ok"


async def test_an_open_incident_is_followed_each_minute(bench: Bench) -> None:
    bench.site.answers["/api/v2/summary.json"] = response(FIRE)
    await bench.sync(bench.status())
    assert bench.row.interval_s == 60


async def test_a_feed_is_read_as_often_as_it_wishes(bench: Bench) -> None:
    bench.site.answers["/a.ics"] = response(feed("A", head="REFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n"))
    await bench.sync(bench.agenda())
    assert sources.source_state(bench.workspace.conn, "agenda", "work").interval_s == 7200
    await bench.sync(bench.agenda(interval_s=60))
    assert sources.source_state(bench.workspace.conn, "agenda", "work").interval_s == 60


async def test_a_doubtful_feed_is_believed_when_it_comes_again_later(bench: Bench) -> None:
    def count() -> int:
        number: int = bench.workspace.conn.execute("SELECT count(*) FROM agenda_block").fetchone()[0]
        return number

    bench.site.answers["/a.ics"] = response(feed(*"ABCDEF"))
    await bench.sync(bench.agenda())
    bench.site.answers["/a.ics"] = response(feed("A"), ETag='"1"')
    await bench.again(bench.agenda())
    assert count() == 6
    await bench.again(bench.agenda())
    assert "if-none-match" not in bench.site.asked[-1][1]
    assert count() == 6, "three minutes later it may be the same fault"
    await bench.again(bench.agenda(), minutes=15)
    assert count() == 1


async def test_calendars_of_this_machine(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(feed("A"))
    places = {"file": tmp_path / "a.ics", "folder": tmp_path}
    for key, place in places.items():
        (report,) = await bench.sync(AgendaSource(key=key, name=key, url=str(place)))
        assert report.outcome == "ok"
    (report,) = await bench.sync(AgendaSource(key="uri", name="uri", url=(tmp_path / "a.ics").as_uri()))
    assert report.outcome == "ok"
    (report,) = await bench.sync(AgendaSource(key="none", name="none", url=str(tmp_path / "absent.ics")))
    assert report.outcome == "failed"


async def test_a_missing_secret_is_told_without_asking_the_server(bench: Bench) -> None:
    (report,) = await bench.sync(bench.agenda(secret="env:COCKPIT_ABSENT"))
    assert report.failure == "auth"
    assert "COCKPIT_ABSENT" in report.message
    assert bench.site.asked == []


async def test_an_engine_is_detected_once(bench: Bench) -> None:
    source = replace(bench.status("", engine=""), url=f"http://127.0.0.1:{bench.port}")
    bench.site.answers["/api/v2/summary.json"] = response(page())
    await bench.sync(source)
    assert bench.row.state is State.OPERATIONAL
    assert sources.source_state(bench.workspace.conn, "status", "acme").engine == "statuspage"
    before = len(bench.site.asked)
    await bench.again(source)
    assert len(bench.site.asked) == before + 1


async def test_a_site_that_answers_everything_with_pages_is_never_green(bench: Bench) -> None:
    async def portal(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(response(b"<!doctype html><p>Sign in", Content_Type="text/html"))

    async with serving(portal) as port:
        source = replace(bench.status(engine=""), url=f"http://127.0.0.1:{port}/")
        (report,) = await bench.sync(source)
    assert report.failure == "html"
    assert bench.row.state is State.UNKNOWN


async def test_an_unknown_engine_is_named(bench: Bench) -> None:
    (report,) = await bench.sync(bench.status(engine="teleprinter"))
    assert "teleprinter" in report.message
    assert "statuspage" in report.message


async def test_a_probe_fails_three_times_before_it_is_an_outage(bench: Bench) -> None:
    probe = bench.status("/", engine="probe")
    bench.site.answers["/"] = response(b"hello")
    await bench.sync(probe)
    assert bench.row.state is State.OPERATIONAL
    bench.site.answers["/"] = response(b"", "500 Oops")
    for state in (State.OPERATIONAL, State.OPERATIONAL, State.MAJOR_OUTAGE):
        await bench.again(probe)
        assert bench.row.state is state
    bench.site.answers["/"] = response(b"hello")
    for state in (State.MAJOR_OUTAGE, State.OPERATIONAL):
        await bench.again(probe)
        assert bench.row.state is state


async def test_a_silent_service_is_an_outage_only_while_others_are_heard(bench: Bench) -> None:
    closed = StatusSource(key="app", name="App", url="http://127.0.0.1:1/", engine="probe", internal=True)
    bench.site.answers["/api/v2/summary.json"] = response(page())
    for _n in range(3):
        await bench.again(bench.status(), closed)
    _acme, app = sources.providers(bench.workspace.conn)
    assert app.state is State.MAJOR_OUTAGE
    assert app.last_ok == bench.clock()


async def test_our_own_network_down_is_no_outage(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    probes = [bench.status("/", engine="probe"), bench.status("/b", engine="probe", key="b")]
    bench.site.answers = {"/": response(b"hello"), "/b": response(b"hello")}
    await bench.sync(*probes)

    async def silent(*_args: Any, **_options: Any) -> tuple[str, ...]:
        raise TimeoutError

    monkeypatch.setattr("cockpit.sources.fetch.resolve", silent)
    for _n in range(4):
        report = await bench.again(*probes)
        assert report.failure == "offline"
    assert bench.row.state is State.OPERATIONAL


def test_settings_are_enough_to_sync_nothing(workspace: Workspace, clock: TickingClock) -> None:
    assert asyncio.run(sync(workspace.conn, Settings(), now=clock)) == ()


async def test_a_feed_that_stumbles_is_asked_again_at_once_twice(bench: Bench) -> None:
    bench.site.answers["/a.ics"] = response(b"", "502 Bad Gateway")
    (report,) = await bench.sync(bench.agenda())
    assert report.outcome == "failed"
    assert len(bench.site.asked) == 3
    assert [round(seconds) for seconds in bench.waited] == [1, 2]


@pytest.mark.parametrize("status", ["401 Unauthorized", "404 Not Found", "410 Gone", "429 Too Many Requests"])
async def test_what_asking_again_cannot_mend_is_asked_once(bench: Bench, status: str) -> None:
    bench.site.answers["/a.ics"] = response(b"", status, Retry_After="60")
    await bench.sync(bench.agenda())
    assert len(bench.site.asked) == 1


async def test_a_feed_that_moved_for_good_says_so_and_is_read(bench: Bench) -> None:
    bench.site.answers["/a.ics"] = response(b"", "301 Moved Permanently", Location="/b.ics")
    bench.site.answers["/b.ics"] = response(feed("A"))
    (report,) = await bench.sync(bench.agenda())
    assert report.outcome == "ok"
    assert "127.0.0.1; cockpit agenda move work" in report.message


async def test_a_feed_is_not_read_more_often_than_its_server_says(bench: Bench) -> None:
    bench.site.answers["/a.ics"] = response(feed("A"), Cache_Control="private, max-age=7200")
    await bench.sync(bench.agenda())
    assert sources.source_state(bench.workspace.conn, "agenda", "work").interval_s == 7200


async def test_a_clock_that_is_wrong_is_told_once_for_all(bench: Bench) -> None:
    wrong = format_datetime(bench.clock() - timedelta(minutes=7), usegmt=True)
    bench.site.answers["/api/v2/summary.json"] = response(page(), Date=wrong)
    bench.site.answers["/a.ics"] = response(feed("A"), Date=wrong)
    await bench.sync(bench.agenda(), bench.status())
    (alert,) = [each for each in board(bench.workspace).alerts.loud if each.kind == "clock"]
    assert "7 min off" in alert.text()


async def test_a_network_that_wants_a_sign_in_is_recognised(bench: Bench) -> None:
    sign_in = response(b"<html>Sign in</html>", Content_Type="text/html")
    bench.site.answers["/a.ics"] = bench.site.answers["/api/v2/summary.json"] = sign_in
    await bench.sync(bench.agenda(), bench.status())
    assert "portal" in {each.kind for each in board(bench.workspace).alerts.loud}


async def test_a_database_that_cannot_be_written_stops_nothing_else(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("cockpit.services.providers.reading.readings.save_reading", full)
    bench.site.answers["/a.ics"] = response(feed("A"))
    bench.site.answers["/api/v2/summary.json"] = response(page())
    agenda, status = await bench.sync(bench.agenda(), bench.status())
    assert agenda.outcome == "ok"
    assert (status.outcome, "disk is full" in status.message) == ("failed", True)


GRAPH = {"value": [{"id": "microsoftteams", "service": "Microsoft Teams", "status": "serviceOperational"}]}


async def test_graph_signs_in_reads_every_page_and_keeps_no_secret(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_SECRET", "client-secret-1")
    base = f"http://127.0.0.1:{bench.port}"
    more = {"value": [{"id": "exchange", "service": "Exchange", "status": "serviceDegradation"}]}
    bench.site.answers["/token"] = response(
        b'{"token_type":"Bearer","access_token":"tok-42","expires_in":3599}'
    )
    bench.site.answers["/v1.0/healthOverviews"] = response(
        json.dumps({**GRAPH, "@odata.nextLink": f"{base}/page2"}).encode()
    )
    bench.site.answers["/page2"] = response(json.dumps(more).encode())
    source = replace(
        bench.status(engine="graph", user="client-id", secret="env:GRAPH_SECRET", tenant=f"{base}/token"),
        url=f"{base}/v1.0/healthOverviews",
    )
    (report,) = await bench.sync(source)
    assert (report.outcome, report.state) == ("ok", State.DEGRADED)
    asked = dict(bench.site.asked)
    assert (
        asked["/v1.0/healthOverviews"]["authorization"] == asked["/page2"]["authorization"] == "Bearer tok-42"
    )
    dump = "\n".join(bench.workspace.conn.iterdump())
    assert "client-secret-1" not in dump
    assert "tok-42" not in dump


async def test_a_document_sends_its_reader_and_a_token_to_no_other_host(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_SECRET", "client-secret-1")
    base = f"http://127.0.0.1:{bench.port}"
    bench.site.answers["/token"] = response(b'{"access_token":"tok-42"}')
    bench.site.answers["/v1.0/healthOverviews"] = response(
        json.dumps({**GRAPH, "@odata.nextLink": f"http://localhost:{bench.port}/page2"}).encode()
    )
    source = bench.status(engine="graph", user="client-id", secret="env:GRAPH_SECRET", tenant=f"{base}/token")
    (report,) = await bench.sync(replace(source, url=f"{base}/v1.0/healthOverviews"))
    assert [path for path, _fields in bench.site.asked] == ["/token", "/v1.0/healthOverviews"]
    assert (report.outcome, report.state) == ("ok", State.UNKNOWN), "what it holds beyond is not known"


class Keyring(KeyringBackend):  # type: ignore[misc]  # the library is not typed
    """A keyring that holds one token."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return "cake-token" if (service, username) == ("cockpit", "cake") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


async def test_a_token_of_the_keyring_opens_statuscake_and_is_kept_nowhere(bench: Bench) -> None:
    test = {"id": "1", "name": "Shop", "status": "down", "paused": False}
    bench.site.answers["/v1/uptime"] = response(json.dumps({"data": [test]}).encode())
    source = bench.status("/v1/uptime", engine="statuscake", secret="keyring:cake")
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        (report,) = await bench.sync(source)
        (missing,) = await bench.sync(replace(source, key="other", secret="keyring:other"))
    finally:
        keyring.set_keyring(before)
    assert (report.outcome, report.state) == ("ok", State.MAJOR_OUTAGE)
    assert bench.site.asked[0][1]["authorization"] == "Bearer cake-token"
    assert "cake-token" not in "\n".join(bench.workspace.conn.iterdump())
    assert missing.failure == "auth"
    assert "keyring set cockpit other" in missing.message


async def test_a_refused_sign_in_says_which_error_and_no_secret(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_SECRET", "client-secret-1")
    body = {
        "error": "invalid_client",
        "error_description": "AADSTS7000215: Invalid client secret client-secret-1.",
    }
    bench.site.answers["/token"] = response(json.dumps(body).encode(), "401 Unauthorized")
    tenant = f"http://127.0.0.1:{bench.port}/token"
    (report,) = await bench.sync(
        bench.status(engine="graph", user="client-id", secret="env:GRAPH_SECRET", tenant=tenant)
    )
    assert report.outcome == "failed"
    assert "AADSTS7000215" in report.message
    assert "client-secret-1" not in report.message


async def test_a_token_opens_a_protected_page(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_TOKEN", "tok-7")
    await bench.sync(bench.status(secret="env:PAGE_TOKEN"))
    assert bench.site.asked[-1][1]["authorization"] == "Bearer tok-7"

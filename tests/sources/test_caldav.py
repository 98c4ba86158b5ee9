"""A real CalDAV server is read, and only read: what changes there changes here."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.settings import AgendaSource
from cockpit.services.upkeep import address_move
from cockpit.sources.caldav_source import collect
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, NotModified
from tests.sources.loopback import response, serving

pytest.importorskip("radicale", reason="no CalDAV server to test against")
pytest.importorskip("caldav", reason="the CalDAV extra is not installed")

SERVER = """
import sys, threading
from wsgiref.simple_server import WSGIRequestHandler, make_server
from radicale import Application, config
class Quiet(WSGIRequestHandler):
    def log_message(self, *args): pass
settings = config.load()
settings.update({
    "storage": {"filesystem_folder": sys.argv[1]},
    "auth": {"type": "htpasswd", "htpasswd_filename": sys.argv[2], "htpasswd_encryption": "plain", "delay": 0},
    "logging": {"level": "critical"},
}, "test", privileged=True)
radicale = Application(settings)
def application(environ, start):
    if environ["PATH_INFO"] == "/moved/":
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start("301 Moved Permanently", [("Location", "/claire/agenda/")])
        return []
    return radicale(environ, start)
server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
"""
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass
class Server:
    """A running Radicale with one collection."""

    url: str
    folder: Path

    def put(self, uid: str, title: str) -> None:
        """Add or change an event, as another program would."""
        from caldav.davclient import DAVClient

        with DAVClient(self.url, username="claire", password="s3cret") as client:
            client.calendar(url=self.url).save_event(EVENT.format(uid=uid, title=title))  # type: ignore[no-untyped-call]

    def delete(self, uid: str) -> None:
        """Remove an event."""
        from caldav.davclient import DAVClient

        with DAVClient(self.url, username="claire", password="s3cret") as client:
            client.calendar(url=self.url).event_by_uid(uid).delete()  # type: ignore[no-untyped-call]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    users = tmp_path / "users"
    users.write_text("claire:s3cret\n")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path / "data"), str(users)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    from caldav.davclient import DAVClient

    base = f"http://127.0.0.1:{port}/claire/"
    with DAVClient(base, username="claire", password="s3cret") as client:
        client.principal().make_calendar(name="Agenda", cal_id="agenda")  # type: ignore[no-untyped-call]
    yield Server(f"{base}agenda/", tmp_path)
    process.kill()
    process.wait()
    process.stdout.close()


async def read(server: Server, known: str = "", password: str = "s3cret") -> object:
    return await collect(server.url, "claire", password, known=known, internal=True)


async def test_events_come_as_one_stream_and_follow_every_change(server: Server) -> None:
    server.put("a", "Comité")
    server.put("b", "Point paie")
    first = await read(server)
    assert isinstance(first, Fetched)
    assert first.body.count(b"BEGIN:VEVENT") == 2
    assert "Comité".encode() in first.body
    again = await read(server, first.validators.etag)
    assert isinstance(again, NotModified), "nothing changed, nothing is read"
    assert not first.moved
    assert not again.moved
    server.put("a", "Comité déplacé")
    server.delete("b")
    second = await read(server, first.validators.etag)
    assert isinstance(second, Fetched)
    assert second.body.count(b"BEGIN:VEVENT") == 1
    assert "Comité déplacé".encode() in second.body


async def test_an_empty_collection_is_an_empty_calendar(server: Server) -> None:
    found = await read(server)
    assert isinstance(found, Fetched)
    assert b"BEGIN:VCALENDAR" in found.body


async def test_a_wrong_password_is_told_as_such(server: Server) -> None:
    found = await read(server, password="wrong")
    assert isinstance(found, Failed)
    assert found.kind == "auth"
    assert "wrong" not in found.message


async def test_an_address_that_is_no_collection_is_told(server: Server) -> None:
    found = await collect(f"{server.url}none/", "claire", "s3cret", internal=True)
    assert isinstance(found, Failed)
    assert found.kind in ("not_found", "broken_body")


async def test_the_root_of_a_server_and_a_persons_folder_are_no_calendar(server: Server) -> None:
    server.put("a", "Comité")
    folder = server.url.removesuffix("agenda/")
    for address in (folder, folder.removesuffix("claire/")):
        found = await collect(address, "claire", "s3cret", internal=True)
        assert isinstance(found, Failed)
        assert (found.kind, "one calendar in it" in found.message) == ("not_found", True)


async def test_the_local_network_is_refused_unless_allowed(server: Server) -> None:
    found = await collect(server.url, "claire", "s3cret", internal=False)
    assert isinstance(found, Failed)
    assert found.kind == "refused"


@asynccontextmanager
async def redirecting(location: str, status: str = "301 Moved Permanently") -> AsyncIterator[int]:
    async def answer(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(response(b"", status, Location=location))

    async with serving(answer) as port:
        yield port


async def test_a_redirect_to_another_host_says_where_to_and_is_not_given_the_password(server: Server) -> None:
    there = server.url.replace("127.0.0.1", "localhost")
    async with redirecting(there) as port:
        found = await collect(f"http://127.0.0.1:{port}/cal/", "claire", "s3cret", internal=True)
    assert isinstance(found, Failed)
    assert (found.kind, found.moved_to) == ("redirect", there)
    assert "localhost" in found.message
    assert "agenda" not in found.message


async def test_a_redirect_that_leads_nowhere_is_told() -> None:
    async with redirecting("ftp://nowhere") as port:
        found = await collect(f"http://127.0.0.1:{port}/cal/", "", "", internal=True)
    assert isinstance(found, Failed)
    assert (found.kind, found.moved_to) == ("redirect", "")
    async with redirecting("/again") as port:
        found = await collect(f"http://127.0.0.1:{port}/cal/", "", "", internal=True)
    assert isinstance(found, Failed)
    assert "circles" in found.message


async def test_redirects_are_followed_three_times_on_the_open_network_alone() -> None:
    asked: list[str] = []

    async def answer(path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        asked.append(path)
        writer.write(response(b"", "302 Found", Location=f"/{len(asked)}"))

    async with serving(answer) as port:
        circling = await collect(f"http://127.0.0.1:{port}/0", "", "", internal=True)
        assert isinstance(circling, Failed)
        assert (circling.kind, asked) == ("redirect", ["/0", "/1", "/2", "/3"])
        refused = await collect(f"http://127.0.0.1:{port}/0", "", "")
    assert isinstance(refused, Failed)
    assert (refused.kind, len(asked)) == ("refused", 4)
    for url in ("", "ftp://a.test/"):
        nowhere = await collect(url, "", "")
        assert isinstance(nowhere, Failed)
        assert nowhere.kind == "refused"


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        ("401 No", "auth", "127.0.0.1 refuses access (401)"), ("403 No", "auth", "refuses access"),
        ("404 Gone", "not_found", "127.0.0.1 does not know this address (404)"),
        ("500 Oops", "broken_body", "127.0.0.1 does not speak CalDAV at this address"),
        *((status, "broken_body", "does not speak CalDAV") for status in (
            "204 No Content", "207 Multi-Status", "302 Found", "503 Busy")),
    ],
)  # fmt: skip
async def test_what_a_server_that_is_no_calendar_answers_is_told(status: str, kind: str, said: str) -> None:
    junk = (b"", b"junk", b"<html>", b"<a xmlns='DAV:'/>", b"<?xml version='1.0'?><multistatus xmlns='DAV:'>")
    for body in junk if kind != "not_found" else (b"",):
        async with serving(response(body, status, Content_Type="application/xml")) as port:
            found = await collect(f"http://127.0.0.1:{port}/cal/", "claire", "s3cret", internal=True)
        assert isinstance(found, Failed)
        assert (found.kind, said in found.message) == (kind, True), body


async def test_a_redirect_on_the_same_host_is_followed(server: Server) -> None:
    server.put("a", "Comité")
    old = server.url.replace("/claire/agenda/", "/moved/")
    found = await collect(old, "claire", "s3cret", internal=True)
    assert isinstance(found, Fetched)
    assert (found.body.count(b"BEGIN:VEVENT"), found.moved, found.final_url) == (1, True, server.url)
    again = await collect(old, "claire", "s3cret", known=found.validators.etag, internal=True)
    assert isinstance(again, NotModified)
    assert again.moved


async def test_the_new_address_of_a_collection_is_taken_where_it_is_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALDAV", "s3cret")
    there = server.url.replace("127.0.0.1", "localhost")
    async with redirecting(there) as port:
        source = AgendaSource(
            key="c", name="C", url=f"http://127.0.0.1:{port}/cal/", kind="caldav", user="claire",
            secret="env:CALDAV", internal=True,
        )  # fmt: skip
        place = await address_move.of_agenda(source, now=lambda: datetime.now(UTC))
    assert place.url == there


async def test_a_server_that_is_away_is_told() -> None:
    found = await collect("http://127.0.0.1:9/claire/agenda/", "claire", "s3cret", internal=True)
    assert isinstance(found, Failed)
    assert found.kind in ("server", "offline", "timeout")

"""A hundred sources that did not change, against a hundred bare conditional requests to the same server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cockpit.domain.settings import AgendaSource, Settings, StatusSource
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep.sync import sync
from tests.benchmarks.test_agenda_bench import feed as feed_of
from tests.benchmarks.test_promises import tell

EACH = 50
ROUNDS = 7
NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
SERVER = """
import http.server, pathlib, sys
FEED, PAGE = (pathlib.Path(name).read_bytes() for name in sys.argv[1:])
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def do_GET(self):
        known = self.headers.get("If-None-Match") == '"1"'
        body = b"" if known else FEED if self.path.endswith(".ics") else PAGE
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "text/calendar" if self.path.endswith(".ics") else "application/json")
        if not known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True
server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    feed, page = tmp_path / "feed.ics", tmp_path / "page.json"
    feed.write_bytes(feed_of(40))
    parts = [{"id": str(n), "name": f"Part {n}", "status": "operational"} for n in range(20)]
    status = {"indicator": "none", "description": "Fine"}
    page.write_text(json.dumps({"page": {"id": "p", "name": "Acme"}, "status": status, "components": parts}))
    command = [sys.executable, "-c", SERVER, str(feed), str(page)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()


async def bare(port: int) -> None:
    """A hundred conditional requests, as many at once as a sync, a connection for each."""
    limits = httpx.Limits(max_connections=6, max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def one(path: str) -> None:
            answer = await client.get(f"http://127.0.0.1:{port}{path}", headers={"If-None-Match": '"1"'})
            assert answer.status_code == 304

        await asyncio.gather(
            *(one(f"/{n}.ics") for n in range(EACH)), *(one(f"/{n}/api/v2/summary.json") for n in range(EACH))
        )


def test_a_hundred_unchanged_sources(benchmark: object, port: int, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{port}"
    feeds = [
        AgendaSource(key=f"a{n}", name=f"A{n}", url=f"{base}/{n}.ics", internal=True) for n in range(EACH)
    ]
    pages = [
        StatusSource(
            key=f"s{n}",
            name=f"S{n}",
            url=f"{base}/{n}/api/v2/summary.json",
            engine="statuspage",
            internal=True,
        )
        for n in range(EACH)
    ]
    settings = Settings(agendas=tuple(feeds), statuses=tuple(pages))
    turn = 0

    def clock() -> datetime:
        return NOW + timedelta(minutes=5 * turn)

    workspace = Workspace.open(tmp_path / "cockpit.db", settings, clock)

    def whole() -> list[str]:
        reports = asyncio.run(sync(workspace.conn, settings, now=clock))
        return [report.outcome for report in reports]

    assert set(whole()) == {"ok"}
    ours, theirs = [], []
    for _round in range(ROUNDS):
        turn += 1
        began = time.perf_counter()
        outcomes = whole()
        ours.append(time.perf_counter() - began)
        assert set(outcomes) == {"unchanged"}
        began = time.perf_counter()
        asyncio.run(bare(port))
        theirs.append(time.perf_counter() - began)
    tell(
        "50 feeds and 50 status sources, all unchanged",
        f"{min(ours) / min(theirs):.2f} x ({min(ours) * 1000:.0f} ms)",
        "≤ 2 x a hundred bare conditional requests",
    )

"""The Internet of the demo: a small HTTP server on this machine that plays its feeds and status pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread
from zoneinfo import ZoneInfo

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.business_time import parse_hours
from cockpit.services.demo.company import folder, settings
from cockpit.services.demo.moments import Moments, fill
from cockpit.services.desk.now import Clock, system_clock

_STOP_S = 0.05
"""How often the server looks whether it should stop, in seconds."""


@dataclass(frozen=True)
class Route:
    """What one path answers."""

    file: str
    """Below the demo's folder."""
    content_type: str = "application/json; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    delay_s: float = 0.0


_HTML = "text/html; charset=utf-8"
ROUTES = {
    **{
        f"/agendas/{name}.ics": Route(f"feeds/{name}.ics", "text/calendar; charset=utf-8")
        for name in ("dirigeante", "societe", "assistante", "daf", "atelier")
    },
    **{
        f"/status/{name}/api/v2/summary.json": Route(f"status/{name}.json")
        for name in ("paie", "notion", "compta", "zoom")
    },
    "/status/slack/api/v2.0.0/current": Route("status/slack.json"),
    "/status/google/incidents.json": Route("status/google-incidents.json"),
    "/status/google/products.json": Route("status/google-products.json"),
    "/status/infosud/sante": Route("status/infosud.html", _HTML, delay_s=0.25),
    "/status/banque/api/v2/summary.json": Route("status/banque.html", _HTML, HTTPStatus.SERVICE_UNAVAILABLE),
}
"""All that is ever served."""


@contextmanager
def serve(clock: Clock = system_clock) -> Iterator[str]:
    """Serve the fixtures on 127.0.0.1 while the context lasts; gives the address they are below."""
    with _Server(clock) as server:
        thread = Thread(target=server.serve_forever, args=(_STOP_S,), name="demo", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def calendars(clock: Clock) -> Iterator[tuple[str, bytes]]:
    """The file of each agenda, below a folder, and its text as it would be served now."""
    company = settings("").company
    now = clock().astimezone(ZoneInfo(company.timezone))
    moments = Moments(now, now.date(), parse_hours(company.hours, company.timezone))
    for route in ROUTES.values():
        if _is_calendar(route):
            yield route.file, _rendered(route, moments)


def _is_calendar(route: Route) -> bool:
    return route.content_type.startswith("text/calendar")


def _rendered(route: Route, moments: Moments) -> bytes:
    text = fill((folder() / route.file).read_text(encoding="utf-8"), moments)
    # RFC 5545 3.1 ends lines so; in a source tree they would not survive.
    return (text.replace("\n", "\r\n") if _is_calendar(route) else text).encode()


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, clock: Clock) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        company = settings("").company
        self.clock = clock
        self._zone = ZoneInfo(company.timezone)
        self._calendar = parse_hours(company.hours, company.timezone)
        self._opened = clock().astimezone(self._zone)

    def render(self, route: Route) -> bytes:
        """The body of a route. `now` in it is when the demo was opened, so that an incident grows older
        and an unchanged page stays unchanged; its days are those of the request."""
        today = self.clock().astimezone(self._zone).date()
        return _rendered(route, Moments(self._opened, today, self._calendar))

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a traceback would be written over the screen, and the client sees the failure."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer one path of the table; nothing else exists."""
        route = ROUTES.get(self.path)
        if route is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        time.sleep(route.delay_s)
        body = self.server.render(route)
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        if route.status is HTTPStatus.OK and self.headers.get("If-None-Match") == etag:
            self._head(HTTPStatus.NOT_MODIFIED, {"ETag": etag})
            return
        self._head(
            route.status, {"Content-Type": route.content_type, "Content-Length": str(len(body)), "ETag": etag}
        )
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The time of the demonstration, which may be another day."""
        server = self.server
        assert isinstance(server, _Server)
        return super().date_time_string(server.clock().timestamp() if timestamp is None else timestamp)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: the screen is not ours."""

"""Serves the screen to browsers, through textual-serve: its page, its protocol and its processes, our door."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from cockpit.domain.seats.seat import SIGNED_IN
from cockpit.locale import _, current
from cockpit.web.visitors import COOKIE, DoorRules, Visitor, judge

log = logging.getLogger(__name__)
_HERE = Path(__file__).parent

VISITORS = 50
"""Screens that are open at once, at most."""
LEAVING_S = 5.0
"""What a screen has to keep what is typed, once its page is gone."""
CLOSING_S = 2.0
"""What a page has to say that it knows it is closed."""
MESSAGE_BYTES = 64 * 1024
"""What a browser may send at once: a long paste."""
_SMALLEST, _LARGEST = 1, 500
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_VISITOR = web.RequestKey("visitor", Visitor)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class VisitorScreen(AppService):
    """The process of one visitor's screen. No shell stands between."""

    def __init__(self, arguments: Sequence[str], name: str, **rest: Any) -> None:
        super().__init__(" ".join(arguments), **rest)
        self.arguments, self.name = arguments, name
        self._left = False
        self._writing: asyncio.Future[None] | None = None

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        environment.pop(SIGNED_IN, None)
        if self.name:
            environment[SIGNED_IN] = self.name
        self._process = process = await asyncio.create_subprocess_exec(
            *self.arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = process.stdin
        return process

    @property
    def is_held_up(self) -> bool:
        """Whether what it wrote waits for its page to take it."""
        return self._writing is not None and not self._writing.done()

    async def on_data(self, payload: bytes) -> None:
        """What the screen wrote, to the page. Once nobody reads it any more it is still taken from the screen.

        A screen whose words nobody takes stands still in the middle of them, and could not keep what was typed.
        """
        if self._left:
            return
        self._writing = asyncio.ensure_future(self.remote_write_bytes(payload))
        try:
            await self._writing
        except ConnectionError:
            self._left = True
        except asyncio.CancelledError:
            if not self._left:
                raise

    async def stop(self) -> None:
        """End the screen as when a window is closed; one that does not end by itself is made to."""
        self._left = True
        if self._writing is not None:
            self._writing.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), LEAVING_S)
        process = self._process
        if process is not None and process.returncode is None:
            try:
                await asyncio.wait_for(process.wait(), LEAVING_S)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def on_meta(self, data: bytes) -> None:
        """What the screen asks of the page: only to be closed, or to open a link."""
        if json.loads(data).get("type") in ("exit", "open_url"):
            await super().on_meta(data)


class WebDoor(Server):
    """Lets in who may, each to a screen of their own."""

    def __init__(self, arguments: Sequence[str], rules: DoorRules, *, host: str, port: int) -> None:
        super().__init__(" ".join(arguments), host, port, title="Cockpit", public_url=rules.address)
        self.arguments, self.rules = tuple(arguments), rules
        self.open_screens: set[VisitorScreen] = set()
        page = (_HERE / "page.html").read_text(encoding="utf-8")
        self._page = jinja2.Environment(autoescape=True).from_string(page)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._at_the_door], client_max_size=MESSAGE_BYTES)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/page.js", _script),
                web.get("/ws", self.handle_websocket),
                web.static("/static", self.statics_path),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """Every screen is ended; what is typed in it is kept as when a window is closed."""
        screens = tuple(self.open_screens)
        await asyncio.gather(*(screen.stop() for screen in screens), return_exceptions=True)
        # A page that answers nothing would be waited for until its heartbeat fails.
        await asyncio.gather(*(screen.remote_close() for screen in screens), return_exceptions=True)

    @web.middleware
    async def _at_the_door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        said = request.query.get("key", "")
        visitor = judge(
            self.rules, request.headers, said=said, cookie=request.cookies.get(COOKIE, ""),
            upgrades=request.path == "/ws",
        )  # fmt: skip
        if visitor.refused:
            log.warning("turned away: %s, %s", visitor.refused, request.path)
            return web.Response(status=visitor.refused, text=_refused(visitor.refused), headers=_SAFE)
        request[_VISITOR] = visitor
        if said and not self.rules.header:
            # The key goes from the address, which is shown and remembered, into a cookie, which is not.
            moved = web.HTTPSeeOther("/", headers=_SAFE)
            moved.set_cookie(COOKIE, self.rules.key, httponly=True, samesite="Strict")
            raise moved
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_SAFE)
        return response

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page with the terminal in it."""
        socket = "ws" + self.rules.address.removeprefix("http") + "/ws"
        text = self._page.render(
            socket=socket, language=current(), ended=_("The cockpit was left."), again=_("Open it again")
        )
        return web.Response(text=text, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One visitor, from the first screen to the last."""
        if len(self.open_screens) >= VISITORS:
            raise web.HTTPServiceUnavailable(text=_("too many screens are open: try again in a moment"))
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=MESSAGE_BYTES)
        await socket.prepare(request)
        visitor = request[_VISITOR]

        async def close() -> None:
            # Closing waits for a page that may take nothing any more, and cannot be called off while it does.
            closing = asyncio.ensure_future(socket.close())
            await asyncio.wait({closing}, timeout=CLOSING_S)
            transport = request.transport
            if transport is not None and (not closing.done() or transport.get_write_buffer_size()):
                transport.abort()

        screen = VisitorScreen(
            self.arguments, visitor.name, write_bytes=socket.send_bytes, write_str=socket.send_str,
            close=close, download_manager=self.download_manager,
        )  # fmt: skip
        self.open_screens.add(screen)
        try:
            await screen.start(_cells(request, "width", 80), _cells(request, "height", 24))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _pass_on(message.data, screen, socket)
        finally:
            await screen.stop()
            self.open_screens.discard(screen)
        return socket


async def _script(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(_HERE / "page.js")


async def _pass_on(text: str, screen: VisitorScreen, socket: web.WebSocketResponse) -> None:
    """A key, a size or a sign of life, from the page to the screen; anything else is dropped."""
    try:
        kind, *rest = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return
    match kind, rest:
        case "stdin", [str(data)]:
            await screen.send_bytes(data.encode("utf-8", "replace"))
        case "resize", [{"width": int(width), "height": int(height)}]:
            await screen.set_terminal_size(_bounded(width), _bounded(height))
        case "ping", [data]:
            await socket.send_json(["pong", data])
        case "blur", _any:
            await screen.blur()
        case "focus", _any:
            await screen.focus()


def _cells(request: web.Request, name: str, usual: int) -> int:
    said = request.query.get(name, "")
    return _bounded(int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else usual


def _bounded(cells: int) -> int:
    return min(_LARGEST, max(_SMALLEST, cells))


def _refused(status: int) -> str:
    return {
        401: _("Sign in first: open the address that cockpit serve printed, or that of the proxy."),
        403: _("This page is opened through the proxy alone."),
    }.get(status, _("This is not the address of the cockpit."))


def open_door(door: WebDoor) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises OSError when the address cannot be listened on."""
    # Each visitor's seat is said by the door, and by nothing that stood around it.
    os.environ.pop(SIGNED_IN, None)
    # No log of what is asked for: the first address has the key in it.
    web.run_app(door._make_app(), host=door.host, port=door.port, access_log=None, print=None)

"""A door that is open for a test, and what stands behind it."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from cockpit.web.server import WebDoor
from cockpit.web.visitors import DoorRules

KEY = "a-key-of-the-proxy-in-this-test"
ECHO = (
    "import os, sys; said = os.environ.get('COCKPIT_SIGNED_IN', 'nobody').encode(); out = sys.stdout.buffer;"
    " out.write(b'__GANGLION__\\n' + b'D' + len(said).to_bytes(4, 'big') + said); out.flush(); sys.stdin.buffer.read(1)"
)
"""Stands for the screen: it says as whom it was started, until something is typed."""
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][0B]?")


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@asynccontextmanager
async def opened(
    rules: DoorRules, port: int, arguments: Sequence[str] = (sys.executable, "-c", ECHO)
) -> AsyncIterator[WebDoor]:
    """The door, listening."""
    door = WebDoor(arguments, rules, host="127.0.0.1", port=port)
    runner = web.AppRunner(await door._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield door
    finally:
        await runner.cleanup()


def without_codes(written: bytes) -> str:
    """What a screen wrote, without its colours."""
    return _CODES.sub("", written.decode("utf-8", "replace"))


async def says(socket: ClientWebSocketResponse, words: str) -> str:
    """What the screen wrote until these words were in it, without its colours."""
    seen = ""
    async with asyncio.timeout(60):
        async for message in socket:
            if message.type is WSMsgType.BINARY:
                seen += without_codes(message.data)
            if words in seen:
                return seen
    raise AssertionError(f"never said {words!r}: {seen[-300:]!r}")


async def status(session: ClientSession, address: str, **headers: str) -> int:
    """What a page answers, not followed elsewhere."""
    async with session.get(address, headers=headers, allow_redirects=False) as said:
        return said.status

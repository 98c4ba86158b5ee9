"""A server on the loopback interface that keeps what it is sent, and answers whatever a test wants."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request, whole."""

    line: str
    fields: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as parsed JSON."""
        return json.loads(self.body)


@dataclass
class Server:
    """A server under way: its port and what came."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a whole request has come."""
    cut_off: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the other side hung up before the whole answer was sent."""

    def url(self, path: str = "/hook") -> str:
        """An address on this server."""
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def receiving(
    answer: bytes, *, tls: ssl.SSLContext | None = None, filler: bytes = b"", pause_s: float = 0
) -> AsyncIterator[Server]:
    """A server of one answer; with a `filler` it repeats that after it, `pause_s` apart, until cut off.

    An empty answer never comes: the connection stays silent until the other side hangs up.
    """
    server = Server()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = {name.lower(): value for name, value in (x.split(": ", 1) for x in head[1:] if x)}
            body = await reader.readexactly(int(fields.get("content-length", "0")))
            server.received.append(Received(head[0], fields, body))
            server.asked.set()
            if not answer:
                await reader.read()
            writer.write(answer)
            await writer.drain()
            while filler:
                writer.write(filler)
                await writer.drain()
                await asyncio.sleep(pause_s)
        except (ConnectionError, asyncio.IncompleteReadError):
            server.cut_off.set()
        finally:
            writer.close()

    listening = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    async with listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server

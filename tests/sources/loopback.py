"""A server on the loopback interface that answers whatever a test wants."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

Answer = Callable[[str, dict[str, str], asyncio.StreamWriter], Awaitable[None]]


def response(body: bytes = b"{}", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; underscores in the names of `headers` stand for dashes."""
    fields = {"Content-Length": str(len(body)), "Content-Type": "application/json", "Connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


@asynccontextmanager
async def serving(
    answer: Answer | bytes, tls: ssl.SSLContext | None = None, *, everywhere: bool = False
) -> AsyncIterator[int]:
    """A server of one kind of answer, `everywhere` on 127.0.0.1 to 127.0.0.8; gives its port."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            if isinstance(answer, bytes):
                writer.write(answer)
            else:
                await answer(path, {name.lower(): value for name, value in fields.items()}, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    async with AsyncExitStack() as servers:
        await servers.enter_async_context(server)
        port: int = server.sockets[0].getsockname()[1]
        for n in range(2, 9) if everywhere else ():
            another = await asyncio.start_server(handle, f"127.0.0.{n}", port, ssl=tls)
            await servers.enter_async_context(another)
        yield port

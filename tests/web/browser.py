"""A real browser, driven by its own protocol: pressed keys go in, pictures come out."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

from tests.web.door import without_codes

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SPECIAL = {"Enter": ("Enter", 13, "\r"), "Tab": ("Tab", 9, ""), "Escape": ("Escape", 27, "")}


class Browser:
    """One page of it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket, self._ids = socket, itertools.count(1)
        self._seen = ""

    async def ask(self, method: str, **params: Any) -> Any:
        """One call of the protocol, and its answer."""
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            said = await self._next()
            if said.get("id") == number:
                assert "error" not in said, said["error"]
                return said["result"]

    async def _next(self) -> Any:
        said = await self._socket.receive_json(timeout=60)
        frame = said.get("params", {}).get("response", {})
        if said.get("method") == "Network.webSocketFrameReceived" and frame["opcode"] == 2:
            self._seen += without_codes(base64.b64decode(frame["payloadData"]))
        return said

    async def shows(self, words: str) -> None:
        """Wait until the screen shows these words. It writes only cells that differ: at another size, all of them."""
        for width in (1300, 1200) * 10:
            try:
                async with asyncio.timeout(1):
                    while words not in self._seen:
                        await self._next()
            except TimeoutError:
                await self.ask(
                    "Emulation.setDeviceMetricsOverride",
                    width=width,
                    height=800,
                    deviceScaleFactor=1,
                    mobile=False,
                )
                continue
            self._seen = ""
            return
        raise AssertionError(f"never showed {words!r}: {self._seen[-600:]!r}")

    async def wrote(self, words: str) -> None:
        """Wait until the screen wrote these words in one piece, as it does when it is drawn for the first time."""
        async with asyncio.timeout(60):
            while words not in self._seen:
                await self._next()

    async def at_rest(self, seconds: float = 1.5, most: float = 15.0) -> None:
        """Wait until the screen has written nothing for a while, or so long that it always writes something."""
        loop = asyncio.get_running_loop()
        ends, written, since = loop.time() + most, len(self._seen), loop.time()
        while (now := loop.time()) < min(ends, since + seconds):
            with suppress(TimeoutError):
                async with asyncio.timeout(min(ends, since + seconds) - now):
                    await self._next()
            if len(self._seen) != written:
                written, since = len(self._seen), loop.time()

    async def open(self, address: str) -> None:
        """Go to a page, and follow what its screen writes."""
        await self.ask("Network.enable")
        # A window that nobody looks at has no focus, and takes no key.
        await self.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        await self.ask("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """What an expression of the page is worth."""
        said = await self.ask("Runtime.evaluate", expression=expression)
        return said["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression of the page is true: the page itself looks, fifty times a second."""
        look = f"const look = () => ({expression}) ? done(true) : setTimeout(look, 20)"
        await self.ask(
            "Runtime.evaluate", expression=f"new Promise(done => {{ {look}; look() }})", awaitPromise=True
        )

    async def press(self, *keys: str) -> None:
        """Press keys: a character, or the name of one that has none."""
        await self.ask(
            "Runtime.evaluate", expression="document.querySelector('.xterm-helper-textarea').focus()"
        )
        for key in keys:
            name, code, text = _SPECIAL.get(key) or (key, ord(key.upper()), key)
            common = {"key": name, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
            await self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **common)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    async def type(self, text: str) -> None:
        """Type a text as a person does."""
        await self.ask("Input.insertText", text=text)

    async def picture(self) -> bytes:
        """The page as it looks, as PNG."""
        said = await self.ask("Page.captureScreenshot")
        return base64.b64decode(said["data"])


async def _port(process: asyncio.subprocess.Process) -> str:
    """Where it listens, as it says when it is ready."""
    assert process.stderr is not None
    while line := await process.stderr.readline():
        if found := re.search(rb"DevTools listening on ws://127\.0\.0\.1:(\d+)/", line):
            return found[1].decode()
    raise AssertionError("the browser did not start")


@asynccontextmanager
async def browser(folder: Path, size: tuple[int, int] = (1300, 800)) -> AsyncIterator[Browser]:
    """A browser of its own, with its files in `folder`; ended with all its processes."""
    assert PROGRAM is not None
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", f"--user-data-dir={folder}",
        f"--window-size={size[0]},{size[1]}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            port = await _port(process)
        async with ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as said:
                pages = [each for each in await said.json() if each["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield Browser(socket)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()

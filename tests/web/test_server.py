"""The screen through the browser's door: who sits there, and what a browser may send."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from cockpit.web.server import WebDoor
from cockpit.web.visitors import PROXY_KEY, DoorRules
from tests.companies import made
from tests.web.door import KEY, free_port, opened, says, status

SEATS = """
[[seat]]
name = "Nolwenn Le Goff"
role = "chief"

[[seat]]
name = "Sophie Nguyen"
role = "member"
signed_in = "sophie"
"""


async def test_on_this_machine_the_key_becomes_a_cookie_and_leaves_the_address() -> None:
    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    async with opened(rules, port), ClientSession() as session:
        assert await status(session, f"{rules.address}/") == 401
        async with session.get(f"{rules.address}/?key={KEY}", allow_redirects=False) as said:
            assert (said.status, said.headers["Location"]) == (303, "/")
            cookie = said.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
        kept = f"cockpit-key={KEY}"
        async with session.get(f"{rules.address}/", headers={"Cookie": kept}) as page:
            assert page.status == 200
            assert KEY not in await page.text()
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        async with session.ws_connect(
            f"{rules.address}/ws", origin=rules.address, headers={"Cookie": kept}
        ) as socket:
            assert "nobody" in await says(socket, "nobody")


async def test_what_no_browser_of_ours_sends_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    async with (
        opened(rules, port) as door,
        ClientSession() as session,
        session.ws_connect(
            f"{rules.address}/ws?width=99999999&height=x",
            origin=rules.address,
            headers={"Cookie": f"cockpit-key={KEY}"},
        ) as socket,
    ):
        await says(socket, "nobody")
        for text in (
            "",
            "{}",
            "[]",
            '["stdin"]',
            '["stdin", 3]',
            '["resize", {"width": "x"}]',
            '["deliver", 1]',
        ):
            await socket.send_str(text)
        await socket.send_json(["ping", 7])
        assert json.loads((await socket.receive()).data) == ["pong", 7]
        assert len(door.open_screens) == 1
    assert not door.open_screens


FLOOD = (
    "import sys; out = sys.stdout.buffer; out.write(b'__GANGLION__\\n'); part = b'x' * 65536;"
    " [out.write(b'D' + len(part).to_bytes(4, 'big') + part) for _n in range(600)]; out.flush();"
    " sys.stdin.buffer.read(1); open(sys.argv[1], 'w').write('kept')"
)
"""Stands for a screen with more to write than all pipes hold, which keeps what is typed only when it was taken."""


async def until_held_up(door: WebDoor) -> None:
    """Wait until a screen could write nothing for a hundred turns of the loop that carries its words."""
    turns = 0
    async with asyncio.timeout(30):
        while turns < 100:
            held = bool(door.open_screens) and all(each.is_held_up for each in door.open_screens)
            turns = turns + 1 if held else 0
            await asyncio.wait([asyncio.ensure_future(asyncio.to_thread(int))])


async def test_a_screen_that_nobody_reads_any_more_keeps_what_was_typed_as_it_is_ended(
    tmp_path: Path,
) -> None:
    port, kept = free_port(), tmp_path / "kept"
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    async with opened(rules, port, (sys.executable, "-c", FLOOD, str(kept))) as door:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        said = {
            "Host": f"127.0.0.1:{port}", "Origin": rules.address, "Cookie": f"cockpit-key={KEY}",
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        writer.write(f"GET /ws HTTP/1.1\r\n{lines}\r\n".encode())
        # Nobody reads here: the little that this side takes by itself is taken, and then the screen stands still.
        await until_held_up(door)
    assert kept.read_text(encoding="utf-8") == "kept"
    writer.close()


async def test_each_who_signed_in_sits_in_their_own_seat(kerlann_files: made.Files) -> None:
    with kerlann_files.config.open("a", encoding="utf-8") as config:
        config.write(SEATS)
    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY, header="X-Forwarded-User")
    command = (
        sys.executable, "-P", "-m", "cockpit", "--config", str(kerlann_files.config),
        "--db", str(kerlann_files.database), "--now", "2026-11-23T08:42", "--lang", "en",
    )  # fmt: skip
    signed_in = {PROXY_KEY: KEY, "X-Forwarded-User": "sophie"}
    async with opened(rules, port, command), ClientSession() as session:
        async with session.ws_connect(
            f"{rules.address}/ws?width=150&height=45", origin=rules.address, headers=signed_in
        ) as socket:
            await says(socket, "Blockers")
            await socket.send_json(["stdin", "b"])
            await says(socket, "blocker")
            await socket.send_json(["stdin", "Printer of the browser"])
            await socket.send_json(["stdin", "\r"])
            await says(socket, "saved")
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(
                f"{rules.address}/ws", origin=rules.address, headers={"X-Forwarded-User": "sophie"}
            )
    with closing(sqlite3.connect(kerlann_files.database)) as conn:
        (who,) = conn.execute(
            "SELECT created_by FROM blocker WHERE title = 'Printer of the browser'"
        ).fetchone()
    assert who == "Sophie Nguyen"

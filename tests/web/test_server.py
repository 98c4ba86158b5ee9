"""The screen through the browser's door: who sits there, and what a browser may send."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

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

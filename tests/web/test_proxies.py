"""Behind Caddy and nginx, by the examples of the documentation and with the real programs: nobody without a login."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, WSServerHandshakeError, encode_basic_auth

from cockpit.web.visitors import PROXY_KEY, DoorRules
from tests.places import ROOT
from tests.web.door import KEY, free_port, opened, says, status

EXAMPLES = ROOT / "docs" / "howto" / "web"
PASSWORDS = {"claire": "of-claire", "sophie": "of-sophie"}
HASHES = {
    "claire": "$2y$04$UZkkyBXxHI7UleoqTAhDy.TqX4/kd69TfPHZ8f4NVZG48mLfjsicq",
    "sophie": "$2y$04$SExG0LJnrdjy3tZICUn5dODVlqHtn2uu566luizOgxwUf.BU.1xnS",
}
"""The same as bcrypt keeps them, with as little work as it allows."""
FORGED = {"X-Forwarded-User": "claire", PROXY_KEY: KEY}


def caddy(folder: Path, at: int, door: int) -> list[str]:
    """Caddy by the example, on a port of this machine and without certificates."""
    text = (EXAMPLES / "Caddyfile").read_text(encoding="utf-8")
    text = text.replace("cockpit.example {", f"http://127.0.0.1:{at} {{").replace(
        "127.0.0.1:8642", f"127.0.0.1:{door}"
    )
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def nginx(folder: Path, at: int, door: int) -> list[str]:
    """nginx by the example, on a port of this machine and without certificates."""
    text = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    for before, after in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{at};"),
        ("server_name cockpit.example;", ""),
        ("127.0.0.1:8642", f"127.0.0.1:{door}"),
        ("/etc/nginx/cockpit.passwords", str(folder / "passwords")),
        ('"COCKPIT_PROXY_KEY"', f'"{KEY}"'),
    ):
        assert before in text
        text = text.replace(before, after)
    text = "\n".join(line for line in text.splitlines() if "ssl_certificate" not in line)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "passwords").write_text(
        "".join(f"{name}:{kept}\n" for name, kept in HASHES.items()), encoding="utf-8"
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f" http {{ access_log off; {temporary} {text} }}",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """A proxy that runs until the end of the test."""
    hashed = {f"{name.upper()}_PASSWORD": kept for name, kept in HASHES.items()}
    environment = {**os.environ, **hashed, "COCKPIT_PROXY_KEY": KEY, "HOME": str(folder)}
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("proxy", [caddy, nginx])
async def test_only_who_signed_in_comes_in_and_as_nobody_else(
    proxy: Callable[[Path, int, int], list[str]], tmp_path: Path
) -> None:
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    at, behind = free_port(), free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{at}", key=KEY, header="X-Forwarded-User")
    with running(proxy(tmp_path, at, behind), tmp_path):
        async with opened(rules, behind), ClientSession() as session:
            await _answers(session, rules.address)
            assert await status(session, f"{rules.address}/") == 401
            assert await status(session, f"{rules.address}/", **FORGED) == 401
            assert await status(session, f"http://127.0.0.1:{behind}/", Host=f"127.0.0.1:{at}") == 403
            with pytest.raises(WSServerHandshakeError):
                await session.ws_connect(f"{rules.address}/ws", origin=rules.address, headers=FORGED)
            wrong = {**FORGED, "Authorization": encode_basic_auth("sophie", PASSWORDS["claire"])}
            with pytest.raises(WSServerHandshakeError):
                await session.ws_connect(f"{rules.address}/ws", origin=rules.address, headers=wrong)
            right = {**FORGED, "Authorization": encode_basic_auth("sophie", PASSWORDS["sophie"])}
            assert await status(session, f"{rules.address}/", **right) == 200
            async with session.ws_connect(
                f"{rules.address}/ws", origin=rules.address, headers=right
            ) as socket:
                assert "claire" not in await says(socket, "sophie")


async def _answers(session: ClientSession, address: str) -> None:
    """Until the proxy listens."""
    for _try in range(2000):
        try:
            await status(session, f"{address}/")
        except ClientConnectionError:
            continue
        return
    raise AssertionError("the proxy did not start")

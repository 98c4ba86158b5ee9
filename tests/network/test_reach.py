"""The guard against the local network, by names that lie."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme

from cockpit.network import reach
from cockpit.network.reach import Refused, is_public, resolve, resolve_in_thread
from cockpit.sharing.channel import deliver
from cockpit.sources.caldav_source import collect
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, Fetcher, Request
from cockpit.sources.inbox import mailbox
from tests.sharing.loopback import receiving
from tests.sharing.samples import OUTAGE, target
from tests.sources.loopback import response

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NAME = "elsewhere.example"
ALLOWED, TRAP = "127.0.0.1", "127.0.0.2"
"""Two addresses of this machine: the first stands for the public Internet, the second for the local network."""


@pytest.fixture
def rebound(monkeypatch: pytest.MonkeyPatch) -> None:
    """NAME leads to ALLOWED when it is asked first, and to TRAP from then on."""
    real, answers = socket.getaddrinfo, iter([ALLOWED])

    def looked_up(host: Any, port: Any, *args: Any, **named: Any) -> Any:
        return real(next(answers, TRAP) if host in (NAME, NAME.encode()) else host, port, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(reach, "is_public", lambda ip: str(ip) == ALLOWED)


@asynccontextmanager
async def both_listening() -> AsyncIterator[tuple[int, list[str]]]:
    """One port on both addresses; the list says which of them was connected to, in order."""
    heard: list[str] = []

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer.get_extra_info("sockname")[0])
        writer.close()

    first = await asyncio.start_server(hang_up, ALLOWED, 0)
    port = first.sockets[0].getsockname()[1]
    second = await asyncio.start_server(hang_up, TRAP, port)
    async with first, second:
        yield port, heard


async def by_fetching(port: int) -> None:
    async with Fetcher(now=lambda: NOW) as fetcher:
        await fetcher.fetch(Request(url=f"https://{NAME}:{port}/"))


async def by_caldav(port: int) -> None:
    await collect(f"https://{NAME}:{port}/", "claire", "secret")


async def by_imap(port: int) -> None:
    box = mailbox.Mailbox(
        url=f"imaps://{NAME}:{port}", user="claire", password="secret", allowed=(), authserv="mx", timeout_s=5
    )
    with pytest.raises(mailbox.MailboxFailed):
        await asyncio.to_thread(mailbox.read_new, box, mailbox.Cursor())


async def by_webhook(port: int) -> None:
    await deliver(target("slack", f"https://{NAME}:{port}/hook"), OUTAGE, now=NOW)


async def by_mail(port: int) -> None:
    place = target("email", f"smtps://{NAME}:{port}", sender="a@b.example", recipients=("c@d.example",))
    await deliver(place, OUTAGE, now=NOW)


@pytest.mark.usefixtures("rebound")
@pytest.mark.parametrize("door", [by_fetching, by_caldav, by_imap, by_webhook, by_mail])
async def test_the_address_that_was_checked_is_the_one_connected_to(
    door: Callable[[int], Awaitable[None]],
) -> None:
    async with both_listening() as (port, heard):
        await door(port)
    assert heard
    assert set(heard) == {ALLOWED}


@pytest.mark.usefixtures("rebound")
@pytest.mark.parametrize("door", [by_fetching, by_caldav, by_imap, by_webhook, by_mail])
async def test_a_name_that_leads_to_the_local_network_is_not_connected_to(
    door: Callable[[int], Awaitable[None]],
) -> None:
    socket.getaddrinfo(NAME, 1)  # from now on the name leads to the trap
    async with both_listening() as (port, heard):
        await door(port)
    assert heard == []


def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's context, with a certificate for NAME alone, and that of a client who trusts it."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(NAME).configure_cert(server)
    authority.configure_trust(client)
    return server, client


@pytest.mark.usefixtures("rebound")
async def test_a_site_hears_its_name_and_its_certificate_is_judged_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = certificates()
    monkeypatch.setattr(reach, "system_tls", lambda: theirs)
    async with receiving(response(b"ok"), tls=ours) as server:
        assert (
            await deliver(target("slack", f"https://{NAME}:{server.port}/hook"), OUTAGE, now=NOW)
        ).delivered
    assert server.received[0].fields["host"] == f"{NAME}:{server.port}"


@pytest.mark.usefixtures("rebound")
async def test_a_source_hears_its_name_too() -> None:
    ours, theirs = certificates()
    async with (
        receiving(response(b"{}"), tls=ours) as server,
        Fetcher(now=lambda: NOW, tls=theirs) as fetcher,
    ):
        got = await fetcher.fetch(Request(url=f"https://{NAME}:{server.port}/status"))
    assert isinstance(got, Fetched)
    assert server.received[0].fields["host"] == f"{NAME}:{server.port}"


async def test_one_private_address_among_several_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    public = [f"9.9.9.{last}" for last in range(1, 6)]
    for place in range(6):
        names = [*public[:place], "10.0.0.1", *public[place:]]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 443)) for name in names]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, found=found, **_named: found)
        with pytest.raises(Refused, match="local network"):
            await resolve(NAME, 443, internal=False)
        with pytest.raises(Refused, match="local network"):
            resolve_in_thread(NAME, 443, internal=False)
        assert await resolve(NAME, 443, internal=True) == tuple(names[:4])


async def test_the_second_address_is_tried_when_the_first_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [TRAP, ALLOWED]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 0)) for name in names]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *args, **named: found if host == NAME else real(host, *args, **named),
    )
    async with receiving(response(b"{}")) as server, Fetcher(now=lambda: NOW) as fetcher:
        got = await fetcher.fetch(Request(url=f"http://{NAME}:{server.port}/", internal=True))
        assert isinstance(got, Fetched), got
        refused = await fetcher.fetch(Request(url=f"http://{NAME}:{server.port}/"))
    assert isinstance(refused, Failed)
    assert refused.kind == "refused"


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:0a00:0001::", "::"],
)  # fmt: skip
def test_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_addresses_that_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))

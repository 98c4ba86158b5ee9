"""Delivery over the loopback interface, to servers that behave and others that do not."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import socket
import ssl
from dataclasses import replace
from typing import Any

import pytest
import trustme

from cockpit.network import reach
from cockpit.sharing.channel import Delivery, deliver
from tests.sharing.loopback import Server, receiving
from tests.sharing.samples import ID, NOW, OUTAGE, target
from tests.sources.loopback import response

GOOD = {
    "slack": response(b"ok"),
    "teams": response(b"", "202 Accepted"),
    "google_chat": response(b'{"name": "spaces/S/messages/M"}'),
    "ntfy": response(b'{"id": "abc"}'),
    "webhook": response(b""),
}
PATHS = {"google_chat": "/v1/spaces/S/messages?key=k&token=secret", "ntfy": "/secret-topic"}


async def sent(kind: str, server: Server, *, timeout_s: float = 5.0, **more: Any) -> Delivery:
    place = target(kind, server.url(PATHS.get(kind, "/hook/secret")), internal=True, **more)
    outcome = await deliver(place, OUTAGE, now=NOW, timeout_s=timeout_s)
    assert "secret" not in outcome.error
    assert "hook" not in outcome.error.replace("webhook", "")
    return outcome


@pytest.mark.parametrize("kind", GOOD)
async def test_a_message_arrives_once(kind: str) -> None:
    async with receiving(GOOD[kind]) as server:
        assert await sent(kind, server) == Delivery(delivered=True)
    (got,) = server.received
    assert got.line.startswith("POST /")
    assert got.fields["content-type"].startswith("application/json")
    assert got.fields["user-agent"].startswith("cockpit/")
    assert "Notion: partial outage" in str(got.json)


async def test_the_paths_that_google_chat_and_ntfy_want() -> None:
    async with receiving(GOOD["google_chat"]) as server:
        await sent("google_chat", server)
    option = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    assert server.received[0].line == f"POST /v1/spaces/S/messages?key=k&token=secret&{option} HTTP/1.1"
    async with receiving(GOOD["ntfy"]) as server:
        await sent("ntfy", server, token="tk_secret")
    assert server.received[0].line == "POST / HTTP/1.1"
    assert server.received[0].json["topic"] == "secret-topic"
    assert server.received[0].fields["authorization"] == "Bearer tk_secret"


async def test_the_receiver_of_a_webhook_can_check_who_wrote_it() -> None:
    async with receiving(GOOD["webhook"]) as server:
        assert (await sent("webhook", server, token="shared secret")).delivered
    (got,) = server.received
    signed = got.fields["x-cockpit-timestamp"].encode() + b"." + got.body
    computed = hmac.new(b"shared secret", signed, hashlib.sha256).hexdigest()
    assert got.fields["x-cockpit-signature"] == f"sha256={computed}"
    assert got.fields["idempotency-key"] == got.json["id"] == ID


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("slack", b"invalid_token"),
        ("teams", b"1"),
        ("google_chat", b'{"error": {"code": 403, "message": "secret"}}'),
        ("ntfy", b'{"code": 40301, "error": "secret"}'),
        ("webhook", b'{"ok": false, "error": "secret"}'),
    ],
)
async def test_a_success_with_an_error_inside_is_not_delivered(kind: str, body: bytes) -> None:
    async with receiving(response(body)) as server:
        outcome = await sent(kind, server)
    assert not outcome.delivered
    assert outcome.error


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("17", None, 17),
        ("Fri, 20 Nov 2026 09:05:00 GMT", None, 300),
        ("Fri, 20 Nov 2026 09:05:00 GMT", "Fri, 20 Nov 2026 09:04:00 GMT", 60),
    ],
)
async def test_a_server_that_asks_to_wait(value: str, date: str | None, seconds: int) -> None:
    fields = {"Retry_After": value} | ({"Date": date} if date else {})
    async with receiving(response(b"", "429 Too Many Requests", **fields)) as server:
        outcome = await sent("slack", server)
    assert (outcome.delivered, outcome.permanent, outcome.retry_after_s) == (False, False, seconds)


async def test_a_silent_server_is_left_at_the_deadline() -> None:
    async with receiving(b"") as server:
        outcome = await sent("slack", server, timeout_s=0.2)
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert "does not answer" in outcome.error
    assert len(server.received) == 1


async def test_a_dripping_server_is_left_at_the_deadline() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    async with receiving(head, filler=b"x", pause_s=0.01) as server:
        outcome = await sent("webhook", server, timeout_s=0.3)
        await asyncio.wait_for(server.cut_off.wait(), 5)
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert "does not answer" in outcome.error


async def test_endless_headers_are_not_read_to_their_end() -> None:
    async with receiving(b"HTTP/1.1 200 OK\r\nX-Long: ", filler=b"x" * 65_536) as server:
        outcome = await sent("webhook", server)
        await asyncio.wait_for(server.cut_off.wait(), 5)
    assert (outcome.delivered, outcome.permanent) == (False, False)


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
)
async def test_a_redirect_is_not_followed(status: str) -> None:
    async with receiving(GOOD["slack"]) as elsewhere:
        async with receiving(response(b"ok", status, Location=elsewhere.url("/secret"))) as server:
            outcome = await sent("slack", server)
        assert elsewhere.received == []
    assert (outcome.delivered, outcome.permanent) == (False, True)


async def test_a_server_in_trouble_is_tried_again() -> None:
    async with receiving(response(b"oops", "500 Internal Server Error")) as server:
        outcome = await sent("google_chat", server)
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert outcome.error == "Google Chat answered with an error (500)"


async def test_a_huge_answer_is_not_read_to_its_end() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    async with receiving(head, filler=b"x" * 65_536) as server:
        outcome = await sent("webhook", server)
        await asyncio.wait_for(server.cut_off.wait(), 5)
    assert outcome.delivered
    async with receiving(head + b"ok", filler=b"x" * 65_536) as server:
        outcome = await sent("slack", server)
        await asyncio.wait_for(server.cut_off.wait(), 5)
    assert not outcome.delivered


async def test_a_compressed_answer_is_not_blown_up() -> None:
    async with receiving(response(b"ok", Content_Encoding="gzip")) as server:
        assert (await sent("slack", server)).delivered
    assert server.received[0].fields["accept-encoding"] == "identity"


@pytest.mark.parametrize("answer", [b"not HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nok"])
async def test_a_broken_answer(answer: bytes) -> None:
    async with receiving(answer) as server:
        outcome = await sent("slack", server)
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert "127.0.0.1" in outcome.error


async def test_a_closed_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = await sent("slack", Server(port=taken.getsockname()[1]))
    assert outcome == Delivery(False, "127.0.0.1 refuses connections")


async def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    outcome = await deliver(target("slack"), OUTAGE, now=NOW)
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert outcome.error == "the name hooks.slack.com does not exist"


def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows, and what trusts it."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    return server, client


async def test_a_trusted_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = certificates()
    monkeypatch.setattr(reach, "system_tls", lambda: theirs)
    async with receiving(GOOD["slack"], tls=ours) as server:
        place = target("slack", server.url().replace("http:", "https:"), internal=True)
        assert (await deliver(place, OUTAGE, now=NOW)).delivered


async def test_an_untrusted_certificate_gets_nothing() -> None:
    ours, _theirs = certificates()
    async with receiving(GOOD["slack"], tls=ours) as server:
        place = target("slack", server.url("/secret").replace("http:", "https:"), internal=True)
        outcome = await deliver(place, OUTAGE, now=NOW)
        assert server.received == []
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert "certificate of 127.0.0.1" in outcome.error
    assert "secret" not in outcome.error


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_this_machine_is_refused_unless_the_target_is_internal(kind: str, scheme: str) -> None:
    async with receiving(GOOD[kind]) as server:
        url = server.url(PATHS.get(kind, "/secret")).replace("http:", f"{scheme}:")
        outcome = await deliver(target(kind, url), OUTAGE, now=NOW)
        assert server.received == []
    assert outcome.permanent
    assert "set internal = true" in outcome.error
    assert "secret" not in outcome.error


@pytest.mark.parametrize("kind", GOOD)
async def test_an_address_without_encryption_is_refused_unless_internal(kind: str) -> None:
    url = target(kind).url.replace("https:", "http:")
    outcome = await deliver(replace(target(kind), url=url), OUTAGE, now=NOW)
    assert outcome.permanent
    assert "without encryption" in outcome.error


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1", "fe80::1", "fd00::1",
     "::ffff:10.0.0.1", "64:ff9b::a00:1", "224.0.0.1", "0.0.0.0"],
)  # fmt: skip
async def test_a_name_that_leads_to_the_local_network_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolved(*_args: object, **_named: object) -> list[Any]:
        return [(0, 0, 0, "", ("9.9.9.9", 443)), (0, 0, 0, "", (address, 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolved)
    outcome = await deliver(target("slack"), OUTAGE, now=NOW)
    assert outcome.permanent
    assert "local network" in outcome.error


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize(
    "url",
    ["", "hooks.slack.com/secret", "file:///etc/passwd", "https://", "https://[secret", "https://u:secret@h.example/t",
     "https://h.example:99999/secret", "https://h.example/secret\r\nX: y", "https://" + "a" * 300 + ".example/t",
     "smtp://h.example"],
)  # fmt: skip
async def test_an_address_that_is_none_is_refused_without_being_repeated(kind: str, url: str) -> None:
    outcome = await deliver(replace(target(kind), url=url), OUTAGE, now=NOW)
    assert outcome.permanent
    assert outcome.error
    assert "secret" not in outcome.error


async def test_a_token_that_no_header_can_hold_is_refused_without_being_repeated() -> None:
    for token in ("secret\r\nX: y", "secreté"):
        outcome = await deliver(target("ntfy", token=token), OUTAGE, now=NOW)
        assert outcome.permanent
        assert "secret" not in outcome.error


async def test_an_unknown_kind_is_an_outcome() -> None:
    assert (await deliver(target("pigeon"), OUTAGE, now=NOW)).permanent


async def test_no_log_holds_an_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with receiving(GOOD["google_chat"]) as server:
        await sent("google_chat", server)
    assert "secret" not in caplog.text


async def test_a_delivery_can_be_cancelled() -> None:
    async with receiving(b"") as server:
        task = asyncio.create_task(sent("slack", server, timeout_s=30))
        await asyncio.wait_for(server.asked.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

"""Mail handed to a real server on the loopback interface."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from cockpit.network import reach
from cockpit.sharing.channel import ChannelTarget, Delivery, deliver
from cockpit.sharing.message import Message
from tests.sharing.samples import NOW, OUTAGE


@dataclass
class Mailbox:
    """What a mail server took, and how it answers."""

    refuses: tuple[str, ...] = ()
    refusal: str = "550 no such user"
    answers: str = "250 OK"
    port: int = 0
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers.startswith("250"):
            self.envelopes.append(envelope)
            self.encrypted.append(session.ssl is not None)
        return self.answers

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login, given.password))
        return AuthResult(success=given.password == b"app password", handled=False)

    def mail(self, index: int = 0) -> EmailMessage:
        """A mail as its reader gets it."""
        content = self.envelopes[index].content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=default)
        assert isinstance(found, EmailMessage)
        return found


@asynccontextmanager
async def serving(
    box: Mailbox, *, implicit: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[Mailbox]:
    """A mail server, under way on a port of its own."""
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(box, loop=loop, hostname="mail.example", enable_SMTPUTF8=False, **options)

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=implicit)
    async with server:
        box.port = server.sockets[0].getsockname()[1]
        yield box


def place(box: Mailbox, scheme: str = "smtp", **more: Any) -> ChannelTarget:
    settings: dict[str, Any] = {
        "sender": "cockpit@mistral.example",
        "recipients": ("claire@mistral.example",),
        "internal": True,
    }
    return ChannelTarget("email", f"{scheme}://127.0.0.1:{box.port}", **(settings | more))


async def sent(target: ChannelTarget, message: Message = OUTAGE, timeout_s: float = 5.0) -> Delivery:
    outcome = await deliver(target, message, now=NOW, timeout_s=timeout_s)
    assert "app password" not in outcome.error
    return outcome


@pytest.fixture
def tls(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that is trusted during the test."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    monkeypatch.setattr(reach, "system_tls", lambda: client)
    return server


async def test_what_is_received() -> None:
    async with serving(Mailbox()) as box:
        message = replace(OUTAGE, title="Panne réseau à Évry — é è ç 💥 " + "très " * 20)
        both = ("claire@mistral.example", "adele@mistral.example")
        assert await sent(place(box, recipients=both), message) == Delivery(delivered=True)
    (envelope,) = box.envelopes
    assert envelope.mail_from == "cockpit@mistral.example"
    assert envelope.rcpt_tos == list(both)
    mail = box.mail()
    assert mail["From"] == "cockpit@mistral.example"
    assert mail["To"] == ", ".join(both)
    assert mail["Subject"] == "[MAJOR] Panne réseau à Évry — é è ç 💥 " + ("très " * 20).strip()
    assert mail["Date"] == "Fri, 20 Nov 2026 09:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert "Panne réseau à Évry" in mail.get_content()
    assert "https://www.notion-status.com" in mail.get_content()


async def test_messages_about_one_thing_thread_together() -> None:
    resolved = replace(OUTAGE, id="another", event="alert.resolved")
    other = replace(OUTAGE, id="third", thread="gmail-i7")
    async with serving(Mailbox()) as box:
        for message in (OUTAGE, resolved, OUTAGE, other, replace(OUTAGE, thread="")):
            assert (await sent(place(box), message)).delivered
    first, second, again, elsewhere, alone = (box.mail(index) for index in range(5))
    assert first["References"] == second["References"] != elsewhere["References"]
    assert first["References"]
    assert alone["References"] is None
    assert first["Message-ID"] == again["Message-ID"] != second["Message-ID"]
    assert str(first["Message-ID"]).endswith("@mistral.example>")
    assert str(second["Subject"]).startswith("[RESOLVED] ")


async def test_a_title_cannot_add_a_header() -> None:
    title = "Hello\r\nBcc: evil@example.com\r\n\r\nbody =?utf-8?q?=0D=0ABcc:_evil=40example.com?="
    async with serving(Mailbox()) as box:
        assert (await sent(place(box), replace(OUTAGE, title=title, thread="a\r\nBcc: b@c.d"))).delivered
    assert box.mail()["Bcc"] is None
    assert str(box.mail()["Subject"]).startswith("[MAJOR] Hello Bcc: evil@example.com")
    assert box.envelopes[0].rcpt_tos == ["claire@mistral.example"]


async def test_encryption_after_starttls(tls: ssl.SSLContext) -> None:
    async with serving(Mailbox(), tls_context=tls, require_starttls=True) as box:
        assert (await sent(place(box))).delivered
    assert box.encrypted == [True]


async def test_encryption_from_the_start_with_a_login(tls: ssl.SSLContext) -> None:
    box = Mailbox()
    async with serving(box, implicit=tls, authenticator=box.authenticate, auth_require_tls=False):
        outcome = await sent(place(box, "smtps", user="claire", token="app password"))
    assert outcome.delivered
    assert box.logins == [(b"claire", b"app password")]


async def test_a_wrong_password_is_not_tried_again(tls: ssl.SSLContext) -> None:
    box = Mailbox()
    async with serving(box, authenticator=box.authenticate, tls_context=tls):
        outcome = await sent(place(box, user="claire", token="wrong"))
    assert (outcome.delivered, outcome.permanent) == (False, True)
    assert outcome.error == "127.0.0.1 refuses the user or the password (535)"
    assert box.logins
    assert box.envelopes == []


@pytest.mark.parametrize("token", ["app password", "mot dé passe"])
async def test_a_server_without_any_login(token: str) -> None:
    async with serving(Mailbox()) as box:
        outcome = await sent(place(box, user="claire", token=token))
    assert (outcome.delivered, outcome.permanent) == (False, True)
    assert box.envelopes == []


async def test_a_server_without_encryption_hears_nothing_unless_internal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def public(host: str, *_args: object, **_named: object) -> tuple[str, ...]:
        """Stands for an address of the public Internet."""
        return (host,)

    monkeypatch.setattr(reach, "resolve", public)
    box = Mailbox()
    async with serving(box, authenticator=box.authenticate, auth_require_tls=False):
        outcome = await sent(place(box, internal=False, user="claire", token="app password"))
    assert outcome.permanent
    assert "does not encrypt" in outcome.error
    assert (box.logins, box.envelopes) == ([], [])


async def test_this_machine_is_refused_unless_internal() -> None:
    async with serving(Mailbox()) as box:
        outcome = await sent(place(box, internal=False))
    assert outcome.permanent
    assert "local network" in outcome.error


async def test_an_untrusted_certificate_gets_nothing(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "system_tls", ssl.create_default_context)
    async with serving(Mailbox(), tls_context=tls) as box:
        outcome = await sent(place(box))
    assert (outcome.delivered, outcome.permanent) == (False, False)
    assert "certificate of 127.0.0.1" in outcome.error
    assert box.envelopes == []


@pytest.mark.parametrize(("refusal", "permanent"), [("550 no such user", True), ("450 try later", False)])
async def test_a_refused_recipient(refusal: str, permanent: bool) -> None:
    async with serving(Mailbox(refuses=("gone@mistral.example",), refusal=refusal)) as box:
        alone = await sent(place(box, recipients=("gone@mistral.example",)))
        among = await sent(place(box, recipients=("gone@mistral.example", "claire@mistral.example")))
    for outcome in (alone, among):
        assert (outcome.delivered, outcome.permanent) == (False, permanent)
        assert outcome.error == "127.0.0.1 refuses to deliver to gone@mistral.example"
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [["claire@mistral.example"]]


async def test_each_recipient_has_an_outcome_of_its_own_and_the_others_get_nothing_again() -> None:
    both = ("late@mistral.example", "claire@mistral.example", "gone@mistral.example")
    box = Mailbox(refuses=("late@mistral.example", "gone@mistral.example"), refusal="450 busy")
    async with serving(box):
        first = await sent(place(box, recipients=both))
        box.refuses = ()
        rest = tuple(each.address for each in first.refused)
        assert await sent(place(box, recipients=both, left=rest)) == Delivery(delivered=True)
    assert first.took == ("claire@mistral.example",)
    assert {(each.address, each.error, each.permanent) for each in first.refused} == {
        ("late@mistral.example", "cannot take mail now (450)", False),
        ("gone@mistral.example", "cannot take mail now (450)", False),
    }
    assert [sorted(envelope.rcpt_tos) for envelope in box.envelopes] == [
        ["claire@mistral.example"], ["gone@mistral.example", "late@mistral.example"],
    ]  # fmt: skip
    assert box.mail(0)["To"] == box.mail(1)["To"] == ", ".join(both)
    assert box.mail(0)["Message-ID"] == box.mail(1)["Message-ID"]


@pytest.mark.parametrize(
    ("answers", "permanent", "says"),
    [
        ("554 spam", True, "does not want this mail, often taken for spam (554)"),
        ("552 too long", True, "finds the mail too long (552)"),
        ("451 later", False, "cannot take mail now, and asks to try later (451)"),
        ("471 what", False, "does not take the mail (471)"),
    ],
)
async def test_a_refused_mail(answers: str, permanent: bool, says: str) -> None:
    async with serving(Mailbox(answers=answers)) as box:
        outcome = await sent(place(box))
    assert (outcome.delivered, outcome.permanent) == (False, permanent)
    assert outcome.error == f"127.0.0.1 {says}"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"recipients": ()}, "no recipient"),
        ({"recipients": ("claire",)}, "claire is not a mail address"),
        ({"recipients": ("a@b.example\r\nBcc: c@d.example",)}, "is not a mail address"),
        ({"sender": ""}, "is not a mail address"),
    ],
)
async def test_a_target_that_cannot_be_written_to(more: dict[str, Any], says: str) -> None:
    outcome = await sent(place(Mailbox(port=1), **more))
    assert outcome.permanent
    assert says in outcome.error


@pytest.mark.parametrize("url", ["", "https://mail.example", "smtp://", "smtp://me:secret@mail.example"])
async def test_an_address_that_is_no_mail_server(url: str) -> None:
    outcome = await sent(replace(place(Mailbox()), url=url))
    assert outcome.permanent
    assert "secret" not in outcome.error


async def test_a_closed_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = await sent(place(Mailbox(port=taken.getsockname()[1])))
    assert outcome == Delivery(False, "127.0.0.1 refuses connections")


@dataclass
class Mute:
    """A server that greets, or not even that, and never answers."""

    box: Mailbox = field(default_factory=Mailbox)
    spoken_to: asyncio.Event = field(default_factory=asyncio.Event)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def mute(greeting: bytes) -> AsyncIterator[Mute]:
    """A mute server, under way."""
    found = Mute()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        with suppress(ConnectionError):
            if await reader.readline():
                found.spoken_to.set()
            await reader.read()
        found.hung_up.set()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        found.box.port = server.sockets[0].getsockname()[1]
        yield found


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n"])
async def test_a_silent_server_is_left_at_the_deadline(greeting: bytes) -> None:
    async with mute(greeting) as server:
        outcome = await sent(place(server.box), timeout_s=0.3)
        assert (outcome.delivered, outcome.permanent) == (False, False)
        assert "does not answer" in outcome.error
        await asyncio.wait_for(server.hung_up.wait(), 5)


async def test_a_cancelled_mail_is_hung_up_on_at_once() -> None:
    async with mute(b"220 hello\r\n") as server:
        task = asyncio.create_task(sent(place(server.box), timeout_s=60))
        await asyncio.wait_for(server.spoken_to.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(server.hung_up.wait(), 5)


async def test_a_mail_that_was_taken_stays_taken_when_the_goodbye_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(self: smtplib.SMTP, command: str, args: str = "") -> None:
        if command == "quit":
            raise smtplib.SMTPServerDisconnected
        put(self, command, args)

    put = smtplib.SMTP.putcmd
    monkeypatch.setattr(smtplib.SMTP, "putcmd", broken)
    async with serving(Mailbox()) as box:
        assert (await sent(place(box))).delivered
    assert len(box.envelopes) == 1

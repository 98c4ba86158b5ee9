"""A real IMAP server is read: new mails of known senders whose domain signed, and none is lost or deleted."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from cockpit.domain.messages.mail_statement import parse_mail
from cockpit.domain.messages.statement import SIZE_LIMIT, BadStatement
from cockpit.sources.inbox.imap import mailbox_name
from cockpit.sources.inbox.mailbox import Cursor, FetchedMails, Mailbox, MailboxFailed, read_new
from tests.sources.inbox.imap_server import (
    OLD_PASSWORD,
    OLD_USER,
    PASSWORD,
    USER,
    Server,
    answering,
    relayed,
    running,
)

pytest.importorskip("pymap", reason="no IMAP server to test against")

SIGNED = "Authentication-Results: mx.mistral.test; dkim=pass header.d=infosud.test"
BAD = SIGNED.replace("pass", "fail")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    certificate = tmp_path_factory.mktemp("imap") / "certificate.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    with running(certificate) as started:
        yield started


@pytest.fixture
def box(server: Server) -> Mailbox:
    """An empty mailbox in which Infosud may write."""
    return at(server.plain, folder=server.new_box())


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This system trusts the authority of the server's certificate."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def at(port: int, scheme: str = "imap", **changes: object) -> Mailbox:
    options: dict[str, object] = {
        "url": f"{scheme}://localhost:{port}",
        "user": USER,
        "password": PASSWORD,
        "allowed": ("Alertes@Infosud.test", "@banque.test"),
        "authserv": "mx.mistral.test",
        "internal": True,
        "timeout_s": 5,
    }
    return Mailbox(**{**options, **changes})  # type: ignore[arg-type]


def mail(*headers: str, sender: str = "alertes@infosud.test", text: str = "Rien ne part.") -> bytes:
    lines = [
        *headers,
        f"From: Infosud <{sender}>",
        "Subject: [P2] Paie",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\r\n").encode()


def mail_of(text: str) -> bytes:
    return mail(SIGNED, text=text)


def failed(box: Mailbox, cursor: Cursor = Cursor()) -> str:  # noqa: B008 - frozen
    with pytest.raises(MailboxFailed) as caught:
        read_new(box, cursor)
    said = str(caught.value)
    assert PASSWORD not in said
    assert PASSWORD not in repr(caught.value.__context__)
    assert "\n" not in said
    return said


def reasons(fetched: FetchedMails) -> list[str]:
    return [refusal.reason for refusal in fetched.refused]


def test_a_new_mail_is_read_once_marked_and_left_there(server: Server, box: Mailbox) -> None:
    raw = mail(SIGNED, text="Été")
    server.deliver(box.folder, raw)
    first = read_new(box, Cursor())
    (got,) = first.mails
    assert (got.raw, got.sender) == (raw, "alertes@infosud.test")
    assert got.proof == "dkim=pass header.d=infosud.test"
    assert first.refused == ()
    assert first.cursor.uid == got.uid
    statement = parse_mail(got.raw, proof=got.proof)
    assert (statement.severity, statement.title, statement.body) == ("p2", "Paie", "Été")

    again = read_new(box, first.cursor)
    assert again == FetchedMails((), first.cursor)
    assert server.flags(box.folder) == [True]

    server.deliver(box.folder, mail(SIGNED, text="two"))
    later = read_new(box, first.cursor)
    assert [mail.raw for mail in later.mails] == [mail_of("two")]
    assert later.cursor.uid > first.cursor.uid


def test_an_empty_mailbox_gives_nothing(box: Mailbox) -> None:
    fetched = read_new(box, Cursor())
    assert (fetched.mails, fetched.refused, fetched.cursor.uid) == ((), (), 0)
    assert fetched.cursor.uidvalidity > 0


def test_a_mailbox_made_anew_is_read_from_its_start(server: Server, box: Mailbox) -> None:
    server.deliver(box.folder, mail_of("one"), mail_of("two"))
    before = read_new(box, Cursor()).cursor
    server.renew(box.folder)
    server.deliver(box.folder, mail_of("three"))
    fetched = read_new(box, before)
    assert [got.raw for got in fetched.mails] == [mail_of("three")]
    assert fetched.cursor.uidvalidity != before.uidvalidity
    assert fetched.cursor.uid < before.uid


def test_a_read_takes_fifty_mails_and_the_next_the_others(server: Server, box: Mailbox) -> None:
    server.deliver(box.folder, *(mail_of(str(number)) for number in range(53)))
    first = read_new(box, Cursor())
    second = read_new(box, first.cursor)
    assert (len(first.mails), len(second.mails)) == (50, 3)
    assert [got.raw for got in first.mails + second.mails] == [mail_of(str(number)) for number in range(53)]
    assert all(server.flags(box.folder))


@pytest.mark.parametrize(
    ("sender", "taken"),
    [
        ("ALERTES@infosud.test", True),
        ("autre@infosud.test", False),
        ("n'importe.qui@banque.test", True),
        ("a@mail.banque.test", False),
        ("a@notbanque.test", False),
        ("alertes@infosud.test.evil.test", False),
    ],
)
def test_only_senders_on_the_list_are_read(server: Server, box: Mailbox, sender: str, taken: bool) -> None:
    domain = sender.partition("@")[2]
    server.deliver(box.folder, mail(SIGNED.replace("infosud.test", domain), sender=sender))
    fetched = read_new(box, Cursor())
    assert len(fetched.mails) == taken
    assert server.flags(box.folder) == [taken]
    if not taken:
        (refusal,) = fetched.refused
        assert refusal.sender == sender.lower()
        assert sender.lower() in refusal.reason
        assert fetched.cursor.uid == refusal.uid


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (BAD,),
        (BAD, SIGNED),
        ("Authentication-Results: mx.evil.test; dkim=pass header.d=infosud.test",),
        (SIGNED.replace("infosud", "evil"),),
        (SIGNED.replace("Authentication", "X-Authentication"),),
        ("Authentication-Results: mx.mistral.test; dkim=none", "Received: from evil.test", SIGNED),
    ],
)
def test_a_mail_that_our_server_does_not_vouch_for_is_refused(
    server: Server, box: Mailbox, headers: tuple[str, ...]
) -> None:
    server.deliver(box.folder, mail(*headers))
    fetched = read_new(box, Cursor())
    assert fetched.mails == ()
    (refusal,) = fetched.refused
    assert refusal.sender == "alertes@infosud.test"
    assert "DKIM" in refusal.reason
    assert server.flags(box.folder) == [False]


def test_without_the_demand_for_dkim_the_list_alone_decides(server: Server) -> None:
    box = at(server.plain, folder=server.new_box(), require_dkim=False, authserv="")
    server.deliver(box.folder, mail(), mail(SIGNED))
    assert [got.proof for got in read_new(box, Cursor()).mails] == ["", ""]


@pytest.mark.parametrize(
    "raw",
    [
        mail(SIGNED, "From: ceo@banque.test"),
        mail(SIGNED).replace(b"From:", b"X-From:"),
        mail(SIGNED, sender="alertes@infosud.test>, <evil@evil.test"),
        b"\x00\xff",
        b"",
    ],
)
def test_a_mail_without_one_clear_sender_is_refused(server: Server, box: Mailbox, raw: bytes) -> None:
    server.deliver(box.folder, raw or b"\r\n")
    fetched = read_new(box, Cursor())
    assert fetched.mails == ()
    assert "From" in reasons(fetched)[0]


def test_a_mail_too_big_is_not_fetched(server: Server, box: Mailbox) -> None:
    server.deliver(box.folder, mail(SIGNED, text="x" * SIZE_LIMIT), mail_of("after"))
    with relayed(server.plain) as relay:
        fetched = read_new(at(relay.port, folder=box.folder), Cursor())
    assert reasons(fetched) == ["larger than 256 kB"]
    assert [got.raw for got in fetched.mails] == [mail_of("after")]
    assert relay.said.count(b"<0.262145>") == 1


def test_a_server_that_belittles_a_mail_gets_no_further(server: Server, box: Mailbox) -> None:
    big = mail(SIGNED, text="x" * SIZE_LIMIT)
    server.deliver(box.folder, big)
    with relayed(server.plain, lambda data: data.replace(b"SIZE %d" % len(big), b"SIZE %06d" % 1)) as relay:
        fetched = read_new(at(relay.port, folder=box.folder), Cursor())
    assert reasons(fetched) == ["larger than 256 kB"]
    assert relay.said.count(b"<0.262145>") == 1


@pytest.mark.parametrize("size", [SIZE_LIMIT, SIZE_LIMIT + 1])
def test_a_mail_of_exactly_the_limit_is_read_and_one_more_byte_is_not(
    server: Server, box: Mailbox, size: int
) -> None:
    raw = mail(SIGNED, text="x" * (size - len(mail(SIGNED, text=""))))
    assert len(raw) == size
    server.deliver(box.folder, raw)
    assert len(read_new(box, Cursor()).mails) == (size <= SIZE_LIMIT)


@pytest.mark.parametrize(("validity", "good"), [(0, False), (1, True), (2**32 - 1, True), (2**32, False)])
def test_a_mailbox_whose_numbers_cannot_be_is_not_read(
    server: Server, box: Mailbox, validity: int, good: bool
) -> None:
    server.deliver(box.folder, mail_of("one"))

    def altered(data: bytes) -> bytes:
        return re.sub(rb"UIDVALIDITY \d+", b"UIDVALIDITY %d" % validity, data)

    with relayed(server.plain, altered) as relay:
        box = at(relay.port, folder=box.folder)
        if good:
            assert read_new(box, Cursor()).cursor.uidvalidity == validity
        else:
            assert "does not speak IMAP" in failed(box)


def test_of_a_mail_in_parts_the_plain_text_is_read(server: Server, box: Mailbox) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\r\n\r\nclair"
    rich = "Content-Type: text/html\r\n\r\n<b>riche</b>"
    head = mail(SIGNED).partition(b"Content-Type")[0].decode()
    both, html = (
        f"{head}Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        + "".join(f"--b\r\n{part}\r\n" for part in parts)
        + "--b--\r\n"
        for parts in ((plain, rich), (rich,))
    )
    server.deliver(box.folder, both.encode(), html.encode())
    first, second = read_new(box, Cursor()).mails
    assert parse_mail(first.raw).body == "clair"
    with pytest.raises(BadStatement, match="HTML"):
        parse_mail(second.raw)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_mailbox_is_read_under_tls(server: Server, scheme: str) -> None:
    name = server.new_box()
    server.deliver(name, mail_of("one"))
    port = server.tls if scheme == "imaps" else server.starttls
    with relayed(port) as relay:
        fetched = read_new(at(relay.port, scheme, folder=name), Cursor())
    assert [got.raw for got in fetched.mails] == [mail_of("one")]
    assert b"AUTHENTICATE" not in relay.said


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_certificate_of_nobody_known_is_refused(server: Server, scheme: str) -> None:
    port = server.tls if scheme == "imaps" else server.starttls
    assert "certificate of localhost comes from an unknown authority" in failed(at(port, scheme))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("word", "instead"),
    [
        (b"* OK", b"* PREAUTH"),  # would skip signing in, and TLS with it
        (b"OK Ready to handshake.\r\n", b"OK Ready to handshake.\r\n* OK added on the way\r\n"),
        (b"OK Ready to handshake.", b"NO TLS today."),
    ],
)
def test_nobody_on_the_way_can_prevent_tls(server: Server, word: bytes, instead: bytes) -> None:
    heard: list[bytes] = []

    def altered(data: bytes) -> bytes:
        heard.append(data)
        return data.replace(word, instead)

    with relayed(server.starttls, altered) as relay:
        assert "does not speak IMAP" in failed(at(relay.port, "imap+starttls"))
    assert word in b"".join(heard)
    assert b64encode(f"\0{USER}\0{PASSWORD}".encode()) not in relay.said


def test_a_server_that_knows_login_alone_is_signed_in_to(server: Server) -> None:
    with relayed(server.plain, lambda data: data.replace(b"AUTH=PLAIN", b"AUTH=OTHER")) as relay:
        fetched = read_new(at(relay.port, user=OLD_USER, password=OLD_PASSWORD), Cursor())
    assert fetched.mails == ()
    assert b" LOGIN " in relay.said


@pytest.mark.parametrize("password", [PASSWORD, "a\r\nA1 NOOP"])
def test_a_password_that_login_cannot_carry_is_not_sent(server: Server, password: str) -> None:
    with relayed(server.plain, lambda data: data.replace(b"AUTH=PLAIN", b"AUTH=OTHER")) as relay:
        assert "user or the password" in failed(at(relay.port, password=password))
    assert relay.said.count(b"\r\n") == relay.said.count(b" CAPABILITY")


@pytest.mark.parametrize(("user", "password"), [(USER, "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_is_said_and_not_shown(server: Server, user: str, password: str) -> None:
    said = failed(at(server.plain, user=user, password=password))
    assert said == "localhost refuses the user or the password of the mailbox"


def test_a_folder_that_is_not_there_is_named(server: Server) -> None:
    assert "Alertes reçues" in failed(at(server.plain, folder="Alertes reçues"))


def test_names_of_folders_are_written_as_the_protocol_wants() -> None:
    assert mailbox_name("INBOX") == '"INBOX"'
    assert mailbox_name('Été & "hiver"') == '"&AMk-t&AOk- &- \\"hiver\\""'
    assert mailbox_name("a\r\nA1 LOGOUT") == '"a&AA0ACg-A1 LOGOUT"'


@pytest.mark.parametrize("after", [1, 60, 140, 330, 450, 700])
def test_a_server_that_hangs_up_midway_loses_nothing(server: Server, box: Mailbox, after: int) -> None:
    server.deliver(box.folder, mail_of("one"))
    with relayed(server.plain, cut_after=after) as relay:
        assert "localhost broke off the" in failed(at(relay.port, folder=box.folder))
    assert [got.raw for got in read_new(box, Cursor()).mails] == [mail_of("one")]


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"* BYE too many sessions\r\n",
        b"* OK hi\r\n* 1 FETCH (BODY[] {99999999999}\r\n",
        b"* OK hi\r\n* 1 FETCH (BODY[] {" + b"9" * 5_000 + b"}\r\n",
        b"\xff" * 5_000_000,
        b"* 1 EXISTS\r\n" * 2_000_000,
        b"\r\n",
        b"\n",
    ],
    ids=lambda said: repr(said[:30]),
)
def test_what_is_no_imap_is_a_failure(said: bytes) -> None:
    with answering(said) as port:
        assert "localhost broke off the session or does not speak IMAP" in failed(at(port))


@pytest.mark.parametrize("chunks", [[b""], [b"*"] * 60])
def test_a_server_that_is_silent_or_trickles_is_left(chunks: list[bytes]) -> None:
    with answering(*chunks, pause_s=0.02) as port:
        assert failed(at(port, timeout_s=0.1)) == "localhost does not answer"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("imap://mail.mistral.test", "encryption"),
        ("imaps://localhost", "local network"),
        ("imaps://127.0.0.1", "local network"),
        ("imaps://claire:s3cret@mail.mistral.test", "without user or password"),
        ("imaps://claire:s3/cret@mail.mistral.test", "without user or password"),
        ("https://mail.mistral.test", "imaps://host"),
        ("imaps://", "imaps://host"),
        ("imaps://[", "imaps://host"),
        ("", "imaps://host"),
    ],
)
def test_an_address_that_is_not_read_says_why(url: str, part: str) -> None:
    said = failed(at(1, url=url, internal=False))
    assert part in said
    assert "s3" not in said


def test_a_mailbox_that_demands_dkim_names_its_server(server: Server) -> None:
    assert "authserv" in failed(at(server.plain, authserv=""))


def test_nobody_listening_is_said() -> None:
    with answering() as port:
        # Something must come for the listener to end.
        assert failed(at(port, timeout_s=0.1)) == "localhost does not answer"
    assert failed(at(port)) == "localhost refuses connections"


def test_neither_address_nor_password_are_printed() -> None:
    shown = repr(at(1, url="imaps://secret.host"))
    assert PASSWORD not in shown
    assert "secret.host" not in shown

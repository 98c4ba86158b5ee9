"""The fetcher against servers that misbehave, on the loopback interface."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import re
import ssl
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from cockpit.network.reach import Refused
from cockpit.sources import failure, secrets
from cockpit.sources import fetch as fetching
from cockpit.sources.address import Moved, basic, local_path, parse
from cockpit.sources.body import Wants, is_page
from cockpit.sources.cookies import cookies_of
from cockpit.sources.failure import Failed, retry_after
from cockpit.sources.fetch import Fetched, Fetcher, NotModified, Outcome, Request, Validators
from tests.sources.loopback import response, serving

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


async def fetch(url: str, *, tls: ssl.SSLContext | None = None, **options: object) -> Outcome:
    request = Request(url=url, internal=bool(options.pop("internal", True)), **options)  # type: ignore[arg-type]
    async with Fetcher(now=lambda: NOW, tls=tls) as fetcher:
        return await fetcher.fetch(request)


def failed(outcome: Outcome, kind: str) -> Failed:
    assert isinstance(outcome, Failed), outcome
    assert outcome.kind == kind, outcome
    return outcome


async def test_a_good_answer_comes_with_all_that_matters() -> None:
    dated = "Fri, 20 Nov 2026 08:00:00 GMT"
    async with serving(response(b'{"a":1}', ETag='W/"x"', Last_Modified=dated)) as port:
        got = await fetch(f"http://127.0.0.1:{port}/s?token=t")
    assert isinstance(got, Fetched)
    assert (got.body, got.status, got.content_type) == (b'{"a":1}', 200, "application/json")
    assert got.validators == Validators('W/"x"', dated)
    assert "token" not in repr(got)
    assert '"a"' not in repr(got)


async def test_what_is_asked() -> None:
    seen: dict[str, str] = {}

    async def answer(_path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        seen.update(fields)
        writer.write(response(b"", "304 Not Modified"))

    async with serving(answer) as port:
        got = await fetch(f"http://me:p%40ss@127.0.0.1:{port}/", validators=Validators('W/"x"', "yesterday"))
    assert isinstance(got, NotModified)
    assert seen["if-none-match"] == 'W/"x"'
    assert seen["if-modified-since"] == "yesterday"
    assert seen["accept-encoding"] == "gzip"
    assert seen["user-agent"].startswith("cockpit/")
    assert seen["authorization"] == "Basic bWU6cEBzcw=="
    assert seen["host"] == f"127.0.0.1:{port}"


async def test_a_304_that_was_not_asked_for_is_a_failure() -> None:
    async with serving(response(b"", "304 Not Modified")) as port:
        failed(await fetch(f"http://127.0.0.1:{port}/"), "server")


async def test_a_dripping_body_ends_at_the_deadline() -> None:
    async def drip(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with serving(drip) as port:
        failed(await fetch(f"http://127.0.0.1:{port}/", deadline_s=0.2), "timeout")


async def test_a_gzip_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    async with serving(response(bomb, Content_Encoding="gzip")) as port:
        assert (
            "over 2 MiB" in failed(await fetch(f"http://127.0.0.1:{port}/", wants="any"), "too_big").message
        )


def test_a_feed_may_be_as_large_as_64_megabytes_and_is_told_so() -> None:
    assert "over 64 MiB" in failure.too_big("agenda.test", fetching.FEED_LIMIT)
    assert "over 1.5 MiB" in failure.too_big("agenda.test", 1024 * 1536)


async def test_a_body_of_exactly_the_limit_passes_and_one_more_byte_does_not() -> None:
    for size, good in ((100, True), (101, False)):
        for encode in (lambda body: body, gzip.compress, zlib.compress):
            coded = encode(b"[" + b" " * (size - 2) + b"]")
            headers = {} if encode(b"x") == b"x" else {"Content_Encoding": "gzip"}
            async with serving(response(coded, **headers)) as port:
                got = await fetch(f"http://127.0.0.1:{port}/", limit=100)
            assert isinstance(got, Fetched) is good, (size, got)


@pytest.mark.parametrize(
    ("coded", "encoding"),
    [
        (gzip.compress(b"{}" * 999, mtime=0)[:-9], "gzip"),
        (b"not gzip", "gzip"),
        (b"\x0b\x02\x80{}\x03", "br"),
    ],
)
async def test_a_damaged_or_unasked_compression_is_told(coded: bytes, encoding: str) -> None:
    async with serving(response(coded, Content_Encoding=encoding)) as port:
        failed(await fetch(f"http://127.0.0.1:{port}/"), "broken_body")


async def test_a_body_cut_short_is_told() -> None:
    async with serving(response(b'{"a":', Content_Length="500")) as port:
        failed(await fetch(f"http://127.0.0.1:{port}/"), "broken_body")


async def test_redirects_on_the_same_host_are_followed_three_times() -> None:
    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        hop = int(path[1:])
        assert fields["authorization"].startswith("Basic ")
        writer.write(response(b"{}") if hop == 0 else response(b"", "302 Found", Location=f"/{hop - 1}"))

    async with serving(answer) as port:
        assert isinstance(await fetch(f"http://u:p@127.0.0.1:{port}/3"), Fetched)
        failed(await fetch(f"http://u:p@127.0.0.1:{port}/4"), "redirect")


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.test/secret?t=1",
        "file:///etc/passwd",
        "//evil.test/",
        "http://127.0.0.1:1/",
    ],
)
async def test_redirects_elsewhere_are_not_followed(location: str) -> None:
    async with serving(response(b"", "301 Moved", Location=location)) as port:
        told = failed(await fetch(f"http://127.0.0.1:{port}/private"), "redirect").message
    assert "secret" not in told
    assert "private" not in told
    assert "passwd" not in told


async def test_a_move_names_the_new_host() -> None:
    async with serving(response(b"", "301 Moved", Location="https://elsewhere.test/")) as port:
        assert "elsewhere.test" in failed(await fetch(f"http://127.0.0.1:{port}/"), "redirect").message


def test_a_redirect_never_gives_up_encryption() -> None:
    secure = parse("https://status.acme.test/a")
    with pytest.raises(Refused):
        secure.redirected("http://status.acme.test/a")
    assert parse("http://status.acme.test/a").redirected("https://status.acme.test/b").scheme == "https"


async def test_a_probe_is_content_with_a_redirect_elsewhere() -> None:
    async with serving(response(b"", "302 Found", Location="https://login.test/")) as port:
        got = await fetch(f"http://127.0.0.1:{port}/", any_status=True, wants="any")
    assert isinstance(got, Fetched)
    assert (got.status, got.moved, got.moved_to) == (302, False, "https://login.test/")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [("301 M", True), ("302 F", False), ("303 S", False), ("307 T", False), ("308 P", True)],
)
async def test_only_a_permanent_redirect_says_that_the_address_should_be_changed(
    status: str, permanent: bool
) -> None:
    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        known = "304 Not Modified" if "if-none-match" in fields else "200 OK"
        writer.write(response(b"{}", known) if path == "/new" else response(b"", status, Location="/new"))

    async with serving(answer) as port:
        for validators in (Validators(), Validators("x")):
            got = await fetch(f"http://127.0.0.1:{port}/old", validators=validators)
            assert isinstance(got, Fetched | NotModified)
            assert got.moved is permanent
            assert got.final_url.endswith("/new")
        straight = await fetch(f"http://127.0.0.1:{port}/new")
    assert isinstance(straight, Fetched)
    assert not straight.moved
    assert not NotModified(validators=Validators()).moved, "nor where nobody was sent anywhere"


@pytest.mark.parametrize(
    ("status", "kind"),
    [("401 No", "auth"), ("402 Pay", "server"), ("403 No", "auth"), ("404 No", "not_found"), ("407 No", "auth"),
     ("410 Gone", "gone"), ("425 Early", "rate_limited"), ("429 Wait", "rate_limited"), ("500 Oops", "server"),
     ("503 Busy", "server"), ("418 Tea", "server")],
)  # fmt: skip
async def test_each_status_has_its_kind(status: str, kind: str) -> None:
    async with serving(response(b"{}", status)) as port:
        outcome = failed(await fetch(f"http://127.0.0.1:{port}/path?token=abc"), kind)
        assert outcome.status == int(status[:3])
        assert "abc" not in str(outcome)
        assert "path" not in str(outcome)
        assert isinstance(await fetch(f"http://127.0.0.1:{port}/", any_status=True), Fetched)


async def test_a_rate_limit_says_how_long() -> None:
    dated = "Fri, 20 Nov 2026 09:10:00 GMT"
    for value, seconds in (("120", 120), (dated, 600), ("99999999", 3600), ("0", 30)):
        for status in ("429 Wait", "503 Busy"):
            async with serving(response(b"", status, Retry_After=value)) as port:
                assert failed(await fetch(f"http://127.0.0.1:{port}/"), "rate_limited").retry_after == seconds


@given(st.text(max_size=40))
def test_retry_after_is_bounded_whatever_it_holds(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 30 <= seconds <= 3600


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf\n <html>", "\ufeff<html>".encode("utf-16-be")]
)
async def test_a_web_page_for_data_is_told(page: bytes) -> None:
    async with serving(response(page)) as port:
        for wants in ("json", "xml", "calendar"):
            failed(await fetch(f"http://127.0.0.1:{port}/", wants=wants), "html")


async def test_data_labelled_as_a_page_is_data() -> None:
    async with serving(response(b" [1]", Content_Type="text/html")) as port:
        assert isinstance(await fetch(f"http://127.0.0.1:{port}/"), Fetched)


async def test_the_first_event_of_a_stream_is_enough() -> None:
    async def endless(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        await writer.drain()
        await asyncio.Event().wait()

    async with serving(endless) as port:
        got = await fetch(f"http://127.0.0.1:{port}/", wants="any", until=b"\n\n", deadline_s=60)
    assert isinstance(got, Fetched)
    assert got.body == b"data: 1\n\n"


def tls_pair(name: str = "localhost", **options: object) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **options).configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


async def test_a_good_certificate_gives_its_expiry() -> None:
    end = datetime(2099, 1, 2, 3, 4, 5, tzinfo=UTC)
    server, client = tls_pair(not_after=end)
    async with serving(response(), server) as port:
        got = await fetch(f"https://localhost:{port}/", tls=client)
    assert isinstance(got, Fetched)
    assert got.certificate_expiry == end


@pytest.mark.parametrize(
    ("name", "options", "known", "word"),
    [("localhost", {"not_before": NOW - timedelta(days=9999), "not_after": NOW - timedelta(days=1)}, True,
      "expired"),
     ("other.test", {}, True, "another name"),
     ("localhost", {}, False, "unknown authority")],
)  # fmt: skip
async def test_a_bad_certificate_says_why(
    name: str, options: dict[str, object], known: bool, word: str
) -> None:
    server, client = tls_pair(name, **options)
    async with serving(response(), server) as port:
        tls = client if known else ssl.create_default_context()
        assert word in failed(await fetch(f"https://localhost:{port}/", tls=tls), "tls").message


async def test_the_system_s_authorities_are_asked_by_default() -> None:
    server, _client = tls_pair()
    async with serving(response(), server) as port:
        assert "unknown authority" in failed(await fetch(f"https://localhost:{port}/"), "tls").message


async def test_plain_http_where_tls_was_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    # Such a server waits for a line that never comes, and so does the handshake.
    monkeypatch.setattr(fetching, "_CONNECT_S", 0.3)
    async with serving(response()) as port:
        failed(await fetch(f"https://127.0.0.1:{port}/"), "tls")


async def test_this_machine_is_refused_unless_internal() -> None:
    async with serving(response()) as port:
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"):
            failed(await fetch(f"http://{host}:{port}/", internal=False), "refused")


async def test_a_closed_port_is_not_an_absent_network() -> None:
    failed(await fetch("http://127.0.0.1:1/"), "server")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.test\\\\@good.test/",
        "",
        "ftp://x/",
        "https://",
        "http://a b/",
        "http://[::1",
        "https://..",
        "x" * 9,
    ],
)
async def test_an_address_that_is_none_is_refused_politely(url: str) -> None:
    failed(await fetch(url), "refused")


def test_cookies_of_one_reading_are_few_short_and_without_their_attributes() -> None:
    lines = [
        "a=1; Path=/", " b = 2 ;Secure", "bad name=1", "c", "=x", "d=1,2", f"e={'x' * 2_000}", f"f={'x' * 2_001}",
        f"{'g' * 200}=1", f"{'h' * 201}=1", "i=", "a=3",
    ]  # fmt: skip
    assert cookies_of(lines) == {"a": "3", "b": "2", "e": "x" * 2_000, "g" * 200: "1", "i": ""}
    assert list(cookies_of([f"n{n}=1" for n in range(30)])) == [f"n{n}" for n in range(20)]


@pytest.mark.parametrize(
    ("begun", "location", "moved"),
    [
        ("http://a.test/x", "https://a.test/y", ""), ("http://a.test:8080/x", "https://a.test/y", "https://a.test/y"),
        ("http://a.test/x", "https://a.test:8443/y", "https://a.test:8443/y"),
        ("https://a.test/x", "https://a.test:8443/y", "https://a.test:8443/y"),
        ("https://a.test:8443/x", "//a.test:8443/y", ""), ("https://a.test/x", "https://b.test/y", "https://b.test/y"),
        ("http://a.test/x", "http://a.test:81/y", "http://a.test:81/y"),
        ("https://a.test/x", "https://A.test:443/y", ""),
    ],
)  # fmt: skip
def test_a_redirect_is_followed_on_the_same_host_and_port_or_up_to_encryption(
    begun: str, location: str, moved: str
) -> None:
    address = parse(begun)
    if moved:
        with pytest.raises(Moved) as told:
            address.redirected(location)
        assert told.value.address == moved
    else:
        assert address.redirected(location).url.endswith("/y")


@pytest.mark.parametrize(
    ("typed", "url", "authorization"),
    [
        ("https://a.test", "https://a.test/", ""), ("HTTPS://A.test:443/x?y=1#z", "https://a.test/x?y=1", ""),
        ("http://a.test:80/", "http://a.test/", ""), ("http://a.test:443/", "http://a.test:443/", ""),
        ("https://[::1]:8443/x", "https://[::1]:8443/x", ""), (" https://é.test/ ", "https://xn--9ca.test/", ""),
        ("https://u@a.test/", "https://a.test/", "Basic dTo="),
        ("webcals://u:p%3Ass@a.test/", "https://a.test/", basic("u", "p:ss")),
    ],
)  # fmt: skip
def test_an_address_is_asked_without_what_is_not_for_its_path(
    typed: str, url: str, authorization: str
) -> None:
    assert (parse(typed).url, parse(typed).authorization) == (url, authorization)


def test_a_file_is_an_address_without_a_network() -> None:
    assert local_path("file:///srv/a%20b.ics") == Path("/srv/a b.ics")
    assert local_path("/srv/a.ics") == Path("/srv/a.ics")
    assert local_path("~/a.ics") == Path.home() / "a.ics"
    assert local_path("https://a.test/a.ics") is None


@pytest.mark.parametrize(
    ("body", "label", "wants", "page"),
    [
        (b"<html>", "text/html", "any", False), (b"<html>", "", "xml", True),
        (b"<rss>", "application/xml", "xml", False),
        (b"<rss>", "Text/HTML", "xml", True), (b"{}", "text/html", "json", False), (b"true", "text/html", "json", True),
        (b"{}", "text/html", "calendar", True), (b"\n BEGIN:VCALENDAR", "text/html", "calendar", False),
        (b"BEGIN:VCALENDAR", "text/html", "json", True), (b" " * 511 + b"<html>", "", "json", False),
        (b"\x00 \t<!-- x", "", "calendar", True), (b"<h1>", "", "json", False),
    ],
)  # fmt: skip
def test_a_web_page_is_told_from_data_by_its_first_bytes_then_by_its_label(
    body: bytes, label: str, wants: Wants, page: bool
) -> None:
    assert is_page(body, label, wants) is page


def test_webcal_is_https() -> None:
    assert parse("webcal://Cal.Acme.test/a.ics?k=1#f").url == "https://cal.acme.test/a.ics?k=1"
    assert "k=1" not in repr(parse("webcal://cal.acme.test/a.ics?k=1"))


async def test_one_host_is_asked_one_thing_at_a_time() -> None:
    busy = most = 0

    async def answer(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0)
        busy -= 1
        writer.write(response())

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        request = Request(url=f"http://127.0.0.1:{port}/", internal=True)
        got = await asyncio.gather(*(fetcher.fetch(request) for _n in range(5)))
    assert all(isinstance(outcome, Fetched) for outcome in got)
    assert most == 1


async def test_nothing_is_carried_from_one_request_to_the_next() -> None:
    """Requests go to addresses, which hosts may share: a cookie would reach the wrong one."""
    seen: list[dict[str, str]] = []

    async def answer(_path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        seen.append(fields)
        writer.write(response(b"{}", Set_Cookie="session=1; Path=/", ETag='"é"'))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        for _n in range(2):
            got = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
    assert isinstance(got, Fetched)
    assert got.validators == Validators()
    assert "cookie" not in seen[1]


async def test_a_header_that_http_forbids_is_refused() -> None:
    async with serving(response()) as port:
        failed(await fetch(f"http://127.0.0.1:{port}/", user_agent="é"), "refused")


async def test_no_address_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx").setLevel(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="cockpit")
    async with serving(response()) as port:
        await fetch(f"http://127.0.0.1:{port}/feed?token=abc")
    assert "token" not in caplog.text


def test_secrets_are_found_where_they_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_TEST_SECRET", "s3")
    assert secrets.authorization("", "env:COCKPIT_TEST_SECRET") == "Bearer s3"
    assert secrets.authorization("u", "env:COCKPIT_TEST_SECRET") == "Basic dTpzMw=="
    assert secrets.authorization("u", "") == ""
    for reference in (
        "env:COCKPIT_ABSENT",
        "s3",
        "file:x",
        "vault:s3",
        "en:s3",
        "keyrings:s3",
        "environment:s3",
    ):
        with pytest.raises(secrets.SecretMissing) as told:
            secrets.resolve(reference)
        assert "s3" not in str(told.value)
        assert ("is not set" if reference.startswith("env:") else "is written env:NAME") in str(told.value)


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_a_date_of_http_is_an_instant_whatever_its_zone(zone: str) -> None:
    assert failure.http_date(f"Fri, 20 Nov 2026 09:00:00 {zone}") == NOW
    assert failure.http_date("Fri, 20 Nov 2026 10:00:00 +0100") == NOW
    assert failure.http_date("soon") is None


def test_the_date_form_counts_from_now() -> None:
    later = (NOW + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert retry_after(later, NOW) == 300


def _proves(said: str, user: str, password: str, path: str) -> bool:
    """Whether an Authorization of digest is that of the password (RFC 7616 3.4.1)."""
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', said))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    secret, asked = md5(f"{user}:{told['realm']}:{password}"), md5(f"GET:{path}")
    proof = f"{secret}:{told['nonce']}:{told['nc']}:{told['cnonce']}:{told['qop']}:{asked}"
    return bool(told["uri"] == path and told["response"] == md5(proof))


async def test_a_server_that_wants_its_password_by_digest_is_given_it_so() -> None:
    asked: list[str] = []

    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        said = fields.get("authorization", "")
        asked.append(said.partition(" ")[0])
        if said.startswith("Digest ") and _proves(said, "me", "p:ss", path):
            writer.write(response(b"BEGIN:VCALENDAR", Content_Type="text/calendar"))
        else:
            challenge = 'Digest realm="agenda", nonce="abc", qop="auth", algorithm=MD5'
            writer.write(response(b"", "401 Unauthorized", WWW_Authenticate=challenge))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        request = Request(
            url=f"http://127.0.0.1:{port}/a.ics?x=1", internal=True, authorization=basic("me", "p:ss")
        )
        found = await fetcher.fetch(request)
        refused = await fetcher.fetch(replace(request, authorization=basic("me", "wrong")))
        without = await fetcher.fetch(replace(request, authorization=""))
    assert isinstance(found, Fetched)
    assert isinstance(refused, Failed)
    assert isinstance(without, Failed)
    assert asked == ["Basic", "Digest", "Basic", "Digest", ""]


def test_what_is_printed_of_a_request_says_neither_address_nor_secret() -> None:
    """A feed's private address is its password; what is printed goes to a log."""
    secrets = {"a": "4711"}
    request = Request(
        url="https://agenda.test/private-4711.ics", authorization="4711", cookies=secrets, form=secrets
    )
    assert "4711" not in repr(request)

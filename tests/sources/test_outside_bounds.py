"""What stands around a source: how much of a body is read, what a failure says, which clock is right, and secrets."""

from __future__ import annotations

import asyncio
import gzip
import sys
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from cockpit.network.reach import Refused
from cockpit.sources import failure
from cockpit.sources import fetch as fetching
from cockpit.sources.address import parse
from cockpit.sources.body import Broken, TooBig, read_limited
from cockpit.sources.failure import Failed, remembered, retry_after
from cockpit.sources.fetch import Fetched, Fetcher, NotModified, Request, Validators
from cockpit.sources.inbox.mailbox import Cursor, Mailbox, RefusedMail
from tests.sources.loopback import response, serving

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


async def read(*chunks: bytes, encoding: str = "", limit: int = 10, until: bytes = b"") -> bytes | str:
    """The body of an answer that comes in chunks, or what is wrong with it."""

    async def coming() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    try:
        return await read_limited(coming(), encoding, limit, until=until)
    except (TooBig, Broken) as error:
        return type(error).__name__


async def test_a_body_is_read_up_to_its_limit_in_bytes_once_it_is_unpacked() -> None:
    assert await read() == await read(encoding="gzip") == b""
    assert await read(b"12345", b"67890") == b"1234567890"
    assert await read(b"12345", b"678901") == "TooBig"
    for packed in (gzip.compress(b"1234567890"), zlib.compress(b"1234567890")):
        for encoding in ("gzip", " X-GZIP ", "deflate", "Gzip"):
            assert await read(packed, encoding=encoding) == b"1234567890"
            assert await read(packed[:5], packed[5:], encoding=encoding) == b"1234567890"
        assert await read(packed, encoding="gzip", limit=9) == "TooBig"
        assert await read(packed[:-1], encoding="gzip") == "Broken"
        assert await read(packed, encoding="br") == "Broken"
        assert await read(packed, encoding="identity", limit=99) == packed
    assert await read(b"junk", encoding="gzip") == "Broken"


async def test_a_stream_is_read_to_the_end_of_its_first_event() -> None:
    assert await read(b"a\n", b"\nb", b"c", until=b"\n\n") == b"a\n\nb"
    assert await read(b"a\n", b"b", until=b"\n\n") == b"a\nb"
    assert await read(b"a" * 11, until=b"a") == "TooBig"


SAID = {
    401: ("auth", "a.test refuses access (401): check the user, password or address"),
    403: ("auth", "a.test refuses access (403): check the user, password or address"),
    407: ("auth", "a.test refuses access (407): check the user, password or address"),
    404: ("not_found", "a.test does not know this address (404): check it in the configuration"),
    410: ("gone", "a.test says this address is gone for good (410): remove or replace it"),
    425: ("rate_limited", "a.test asks to wait before the next read (425)"),
    429: ("rate_limited", "a.test asks to wait before the next read (429)"),
    **{code: ("server", f"a.test answered with an error ({code})")
       for code in (204, 400, 402, 405, 406, 408, 409, 411, 424, 426, 428, 430, 500, 502, 503, 504)},
}  # fmt: skip


@pytest.mark.parametrize("status", SAID)
def test_a_status_is_told_in_words_that_say_what_to_do(status: int) -> None:
    kind, message = SAID[status]
    assert failure.of_status(status, "a.test", None) == Failed(kind, message, None, status)  # type: ignore[arg-type]
    if status != 503:
        told = failure.of_status(status, "a.test", 60.0)
        assert told == Failed(kind, message, 60.0, status)  # type: ignore[arg-type]


def test_a_busy_server_that_says_how_long_only_asks_to_wait() -> None:
    for wait in (0.0, 30.0):
        assert failure.of_status(503, "a.test", wait).kind == "rate_limited"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None), ("  ", None), ("soon", None), ("-5", None), ("1.5", None), ("²", None), ("0", 30), ("29", 30),
        (" 30 ", 30), ("31", 31), ("3599", 3599), ("3601", 3600), ("9" * 400, 3600),
        ("Fri, 20 Nov 2026 09:02:00 GMT", 120), ("Fri, 20 Nov 2026 09:02:00 -0000", 120),
        ("Fri, 20 Nov 2026 10:02:00 +0100", 120), ("Fri, 20 Nov 2026 08:00:00 GMT", 30),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 3600),
    ],
)  # fmt: skip
def test_a_wait_is_as_long_as_the_server_says_from_half_a_minute_to_an_hour(
    value: str, seconds: float | None
) -> None:
    assert retry_after(value, NOW) == seconds


def test_of_a_failure_its_cause_is_kept_where_our_own_connection_may_be_at_fault() -> None:
    assert remembered(Failed("tls", "x")) == "tls"
    assert remembered(Failed("tls", "x", cause="untrusted")) == "untrusted"
    assert failure.of_exchange(OSError("x"), "a.test").status is None
    said = (
        failure.in_circles("a.test"), failure.too_slow("a.test", 20.0), failure.too_slow("a.test", 0.5),
        failure.page("a.test", "calendar"), failure.page("a.test", "json"), failure.page("a.test", "xml"),
    )  # fmt: skip
    assert said == (
        "a.test redirects in circles", "a.test is too slow: no complete answer in 20 s",
        "a.test is too slow: no complete answer in 0.5 s",
        "a.test answers with a web page instead of a calendar: is a sign-in needed?",
        *["unexpected answer from a.test: a web page instead of data"] * 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a.test",
        "ftp://a.test/",
        "https://",
        "https://a b.test/",
        "https://a.test/\x1b[2J",
        "https://a.test:x/",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refused, match=r"the address (is not valid|must start with)"):
        parse(typed)


def test_an_address_is_told_by_its_parts_without_its_secrets() -> None:
    found = parse("https://claire:p%40ss@A.test:8443/feed?key=4711#x")
    assert (found.scheme, found.host, found.port) == ("https", "a.test", 8443)
    assert (found.url, found.authorization) == ("https://a.test:8443/feed?key=4711", "Basic Y2xhaXJlOnBAc3M=")
    assert "4711" not in repr(found)
    assert "Basic" not in repr(found)
    again = found.redirected("/other")
    assert (again.url, again.authorization) == ("https://a.test:8443/other", found.authorization)
    with pytest.raises(Refused, match=r"a\.test redirects to an address without encryption: refused"):
        found.redirected("http://a.test:8443/")
    with pytest.raises(Refused, match=r"a\.test redirects to an invalid address"):
        found.redirected("ftp://a.test/")
    with pytest.raises(Refused, match=r"a\.test sends to b\.test now: confirm and change the address"):
        found.redirected("https://b.test/")


async def test_what_is_asked_is_said_in_the_headers_and_nothing_more() -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        asked.append((path, fields))
        writer.write(response(b"{}"))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        plain = Request(url=f"http://127.0.0.1:{port}/a?b=1", internal=True)
        for wants in ("json", "xml", "calendar", "any"):
            await fetcher.fetch(Request(url=plain.url, internal=True, wants=wants))
        await fetcher.fetch(Request(url=plain.url, internal=True, user_agent="Mine/1", cookies={"a": "1"},
                                    authorization="Bearer x", validators=Validators("", "then")))  # fmt: skip
    assert {path for path, _fields in asked} == {"/a?b=1"}
    heads = [fields for _path, fields in asked]
    assert [head["accept"] for head in heads[:4]] == [
        "application/json, */*;q=0.5",
        "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "text/calendar, */*;q=0.5", "*/*",
    ]  # fmt: skip
    for head in heads[:4]:
        assert not head.keys() & {"authorization", "cookie", "if-none-match", "if-modified-since"}
    assert (heads[4]["user-agent"], heads[4]["authorization"]) == ("Mine/1", "Bearer x")
    assert heads[4]["if-modified-since"] == "then"
    assert "if-none-match" not in heads[4]


async def test_what_a_server_says_of_its_answer_is_kept() -> None:
    fresh = {"Cache_Control": 'public, Max-Age="600"', "Retry_After": "45"}
    async with serving(response(b"[]", **fresh)) as port, Fetcher(now=lambda: NOW) as fetcher:
        found = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
    assert isinstance(found, Fetched)
    assert (found.max_age_s, found.retry_after, found.moved, found.moved_to) == (600, 45.0, False, "")
    assert (found.certificate_expiry, found.final_url) == (None, f"http://127.0.0.1:{port}/")
    assert 0 <= found.elapsed_ms < 20_000
    unchanged, known = response(b"", "304 Not Modified", ETag="y", **fresh), Validators("x", "")
    async with serving(unchanged) as port, Fetcher(now=lambda: NOW) as fetcher:
        same = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True, validators=known))
    assert same == NotModified(
        validators=Validators("y", ""), retry_after=45.0, max_age_s=600, final_url=f"http://127.0.0.1:{port}/"
    )
    stale = response(b"[]", Cache_Control="no-store, s-maxage=5")
    async with serving(stale) as port, Fetcher(now=lambda: NOW) as fetcher:
        plain = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
    assert isinstance(plain, Fetched)
    assert (plain.max_age_s, plain.retry_after) == (0, None)


async def test_a_token_is_asked_by_a_form_that_no_redirect_carries_away() -> None:
    asked: list[str] = []

    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        asked.append(f"{path} {fields.get('content-length', '-')}")
        writer.write(response(b"{}") if path == "/token" else response(b"", "302 Found", Location="/token"))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        form = {"grant": "client"}
        good = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/token", internal=True, form=form))
        moved = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/old", internal=True, form=form))
        await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/token", internal=True, head=True))
    assert isinstance(good, Fetched)
    assert moved == Failed("redirect", "127.0.0.1 redirects a sign-in: refused")
    assert asked == ["/token 12", "/old 12", "/token -"]


async def test_cookies_that_redirects_set_are_shown_to_the_same_reading() -> None:
    async def answer(path: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        if fields.get("cookie") == "a=1; b=2":
            writer.write(response(b"{}"))
        else:
            cookie = "b=2" if "cookie" in fields else "a=1"
            writer.write(response(b"", "302 Found", Location=path, Set_Cookie=cookie))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        found = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
    assert isinstance(found, Fetched)


async def test_our_clock_is_judged_by_what_most_servers_say() -> None:
    dates = iter(("08:50:00", "08:59:00", "08:58:00", "soon"))

    async def answer(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(response(b"{}", Date=f"Fri, 20 Nov 2026 {next(dates)} GMT"))

    offsets = []
    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        for _n in range(4):
            await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
            offsets.append(fetcher.clock_offset // timedelta(minutes=1))
    assert offsets == [0, 10, 2, 2], "one server alone may be wrong"


async def test_how_long_an_answer_took_is_told_in_thousandths_of_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def answer(path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(response() if path == "/" else response(b"", "302 Found", Location="https://b.test/"))

    async with serving(answer) as port, Fetcher(now=lambda: NOW) as fetcher:
        for path in ("/", "/elsewhere"):
            clock = iter((10.0, 10.25))
            monkeypatch.setattr(fetching, "monotonic", lambda clock=clock: next(clock))
            found = await fetcher.fetch(
                Request(url=f"http://127.0.0.1:{port}{path}", internal=True, any_status=True)
            )
            assert isinstance(found, Fetched)
            assert found.elapsed_ms == 250


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with serving(response()) as port, Fetcher(now=lambda: NOW) as fetcher:
        found = await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", internal=True))
    assert isinstance(found, Fetched)


def test_a_request_is_for_a_page_of_2_mib_in_20_s_on_the_open_network_unless_it_says_otherwise() -> None:
    plain = Request(url="https://a.test/")
    assert (plain.limit, plain.deadline_s, plain.wants) == (2 * 1024 * 1024, 20.0, "json")
    assert (plain.internal, plain.any_status, plain.head, plain.until, plain.form) == (
        False,
        False,
        False,
        b"",
        None,
    )
    assert (fetching.FEED_LIMIT, fetching.FEED_DEADLINE_S, fetching.HOPS) == (64 * 1024 * 1024, 60.0, 3)
    assert {301, 308} == fetching.PERMANENT
    box = Mailbox(url="imaps://a.test", user="u", password="p", allowed=(), authserv="mx")
    assert (box.folder, box.require_dkim, box.timeout_s, box.internal) == ("INBOX", True, 20, False)
    assert Cursor() == Cursor(0, 0)
    assert RefusedMail(1, "", "x").listed


@pytest.mark.skipif(sys.platform == "darwin", reason="one loopback address alone")
async def test_six_addresses_are_asked_at_once_and_no_more() -> None:
    busy, most = set[int](), 0
    release = asyncio.Event()

    async def answer(_path: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        nonlocal most
        busy.add(id(writer))
        most = max(most, len(busy))
        if len(busy) == 6:
            release.set()
        await release.wait()
        busy.discard(id(writer))
        writer.write(response())

    async with serving(answer, everywhere=True) as port, Fetcher(now=lambda: NOW) as fetcher:
        requests = [Request(url=f"http://127.0.0.{n}:{port}/", internal=True) for n in range(1, 9)]
        got = await asyncio.gather(*(fetcher.fetch(request) for request in requests))
    assert all(isinstance(outcome, Fetched) for outcome in got)
    assert most == 6

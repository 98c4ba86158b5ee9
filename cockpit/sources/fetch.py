"""The one HTTP fetcher of every source: bounded in time, size, hops and number, and never surprised.

An outcome is a value: what was fetched, that nothing changed, or a failure with its kind and a sentence
for a person. No message holds the path, query or credentials of an address.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from cockpit import __version__
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.locale import _
from cockpit.network.reach import Refused, exchange, resolve, system_tls
from cockpit.network.trouble import broken
from cockpit.sources import digest as digests
from cockpit.sources import failure
from cockpit.sources.address import Moved, WebAddress, parse
from cockpit.sources.body import Broken, TooBig, Wants, is_page, read_limited
from cockpit.sources.cookies import cookies_of
from cockpit.sources.failure import Failed

if TYPE_CHECKING:
    import httpx

STATUS_LIMIT = 2 * 1024 * 1024
FEED_LIMIT = 64 * 1024 * 1024
STATUS_DEADLINE_S = 20.0
FEED_DEADLINE_S = 60.0
_CONNECT_S = 5.0
HOPS = 3
_AT_ONCE = 6
_OFFSETS = 25
PERMANENT = frozenset({301, 308})
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT: dict[Wants, str] = {
    "json": "application/json, */*;q=0.5",
    "xml": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
    "calendar": "text/calendar, */*;q=0.5",
    "any": "*/*",
}


@dataclass(frozen=True)
class Validators:
    """What a server gave to recognise a body later (RFC 9110 8.8), sent back as it came."""

    etag: str = ""
    last_modified: str = ""


NO_VALIDATORS = Validators()


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to fetch and within which bounds: `limit` in decoded bytes, `deadline_s` for the whole of it."""

    url: str = field(repr=False)
    wants: Wants = "json"
    validators: Validators = NO_VALIDATORS
    authorization: str = field(default="", repr=False)
    user_agent: str = ""
    internal: bool = False
    limit: int = STATUS_LIMIT
    deadline_s: float = STATUS_DEADLINE_S
    any_status: bool = False
    """Give the body of an error too: a probe judges it itself."""
    until: bytes = b""
    """Stop reading after these bytes: the first event of a stream is enough."""
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Set by redirects of the same reading: some sites send to themselves until they see theirs."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """What to POST, for a token; nothing else than a GET is sent without it."""
    head: bool = False
    """Ask for what stands before the body alone: whether something is there."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A whole body, decoded."""

    body: bytes = field(repr=False)
    status: int
    content_type: str
    validators: Validators
    final_url: str = field(repr=False)
    certificate_expiry: datetime | None
    elapsed_ms: int = 0
    """How long the whole took, redirects included; 0 where nobody measures it."""
    retry_after: float | None = None
    max_age_s: int = 0
    """How long the server says that the body stays fresh (RFC 9111 5.2.2.1)."""
    moved: bool = False
    """Whether a permanent redirect led here: the address should be changed."""
    moved_to: str = field(default="", repr=False)
    """Where an answer that a probe is content with sends its visitors: another host, which is not asked."""


@dataclass(frozen=True, kw_only=True)
class NotModified:
    """304: the body is the one already known."""

    validators: Validators
    retry_after: float | None = None
    max_age_s: int = 0
    moved: bool = False
    """As for what is fetched."""
    final_url: str = field(default="", repr=False)


Outcome = Fetched | NotModified | Failed


class Fetcher:
    """Fetches at most six addresses at once and one per host. Use as an asynchronous context.

    `tls` replaces the system's certificate store; `now` reads the date forms of Retry-After.
    """

    def __init__(self, *, now: Callable[[], datetime], tls: ssl.SSLContext | None = None) -> None:
        self._now = now
        self._tls = tls
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._offsets: list[timedelta] = []

    async def __aenter__(self) -> Self:
        import httpx

        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)  # their INFO lines hold whole addresses
        # No connection is kept: each is made to an address that was checked for the name of its request.
        self._client = httpx.AsyncClient(
            verify=self._tls or system_tls(),
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(STATUS_DEADLINE_S, connect=_CONNECT_S),
            limits=httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, request: Request) -> Outcome:
        """One GET with its redirects, as a value. Raises nothing but what cancels it."""
        try:
            address = parse(request.url)
        except Refused as error:
            return Failed("refused", str(error))
        host = self._hosts.setdefault(address.host, asyncio.Semaphore(1))
        async with host, self._slots:
            try:
                async with asyncio.timeout(request.deadline_s):
                    return await self._follow(address, request)
            except TimeoutError:
                return Failed("timeout", failure.too_slow(address.host, request.deadline_s))

    async def _follow(self, address: WebAddress, request: Request) -> Outcome:
        import httpx

        started, moved = monotonic(), False
        cookies: dict[str, str] = {}
        for _hop in range(HOPS + 1):
            try:
                names = await resolve(address.host, address.port, internal=request.internal)
                step = await self._exchange(address, names, replace(request, cookies=cookies))
            except Refused as error:
                return Failed("refused", str(error))
            except UnicodeEncodeError:
                return Failed("refused", _("the user agent or the token holds characters that HTTP forbids"))
            except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
                return failure.of_exchange(error, address.host)
            if not isinstance(step, _Redirect):
                return _timed(step, started, moved=moved)
            moved = moved or step.answer.status in PERMANENT
            cookies = {**cookies, **step.cookies}
            try:
                address = address.redirected(step.location)
            except Refused as error:
                elsewhere = error.address if isinstance(error, Moved) else ""
                if request.any_status:
                    return replace(step.answer, elapsed_ms=_since(started), moved_to=elsewhere)
                return Failed("redirect", str(error), status=step.answer.status, moved_to=elsewhere)
        return Failed("redirect", failure.in_circles(address.host))

    async def _exchange(
        self, address: WebAddress, names: tuple[str, ...], request: Request, digest: str = ""
    ) -> Outcome | _Redirect:
        """One request and its answer; the Location of a redirect as it stands. A server that wants its
        password by digest (RFC 7616) is given it so, at a second asking, with `digest`."""
        answer = ""
        async with exchange(
            self._client,
            "HEAD" if request.head else "GET" if request.form is None else "POST",
            address.url,
            names,
            data=request.form,
            headers=_headers(address, request) | ({"Authorization": digest} if digest else {}),
        ) as response:
            self._hear_the_time(response.headers.get("date", ""))
            if response.status_code == 401 and not digest and request.form is None:
                answer = digests.answer_to(
                    address.url, request.authorization or address.authorization, response
                )
            if answer:
                await response.aclose()
            if response.status_code in _REDIRECTS and "location" in response.headers:
                if request.form is not None:
                    return Failed(
                        "redirect", _("{host} redirects a sign-in: refused").format(host=address.host)
                    )
                sent = cookies_of(response.headers.get_list("set-cookie"))
                return _Redirect(response.headers["location"], _fetched(address, response, b""), sent)
            if not answer:
                return await self._outcome(address, request, response)
        return await self._exchange(address, names, request, answer)

    def _hear_the_time(self, said: str) -> None:
        """Remember how far this machine's clock is from a server's `Date` (RFC 9110 6.6.1)."""
        if len(self._offsets) < _OFFSETS and (at := failure.http_date(said)) is not None:
            self._offsets.append(self._now() - at)

    @property
    def clock_offset(self) -> timedelta:
        """How far ahead this machine's clock is of what most servers say; zero when fewer than two spoke."""
        offsets = sorted(self._offsets)
        return offsets[len(offsets) // 2] if len(offsets) > 1 else timedelta()

    async def _outcome(self, address: WebAddress, request: Request, response: httpx.Response) -> Outcome:
        headers = response.headers
        wait = failure.retry_after(headers.get("retry-after", ""), self._now())
        if response.status_code == 304 and request.validators != NO_VALIDATORS:
            return NotModified(
                validators=_validators(headers), retry_after=wait, max_age_s=_max_age(headers),
                final_url=address.url,
            )  # fmt: skip
        if not response.is_success and not request.any_status:
            return failure.of_status(response.status_code, address.host, wait)
        try:
            body = await read_limited(
                response.aiter_raw(), headers.get("content-encoding", ""), request.limit, until=request.until
            )
        except TooBig:
            return Failed("too_big", failure.too_big(address.host, request.limit))
        except Broken:
            return Failed("broken_body", broken(address.host))
        if is_page(body, headers.get("content-type", ""), request.wants) and not request.any_status:
            return Failed("html", failure.page(address.host, request.wants), status=response.status_code)
        return replace(_fetched(address, response, body), retry_after=wait)


@dataclass(frozen=True)
class _Redirect:
    location: str
    answer: Fetched
    """What a probe is content with, when the location is not followed."""
    cookies: Mapping[str, str]
    """What the server wants to see again, within this reading only."""


def _fetched(address: WebAddress, response: httpx.Response, body: bytes) -> Fetched:
    headers = response.headers
    return Fetched(
        body=body,
        status=response.status_code,
        content_type=headers.get("content-type", ""),
        validators=_validators(headers),
        final_url=address.url,
        certificate_expiry=_certificate_expiry(response),
        max_age_s=_max_age(headers),
    )


def _max_age(headers: Mapping[str, str]) -> int:
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    return int(found[1]) if found else 0


def _validators(headers: Mapping[str, str]) -> Validators:
    # What is not ASCII could not be sent back.
    etag, modified = (headers.get(name, "") for name in ("etag", "last-modified"))
    return Validators(etag if etag.isascii() else "", modified if modified.isascii() else "")


def _headers(address: WebAddress, request: Request) -> dict[str, str]:
    headers = {
        "Accept": _ACCEPT[request.wants],
        "Accept-Encoding": "gzip",
        "User-Agent": request.user_agent or f"cockpit/{__version__}",
    }
    authorization = request.authorization or address.authorization
    if authorization:
        headers["Authorization"] = authorization
    if request.cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in request.cookies.items())
    if request.validators.etag:
        headers["If-None-Match"] = request.validators.etag
    if request.validators.last_modified:
        headers["If-Modified-Since"] = request.validators.last_modified
    return headers


def _certificate_expiry(response: httpx.Response) -> datetime | None:
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("ssl_object") if stream is not None else None
    certificate = connection.getpeercert() if connection is not None else None
    if not certificate or "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)


def _timed(outcome: Outcome, started: float, *, moved: bool) -> Outcome:
    if isinstance(outcome, Fetched):
        return replace(outcome, elapsed_ms=_since(started), moved=moved)
    return replace(outcome, moved=moved) if isinstance(outcome, NotModified) else outcome


def _since(started: float) -> int:
    return round((monotonic() - started) * 1000)

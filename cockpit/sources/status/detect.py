"""Which engine runs a status page: each guess is confirmed by the document that comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Reading
from cockpit.domain.settings import StatusSource
from cockpit.sources import status
from cockpit.sources.failure import Failed, of_status
from cockpit.sources.fetch import Fetched, Fetcher

ORDER = (
    "statuspage", "widget", "betterstack", "instatus", "sorry", "cachet", "cachet3", "gatus", "kuma",
)  # fmt: skip
"""The most common first. Each costs one request."""

_BY_HOST = {
    "slack-status.com": "slack",
    "www.google.com": "google",
    "status.cloud.google.com": "google",
    "status.cloud.microsoft": "microsoft",
    "azure.status.microsoft": "azure",
    "rssfeed.azure.status.microsoft": "azure",
    "health.aws.amazon.com": "aws",
    "api.status.io": "statusio",
    "raw.githubusercontent.com": "upptime",
    "api.statuscake.com": "statuscake",
}
_FINAL = frozenset({"offline", "dns", "tls", "refused", "timeout", "rate_limited"})
_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml"))
_HEAD_BYTES = 65_536
_BY_PATH = {
    "/api/v2/summary.json": "statuspage",
    "/api/v2.0.0/current": "slack",
    "/incidents.json": "google",
    "/api/v1/endpoints/statuses": "gatus",
    "/history.rss": "feed",
    "/history.atom": "feed",
    "/feed.rss": "feed",
    "/healthz": "healthz",
    "/livez": "healthz",
    "/readyz": "healthz",
}


@dataclass(frozen=True)
class Detected:
    """The engine found, and what its document says; `probe` when nothing else fits."""

    engine: str
    reading: Reading
    outcome: Fetched
    url: str = ""
    """The feed that the page names, when its document was found there."""


async def _politely(source: StatusSource) -> None:
    """One request a second to somebody else's host while its engine is guessed."""
    if not source.internal:
        await asyncio.sleep(1)


Pause = Callable[[StatusSource], Awaitable[None]]


def named(url: str) -> str:
    """The engine that the address itself gives away, else empty."""
    parts = urlsplit(url)
    engine = _BY_HOST.get((parts.hostname or "").lower(), "")
    if not engine:
        path = parts.path.rstrip("/")
        engine = next((name for end, name in _BY_PATH.items() if path.endswith(end)), "")
    return engine if engine in status.DIALECTS else ""


async def detect(
    fetcher: Fetcher, source: StatusSource, *, now: Callable[[], datetime], pause: Pause = _politely
) -> Detected | Failed:
    """Try each engine until one document is understood, else the feed that the page names, else probe it.

    An address that names its document, a failure that no other path can change, and a host that answers
    every path with a web page (a captive portal does) are failures, never a healthy probe.
    """
    given = named(source.url)
    page: Failed | None = None
    for number, engine in enumerate((given,) if given else _guesses()):
        if number:
            await pause(source)
        first = status.addresses(engine, replace(source, components=()))[0]
        outcome = await fetcher.fetch(status.request(engine, first, source))
        if isinstance(outcome, Failed):
            if given or outcome.kind in _FINAL:
                return outcome
            page = page or (outcome if outcome.kind == "html" else None)
        elif isinstance(outcome, Fetched):
            reading = status.read(engine, (outcome.body,), now=now(), source=source)
            if given or reading.readable:
                return Detected(engine, reading, outcome)
    return await _page_itself(fetcher, source, now(), page)


def _guesses() -> tuple[str, ...]:
    return tuple(name for name in ORDER if name in status.DIALECTS)


async def _page_itself(
    fetcher: Fetcher, source: StatusSource, now: datetime, page: Failed | None
) -> Detected | Failed:
    """The feed that a web page declares for itself, on its own host; else whether the address answers."""
    outcome = await fetcher.fetch(status.request("probe", source.url, source))
    if isinstance(outcome, Failed):
        return outcome
    assert isinstance(outcome, Fetched)
    feed = _declared_feed(outcome, source.url)
    if feed:
        answer = await fetcher.fetch(status.request("feed", feed, source))
        if isinstance(answer, Fetched):
            reading = status.read("feed", (answer.body,), now=now, source=source)
            if reading.readable:
                return Detected("feed", reading, answer, feed)
    if page:
        return page
    reading = status.read_outcome("probe", outcome, now=now, source=source)
    if reading.state not in (State.OPERATIONAL, State.DEGRADED):
        # The address may be that of a status page which is away: that says nothing of the service.
        return of_status(outcome.status, urlsplit(source.url).hostname or "", outcome.retry_after)
    return Detected("probe", replace(reading, confidence="low"), outcome)


class _Links(HTMLParser):
    """The feeds that a page declares as alternates of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.feeds: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        kind = (said.get("type") or "").lower()
        if tag == "link" and "alternate" in (said.get("rel") or "").lower() and kind in _FEED_TYPES:
            self.feeds.append(said.get("href") or "")


def _declared_feed(outcome: Fetched, url: str) -> str:
    """The first feed that the page names on its own host; a page must not send us anywhere else."""
    links = _Links()
    links.feed(outcome.body[:_HEAD_BYTES].decode("utf-8", "replace"))
    for href in links.feeds:
        try:
            feed = urljoin(url, href)
            if href and urlsplit(feed)[:2] == urlsplit(url)[:2]:
                return feed
        except ValueError:
            continue
    return ""

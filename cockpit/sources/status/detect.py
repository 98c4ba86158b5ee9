"""Which engine runs a status page: each guess is confirmed by the document that comes back.

Detection never ends in a healthy state of its own: a page whose form no dialect reads is not understood,
whatever its web server answers.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from html import unescape
from importlib import import_module
from urllib.parse import urljoin, urlsplit

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.sources import engines, status
from cockpit.sources.engines import DIALECTS, named
from cockpit.sources.failure import Failed, FailureKind
from cockpit.sources.fetch import Fetched, Fetcher, Outcome

__all__ = ["GUESSES", "Detected", "detect", "locate", "named"]

GUESSES = engines.GUESSED
"""What is looked for on a page of which nothing is known. Each costs one request."""
_FINAL = frozenset({"offline", "dns", "tls", "refused", "timeout", "rate_limited"})
"""Failures that no other path of the same host can change."""
_ABSENT = frozenset({"not_found", "gone", "html", "redirect", "broken_body"})
"""Failures that say that this document is not there. Any other says nothing."""
_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml"))
_FEED_STARTS = (b"<?xml", b"<rss", b"<feed")
_HEAD_BYTES = 65_536
_PAGE_BYTES = 262_144
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,40})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_SAID = re.compile(r"<title[^<>]*>([^<]{1,300})</title>", re.IGNORECASE)


@dataclass(frozen=True)
class Detected:
    """The engine found, and what its document says."""

    engine: str
    reading: StatusReading
    outcome: Fetched
    url: str = ""
    """The address of the document, where it was found by what the page says."""


async def _politely(source: StatusSource) -> None:
    """One request a second to somebody else's host while its engine is guessed."""
    if not source.internal:
        await asyncio.sleep(1)


Pause = Callable[[StatusSource], Awaitable[None]]


@dataclass
class _Look:
    """One search for the engine of one source."""

    fetcher: Fetcher
    source: StatusSource
    now: Callable[[], datetime]
    pause: Pause
    pages_only: bool = True
    """Whether every guess met a web page."""
    unsure: Failed | None = None
    """A guess that could not be judged: the page may be of that engine all the same."""
    fetched: dict[str, Outcome] = field(default_factory=dict)
    """By address: two engines may keep their document under one name."""

    async def read(self, engine: str, url: str = "") -> Detected | Failed:
        """The document of that engine, read; why there is none."""
        source = replace(self.source, components=(), url=url or self.source.url)
        address = status.addresses(engine, source)[0]
        outcome = self.fetched.get(address)
        if outcome is None:
            if self.fetched:
                await self.pause(self.source)
            outcome = await self.fetcher.fetch(status.request(engine, address, source))
            self.fetched[address] = outcome
        if isinstance(outcome, Failed):
            return outcome
        assert isinstance(outcome, Fetched)
        reading = status.read(engine, (outcome.body,), now=self.now(), source=source)
        if not reading.readable:
            said = reading.warnings[0] if reading.warnings else _("the answer could not be understood")
            return Failed("broken_body", said, status=outcome.status)
        return Detected(engine, reading, outcome, url)

    async def attempt(self, engine: str, url: str = "") -> Detected | None:
        """The same, where a failure only leads to the next guess. Raises _Ended for what ends the search."""
        found = await self.read(engine, url)
        if isinstance(found, Detected):
            return found if engine == "feed" or _says_something(found.reading) else None
        self.pages_only = self.pages_only and found.kind == "html"
        if found.kind in _FINAL:
            raise _Ended(found)
        if found.kind not in _ABSENT:
            self.unsure = self.unsure or found
        return None


class _Ended(Exception):
    """The search ends here, with this failure."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.message)
        self.failure = failure


async def detect(
    fetcher: Fetcher, source: StatusSource, *, now: Callable[[], datetime], pause: Pause = _politely
) -> Detected | Failed:
    """What the address names, else what the page itself is or points to, else the first guess that reads.

    A page that sends to another host, cannot be reached, or may be of an engine that failed just now, is
    that failure; one that is none of all that is `not_understood`, with what was seen and what can be done.
    """
    look = _Look(fetcher, source, now, pause)
    given = named(source.url)
    if given:
        return await look.read(given)
    outcome = await fetcher.fetch(replace(status.request("probe", source.url, source), any_status=False))
    look.fetched[source.url] = outcome
    page = outcome if isinstance(outcome, Fetched) else None
    if isinstance(outcome, Failed) and (outcome.kind in _FINAL or outcome.moved_to):
        return outcome
    try:
        found = await _search(look, page)
    except _Ended as ended:
        return ended.failure
    if found is not None:
        return found
    if look.unsure is not None:
        return look.unsure
    if isinstance(outcome, Failed):
        return outcome
    assert page is not None
    return _not_understood(page, pages_only=look.pages_only)


async def locate(fetcher: Fetcher, source: StatusSource, engine: str) -> str | Failed:
    """The address of a document that only its page knows; why it cannot be known now."""
    outcome = await fetcher.fetch(replace(status.request("probe", source.url, source), any_status=False))
    if not isinstance(outcome, Fetched):
        return outcome if isinstance(outcome, Failed) else Failed("broken_body", "")
    places = (url for name, url in _pointed(outcome) if name == engine)
    return next(places, "") or Failed("broken_body", _("the page no longer names its document"))


async def _search(look: _Look, page: Fetched | None) -> Detected | None:
    if page is not None:
        own = _own_form(page, look.source, look.now())
        if own is not None:
            return own
        for engine, url in _pointed(page):
            if (found := await look.attempt(engine, url)) is not None:
                return found
    for engine in _by_marks(page):
        if (found := await look.attempt(engine)) is not None:
            return found
    return None


def _says_something(reading: StatusReading) -> bool:
    """Whether a document is of a form, and not only of none: an empty list is of many."""
    return reading.state is not State.UNKNOWN or bool(
        reading.components or reading.incidents or reading.page_id
    )


def _own_form(page: Fetched, source: StatusSource, now: datetime) -> Detected | None:
    """What the address itself serves, recognised by its content: a feed, or a document unlike any other."""
    start = page.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_FEED_STARTS):
        candidates: tuple[str, ...] = ("feed",)
    elif start.startswith((b"{", b"[")):
        candidates = tuple(name for name, each in DIALECTS.items() if each.distinct)
    else:
        candidates = ("pagerduty",)
    for engine in candidates:
        reading = status.read(engine, (page.body,), now=now, source=source)
        # The next read must come by this very address.
        convincing = engine == "feed" or _says_something(reading)
        if reading.readable and convincing and status.addresses(engine, source)[0] == source.url:
            return Detected(engine, reading, page)
    return None


def _pointed(page: Fetched) -> Iterator[tuple[str, str]]:
    """Engines and addresses to which a page points: by its place, by what it loads, by the feed it names.

    Only on its own host, or on the one host of a vendor: a page must not send us anywhere else.
    """
    html = page.body[:_PAGE_BYTES].decode("utf-8", "replace")
    if "/status/" in urlsplit(page.final_url).path:
        yield "kuma", page.final_url
    for name in ("uptimerobot", "statusio"):
        url = import_module(f"cockpit.sources.status.{name}").in_page(html, page.final_url)
        if url:
            yield name, url
    feed = declared_feed(html[:_HEAD_BYTES], page.final_url)
    if feed:
        yield "feed", feed


def _by_marks(page: Fetched | None) -> tuple[str, ...]:
    """The guesses, those whose marks the page bears first."""
    html = page.body[:_PAGE_BYTES].decode("utf-8", "replace").lower() if page else ""
    marked = tuple(
        name
        for name, each in DIALECTS.items()
        if any(mark in html for mark in each.marks) and (each.guessed or each.suffix)
    )
    return tuple(dict.fromkeys((*marked, *GUESSES)))


def _not_understood(page: Fetched, *, pages_only: bool) -> Failed:
    """What was seen, and what can be done about it. A host that gives web pages for every address is `html`:
    so does a network that wants a sign-in."""
    html = page.body[:_PAGE_BYTES].decode("utf-8", "replace")
    titled = _SAID.search(html)
    seen = clean(unescape(titled[1]), 80) if titled else clean(page.content_type.partition(";")[0], 80)
    said = _(
        "this page is not understood ({seen}): its web server answers, which says nothing of the service"
    )
    marked = next(
        (
            each
            for each in DIALECTS.values()
            if each.form and not each.guessed and any(mark in html.lower() for mark in each.marks)
        ),
        None,
    )
    way = _(
        "give the address of its data or feed, or choose “only whether this address answers” (engine probe)"
    )
    if marked is not None:
        way = _("it looks like {title}: give an address such as {form}, or choose engine probe").format(
            title=marked.title, form=marked.form
        )
    kind: FailureKind = "html" if pages_only else "not_understood"
    return Failed(kind, f"{said.format(seen=seen or '?')} · {way}", status=page.status)


def _alternates(html: str) -> Iterator[str]:
    """The feeds that a page declares as alternates of itself."""
    for link in _LINK.findall(html):
        said = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(link)}
        if "alternate" in said.get("rel", "").lower() and said.get("type", "").lower() in _FEED_TYPES:
            yield unescape(said.get("href", ""))


def declared_feed(html: str, url: str) -> str:
    """The first feed that the page names on its own host; a page must not send us anywhere else."""
    for href in _alternates(html):
        try:
            feed = urljoin(url, href)
            if href and urlsplit(feed)[:2] == urlsplit(url)[:2]:
                return feed
        except ValueError:
            continue
    return ""

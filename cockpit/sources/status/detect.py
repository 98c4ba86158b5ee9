"""Which engine runs a status page: each guess is confirmed by the document that comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from cockpit.domain.settings import StatusSource
from cockpit.domain.state import State
from cockpit.domain.status import Reading
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


def named(url: str) -> str:
    """The engine that the address itself gives away, else empty."""
    parts = urlsplit(url)
    engine = _BY_HOST.get((parts.hostname or "").lower(), "")
    if not engine:
        path = parts.path.rstrip("/")
        engine = next((name for end, name in _BY_PATH.items() if path.endswith(end)), "")
    return engine if engine in status.DIALECTS else ""


async def detect(fetcher: Fetcher, source: StatusSource, *, now: Callable[[], datetime]) -> Detected | Failed:
    """Try each engine until one document is understood, else probe the address itself.

    An address that names its document, a failure that no other path can change, and a host that answers
    every path with a web page (a captive portal does) are failures, never a healthy probe.
    """
    given = named(source.url)
    page: Failed | None = None
    for engine in (given,) if given else (name for name in ORDER if name in status.DIALECTS):
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
    if page:
        return page
    outcome = await fetcher.fetch(status.request("probe", source.url, source))
    if isinstance(outcome, Failed):
        return outcome
    assert isinstance(outcome, Fetched)
    reading = status.read_outcome("probe", outcome, now=now(), source=source)
    if reading.state not in (State.OPERATIONAL, State.DEGRADED):
        # The address may be that of a status page which is away: that says nothing of the service.
        return of_status(outcome.status, urlsplit(source.url).hostname or "", outcome.retry_after)
    return Detected("probe", replace(reading, confidence="low"), outcome)

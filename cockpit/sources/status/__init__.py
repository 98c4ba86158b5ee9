"""Status dialects: one small module each, loaded when a source speaks it.

A dialect has `read(body, *more, now, source)`, or `read_outcome` where the answer itself is the status.
One that needs more than one GET also has `requests(source)`, whose address is then complete; only the
first body must be there, the others may be empty.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from types import ModuleType
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.polling import status_interval
from cockpit.domain.providers.status import OFFICIAL, PROBE, Hysteresis, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.engines import DIALECTS, Dialect, UnknownEngine, dialect, document, with_suffix
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import NO_VALIDATORS, Fetched, Fetcher, Outcome, Request, Validators

__all__ = ["DIALECTS", "Dialect", "UnknownEngine", "dialect", "with_suffix"]

PAGES = 8
"""Addresses read for one source at most."""


def is_probe(engine: str) -> bool:
    """Whether the engine asks the service itself. False for a name that is no engine."""
    try:
        return dialect(engine).probes
    except UnknownEngine:
        return False


def hysteresis(engine: str) -> Hysteresis:
    """How many readings change a state: probes see every hiccup, official pages do not."""
    return PROBE if is_probe(engine) else OFFICIAL


def addresses(engine: str, source: StatusSource) -> tuple[str, ...]:
    """The address or addresses to GET for `source`, the essential one first."""
    spoken = dialect(engine)
    module = _module(spoken)
    whole = document(spoken, source.url)
    if hasattr(module, "requests"):
        return tuple(module.requests(replace(source, url=whole)))
    return (whole,)


def request(engine: str, url: str, source: StatusSource, authorization: str = "") -> Request:
    """What to fetch for one address of `source`, which `authorization` opens."""
    spoken = dialect(engine)
    return Request(
        url=url,
        wants=spoken.wants,
        authorization=authorization,
        user_agent=source.user_agent,
        internal=source.internal,
        any_status=spoken.probes,
        until=spoken.until,
    )


async def fetch(
    fetcher: Fetcher,
    engine: str,
    source: StatusSource,
    known: Validators = NO_VALIDATORS,
    authorization: str = "",
) -> tuple[Outcome, ...]:
    """The outcome of each address of `source`, the essential one first, and alone when it fails.

    `known` recognises the document of a source that has only one. A document in pages is read to its last
    one, within bounds. Raises UnknownEngine.
    """
    urls = list(addresses(engine, source))
    if len(urls) == 1 and not hasattr(_module(dialect(engine)), "next_page"):
        asked = replace(request(engine, urls[0], source, authorization), validators=known)
        return (await fetcher.fetch(asked),)
    outcomes: list[Outcome] = []
    while urls and len(outcomes) < PAGES:
        url = urls.pop(0)
        outcomes.append(await fetcher.fetch(request(engine, url, source, authorization)))
        if isinstance(outcomes[0], Failed):
            break
        urls += _next_page(engine, url, outcomes[-1])
    return tuple(outcomes)


def _next_page(engine: str, url: str, outcome: Outcome) -> list[str]:
    """The address of the following page, on the same host: a document must not send a token elsewhere."""
    module = _module(dialect(engine))
    if not isinstance(outcome, Fetched) or not hasattr(module, "next_page"):
        return []
    following = module.next_page(outcome.body, url)
    try:
        return [following] if following and urlsplit(following)[:2] == urlsplit(url)[:2] else []
    except ValueError:
        return []


def usual_interval(engine: str) -> int:
    """Seconds between two reads of a source of that engine, also while the engine is not known."""
    try:
        return dialect(engine).interval_s
    except UnknownEngine:
        return Dialect("", "").interval_s


def interval(engine: str, source: StatusSource, reading: StatusReading) -> int:
    """Seconds until the next read after `reading`."""
    incident_open = any(incident.open for incident in reading.incidents)
    return status_interval(source.interval_s, dialect(engine).interval_s, incident_open=incident_open)


def read(engine: str, bodies: tuple[bytes, ...], *, now: datetime, source: StatusSource) -> StatusReading:
    """The reading of the bodies fetched; an unreadable one is a reading of its own, never an error."""
    from cockpit.sources.status.payload import UnreadablePage, unreadable

    try:
        reading: StatusReading = _module(dialect(engine)).read(*bodies, now=now, source=source)
    except UnreadablePage as error:
        return unreadable(str(error))
    return _checked_identity(reading, source)


def read_outcome(
    engine: str, outcome: Fetched | Failed, *, now: datetime, source: StatusSource
) -> StatusReading:
    """The reading of a probe, which a failure is too."""
    reading: StatusReading = _module(dialect(engine)).read_outcome(outcome, now=now, source=source)
    return reading


def _checked_identity(reading: StatusReading, source: StatusSource) -> StatusReading:
    from cockpit.sources.status.payload import unreadable

    if source.page_id and reading.page_id and source.page_id != reading.page_id:
        return unreadable(_("the page no longer says it is {name}").format(name=source.name))
    return reading


def _module(spoken: Dialect) -> ModuleType:
    return import_module(f"{__name__}.{spoken.reader}")

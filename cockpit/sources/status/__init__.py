"""Status dialects: one small module each, loaded when a source speaks it.

A dialect has `read(body, *more, now, source)`, or `read_outcome` where the answer itself is the status.
One that needs more than one GET also has `requests(source)`, whose address is then complete; only the
first body must be there, the others may be empty.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.polling import status_interval
from cockpit.domain.providers.status import OFFICIAL, PROBE, Hysteresis, Reading
from cockpit.domain.settings import StatusSource
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.sources.body import Wants
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import NO_VALIDATORS, Fetched, Fetcher, Outcome, Request, Validators


class Dialect(NamedTuple):
    """How a dialect is reached. `suffix` completes an address that names only the page."""

    module: str
    suffix: str = ""
    wants: Wants = "json"
    interval_s: int = 120
    probes: bool = False
    until: bytes = b""


PAGES = 8
"""Addresses read for one source at most."""

_HEALTH = Dialect("health", wants="any", interval_s=60, probes=True)

DIALECTS = {
    "statuspage": Dialect("statuspage", "/api/v2/summary.json"),
    "incidentio": Dialect("statuspage", "/api/v2/summary.json"),
    "widget": Dialect("widget", "/api/v1/summary"),
    "slack": Dialect("slack", "/api/v2.0.0/current"),
    "google": Dialect("google", "/incidents.json", interval_s=300),
    "instatus": Dialect("instatus", "/summary.json"),
    "betterstack": Dialect("betterstack", "/index.json"),
    "statusio": Dialect("statusio"),
    "cachet": Dialect("cachet", "/api/v1/components"),
    "cachet3": Dialect("cachet", "/api/components"),
    "gatus": Dialect("gatus", "/api/v1/endpoints/statuses"),
    "kuma": Dialect("kuma"),
    "upptime": Dialect("upptime", "/history/summary.json", interval_s=300),
    "microsoft": Dialect("microsoft", interval_s=600),
    "azure": Dialect("azure", wants="xml", interval_s=300),
    "aws": Dialect("aws", "/public/currentevents", interval_s=300),
    "feed": Dialect("feed", wants="xml", interval_s=300),
    "sorry": Dialect("sorry", "/api/v1/status"),
    "hund": Dialect("hund", "/live/v2/status_page", wants="any", until=b"\n\n"),
    "statuscake": Dialect("statuscake", interval_s=600),
    "graph": Dialect("graph", interval_s=300),
    "health": _HEALTH,
    "healthz": _HEALTH,
    "probe": Dialect("probe", wants="any", interval_s=60, probes=True),
}
_ALIASES = {
    "incident.io": "incidentio",
    "incidentio-widget": "widget",
    "atlassian": "statuspage",
    "google-workspace": "google",
    "google-cloud": "google",
    "better-stack": "betterstack",
    "betteruptime": "betterstack",
    "status.io": "statusio",
    "cachet2": "cachet",
    "uptime-kuma": "kuma",
    "microsoft365": "microsoft",
    "rss": "feed",
    "atom": "feed",
    "health+json": "health",
    "http": "probe",
}


class UnknownEngine(ValueError):
    """No dialect has this name. The message lists those that exist."""


def dialect(engine: str) -> Dialect:
    """The dialect of that name or alias. Raises UnknownEngine."""
    name = engine.strip().lower()
    name = _ALIASES.get(name, name)
    if name not in DIALECTS:
        known = ", ".join(sorted(DIALECTS))
        raise UnknownEngine(
            _("unknown engine {engine}: use one of {known}").format(engine=clean(engine, 60), known=known)
        )
    return DIALECTS[name]


def is_probe(engine: str) -> bool:
    """Whether the engine asks the service itself. False for a name that is no engine."""
    try:
        return dialect(engine).probes
    except UnknownEngine:
        return False


def hysteresis(engine: str) -> Hysteresis:
    """How many readings change a state: probes see every hiccup, official pages do not."""
    return PROBE if is_probe(engine) else OFFICIAL


def with_suffix(url: str, suffix: str) -> str:
    """`url`, completed by `suffix` when it names only a page and not the document itself."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    last = path.rpartition("/")[2]
    if not suffix or path.endswith(suffix) or "." in last or last == suffix.rpartition("/")[2]:
        return url
    return urlunsplit(parts._replace(path=path + suffix))


def addresses(engine: str, source: StatusSource) -> tuple[str, ...]:
    """The address or addresses to GET for `source`, the essential one first."""
    spoken = dialect(engine)
    module = _module(spoken)
    whole = with_suffix(source.url, spoken.suffix)
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
    following = module.next_page(outcome.body)
    try:
        return [following] if following and urlsplit(following)[:2] == urlsplit(url)[:2] else []
    except ValueError:
        return []


def usual_interval(engine: str) -> int:
    """Seconds between two reads of a source of that engine, also while the engine is not known."""
    try:
        return dialect(engine).interval_s
    except UnknownEngine:
        return Dialect("").interval_s


def interval(engine: str, source: StatusSource, reading: Reading) -> int:
    """Seconds until the next read after `reading`."""
    incident_open = any(incident.open for incident in reading.incidents)
    return status_interval(source.interval_s, dialect(engine).interval_s, incident_open=incident_open)


def read(engine: str, bodies: tuple[bytes, ...], *, now: datetime, source: StatusSource) -> Reading:
    """The reading of the bodies fetched; an unreadable one is a reading of its own, never an error."""
    from cockpit.sources.status.payload import Unreadable, unreadable

    try:
        reading: Reading = _module(dialect(engine)).read(*bodies, now=now, source=source)
    except Unreadable as error:
        return unreadable(str(error))
    return _checked_identity(reading, source)


def read_outcome(engine: str, outcome: Fetched | Failed, *, now: datetime, source: StatusSource) -> Reading:
    """The reading of a probe, which a failure is too."""
    reading: Reading = _module(dialect(engine)).read_outcome(outcome, now=now, source=source)
    return reading


def _checked_identity(reading: Reading, source: StatusSource) -> Reading:
    from cockpit.sources.status.payload import unreadable

    if source.page_id and reading.page_id and source.page_id != reading.page_id:
        return unreadable(_("the page no longer says it is {name}").format(name=source.name))
    return reading


def _module(spoken: Dialect) -> ModuleType:
    return import_module(f"{__name__}.{spoken.module}")

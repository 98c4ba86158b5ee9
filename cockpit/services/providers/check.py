"""One status source read once, normalised and shown, without anything being stored."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Incident, Maintenance, StatusReading, missing, provider_state
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources import engines, status
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, Fetcher
from cockpit.sources.status.authorization import authorization
from cockpit.sources.status.detect import detect, named


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What one read gave. `error` is a sentence for a person, and then the state is `unknown`
    unless the silence of a probed service is the answer."""

    engine: str
    state: State
    reading: StatusReading | None = None
    error: str = ""
    latency_ms: int | None = None
    warnings: tuple[str, ...] = ()
    url: str = ""
    """The address of the document, where it is another one than asked: a feed that the page names."""
    failure: str = ""
    """The kind of failure of the fetch."""
    moved_to: str = ""
    """The address on another host to which the page sends: a person has to accept it."""

    @property
    def limit(self) -> str:
        """What the engine does not cover, in a few words; often empty."""
        return engines.limit(self.engine)


async def check(
    url: str,
    engine: str = "",
    *,
    now: datetime,
    internal: bool = True,
    components: tuple[str, ...] = (),
    expect: tuple[int, ...] = (),
    contains: str = "",
    user: str = "",
    secret: str = "",
    tenant: str = "",
    tls: ssl.SSLContext | None = None,
) -> CheckResult:
    """Read `url` once as `engine`, or as what it turns out to be.

    The address was typed by the person who waits for the answer, so this machine is allowed.
    """
    source = StatusSource(
        key="check",
        name=_host(url),
        url=url,
        engine=engine,
        components=components,
        internal=internal,
        expect=expect,
        contains=contains,
        user=user,
        secret=secret,
        tenant=tenant,
    )
    async with Fetcher(now=lambda: now, tls=tls) as fetcher:
        return await _check(fetcher, engine or named(url), source, now)


async def _check(fetcher: Fetcher, engine: str, source: StatusSource, now: datetime) -> CheckResult:
    asked = source.url
    if not engine:
        found = await detect(fetcher, source, now=lambda: now)
        if isinstance(found, Failed):
            return _failed("", found)
        source = replace(source, url=found.url or source.url)
        if len(status.addresses(found.engine, _whole(source))) == 1:
            result = _result(found.engine, source, found.reading, found.outcome)
            return replace(result, url=found.url or _read_at(found.engine, source))
        engine = found.engine
    try:
        opened = await authorization(fetcher, engine, source)
        if isinstance(opened, Failed):
            return _failed(engine, opened)
        outcomes = await status.fetch(fetcher, engine, _whole(source), authorization=opened)
    except status.UnknownEngine as error:
        return CheckResult(engine=engine, state=State.UNKNOWN, error=str(error))
    first = outcomes[0]
    assert isinstance(first, Fetched | Failed), "nothing was known before, so nothing is unchanged"
    if status.is_probe(engine):
        return _result(engine, source, status.read_outcome(engine, first, now=now, source=source), first)
    if isinstance(first, Failed):
        return _failed(engine, first)
    bodies = tuple(outcome.body if isinstance(outcome, Fetched) else b"" for outcome in outcomes)
    result = _result(engine, source, status.read(engine, bodies, now=now, source=source), first)
    return replace(result, url=source.url if source.url != asked else _read_at(engine, source))


def _whole(source: StatusSource) -> StatusSource:
    """The source as it is asked for all that a person could choose, also where that is a document of its own."""
    return replace(source, components=source.components or ("",))


def _failed(engine: str, failure: Failed) -> CheckResult:
    return CheckResult(
        engine=engine,
        state=State.UNKNOWN,
        error=failure.message,
        failure=failure.kind,
        moved_to=failure.moved_to,
    )


def _read_at(engine: str, source: StatusSource) -> str:
    """The address that is read, where a vendor keeps its document elsewhere than on the page; else empty."""
    first = status.addresses(engine, source)[0]
    vendor = status.dialect(engine).hosts.get((urlsplit(source.url).hostname or "").lower(), "")
    return first if vendor and first != source.url else ""


def _host(url: str) -> str:
    from cockpit.network.reach import Refused
    from cockpit.sources.address import parse

    try:
        return parse(url).host
    except Refused:
        return _("this address")


def _result(
    engine: str, source: StatusSource, reading: StatusReading, outcome: Fetched | Failed
) -> CheckResult:
    absent = missing(reading, source.components) if reading.readable else ()
    notes = tuple(_("no component is named {name}").format(name=name) for name in absent)
    error = outcome.message if isinstance(outcome, Failed) else ""
    if not reading.readable:
        error = reading.warnings[0] if reading.warnings else _("the answer could not be understood")
    return CheckResult(
        engine=engine,
        state=provider_state(reading, source.components),
        reading=reading,
        error=error,
        failure=outcome.kind if isinstance(outcome, Failed) else "",
        latency_ms=outcome.elapsed_ms if isinstance(outcome, Fetched) else None,
        warnings=(*reading.warnings, *notes),
    )


def to_json(result: CheckResult) -> dict[str, object]:
    """The result as plain values under stable keys; times in UTC, ISO 8601, or null."""
    reading = result.reading or StatusReading(state=State.UNKNOWN, confidence="low")
    return {
        "engine": result.engine,
        "state": result.state.value,
        "page": reading.page,
        "page_id": reading.page_id,
        "indicator": reading.indicator,
        "confidence": reading.confidence,
        "components": [
            {"id": c.id, "name": c.name, "state": c.state.value, "group": c.group} for c in reading.components
        ],
        "incidents": [_incident(incident) for incident in reading.incidents],
        "maintenances": [_maintenance(maintenance) for maintenance in reading.maintenances],
        "warnings": list(result.warnings),
        "error": result.error or None,
        "failure": result.failure or None,
        "moved_to": result.moved_to or None,
        "url": result.url or None,
        "limit": result.limit,
        "latency_ms": result.latency_ms,
        "certificate_expires_at": _instant(reading.certificate_expiry),
    }


def _incident(incident: Incident) -> dict[str, object]:
    return {
        "id": incident.key,
        "title": incident.title,
        "state": incident.impact.value,
        "phase": incident.phase,
        "started_at": _instant(incident.started),
        "updated_at": _instant(incident.updated),
        "resolved_at": _instant(incident.resolved),
        "link": incident.link or None,
        "components": list(incident.components),
        "message": incident.message,
    }


def _maintenance(maintenance: Maintenance) -> dict[str, object]:
    return {
        "id": maintenance.key,
        "title": maintenance.title,
        "phase": maintenance.phase,
        "starts_at": _instant(maintenance.starts),
        "ends_at": _instant(maintenance.ends),
        "link": maintenance.link or None,
        "components": list(maintenance.components),
        "message": maintenance.message,
    }


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None

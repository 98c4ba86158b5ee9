"""A service's own health: health+json (draft-inadarei-api-health-check-06), Spring Boot's, or the text
of Kubernetes' `/healthz`, `/livez` and `/readyz`.

The answer of a failing service is a 503 with a body that says why, so both are read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading, better, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched
from cockpit.sources.status import probe
from cockpit.sources.status.payload import Notes, UnreadablePage, convert, of_monitors, root, text

_STATES = {
    "pass": State.OPERATIONAL,
    "ok": State.OPERATIONAL,
    "up": State.OPERATIONAL,
    "warn": State.DEGRADED,
    "fail": State.MAJOR_OUTAGE,
    "error": State.MAJOR_OUTAGE,
    "down": State.MAJOR_OUTAGE,
    "out_of_service": State.MAJOR_OUTAGE,
    "unknown": State.UNKNOWN,
}


class _Health(msgspec.Struct):
    status: str
    serviceId: Any = None
    description: Any = None
    output: Any = None
    checks: Any = None
    components: Any = None


class _Check(msgspec.Struct):
    status: str = ""


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The service as the body says. Raises Unreadable when it is none of these forms."""
    words = body[:20_000].decode("utf-8", "replace").strip()
    if words.lower() == "ok" or words.startswith(("[+]", "[-]")):
        return _of_lines(words, source)
    health = root(body, _Health)
    notes = Notes(source.name, now)
    components = _components(health, notes)
    checks = [part.state for part in components if part.state is not State.UNKNOWN]
    state = notes.state(_STATES, health.status.lower())
    return StatusReading(
        # One check that fails under a whole that passes is an outage of a part.
        state=worst([state, *([of_monitors(checks)] if checks else ())]),
        page=text(health.description) or text(health.serviceId) or source.name,
        indicator=text(health.output) or text(health.status),
        components=components,
        warnings=notes.warnings(),
    )


def read_outcome(outcome: Fetched | Failed, *, now: datetime, source: StatusSource) -> StatusReading:
    """What an answer says of the service, by its body and its code; the worse of both counts."""
    asked = probe.read_outcome(outcome, now=now, source=source)
    if isinstance(outcome, Failed):
        return asked
    try:
        said = read(outcome.body, now=now, source=source)
    except UnreadablePage:
        # A page that is not a health document affirms nothing, whatever its code.
        return replace(asked, state=worst([asked.state, State.UNKNOWN]))
    # Blocked is not down, yet a body that could be read was not blocked.
    code = said.state if asked.state is State.UNKNOWN else asked.state
    return replace(
        said,
        state=code if better(said.state, code) else said.state,
        warnings=(*said.warnings, *asked.warnings),
        certificate_expiry=asked.certificate_expiry,
    )


def _of_lines(words: str, source: StatusSource) -> StatusReading:
    """`ok`, or a line per check: `[+]ping ok`, `[-]etcd failed: reason withheld`."""
    components = []
    for line in words.splitlines():
        if line.startswith(("[+]", "[-]")):
            name = text(line[3:].split(" ")[0])
            state = State.OPERATIONAL if line.startswith("[+]") else State.MAJOR_OUTAGE
            components.append(Component(id=name, name=name, state=state))
    return StatusReading(
        state=worst(component.state for component in components) if components else State.OPERATIONAL,
        page=source.name,
        indicator=text(words.splitlines()[-1]),
        components=tuple(components),
    )


def _components(health: _Health, notes: Notes) -> tuple[Component, ...]:
    """The checks by name; several observations of one count as the worst."""
    checks = health.checks if isinstance(health.checks, dict) else health.components
    found = []
    for name, raw in list(checks.items())[:500] if isinstance(checks, dict) else ():
        states = [_state(item, notes) for item in (raw if isinstance(raw, list) else [raw])]
        found.append(Component(id=text(name), name=text(name), state=worst(states)))
    return tuple(found)


def _state(raw: object, notes: Notes) -> State:
    try:
        status = convert(raw, _Check).status.lower()
    except msgspec.ValidationError:
        return State.UNKNOWN
    return notes.state(_STATES, status) if status else State.OPERATIONAL

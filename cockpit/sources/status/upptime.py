"""Upptime `history/summary.json` in its GitHub repository (https://upptime.js.org)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, decode, first_of_each, form_error, of_monitors, text

_STATES = {"up": State.OPERATIONAL, "degraded": State.DEGRADED, "down": State.MAJOR_OUTAGE}


class _Site(msgspec.Struct):
    slug: str
    name: str = ""
    status: str = ""


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The sites as the summary says. Its age says nothing: it is rewritten daily and on change."""
    raw = decode(body)
    if not isinstance(raw, list):
        raise form_error()
    notes = Notes(source.name, now)
    sites = list(first_of_each(notes.items(raw, _Site), "slug"))
    states = [notes.state(_STATES, site.status) for site in sites]
    return StatusReading(
        state=of_monitors([*states, State.UNKNOWN] if notes.dropped else states),
        page=source.name,
        components=tuple(
            Component(id=text(site.slug), name=text(site.name), state=state)
            for site, state in zip(sites, states, strict=True)
        ),
        warnings=notes.warnings(),
        confidence="medium",
        complete=not notes.dropped,
    )

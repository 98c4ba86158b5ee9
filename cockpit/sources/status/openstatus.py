"""OpenStatus's public endpoint: one word for the whole page (https://docs.openstatus.dev).

`incident` says that one is open and not how bad it is.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, root, text

_STATES = {
    "operational": State.OPERATIONAL,
    "degraded_performance": State.DEGRADED,
    "partial_outage": State.PARTIAL_OUTAGE,
    "major_outage": State.MAJOR_OUTAGE,
    "under_maintenance": State.MAINTENANCE,
    "incident": State.DEGRADED,
    "unknown": State.UNKNOWN,
}
_PAGES = ".openstatus.dev"


class _Document(msgspec.Struct):
    status: str


def requests(source: StatusSource) -> tuple[str, ...]:
    """The word of the page, from `NAME.openstatus.dev` or from the address of the endpoint."""
    host = urlsplit(source.url).hostname or ""
    name = host.removesuffix(_PAGES)
    if host.endswith(_PAGES) and name not in ("api", "www"):
        return (f"https://api{_PAGES}/public/status/{name}",)
    return (source.url,)


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its word says. Raises Unreadable when there is none."""
    word = root(body, _Document).status
    notes = Notes(source.name, now)
    return StatusReading(
        state=notes.state(_STATES, word),
        page=source.name,
        indicator=text(word),
        warnings=notes.warnings(),
        confidence="medium",
    )

"""Rootly's public API on the page's own domain, `/api/v1/status.json`: Statuspage's form, its own words.

https://docs.rootly.com/configuration/status-page-public-api
"""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status import statuspage

_INDICATORS = {
    "none": State.OPERATIONAL,
    "minor": State.DEGRADED,
    # "Major service outage or critical incident active", unlike Statuspage's "partial system outage".
    "major": State.MAJOR_OUTAGE,
    "maintenance": State.MAINTENANCE,
}


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its status says. Raises Unreadable when it is not one."""
    return statuspage.read_with(_INDICATORS, body, now=now, source=source)

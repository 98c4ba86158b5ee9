"""StatusHub `/api/statuses`: how many services are up, affected and down (https://statushub.com).

The page says no more in a readable form: neither which services nor which incidents.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import root

_NAMES = {"up": "count_status_1", "affected": "count_status_2", "down": "count_status_3"}


class _Counters(msgspec.Struct, rename=_NAMES):
    up: int
    affected: int
    down: int


class _Document(msgspec.Struct):
    counters: _Counters


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its counters say. Raises Unreadable when it has none."""
    counted = root(body, _Document).counters
    state = State.UNKNOWN
    if min(counted.up, counted.affected, counted.down) >= 0:
        if counted.down:
            state = State.PARTIAL_OUTAGE if counted.up or counted.affected else State.MAJOR_OUTAGE
        elif counted.affected:
            state = State.DEGRADED
        elif counted.up:
            state = State.OPERATIONAL
    return StatusReading(
        state=state,
        page=source.name,
        indicator=_("{up} up, {affected} affected, {down} down").format(
            up=counted.up, affected=counted.affected, down=counted.down
        ),
        confidence="medium",
    )

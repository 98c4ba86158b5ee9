"""Azure's RSS of present events: a parsed channel named Azure Status without items is its all-clear."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.feed import read_all_clear


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Azure as its feed says, at medium confidence. Raises Unreadable when it is no feed."""
    return read_all_clear(body, title="Azure Status", now=now, source=source)

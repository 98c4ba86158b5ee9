"""Vigil: one word for the whole page, at `/status/text` (https://github.com/valeriansaliou/vigil).

The word is that of the worst of its nodes: `dead` says that one is, not that all are.
"""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import form_error

_STATES = {"healthy": State.OPERATIONAL, "sick": State.DEGRADED, "dead": State.PARTIAL_OUTAGE}


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its word says. Raises UnreadablePage for any other text."""
    word = body[:20].strip().lower().decode("ascii", "replace")
    state = _STATES.get(word)
    if state is None or len(body) > 20:
        raise form_error()
    return StatusReading(state=state, page=source.name, indicator=word, confidence="medium")

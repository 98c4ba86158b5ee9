"""What reading one agenda or one status source has in common: the tools, and how the try went."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.providers import polling
from cockpit.domain.settings import Settings
from cockpit.sources.failure import Failed, remembered
from cockpit.sources.fetch import Fetched, Fetcher, NotModified, Validators
from cockpit.store.outside.sources import SourceState

_FULL_EVERY = timedelta(hours=24)
_HOPELESS = frozenset({"auth", "gone", "not_found", "refused", "redirect"})
"""Failures that asking again soon cannot mend."""


Pause = Callable[[float], Awaitable[None]]


@dataclass
class Tools:
    """The connection, with the lock of who writes on it, the fetcher and the clock of one sync."""

    conn: sqlite3.Connection
    settings: Settings
    fetcher: Fetcher
    now: Callable[[], datetime]
    pause: Pause = asyncio.sleep
    """Waits some seconds before a new try."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)


def digest(*parts: str | bytes) -> str:
    """A fingerprint of bodies, or of what reads them."""
    return sha256(b"\0".join(p if isinstance(p, bytes) else p.encode() for p in parts)).hexdigest()


def for_reader(state: SourceState, reader: str, now: datetime) -> SourceState:
    """`state` with which the whole document is asked for again: where another reader made it, and once a day.

    A server whose validators are wrong would else hide its news for ever.
    """
    stale = state.last_full is None or not timedelta(0) <= now - state.last_full < _FULL_EVERY
    if state.reader == reader and not stale:
        return state
    engine = state.engine if state.reader == reader else ""
    return forgetful(replace(state, reader=reader, engine=engine))


def forgetful(state: SourceState) -> SourceState:
    """`state` without what recognises a known body: the next answer is read whole."""
    return replace(state, etag="", last_modified="", body_sha="")


def validators(state: SourceState) -> Validators:
    """What to send so that a known body is not sent again."""
    return Validators(state.etag, state.last_modified)


def answered(
    state: SourceState,
    outcome: Fetched | NotModified,
    now: datetime,
    *,
    interval_s: int,
    body_sha: str = "",
    longest_s: float,
) -> SourceState:
    """The state after a good answer. `body_sha` recognises a whole body; without it, none is remembered."""
    if isinstance(outcome, Fetched):
        kept = outcome.validators if body_sha else Validators()
        state = replace(
            state, etag=kept.etag, last_modified=kept.last_modified, body_sha=body_sha, last_full=now
        )
    planned = polling.next_try(
        now, state.key, interval_s=interval_s, longest_s=longest_s, retry_after_s=outcome.retry_after
    )
    return replace(
        state,
        last_try=now,
        last_ok=now,
        next_try=planned,
        fails=0,
        last_error="",
        last_failure=None,
        interval_s=interval_s,
        moved_to=_host(outcome.final_url) if outcome.moved else "",
    )


def failed(
    state: SourceState, failure: Failed, now: datetime, *, interval_s: int, longest_s: float
) -> SourceState:
    """The state after a failure: what was known stays, the next try moves away."""
    planned = polling.next_try(
        now,
        state.key,
        interval_s=interval_s,
        fails=state.fails + 1,
        longest_s=longest_s,
        hopeless=failure.kind in _HOPELESS,
        retry_after_s=failure.retry_after,
    )
    return replace(
        state,
        last_try=now,
        next_try=planned,
        fails=state.fails + 1,
        last_error=failure.message,
        last_failure=remembered(failure),
        interval_s=interval_s,
        moved_to=_host(failure.moved_to) or state.moved_to,
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""

"""One status source read, normalised and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cockpit.domain import polling
from cockpit.domain.settings import StatusSource
from cockpit.domain.status import UNREACHED, Reading, State, provider_state, settle
from cockpit.locale import _
from cockpit.services import source_try
from cockpit.services.source_report import SourceReport
from cockpit.services.source_try import Tools
from cockpit.sources import status
from cockpit.sources.detect import Detected, detect
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, NotModified, Outcome
from cockpit.store import readings
from cockpit.store.connection import transaction
from cockpit.store.sources import SourceState, has_open_incident, save_source_state

READER = "1"
"""Raised when the dialects change what they make of a document: stored validators are then void."""

_LONGEST_S = polling.STATUS_BACK_OFF_S


@dataclass(frozen=True)
class FailedProbe:
    """A probe that got no answer. Whether that is the service's fault is judged once all were tried."""

    source: StatusSource
    state: SourceState
    failure: Failed


async def read_status(tools: Tools, source: StatusSource, state: SourceState) -> SourceReport | FailedProbe:
    """Read one source and keep what it says."""
    state = source_try.for_reader(state, _reader(source), tools.now())
    engine = source.engine or state.engine or status.named(source.url)
    if not engine:
        return await _detect(tools, source, state)
    try:
        dialect = status.dialect(engine)
    except status.UnknownEngine as error:
        return await _keep_failure(tools, source, state, Failed("refused", str(error)))
    outcomes = await fetch_all(tools.fetcher, engine, source, source_try.validators(state))
    first = outcomes[0]
    if dialect.probes:
        return await _probed(tools, source, state, engine, first)
    if isinstance(first, Failed):
        return await _keep_failure(tools, source, state, first)
    async with tools.writing:
        return _keep(tools, source, state, engine, outcomes)

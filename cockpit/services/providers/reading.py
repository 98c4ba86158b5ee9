"""One status source read, normalised and kept."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers import polling
from cockpit.domain.providers.state import UNREACHED, State
from cockpit.domain.providers.status import Reading, provider_state, settle
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.services.reading import tries
from cockpit.services.reading.report import Outcome, SourceReport
from cockpit.services.reading.tries import Tools
from cockpit.sources import status
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetched, NotModified
from cockpit.sources.status.authorization import authorization
from cockpit.sources.status.detect import detect, named
from cockpit.store import readings
from cockpit.store.sources import SourceState, save_source_state
from cockpit.store.transaction import transaction

READER = "1"
"""Raised when the dialects change what they make of a document: stored validators are then void."""

_LONGEST_S = polling.STATUS_BACK_OFF_S


async def read_status(tools: Tools, source: StatusSource, state: SourceState) -> SourceReport | FailedProbe:
    """Read one source and keep what it says."""
    reader = tries.digest(
        READER, source.url, source.engine, source.page_id, source.contains, source.user, source.tenant,
        *source.components,
    )  # fmt: skip
    state = tries.for_reader(state, reader, tools.now())
    if readings.reported(tools.conn, source.key) is None:
        state = tries.forgetful(state)
    engine = source.engine or state.engine or named(source.url)
    if not engine:
        return await _detect(tools, source, state)
    keeper = Keeper(tools, source, state, engine)
    try:
        opened = await authorization(tools.fetcher, engine, source)
        if isinstance(opened, Failed):
            outcomes: tuple[Fetched | NotModified | Failed, ...] = (opened,)
        else:
            known = tries.validators(state)
            outcomes = await status.fetch(tools.fetcher, engine, source, known, opened)
    except status.UnknownEngine as error:
        outcomes = (Failed("refused", str(error)),)
    async with tools.writing:
        first = outcomes[0]
        if isinstance(first, Failed):
            return FailedProbe(keeper, first) if status.is_probe(engine) else keeper.failure(first)
        bodies = tuple(outcome.body if isinstance(outcome, Fetched) else b"" for outcome in outcomes)
        return keeper.outcome(first, bodies)


async def _detect(tools: Tools, source: StatusSource, state: SourceState) -> SourceReport:
    found = await detect(tools.fetcher, source, now=tools.now)
    async with tools.writing:
        if isinstance(found, Failed):
            return Keeper(tools, source, state, "").failure(found)
        state = replace(state, engine=found.engine)
        return Keeper(tools, source, state, found.engine).answer(found.outcome, found.reading)


@dataclass
class FailedProbe:
    """A probe that got no answer. Whether that is the service's fault is judged once all were tried."""

    keeper: Keeper
    failure: Failed

    @property
    def source(self) -> StatusSource:
        """The source that was probed."""
        return self.keeper.source

    def judge(self, *, offline: bool) -> SourceReport:
        """Count the failure against the service, unless our own network is what failed."""
        if offline and self.failure.kind in UNREACHED:
            return self.keeper.failure(Failed("offline", _("offline: no source can be reached")))
        return self.keeper.silence(self.failure)


@dataclass
class Keeper:
    """Writes what one try of one source gave: its reading and how the try went, in one transaction."""

    tools: Tools
    source: StatusSource
    state: SourceState
    engine: str

    def outcome(self, first: Fetched | NotModified, bodies: tuple[bytes, ...]) -> SourceReport:
        """Keep an answer of the engine, whose documents are `bodies` (empty where one is missing)."""
        at = self.tools.now()
        if status.is_probe(self.engine) and isinstance(first, Fetched):
            return self.answer(first, status.read_outcome(self.engine, first, now=at, source=self.source))
        sha = tries.digest(*bodies)
        if isinstance(first, NotModified) or sha == self.state.body_sha:
            return self._repeat(first)
        reading = status.read(self.engine, bodies, now=at, source=self.source)
        return self.answer(first, reading, sha if all(bodies) else "")

    def answer(self, outcome: Fetched, reading: Reading, sha: str = "") -> SourceReport:
        """Keep the `reading` of an answer; `sha` recognises its body the next time."""
        if not reading.readable:
            message = reading.warnings[0] if reading.warnings else _("the answer could not be understood")
            return self.failure(Failed("broken_body", message), reading)
        interval = status.interval(self.engine, self.source, reading)
        self._answered(outcome, interval, sha)
        return self._save(reading, "ok")

    def failure(self, failure: Failed, reading: Reading | None = None) -> SourceReport:
        """Keep that the try failed. A `reading` that tells nothing makes the state unknown at once."""
        at = self.tools.now()
        interval = self.source.interval_s or self.state.interval_s or self._usual_interval
        self.state = tries.failed(self.state, failure, at, interval_s=interval, longest_s=_LONGEST_S)
        if reading is not None:
            self.state = tries.forgetful(self.state)
            return self._save(reading, "failed")
        save_source_state(self.tools.conn, self.state)
        standing = readings.standing(self.tools.conn, self.source.key)
        return self._report("failed", standing.state if standing else None, failure.message)

    def silence(self, failure: Failed) -> SourceReport:
        """Keep that a probed service did not answer, which is itself a fresh reading of it."""
        at = self.tools.now()
        reading = status.read_outcome(self.engine, failure, now=at, source=self.source)
        if reading.state is State.UNKNOWN:
            return self.failure(failure, reading)
        interval = self.source.interval_s or self._usual_interval
        planned = polling.next_try(
            at, self.source.key, interval_s=interval, retry_after_s=failure.retry_after
        )
        self.state = replace(
            self.state, last_try=at, last_ok=at, next_try=planned, fails=0, last_status=failure.status,
            last_error=failure.message, last_failure=failure.kind, interval_s=interval,
        )  # fmt: skip
        return self._save(reading, "failed")

    def _repeat(self, outcome: Fetched | NotModified) -> SourceReport:
        """The document is the one already known: only freshness and the runs of readings move."""
        self._answered(outcome, self.state.interval_s, self.state.body_sha)
        conn, key, at = self.tools.conn, self.source.key, self.tools.now()
        with transaction(conn):
            said = readings.reported(conn, key) or State.UNKNOWN
            settled = settle(readings.standing(conn, key), said, at, status.hysteresis(self.engine))
            readings.repeat_reading(conn, key, settled=settled, at=at)
            save_source_state(conn, self.state)
        return self._report("unchanged", settled.state, "")

    def _answered(self, outcome: Fetched | NotModified, interval: int, sha: str) -> None:
        self.state = tries.answered(
            self.state, outcome, self.tools.now(), interval_s=interval, body_sha=sha, longest_s=_LONGEST_S
        )

    def _save(self, reading: Reading, outcome: Outcome) -> SourceReport:
        conn, key, at = self.tools.conn, self.source.key, self.tools.now()
        said = provider_state(reading, self.source.components)
        with transaction(conn):
            settled = settle(readings.standing(conn, key), said, at, status.hysteresis(self.engine))
            readings.save_reading(conn, key, reading, reported=said, settled=settled, at=at)
            save_source_state(conn, self.state)
        message = self.state.last_error or "; ".join(reading.warnings) or reading.indicator
        return self._report(outcome, settled.state, message)

    def _report(self, outcome: Outcome, state: State | None, message: str) -> SourceReport:
        return SourceReport.of(
            self.source.name, self.state, outcome=outcome, message=message, at=self.tools.now(), state=state
        )

    @property
    def _usual_interval(self) -> int:
        return status.usual_interval(self.engine)

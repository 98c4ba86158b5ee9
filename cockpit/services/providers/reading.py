"""One status source read, normalised and kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers import polling
from cockpit.domain.providers.state import FAMILIES, State
from cockpit.domain.providers.status import StatusReading, better, provider_state, settle
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.services.reading import connection, tries
from cockpit.services.reading.report import Outcome, SourceReport
from cockpit.services.reading.tries import Tools
from cockpit.sources import status
from cockpit.sources.failure import Cause, Failed, remembered
from cockpit.sources.fetch import Fetched, NotModified
from cockpit.sources.status.authorization import authorization
from cockpit.sources.status.detect import Detected, detect, locate, named
from cockpit.store.outside import readings
from cockpit.store.outside.sources import SourceState, save_source_state
from cockpit.store.transaction import transaction

READER = "2"
"""Raised when the dialects change what they make of a document: stored validators are then void."""

_LONGEST_S = polling.STATUS_BACK_OFF_S


async def read_status(tools: Tools, source: StatusSource, state: SourceState) -> SourceReport | Probed:
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
    if engine.startswith(BY_PAGE):
        engine = engine.removeprefix(BY_PAGE)
        place = await locate(tools.fetcher, source, engine)
        if isinstance(place, Failed):
            return await _detect(tools, source, state)
        source = replace(source, url=place)
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
    first = outcomes[0]
    if status.is_probe(engine):
        # Whether an answer or a silence is the service's own is judged once all were tried.
        return Probed(keeper, first)
    bodies = tuple(outcome.body if isinstance(outcome, Fetched) else b"" for outcome in outcomes)
    async with tools.writing:
        report = keeper.failure(first) if isinstance(first, Failed) else keeper.outcome(first, bodies)
    was_read = state.last_ok is not None and state.last_failure not in _OTHER_FORM
    if was_read and report.failure in _OTHER_FORM:
        return await _speaks_otherwise(tools, source, keeper, report)
    return report


_PAGES_ONLY = 3
"""Tries of a host that gives web pages for every address before it is looked at daily: until then, it may
be a network that wants a sign-in."""
BY_PAGE = "page:"
"""Before the name of a detected engine: its document is where the page says, which is asked each time."""
_OTHER_FORM = frozenset({"broken_body", "html", "not_found", "gone", "not_understood"})
"""Failures of an engine that may be another one now. Asked once when it begins, then daily."""


async def _speaks_otherwise(
    tools: Tools, source: StatusSource, keeper: Keeper, report: SourceReport
) -> SourceReport:
    """What a page speaks that no longer speaks its engine: read at once if it was detected, offered to the
    person who named the engine otherwise."""
    if keeper.engine == "feed" or status.is_probe(keeper.engine):
        return report
    blank = replace(source, engine="", url=_root(source.url) if source.engine else source.url)
    found = await detect(tools.fetcher, blank, now=tools.now)
    if isinstance(found, Failed):
        if source.engine or not found.moved_to:
            return report
        async with tools.writing:
            return keeper.failure(found)
    if found.engine == keeper.engine:
        return report
    if not source.engine:
        async with tools.writing:
            return _detected(tools, source, keeper.state, found)
    said = _("the page now speaks {engine}: change its engine in the configuration")
    async with tools.writing:
        return keeper.failure(Failed("not_understood", said.format(engine=found.engine)))


def _root(url: str) -> str:
    """The page of a document: what is asked again when the document is no longer there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


async def _detect(tools: Tools, source: StatusSource, state: SourceState) -> SourceReport:
    found = await detect(tools.fetcher, source, now=tools.now)
    async with tools.writing:
        if isinstance(found, Failed):
            return Keeper(tools, source, replace(state, engine=""), "").failure(found)
        return _detected(tools, source, state, found)


def _detected(tools: Tools, source: StatusSource, state: SourceState, found: Detected) -> SourceReport:
    state = replace(_renewed(state), engine=(BY_PAGE if found.url else "") + found.engine)
    return Keeper(tools, source, state, found.engine).answer(found.outcome, found.reading)


def _renewed(state: SourceState) -> SourceState:
    """The state of a source whose engine is another now: nothing recognises its document."""
    return tries.forgetful(replace(state, fails=0))


@dataclass
class Probed:
    """What a probe got. Whether it is the service's own word is judged once all were tried."""

    keeper: Keeper
    outcome: Fetched | NotModified | Failed

    @property
    def source(self) -> StatusSource:
        """The source that was probed."""
        return self.keeper.source

    @property
    def failure(self) -> Failed | None:
        """Why there was no answer; None when there was one."""
        return self.outcome if isinstance(self.outcome, Failed) else None

    @property
    def answered_as(self) -> str:
        """What recognises one and the same answer given for several services: a page, or where one is sent."""
        if not isinstance(self.outcome, Fetched):
            return ""
        if self.outcome.moved_to:
            return f"to {urlsplit(self.outcome.moved_to).hostname}"
        is_page = self.outcome.body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        return tries.digest(self.outcome.body) if is_page else ""

    def judge(self, *, ours: str, portal: bool) -> SourceReport:
        """Count it for or against the service, unless our own connection is what answered or failed.

        `ours` is what is wrong with our connection, `portal` whether others got the very same page.
        """
        failed = self.failure
        if portal or (ours and failed is not None and FAMILIES.get(remembered(failed)) == ours):
            return self.keeper.failure(_our_fault("portal" if portal else ours))
        if failed is not None:
            return self.keeper.silence(failed)
        assert not isinstance(self.outcome, Failed)
        return self.keeper.outcome(self.outcome, (b"",))


def _our_fault(family: str) -> Failed:
    """The failure of our own connection, as it is kept for each source that it took down."""
    causes: dict[str, Cause] = {"untrusted": "untrusted", "reset": "reset", "portal": "portal"}
    return Failed("offline", connection.words(family), cause=causes.get(family, ""))


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

    def answer(self, outcome: Fetched, reading: StatusReading, sha: str = "") -> SourceReport:
        """Keep the `reading` of an answer; `sha` recognises its body the next time."""
        if not reading.readable:
            message = reading.warnings[0] if reading.warnings else _("the answer could not be understood")
            return self.failure(Failed("broken_body", message), reading)
        interval = status.interval(self.engine, self.source, reading)
        self._answered(outcome, interval, sha)
        return self._save(reading, "ok")

    def failure(self, failure: Failed, reading: StatusReading | None = None) -> SourceReport:
        """Keep that the try failed. A `reading` that tells nothing makes the state unknown at once."""
        at = self.tools.now()
        interval = self.source.interval_s or self.state.interval_s or self._usual_interval
        self.state = tries.failed(self.state, failure, at, interval_s=interval, longest_s=_LONGEST_S)
        formless = not self.engine and failure.kind == "html" and self.state.fails >= _PAGES_ONLY
        if failure.kind == "not_understood" or formless:
            again = polling.next_try(at, self.source.key, interval_s=polling.NOT_UNDERSTOOD_S)
            self.state = replace(self.state, next_try=again)
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
            self.state, last_try=at, last_ok=at, next_try=planned, fails=0,
            last_error=failure.message, last_failure=remembered(failure), interval_s=interval,
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

    def _save(self, reading: StatusReading, outcome: Outcome) -> SourceReport:
        conn, key, at = self.tools.conn, self.source.key, self.tools.now()
        said = provider_state(reading, self.source.components)
        with transaction(conn):
            settled = settle(readings.standing(conn, key), said, at, status.hysteresis(self.engine))
            readings.save_reading(conn, key, reading, reported=said, settled=settled, at=at)
            save_source_state(conn, self.state)
        message = self.state.last_error or "; ".join(reading.warnings) or reading.indicator
        if better(said, settled.state):
            message = " · ".join(filter(None, (message, _("better, once it is read so again"))))
        return self._report(outcome, settled.state, message)

    def _report(self, outcome: Outcome, state: State | None, message: str) -> SourceReport:
        return SourceReport.of(
            self.source.name, self.state, outcome=outcome, message=message, at=self.tools.now(), state=state
        )

    @property
    def _usual_interval(self) -> int:
        return status.usual_interval(self.engine)

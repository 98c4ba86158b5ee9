"""Read every source that is due, together, and keep what they say. One that fails never disturbs another.

A failure deletes nothing: the last good agenda and the last good reading stay, with their age.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime

from cockpit.domain import polling
from cockpit.domain.settings import AgendaSource, Settings, StatusSource
from cockpit.domain.status import is_offline
from cockpit.locale import _
from cockpit.services.source_reading import Reader
from cockpit.services.source_report import SourceReport
from cockpit.store import sources as store

__all__ = ["SourceReport", "sync"]

log = logging.getLogger(__name__)

Source = AgendaSource | StatusSource
Progress = Callable[[SourceReport], None]


async def sync(
    conn: sqlite3.Connection,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    only: frozenset[str] | None = None,
    due_only: bool = False,
    progress: Progress = lambda _report: None,
    tls: ssl.SSLContext | None = None,
) -> tuple[SourceReport, ...]:
    """Read the sources named by `only` (keys; all without), those whose time has come with `due_only`.

    `progress` hears each report as soon as it is known. A source that asked to wait (Retry-After) is
    skipped even when it was asked for. Reports come in the order of the settings.
    """
    from cockpit.sources.fetch import Fetcher

    chosen: list[Source] = [*settings.agendas, *settings.statuses]
    chosen = [source for source in chosen if only is None or source.key in only]
    async with Fetcher(now=now, tls=tls) as fetcher:
        run = _Run(conn, Reader(conn, settings, fetcher, now), now, progress)
        await asyncio.gather(*(run.one(source, due_only=due_only) for source in chosen))
        await run.judge_probes()
    if any(isinstance(source, AgendaSource) for source in chosen):
        await asyncio.to_thread(_roll_agendas, conn, settings, now())
    return tuple(run.reports[_kind(source), source.key] for source in chosen)


@dataclass
class _Run:
    conn: sqlite3.Connection
    reader: Reader
    now: Callable[[], datetime]
    progress: Progress
    reports: dict[tuple[str, str], SourceReport] = field(default_factory=dict)
    waiting: list[StatusSource] = field(default_factory=list)
    """Probes that failed: whether it is their fault is known when all the others have been tried."""

    async def one(self, source: Source, *, due_only: bool) -> None:
        """Read one source, whatever happens."""
        state = store.source_state(self.conn, _kind(source), source.key)
        if self._must_wait(state, due_only=due_only):
            self._tell(self._skipped(source, state))
            return
        if isinstance(source, AgendaSource):
            await self._guarded(source, self.reader.agenda(source, state))
        else:
            await self._guarded(source, self.reader.status(source, state))

    async def judge_probes(self) -> None:
        """Count the failures of probes against their service, unless nothing at all could be reached."""
        tried = [r for r in self.reports.values() if r.outcome != "skipped" and r.networked]
        failures = [report.failure for report in tried]
        failures += [outcome.kind for _source, outcome in self.reader.failed_probes]
        offline = is_offline(failures)
        for source, outcome in self.reader.failed_probes:
            await self._guarded(source, self.reader.probe(source, outcome, offline=offline))

    async def _guarded(self, source: Source, reading: Coroutine[None, None, SourceReport | None]) -> None:
        try:
            report = await reading
        except Exception:  # noqa: BLE001 - the one boundary: a fault in one source never stops the others
            log.exception("source %s", source.key)
            report = self._broken(source)
        if report is not None:
            self._tell(report)

    def _must_wait(self, state: store.SourceState, *, due_only: bool) -> bool:
        asked_to_wait = state.last_failure == "rate_limited"
        return (due_only or asked_to_wait) and not polling.is_due(state.next_try, self.now())

    def _skipped(self, source: Source, state: store.SourceState) -> SourceReport:
        return SourceReport(
            key=source.key,
            name=source.name,
            kind=_kind(source),
            outcome="skipped",
            message=_("not due yet"),
            last_ok=state.last_ok,
            at=self.now(),
        )

    def _broken(self, source: Source) -> SourceReport:
        """Our own fault. It is kept as a failure, so that the source backs off like any other."""
        message = _("this source could not be understood: the log says more")
        state = store.source_state(self.conn, _kind(source), source.key)
        at = self.now()
        fails = state.fails + 1
        planned = polling.next_try(at, source.key, interval_s=state.interval_s or 120, fails=fails)
        state = replace(
            state, etag="", last_modified="", body_sha="", fails=fails, last_try=at, next_try=planned,
            last_error=message, last_failure="broken_body",
        )  # fmt: skip
        store.save_source_state(self.conn, state)
        return SourceReport.of(source.name, state, outcome="failed", message=message, at=at)

    def _tell(self, report: SourceReport) -> None:
        self.reports[report.kind, report.key] = report
        self.progress(report)


def _roll_agendas(conn: sqlite3.Connection, settings: Settings, at: datetime) -> None:
    from cockpit.services.agenda import roll_window

    roll_window(conn, at, settings.company.timezone)


def _kind(source: Source) -> store.SourceKind:
    return "agenda" if isinstance(source, AgendaSource) else "status"

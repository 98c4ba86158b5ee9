"""Read every source that is due, together, and keep what they say. One that fails never disturbs another.

A failure deletes nothing: the last good agenda and the last good reading stay, with their age.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import ssl
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.providers import polling
from cockpit.domain.providers.state import is_offline
from cockpit.domain.settings import AgendaSource, Settings, StatusSource
from cockpit.locale import _
from cockpit.services.agenda.reading import read_agenda
from cockpit.services.providers.reading import FailedProbe, read_status
from cockpit.services.reading import tries
from cockpit.services.reading.report import SourceReport, to_json
from cockpit.services.reading.tries import Tools
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import Fetcher
from cockpit.store import memos
from cockpit.store import sources as store
from cockpit.store.memos import CLOCK_OFFSET

__all__ = ["SourceReport", "sync", "to_json"]

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
    pause: tries.Pause = asyncio.sleep,
) -> tuple[SourceReport, ...]:
    """Read the sources named by `only` (keys; all without), those whose time has come with `due_only`.

    `progress` hears each report as soon as it is known. A source that asked to wait (Retry-After) is
    skipped even when it was asked for. Reports come in the order of the settings.
    """
    chosen: list[Source] = [*settings.agendas, *settings.statuses]
    chosen = [source for source in chosen if only is None or source.key in only]
    async with Fetcher(now=now, tls=tls) as fetcher:
        run = _Run(Tools(conn, settings, fetcher, now, pause), progress)
        await asyncio.gather(*(run.one(source, due_only=due_only) for source in chosen))
        await run.judge_probes()
        if chosen:
            memos.put(conn, CLOCK_OFFSET, str(int(fetcher.clock_offset.total_seconds())))
    if any(isinstance(source, AgendaSource) for source in chosen):
        await asyncio.to_thread(_roll_agendas, conn, settings, now())
    return tuple(run.reports[_kind(source), source.key] for source in chosen)


@dataclass
class _Run:
    tools: Tools
    progress: Progress
    reports: dict[tuple[str, str], SourceReport] = field(default_factory=dict)
    failed_probes: list[FailedProbe] = field(default_factory=list)

    async def one(self, source: Source, *, due_only: bool) -> None:
        """Read one source, whatever happens."""
        state = store.source_state(self.tools.conn, _kind(source), source.key)
        if self._must_wait(state, due_only=due_only):
            self._tell(self._skipped(source, state))
        elif isinstance(source, AgendaSource):
            await self._guarded(source, read_agenda(self.tools, source, state))
        else:
            await self._guarded(source, read_status(self.tools, source, state))

    async def judge_probes(self) -> None:
        """Whether a failed probe is its service's fault is known when every source has been tried."""
        tried = [r.failure for r in self.reports.values() if r.outcome != "skipped" and r.networked]
        offline = is_offline([*tried, *(probe.failure.kind for probe in self.failed_probes)])
        for probe in self.failed_probes:
            await self._guarded(probe.source, self._judge(probe, offline=offline))

    async def _judge(self, probe: FailedProbe, *, offline: bool) -> SourceReport:
        return probe.judge(offline=offline)

    async def _guarded(self, source: Source, reading: Awaitable[SourceReport | FailedProbe]) -> None:
        try:
            result = await reading
        except sqlite3.Error as error:
            # What was read is not lost for good: it is asked again at the next turn.
            log.warning("source %s: %s", source.key, type(error).__name__)
            result = self._unwritten(source, error)
        except Exception as error:  # noqa: BLE001 - the one boundary: the other sources go on
            # Without the words of the exception, which may hold an address or an event.
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("source %s: %s\n%s", source.key, type(error).__name__, place)
            async with self.tools.writing:
                result = self._broken(source)
        if isinstance(result, FailedProbe):
            self.failed_probes.append(result)
        else:
            self._tell(result)

    def _must_wait(self, state: store.SourceState, *, due_only: bool) -> bool:
        asked_to_wait = state.last_failure == "rate_limited"
        return (due_only or asked_to_wait) and not polling.is_due(state.next_try, self.tools.now())

    def _skipped(self, source: Source, state: store.SourceState) -> SourceReport:
        return SourceReport(
            key=source.key,
            name=source.name,
            kind=_kind(source),
            outcome="skipped",
            message=_("not due yet"),
            last_ok=state.last_ok,
            at=self.tools.now(),
        )

    def _unwritten(self, source: Source, error: sqlite3.Error) -> SourceReport:
        """The database could not be written: busy, full, read-only. Nothing of it can be said there either."""
        message = _("its answer could not be written: {reason}").format(reason=error)
        return SourceReport(
            key=source.key, name=source.name, kind=_kind(source), outcome="failed", message=message, at=self.tools.now()
        )  # fmt: skip

    def _broken(self, source: Source) -> SourceReport:
        """Our own fault. It is kept as a failure, so that the source backs off like any other."""
        message = _("this source could not be understood: the log says more")
        state = store.source_state(self.tools.conn, _kind(source), source.key)
        at = self.tools.now()
        state = tries.failed(
            tries.forgetful(state),
            Failed("broken_body", message),
            at,
            interval_s=state.interval_s or 120,
            longest_s=polling.STATUS_BACK_OFF_S,
        )
        store.save_source_state(self.tools.conn, state)
        return SourceReport.of(source.name, state, outcome="failed", message=message, at=at)

    def _tell(self, report: SourceReport) -> None:
        self.reports[report.kind, report.key] = report
        self.progress(report)


def _roll_agendas(conn: sqlite3.Connection, settings: Settings, at: datetime) -> None:
    from cockpit.services.agenda.windows import roll_window

    roll_window(conn, at, settings.company.timezone, (settings.weeks_back, settings.weeks_ahead))


def _kind(source: Source) -> store.SourceKind:
    return "agenda" if isinstance(source, AgendaSource) else "status"

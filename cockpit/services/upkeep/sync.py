"""Read every source that is due, together, and keep what they say. One that fails never disturbs another.

A failure deletes nothing: the last good agenda and the last good reading stay, with their age.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import ssl
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.providers import polling
from cockpit.domain.providers.state import RECENT, Try, our_connection
from cockpit.domain.settings import AgendaSource, FigureSource, Settings, StatusSource
from cockpit.locale import _
from cockpit.services.agenda.reading import read_agenda
from cockpit.services.providers.reading import Probed, read_status
from cockpit.services.reading import connection, tries
from cockpit.services.reading.report import SourceReport, to_json
from cockpit.services.reading.tries import Tools
from cockpit.sources.failure import Failed, remembered
from cockpit.sources.fetch import Fetcher
from cockpit.store.outside import sources as store
from cockpit.store.state import memos
from cockpit.store.state.memos import CLOCK_OFFSET

__all__ = ["SourceReport", "sync", "to_json"]

log = logging.getLogger(__name__)

PROBES = "probe_answers"
"""Memo: what each probe got last, by which one page that answers for all is recognised."""

Source = AgendaSource | StatusSource | FigureSource
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
    chosen: list[Source] = [*settings.agendas, *settings.statuses, *settings.figures]
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
    probed: list[Probed] = field(default_factory=list)

    async def one(self, source: Source, *, due_only: bool) -> None:
        """Read one source; no fault of it stops the others."""
        state = store.source_state(self.tools.conn, _kind(source), source.key)
        if self._must_wait(state, due_only=due_only):
            self._tell(self._skipped(source, state))
        elif isinstance(source, AgendaSource):
            await self._guarded(source, read_agenda(self.tools, source, state))
        elif isinstance(source, FigureSource):
            from cockpit.services.figures.reading import read_figure

            await self._guarded(source, read_figure(self.tools, source, state))
        else:
            await self._guarded(source, read_status(self.tools, source, state))

    async def judge_probes(self) -> None:
        """Whether what a probe got is its service's own word is known when every source has been tried."""
        ours, portals = self._our_connection(), self._portals()
        for probe in self.probed:
            portal = probe.answered_as in portals
            await self._guarded(probe.source, self._judge(probe, ours=ours, portal=portal))

    async def _judge(self, probe: Probed, *, ours: str, portal: bool) -> SourceReport:
        async with self.tools.writing:
            return probe.judge(ours=ours, portal=portal)

    def _our_connection(self) -> str:
        """Judged over the last try of every source, of this turn or before."""
        now = self.tools.now()
        fresh = {("status", probe.source.key): Try(now, _kind_of(probe)) for probe in self.probed}
        return our_connection(connection.tries(self.tools.conn, self.tools.settings, fresh), now)

    def _portals(self) -> frozenset[str]:
        """Answers that several hosts gave alike: a network that wants a sign-in gives its page for all.

        What probes got in the last turns is remembered, since they are not all due at once.
        """
        now = self.tools.now()
        known = {
            key: (host, said, at)
            for key, (host, said, at) in json.loads(memos.get(self.tools.conn, PROBES) or "{}").items()
            if now - datetime.fromisoformat(at) <= RECENT
        }
        for probe in self.probed:
            host = tries.digest(urlsplit(probe.source.url).netloc)
            known[probe.source.key] = (host, probe.answered_as, now.isoformat())
        if self.probed:
            memos.put(self.tools.conn, PROBES, json.dumps(known))
        hosts: dict[str, set[str]] = {}
        for host, said, _at in known.values():
            hosts.setdefault(said, set()).add(host)
        return frozenset(said for said, given in hosts.items() if said and len(given) > 1)

    async def _guarded(self, source: Source, reading: Awaitable[SourceReport | Probed]) -> None:
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
        if isinstance(result, Probed):
            self.probed.append(result)
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
        last_ok = None
        with suppress(sqlite3.Error):
            last_ok = store.source_state(self.tools.conn, _kind(source), source.key).last_ok
        return SourceReport(
            key=source.key, name=source.name, kind=_kind(source), outcome="failed", message=message, last_ok=last_ok,
            at=self.tools.now(),
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


def _kind_of(probe: Probed) -> str | None:
    return remembered(probe.failure) if probe.failure else None


def _roll_agendas(conn: sqlite3.Connection, settings: Settings, at: datetime) -> None:
    from cockpit.services.agenda.windows import roll_window

    roll_window(conn, at, settings.company.timezone, (settings.weeks_back, settings.weeks_ahead), apart=True)


def _kind(source: Source) -> store.SourceKind:
    if isinstance(source, FigureSource):
        return "figure"
    return "agenda" if isinstance(source, AgendaSource) else "status"

"""Everything the cockpit screen and the brief show, read at once into one frozen snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cockpit.domain import alerts as rules
from cockpit.domain.agenda import Event, clashes, free_gaps, touches
from cockpit.domain.alerts import Alert, is_stale
from cockpit.domain.business_time import Calendar
from cockpit.domain.contract_terms import term_at
from cockpit.domain.heat import Heat
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.priority import Priority
from cockpit.domain.status import Freshness, State, freshness, is_offline, shown
from cockpit.services import agenda, heat, rituals, sla
from cockpit.services.calendars import company_calendar
from cockpit.services.rituals import Meeting
from cockpit.services.workspace import Workspace
from cockpit.store import records, sources
from cockpit.store.records import instant

VISIBLE = 200
"""Rows of one pane at most: what is further down is found by typing."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True)
class PriorityRow:
    """A priority, and whether it is one of the three of the day."""

    record: Priority
    top: bool
    core: bool


@dataclass(frozen=True)
class BlockerRow:
    """A blocker and the reasons of its rank."""

    record: Blocker
    heat: Heat


@dataclass(frozen=True)
class SlaRow:
    """A running deadline, with the calendar in which what is left of it counts."""

    record: Blocker
    calendar: Calendar

    @property
    def due(self) -> datetime:
        """The instant stored when an event moved it."""
        assert self.record.sla_due is not None
        return self.record.sla_due


@dataclass(frozen=True)
class ProviderLine:
    """A status source of the settings: three facts kept apart, its state, its freshness, its last failure."""

    key: str
    name: str
    criticality: str
    url: str
    state: State
    fresh: Freshness
    row: sources.ProviderRow | None

    @property
    def incidents(self) -> tuple[str, ...]:
        """Titles of the open incidents."""
        return self.row.incidents if self.row else ()

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.row.last_ok if self.row else None


@dataclass(frozen=True)
class FeedLine:
    """An agenda of the settings, with how fresh it is."""

    key: str
    name: str
    state: sources.SourceState | None
    repairs: int

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.state.last_ok if self.state else None


@dataclass(frozen=True)
class Gap:
    """A free stretch of the day."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Board:
    """What is known at `at`. Tuples hold the visible rows, counts the whole."""

    at: datetime
    day: date
    company: str
    priorities: tuple[PriorityRow, ...]
    priorities_open: int
    priorities_delegated: int
    blockers: tuple[BlockerRow, ...]
    blockers_open: int
    blockers_snoozed: int
    oldest_days: int
    slas: tuple[SlaRow, ...]
    slas_running: int
    sla_kept: tuple[int, int]
    """Kept and closed in the last 90 days."""
    meetings: tuple[Meeting, ...]
    events: tuple[Event, ...]
    clashing: frozenset[str]
    """Uids of events that overlap another one."""
    gaps: tuple[Gap, ...]
    providers: tuple[ProviderLine, ...]
    feeds: tuple[FeedLine, ...]
    alerts: tuple[Alert, ...]
    alerts_more: int
    names: Mapping[str, str]
    offline: bool


def board(workspace: Workspace) -> Board:
    """The snapshot of now. Reads only what is visible, whatever is stored."""
    now, today = workspace.now(), workspace.today()
    names = workspace.names()
    calendar = company_calendar(workspace)
    monday = workspace.monday()
    zone = workspace.settings.company.timezone
    week = agenda.events(workspace.conn, monday, monday + timedelta(days=7), zone=zone)
    events = tuple(event for event in week if touches(event, today, today + timedelta(days=1)))
    blockers = _blockers(workspace, now)
    deadlines = slas(workspace)
    providers, feeds = provider_lines(workspace, now), _feeds(workspace)
    meetings = rituals.week(workspace, monday, week, calendar)
    offline = _offline(workspace)
    found, more = rules.ranked(
        [
            *_sla_alerts(deadlines, now),
            *([] if offline else _provider_alerts(providers)),
            *_blocker_alerts(blockers, now),
            *_contract_alerts(workspace, today),
            *_feed_alerts(feeds, now),
        ]
    )
    company = workspace.settings.company
    return Board(
        at=now,
        day=today,
        company=company.name,
        priorities=_priorities(workspace, now, today),
        priorities_open=records.count(workspace.conn, "priority", f"{_LIVE} AND status = 'open'"),
        priorities_delegated=records.count(workspace.conn, "priority", f"{_LIVE} AND status = 'delegated'"),
        blockers=blockers,
        blockers_open=records.count(workspace.conn, "blocker", _LIVE),
        blockers_snoozed=records.count(
            workspace.conn, "blocker", f"snoozed_until > ? AND {_LIVE}", (instant(now),)
        ),
        oldest_days=_oldest_days(workspace, now),
        slas=deadlines,
        slas_running=records.count(workspace.conn, "blocker", f"sla_due IS NOT NULL AND {_LIVE}"),
        sla_kept=_sla_kept(workspace, now),
        meetings=meetings,
        events=events,
        clashing=frozenset(each.uid for pair in clashes(events) for each in pair),
        gaps=tuple(
            Gap(start, end)
            for start, end in free_gaps(
                events, today, workspace.zone, opens=company.day_start, closes=company.day_end
            )
        ),
        providers=providers,
        feeds=feeds,
        alerts=found,
        alerts_more=more,
        names=names,
        offline=offline,
    )


def _priorities(workspace: Workspace, now: datetime, today: date) -> tuple[PriorityRow, ...]:
    rows = workspace.conn.execute("SELECT code FROM function WHERE core_value")
    cores = {row["code"] for row in rows}
    top = workspace.select(
        Priority, "priority", f"day = ? AND {_LIVE} ORDER BY rank, number", (today.isoformat(),)
    )
    rest = workspace.select(
        Priority,
        "priority",
        f"{_LIVE} AND (day IS NULL OR day != ?) AND (snoozed_until IS NULL OR snoozed_until <= ?)"
        " AND (status = 'open' OR (remind_at IS NOT NULL AND remind_at <= ?))"
        " ORDER BY due IS NULL, due, severity, number LIMIT ?",
        (today.isoformat(), instant(now), instant(now), VISIBLE),
    )
    return tuple(
        PriorityRow(record, index < len(top), record.function in cores)
        for index, record in enumerate((*top, *rest))
    )


def _blockers(workspace: Workspace, now: datetime) -> tuple[BlockerRow, ...]:
    critical = heat.criticalities(workspace.conn)
    me = workspace.actor
    found = workspace.select(
        Blocker,
        "blocker",
        # The cached heat chooses what is visible; the exact one, with its parts, orders it.
        "number IN (SELECT heat.blocker FROM heat JOIN blocker ON blocker.number = heat.blocker"
        " WHERE closed_at IS NULL AND archived_at IS NULL"
        " AND (snoozed_until IS NULL OR snoozed_until <= ?) ORDER BY heat DESC, heat.since LIMIT ?)",
        (instant(now), VISIBLE),
    )
    rows = [
        BlockerRow(record, heat.of(record, now=now, me=me, criticality=critical.get(record.function)))
        for record in found
    ]
    rows.sort(key=lambda row: (-row.heat.total, row.record.since or now))
    return tuple(rows)


def slas(workspace: Workspace) -> tuple[SlaRow, ...]:
    """The running deadlines, the nearest first."""
    found = workspace.select(
        Blocker, "blocker", f"sla_due IS NOT NULL AND {_LIVE} ORDER BY sla_due LIMIT ?", (VISIBLE,)
    )
    calendars = sla.Calendars(workspace)
    return tuple(SlaRow(record, calendars.of(record)) for record in found)


def provider_lines(workspace: Workspace, now: datetime) -> tuple[ProviderLine, ...]:
    """Every status source of the settings, with what is stored about it."""
    stored = {row.key: row for row in sources.providers(workspace.conn)}
    lines = []
    for source in workspace.settings.statuses:
        row = stored.get(source.key)
        fresh = freshness(row.last_ok, now, row.interval_s) if row else Freshness.LOST
        state = shown(row.state, fresh) if row else State.UNKNOWN
        lines.append(ProviderLine(source.key, source.name, source.criticality, source.url, state, fresh, row))
    return tuple(lines)


def _offline(workspace: Workspace) -> bool:
    states = (
        *sources.source_states(workspace.conn, "status").values(),
        *sources.source_states(workspace.conn, "agenda").values(),
    )
    return is_offline(state.last_failure or None for state in states if state.last_try is not None)


def _feeds(workspace: Workspace) -> tuple[FeedLine, ...]:
    states = sources.source_states(workspace.conn, "agenda")
    rows = workspace.conn.execute("SELECT feed, repairs FROM agenda_feed")
    repairs = {row["feed"]: row["repairs"] for row in rows}
    return tuple(
        FeedLine(s.key, s.name, states.get(s.key), repairs.get(s.key, 0)) for s in workspace.settings.agendas
    )


def _oldest_days(workspace: Workspace, now: datetime) -> int:
    row = workspace.conn.execute(
        f"SELECT min(coalesce(since, created_at)) AS first FROM blocker WHERE {_LIVE}"
    ).fetchone()
    return (now - datetime.fromisoformat(row["first"])).days if row["first"] else 0


def _sla_kept(workspace: Workspace, now: datetime) -> tuple[int, int]:
    row = workspace.conn.execute(
        "SELECT count(*) AS closed, coalesce(sum(closed_at <= sla_until), 0) AS kept FROM blocker"
        " WHERE closed_at >= ? AND sla_due IS NOT NULL AND status = 'solved' AND archived_at IS NULL",
        (instant(now - timedelta(days=90)),),
    ).fetchone()
    return row["kept"], row["closed"]


def _sla_alerts(rows: tuple[SlaRow, ...], now: datetime) -> list[Alert]:
    found = []
    for row in rows:
        if sla.has_passed(row.record, now):
            found.append(Alert(2, "sla_breached", row.record.title, target=row.record.code))
        elif sla.is_at_risk(row.record, row.calendar, now):
            found.append(Alert(1, "sla_at_risk", row.record.title, target=row.record.code))
    return found


def _provider_alerts(lines: tuple[ProviderLine, ...]) -> list[Alert]:
    found = (
        rules.provider_alert(line.key, line.name, line.state, line.criticality, str(line.state))
        for line in lines
    )
    return [alert for alert in found if alert is not None]


def _blocker_alerts(rows: tuple[BlockerRow, ...], now: datetime) -> list[Alert]:
    found = []
    for row in rows:
        record = row.record
        urgent = record.severity in ("p1", "p2")
        age = now - (record.since or record.created_at or now)
        if urgent and not record.owner:
            found.append(Alert(2, "no_owner", record.title, target=record.code))
        elif urgent and not record.next_step and not record.waiting_on:
            found.append(Alert(1, "no_next_step", record.title, target=record.code))
        elif urgent and rules.is_old(age):
            found.append(Alert(1, "old", record.title, target=record.code, days=age.days))
        if record.remind_at is not None and record.remind_at <= now:
            found.append(Alert(1, "reminder", record.title, record.delegated_to, record.code))
    return found


def _contract_alerts(workspace: Workspace, today: date) -> list[Alert]:
    found = []
    contracts = workspace.select(
        Contract, "contract", "archived_at IS NULL AND starts_on IS NOT NULL AND renewal != 'none'"
    )
    for contract in contracts:
        assert contract.starts_on is not None
        term = term_at(
            contract.starts_on,
            contract.initial_months,
            contract.renewal,
            contract.renewal_months,
            contract.notice_months,
            today,
        )
        alert = term.notice_by and rules.notice_alert(contract.code, contract.name, term.notice_by, today)
        found += [alert] if alert else []
    return found


def _feed_alerts(lines: tuple[FeedLine, ...], now: datetime) -> list[Alert]:
    return [
        Alert(1, "stale", line.name, target=f"feed:{line.key}")
        for line in lines
        if line.state is not None and is_stale(line.last_ok, now, line.state.interval_s)
    ]

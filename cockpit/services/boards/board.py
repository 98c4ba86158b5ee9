"""Everything the cockpit screen and the brief show, read at once into one frozen snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from cockpit.domain.agenda.events import Event, clashes, free_gaps
from cockpit.domain.alerts.alerts import Alert, ShownAlerts, within_budget
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.morning.review import ReviewProgress, load
from cockpit.domain.promises.compliance import Compliance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.hold import Hold
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.statement import Statement
from cockpit.services.agenda import events as agenda_events
from cockpit.services.agenda.feeds import FeedLine, Gap, feed_lines
from cockpit.services.alerts import gather as alerts
from cockpit.services.audits.due import Due, due
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import Attended, PlannedMeeting
from cockpit.services.promises import kept
from cockpit.services.promises.open import VISIBLE, SlaRow, every, slas
from cockpit.services.providers.lines import provider_lines
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.reading import connection
from cockpit.services.work.holds import holds, without
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.store import heat, records, reviews
from cockpit.store.alert_log import Over
from cockpit.store.records import instant

KEPT_DAYS = 90
"""How far back the share of kept promises looks."""
DUE_DAYS = 7
"""How far ahead audits and reviews are shown."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class Board:
    """What is known at `at`. Tuples hold the visible rows, counts the whole."""

    at: datetime
    day: date
    company: str
    priorities: tuple[PriorityRow, ...]
    priorities_open: int
    priorities_delegated: int
    priorities_snoozed: int
    blockers: tuple[BlockerRow, ...]
    blockers_open: int
    blockers_snoozed: int
    oldest_days: int
    slas: tuple[SlaRow, ...]
    slas_running: int
    sla_kept: Compliance
    """How promises were kept over KEPT_DAYS, those that are open and broken among them."""
    meetings: tuple[PlannedMeeting, ...]
    due: tuple[Due, ...]
    """Audits, reviews and ends of handovers of the coming days."""
    attended: Attended | None
    """Who came to rituals over the last 90 days, as one number."""
    events: tuple[Event, ...]
    clashing: frozenset[str]
    """Uids of events that overlap another one."""
    gaps: tuple[Gap, ...]
    holds: tuple[Hold, ...]
    """What is kept of today for priorities."""
    providers: tuple[ProviderLine, ...]
    feeds: tuple[FeedLine, ...]
    alerts: tuple[Alert, ...]
    """Every one, worst first; the screen shows a handful (`urgent`)."""
    alerts_quiet: tuple[Alert, ...]
    """Those that hold too, but that somebody took up or muted."""
    alerts_over: tuple[Over, ...]
    """Some of those that ended today."""
    inbox: tuple[Statement, ...]
    inbox_new: int
    names: Mapping[str, str]
    connection: str
    """What is wrong with our own connection (a value of `domain.state.FAMILIES`), empty when nothing is."""
    review: ReviewProgress | None
    """Where the morning review of today was left."""

    @property
    def offline(self) -> bool:
        """Whether our own connection is at fault: what is shown is frozen."""
        return bool(self.connection)

    @property
    def urgent(self) -> ShownAlerts:
        """The alerts that fit the attention budget, and how many stand behind the others."""
        return within_budget(self.alerts)


def board(workspace: Workspace) -> Board:
    """The snapshot of now. Reads only what is visible, whatever is stored."""
    now, today = workspace.now(), workspace.today()
    names = workspace.names()
    calendar = company_calendar(workspace)
    monday = workspace.monday()
    zone = workspace.zone.key
    meant = rituals.titles(workspace)
    named = agenda_events.events(workspace.conn, monday, monday + timedelta(days=7), zone=zone, titled=meant)
    events = agenda_events.events(workspace.conn, today, today + timedelta(days=1), zone=zone)
    events = agenda_events.with_owners(events, workspace.settings)
    own = agenda_events.mine(events, workspace.settings)
    blockers = _blockers(workspace, now)
    running = every(workspace)
    providers, feeds = provider_lines(workspace, now, running), feed_lines(workspace)
    meetings = rituals.week(workspace, monday, named, calendar)
    failing = connection.fault(workspace.conn, workspace.settings, now)
    loud, taken_up = alerts.gather(
        workspace, slas=running, providers=providers, feeds=feeds,
        meetings=rituals.around(workspace, meetings, calendar), connection=failing,
    )  # fmt: skip
    company = workspace.settings.company
    held = holds(workspace, today, today + timedelta(days=1))
    opens, closes = company.day_start, company.day_end
    return Board(
        at=now,
        day=today,
        company=company.name,
        priorities=_priorities(workspace, now, today),
        priorities_open=records.count(workspace.conn, "priority", f"{_LIVE} AND status = 'open'"),
        priorities_delegated=records.count(workspace.conn, "priority", f"{_LIVE} AND status = 'delegated'"),
        priorities_snoozed=records.count(
            workspace.conn, "priority", f"snoozed_until > ? AND status = 'open' AND {_LIVE}", (instant(now),)
        ),
        blockers=blockers,
        blockers_open=records.count(workspace.conn, "blocker", _LIVE),
        blockers_snoozed=records.count(
            workspace.conn, "blocker", f"snoozed_until > ? AND {_LIVE}", (instant(now),)
        ),
        oldest_days=_oldest_days(workspace, now),
        slas=slas(workspace),
        slas_running=len(running),
        sla_kept=kept.over(workspace, KEPT_DAYS),
        meetings=meetings,
        due=due(workspace, today, today + timedelta(days=DUE_DAYS)),
        attended=rituals.attendance(workspace),
        events=events,
        clashing=frozenset(each.uid for pair in clashes(own) for each in pair),
        gaps=without(free_gaps(own, today, workspace.zone, opens=opens, closes=closes), held),
        holds=held,
        providers=providers,
        feeds=feeds,
        alerts=loud,
        alerts_quiet=taken_up,
        alerts_over=alerts.over_today(workspace),
        inbox=statements(workspace),
        inbox_new=records.count(workspace.conn, "statement", "triage = 'new' AND archived_at IS NULL"),
        names=names,
        connection=failing,
        review=review_begun(workspace),
    )


def review_begun(workspace: Workspace) -> ReviewProgress | None:
    """The morning review that the person at the keyboard began today and did not end."""
    found = load(reviews.state(workspace.conn, workspace.actor))
    return found if found is not None and found.day == workspace.today() else None


def _priorities(workspace: Workspace, now: datetime, today: date) -> tuple[PriorityRow, ...]:
    rows = workspace.conn.execute("SELECT code FROM function WHERE core_value")
    cores = {row["code"] for row in rows}
    top = workspace.select(
        Priority,
        "priority",
        f"day = ? AND {_LIVE} AND (snoozed_until IS NULL OR snoozed_until <= ?) ORDER BY rank, number",
        (today.isoformat(), instant(now)),
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
    me = heat.called(workspace.conn, workspace.actor)
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


def statements(workspace: Workspace) -> tuple[Statement, ...]:
    """What partners sent in and nobody sorted yet, the worst first."""
    where = "triage = 'new' AND archived_at IS NULL ORDER BY severity, number LIMIT ?"
    return workspace.select(Statement, "statement", where, (VISIBLE,))


def _oldest_days(workspace: Workspace, now: datetime) -> int:
    row = workspace.conn.execute(
        f"SELECT min(coalesce(since, created_at)) AS first FROM blocker"
        f" WHERE {_LIVE} AND (snoozed_until IS NULL OR snoozed_until <= ?)",
        (instant(now),),
    ).fetchone()
    return (now - datetime.fromisoformat(row["first"])).days if row["first"] else 0

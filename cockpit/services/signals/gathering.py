"""What signals are worked out of, as of any moment that the journal knows."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.organisation import phase as phase_rules
from cockpit.domain.providers import uptime as rules
from cockpit.domain.registers.absence import Absence
from cockpit.domain.registers.mark import TOLD, Mark
from cockpit.domain.registers.phase import STEADY, Phase
from cockpit.domain.signals.facts import BEFORE, RECENT, WATCHED, Deed, Facts, SourceUptime
from cockpit.services.costs import times
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.store import people
from cockpit.store.outside import link_checks, provider_history
from cockpit.store.past import Past, PastEntry
from cockpit.store.records import instant

WINDOW = RECENT + BEFORE
CASES = timedelta(days=730)
"""How far back closed cases are compared."""
UPTIME = timedelta(days=90)
COSTS = timedelta(days=400)
"""The twelve months that have ended, whatever the day of this one."""
_WHOLE = (
    "function", "person", "provider", "scope", "interface", "feedback", "process", "document", "tool", "ritual",
    "contract", "policy", "report", "circuit", "dossier", "risk", "access", "continuity", "drill", "handover",
    "step", "audit", "level", "trial", "mark", "absence", "phase",
)  # fmt: skip
"""Registers of which every record is read: they grow with the company, not with time."""
_DATED = {
    "blocker": "closed_at IS NULL OR closed_at >= ?",
    "priority": "closed_at IS NULL OR closed_at >= ?",
    "clock": "ended_at IS NULL OR ended_at >= ?",
    "decision": "created_at >= ?",
    "occurrence": "planned_at >= ?",
    "attendance": "created_at >= ?",
    "escalation": "created_at >= ?",
    "approval": "created_at >= ?",
    "statement": "created_at >= ?",
    "cost": "coalesce(month, created_at) >= ?",
    "lesson": "created_at >= ?",
}
"""Those that grow with time: what came to its end before is not read."""


class Gathering:
    """Facts as of one moment after the other, going back in time. One for each measure."""

    def __init__(self, workspace: Workspace, first: datetime) -> None:
        """`first` is the earliest moment that will be asked for."""
        self.workspace = workspace
        self.now = workspace.now()
        horizon = instant(first - CASES)
        tables: dict[str, tuple[str, Sequence[str]]] = dict.fromkeys(_WHOLE, ("1", ()))
        tables |= {name: (where, (horizon,)) for name, where in _DATED.items()}
        self.past = Past(workspace.conn, tables, since=first - WINDOW, now=self.now)
        self.tables = tuple(tables)
        self.calendar = company_calendar(workspace)
        told = [(n, entry) for n, entry in enumerate(self.past.entries) if _is_told(entry)]
        self.deeds = [_deed(entry, workspace) for _n, entry in told]
        self.places = [n for n, _entry in told]
        """Where each of the deeds stands among the entries."""
        self.since = journal_since(workspace)
        company = workspace.settings.company
        self.chief = frozenset(people.called(workspace.conn, company.chief or workspace.actor))
        self.times = times.spent(workspace, first - COSTS)
        self.dead = {
            each.code: each.ok_at or each.checked_at
            for each in link_checks.checks(workspace.conn).values()
            if each.state is LinkState.DEAD
        }
        """Records whose link leads nowhere, by when it was last known to lead somewhere, or was tried."""
        lo = first - UPTIME
        self.samples = {
            source.key: provider_history.samples(workspace.conn, source.key, lo)
            for source in workspace.settings.statuses
        }

    def facts(self, week: date, at: datetime) -> Facts:
        """What was known at `at`, which is no later than the moment that was asked for before."""
        self.past.back_to(at)
        records = {table: self.past.records(table) for table in self.tables}
        marks = (each for each in records["mark"] if isinstance(each, Mark))
        phases = tuple(each for each in records["phase"] if isinstance(each, Phase))
        phase = phase_rules.of(phases, (at - timedelta(seconds=1)).date())
        return Facts(
            week=week,
            at=at,
            limits=phase_rules.limits_in(self.workspace.settings.limits, phase.phase if phase else STEADY),
            phase=phase,
            calendar=self.calendar,
            records=records,
            deeds=self.deeds[self._deeds_until(at - WINDOW) : self._deeds_until(at)],
            times=self.times,
            chief=self.chief,
            uptimes=self._uptimes(at, records),
            dead_links=frozenset(code for code, since in self.dead.items() if since <= at),
            since=self.since,
            absences=[
                (each.first_on, each.last_on)
                for each in records["absence"]
                if isinstance(each, Absence)
                and each.archived_at is None
                and each.person in self.chief
                and each.first_on is not None
                and each.last_on is not None
            ],
            is_team_told=any(each.kind == TOLD and each.archived_at is None for each in marks),
        )

    def _deeds_until(self, at: datetime) -> int:
        return bisect_left(self.places, self.past.count_until(at))

    def confidentialities(self) -> dict[str, int]:
        """How confidential each record is now, by its code: also what is told of an earlier week obeys that."""
        return {each.code: each.conf for table in self.tables for each in self.past.records(table)}

    def misdated(self, since: datetime, until: datetime) -> int:
        """How many entries of that time had a clock that was wrong."""
        lo, hi = self.past.count_until(since), self.past.count_until(until)
        return sum(entry.is_misdated for entry in self.past.entries[lo:hi])

    def _uptimes(self, at: datetime, records: Mapping[str, Sequence[object]]) -> tuple[SourceUptime, ...]:
        found = []
        lo = at - UPTIME
        for source in self.workspace.settings.statuses:
            samples = [each for each in self.samples[source.key] if each[0] <= at]
            said = rules.uptime(rules.stretches(samples, lo, at))
            found.append(
                SourceUptime(
                    source=source.key, provider=source.provider, share=said.share, seen=said.coverage
                )
            )
        return tuple(found)


def journal_since(workspace: Workspace) -> datetime | None:
    """When the first thing was written down."""
    row = workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return datetime.fromisoformat(row["at"]).astimezone(workspace.zone) if row else None


_MARKS = tuple(f'"{name}":' for name in sorted(WATCHED))


def _is_told(entry: PastEntry) -> bool:
    """Whether a formula may ask of it: seen in the stored text, so that most entries are never read."""
    if entry.before is None:
        return True
    after = entry.after or ""
    return any(mark in after for mark in _MARKS)


def _deed(entry: PastEntry, workspace: Workspace) -> Deed:
    return Deed(
        at=datetime.fromisoformat(entry.at).astimezone(workspace.zone),
        by=entry.actor,
        action=entry.action,
        register=entry.table,
        code=entry.code,
        before=json.loads(entry.before) if entry.before else {},
        after=json.loads(entry.after) if entry.after else {},
        is_new=entry.before is None,
    )

"""What needs somebody now: one rule a function, over what is stored, each alert with who acts next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.policy import DELIVERY
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.statement import Statement
from cockpit.domain.time.contract_terms import term_at
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import commitments
from cockpit.services.meetings.rituals import Meeting
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.reading.connection import words
from cockpit.services.records import in_force
from cockpit.services.work import escalation
from cockpit.store import memos, outbox
from cockpit.store.memos import CLOCK_OFFSET
from cockpit.store.records import instant

CLOCK_OFF_MIN = 2
REVIEW_DAYS = 7
MOST = 50
"""Records of one rule: more would not be read either."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"
_URGENT = f"{_LIVE} AND severity IN ('p1', 'p2') AND (snoozed_until IS NULL OR snoozed_until <= ?)"


def of_slas(workspace: Workspace, rows: Sequence[SlaRow], now: datetime) -> list[Alert]:
    """Promises at their thresholds or broken, each with the step of the ladder that it calls for."""
    circuits = escalation.circuits(workspace)
    where = f"{_LIVE} AND sla_target_s IS NOT NULL ORDER BY sla_due LIMIT ?"
    blockers = {each.code: each for each in workspace.select(Blocker, "blocker", where, (2 * MOST,))}
    found = []
    for row in rows:
        said = left.reading(row.record, row.calendar, now)
        if said.level in (left.CALM, left.STILL):
            continue
        blocker = blockers.get(row.record.blocker)
        level, who = 0, row.record.provider
        if blocker is not None:
            ladder = escalation.ladder(workspace, blocker, circuits)
            if ladder.level_at(said.used) > blocker.level:
                level, who = blocker.level + 1, ladder.people[blocker.level]
        found.append(_of_clock(row, said, level, who))
    return found


def _of_clock(row: SlaRow, said: left.Reading, level: int, who: str) -> Alert:
    """`level` is the next step of the ladder that is proposed, 0 when none is."""
    clock = row.record
    percent = left.passed_threshold(clock, said.used)
    late = "report_late" if clock.metric == DELIVERY else "sla_breached"
    return Alert(
        2 if said.level == left.RED else 1,
        late if said.level == left.RED else "sla_at_risk",
        clock.title,
        detail=str(level or ""),
        target=row.code,
        days=percent,
        stage=f"{clock.code}:{'' if said.level == left.RED else percent}",
        who=who,
        conf=clock.conf,
    )


def of_escalations(workspace: Workspace, now: datetime) -> list[Alert]:
    """Those who were asked and did not answer in time."""
    late = workspace.select(
        Escalation,
        "escalation",
        "ended_at IS NULL AND archived_at IS NULL AND answer_by < ? ORDER BY answer_by LIMIT ?",
        (instant(now), MOST),
    )
    return [
        Alert(1, "no_answer", each.question, target=each.blocker, stage=each.code, who=each.asked_of,
              conf=each.conf)
        for each in late
    ]  # fmt: skip


def of_providers(lines: Sequence[ProviderLine], now: datetime, *, offline: bool) -> list[Alert]:
    """Faults that providers report, by criticality and duration, and those that we see ourselves.

    What was acknowledged or muted raises none; a source that goes back and forth raises one, and one only.
    While nothing at all can be reached, only what people saw counts.
    """
    found: list[Alert | None] = []
    for line in lines:
        target = f"status:{line.key}"
        if line.ours.muted is not None:
            continue
        if line.ours.problem is not None:
            level = 2 if line.ours.problem.state == State.MAJOR_OUTAGE else 1
            found.append(Alert(level, "provider_seen", line.name, line.ours.problem.reason, target))
        if offline or line.quiet:
            continue
        if line.unstable and line.criticality != "comfort":
            found.append(Alert(1, "unstable", line.name, target=target))
        elif line.has_page:
            since = line.row.since if line.row and line.row.since else now
            found.append(
                rules.provider_alert(line.key, line.name, line.state, line.criticality, lasts=now - since)
            )
        if line.row is not None and line.row.certificate_expiry is not None and line.criticality != "comfort":
            expiry = line.row.certificate_expiry
            found.append(rules.certificate_alert(line.key, line.name, expiry, now))
        found.append(_of_source(line))
    return [alert for alert in found if alert is not None]


def _of_source(line: ProviderLine) -> Alert | None:
    """Why a page tells nothing: it moved, its name is gone, its form is not understood, it was not read."""
    row, target = line.row, f"status:{line.key}"
    if row is None or not line.has_page:
        return None
    if row.last_failure == "redirect":
        return Alert(1, "moved", line.name, row.last_error, target)
    if row.last_failure == "dns" and row.fails >= _NAME_TRIES:
        return Alert(2 if line.criticality == "vital" else 1, "name_lost", line.name, row.last_error, target)
    if row.last_failure == "not_understood" or (row.last_failure in _FORMLESS and row.fails >= _FORM_TRIES):
        return Alert(1, "not_understood", line.name, row.last_error, target)
    return Alert(1, "stale_status", line.name, target=target) if line.fresh is Freshness.LOST else None


_NAME_TRIES, _FORM_TRIES = 2, 3
"""Tries in a row before it is told: some minutes."""
_FORMLESS = frozenset({"broken_body", "html"})


def of_blockers(workspace: Workspace, now: datetime) -> list[Alert]:
    """Urgent blockers that nobody moves."""
    old = instant(now - timedelta(days=rules.OLD_BLOCKER_DAYS))
    rows = workspace.select(
        Blocker,
        "blocker",
        f"{_URGENT} AND (coalesce(owner, '') = '' OR coalesce(since, created_at) <= ?"
        " OR (coalesce(next_step, '') = '' AND coalesce(waiting_on, '[]') = '[]'))"
        " ORDER BY severity, coalesce(since, created_at) LIMIT ?",
        (instant(now), old, MOST),
    )
    found = []
    for record in rows:
        age = now - (record.since or record.created_at or now)
        who, code = record.owner, record.code
        if not record.owner:
            found.append(Alert(2, "no_owner", record.title, target=code, conf=record.conf))
        elif not record.next_step and not record.waiting_on:
            found.append(Alert(1, "no_next_step", record.title, target=code, who=who, conf=record.conf))
        elif rules.is_old(age):
            found.append(Alert(1, "old", record.title, target=code, days=age.days, who=who, conf=record.conf))
    return found


def of_priorities(workspace: Workspace) -> list[Alert]:
    """Priorities carried over again and again: do, delegate, date or drop."""
    rows = workspace.select(
        Priority, "priority", f"{_LIVE} AND status = 'open' AND carried >= ? ORDER BY carried DESC LIMIT ?",
        (rules.CARRIED, MOST),
    )  # fmt: skip
    return [
        Alert(1, "carried", each.title, target=each.code, days=each.carried, stage=str(each.carried),
              conf=each.conf)
        for each in rows
    ]  # fmt: skip


def of_reminders(workspace: Workspace, now: datetime) -> list[Alert]:
    """What was delegated and should be asked about, whatever its rank."""
    return [
        Alert(1, "reminder", row["title"], target=row["code"], who=row["delegated_to"], conf=row["conf"])
        for table in ("blocker", "priority")
        for row in workspace.conn.execute(
            f"SELECT code, title, conf, coalesce(delegated_to, '') AS delegated_to FROM {table}"
            f" WHERE remind_at <= ? AND {_LIVE} ORDER BY remind_at LIMIT ?",
            (instant(now), rules.BUDGET),
        )
    ]


def of_contracts(workspace: Workspace, today: date) -> list[Alert]:
    """Notice dates that come near, and certificates that run out."""
    found: list[Alert | None] = []
    for contract in in_force.contracts(workspace):
        # Once its end is known there is nothing left to decide by a notice.
        if contract.starts_on is not None and contract.renewal != "none" and contract.ended_on is None:
            term = term_at(
                contract.starts_on,
                contract.initial_months,
                contract.renewal,
                contract.renewal_months,
                contract.notice_months,
                today,
            )
            by = term.notice_by
            found.append(rules.notice_alert(contract.code, contract.name, by, today) if by else None)
        if contract.vigilance_expiry is not None:
            expiry = contract.vigilance_expiry
            found.append(rules.due_alert("certificate", contract.code, contract.name, expiry, today))
    return [alert for alert in found if alert is not None]


def of_decisions(workspace: Workspace, today: date) -> list[Alert]:
    """Decisions that were to be looked at again, from a week before; superseded ones are done with."""
    near = workspace.select(
        Decision,
        "decision",
        "archived_at IS NULL AND review_on <= ? AND code NOT IN (SELECT supersedes FROM decision"
        " WHERE supersedes IS NOT NULL AND archived_at IS NULL) ORDER BY review_on LIMIT ?",
        ((today + timedelta(days=REVIEW_DAYS)).isoformat(), MOST),
    )
    return [
        Alert(1, "review", each.title, target=each.code, days=max(0, (each.review_on - today).days),
              stage=each.review_on.isoformat(), who=each.owner or each.decider, conf=each.conf)
        for each in near if each.review_on is not None
    ]  # fmt: skip


def of_meetings(meetings: Iterable[Meeting], now: datetime) -> list[Alert]:
    """Rituals that were missed, and agendas that should have been shared by now."""
    found = []
    for meeting in meetings:
        name, code = meeting.ritual.name, meeting.ritual.code
        if meeting.ritual.kind == "informal":
            continue
        if meeting.status == "missed":
            found.append(Alert(1, "missed", name, target=code, stage=instant(meeting.planned)))
        ahead = _SHARED_AHEAD.get(meeting.ritual.kind)
        shared = meeting.occurrence is not None and meeting.occurrence.agenda_shared_at is not None
        if ahead is None or shared or meeting.status not in ("next", "planned"):
            continue
        if timedelta() < meeting.planned - now <= ahead:
            found.append(Alert(1, "not_shared", name, target=code, stage=instant(meeting.planned)))
    return found


def of_commitments(workspace: Workspace) -> list[Alert]:
    """What meetings decided or handed out and that is past its date: one line, which opens the list."""
    late = commitments.late(workspace)
    if not late:
        return []
    return [Alert(1, "commitments", "", target="commitments", days=len(late), stage=",".join(sorted(late)))]


_SHARED_AHEAD = {"kickoff": timedelta(hours=24), "flash": timedelta(hours=2)}
"""How long before a meeting its agenda should be with those who come."""


def of_inbox(workspace: Workspace) -> list[Alert]:
    """What partners raised, and how much of it waits to be sorted."""
    rows = workspace.select(
        Statement, "statement", "triage = 'alert' AND closed_at IS NULL AND archived_at IS NULL"
        " ORDER BY severity, number LIMIT ?", (MOST,),
    )  # fmt: skip
    return [
        Alert(2 if each.severity == "p1" else 1, "partner", each.title, target=each.code, who=each.sender,
              conf=each.conf)
        for each in rows
    ]  # fmt: skip


def of_outbox(workspace: Workspace) -> list[Alert]:
    """What could not be delivered."""
    lost = outbox.count(workspace.conn, "failed")
    return [Alert(1, "undelivered", "", target="outbox", days=lost, stage=str(lost))] if lost else []


def of_network(workspace: Workspace, connection: str) -> list[Alert]:
    """What all sources tell together: a network that wants a sign-in or a proxy that vouches for all, a clock
    that is wrong. That nothing can be reached is said where it is shown: no message would leave."""
    found = []
    if connection == "portal":
        found.append(Alert(2, "portal", ""))
    elif connection in ("untrusted", "reset"):
        found.append(Alert(1, "connection", "", words(connection), connection))
    minutes = abs(int(memos.get(workspace.conn, CLOCK_OFFSET) or 0)) // 60
    if minutes >= CLOCK_OFF_MIN:
        found.append(Alert(1, "clock", "", days=minutes))
    return found


def of_feeds(lines: Sequence[FeedLine], now: datetime) -> list[Alert]:
    """Agendas that were not read for too long, and those whose last answer is doubted."""
    doubted = [Alert(1, "doubted", line.name, target=f"feed:{line.key}") for line in lines if line.doubted]
    return doubted + [
        Alert(1, "stale", line.name, target=f"feed:{line.key}")
        for line in lines
        if line.state is not None
        and (
            (line.last_ok is None and line.state.fails > 0)
            or rules.is_stale(line.last_ok, now, line.state.interval_s)
        )
    ]

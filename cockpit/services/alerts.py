"""What needs somebody now, derived from the rows of the cockpit, and its words: verb first, about whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cockpit.domain import alerts as rules
from cockpit.domain.alerts import Alert
from cockpit.domain.contract_terms import term_at
from cockpit.domain.registers.contract import Contract
from cockpit.domain.state import State
from cockpit.locale import N_, _
from cockpit.services import sla
from cockpit.services.rows import BlockerRow, FeedLine, ProviderLine, SlaRow
from cockpit.services.states import STATES
from cockpit.services.workspace import Workspace
from cockpit.store import memos
from cockpit.store.records import instant

CLOCK_OFF_MIN = 2
CLOCK_OFFSET = "clock_offset_s"
"""Memo: seconds that this machine's clock is ahead of the servers, at the last sync."""
TEXTS: Mapping[str, str] = {
    "sla_breached": N_("SLA passed: {subject}"),
    "sla_at_risk": N_("SLA at risk: {subject}"),
    "provider": N_("{subject}: {detail}"),
    "provider_seen": N_("We see a problem at {subject}: {detail}"),
    "unstable": N_("{subject} is unstable: it goes back and forth"),
    "no_owner": N_("Name an owner: {subject}"),
    "no_next_step": N_("Say what is next: {subject}"),
    "old": N_("Decide or escalate, {days} days: {subject}"),
    "reminder": N_("Ask {detail}: {subject}"),
    "notice": N_("Notice within {days} days: {subject}"),
    "clock": N_("This machine's clock is {days} min off: set it, deadlines depend on it"),
    "portal": N_("Every source answers with a web page: sign in to this network?"),
    "doubted": N_("Agenda shrank, old one kept: {subject}"),
    "stale": N_("Agenda not read: {subject}"),
}


def alert_text(item: Alert) -> str:
    """One sentence."""
    state = next((word for key, (_glyph, word) in STATES.items() if key == item.detail), "")
    detail = _(state) if state else item.detail
    return _(TEXTS[item.kind]).format(subject=item.subject, detail=detail, days=item.days)


def of_slas(rows: tuple[SlaRow, ...], now: datetime) -> list[Alert]:
    """Deadlines passed or nearly used up."""
    found = []
    for row in rows:
        said = sla.reading(row.record, row.calendar, now)
        if said.level == sla.RED:
            found.append(Alert(2, "sla_breached", row.record.title, target=row.code))
        elif said.level in (sla.AMBER, sla.ORANGE):
            found.append(Alert(1, "sla_at_risk", row.record.title, target=row.code))
    return found


def of_providers(lines: tuple[ProviderLine, ...], *, offline: bool) -> list[Alert]:
    """Faults that providers report, by criticality, and those that we see ourselves.

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
            found.append(
                rules.provider_alert(line.key, line.name, line.state, line.criticality, str(line.state))
            )
    return [alert for alert in found if alert is not None]


def of_blockers(rows: tuple[BlockerRow, ...], now: datetime) -> list[Alert]:
    """Urgent blockers that nobody moves."""
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
    return found


def of_reminders(workspace: Workspace, now: datetime, names: Mapping[str, str]) -> list[Alert]:
    """What was delegated and should be asked about, whatever its rank."""
    return [
        Alert(1, "reminder", row["title"], names.get(row["delegated_to"], row["delegated_to"]), row["code"])
        for table in ("blocker", "priority")
        for row in workspace.conn.execute(
            f"SELECT code, title, coalesce(delegated_to, '') AS delegated_to FROM {table}"
            " WHERE remind_at <= ? AND closed_at IS NULL AND archived_at IS NULL ORDER BY remind_at LIMIT ?",
            (instant(now), rules.BUDGET),
        )
    ]


def of_contracts(workspace: Workspace, today: date) -> list[Alert]:
    """Notice dates that come near."""
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


def of_network(workspace: Workspace, failures: Sequence[str | None]) -> list[Alert]:
    """What all sources tell together: a network that wants a sign-in, a clock that is wrong.

    `failures` holds the kind of failure of each source that was tried, None for one that answered.
    """
    found = []
    if len(failures) > 1 and all(kind == "html" for kind in failures):
        found.append(Alert(2, "portal", ""))
    minutes = abs(int(memos.get(workspace.conn, CLOCK_OFFSET) or 0)) // 60
    if minutes >= CLOCK_OFF_MIN:
        found.append(Alert(1, "clock", "", days=minutes))
    return found


def of_feeds(lines: tuple[FeedLine, ...], now: datetime) -> list[Alert]:
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

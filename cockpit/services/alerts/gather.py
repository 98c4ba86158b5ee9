"""What needs somebody now, gathered from every rule; its words, and what we said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cockpit.domain.alerts.alerts import Alert, ranked
from cockpit.domain.dataclasses import replace
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import ACKNOWLEDGED, MUTED, Mark
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import day_rules, organisation_rules, organisation_words
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.rituals import Meeting
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.store import records
from cockpit.store.records import instant

TEXTS: Mapping[str, str] = {
    "sla_breached": N_("SLA passed: {subject}"),
    "sla_at_risk": N_("SLA {days} % used: {subject}"),
    "report_late": N_("Report late: {subject}"),
    "no_answer": N_("No answer from {who}: {subject}"),
    "provider": N_("{subject}: {detail}"),
    "provider_seen": N_("We see a problem at {subject}: {detail}"),
    "unstable": N_("{subject} is unstable: it goes back and forth"),
    "no_owner": N_("Name an owner: {subject}"),
    "no_next_step": N_("Say what is next: {subject}"),
    "old": N_("Decide or escalate, {days} days: {subject}"),
    "carried": N_("Decide, carried {days} times: {subject}"),
    "reminder": N_("Ask {who}: {subject}"),
    "notice": N_("Notice within {days} days: {subject}"),
    "certificate": N_("Certificate until {detail}: {subject}"),
    "review": N_("Look again at a decision within {days} days: {subject}"),
    "revoke": N_("Take away the accesses of {subject}"),
    "missed": N_("Ritual missed: {subject}"),
    "commitments": N_("Commitments of meetings late: {days}"),
    "not_shared": N_("Share the agenda: {subject}"),
    "partner": N_("{who} says: {subject}"),
    "undelivered": N_("{days} messages not delivered"),
    "clock": N_("This machine's clock is {days} min off: set it, deadlines depend on it"),
    "portal": N_("Every source answers with a web page: sign in to this network?"),
    "doubted": N_("Agenda shrank, old one kept: {subject}"),
    "stale": N_("Agenda not read: {subject}"),
    "stale_status": N_("Status not read: {subject}"),
    "moved": N_("{subject}: {detail}"),
    "name_lost": N_("{subject}: {detail}"),
    "not_understood": N_("Status page not understood: {subject}"),
    "certificate_ends": N_("Certificate of {subject} ends within {days} days"),
    "connection": N_("{detail}"),
    **organisation_words.TEXTS,
}
NEXT: Mapping[str, str] = {
    "sla_breached": N_("{me}: remind {who} (l), record the decision that ends it (d)"),
    "sla_at_risk": N_("{me}: ask {who} where it stands (l)"),
    "report_late": N_("{me}: remind {who} (l)"),
    "no_answer": N_("{me}: ask {who} again (l), or go one level up (e)"),
    "provider": N_("{me}: tell those who use it, say who follows it (x)"),
    "provider_seen": N_("{me}: ask the provider, settle it when it is over (p)"),
    "unstable": N_("{me}: ask the provider for an explanation"),
    "no_owner": N_("{me}: give it to somebody (g)"),
    "no_next_step": N_("{who}: say what comes next (p)"),
    "old": N_("{who}: decide (d), escalate (e) or date it (r)"),
    "carried": N_("{me}: do it today (space), delegate (g), date (r) or drop it"),
    "reminder": N_("{me}: ask {who} (l)"),
    "notice": N_("{me}: decide whether to give notice, in writing"),
    "certificate": N_("{me}: ask the provider for a new one"),
    "review": N_("{who}: does it still hold? If not, decide anew (r)"),
    "revoke": N_("{me}: have each access revoked today, then archive the person"),
    "missed": N_("{me}: hold it this week, or say that it was held (space)"),
    "commitments": N_("{me}: open the list, ask each (⏎)"),
    "not_shared": N_("{me}: send it to those who come"),
    "partner": N_("{me}: open it and say what becomes of it"),
    "undelivered": N_("{me}: look at the outbox (y)"),
    "clock": N_("{me}: set the clock of this machine"),
    "portal": N_("{me}: sign in to the network, then read again (s)"),
    "doubted": N_("{me}: look at the agenda (i), accept it or mend the feed"),
    "stale": N_("{me}: look at the reason, then read again (s)"),
    "stale_status": N_("{me}: look at the reason, then read again (s)"),
    "moved": N_("{me}: accept the new address in the configuration, or remove the source"),
    "name_lost": N_("{me}: ask the provider, or correct the address in the configuration"),
    "not_understood": N_("{me}: see on its page what was seen, then change its address or its engine"),
    "certificate_ends": N_("{me}: have the provider renew it"),
    "connection": N_("{me}: check this computer's network, then read again (s)"),
    **organisation_words.NEXT,
}


def alert_text(item: Alert, names: Mapping[str, str] | None = None) -> str:
    """One sentence, verb first."""
    state = next((word for key, (_glyph, word) in STATES.items() if key == item.detail), "")
    detail = _(state) if state else item.detail
    who = (names or {}).get(item.who, item.who) or _("nobody")
    return _(TEXTS[item.kind]).format(subject=item.subject, detail=detail, days=item.days, who=who)


def next_step(item: Alert, names: Mapping[str, str], me: str) -> str:
    """Who does what next, with the key that does it."""
    who = names.get(item.who, item.who) or me
    if item.kind in ("sla_breached", "sla_at_risk") and item.detail:
        return _("{me}: escalate to level {level}, ask {who} (e)").format(me=me, level=item.detail, who=who)
    return _(NEXT[item.kind]).format(me=me, who=who)


def to_json(item: Alert, names: Mapping[str, str], me: str) -> dict[str, object]:
    """With stable keys."""
    return {
        "key": item.key,
        "level": "red" if item.level >= 2 else "orange",
        "kind": item.kind,
        "text": alert_text(item, names),
        "next": next_step(item, names, me),
        "target": item.target,
    }


def gather(
    workspace: Workspace,
    *,
    slas: Sequence[SlaRow],
    providers: Sequence[ProviderLine],
    feeds: Sequence[FeedLine],
    meetings: Iterable[Meeting],
    connection: str,
) -> tuple[tuple[Alert, ...], tuple[Alert, ...]]:
    """Every alert that holds now, worst first: those to tell, and those that somebody took up or muted."""
    now, today = workspace.now(), workspace.today()
    found = [
        *day_rules.of_slas(workspace, slas, now),
        *day_rules.of_escalations(workspace, now),
        *day_rules.of_providers(providers, now, offline=bool(connection)),
        *day_rules.of_decisions(workspace, today),
        *day_rules.of_inbox(workspace),
        *day_rules.of_blockers(workspace, now),
        *day_rules.of_reminders(workspace, now),
        *day_rules.of_contracts(workspace, today),
        *day_rules.of_meetings(meetings, now),
        *day_rules.of_commitments(workspace),
        *day_rules.of_priorities(workspace),
        *day_rules.of_outbox(workspace),
        *day_rules.of_network(workspace, connection),
        *day_rules.of_feeds(feeds, now),
        # After what happens today: what the map lacks can wait, what must be revoked is red and goes first.
        *organisation_rules.gather(workspace, today),
    ]
    quiet = quiet_keys(workspace, now)
    codes = {f"status:{line.key}": line.code for line in providers}
    every = ranked(_as_confidential(workspace, found, codes))
    loud = tuple(alert for alert in every if not _is_quiet(alert, quiet))
    return loud, tuple(alert for alert in every if _is_quiet(alert, quiet))


def _is_quiet(alert: Alert, quiet: frozenset[str]) -> bool:
    """Whether somebody said that they know, of it or of the same trouble when it was worse."""
    return alert.key in quiet or not quiet.isdisjoint(alert.worse_keys)


def _as_confidential(workspace: Workspace, found: Sequence[Alert], codes: Mapping[str, str]) -> list[Alert]:
    """Each alert at least as confidential as the record that it is about, and as whoever it names."""
    named = {code for each in found for code in (codes.get(each.target, each.target), each.who)}
    conf = records.confidentialities(workspace.conn, named)
    return [
        replace(
            each, conf=max(each.conf, conf.get(codes.get(each.target, each.target), 0), conf.get(each.who, 0))
        )
        for each in found
    ]


def quiet_keys(workspace: Workspace, now: datetime) -> frozenset[str]:
    """The alerts that somebody acknowledged, or muted until later."""
    rows = workspace.conn.execute(
        "SELECT alert FROM mark WHERE coalesce(alert, '') != '' AND closed_at IS NULL AND archived_at IS NULL"
        " AND (until IS NULL OR until > ?)",
        (instant(now),),
    )
    return frozenset(row["alert"] for row in rows)


def acknowledge(workspace: Workspace, item: Alert, reason: str) -> str:
    """Somebody takes care of it: it is quiet until it is over, or worse. The code of what was noted."""
    return _say(workspace, item, ACKNOWLEDGED, reason or _("seen"), None)


def mute(workspace: Workspace, item: Alert, reason: str, until: datetime) -> str:
    """No word of it until then. The code of what was noted."""
    return _say(workspace, item, MUTED, reason or _("muted"), until)


def settle_over(workspace: Workspace, over: Iterable[str], live: Iterable[Alert] = ()) -> None:
    """What was acknowledged and is over no longer is: the next time is news again. What only got better is
    not over: the word on it stays as long as something of it is `live`."""
    register = REGISTERS["mark"]
    held = {key for alert in live for key in (alert.key, *alert.worse_keys)}
    rows = workspace.conn.execute(
        "SELECT DISTINCT alert FROM mark WHERE alert LIKE 'provider:%' AND kind = ? AND closed_at IS NULL",
        (ACKNOWLEDGED,),
    ).fetchall()
    for key in ({*over} | {row["alert"] for row in rows}) - held:
        for mark in workspace.select(
            Mark, "mark", "alert = ? AND kind = ? AND closed_at IS NULL", (key, ACKNOWLEDGED)
        ):
            values: dict[str, Value] = {"closed_at": workspace.clock()}
            workspace.change_all([(register, mark, values)], "mark.settle", by="cockpit")


def _say(workspace: Workspace, item: Alert, kind: str, reason: str, until: datetime | None) -> str:
    values: dict[str, Value] = {
        "kind": kind, "alert": item.key, "reason": clean(reason), "until": until, "conf": item.conf
    }  # fmt: skip
    return workspace.add(REGISTERS["mark"], values, f"alert.{kind}")

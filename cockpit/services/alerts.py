"""Alerts in words: verb first, about whom."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.alerts import Alert
from cockpit.locale import N_, _
from cockpit.services.listing import STATES

TEXTS: Mapping[str, str] = {
    "sla_breached": N_("SLA passed: {subject}"),
    "sla_at_risk": N_("SLA at risk: {subject}"),
    "provider": N_("{subject}: {detail}"),
    "no_owner": N_("Name an owner: {subject}"),
    "no_next_step": N_("Say what is next: {subject}"),
    "old": N_("Decide or escalate, {days} days: {subject}"),
    "reminder": N_("Ask {detail}: {subject}"),
    "notice": N_("Notice within {days} days: {subject}"),
    "stale": N_("Agenda not read: {subject}"),
}


def alert_text(item: Alert) -> str:
    """One sentence."""
    state = next((word for key, (_glyph, word) in STATES.items() if key == item.detail), "")
    detail = _(state) if state else item.detail
    return _(TEXTS[item.kind]).format(subject=item.subject, detail=detail, days=item.days)

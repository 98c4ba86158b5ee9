"""The morning brief: the board as text that fits a terminal, a message or a pipe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from cockpit.domain.agenda.events import Event
from cockpit.domain.providers.state import FINE
from cockpit.locale import _, ngettext
from cockpit.services.agenda import events
from cockpit.services.agenda import rows as agenda_rows
from cockpit.services.alerts import rows as alerts_rows
from cockpit.services.boards import once
from cockpit.services.boards.board import Board
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.row import Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rows as meetings_rows
from cockpit.services.promises import rows as promises_rows
from cockpit.services.providers import rows as providers_rows
from cockpit.services.work import rows as work_rows

T = TypeVar("T")

LINES = 5
"""Rows of each part: the rest is one command away."""


def to_text(found: Board) -> str:
    """The brief, a part under the other, empty ones in a word."""
    at, names = found.at, found.names
    worst = providers_rows.worst_first(found.outside.providers)

    def event(each: Event) -> Row:
        return agenda_rows.event(each, clash=each.uid in found.today.clashing, past=each.end <= at)

    parts = [
        f"{found.company or 'Cockpit'} · {dates.long_date(found.day)} · {dates.week_number(found.day)}"
        f" · {at:%H:%M}",
        *_alerts(found),
        *_part(_("Priorities"), found.work.priorities, lambda row: work_rows.of_priority(row, at, names),
               count=found.work.priorities_open),
        *_part(_("Blockers"), found.work.blockers, lambda row: once.blocker(found, row.record),
               count=found.work.blockers_open),
        *_part(_("Service agreements (SLA)"), found.promises.slas, lambda row: promises_rows.sla(row, at, names),
               count=found.promises.running),
        *_part(_("Today"), found.today.events, event, most=12),
        *_part(_("Rituals of the week"), found.meetings.planned, lambda each: meetings_rows.meeting(each, at), most=10),
        *_part(_("Providers"), worst, lambda each: providers_rows.provider(each, at), most=10),
    ]  # fmt: skip
    return "\n".join(parts)


def to_json(workspace: Workspace, found: Board) -> dict[str, object]:
    """The brief with stable keys."""
    return {
        "at": as_json.plain(found.at),
        "company": found.company,
        "alerts": [
            alerts_rows.to_json(each, found.names, workspace.my_name) for each in found.alerts.urgent.lines
        ],
        "priorities": [work_rows.priority_json(row) for row in found.work.priorities],
        "blockers": [work_rows.blocker_json(row) for row in found.work.blockers],
        "sla": [promises_rows.sla_json(row, found.at, found.names) for row in found.promises.slas],
        "agenda": [events.to_json(event) for event in found.today.events],
        "rituals": [meetings_rows.to_json(each) for each in found.meetings.planned],
        "providers": [providers_rows.to_json(line) for line in found.outside.providers],
        "counts": {
            "alerts": len(found.alerts.urgent.lines) + found.alerts.urgent.rest,
            "to_complete": found.alerts.urgent.to_complete,
            "priorities_open": found.work.priorities_open,
            "blockers_open": found.work.blockers_open,
            "sla_running": found.promises.running,
            "sla_kept": found.promises.kept.kept,
            "sla_judged": found.promises.kept.count,
            "providers_not_green": sum(
                line.has_page and line.state not in FINE for line in found.outside.providers
            ),
        },
    }


def _alerts(found: Board) -> list[str]:
    """What needs somebody, as many as fit; a line for the others, and one for what is to complete."""
    shown = found.alerts.urgent
    rows = [alerts_rows.alert(each, found.names) for each in shown.lines]
    rows += [row for _key, row in alerts_rows.folds(shown)]
    rows += [alerts_rows.over(each, found.at) for each in found.alerts.over]
    if not rows:
        return ["", _("{name}: {value}").format(name=_("Alerts"), value=_("nothing"))]
    title = _("Alerts")
    return ["", f"{title} ({len(shown.lines) + shown.rest})", *(f"  {row.printed}" for row in rows)]


def _part(
    title: str, items: Sequence[T], row: Callable[[T], Row], *, most: int = LINES, count: int = 0
) -> list[str]:
    """A title with how many there are in all, the first lines, and how many are left out."""
    if not items:
        return ["", _("{name}: {value}").format(name=title, value=_("nothing"))]
    whole = max(count, len(items))
    left = whole - min(most, len(items))
    more = ["  " + ngettext("… and {n} more", "… and {n} more", left).format(n=left)] if left > 0 else []
    return ["", f"{title} ({whole})", *(f"  {row(each).printed}" for each in items[:most]), *more]

"""The morning brief: the board as text that fits a terminal, a message or a pipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from cockpit.domain.agenda.events import Event
from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.providers.state import FINE
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.alerts.gather import alert_text
from cockpit.services.alerts.gather import to_json as to_json_alert
from cockpit.services.boards import listing
from cockpit.services.boards.board import Board
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import in_words
from cockpit.services.meetings.rituals import Meeting
from cockpit.services.promises import in_words as sla_in_words
from cockpit.services.providers import in_words as providers_in_words

T = TypeVar("T")

LINES = 5
"""Rows of each part: the rest is one command away."""


def to_text(workspace: Workspace, found: Board) -> str:
    """The brief, a part under the other, empty ones in a word."""
    names = found.names
    blockers = REGISTERS["blocker"]
    parts = [
        f"{found.company or 'Cockpit'} · {dates.long_date(found.day)} · {dates.week_number(found.day)}"
        f" · {found.at:%H:%M}",
        *_part(_("Alerts"), found.urgent, lambda a: _alert_line(a, names), most=7),
        *_part(
            _("Priorities"),
            found.priorities,
            lambda row: (
                f"{row.record.rank if row.top else '·'} {row.record.title}"
                + (f" · {names.get(row.record.function, '')}" if row.record.function else "")
                + (f" · {dates.moment(row.record.due, found.at)}" if row.record.due else "")
            ),
            count=found.priorities_open,
        ),
        *_part(
            _("Blockers"),
            found.blockers,
            lambda row: listing.line(workspace, blockers, row.record, names),
            count=found.blockers_open,
        ),
        *_part(
            _("Service agreements (SLA)"),
            found.slas,
            lambda row: sla_in_words.sla_line(workspace, row, names),
            count=found.slas_running,
        ),
        *_part(_("Today"), found.events, _event, most=12),
        *_part(_("Rituals of the week"), found.meetings, lambda m: _meeting(m, found.at), most=10),
        *_part(
            _("Providers"),
            providers_in_words.worst_first(found.providers),
            lambda each: providers_in_words.provider_line(workspace, each),
            most=10,
        ),
    ]
    return "\n".join(parts)


def to_json(workspace: Workspace, found: Board) -> dict[str, object]:
    """The brief with stable keys."""
    from cockpit.services.agenda import events

    kinds = REGISTERS
    return {
        "at": as_json.plain(found.at),
        "company": found.company,
        "alerts": [to_json_alert(a, found.names, workspace.actor) for a in found.urgent],
        "priorities": [
            {"of_the_day": row.top, **as_json.of_record(row.record, kinds["priority"])}
            for row in found.priorities
        ],
        "blockers": [
            {"heat": row.heat.total, **as_json.of_record(row.record, kinds["blocker"])}
            for row in found.blockers
        ],
        "sla": [sla_in_words.sla_json(workspace, row, found.names) for row in found.slas],
        "agenda": [events.to_json(event) for event in found.events],
        "rituals": [
            {
                "ritual": m.ritual.code,
                "name": m.ritual.name,
                "planned": as_json.plain(m.planned),
                "status": m.status,
                "in_agenda": m.event is not None,
                "agenda_shared": m.shared,
            }
            for m in found.meetings
        ],
        "providers": [providers_in_words.provider_json(line) for line in found.providers],
        "counts": {
            "priorities_open": found.priorities_open,
            "blockers_open": found.blockers_open,
            "sla_running": found.slas_running,
            "providers_not_green": sum(line.has_page and line.state not in FINE for line in found.providers),
        },
    }


def _part(
    title: str, rows: Sequence[T], line: Callable[[T], str], *, most: int = LINES, count: int = 0
) -> list[str]:
    """A title with how many there are in all, the first lines, and how many are left out."""
    if not rows:
        return ["", _("{name}: {value}").format(name=title, value=_("nothing"))]
    whole = max(count, len(rows))
    left = whole - min(most, len(rows))
    more = ["  " + ngettext("… and {n} more", "… and {n} more", left).format(n=left)] if left > 0 else []
    return ["", f"{title} ({whole})", *(f"  {line(row)}" for row in rows[:most]), *more]


def _meeting(meeting: Meeting, at: datetime) -> str:
    glyph, note = in_words.GLYPHS[meeting.status], in_words.meeting_note(meeting, at)
    when = f"{dates.weekday(meeting.planned)} {meeting.planned:%H:%M}"
    return f"{glyph} {when} {meeting.ritual.name}" + (f" · {note}" if note else "")


def _event(event: Event) -> str:
    from cockpit.services.agenda import events as agenda

    hour = _("all day") if event.all_day else f"{event.start:%H:%M}"
    return f"{hour:<6} {agenda.label(event, marked=True)}"


def _alert_line(item: Alert, names: Mapping[str, str]) -> str:
    return f"{'■' if item.level >= 2 else '▲'} {alert_text(item, names)}"

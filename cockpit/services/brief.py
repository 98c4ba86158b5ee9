"""The morning brief: the board as text that fits a terminal, a message or a pipe."""

from __future__ import annotations

from cockpit.domain.registers import REGISTERS
from cockpit.domain.status import State
from cockpit.locale import _, ngettext
from cockpit.services import dates, forms, listing, registers
from cockpit.services.alerts import alert_text
from cockpit.services.board import Board, board
from cockpit.services.workspace import Workspace

LINES = 5
"""Rows of each part: the rest is one command away."""


def brief(workspace: Workspace) -> Board:
    """What the brief is made of: the same snapshot as the screen."""
    return board(workspace)


def to_text(workspace: Workspace, found: Board) -> str:
    """The brief, a part under the other, empty ones in a word."""
    names = found.names
    parts = [
        f"{found.company or 'Cockpit'} · {dates.long_date(found.day)} · {dates.week_number(found.day)}"
        f" · {found.at:%H:%M}",
        *_part(_("Alerts"), [f"{'■' if a.level >= 2 else '▲'} {alert_text(a)}" for a in found.alerts], 7),
        *_part(
            _("Priorities"),
            [
                f"{row.record.rank if row.top else '·'} {row.record.title}"
                + (f" · {names.get(row.record.function, '')}" if row.record.function else "")
                + (f" · {dates.moment(row.record.due, found.at)}" if row.record.due else "")
                for row in found.priorities
            ],
        ),
        *_part(
            _("Blockers"),
            [listing.line(workspace, REGISTERS["blocker"], row.record) for row in found.blockers],
        ),
        *_part(_("Service agreements (SLA)"), [listing.sla_line(workspace, row) for row in found.slas]),
        *_part(_("Today"), [_event(event) for event in found.events], 12),
        *_part(
            _("Rituals of the week"),
            [
                f"{'✓' if m.status == 'held' else '✗' if m.status == 'missed' else '○'} "
                f"{dates.weekday(m.planned)} {m.planned:%H:%M} {m.ritual.name}"
                for m in found.meetings
            ],
            10,
        ),
        *_part(
            _("Providers"),
            [listing.provider_line(workspace, line) for line in listing.providers(workspace)],
            10,
        ),
    ]
    return "\n".join(parts)


def to_json(workspace: Workspace, found: Board) -> dict[str, object]:
    """The brief with stable keys."""
    from cockpit.services import agenda

    kinds = REGISTERS
    return {
        "at": forms.plain(found.at),
        "company": found.company,
        "alerts": [
            {
                "level": "red" if a.level >= 2 else "orange",
                "kind": a.kind,
                "text": alert_text(a),
                "target": a.target,
            }
            for a in found.alerts
        ],
        "priorities": [
            {"of_the_day": row.top, **registers.to_json(row.record, kinds["priority"])}
            for row in found.priorities
        ],
        "blockers": [
            {"heat": row.heat.total, **registers.to_json(row.record, kinds["blocker"])}
            for row in found.blockers
        ],
        "sla": [listing.sla_json(workspace, row) for row in found.slas],
        "agenda": [agenda.to_json(event) for event in found.events],
        "rituals": [
            {
                "ritual": m.ritual.code,
                "name": m.ritual.name,
                "planned": forms.plain(m.planned),
                "status": m.status,
                "in_agenda": m.event is not None,
            }
            for m in found.meetings
        ],
        "providers": [listing.provider_json(line) for line in found.providers],
        "counts": {
            "priorities_open": found.priorities_open,
            "blockers_open": found.blockers_open,
            "sla_running": found.slas_running,
            "providers_not_green": sum(line.state != State.OPERATIONAL for line in found.providers),
        },
    }


def _part(title: str, lines: list[str], most: int = LINES) -> list[str]:
    if not lines:
        return ["", f"{title}: " + _("nothing")]
    left = len(lines) - most
    more = [f"  {ngettext('… and {n} more', '… and {n} more', left).format(n=left)}"] if left > 0 else []
    return ["", f"{title} ({len(lines)})", *(f"  {line}" for line in lines[:most]), *more]


def _event(event: object) -> str:
    from cockpit.domain.agenda import Event

    assert isinstance(event, Event)
    hour = _("all day") if event.all_day else f"{event.start:%H:%M}"
    return f"{hour:<6} {event.title}" + (f" ({_('cancelled')})" if event.cancelled else "")

"""A clock as one line of text, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.registers.policy import METRICS
from cockpit.locale import _
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow


def sla_line(workspace: Workspace, row: SlaRow, names: Mapping[str, str]) -> str:
    """One deadline in one line."""
    now = workspace.now()
    said = left.reading(row.record, row.calendar, now)
    who = names.get(row.record.provider, row.record.provider) or "—"
    due = f" → {dates.moment(row.due, now)}" if row.due else ""
    metric = _(METRICS[row.record.metric])
    return (
        f"{left.GLYPHS[said.level]} {row.code:<6} {who} · {row.record.title} · {metric} · {said.words}{due}"
    )


def sla_json(workspace: Workspace, row: SlaRow, names: Mapping[str, str]) -> dict[str, object]:
    """A deadline with stable keys; times in seconds of business hours."""
    now = workspace.clock()
    said = left.reading(row.record, row.calendar, now)
    provider = row.record.provider
    return {
        "code": row.code,
        "clock": row.record.code,
        "title": row.record.title,
        "metric": row.record.metric,
        "waiting_on": [names.get(provider, provider)] if provider else [],
        "started_at": as_json.plain(row.record.started_at),
        "due": as_json.plain(row.due),
        "last_on_time": as_json.plain(row.record.until),
        "target_s": row.record.target_s,
        "remaining_s": said.left_s,
        "used": round(said.used, 4),
        "state": ("running", "at_risk", "at_risk", "breached", "paused")[said.level],
        "pause": row.record.pause or None,
    }

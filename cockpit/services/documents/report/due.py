"""Whether a month waits to be closed. Asked at each board, so it loads nothing of the report itself."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.month import GRACE, ReportMonth, of_day
from cockpit.services.desk.workspace import Workspace


@dataclass(frozen=True)
class MonthToClose:
    """A month that is over, and was not closed by the day on which it can be."""

    month: ReportMonth
    days: int
    """Since that day."""


def to_close(workspace: Workspace) -> MonthToClose | None:
    """The last month that ended more than ten days ago and is open, in a company that keeps such reports.

    It keeps them when it closed a month before, or enters costs or expected reports. Cheap: asked at each board.
    """
    today = workspace.today()
    month = of_day(today - GRACE).before
    if today < month.closes_on:
        return None
    conn = workspace.conn
    row = conn.execute(
        "SELECT EXISTS (SELECT 1 FROM closing WHERE archived_at IS NULL AND reopened_at IS NULL AND month >= ?)"
        " AS closed, EXISTS (SELECT 1 FROM closing) OR EXISTS (SELECT 1 FROM cost WHERE archived_at IS NULL"
        " AND month >= ? AND month < ?) OR EXISTS (SELECT 1 FROM report WHERE archived_at IS NULL) AS kept,"
        " (SELECT at FROM journal ORDER BY seq LIMIT 1) AS since",
        (month.first.isoformat(), month.first.isoformat(), month.next.first.isoformat()),
    ).fetchone()
    if row["closed"] or not row["kept"] or not row["since"]:
        return None
    begun = datetime.fromisoformat(row["since"]).astimezone(workspace.zone).date()
    return MonthToClose(month, (today - month.closes_on).days) if begun <= month.last else None

"""The chapter *decisions*: what was decided in the month, and what became of it."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, TableCell
from cockpit.domain.registers.decision import Decision
from cockpit.locale import _
from cockpit.services.documents.report.lines import MonthView, ReportPart, ReportUnit, days_kept
from cockpit.store import records
from cockpit.store.records import instant

_DECIDED = "archived_at IS NULL AND decided_at >= ? AND decided_at < ?"
_LATE = "archived_at IS NULL AND decided_at < ? AND due < ? AND (done_at IS NULL OR done_at >= ?)"


def part(view: MonthView) -> ReportPart:
    """The decisions of the month."""

    def decided(month: ReportMonth) -> float | None:
        span = view.span(month)
        return records.count(view.workspace.conn, "decision", _DECIDED, _bounds(span)) if span else None

    def late(month: ReportMonth) -> float | None:
        span = view.span(month)
        if span is None:
            return None
        return records.count(view.workspace.conn, "decision", _LATE, (instant(span[1]),) * 3)

    complete = view.kept(view.month) if view.span(view.month) else None
    source, rule = _("register of decisions"), days_kept()
    overdue = _("Decisions not carried out in time, at its end")
    lines = tuple(
        view.line(key, label, ReportUnit.COUNT, value_of, complete=complete, source=source, rule=rule)
        for key, label, value_of in (
            ("decisions", _("Decisions taken"), decided), ("decisions_late", overdue, late),
        )
    )  # fmt: skip
    return ReportPart(lines, Chapter("decisions", _("Decisions"), (_table(view),)))


def _bounds(span: tuple[datetime, datetime]) -> tuple[str, str]:
    return instant(span[0]), instant(span[1])


def _table(view: MonthView) -> DataTable:
    span, workspace = view.span(view.month), view.workspace
    found = (
        workspace.select(Decision, "decision", f"{_DECIDED} ORDER BY decided_at, number", _bounds(span))
        if span
        else ()
    )
    rows: list[tuple[TableCell, ...]] = [
        (
            each.code, each.title, view.name(each.function) or None, view.name(each.decider) or None,
            each.decided_at.astimezone(workspace.zone).date() if each.decided_at else None,
            view.name(each.owner) or None, each.due.astimezone(workspace.zone).date() if each.due else None,
            each.done_at.astimezone(workspace.zone).date() if each.done_at else _("not yet") if each.due else None,
        )
        for each in found
    ]  # fmt: skip
    columns = (
        _("Code"), _("Decision"), _("Function"), _("Decided by"), _("Decided"), _("Carried out by"), _("Due"),
        _("Carried out"),
    )  # fmt: skip
    return DataTable(
        "decisions", _("Decisions of the month"), columns, tuple(rows), _("register of decisions")
    )

"""The chapter *decisions*: what was decided in the month and what became of it, what was approved, what waits."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, TableCell
from cockpit.domain.registers.approval import STATES, Approval
from cockpit.domain.registers.decision import Decision
from cockpit.locale import _
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.documents.report.lines import MonthView, ReportPart, ReportUnit, days_kept
from cockpit.store import records
from cockpit.store.records import instant

_DECIDED = "archived_at IS NULL AND decided_at >= ? AND decided_at < ?"
_LATE = "archived_at IS NULL AND decided_at < ? AND due < ? AND (done_at IS NULL OR done_at >= ?)"

_ANSWERED = "archived_at IS NULL AND closed_at >= ? AND closed_at < ? AND state != 'withdrawn'"
_WAITED = "archived_at IS NULL AND submitted_at < ? AND (closed_at IS NULL OR closed_at >= ?)"


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
        for key, label, value_of, source in (
            ("decisions", _("Decisions taken"), decided, source),
            ("decisions_late", overdue, late, source),
            ("approvals_waiting", _("Approvals that waited for an answer, at its end"),
             lambda month: _waiting(view, month), _("register of approvals")),
        )
    )  # fmt: skip
    return ReportPart(lines, Chapter("decisions", _("Decisions"), (_table(view), _approvals(view))))


def _waiting(view: MonthView, month: ReportMonth) -> float | None:
    """Approvals that were submitted before the end of a month and answered later, or not at all."""
    span = view.span(month)
    if span is None:
        return None
    return records.count(view.workspace.conn, "approval", _WAITED, (instant(span[1]),) * 2)


def _approvals(view: MonthView) -> DataTable:
    """What was answered in the month, and what waited at its end."""
    span, workspace = view.span(view.month), view.workspace
    found: tuple[Approval, ...] = ()
    if span:
        where = f"({_ANSWERED}) OR ({_WAITED}) ORDER BY submitted_at, number"
        found = workspace.select(
            Approval, "approval", where, (*_bounds(span), instant(span[1]), instant(span[1]))
        )
    calendar, rows = company_calendar(workspace), list[tuple[TableCell, ...]]()
    for each in found:
        assert span is not None
        answered = each.closed_at if each.closed_at and each.closed_at < span[1] else None
        waited = (
            calendar.between(each.submitted_at, answered or span[1]) / 3600 if each.submitted_at else None
        )
        rows.append((
            each.code, each.title, view.name(each.submitted_by) or None,
            each.submitted_at.astimezone(workspace.zone).date() if each.submitted_at else None,
            _(STATES[each.state]) if answered else _("waited for {who}").format(who=view.name(each.approver)),
            answered.astimezone(workspace.zone).date() if answered else None,
            None if waited is None else round(waited, 1),
        ))  # fmt: skip
    columns = (
        _("Code"), _("Submitted"), _("Submitted by"), _("When"), _("State"), _("Answered"), _("Business hours"),
    )  # fmt: skip
    title = _("Approvals answered in the month, and those that waited at its end")
    return DataTable("approvals", title, columns, tuple(rows), _("register of approvals"))


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

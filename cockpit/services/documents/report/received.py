"""The chapter *received*: the reports that were owed for the month, and how often they were asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, Passage, TableCell, ToComplete
from cockpit.domain.promises import expected
from cockpit.domain.registers.report import Report
from cockpit.locale import N_, _, ngettext
from cockpit.services.documents.report.lines import MonthView, Pieces, ReportLine, ReportPart, ReportUnit

PILLARS: Mapping[str, str] = {"time": N_("time"), "finance": N_("finance"), "risk": N_("risks")}


@dataclass(frozen=True)
class OwedReport:
    """A report that was owed for a month."""

    report: Report
    due: date
    received: date | None
    """None: it did not come."""
    complete: int
    """Percent; 0 for one that did not come."""
    reminders: int
    """How often it was asked for."""


def part(view: MonthView) -> ReportPart:
    """The reports of the month and how complete each pillar is."""
    owed = {month.key: tuple(owed_of(view, month)) for month in view.months}
    lines = tuple(_line(view, owed, pillar) for pillar in PILLARS)
    found = owed[view.month.key]
    parts = (_table(view, found),) if found else (Passage(_("No report was owed for this month.")),)
    return ReportPart(lines, Chapter("received", _("What was received"), parts, tuple(_gaps(view, found))))


def _line(view: MonthView, owed: Mapping[str, tuple[OwedReport, ...]], pillar: str) -> ReportLine:
    label = _("Reports received, {pillar}, %").format(pillar=_(PILLARS[pillar]))
    return view.line(
        f"received_{pillar}", label, ReportUnit.PERCENT, lambda month: mean(owed[month.key], pillar),
        complete=mean(owed[view.month.key], pillar),
        source=_("expected reports due from the eleventh of the month to the tenth of the next"),
        rule=_("mean of what came of each; nothing for one that did not come"),
    )  # fmt: skip


def pieces(view: MonthView) -> Pieces:
    """How many reports of the month came, of those that were owed."""
    found = tuple(owed_of(view, view.month))
    return Pieces(sum(each.received is not None for each in found), len(found))


def owed_of(view: MonthView, month: ReportMonth) -> Iterator[OwedReport]:
    """What was owed for a month, and whether it ever came: every coming is in the journal."""
    story = _story(view)
    for report in view.workspace.select(Report, "report", "archived_at IS NULL ORDER BY number"):
        due = None if view.workspace.hides(report) else _due_in(report, month)
        if due is None:
            continue
        told = story.get(report.id, expected.Arrivals((), 0))
        last = expected.next_due(due, report.period)
        came = next(
            (
                each for each in told.each
                if expected.covers(each.anchor, due, report.period)
                and not expected.covers(each.anchor, last, report.period)
            ),
            None,
        )  # fmt: skip
        known = view.workspace.clock() if report.created_at is None else report.created_at
        if came is None and due != report.due and due < known.astimezone(view.workspace.zone).date():
            continue
        if came is None:
            asked = told.asked_since if report.due is not None and due >= report.due else 0
            yield OwedReport(report, due, None, 0, asked)
        else:
            yield OwedReport(report, due, came.on, came.complete, came.reminders)


def _story(view: MonthView) -> dict[str, expected.Arrivals]:
    """Every coming of each report, by its id, as the journal tells them; what was undone never was."""
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = view.workspace.conn.execute(
        "SELECT entity_id, after FROM journal WHERE entity = 'report' AND undoes IS NULL AND after IS NOT NULL"
        " AND batch NOT IN (SELECT undoes FROM journal WHERE undoes IS NOT NULL) ORDER BY seq"
    )
    for row in rows:
        told[row["entity_id"]].append(json.loads(row["after"]))
    periods = dict(view.workspace.conn.execute("SELECT id, period FROM report").fetchall())
    return {id: expected.arrivals({}, each, periods.get(id) or "month") for id, each in told.items()}


def mean(owed: tuple[OwedReport, ...], pillar: str = "") -> int | None:
    """The mean completeness of the reports of a pillar, in percent; None where none was owed."""
    found = [each.complete for each in owed if pillar in ("", each.report.pillar)]
    return sum(found) // len(found) if found else None


def _due_in(report: Report, month: ReportMonth) -> date | None:
    """The day within the month on which it is due, counted in periods from the one that the register says."""
    day = report.due
    count = -1 if day is not None and day >= month.closes_on else 1
    while day is not None and not month.owes(day):
        following = expected.stepped(day, report.period, count)
        if following < month.first if count < 0 else following >= month.closes_on:
            return None
        day = following
    return day


def _table(view: MonthView, found: tuple[OwedReport, ...]) -> DataTable:
    rows: list[tuple[TableCell, ...]] = [
        (
            each.report.code, each.report.name, view.name(each.report.source), _(PILLARS[each.report.pillar]),
            each.due, each.received or _("not received"), each.complete, each.reminders,
        )
        for each in sorted(found, key=lambda each: (each.received is not None, each.due, each.report.code))
    ]  # fmt: skip
    columns = (
        _("Code"), _("Report"), _("Owed by"), _("About"), _("Due"), _("Received"), _("Complete, %"),
        _("Reminders"),
    )  # fmt: skip
    return DataTable("received", _("Reports owed for the month"), columns, tuple(rows), _("expected reports"))


def _gaps(view: MonthView, found: tuple[OwedReport, ...]) -> Iterator[ToComplete]:
    for each in found:
        report, who = each.report, view.name(each.report.source)
        n = each.reminders
        asked = (
            ngettext("asked for once", "asked for {n} times", n).format(n=n) if n else _("never asked for")
        )
        if each.received is None:
            what = _("“{report}”: not received, {asked}").format(report=report.name, asked=asked)
            yield ToComplete(what, who, each.due, report.code)
        elif each.complete < 100:
            what = _("the rest of “{report}”: {n} % came").format(report=report.name, n=each.complete)
            yield ToComplete(what, who, each.due, report.code)

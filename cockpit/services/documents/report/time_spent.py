"""The chapter *time*: coordination, meetings by function, the chief executive's hours, waiting for others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from cockpit.domain.agenda.events import Event
from cockpit.domain.costs.ledger import CostItem, Nature, shares
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, ChapterPart, DataTable, TableCell, ToComplete
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.locale import _, ngettext
from cockpit.services.agenda import events
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.documents.report.lines import MonthView, Pieces, ReportPart, ReportUnit, days_kept
from cockpit.store import records
from cockpit.store.records import instant

MOST = 10
"""Rows of a table that is cut: the worst."""
_TAG = re.compile(r"#([^\W\d]\w{1,40})")
_MEETING = REGISTERS["occurrence"].prefix


def part(view: MonthView, items: tuple[CostItem, ...]) -> ReportPart:
    """Hours of the month. `items` are the costs of the months that are compared."""
    spent = {month.key: [each for each in items if each.month == month.first] for month in view.months}
    meetings, waits = _meetings(view), Waits(view)
    coordination = view.line(
        "coordination_hours", _("Coordination, hours"), ReportUnit.HOURS,
        lambda month: _hours(view, month, spent[month.key], lambda each: each.nature is Nature.COORDINATION),
        complete=meetings.percent,
        source=_("meetings led, time noted, reminders, register of costs"), rule=_known(meetings),
    )  # fmt: skip
    in_meetings = view.line(
        "meeting_hours", _("of which in meetings, hours of people"), ReportUnit.HOURS,
        lambda month: _hours(view, month, spent[month.key], _is_meeting),
        complete=meetings.percent,
        source=_("meetings led, time of those whom the company pays"), rule=_known(meetings),
    )  # fmt: skip
    own = {month.key: _own_hours(view, month) for month in view.months}
    total, said = sum(own[view.month.key].values()), _tagged(own[view.month.key])
    agenda = view.line(
        "chief_hours", _("Agenda of the chief executive, hours"), ReportUnit.HOURS,
        lambda month: sum(own[month.key].values()) or None,
        complete=round(100 * said / total) if total else None,
        source=_("agendas that are read: what takes time, until now"), rule=_("hours whose title has a #tag"),
    )  # fmt: skip
    waiting = view.line(
        "waiting_hours", _("Waiting lost to blockers, business hours"), ReportUnit.HOURS, waits.hours,
        complete=view.kept(view.month) if view.span(view.month) else None,
        source=_("blockers while they stood open, in the company's hours"), rule=days_kept(),
    )  # fmt: skip
    parts: list[ChapterPart] = [
        _by_function(view, spent), _by_nature(view, own), waits.by_function(), waits.longest(),
    ]  # fmt: skip
    return ReportPart(
        (coordination, in_meetings, agenda, waiting),
        Chapter("time", _("Time"), tuple(parts), tuple(_gaps(view, meetings, total, said))),
    )


def _gaps(view: MonthView, meetings: Pieces, total: float, said: float) -> Iterable[ToComplete]:
    if meetings.received < meetings.expected:
        n = meetings.expected - meetings.received
        yield ToComplete(
            ngettext(
                "whether {n} meeting was held, and how long it took",
                "whether {n} meetings were held, and how long they took", n,
            ).format(n=n), view.workspace.my_name, view.month.closes_on, "cockpit ritual",
        )  # fmt: skip
    if total and not said:
        yield ToComplete(
            _("what the hours of the agenda are for: a #tag in the titles"), view.workspace.my_name
        )


def _known(meetings: Pieces) -> str:
    return ngettext(
        "{n} of {all} meeting that was not missed has its time",
        "{n} of {all} meetings that were not missed have their time", meetings.expected,
    ).format(n=meetings.received, all=meetings.expected)  # fmt: skip


def _is_meeting(item: CostItem) -> bool:
    return item.code.startswith(f"{_MEETING}-")


def _hours(
    view: MonthView, month: ReportMonth, items: Iterable[CostItem], counts: Callable[[CostItem], bool]
) -> float | None:
    found = [each for each in items if counts(each)]
    return sum(each.minutes for each in found) / 60 if found or view.span(month) else None


def _meetings(view: MonthView) -> Pieces:
    """Of the meetings of the month that were not missed, those of which the time is known."""
    span = view.span(view.month)
    if span is None:
        return Pieces()
    row = view.workspace.conn.execute(
        "SELECT coalesce(sum(cost_minutes > 0), 0) AS known, count(*) AS n FROM occurrence"
        " WHERE archived_at IS NULL AND status != 'missed' AND planned_at >= ? AND planned_at < ?",
        (instant(span[0]), instant(span[1])),
    ).fetchone()
    return Pieces(row["known"], row["n"])


def _by_function(view: MonthView, spent: Mapping[str, list[CostItem]]) -> DataTable:
    """Hours of people in meetings, in equal parts for the functions of the subjects that were treated."""
    hours: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for month in view.months:
        for each in filter(_is_meeting, spent[month.key]):
            functions = each.functions or ("",)
            for code, minutes in zip(functions, shares(each.minutes, len(functions)), strict=True):
                hours[code][month.key] += minutes
    rows: list[tuple[TableCell, ...]] = [
        (view.name(code) or _("no function"), *(_in_hours(hours[code][month.key]) for month in view.months))
        for code in sorted(hours, key=lambda code: (-hours[code][view.month.key], view.name(code)))
    ]
    return DataTable(
        "meetings_by_function", _("Hours of people in meetings, by function"),
        (_("Function"), *(dates.whole_month(month.first) for month in view.months)), tuple(rows),
        _("meetings that were led and their subjects"),
    )  # fmt: skip


def _in_hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def _own_hours(view: MonthView, month: ReportMonth) -> dict[str, float]:
    """The chief executive's hours in a month by the #tag of the title; the empty one: without a tag."""
    workspace, found = view.workspace, defaultdict[str, float](float)
    last = min(month.next.first, view.today + timedelta(days=1))
    if last <= month.first:
        return found
    start, end = month.start(workspace.zone), min(month.end(workspace.zone), view.now)
    read = events.followed(workspace, month.first, last)
    for event in events.mine(read, workspace.settings):
        if not event.all_day and event.takes_time:
            seconds = _seconds(event, start, end)
            tag = _TAG.search(event.title)
            if seconds > 0:
                found[tag[1].casefold() if tag else ""] += seconds / 3600
    return found


def _seconds(event: Event, start: datetime, end: datetime) -> float:
    first, last = max(event.start.astimezone(UTC), start), min(event.end.astimezone(UTC), end)
    return (last - first).total_seconds()


def _tagged(hours: Mapping[str, float]) -> float:
    return sum(each for tag, each in hours.items() if tag)


def _by_nature(view: MonthView, own: Mapping[str, Mapping[str, float]]) -> DataTable:
    tags = {tag for each in own.values() for tag in each}
    order = sorted(tags, key=lambda tag: (not tag, -own[view.month.key].get(tag, 0), tag))
    rows: list[tuple[TableCell, ...]] = [
        (
            f"#{tag}" if tag else _("without a tag"),
            *(round(own[month.key][tag], 1) if tag in own[month.key] else None for month in view.months),
        )
        for tag in order
    ]
    return DataTable(
        "chief_hours", _("Hours of the chief executive, by nature"),
        (_("Nature"), *(dates.whole_month(month.first) for month in view.months)), tuple(rows),
        _("agendas: what takes time, until now"),
    )  # fmt: skip


class Waits:
    """Business hours during which blockers stood open, month by month."""

    def __init__(self, view: MonthView) -> None:
        self.view, self.calendar = view, company_calendar(view.workspace)
        self._of: dict[str, list[tuple[Blocker, int]]] = {}
        oldest = instant(view.month.year_ago.start(view.workspace.zone))
        self.blockers = records.select_some(
            view.workspace.conn, Blocker, "blocker",
            ("title", "function", "waiting_on", "since", "created_at", "closed_at", "conf"),
            where="archived_at IS NULL AND (closed_at IS NULL OR closed_at >= ?)", args=(oldest,),
        )  # fmt: skip

    def of(self, month: ReportMonth) -> list[tuple[Blocker, int]]:
        """Each blocker that was open in a month, with its business seconds in it."""
        if month.key not in self._of:
            self._of[month.key] = self._measured(month)
        return self._of[month.key]

    def _measured(self, month: ReportMonth) -> list[tuple[Blocker, int]]:
        span = self.view.span(month)
        if span is None:
            return []
        found = []
        for each in self.blockers:
            begun = each.since or each.created_at
            if begun is None or begun >= span[1] or (each.closed_at and each.closed_at <= span[0]):
                continue
            seconds = self.calendar.between(max(begun, span[0]), min(each.closed_at or span[1], span[1]))
            if seconds:
                found.append((each, seconds))
        return found

    def hours(self, month: ReportMonth) -> float | None:
        """All of a month; None where nothing was kept."""
        if self.view.span(month) is None:
            return None
        return sum(seconds for _blocker, seconds in self.of(month)) / 3600

    def by_function(self) -> DataTable:
        """By the function that waited."""
        view = self.view
        sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for month in view.months:
            for each, seconds in self.of(month):
                sums[each.function or ""][month.key] += seconds
        order = sorted(sums, key=lambda code: (-sums[code][view.month.key], view.name(code)))
        rows: list[tuple[TableCell, ...]] = [
            (
                view.name(code) or _("no function"),
                *(round(sums[code][month.key] / 3600, 1) for month in view.months),
            )
            for code in order
        ]
        return DataTable(
            "waiting_by_function", _("Waiting lost to blockers, business hours, by function"),
            (_("Function"), *(dates.whole_month(month.first) for month in view.months)), tuple(rows),
            _("blockers"),
        )  # fmt: skip

    def longest(self) -> DataTable:
        """The blockers that cost most of the month."""
        view = self.view
        worst = sorted(self.of(view.month), key=lambda each: (-each[1], each[0].code))[:MOST]
        rows = tuple(
            (
                each.code, each.title, ", ".join(map(view.name, each.waiting_on)), round(seconds / 3600, 1),
                each.closed_at.astimezone(view.workspace.zone).date() if each.closed_at else _("open"),
            )
            for each, seconds in worst
        )  # fmt: skip
        return DataTable(
            "longest_waits", _("The blockers that stood open longest this month"),
            (_("Code"), _("Blocker"), _("Waiting on"), _("Business hours"), _("Closed")), rows, _("blockers"),
        )  # fmt: skip

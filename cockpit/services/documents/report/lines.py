"""What the consolidated report says of a month: its figures beside those of other months, and its chapters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cached_property

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Amount, Chapter, DataTable, TableCell
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace


class ReportUnit(Enum):
    """What a figure of the report counts."""

    MONEY = "money"
    """Cents."""
    HOURS = "hours"
    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One figure of a month, the month before and the same month a year ago; None where nothing is known."""

    key: str
    label: str
    measured: ReportUnit
    now: float | None
    before: float | None = None
    year_ago: float | None = None
    complete: int | None = None
    """Percent of what it should rest on that is there; None where nothing says how much that is."""
    source: str = ""
    """What it is worked out of, in words."""
    rule: str = ""
    """What `complete` counts, in words."""
    as_of: date | None = None
    """The last day that it knows of."""

    def cell(self, value: float | None) -> TableCell:
        """A value of it in a table."""
        if value is None:
            return None
        if self.measured is ReportUnit.MONEY:
            return Amount(round(value))
        return round(value, 1) if self.measured is ReportUnit.HOURS else _whole(value)

    def said(self, value: float | None) -> str:
        """A value of it in a sentence, with its unit."""
        if value is None:
            return "–"
        if self.measured is ReportUnit.MONEY:
            return forms.money(round(value))
        number = forms.decimal(round(value, 1))
        return {ReportUnit.HOURS: f"{number} h", ReportUnit.PERCENT: f"{number} %"}.get(self.measured, number)


@dataclass(frozen=True)
class ReportPart:
    """One chapter of the report, and what it brings to the first page."""

    lines: tuple[ReportLine, ...]
    chapter: Chapter


@dataclass(frozen=True)
class Pieces:
    """How many of the pieces that a month was to bring are there."""

    received: int = 0
    expected: int = 0

    def __add__(self, other: Pieces) -> Pieces:
        return Pieces(self.received + other.received, self.expected + other.expected)

    @property
    def percent(self) -> int | None:
        """Received in a hundred, floored; None where nothing was expected."""
        return self.received * 100 // self.expected if self.expected else None


class MonthView:
    """A month as a workspace sees it, and what all chapters ask about it. One for each report."""

    def __init__(self, workspace: Workspace, month: ReportMonth) -> None:
        self.workspace, self.month = workspace, month
        self.months = (month, month.before, month.year_ago)
        self.now, self.today = workspace.now(), workspace.today()
        self.level = EVERYTHING if workspace.room is None else workspace.room

    @property
    def as_of(self) -> date:
        """The last day that the figures know of."""
        return min(self.month.last, self.today)

    @property
    def is_over(self) -> bool:
        """Whether the month has ended."""
        return self.month.last < self.today

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code to name."""
        return self.workspace.names()

    def name(self, code: str) -> str:
        """What a code is called; that it is gone, where nothing has it any more."""
        if not code:
            return ""
        return self.names.get(code, code)

    @cached_property
    def first_entry(self) -> date | None:
        """The day of the first entry of the journal: of before it, nothing says how much is missing."""
        row = self.workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
        return datetime.fromisoformat(row["at"]).astimezone(self.workspace.zone).date() if row else None

    def kept(self, month: ReportMonth) -> int:
        """Percent of the days of a month, as far as it has come, on which this cockpit was kept."""
        if self.first_entry is None:
            return 0
        last = min(month.last, self.today)
        days = (last - month.first).days + 1
        missed = min(max((self.first_entry - month.first).days, 0), max(days, 0))
        return (days - missed) * 100 // days if days > 0 else 0

    def span(self, month: ReportMonth) -> tuple[datetime, datetime] | None:
        """From the beginning of a month to its end or now; None where it begins later, or was over before the
        first entry."""
        zone = self.workspace.zone
        start, end = month.start(zone), min(month.end(zone), self.now)
        if end <= start or self.first_entry is None or self.first_entry > month.last:
            return None
        return start, end

    def line(
        self,
        key: str,
        label: str,
        measured: ReportUnit,
        value_of: Callable[[ReportMonth], float | None],
        *,
        complete: int | None,
        source: str,
        rule: str = "",
        as_of: date | None = None,
    ) -> ReportLine:
        """A figure of the month and of the two that it is compared with."""
        now, before, year_ago = (value_of(month) for month in self.months)
        return ReportLine(
            key=key, label=label, measured=measured, now=now, before=before, year_ago=year_ago, complete=complete,
            source=source, rule=rule, as_of=as_of or self.as_of,
        )  # fmt: skip


def days_kept() -> str:
    """The completeness of what the journal and the outside tell day by day, in words."""
    return _("days of the month on which this cockpit was kept")


def front_table(view: MonthView, lines: tuple[ReportLine, ...]) -> DataTable:
    """The first page: every figure beside the month before and the year before."""
    now, before, year_ago = (dates.whole_month(month.first) for month in view.months)
    rows = tuple(
        (
            each.label, each.cell(each.now), each.cell(each.before), _change(each), each.cell(each.year_ago),
            each.complete,
        )
        for each in lines
    )  # fmt: skip
    columns = (_("What"), now, before, _("Change"), year_ago, _("Complete, %"))
    return DataTable(
        "front", _("At a glance"), columns, rows, _("the last chapter says of each where it is from")
    )


def sources(lines: tuple[ReportLine, ...]) -> Chapter:
    """Where each figure is from, of which day, and what its completeness counts."""
    rows = tuple((each.label, each.source, each.as_of, each.complete, each.rule or None) for each in lines)
    columns = (_("What"), _("Source"), _("As of"), _("Complete, %"), _("Complete means"))
    table = DataTable("sources", "", columns, rows)
    return Chapter("sources", _("Where the figures are from"), (table,))


def _change(line: ReportLine) -> TableCell:
    if line.now is None or line.before is None:
        return None
    return line.cell(line.now - line.before)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else round(value, 1)

"""The chapter *figures*: the scorecard as it was at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, Passage, TableCell, ToComplete
from cockpit.domain.figures.scorecard import FigureCell, FigureVerdict
from cockpit.domain.registers.figure import Figure
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.documents.report.lines import MonthView, Pieces, ReportPart, ReportUnit
from cockpit.services.figures import scorecard


class Scorecard:
    """The figures of a month: of each its last period that ended in it."""

    def __init__(self, view: MonthView) -> None:
        self.view = view
        days = [day for month in view.months for day in _days(month)]
        self.found = [
            (record, dict(zip(days, cells, strict=True)))
            for record, cells in scorecard.values_at(view.workspace, days)
            if not view.workspace.hides(record)
        ]

    def part(self) -> ReportPart:
        """The chapter and its figures."""
        view = self.view
        lines = (
            view.line("figures_red", _("Figures of the scorecard that are red"), ReportUnit.COUNT, self._red,
                      complete=self.pieces.percent, source=_("scorecard"), rule=_("figures that have their value")),
        )  # fmt: skip
        parts = (self._table(),) if self.found else (Passage(_("No figure is watched.")),)
        return ReportPart(lines, Chapter("figures", _("Figures"), parts, tuple(self._gaps())))

    @property
    def pieces(self) -> Pieces:
        """Figures that have their value for the month, of those that are watched."""
        cells = [self._of(record, cells, self.view.month) for record, cells in self.found]
        return Pieces(sum(each.value is not None for each in cells), len(cells))

    def _of(self, record: Figure, cells: dict[date, FigureCell], month: ReportMonth) -> FigureCell:
        return cells[_day(record, month)]

    def _red(self, month: ReportMonth) -> float | None:
        found = [self._of(record, cells, month) for record, cells in self.found]
        known = [each for each in found if each.verdict is not FigureVerdict.MISSING]
        return sum(each.verdict is FigureVerdict.RED for each in known) if known else None

    def _table(self) -> DataTable:
        rows: list[tuple[TableCell, ...]] = []
        for record, cells in self.found:
            now, before, year_ago = (self._of(record, cells, month) for month in self.view.months)
            rows.append((
                record.name, scorecard.period_name(now.period, record.cadence), now.value, before.value,
                year_ago.value, record.unit or None, scorecard.target_in_words(record) or None,
                _(scorecard.VERDICTS[now.verdict]), self.view.name(record.owner) or None,
            ))  # fmt: skip
        columns = (
            _("Figure"), _("Period"), _("Value"), dates.whole_month(self.view.month.before.first),
            dates.whole_month(self.view.month.year_ago.first), _("Unit"), _("Should be"), _("Verdict"), _("Owner"),
        )  # fmt: skip
        return DataTable("figures", _("Scorecard"), columns, tuple(rows), _("`cockpit figures`"))

    def _gaps(self) -> Iterator[ToComplete]:
        for record, cells in self.found:
            now = self._of(record, cells, self.view.month)
            if now.value is None:
                period = scorecard.period_name(now.period, record.cadence)
                what = _("value of “{figure}” for {period}").format(figure=record.name, period=period)
                yield ToComplete(what, self.view.name(record.owner), self.view.month.closes_on, record.code)


def _days(month: ReportMonth) -> tuple[date, date]:
    """A day of the last week that ended in the month, and of the month and its quarter."""
    return month.next.first - timedelta(days=month.next.first.weekday() + 1), month.first


def _day(record: Figure, month: ReportMonth) -> date:
    week, whole = _days(month)
    return week if record.cadence == "week" else whole

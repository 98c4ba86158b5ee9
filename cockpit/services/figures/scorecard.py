"""Every figure with its last thirteen periods, judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.figures.scorecard import (
    PERIODS,
    FigureCell,
    FigureHistory,
    FigureVerdict,
    figures,
    target,
)
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.figure import COMPUTED, Figure
from cockpit.domain.registers.measure import Measure
from cockpit.domain.time import cadences
from cockpit.locale import N_, _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import computed

FIGURE, MEASURE = REGISTERS["figure"], REGISTERS["measure"]
VERDICTS: Mapping[FigureVerdict, str] = {
    FigureVerdict.KEPT: N_("as it should be"),
    FigureVerdict.RED: N_("red"),
    FigureVerdict.WATCHED: N_("watched"),
    FigureVerdict.MISSING: N_("no value yet"),
}


@dataclass(frozen=True)
class FigureLine:
    """One figure of the scorecard."""

    record: Figure
    figures: FigureHistory

    @property
    def verdict(self) -> FigureVerdict:
        """What the last value is worth against its target."""
        latest = self.figures.latest
        return latest.verdict if latest else FigureVerdict.MISSING


def scorecard(workspace: Workspace, count: int = PERIODS) -> tuple[FigureLine, ...]:
    """Every figure in force, over so many periods: red ones first, then those whose value is late, then by name."""
    found = workspace.select(Figure, "figure", "archived_at IS NULL")
    known = _measures(workspace, found)
    lines = [FigureLine(each, _of(workspace, each, known[each.code], count)) for each in found]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                not line.figures.is_red,
                line.figures.late is None,
                line.record.name.casefold(),
            ),
        )
    )


def values_at(
    workspace: Workspace, periods: Sequence[date]
) -> tuple[tuple[Figure, tuple[FigureCell, ...]], ...]:
    """Every figure in force with its value in the periods that hold those days, whatever came since."""
    found = workspace.select(Figure, "figure", "archived_at IS NULL ORDER BY number")
    known = _measures(workspace, found, min(periods, default=workspace.today()))
    return tuple(
        (each, tuple(_cell(workspace, each, known[each.code], day) for day in periods)) for each in found
    )


def _cell(workspace: Workspace, record: Figure, known: Mapping[date, Measure], day: date) -> FigureCell:
    first = cadences.first_day(day, record.cadence)
    value_of = _worked_out(workspace, record) if record.source in COMPUTED else _given(known)
    value, note = value_of(first)
    return FigureCell(first, value, target(record.aim, record.target, record.ceiling).judge(value), note)


def line_of(workspace: Workspace, code: str) -> FigureLine | None:
    """One figure by its code; None where there is none of it."""
    found = workspace.select(Figure, "figure", "code = ? AND archived_at IS NULL", (code,))
    return (
        FigureLine(found[0], _of(workspace, found[0], _measures(workspace, found)[code])) if found else None
    )


def _of(
    workspace: Workspace, record: Figure, known: Mapping[date, Measure], count: int = PERIODS
) -> FigureHistory:
    today, cadence = workspace.today(), record.cadence
    since = record.created_at.astimezone(workspace.zone).date() if record.created_at else today
    return figures(
        cadence,
        target(record.aim, record.target, record.ceiling),
        today,
        _worked_out(workspace, record) if record.source in COMPUTED else _given(known),
        since,
        count,
    )


def _worked_out(workspace: Workspace, record: Figure) -> Callable[[date], tuple[float | None, str]]:
    return lambda first: (computed.value(workspace, record.source, first, record.cadence), "")


def _given(known: Mapping[date, Measure]) -> Callable[[date], tuple[float | None, str]]:
    def of(first: date) -> tuple[float | None, str]:
        found = known.get(first)
        return (found.value, found.note) if found else (None, "")

    return of


def _measures(
    workspace: Workspace, found: Sequence[Figure], since: date | None = None
) -> dict[str, dict[date, Measure]]:
    """By figure and first day of the period; the last written where one period was said twice."""
    cadence = {each.code: each.cadence for each in found}
    oldest = min(
        (cadences.until(workspace.today(), each.cadence, PERIODS)[0] for each in found),
        default=workspace.today(),
    )
    if since is not None:
        oldest = min(oldest, cadences.first_day(since, "quarter"), cadences.first_day(since, "week"))
    known: dict[str, dict[date, Measure]] = defaultdict(dict)
    rows = workspace.select(
        Measure, "measure", "archived_at IS NULL AND period >= ? ORDER BY number", (oldest.isoformat(),)
    )
    for each in rows:
        if each.period is not None and each.figure in cadence:
            known[each.figure][cadences.first_day(each.period, cadence[each.figure])] = each
    return known


def period_name(first: date, cadence: str) -> str:
    """How a period is said: `S48`, `nov. 2026`, `T4 2026`; `W48`, `Nov 2026`, `Q4 2026`."""
    if cadence == "week":
        return dates.week_number(first)
    if cadence == "month":
        return f"{dates.short_month(first)} {first.year}"
    return _("Q{n} {year}").format(n=(first.month - 1) // 3 + 1, year=first.year)


def amount(record: Figure, value: float | None) -> str:
    """A value with its unit; a dash for none."""
    if value is None:
        return "–"
    unit = "h" if record.source == "meeting_hours" else _of_unit(record)
    return f"{forms.decimal(value)} {unit}".strip()


def _of_unit(record: Figure) -> str:
    if record.unit or record.source not in COMPUTED:
        return record.unit
    return {"sla_kept": "%", "rituals_held": "%", "open_age": _("d")}.get(record.source, "")


def target_in_words(record: Figure) -> str:
    """`at least 150 000 €`; empty without a target."""
    wanted = target(record.aim, record.target, record.ceiling)
    if not wanted.is_set:
        return ""
    if record.aim == "between":
        return _("between {low} and {high}").format(
            low=forms.decimal(record.target or 0), high=amount(record, record.ceiling)
        )
    words = {"at_least": N_("at least {n}"), "at_most": N_("at most {n}")}
    return _(words[record.aim]).format(n=amount(record, record.target))

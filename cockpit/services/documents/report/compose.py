"""The consolidated report of a month: its figures on the first page, a chapter for each family behind it."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import ChapterPart, Pairs, Passage, Publication
from cockpit.locale import _
from cockpit.services.costs.gathering import CostGathering
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import decided, lines, received, time_spent
from cockpit.services.documents.report.finances import Finances
from cockpit.services.documents.report.lines import MonthView, ReportLine
from cockpit.services.documents.report.risks import Risks
from cockpit.services.documents.report.scorecard_part import Scorecard
from cockpit.store import journal

COMPARED_MONTHS = 13
"""The month, those back to the same one a year ago."""


@dataclass(frozen=True)
class MonthReport:
    """The report of a month as it stands: the document, its figures, how complete it is."""

    month: ReportMonth
    publication: Publication
    lines: tuple[ReportLine, ...]
    complete: int | None
    """Percent of the pieces (reports, invoices, figures) that are there; None where none was expected."""


def compose(workspace: Workspace, month: ReportMonth) -> MonthReport:
    """The report of a month, as the room may see it, by what is known now."""
    view = MonthView(workspace, month)
    gathering = CostGathering(workspace, month.first, COMPARED_MONTHS)
    items = tuple(gathering.items())
    finances = Finances(view, items, gathering)
    scorecard = Scorecard(view)
    pieces = received.pieces(view) + finances.pieces + scorecard.pieces
    parts = (
        received.part(view), time_spent.part(view, items), finances.part(), Risks(view).part(),
        scorecard.part(), decided.part(view),
    )  # fmt: skip
    found = tuple(line for part in parts for line in part.lines)
    title = _("Consolidated report, {month}").format(month=dates.whole_month(month.first))
    lead: list[ChapterPart] = [
        Pairs(
            (
                (_("Company"), workspace.settings.company.name),
                (_("Month"), _state(view)),
                (_("Written"), dates.whole_day(view.today)),
                (
                    _("Pieces that came"),
                    _("{n} of {all}: reports, invoices of contracts, figures").format(
                        n=pieces.received, all=pieces.expected
                    )
                    + (f" ({pieces.percent} %)" if pieces.percent is not None else ""),
                ),
                (_("Journal"), "{} · {}".format(*journal.head(workspace.conn))),
            )
        ),
        *_unknown(view),
        lines.front_table(view, found),
    ]
    chapters = (*(part.chapter for part in parts), lines.sources(found))
    return MonthReport(
        month,
        Publication(f"report-{month.key}", title, tuple(lead), chapters),
        found,
        pieces.percent,
    )


def _state(view: MonthView) -> str:
    month = dates.whole_month(view.month.first)
    if view.is_over:
        return month
    return _("{month}, which is not over: until {day}").format(month=month, day=dates.whole_day(view.as_of))


def _unknown(view: MonthView) -> list[ChapterPart]:
    """What is said first where the month, or a part of it, was before the first entry."""
    first = view.first_entry
    if first is None:
        return [Passage(_("Nothing was written down yet: every figure is unknown."))]
    if view.month.first >= first:
        return []
    said = _("This cockpit is kept since {day}: of before it, only what was entered later is known.")
    return [Passage(said.format(day=dates.whole_day(first)))]

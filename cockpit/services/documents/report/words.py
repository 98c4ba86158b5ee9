"""The consolidated report in a few lines: for the terminal, for a message, for its line among the documents."""

from __future__ import annotations

from cockpit.domain.registers.closing import Closing
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.documents import markdown
from cockpit.services.documents.report.compose import MonthReport
from cockpit.services.documents.report.lines import ReportLine, ReportUnit


def headline(report: MonthReport, closed: Closing | None) -> str:
    """`Consolidated report, October 2026 · 83 % of its pieces came · 6 gaps · open`."""
    parts = [report.publication.title]
    if report.complete is not None:
        parts.append(_("{n} % of its pieces came").format(n=report.complete))
    gaps = len(report.publication.gaps)
    if gaps:
        parts.append(ngettext("{n} gap", "{n} gaps", gaps).format(n=gaps))
    else:
        parts.append(_("no gap") if report.complete is not None else _("nothing was expected"))
    if closed is not None and closed.closed_at is not None:
        parts.append(_("closed {day}").format(day=dates.whole_day(closed.closed_at.date())))
    else:
        parts.append(_("not closed"))
    return " · ".join(parts)


def first_gaps(report: MonthReport, most: int) -> list[str]:
    """What is missing, so many lines of it, and how many more there are."""
    gaps = report.publication.gaps
    lines = [markdown.gap_said(gap) for gap in gaps[:most]]
    left = len(gaps) - most
    if left > 0:
        lines.append(ngettext("and {n} more", "and {n} more", left).format(n=left))
    return lines


def message(report: MonthReport) -> str:
    """The report for people who get it by a channel: its figures, and what is missing."""
    lines = []
    for line in report.lines:
        said = f"{_bare(line)}: {line.said(line.now)}"
        if line.now is not None and line.before is not None:
            said += " " + _("({before} the month before)").format(before=line.said(line.before))
        lines.append(said)
    gaps = [markdown.gap_said(gap) for gap in report.publication.gaps]
    if gaps:
        lines += ["", _("What is missing:"), *gaps]
    return "\n".join(lines)


def _bare(line: ReportLine) -> str:
    """The label without the unit that its value says again: `Coordination` of `Coordination, hours`."""
    if line.measured in (ReportUnit.HOURS, ReportUnit.PERCENT):
        return line.label.rpartition(", ")[0] or line.label
    return line.label

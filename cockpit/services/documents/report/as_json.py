"""A consolidated report for a program, with stable keys: figures, files written, gaps."""

from __future__ import annotations

from cockpit.domain.registers.closing import Closing
from cockpit.services.desk import as_json
from cockpit.services.documents.report.compose import MonthReport
from cockpit.services.documents.report.writing import WrittenReport


def to_json(report: MonthReport, closed: Closing | None, written: WrittenReport | None) -> dict[str, object]:
    """Amounts in cents, hours and percentages as numbers."""
    return {
        "month": report.month.key,
        "title": report.publication.title,
        "closed": {"code": closed.code, "at": as_json.plain(closed.closed_at)} if closed else None,
        "complete": report.complete,
        "folder": str(written.folder) if written else None,
        "files": [str(path) for path in written.files] if written else [],
        "gaps": [
            {"what": gap.what, "who": gap.who or None, "due": as_json.plain(gap.due), "opens": gap.opens or None}
            for gap in report.publication.gaps
        ],
        "figures": [
            {
                "key": line.key, "label": line.label, "measured": line.measured.value, "value": line.now,
                "month_before": line.before, "year_before": line.year_ago, "complete": line.complete,
                "source": line.source, "as_of": as_json.plain(line.as_of),
            }
            for line in report.lines
        ],
    }  # fmt: skip

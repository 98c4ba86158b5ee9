"""A report as text that is kept when its month is closed, and back."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import (
    Amount,
    Chapter,
    ChapterPart,
    DataTable,
    Linked,
    Pairs,
    Passage,
    Points,
    Publication,
    Subhead,
    TableCell,
    ToComplete,
)
from cockpit.services.documents.report.compose import MonthReport
from cockpit.services.documents.report.lines import ReportLine, ReportUnit


def of_report(report: MonthReport) -> str:
    """The report as JSON, always the same for the same report."""
    said = {
        "month": report.month.first.isoformat(),
        "complete": report.complete,
        "lines": [_line(each) for each in report.lines],
        "title": report.publication.title,
        "lead": [_part(each) for each in report.publication.lead],
        "chapters": [
            {
                "key": each.key,
                "title": each.title,
                "parts": [_part(part) for part in each.parts],
                "gaps": [[gap.what, gap.who, _cell(gap.due), gap.opens] for gap in each.gaps],
            }
            for each in report.publication.chapters
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_report(text: str) -> MonthReport:
    """The report that `of_report` wrote. Raises ValueError, KeyError or TypeError for what it did not write."""
    said = json.loads(text)
    month = ReportMonth(date.fromisoformat(said["month"]))
    chapters = tuple(
        Chapter(
            each["key"],
            each["title"],
            tuple(map(_to_part, each["parts"])),
            tuple(ToComplete(what, who, _to_day(due), opens) for what, who, due, opens in each["gaps"]),
        )
        for each in said["chapters"]
    )
    publication = Publication(
        f"report-{month.key}", said["title"], tuple(map(_to_part, said["lead"])), chapters
    )
    lines = tuple(map(_to_line, said["lines"]))
    return MonthReport(month, publication, lines, said["complete"])


def _line(line: ReportLine) -> dict[str, object]:
    return {
        "key": line.key, "label": line.label, "measured": line.measured.value, "now": line.now,
        "before": line.before, "year_ago": line.year_ago, "complete": line.complete, "source": line.source,
        "rule": line.rule, "as_of": line.as_of.isoformat() if line.as_of else None,
    }  # fmt: skip


def _to_line(said: dict[str, Any]) -> ReportLine:
    as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
    return ReportLine(**{**said, "measured": ReportUnit(said["measured"]), "as_of": as_of})


def _part(part: ChapterPart) -> dict[str, Any]:
    match part:
        case Subhead(text):
            return {"subhead": text}
        case Passage(text):
            return {"passage": text}
        case Points(items, numbered):
            return {"points": list(items), "numbered": numbered}
        case Pairs(items):
            return {"pairs": [[label, _cell(cell)] for label, cell in items]}
        case DataTable():
            rows = [[_cell(cell) for cell in row] for row in part.rows]
            return {
                "table": part.key, "title": part.title, "columns": list(part.columns), "rows": rows,
                "source": part.source,
            }  # fmt: skip


def _to_part(said: dict[str, Any]) -> ChapterPart:
    if "subhead" in said:
        return Subhead(said["subhead"])
    if "passage" in said:
        return Passage(said["passage"])
    if "points" in said:
        return Points(tuple(said["points"]), said["numbered"])
    if "pairs" in said:
        return Pairs(tuple((label, _to_cell(cell)) for label, cell in said["pairs"]))
    rows = tuple(tuple(_to_cell(cell) for cell in row) for row in said["rows"])
    return DataTable(said["table"], said["title"], tuple(said["columns"]), rows, said["source"])


def _cell(cell: TableCell) -> Any:
    if isinstance(cell, Amount):
        return {"cents": cell.cents}
    if isinstance(cell, Linked):
        return {"text": cell.text, "url": cell.url}
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _to_cell(said: Any) -> TableCell:
    if not isinstance(said, dict):
        return said  # type: ignore[no-any-return]
    if "cents" in said:
        return Amount(said["cents"])
    if "url" in said:
        return Linked(said["text"], said["url"])
    return datetime.fromisoformat(said["at"]) if "at" in said else date.fromisoformat(said["day"])


def _to_day(said: Any) -> date | None:
    return date.fromisoformat(said["day"]) if said else None

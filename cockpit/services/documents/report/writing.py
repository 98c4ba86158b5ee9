"""The consolidated report as files: Markdown, a page that prints, tables for spreadsheets. All of them or none."""

from __future__ import annotations

import json
from pathlib import Path

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import pgettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import folder, markdown, page, shelf, tables
from cockpit.services.documents.report.compose import MonthReport
from cockpit.store import journal
from cockpit.store.records import instant
from cockpit.store.state import memos

LAST = "report_last"
MOST = 999
"""Folders of one month beside one another."""


@dataclass(frozen=True)
class WrittenReport:
    """Where a report was written."""

    folder: Path
    files: tuple[Path, ...]


def write(workspace: Workspace, report: MonthReport, into: Path | None = None) -> WrittenReport:
    """Write a report as a new folder in `into`. Raises folder.CannotWrite with nothing left behind."""
    name = _name(report)
    source = markdown.of_publication(report.publication)
    found = list(report.publication.tables())
    content = {
        f"{name}.md": source.encode(),
        f"{name}.html": page.of_markdown(report.publication.title, source).encode(),
        f"{name}.xlsx": tables.workbook(found, made=workspace.now()),
        **{f"csv/{table.key}.csv": tables.csv_of(table) for table in found},
    }
    target = _free(into or shelf.folder(workspace), name)
    files = tuple(folder.write_new(target, content))
    memos.put(workspace.conn, LAST, json.dumps({
        "page": str((target / f"{name}.html").absolute()), "at": instant(workspace.clock()),
        "month": report.month.first.isoformat(), "entries": journal.head(workspace.conn)[0],
    }))  # fmt: skip
    return WrittenReport(target, files)


def _name(report: MonthReport) -> str:
    name = pgettext("name of a file", "report")
    return f"{name}-{report.month.key}"


def _free(parent: Path, name: str) -> Path:
    """A name that no file has: what was written before may have been given out, and is kept."""
    for n in range(1, MOST):
        target = parent / (name if n == 1 else f"{name}-{n}")
        if not target.exists():
            return target
    return parent / name

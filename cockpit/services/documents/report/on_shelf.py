"""The consolidated report as the place of documents lists and reads it: that of the last month that is over."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from cockpit.domain.documents import month as months
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Publication
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.paths import short
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import closing, due, words, writing
from cockpit.services.documents.shelf import WrittenLast
from cockpit.store.state import memos


def standing(workspace: Workspace) -> WrittenLast:
    """When one was written last, of which month; whether a month waits to be closed."""
    waiting = due.to_close(workspace)
    waits = _("{month} can be closed").format(month=dates.whole_month(waiting.month.first)) if waiting else ""
    try:
        last = json.loads(memos.get(workspace.conn, writing.LAST) or "{}")
        page, at = Path(last["page"]), datetime.fromisoformat(last["at"])
        month = dates.whole_month(date.fromisoformat(last["month"]))
    except (ValueError, KeyError, TypeError):
        return WrittenLast(note=waits)
    return WrittenLast(
        written_at=at, entries=int(last["entries"]), page=page if page.is_file() else None,
        note=" · ".join(filter(None, (month, waits))),
    )  # fmt: skip


def month_of(workspace: Workspace) -> ReportMonth:
    """The month that the place of documents tells of: the one that waits to be closed, else the last that is over."""
    waiting = due.to_close(workspace)
    return waiting.month if waiting is not None else months.of_day(workspace.today()).before


def composed(workspace: Workspace) -> Publication:
    """The report of that month, as it was closed or as it stands."""
    return closing.report(workspace, month_of(workspace)).publication


def written(workspace: Workspace) -> str:
    """Write that of the same month where the configuration says; what was done, in a line.

    Raises CannotWrite.
    """
    report = closing.report(workspace, month_of(workspace))
    done = writing.write(workspace, report)
    return _("{what} → {folder}").format(
        what=words.headline(report, closing.closing_of(workspace, report.month)), folder=short(done.folder)
    )

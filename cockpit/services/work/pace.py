"""How an open blocker stands among closed ones like it: those of its function, and of the provider it waits for."""

from __future__ import annotations

import json
from datetime import datetime

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.work import pace as rules
from cockpit.locale import _
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace

MOST = 100
"""Closed cases that are looked at, the last ones."""


def in_words(workspace: Workspace, blocker: Blocker) -> str:
    """`open longer than 9 of 10 like it`; empty where it is not slow, or nothing can be compared."""
    began = blocker.since or blocker.created_at
    if blocker.closed_at is not None or began is None:
        return ""
    calendar = company_calendar(workspace)
    found = rules.rank(calendar.between(began, workspace.now()) / 3600, _closed(workspace, blocker))
    if found is None or not found.is_slow:
        return ""
    return _("open longer than {n} of {all} closed ones like it").format(n=found.shorter, all=found.closed)


def _closed(workspace: Workspace, blocker: Blocker) -> list[float]:
    mine = {code for code in blocker.waiting_on if code.startswith("PR-")}
    if not blocker.function and not mine:
        return []
    rows = workspace.conn.execute(
        "SELECT coalesce(since, created_at) AS began, closed_at, waiting_on FROM blocker WHERE status = 'solved'"
        " AND closed_at IS NOT NULL AND archived_at IS NULL AND coalesce(function, '') = ?"
        " ORDER BY closed_at DESC LIMIT ?",
        (blocker.function or "", MOST),
    )
    calendar = company_calendar(workspace)
    return [
        calendar.between(datetime.fromisoformat(row["began"]), datetime.fromisoformat(row["closed_at"]))
        / 3600
        for row in rows
        if not mine or mine & set(json.loads(row["waiting_on"] or "[]"))
    ]

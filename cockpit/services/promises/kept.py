"""How promises of service were kept, by provider and by function, over the last 30, 90 and 365 days."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.compliance import Compliance, JudgedClock, compliance
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class Respect:
    """The figures of one provider or function (by its code), for each of PERIODS."""

    kind: str
    """`provider` or `function`."""
    code: str
    over: Mapping[int, Compliance]


def respect(workspace: Workspace) -> tuple[Respect, ...]:
    """Everybody who had a promise to keep in a year, the worst of the last 90 days first."""
    groups: dict[tuple[str, str], dict[int, list[JudgedClock]]] = defaultdict(
        lambda: {n: [] for n in PERIODS}
    )
    now = workspace.clock()
    for row, ended in _judged(workspace, now - timedelta(days=max(PERIODS)), now):
        for kind in ("provider", "function"):
            if row[kind]:
                for days in PERIODS:
                    if ended.open or row["ended_at"] >= instant(now - timedelta(days=days)):
                        groups[kind, row[kind]][days].append(ended)
    found = [
        Respect(kind, code, {days: compliance(ended) for days, ended in over.items()})
        for (kind, code), over in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.kind != "provider", -each.over[90].broken, each.code)))


def over(workspace: Workspace, days: int) -> Compliance:
    """How all promises were kept over the last days: the one figure that home, pages and reports show."""
    now = workspace.clock()
    return between(workspace, now - timedelta(days=days), now)


def between(workspace: Workspace, start: datetime, end: datetime) -> Compliance:
    """How all promises were kept between two instants, by what is known now."""
    return compliance(ended for _row, ended in _judged(workspace, start, end))


def _judged(workspace: Workspace, start: datetime, end: datetime) -> list[tuple[sqlite3.Row, JudgedClock]]:
    """The clocks that ended between the two, and those that were open and broken at the end, noted or not yet."""
    rows = workspace.conn.execute(
        "SELECT provider, function, state, consumed_s, overrun_s, waived,"
        " iif(ended_at > :end, NULL, ended_at) AS ended_at FROM clock"
        " WHERE archived_at IS NULL AND ((ended_at BETWEEN :start AND :end AND state IN ('met', 'breached'))"
        " OR ((ended_at IS NULL OR ended_at > :end) AND (breached_at <= :end OR until < :end)))",
        {"start": instant(start), "end": instant(end)},
    ).fetchall()
    return [
        (
            row,
            JudgedClock(
                kept=row["state"] == "met" and row["ended_at"] is not None,
                consumed_s=row["consumed_s"],
                overrun_s=row["overrun_s"],
                waived=bool(row["waived"]),
                open=row["ended_at"] is None,
            ),
        )
        for row in rows
    ]


def by_provider(workspace: Workspace, start: datetime, end: datetime) -> dict[str, Compliance]:
    """How each provider kept its promises between two instants, by its code."""
    groups: dict[str, list[JudgedClock]] = defaultdict(list)
    for row, ended in _judged(workspace, start, end):
        if row["provider"]:
            groups[row["provider"]].append(ended)
    return {code: compliance(ended) for code, ended in groups.items()}


def in_words(figures: Compliance) -> str:
    """`94 %` where ten or more were judged, else `3/4`; a dash when none was."""
    if not figures.count:
        return "–"
    percent = figures.percent
    said = f"{figures.kept}/{figures.count}" if percent is None else f"{percent} %"
    if figures.waived:
        said += " " + _("({n} excused)").format(n=figures.waived)
    return said


def to_json(each: Respect, names: Mapping[str, str]) -> dict[str, object]:
    """With stable keys; durations in seconds of business time."""
    return {
        "kind": each.kind,
        "code": each.code,
        "name": names.get(each.code, each.code),
        "over": {
            str(days): {
                "kept": figures.kept,
                "broken": figures.broken,
                "excused": figures.waived,
                "late_open": figures.late_open,
                "percent": figures.percent,
                "median_s": figures.median_s,
                "p90_s": figures.p90_s,
                "overrun_median_s": figures.overrun_s,
            }
            for days, figures in each.over.items()
        },
    }

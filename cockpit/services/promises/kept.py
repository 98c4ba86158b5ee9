"""How promises of service were kept, by provider and by function, over the last 30, 90 and 365 days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.compliance import Compliance, Ended, compliance
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
    now = workspace.clock()
    rows = workspace.conn.execute(
        "SELECT provider, function, state, consumed_s, overrun_s, waived, ended_at, breached_at FROM clock"
        " WHERE archived_at IS NULL AND (ended_at >= ? OR (ended_at IS NULL AND breached_at IS NOT NULL))"
        " AND state IN ('met', 'breached')",
        (instant(now - timedelta(days=max(PERIODS))),),
    ).fetchall()
    groups: dict[tuple[str, str], dict[int, list[Ended]]] = defaultdict(lambda: {n: [] for n in PERIODS})
    for row in rows:
        ended = Ended(
            kept=row["state"] == "met",
            consumed_s=row["consumed_s"],
            overrun_s=row["overrun_s"],
            waived=bool(row["waived"]),
            open=row["ended_at"] is None,
        )
        at = row["ended_at"] or instant(now)
        for kind in ("provider", "function"):
            if row[kind]:
                for days in PERIODS:
                    if at >= instant(now - timedelta(days=days)):
                        groups[kind, row[kind]][days].append(ended)
    found = [
        Respect(kind, code, {days: compliance(ended) for days, ended in over.items()})
        for (kind, code), over in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.kind != "provider", -each.over[90].broken, each.code)))


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

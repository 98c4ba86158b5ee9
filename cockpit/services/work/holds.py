"""Time of the day that is kept for a priority: in this cockpit only, agendas are never written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cockpit.domain.agenda.events import midnight
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.hold import Hold
from cockpit.domain.registers.priority import Priority
from cockpit.locale import _
from cockpit.services.agenda.feeds import Gap
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store.records import instant

MOST = timedelta(hours=1)
"""Kept at once; what is left of a longer gap stays free."""
LEAST = timedelta(minutes=30)
"""A shorter stretch is no gap."""


def holds(workspace: Workspace, lo: date, hi: date) -> tuple[Hold, ...]:
    """What is kept between two days, `hi` excluded, in their order."""
    return workspace.select(
        Hold,
        "hold",
        "archived_at IS NULL AND starts_at >= ? AND starts_at < ? ORDER BY starts_at",
        (instant(midnight(lo, workspace.zone)), instant(midnight(hi, workspace.zone))),
    )


def hold(workspace: Workspace, gap: Gap, code: str) -> str:
    """Keep what comes of a gap for a priority, an hour at most; the code of what was noted.

    Raises UnknownCode, and NotPossible for what is no open priority or for a gap that is over.
    """
    _register, found = find(workspace, code)
    start = max(gap.start, workspace.now().replace(second=0, microsecond=0))
    if not isinstance(found, Priority):
        raise NotPossible(code, _("time is kept for a priority only"))
    if found.closed_at is not None:
        raise closed(code)
    if start >= gap.end:
        raise NotPossible(code, _("that stretch of the day is over"))
    values: dict[str, Value] = {
        "title": found.title, "priority": found.code, "starts_at": start,
        "ends_at": min(gap.end, start + MOST), "conf": found.conf,
    }  # fmt: skip
    return workspace.add(REGISTERS["hold"], values)


def without(gaps: Iterable[tuple[datetime, datetime]], kept: Iterable[Hold]) -> tuple[Gap, ...]:
    """What is still free of `gaps` beside what is kept."""
    found = list(gaps)
    for each in kept:
        if each.starts_at is None or each.ends_at is None:
            continue
        rest = []
        for start, end in found:
            before, after = (start, min(end, each.starts_at)), (max(start, each.ends_at), end)
            rest += [
                (lo.astimezone(start.tzinfo), hi.astimezone(start.tzinfo))
                for lo, hi in (before, after)
                if hi - lo >= LEAST
            ]
        found = rest
    return tuple(Gap(start, end) for start, end in found)

"""Open blockers in the one order that lists, screens and running orders share: the hottest first."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.registers.blocker import Blocker
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work.rows import BlockerRow
from cockpit.store import people
from cockpit.store.records import AWAKE, instant
from cockpit.store.state import heat


def hottest(workspace: Workspace, most: int) -> list[BlockerRow]:
    """The `most` hottest of the open blockers that are not put off; negative: all of them."""
    found = workspace.select(
        Blocker,
        "blocker",
        # The stored heat chooses what is visible; the exact one, with its parts, orders it.
        "number IN (SELECT heat.blocker FROM heat JOIN blocker ON blocker.number = heat.blocker"
        f" WHERE closed_at IS NULL AND archived_at IS NULL AND {AWAKE}"
        " ORDER BY heat DESC, coalesce(heat.since, created_at), heat.blocker LIMIT ?)",
        (instant(workspace.now()), most),
    )
    return ranked(workspace, found)


def ranked(workspace: Workspace, blockers: Iterable[Blocker]) -> list[BlockerRow]:
    """Each with its heat of now, the hottest first; of two that are as hot, the one that has held longer."""
    now, critical = workspace.now(), heat.criticalities(workspace.conn)
    me = people.called(workspace.conn, workspace.chief_name)
    rows = [
        BlockerRow(each, heat.of(each, now=now, me=me, criticality=critical.get(each.function)))
        for each in blockers
    ]
    return sorted(
        rows,
        key=lambda row: (
            -row.heat.total,
            row.record.since or row.record.created_at or now,
            int(row.record.code.partition("-")[2]),
        ),
    )

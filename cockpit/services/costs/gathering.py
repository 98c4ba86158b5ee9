"""What the costs of twelve months are worked out of, read once; how, is said by the rules (`domain/costs`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from cockpit.domain.agenda.events import midnight
from cockpit.domain.costs import items
from cockpit.domain.costs.items import CostSources
from cockpit.domain.costs.ledger import MONTHS, CostItem
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.tool import Tool
from cockpit.domain.time.contract_terms import add_months
from cockpit.services.costs import times
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

_LIVE = "archived_at IS NULL"
_HELD = f"{_LIVE} AND cost_minutes > 0 AND ended_at >= ?"


class CostGathering:
    """The items of so many months that end with this one, or with another. One for each reading."""

    def __init__(self, workspace: Workspace, last: date | None = None, count: int = MONTHS) -> None:
        self.workspace = workspace
        self.last = (last or workspace.today()).replace(day=1)
        self.first = add_months(self.last, 1 - count)
        self.count = count

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month of the period, oldest first."""
        return tuple(add_months(self.first, n) for n in range(self.count))

    def items(self) -> Iterator[CostItem]:
        """Every cost that is known, entered or worked out."""
        return items.items(self.sources, self.first, self.last)

    @property
    def unpriced(self) -> set[str]:
        """People whose time was counted at the usual rate."""
        names = self.workspace.names()
        return {names.get(who, who) for who in self.sources.unpriced}

    @property
    def priced(self) -> frozenset[str]:
        """People whose time was counted at their own rate."""
        return frozenset(self.sources.priced)

    @cached_property
    def sources(self) -> CostSources:
        """All that is read."""
        workspace = self.workspace
        since = midnight(self.first, workspace.zone)
        began = instant(since)
        functions = {
            row["code"]: row["function"]
            for table in times.SPENT
            for row in workspace.conn.execute(
                f"SELECT code, function FROM {table} WHERE function IS NOT NULL"
            )
        }
        return CostSources(
            costs=workspace.select(
                Cost, "cost", f"{_LIVE} AND month >= ? AND month < ?",
                (self.first.isoformat(), add_months(self.last, 1).isoformat()),
            ),
            tools=workspace.select(Tool, "tool", f"{_LIVE} AND yearly_cost > 0"),
            processes=workspace.select(Process, "process", _LIVE),
            meetings=workspace.select(Occurrence, "occurrence", _HELD, (began,)),
            attendances=workspace.select(
                Attendance, "attendance",
                f"{_LIVE} AND present = 1 AND occurrence IN (SELECT code FROM occurrence WHERE {_HELD})", (began,),
            ),
            people=workspace.select(Person, "person"),
            contracts=workspace.select(Contract, "contract"),
            times=times.spent(workspace, since),
            function_of=lambda code: functions.get(code, ""),
            effort=times.effort(workspace),
            zone=workspace.zone,
        )  # fmt: skip

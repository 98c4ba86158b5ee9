"""Every cost of twelve months: what was entered, and what follows from meetings, time spent, reminders and tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from cockpit.domain.agenda.events import midnight
from cockpit.domain.costs.ledger import (
    MONTHS,
    REMINDER_MINUTES,
    CostItem,
    Nature,
    price,
    usual_rate,
)
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.tool import Tool
from cockpit.domain.time.contract_terms import add_months
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

SPENT = ("blocker", "priority")
"""Records on which time is noted."""


class CostGathering:
    """The items of the twelve months that end with this one. One for each reading."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.last = workspace.today().replace(day=1)
        self.first = add_months(self.last, 1 - MONTHS)
        self.unpriced: set[str] = set()
        """People whose time was counted at the usual rate."""

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month of the period, oldest first."""
        return tuple(add_months(self.first, n) for n in range(MONTHS))

    def items(self) -> Iterator[CostItem]:
        """Every cost that is known, entered or worked out."""
        yield from self._entered()
        yield from self._tools()
        yield from self._meetings()
        yield from self._time_spent()
        yield from self._reminders()

    @cached_property
    def rates(self) -> Mapping[str, int]:
        """Cents an hour of each person whose rate is known, by code and by name."""
        rows = self.workspace.conn.execute(
            "SELECT code, name, loaded_rate FROM person WHERE loaded_rate IS NOT NULL AND archived_at IS NULL"
        ).fetchall()
        return {key: row["loaded_rate"] for row in rows for key in (row["code"], row["name"])}

    @cached_property
    def usual(self) -> int | None:
        """The hourly rate that counts for whoever has none of their own."""
        rows = self.workspace.conn.execute(
            "SELECT loaded_rate FROM person WHERE loaded_rate IS NOT NULL AND archived_at IS NULL"
        )
        return usual_rate([row["loaded_rate"] for row in rows])

    def rate(self, who: str) -> int | None:
        """What an hour of somebody costs; the usual rate where theirs is not known, which is noted."""
        found = self.rates.get(who)
        if found is None:
            self.unpriced.add(self.workspace.names().get(who, who))
            return self.usual
        return found

    @cached_property
    def _contracts(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        """Provider and functions of each contract, by its code."""
        rows = self.workspace.conn.execute("SELECT code, provider, functions FROM contract")
        return {
            row["code"]: (row["provider"] or "", tuple(json.loads(row["functions"] or "[]"))) for row in rows
        }

    @cached_property
    def _functions(self) -> Mapping[str, str]:
        """The function of each blocker and priority."""
        found: dict[str, str] = {}
        for table in SPENT:
            rows = self.workspace.conn.execute(
                f"SELECT code, function FROM {table} WHERE function IS NOT NULL"
            )
            found |= {row["code"]: row["function"] for row in rows}
        return found

    def _entered(self) -> Iterator[CostItem]:
        """What people entered in the register of costs."""
        rows = self.workspace.select(
            Cost, "cost", "archived_at IS NULL AND month >= ? AND month < ?",
            (self.first.isoformat(), add_months(self.last, 1).isoformat()),
        )  # fmt: skip
        for each in rows:
            assert each.month is not None
            provider, functions = self._contracts.get(each.contract, ("", ()))
            cents = each.amount if each.amount is not None else price(each.minutes or 0, self.usual)
            yield CostItem(
                month=each.month.replace(day=1), nature=Nature(each.kind), cents=cents, minutes=each.minutes or 0,
                functions=(each.function,) if each.function else functions, provider=provider, code=each.code,
            )  # fmt: skip

    def _tools(self) -> Iterator[CostItem]:
        """A twelfth of what a tool costs a year, from the month in which it was entered."""
        process = {
            row["code"]: row["function"]
            for row in self.workspace.conn.execute(
                "SELECT code, function FROM process WHERE archived_at IS NULL"
            )
        }
        for tool in self.workspace.select(Tool, "tool", "archived_at IS NULL AND yearly_cost > 0"):
            functions = tuple(dict.fromkeys(filter(None, (process.get(code) for code in tool.processes))))
            since = self._day(tool.created_at).replace(day=1) if tool.created_at else self.first
            for month in self.months:
                if month >= since:
                    yield CostItem(
                        month=month, nature=Nature.TOOLS, cents=(tool.yearly_cost or 0) // 12,
                        functions=functions, provider=tool.provider, code=tool.code,
                    )  # fmt: skip

    def _meetings(self) -> Iterator[CostItem]:
        """The time of those who were there and are paid by the company; it serves the functions of the subjects."""
        present = self._present()
        rows = self.workspace.select(
            Occurrence, "occurrence", "archived_at IS NULL AND cost_minutes > 0 AND ended_at >= ?",
            (instant(midnight(self.first, self.workspace.zone)),),
        )  # fmt: skip
        for each in rows:
            assert each.ended_at is not None
            there = present.get(each.code, ())
            minutes = each.cost_minutes // len(there) if there else each.cost_minutes
            cents = (
                sum(price(minutes, self.rate(who)) for who in there) if there else price(minutes, self.usual)
            )
            yield CostItem(
                month=self._month(each.ended_at), nature=Nature.COORDINATION, cents=cents, minutes=each.cost_minutes,
                functions=self._subjects(each.agenda), code=each.code,
            )  # fmt: skip

    def _present(self) -> Mapping[str, tuple[str, ...]]:
        """Who was at each meeting, of those the company pays by the hour: an external's time is in an invoice."""
        outside = {
            row["code"]
            for row in self.workspace.conn.execute(
                "SELECT code FROM person WHERE kind IN ('external', 'interim')"
            )
        }
        found: dict[str, tuple[str, ...]] = {}
        rows = self.workspace.conn.execute(
            "SELECT occurrence, person FROM attendance WHERE present = 1 AND archived_at IS NULL"
        )
        for row in rows:
            if row["person"] not in outside and not row["person"].startswith("PR-"):
                found[row["occurrence"]] = (*found.get(row["occurrence"], ()), row["person"])
        return found

    def _subjects(self, agenda: str) -> tuple[str, ...]:
        """The functions of what a meeting treated."""
        try:
            codes = [
                str(each.get("code", "")) for each in json.loads(agenda or "[]") if isinstance(each, dict)
            ]
        except ValueError:
            return ()
        return tuple(dict.fromkeys(filter(None, (self._functions.get(code) for code in codes))))

    def _time_spent(self) -> Iterator[CostItem]:
        """Minutes that somebody noted on a record, when they noted them."""
        marks = ", ".join("?" * len(SPENT))
        for row in self._entries(f"entity IN ({marks}) AND after LIKE '%\"spent_minutes\"%'", SPENT):
            before, after = (
                json.loads(row[side] or "{}").get("spent_minutes") or 0 for side in ("before", "after")
            )
            if after == before:
                continue
            yield self._timed(row, after - before)

    def _reminders(self) -> Iterator[CostItem]:
        """Each reminder that was noted."""
        taken_back = "batch NOT IN (SELECT undoes FROM journal WHERE undoes IS NOT NULL)"
        for row in self._entries(f"action = 'clock.remind' AND {taken_back} GROUP BY batch", ()):
            yield self._timed(row, REMINDER_MINUTES)

    def _entries(self, where: str, args: Iterable[str]) -> Iterator[Mapping[str, str]]:
        rows = self.workspace.conn.execute(
            "SELECT at, actor, entity, code, before, after FROM journal"
            f" WHERE at >= ? AND {where} ORDER BY seq",
            (instant(midnight(self.first, self.workspace.zone)), *args),
        )
        yield from rows

    def _timed(self, row: Mapping[str, str], minutes: int) -> CostItem:
        function = self._functions.get(row["code"], "")
        return CostItem(
            month=self._month(datetime.fromisoformat(row["at"])), nature=Nature.COORDINATION,
            cents=price(minutes, self.rate(row["actor"])), minutes=minutes,
            functions=(function,) if function else (), code=row["code"],
        )  # fmt: skip

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.workspace.zone).date()

    def _month(self, at: datetime) -> date:
        return self._day(at).replace(day=1)

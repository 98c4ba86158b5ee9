"""The map of the demo company: registers that were filled in sittings, and what was noted in them since.

A sitting is one batch of the journal, as an import is: what was entered together is undone together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import arrow

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers import REGISTERS
from cockpit.services.demo.moments import Moments

Table = Mapping[str, Any]
_BILLED = timedelta(days=10)
"""After the end of a month, until its last invoice is in."""
_SERIES = ("amounts", "minutes", "hourly")


@dataclass(frozen=True)
class Sitting:
    """What somebody entered in one register at one time."""

    at: datetime
    by: str
    register: str
    tables: tuple[Table, ...]
    """Of new records."""
    changes: Mapping[str, Table]
    """Fields of records that were there, by their key."""


def key(register: str, table: Table) -> str:
    """The name by which other tables of the file refer to this record."""
    return str(table.get("key") or table.get(REGISTERS[register].subject) or table["at"])


def sittings(story: Mapping[str, Any], moments: Moments) -> list[Sitting]:
    """Everything that the map tells, in the order of its time."""
    made: dict[tuple[datetime, str, str], list[Table]] = defaultdict(list)
    changed: dict[tuple[datetime, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for name, (at, by) in story["sittings"].items():
        for table in story[name]:
            for each in _told(name, table, moments, moments.at(at)):
                when = each.get("at", at)
                entered = when if isinstance(when, datetime) else _past(when, moments)
                made[entered, each.get("by", by), name].append(each)
            for when, who, field, value in table.get("then", ()):
                changed[_past(when, moments), who, name].setdefault(key(name, table), {})[field] = value
    found = [Sitting(*place, tuple(tables), {}) for place, tables in made.items()]
    found += [Sitting(*place, (), changes) for place, changes in changed.items()]
    return sorted(found, key=lambda sitting: sitting.at.timestamp())


def _told(name: str, table: Table, moments: Moments, imported: datetime) -> Iterable[Table]:
    """The records of a table: one, or a series."""
    if name == "cost":
        return _by_month(table, moments, imported)
    return _by_week(table, moments, imported) if name == "measure" else [table]


def _by_week(table: Table, moments: Moments, imported: datetime) -> Iterator[Table]:
    """A value for each week until the last one: the older ones were imported, each later one came in its time."""
    values: list[float] = table["weekly"]
    monday = moments.at("mon").date()
    for ago, value in zip(range(len(values), 0, -1), values, strict=True):
        first = monday - timedelta(weeks=ago)
        came = datetime.combine(first + timedelta(days=4), time(17, 10), moments.now.tzinfo)
        at = min(max(imported, came), moments.now, key=datetime.timestamp)
        yield {"figure": table["figure"], "given_by": table["by"], "by": table["by"], "period": first,
               "value": float(value), "at": at}  # fmt: skip


def _past(text: str, moments: Moments) -> datetime:
    return min(moments.at(text), moments.now, key=datetime.timestamp)


def _by_month(table: Table, moments: Moments, imported: datetime) -> Iterator[Table]:
    """A table for each month that cost something: the older ones were imported, each later one came in its time."""
    rest = {name: value for name, value in table.items() if name not in _SERIES}
    series: list[int] = table.get("amounts") or table["minutes"]
    last = arrow.get(moments.now - _BILLED).floor("month")
    months = arrow.Arrow.range("month", last.shift(months=-len(series)), limit=len(series))
    for first, figure in zip(months, series, strict=True):
        if not figure:
            continue
        month = first.date()
        spent = {"amount": figure}
        if "hourly" in table:
            spent = {"amount": figure * table["hourly"] // 60, "minutes": figure}
        yield {**rest, **spent, "month": month, "at": max(imported, _billed(month, moments))}


def _billed(month: date, moments: Moments) -> datetime:
    day = arrow.get(month).shift(months=1, days=7).date()
    return datetime.combine(day, time(10, 20), moments.now.tzinfo)

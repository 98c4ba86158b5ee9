"""How figures and their values are written down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.figure import COMPUTED, Figure
from cockpit.domain.registers.measure import Measure
from cockpit.domain.text import TITLE_LIMIT, clean, typed
from cockpit.domain.time import cadences
from cockpit.locale import _
from cockpit.services.changes import edit
from cockpit.services.desk import forms
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures.scorecard import FIGURE, MEASURE
from cockpit.services.promises import clocks
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

PERSON, PROVIDER = (f"{REGISTERS[name].prefix}-" for name in ("person", "provider"))


def make(workspace: Workspace, texts: Mapping[str, str]) -> str:
    """Make a figure of what was typed, by field; its code. Raises WrongValue and Unsound."""
    names = workspace.names()
    values = {
        name: forms.read(workspace, FIGURE.field(name), text, names) for name, text in texts.items() if text
    }
    return edit.add(workspace, FIGURE, values)


class GivenValue(NamedTuple):
    """A value of a figure, the day it is of (None: today), and a word on it."""

    record: Figure
    value: float
    on: date | None = None
    note: str = ""


def write(
    workspace: Workspace,
    record: Figure,
    value: float,
    *,
    on: date | None = None,
    note: str = "",
    by: str = "",
) -> str:
    """Write the value of the period that holds `on`, today without it; the code of the value.

    What the period had is replaced: its history keeps both. Raises NotPossible for a figure that the cockpit
    works out, and for a day that is still to come.
    """
    entries = write_all(workspace, [GivenValue(record, value, on, note)], by=by)
    return entries[0].code if entries else _known(workspace, record, _first(workspace, record, on))[-1].code


def write_all(workspace: Workspace, given: Sequence[GivenValue], *, by: str = "") -> list[JournalEntry]:
    """Write several values as one change. Raises NotPossible, and writes none, where one is not possible."""
    with transaction(workspace.conn):
        puts = changes(workspace, given, by=by)
        is_new = any(found is None for _register, found, _values in puts)
        return workspace.change_all(puts, "measure.add" if is_new else "measure.edit")


def changes(workspace: Workspace, given: Sequence[GivenValue], *, by: str = "") -> list[clocks.RecordChange]:
    """What writing these values changes; of two of one period, the later one is written. Raises NotPossible."""
    found: dict[tuple[str, date], clocks.RecordChange] = {}
    for each in given:
        record = each.record
        first = _first(workspace, record, each.on)
        values: dict[str, Value] = {"value": each.value, "given_by": typed(by or workspace.actor)}
        if each.note:
            values["note"] = typed(each.note)
        before = _known(workspace, record, first)
        made = {**values, "figure": record.code, "period": first, "conf": record.conf}
        found[record.code, first] = (MEASURE, before[-1], values) if before else (MEASURE, None, made)
    return list(found.values())


def _first(workspace: Workspace, record: Figure, on: date | None) -> date:
    """The first day of the period of a value that can be written. Raises NotPossible."""
    refuse_computed(record)
    day = on or workspace.today()
    if day > workspace.today():
        raise NotPossible(record.code, _("that day is still to come"))
    return cadences.first_day(day, record.cadence)


def _known(workspace: Workspace, record: Figure, first: date) -> Sequence[Measure]:
    """The values that the period has."""
    end = cadences.shifted(first, record.cadence, 1)
    return workspace.select(
        Measure, "measure", "figure = ? AND archived_at IS NULL AND period >= ? AND period < ? ORDER BY number",
        (record.code, first.isoformat(), end.isoformat()),
    )  # fmt: skip


def refuse_computed(record: Figure) -> None:
    """Raises NotPossible for a figure that the cockpit works out: nobody types it."""
    if record.source in COMPUTED:
        raise NotPossible(record.code, _("the cockpit works it out itself"))


def to_blocker(workspace: Workspace, record: Figure, said: str) -> str:
    """Make a blocker of a red figure, carried by its owner where that is a person; its code.

    The figure's code among its tags says what it is about. Raises NotPossible where one is open already.
    """
    if record.code in about(workspace):
        raise NotPossible(record.code, _("a blocker is open about it already"))
    values: dict[str, Value] = {
        "title": clean(said, TITLE_LIMIT), "function": record.function or None, "severity": "p2",
        "owner": record.owner if record.owner.startswith(PERSON) else workspace.me,
        "waiting_on": (record.owner,) if record.owner.startswith(PROVIDER) else (),
        "status": "waiting" if record.owner.startswith(PROVIDER) else "open",
        "since": workspace.clock(), "tags": (record.code,), "conf": record.conf,
    }  # fmt: skip
    return clocks.add_blocker(workspace, values)


def about(workspace: Workspace) -> frozenset[str]:
    """The figures that an open blocker is about."""
    rows = workspace.conn.execute(
        "SELECT tags FROM blocker WHERE closed_at IS NULL AND archived_at IS NULL AND tags LIKE ?",
        (f'%"{FIGURE.prefix}-%',),
    )
    return frozenset(tag for row in rows for tag in json.loads(row["tags"]))

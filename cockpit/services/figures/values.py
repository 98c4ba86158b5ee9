"""How figures and their values are written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

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
from cockpit.store.transaction import transaction

PERSON, PROVIDER = (f"{REGISTERS[name].prefix}-" for name in ("person", "provider"))


def make(workspace: Workspace, texts: Mapping[str, str]) -> str:
    """Make a figure of what was typed, by field; its code. Raises WrongValue and Unsound."""
    names = workspace.names()
    values = {
        name: forms.read(workspace, FIGURE.field(name), text, names) for name, text in texts.items() if text
    }
    return edit.add(workspace, FIGURE, values)


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
    refuse_computed(record)
    day = on or workspace.today()
    if day > workspace.today():
        raise NotPossible(record.code, _("that day is still to come"))
    first = cadences.first_day(day, record.cadence)
    end = cadences.shifted(first, record.cadence, 1)
    values: dict[str, Value] = {"value": value, "given_by": typed(by or workspace.actor)}
    if note:
        values["note"] = typed(note)
    with transaction(workspace.conn):
        before = workspace.select(
            Measure, "measure", "figure = ? AND archived_at IS NULL AND period >= ? AND period < ?",
            (record.code, first.isoformat(), end.isoformat()),
        )  # fmt: skip
        if before:
            workspace.change(MEASURE, before[-1], values, "measure.edit")
            return before[-1].code
        return workspace.add(
            MEASURE, {**values, "figure": record.code, "period": first, "conf": record.conf}, "measure.add"
        )


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

"""A planned absence: what will come due meanwhile, who covers, what nobody else can do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cockpit.domain.agenda.events import midnight
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.absence import Absence
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import contract_timeline
from cockpit.store.people import called
from cockpit.store.records import instant


@dataclass(frozen=True)
class ToPrepare:
    """One thing that falls into an absence."""

    code: str
    title: str
    why: str
    """What happens to it, in words."""
    on: date | None
    conf: int


_WORK = (
    ("blocker", "title", N_("due while they are away")),
    ("priority", "title", N_("due while they are away")),
    ("decision", "title", N_("to be carried out while they are away")),
)


def to_prepare(workspace: Workspace, record: Absence) -> tuple[ToPrepare, ...]:
    """What to hand over before somebody leaves, by its day: what is theirs and comes due, contracts to decide,
    decisions that only they may take."""
    assert record.first_on is not None
    assert record.last_on is not None
    name = workspace.names().get(record.person, record.person)
    names = called(workspace.conn, name) | {record.person}
    found = [
        *_due(workspace, names, (record.first_on, record.last_on)),
        *_contracts(workspace, (record.first_on, record.last_on)),
        *_circuits(workspace, names),
    ]
    return tuple(sorted(found, key=lambda each: (each.on is None, each.on, each.code)))


def _due(workspace: Workspace, names: frozenset[str], days: tuple[date, date]) -> Iterator[ToPrepare]:
    lo = instant(midnight(days[0], workspace.zone))
    hi = instant(midnight(days[1] + timedelta(days=1), workspace.zone))
    marks = ", ".join("?" * len(names))
    for table, subject, why in _WORK:
        open_ = "done_at IS NULL" if table == "decision" else "closed_at IS NULL"
        rows = workspace.conn.execute(
            f"SELECT code, {subject} AS title, due, conf FROM {table} WHERE archived_at IS NULL AND {open_}"
            f" AND due >= ? AND due < ? AND owner IN ({marks})",
            (lo, hi, *names),
        )
        for row in rows:
            on = datetime.fromisoformat(row["due"]).astimezone(workspace.zone).date()
            yield ToPrepare(row["code"], row["title"], _(why), on, row["conf"])


def _contracts(workspace: Workspace, days: tuple[date, date]) -> Iterator[ToPrepare]:
    """Days of contracts on which something is to be decided, whoever decides it."""
    for day in contract_timeline.timeline(workspace).days:
        if days[0] <= day.on <= days[1]:
            said = contract_timeline.day_row(day, workspace.today(), "").printed
            yield ToPrepare(day.contract.code, day.contract.name, said, day.on, day.contract.conf)


def _circuits(workspace: Workspace, names: frozenset[str]) -> Iterator[ToPrepare]:
    marks = ", ".join("?" * len(names))
    rows = workspace.conn.execute(
        f"SELECT code, name, conf FROM circuit WHERE archived_at IS NULL AND decider IN ({marks})"
        " AND coalesce(deputy, '') = ''",
        tuple(names),
    )
    for row in rows:
        yield ToPrepare(
            row["code"], row["name"], _("nobody decides in their place: name a deputy"), None, row["conf"]
        )

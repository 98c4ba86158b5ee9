"""Absences that the agendas tell of become records: they outlive the weeks of agenda that are kept."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from cockpit.domain.absence import leave
from cockpit.domain.agenda.events import DECLINED, Event
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.absence import AGENDA, Absence
from cockpit.domain.text import fold
from cockpit.services.agenda.events import events, with_owners
from cockpit.services.desk.workspace import PROGRAM, Workspace

ABSENCE = REGISTERS["absence"]
PRIVATE = 2


class _Told(NamedTuple):
    person: str
    first: date
    last: date
    conf: int


def chief(workspace: Workspace) -> str:
    """The code of the chief executive among the people; empty while nobody of that name is there."""
    name = fold(workspace.settings.company.chief or workspace.settings.me)
    return next((code for code, known in _people(workspace).items() if name and fold(known) == name), "")


def take_in(workspace: Workspace) -> int:
    """Bring the records up to date with the weeks of agenda that are kept; how many changed.

    A record that somebody typed is left alone. One of an event that is gone while its days are still kept is
    archived; once they are no longer kept, it stays.
    """
    if not workspace.settings.agendas:
        return 0
    today, settings = workspace.today(), workspace.settings
    lo, hi = today - timedelta(weeks=settings.weeks_back), today + timedelta(weeks=settings.weeks_ahead)
    told = _told(workspace, lo, hi)
    known = {
        each.event: each
        for each in workspace.select(Absence, "absence", "archived_at IS NULL AND origin = ?", (AGENDA,))
    }
    changes: list[tuple[Register, Record | None, dict[str, Value]]] = []
    for event, said in told.items():
        values: dict[str, Value] = {
            "person": said.person, "first_on": said.first, "last_on": said.last, "conf": said.conf
        }  # fmt: skip
        before = known.get(event)
        if before is None:
            changes.append((ABSENCE, None, {**values, "origin": AGENDA, "event": event}))
        elif any(getattr(before, name) != value for name, value in values.items()):
            changes.append((ABSENCE, before, values))
    for event, record in known.items():
        if event not in told and record.last_on is not None and record.last_on >= lo and _is_kept(record, hi):
            changes.append((ABSENCE, record, {"archived_at": workspace.clock()}))
    if changes:
        workspace.change_all(changes, "absence.agenda_read", by=PROGRAM)
    return len(changes)


def _is_kept(record: Absence, hi: date) -> bool:
    return record.first_on is not None and record.first_on < hi


def _told(workspace: Workspace, lo: date, hi: date) -> dict[str, _Told]:
    """By the event: whom it says to be away, and when. Only events of whole days are looked at.

    Calendars show leave as free time or as busy, by their defaults: its title is what counts.
    """
    people, mine = _people(workspace), chief(workspace)
    by_name = {fold(name): code for code, name in people.items()}
    # Of the tens of thousands of instances that an agenda may have, few say so: the others are not even made.
    away = events(workspace.conn, lo, hi, zone=workspace.zone.key, titled=cache(leave.says_away))
    found = with_owners(away, workspace.settings)
    told = {}
    for event in found:
        refused = event.cancelled or event.occurrence.participation == DECLINED
        if refused or not event.all_day:
            continue
        owner = by_name.get(fold(event.owner), "") if event.owner else mine
        who = leave.whose(event.title, people) or owner
        if who:
            last = event.end.date() - timedelta(days=1)
            told[_key(event)] = _Told(
                who, event.start.date(), last, PRIVATE if event.occurrence.private else 1
            )
    return told


def _key(event: Event) -> str:
    return f"{event.uid}@{event.start.date().isoformat()}"[:200]


def _people(workspace: Workspace) -> dict[str, str]:
    rows = workspace.conn.execute("SELECT code, name FROM person WHERE archived_at IS NULL")
    return {row["code"]: row["name"] for row in rows}

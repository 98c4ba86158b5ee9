"""What changed in what the sale file draws on since a day, as the journal has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import ChapterPart, DataTable, Passage, TableCell
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file.every import CHAPTERS
from cockpit.services.documents.sale_file.telling import Telling
from cockpit.store.records import instant

NEW, CHANGED, ENDED = "new", "changed", "ended"
WORDS: Mapping[str, str] = {
    NEW: N_("record made"),
    CHANGED: N_("record changed"),
    ENDED: N_("record archived"),
}
HEADINGS: Mapping[str, str] = {NEW: N_("Made"), CHANGED: N_("Changed since"), ENDED: N_("Archived")}
_COUNTED = frozenset(
    {"blocker", "priority", "escalation", "clock", "occurrence", "mark", "decision", "cost", "step"}
)
"""Registers that grow every day: how many changed is told, not which."""
_AT_ONCE = 500


@dataclass(frozen=True)
class ChangedRecord:
    """One record that is not as it was."""

    record: Record
    register: str
    kind: str
    on: date
    """The day of its last change."""


def changed(reading: Workspace, since: datetime) -> tuple[ChangedRecord, ...]:
    """The records of every register that a chapter draws on that were made, changed or archived since."""
    names = tuple(dict.fromkeys(name for chapter in CHAPTERS for name in chapter.draws_on))
    rows = reading.conn.execute(
        "SELECT entity, entity_id, sum(before IS NULL) AS made, max(at) AS last FROM main.journal"
        f" WHERE at >= ? AND entity IN ({', '.join('?' * len(names))}) GROUP BY entity, entity_id",
        (instant(since), *names),
    ).fetchall()
    found: list[ChangedRecord] = []
    for name in names:
        mine = {row["entity_id"]: row for row in rows if row["entity"] == name}
        for record in _records(reading, name, tuple(mine)):
            if reading.hides(record):
                continue
            row = mine[record.id]
            kind = ENDED if record.archived_at is not None else NEW if row["made"] else CHANGED
            day = datetime.fromisoformat(row["last"]).astimezone(reading.zone).date()
            found.append(ChangedRecord(record, name, kind, day))
    return tuple(found)


def _records(reading: Workspace, name: str, ids: tuple[str, ...]) -> Iterator[Record]:
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        yield from reading.select(REGISTERS[name].type, name, f"id IN ({', '.join('?' * len(some))})", some)


def parts(found: tuple[ChangedRecord, ...], telling: Telling, since: date) -> Iterator[ChapterPart]:
    """What changed, by chapter; then which records, where the phase may tell."""
    day = f"{dates.short_month(since)} {since.year}" if telling.is_anonymous else dates.whole_day(since)
    if not found:
        yield Passage(_("Nothing that this file draws on has changed since {day}.").format(day=day))
        return
    rows: list[tuple[TableCell, ...]] = []
    for chapter in CHAPTERS:
        mine = [each for each in found if each.register in chapter.draws_on]
        if mine:
            counts = (sum(each.kind == kind for each in mine) for kind in WORDS)
            rows.append((chapter.heading, *counts))
    yield DataTable(
        "changes", _("What changed since {day}").format(day=day),
        (_("Chapter"), *(_(word) for word in HEADINGS.values())), tuple(rows), source=_("journal"),
    )  # fmt: skip
    listed = [each for each in found if each.register not in _COUNTED]
    if listed and not telling.is_anonymous:
        yield DataTable(
            "changed-records", _("Which records changed"),
            (_("Register"), _("Ref."), _("Record"), _("What"), _("Day")),
            tuple(
                (
                    _(REGISTERS[each.register].singular), each.record.code, telling.title(each.record),
                    _(WORDS[each.kind]), each.on,
                )
                for each in sorted(listed, key=lambda each: (each.register, each.record.code))
            ),
            source=_("journal"),
        )  # fmt: skip

"""Who refers to a record, and another one that takes its place: nothing is left behind, one undo restores all."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.domain.records.record import FieldKind, Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.changes import bulk, edit, references
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import capture, entry, moves

TABLES = [name for name, register in REGISTERS.items() if register.editable and name not in references.LOGS]
PEOPLE = ("PE-1", "PE-2", "PE-3")


def rows(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {key: row[key] for key in row.keys() if key != "updated_at"}  # noqa: SIM118 - a Row has no items
            for row in workspace.conn.execute(f"SELECT * FROM {name}")
        ]
        for name in TABLES
    }


@pytest.fixture
def people(workspace: Workspace) -> Workspace:
    for name in ("Claire", "Sophie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.add(REGISTERS["function"], {"name": "Payroll"})
    return workspace


who = st.sampled_from(["", *PEOPLE])
several_of = st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), old=st.sampled_from(PEOPLE), new=st.sampled_from(PEOPLE))
def test_a_move_leaves_no_reference_behind_and_one_undo_restores_them_all(
    people: Workspace, data: st.DataObject, old: str, new: str
) -> None:
    if old == new:
        return
    made: list[tuple[Register, Record | None, dict[str, Value]]] = []
    for name in ("process", "circuit", "access", "handover", "continuity", "document"):
        register = REGISTERS[name]
        values: dict[str, Value] = {"name": data.draw(st.text("abc", min_size=1, max_size=3))}
        for field in register.fields:
            if "person" in field.ref:
                said = data.draw(several_of) if field.kind is FieldKind.NAMES else data.draw(who)
                values[field.name] = said or (None if field.kind is FieldKind.REF else said)
            elif field.ref == ("function",) and field.required:
                values[field.name] = "FN-1"
        if name == "access":
            values["holder"] = values["holder"] or "PE-1"
        if name == "handover":
            values["due"] = people.today()
        made.append((register, None, values))
    people.change_all(made, "test.add")
    before = rows(people)
    entries = bulk.archive_all(people, [old], new)
    assert len({entry.batch for entry in entries}) == 1
    assert references.uses(people, old) == ()
    assert old not in json.dumps(
        [{k: v for k, v in row.items() if k not in ("id", "code")} for each in rows(people).values() for row in each]
    )  # fmt: skip
    people.undo()
    assert rows(people) == before
    people.undo()


def test_open_records_of_every_register_are_found_and_closed_ones_are_not(people: Workspace) -> None:
    for line in ("VPN down @Sophie", "Router dead @Sophie"):
        capture.save(people, "blocker", entry.understand(people, line))
    moves.done(people, ["B-1"])
    people.add(
        REGISTERS["access"], {"name": "Bank", "holder": "PE-2", "revoked_on": people.today().replace(day=1)}
    )
    people.add(REGISTERS["access"], {"name": "Payroll", "holder": "PE-2"})
    assert [use.record.code for use in references.uses(people, "PE-2")] == ["B-2", "AC-2"]
    assert [use.record.code for use in references.uses(people, "PE-2", ended=True)] == [
        "B-1", "B-2", "AC-1", "AC-2",
    ]  # fmt: skip
    bulk.archive_all(people, ["PE-2"], "PE-3")
    assert getattr(find.find(people, "B-2")[1], "waiting_on", ()) == ("PE-3",)
    assert getattr(find.find(people, "B-1")[1], "waiting_on", ()) == ("PE-2",), (
        "what is closed stays as it was"
    )


def test_who_takes_the_place_of_the_one_they_stand_in_for_has_no_backup_any_more(people: Workspace) -> None:
    edit.edit(people, "PE-3", {"backup": "PE-2"})
    bulk.archive_all(people, ["PE-2"], "PE-3")
    assert not getattr(find.find(people, "PE-3")[1], "backup", "")


def test_what_cannot_move_is_said_and_nothing_is_done(people: Workspace) -> None:
    people.add(REGISTERS["interface"], {"name": "Files", "source": "PE-2", "target": "PE-3"})
    with pytest.raises(references.CannotReplace, match="IF-1: it goes from a party to itself"):
        bulk.archive_all(people, ["PE-2"], "PE-3")
    people.add(REGISTERS["access"], {"name": "Bank", "holder": "PE-2"})
    with pytest.raises(references.CannotReplace, match="takes no function"):
        bulk.archive_all(people, ["PE-2"], "FN-1")
    assert find.find(people, "PE-2")[1].archived_at is None
    bulk.archive_all(people, ["PE-1"])
    with pytest.raises(references.CannotReplace, match="choose another"):
        bulk.archive_all(people, ["PE-2"], "PE-1")

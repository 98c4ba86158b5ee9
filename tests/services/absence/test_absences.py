"""Absences from the agenda to the test, and what the next one asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.absence import Absence
from cockpit.domain.settings import AgendaSource
from cockpit.services.absence import intake, preparation, proof, rows
from cockpit.services.agenda.intake import apply_body
from cockpit.services.desk.workspace import PROGRAM, Workspace
from tests.conftest import TickingClock


def _add(workspace: Workspace, register: str, **values: Value) -> str:
    return workspace.add(REGISTERS[register], values)


@pytest.fixture
def claire(workspace: Workspace) -> str:
    """The chief executive, as a person."""
    return _add(workspace, "person", name=workspace.settings.me)


def _absences(workspace: Workspace) -> tuple[Absence, ...]:
    return workspace.select(Absence, "absence", "archived_at IS NULL ORDER BY first_on")


def _feed(*events: tuple[str, date, date], key: str = "mine") -> bytes:
    """A calendar of whole days: title, first day, last day."""
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{title}-{first}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:{title}\r\n"
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}\r\nDTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}\r\nEND:VEVENT\r\n"
        for title, first, last in events
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def _read(workspace: Workspace, key: str, body: bytes) -> None:
    apply_body(workspace.conn, key, body, now=workspace.clock(), zone="Europe/Paris", emails=())
    intake.take_in(workspace)


@pytest.fixture
def read(workspace: Workspace) -> Workspace:
    """A cockpit that reads the chief executive's agenda and that of Marc."""
    agendas = (
        AgendaSource(key="mine", name="Mine", url="x.ics"),
        AgendaSource(key="marc", name="Marc", url="y.ics", owner="Marc Delvaux"),
    )
    return replace(workspace, settings=replace(workspace.settings, agendas=agendas))


def test_leave_in_the_agendas_becomes_absences_and_follows_them(read: Workspace, claire: str) -> None:
    marc = _add(read, "person", name="Marc Delvaux")
    week = date(2026, 12, 7), date(2026, 12, 11)
    _read(read, "mine", _feed(("Congés", *week), ("Absence Marc", *week), ("Salon Batimat", *week)))
    _read(read, "marc", _feed(("OOO", date(2026, 12, 21), date(2026, 12, 24))))
    found = {(each.person, each.first_on, each.last_on) for each in _absences(read)}
    assert found == {(claire, *week), (marc, *week), (marc, date(2026, 12, 21), date(2026, 12, 24))}
    actors = {row["actor"] for row in read.conn.execute("SELECT actor FROM journal WHERE entity = 'absence'")}
    assert actors == {PROGRAM}
    assert intake.take_in(read) == 0, "what is known is not written again"
    _read(read, "mine", _feed(("Congés", week[0], date(2026, 12, 15)), ("Salon Batimat", *week)))
    mine = [each for each in _absences(read) if each.person == claire]
    assert [(each.first_on, each.last_on) for each in mine] == [(week[0], date(2026, 12, 15))]
    assert not [each for each in _absences(read) if each.person == marc and each.first_on == week[0]]


def test_an_absence_outlives_the_weeks_of_agenda_that_are_kept(
    read: Workspace, claire: str, clock: TickingClock
) -> None:
    _read(read, "mine", _feed(("Congés", date(2026, 11, 30), date(2026, 12, 4))))
    clock.forward(days=120)
    _read(read, "mine", _feed())
    assert len(_absences(read)) == 1


def test_what_a_person_typed_is_left_alone(read: Workspace, claire: str) -> None:
    _add(read, "absence", person=claire, first_on=date(2026, 12, 7), last_on=date(2026, 12, 8))
    _read(read, "mine", _feed())
    assert len(_absences(read)) == 1


def test_the_year_is_compared_with_and_without_somebody(
    workspace: Workspace, claire: str, clock: TickingClock
) -> None:
    marc = _add(workspace, "person", name="Marc Delvaux")
    circuit = _add(workspace, "circuit", name="Purchases", decider=marc)
    asked = _add(
        workspace, "blocker", title="Asks Claire", since=clock(), waiting_on=(claire,), status="waiting"
    )
    _add(workspace, "absence", person=claire, first_on=date(2026, 11, 30), last_on=date(2026, 12, 4))

    def closed(at: datetime) -> str:
        values: dict[str, Value] = {"title": "One", "since": clock(), "status": "solved", "closed_at": at}
        return workspace.add(REGISTERS["blocker"], values)

    there = closed(datetime(2026, 11, 24, 10, tzinfo=UTC))
    away = closed(datetime(2026, 12, 2, 10, tzinfo=UTC))
    clock.at = datetime(2026, 12, 7, 8, tzinfo=UTC)
    inside = _add(
        workspace, "decision", title="Buys", decider=marc, circuit=circuit,
        decided_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    outside = _add(
        workspace,
        "decision",
        title="Hires",
        decider="Somebody",
        decided_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    )
    alone = _add(
        workspace, "decision", title="Signs", decider=claire, decided_at=datetime(2026, 11, 25, 9, tzinfo=UTC)
    )
    assert proof.tested(workspace) == (claire,)
    found = proof.test(workspace, claire)
    (week,) = found.absences
    assert week.working == 5
    assert week.closed == (away,)
    assert set(week.decided) == {inside, outside}
    assert week.in_circuit == (inside,)
    assert week.waited == (asked,)
    assert (found.compared.away.days, found.compared.away.closed) == (5, 1)
    assert (found.compared.there.days, found.compared.there.closed) == (6, 1)
    assert found.alone == (alone,)
    assert found.decided == 3
    assert found.waiting == (asked,)
    assert there not in week.closed
    said = rows.to_json(found, {})
    assert said["ratio"] == pytest.approx(1.2)
    assert "1.2 closed a day in absence" in rows.verdict(found).printed


def test_without_enough_days_the_test_says_what_is_missing(workspace: Workspace, claire: str) -> None:
    found = proof.test(workspace, claire)
    assert rows.to_json(found, {})["ratio"] is None
    assert "0 working days of absence are known, 5 are needed" in rows.verdict(found).printed


def test_a_pillar_is_tested_too(workspace: Workspace, claire: str) -> None:
    sophie = _add(workspace, "person", name="Sophie", pillar=True)
    assert proof.tested(workspace) == (claire, sophie)


def test_the_next_absence_says_what_to_hand_over(workspace: Workspace, claire: str) -> None:
    due = datetime(2026, 12, 2, 17, tzinfo=UTC)
    inside = _add(workspace, "priority", title="Sign the lease", owner=claire, due=due)
    by_name = _add(
        workspace, "blocker", title="Answer the bank", owner=workspace.settings.me, due=due, since=due
    )
    _add(workspace, "priority", title="Later", owner=claire, due=due + timedelta(days=9))
    _add(workspace, "priority", title="Done", owner=claire, due=due, status="done", closed_at=due)
    circuit = _add(workspace, "circuit", name="Purchases", decider=claire)
    _add(workspace, "circuit", name="Hiring", decider=claire, deputy=_add(workspace, "person", name="Marc"))
    code = _add(workspace, "absence", person=claire, first_on=date(2026, 11, 30), last_on=date(2026, 12, 4))
    found = proof.test(workspace, claire)
    (coming,) = found.to_come
    assert coming.code == code
    assert [each.code for each in preparation.to_prepare(workspace, coming)] == [by_name, inside, circuit]
    assert "nobody covers" in rows.absence(coming, {}).printed

"""Weeks are measured from the journal: what is read back later is what was true then."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.mark import Mark
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import SignalScore, SignalState
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals import acknowledgement, listing, measure
from cockpit.services.work import moves
from cockpit.store import records
from cockpit.store.state import scores
from tests.conftest import MONDAY, TickingClock

Change = Callable[[Workspace, random.Random], object]


def add(workspace: Workspace, register: str, **values: object) -> str:
    return workspace.add(REGISTERS[register], values)  # type: ignore[arg-type]


def found_of(workspace: Workspace, week: date) -> dict[tuple[str, str], SignalScore]:
    return {(e.score.signal, e.score.subject): e.score for e in scores.of_week(workspace.conn, week, 3)}


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    for name in ("Payroll", "IT"):
        add(workspace, "function", name=name, criticality=2)
    add(workspace, "provider", name="Paie+")
    add(workspace, "interface", name="Variables", source="FN-1", target="PR-1", cadence_days=7,
        last_on=workspace.today())  # fmt: skip
    add(workspace, "interface", name="Tickets", source="FN-2", target="PR-1", cadence_days=14)
    return workspace


def _blocker(workspace: Workspace, chance: random.Random) -> object:
    return add(workspace, "blocker", title="Case", function=f"FN-{chance.randrange(2) + 1}",
               waiting_on=("PR-1",), since=workspace.clock())  # fmt: skip


def _close(workspace: Workspace, chance: random.Random) -> object:
    rows = workspace.conn.execute("SELECT code FROM blocker WHERE closed_at IS NULL AND archived_at IS NULL")
    codes = [row["code"] for row in rows]
    return moves.done(workspace, [chance.choice(codes)]) if codes else None


def _exchange(workspace: Workspace, chance: random.Random) -> object:
    each = records.get(workspace.conn, REGISTERS["interface"], f"IF-{chance.randrange(2) + 1}")
    if not isinstance(each, Interface):
        return None  # Its making was undone.
    return workspace.change(REGISTERS["interface"], each, {"last_on": workspace.today()})


def _priority(workspace: Workspace, chance: random.Random) -> object:
    return add(workspace, "priority", title="Aim", day=workspace.today(), carried=chance.randrange(4))


def _undo(workspace: Workspace, _chance: random.Random) -> object:
    return workspace.undo() if workspace.can_undo else None


CHANGES: tuple[Change, ...] = (_blocker, _blocker, _close, _close, _exchange, _priority, _undo)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_back_from_the_journal_is_what_was_measured_then(
    company: Workspace, clock: TickingClock, seed: int
) -> None:
    chance = random.Random(seed)
    then: dict[date, dict[tuple[str, str], SignalScore]] = {}
    for _week in range(6):
        for _step in range(10):
            clock.forward(hours=16)
            chance.choice(CHANGES)(company, chance)
        days = 7 - clock.at.astimezone(company.zone).weekday()
        clock.at = datetime.combine(
            clock.at.astimezone(company.zone).date() + timedelta(days=days), datetime.min.time(), company.zone
        )
        measure.measure(company)
        last = clock.at.date() - timedelta(days=7)
        then[last] = found_of(company, last)
    company.conn.execute("DELETE FROM score")
    measured = measure.measure(company)
    assert len(measured.weeks) >= 6
    for week, found in then.items():
        assert found_of(company, week) == found


def test_a_week_that_ended_is_measured_once_and_the_one_that_runs_each_time(
    company: Workspace, clock: TickingClock
) -> None:
    first = measure.measure(company)
    assert first.weeks == (date(2026, 11, 23),)
    clock.forward(days=15)
    assert measure.measure(company).weeks == (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7))
    assert measure.measure(company).weeks == (date(2026, 12, 7),)
    kept = scores.of_week(company.conn, date(2026, 12, 7), 3)
    assert kept
    assert not any(each.is_whole for each in kept)


def test_nothing_is_measured_before_anything_was_written_down(workspace: Workspace) -> None:
    assert measure.measure(workspace).weeks == ()
    assert listing.read(workspace).week is None


def test_a_silence_is_raised_in_its_second_week_and_quiet_once_somebody_acts(
    company: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=35)
    measure.measure(company)
    found = listing.read(company)
    (line,) = [each for each in found.raised if each.signal.id == "S2"]
    # The last exchange was on Monday 23 November: two weeks later it is watched, raised one week after.
    assert (line.subject, line.kept.raised) == ("Variables", date(2026, 12, 14))
    code = acknowledgement.act(company, line.key, line.score.state, "Call Paie+ due:friday")
    (line,) = [each for each in listing.read(company).lines if each.score.subject == "IF-1"]
    assert line.answer is not None
    assert line.answer.action is not None
    assert line.answer.action.code == code
    moves.done(company, [code])
    assert [each.subject for each in listing.read(company).raised] == ["Variables"]


def test_an_answer_gives_way_when_the_signal_gets_worse_and_when_its_date_is_past(
    company: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=35)
    measure.measure(company)
    key, later = "signal:S2:IF-1", clock() + timedelta(days=20)
    acknowledgement.accept(company, key, SignalState.WATCH, later, "August")
    assert [each.subject for each in listing.read(company).raised] == ["Variables"], "it is controlled by now"
    acknowledgement.accept(company, key, SignalState.CONTROL, later, "August")
    assert listing.read(company).raised == ()
    clock.forward(days=21)
    assert [each.subject for each in listing.read(company).raised] == ["Variables"]
    company.undo()
    assert len(company.select(Mark, "mark", "archived_at IS NULL AND kind = 'muted'")) == 1


def test_a_renamed_function_keeps_its_signals_and_a_provider_that_is_archived_has_none(
    company: Workspace, clock: TickingClock
) -> None:
    for _n in range(17):
        code = add(company, "blocker", title="Case", function="FN-1", waiting_on=("PR-1",))
        clock.forward(hours=3)
        moves.done(company, [code])
    measure.measure(company)
    assert {e.subject for e in listing.read(company).lines if e.signal.id == "S1"} == {"Payroll", "Paie+"}
    for register, code, values in (
        ("function", "FN-1", {"name": "Wages"}), ("provider", "PR-1", {"archived_at": clock()}),
    ):  # fmt: skip
        found = records.get(company.conn, REGISTERS[register], code)
        assert found is not None
        company.change(REGISTERS[register], found, values)
    measure.measure(company)
    assert {e.subject for e in listing.read(company).lines if e.signal.id == "S1"} == {"Wages"}


def test_a_clock_that_was_wrong_is_said_and_its_weeks_are_taken_away(
    company: Workspace, clock: TickingClock
) -> None:
    clock.at = MONDAY + timedelta(days=365 * 3)
    _blocker(company, random.Random(1))
    measure.measure(company)
    clock.at = MONDAY + timedelta(days=8)
    _blocker(company, random.Random(1))
    found = measure.measure(company)
    assert found.undone > 50
    assert found.misdated == 1
    assert scores.last_week(company.conn) == date(2026, 11, 30)


def test_every_signal_says_what_it_says_in_words_of_its_own(company: Workspace) -> None:
    measure.measure(company)
    for signal in SIGNALS.values():
        assert all((signal.name, signal.text, signal.formula, signal.source, signal.minimum, signal.next))

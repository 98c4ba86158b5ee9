"""What the passing of time does to promises: breaches, reports that fall due, closings, old deadlines."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cockpit.domain.promises.compliance import compliance
from cockpit.domain.settings import Company, Settings
from cockpit.services.changes import bulk, edit
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import clocks, engagements, kept, left
from cockpit.services.promises.sweep import sweep
from cockpit.services.work import moves
from cockpit.store import journal
from tests.conftest import TickingClock
from tests.services.promises.promised import (
    add,
    blocker,
    clocks_of,
    every_clock,
    kinds,
    local,
    make,
    provider,
    running,
)


@pytest.fixture
def nine(clock: TickingClock) -> datetime:
    """Monday at nine, when offices open."""
    clock.at = clock.at.replace(hour=8, minute=0)
    return clock.at


def signed(workspace: Workspace, action: str) -> list[str]:
    rows = workspace.conn.execute("SELECT DISTINCT batch, actor FROM journal WHERE action = ?", (action,))
    return [row["actor"] for row in rows]


# Breaches.


def test_a_breach_is_noted_once_by_the_program_and_no_undo_takes_it_back(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:1ho")
    other = add(workspace, "something else")
    assert sweep(workspace) == 0
    clock.forward(hours=2)
    assert [sweep(workspace), sweep(workspace)] == [1, 0]
    found = running(workspace, code)
    assert (found.state, local(workspace, found.breached_at)) == ("breached", "Mon 23 Nov 10:00")
    assert signed(workspace, "clock.breached") == [PROGRAM]
    assert {entry.code for entry in workspace.undo()} == {other}
    assert running(workspace, code).state == "breached"


def test_what_is_due_at_a_closing_is_not_broken_before_the_next_opening(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    clock.forward(hours=5)
    code = add(workspace, "Server sla:4ho")
    for at, broken in ((clock() + timedelta(hours=12), 0), (clock() + timedelta(hours=20), 1)):
        clock.at = at
        assert sweep(workspace) == broken
    assert local(workspace, running(workspace, code).breached_at) == "Mon 23 Nov 18:00"


def test_a_paused_clock_does_not_break(workspace: Workspace, clock: TickingClock, nine: datetime) -> None:
    code = add(workspace, "Server sla:1ho")
    engagements.pause(workspace, code, "force_majeure")
    clock.forward(days=9)
    assert sweep(workspace) == 0
    assert running(workspace, code).state == "paused"


def test_a_breach_outlives_what_comes_after_it(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:1ho")
    clock.forward(hours=2)
    sweep(workspace)
    broken = running(workspace, code).breached_at
    engagements.pause(workspace, code, "waiting_us")
    clock.forward(minutes=20)
    engagements.resume(workspace, code)
    edit.edit(workspace, code, {"sla": "20ho"})
    edit.edit(workspace, code, {"sla": ""})
    (found,) = clocks_of(workspace, code)
    assert (found.state, found.breached_at) == ("breached", broken)


def test_a_breach_that_ends_tells_its_overrun(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:1ho")
    clock.forward(hours=3)
    sweep(workspace)
    moves.done(workspace, [code])
    (found,) = clocks_of(workspace, code)
    assert (found.state, found.consumed_s, found.overrun_s) == ("breached", 3 * 3600, 2 * 3600)


# Reports that fall due.


def monthly(workspace: Workspace, target: str = "J5 18h", period: str = "month") -> str:
    code, contract = provider(workspace, "Compta+")
    return make(
        workspace, "report", name="Monthly report", source=code, contract=contract, target=target,
        period=period,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "policy", "owed"),
    [
        ("2026-12-01 00:30", ("J5 18h", "month"), {"2026-12": "Mon 07 Dec 18:00"}),
        # The first of January is a holiday, and the second and third a week-end.
        ("2027-01-01 12:00", ("J5 18h", "month"), {"2027-01": "Fri 08 Jan 18:00"}),
        ("2027-01-04 08:00", ("J1 open", "month"), {"2027-01": "Mon 04 Jan 09:00"}),
        ("2027-01-01 12:00", ("J5 18h", "quarter"), {"2027-Q1": "Fri 08 Jan 18:00"}),
        # The day of that week had passed when it was promised.
        ("2027-01-01 00:00", ("J1 12h", "week"), {}),
        ("2027-01-04 08:00", ("J2 12h", "week"), {"2027-W01": "Tue 05 Jan 12:00"}),
        ("2026-12-01 00:30", ("7ho", "month"), {"2026-12": "Tue 01 Dec 18:00"}),
    ],
)  # fmt: skip
def test_reports_fall_due_on_working_days_in_france(
    workspace: Workspace, clock: TickingClock, now: str, policy: tuple[str, str], owed: dict[str, str]
) -> None:
    clock.at = datetime.fromisoformat(now).replace(tzinfo=workspace.zone).astimezone(UTC)
    monthly(workspace, *policy)
    sweep(workspace)
    found = {each.period: local(workspace, each.due) for each in every_clock(workspace)}
    assert found == owed


def test_one_period_owes_one_report_and_the_next_another(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    monthly(workspace)
    assert [sweep(workspace), sweep(workspace)] == [1, 0]
    (first,) = every_clock(workspace)
    assert (first.title, first.provider, first.metric) == ("Monthly report · 2026-12", "PR-1", "delivery")
    assert {event.author for event in clocks.events_of(first)} == {PROGRAM}
    other = add(workspace, "something else")
    sweep(workspace)
    assert {entry.code for entry in workspace.undo()} == {other}
    engagements.answer(workspace, first.code)
    assert every_clock(workspace)[0].state == "met"
    clock.at = datetime(2027, 1, 1, 8, tzinfo=UTC)
    sweep(workspace)
    assert [each.period for each in every_clock(workspace)] == ["2026-12", "2027-01"]


def test_a_late_report_is_a_breach_of_its_provider(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    monthly(workspace)
    sweep(workspace)
    clock.at = datetime(2026, 12, 8, 8, tzinfo=UTC)
    sweep(workspace)
    (of_provider,) = kept.respect(workspace)
    assert (of_provider.code, of_provider.over[30].broken, of_provider.over[30].late_open) == ("PR-1", 1, 1)


def test_a_report_promised_after_its_day_is_owed_from_the_next_period(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 10, 8, tzinfo=UTC)
    monthly(workspace)
    assert sweep(workspace) == 0


def test_nothing_is_owed_of_an_archived_report_or_under_an_archived_contract(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    report = monthly(workspace)
    bulk.archive_all(workspace, ["CT-1"])
    assert sweep(workspace) == 0
    workspace.undo()
    bulk.archive_all(workspace, [report])
    assert sweep(workspace) == 0


SWEEPER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cockpit.domain.settings import Settings
from cockpit.services.promises.sweep import sweep
from cockpit.services.desk.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="x"), lambda: datetime(2026, 12, 9, 8, tzinfo=UTC))
print("ready", flush=True)
sys.stdin.readline()
print(sweep(workspace), flush=True)
"""


def test_two_processes_that_sweep_at_once_note_it_once(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    monthly(workspace)
    add(workspace, "Server sla:1ho")
    weekly = make(
        workspace, "report", name="Weekly", source="PR-1", contract="CT-1", target="J5 18h", period="week"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", SWEEPER, str(workspace.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _process in range(2)
    ]  # fmt: skip
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said = [process.communicate("go\n")[0] for process in both]
    # The reports of the month, late already, of the week and of the one before; the breach of the server's.
    assert sorted(map(int, said)) == [0, 4]
    assert [process.returncode for process in both] == [0, 0]
    periods = [each.period for each in every_clock(workspace) if each.report == weekly]
    assert sorted(periods) == ["2026-W49", "2026-W50"]
    assert journal.verify(workspace.conn) is None


# Calendars that change.


def test_a_closing_that_is_added_moves_what_is_due_after_it_and_nothing_before(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    _code, contract = provider(workspace)
    codes = {target: add(workspace, f"x @Paie+ sla:{target}") for target in ("4ho", "10ho", "30ho")}
    clock.forward(hours=2)
    edit.edit(workspace, contract, {"exceptions": "2026-11-25..2026-11-26 closed"})
    assert sweep(workspace) == 0
    due = {target: local(workspace, running(workspace, code).due) for target, code in codes.items()}
    assert due == {"4ho": "Mon 23 Nov 15:00", "10ho": "Tue 24 Nov 12:00", "30ho": "Tue 01 Dec 11:00"}
    moved = running(workspace, codes["30ho"])
    assert kinds(moved) == ["opened", "calendar_changed"]
    assert clocks.events_of(moved)[-1].author == PROGRAM
    assert blocker(workspace, codes["30ho"]).sla_due == moved.due


def test_a_closing_in_the_past_changes_nothing(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    _code, contract = provider(workspace)
    code = add(workspace, "x @Paie+ sla:30ho")
    days = add(workspace, "y @Paie+ sla:J+4")
    clock.forward(days=2)
    before = running(workspace, code), running(workspace, days)
    edit.edit(workspace, contract, {"exceptions": "2026-11-24 closed"})
    assert sweep(workspace) == 0
    edit.edit(workspace, code, {"severity": "p1"})
    edit.edit(workspace, days, {"severity": "p1"})
    assert [running(workspace, each).due for each in (code, days)] == [each.due for each in before]


def test_a_closing_after_the_due_instant_moves_the_last_moment_to_keep_it(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    """Due at a closing on Friday and kept until Monday's opening; then Monday is closed."""
    _code, contract = provider(workspace)
    clock.forward(days=4)
    code = add(workspace, "x @Paie+ sla:7ho")
    edit.edit(workspace, contract, {"exceptions": "2026-11-30 closed"})
    assert sweep(workspace) == 0
    found = running(workspace, code)
    assert (local(workspace, found.due), local(workspace, found.until)) == (
        "Fri 27 Nov 18:00", "Tue 01 Dec 09:00",
    )  # fmt: skip
    clock.forward(days=3, hours=3)
    assert sweep(workspace) == 0


def test_a_paused_clock_finds_the_new_calendar_when_it_goes_on(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    _code, contract = provider(workspace)
    code = add(workspace, "x @Paie+ sla:10ho")
    engagements.pause(workspace, code, "waiting_us")
    edit.edit(workspace, contract, {"exceptions": "2026-11-24 closed"})
    sweep(workspace)
    clock.forward(hours=1)
    engagements.resume(workspace, code)
    sweep(workspace)
    assert local(workspace, running(workspace, code).due) == "Wed 25 Nov 15:00"


def test_the_company_may_close_too_and_a_contract_decides_for_its_own_days(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    make(workspace, "provider", name="InfoSud")
    contract = make(workspace, "contract", name="x", provider="PR-1", sla="7ho")
    own = add(workspace, "ours sla:7ho")
    theirs = add(workspace, "theirs @InfoSud")
    clock.forward(minutes=30)
    closed = "2026-11-23..2026-11-24 closed"
    workspace.settings = replace(workspace.settings, company=Company(exceptions=closed))
    assert sweep(workspace) == 2
    # Half an hour was used before anybody knew.
    assert local(workspace, running(workspace, own).due) == "Wed 25 Nov 17:00"
    edit.edit(workspace, contract, {"exceptions": "2026-11-24 09:00-12:00", "timezone": "Europe/London"})
    sweep(workspace)
    found = running(workspace, theirs)
    # The contract opens a morning of the company's closing, and half past twelve in London is later.
    assert local(workspace, found.due) == "Wed 25 Nov 13:30"


def test_a_clock_keeps_the_hours_of_a_contract_that_is_archived(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    _code, contract = provider(workspace, sla="4ho", hours="mon-fri 22:00-24:00")
    code = add(workspace, "x @Paie+")
    due = running(workspace, code).due
    bulk.archive_all(workspace, [contract])
    assert sweep(workspace) == 0
    assert running(workspace, code).due == due


def test_other_hours_of_the_company_move_every_open_clock(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "x sla:7ho")
    workspace.settings = replace(workspace.settings, company=Company(hours="mon-fri 09:00-12:00"))
    assert sweep(workspace) == 1
    assert local(workspace, running(workspace, code).due) == "Wed 25 Nov 10:00"


# Deadlines of before there were clocks.


def old_deadline(workspace: Workspace, line: str, seconds: int = 4 * 3600) -> str:
    code = add(workspace, line)
    workspace.conn.execute("DELETE FROM clock")
    workspace.conn.execute(
        "UPDATE blocker SET sla_started_at = '2026-11-20T08:00:00+00:00', sla_target_s = ?,"
        " sla_due = '2026-11-20T13:30:00+00:00', sla_until = '2026-11-20T13:30:00+00:00' WHERE code = ?",
        (seconds, code),
    )
    return code


def test_an_old_deadline_gets_the_clock_of_its_promise(workspace: Workspace, nine: datetime) -> None:
    code = old_deadline(workspace, "Server sla:20ho")
    sweep(workspace)
    found = running(workspace, code)
    assert (local(workspace, found.started_at), found.target) == ("Fri 20 Nov 09:00", "20ho")
    assert blocker(workspace, code).sla_due == found.due
    assert sweep(workspace) == 0
    assert signed(workspace, "clock.open") == [PROGRAM]


def test_an_old_deadline_whose_promise_is_gone_keeps_its_own(workspace: Workspace, nine: datetime) -> None:
    code = old_deadline(workspace, "Server @Nobody")
    assert sweep(workspace) == 1
    found = running(workspace, code)
    assert (found.target_s, found.state, found.due) == (
        4 * 3600, "breached", datetime(2026, 11, 20, 13, 30, tzinfo=UTC),
    )  # fmt: skip
    assert sweep(workspace) == 0


def test_a_deadline_of_what_is_closed_is_left_alone(workspace: Workspace, nine: datetime) -> None:
    code = old_deadline(workspace, "Server sla:20ho")
    workspace.conn.execute("UPDATE blocker SET closed_at = '2026-11-20T13:00:00+00:00'")
    assert sweep(workspace) == 0
    assert clocks_of(workspace, code) == ()


# The report.


def test_respect_is_told_in_counts_then_in_percent(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    provider(workspace, sla="1ho")
    for number in range(12):
        clock.at = nine + timedelta(days=number)
        code = add(workspace, f"case {number} @Paie+")
        clock.forward(hours=30 if number in (0, 4) else 0.5)
        moves.done(workspace, [code])
        if number == 4:
            engagements.waive(workspace, clocks_of(workspace, code)[0].code, "storm")
        (found,) = kept.respect(workspace)
        if number == 3:
            assert (kept.in_words(found.over[30]), found.over[30].percent) == ("3/4", None)
    figures = found.over[30]
    assert (figures.kept, figures.broken, figures.waived) == (10, 2, 1)
    assert kept.in_words(figures) == "83 % (1 excused)"
    assert figures.median_s == 1800
    said = kept.to_json(found, workspace.names())
    assert (said["kind"], said["name"]) == ("provider", "Paie+")


def test_what_is_cancelled_or_runs_is_not_judged(workspace: Workspace, nine: datetime) -> None:
    provider(workspace, sla="1ho")
    add(workspace, "runs @Paie+")
    edit.edit(workspace, add(workspace, "refused @Paie+"), {"status": "refused"})
    assert kept.respect(workspace) == ()
    assert kept.in_words(compliance([])) == "–"


def test_thresholds_written_by_other_hands_do_not_close_the_cockpit(
    workspace: Workspace, nine: datetime
) -> None:
    code = add(workspace, "x sla:1ho")
    workspace.conn.execute("UPDATE clock SET warn = '²; 90,, -5, 400, x75'")
    assert left.thresholds(running(workspace, code)) == [90]


def test_hours_of_the_settings_are_read_with_their_closings(tmp_path: Path) -> None:
    from cockpit.services.settings import fault, load

    path = tmp_path / "config.toml"
    path.write_text('[company]\nexceptions = "2026-12-24 closed"\n')
    assert load.load(path, required=True).company.exceptions == "2026-12-24 closed"
    path.write_text('[company]\nexceptions = "Christmas"\n')
    with pytest.raises(fault.ConfigError, match="Christmas"):
        load.load(path, required=True)
    assert Settings().company.exceptions == ""

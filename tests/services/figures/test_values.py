"""Values of figures, from the line that is typed to what the scorecard says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.figures.scorecard import FigureVerdict
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.measure import Measure
from cockpit.domain.registers.priority import Priority
from cockpit.services.alerts import figure_rules
from cockpit.services.desk import refusal
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals, line, rows, scorecard, values
from cockpit.services.morning import review
from cockpit.services.work import moves
from tests.conftest import TickingClock

CASH = {"name": "Cash", "unit": "€", "aim": "at_least", "target": "150k"}


def _said(workspace: Workspace, text: str, on: date | None = None) -> None:
    said = line.understand(workspace, text)
    values.write(workspace, said.record, said.value, on=on, note=said.note)


def _one(workspace: Workspace) -> scorecard.FigureLine:
    (found,) = scorecard.scorecard(workspace)
    return found


def test_a_line_is_the_value_of_this_week_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    _said(workspace, "cash 142k € // the big customer has not paid")
    found = _one(workspace)
    assert found.figures.cells[-1].value == 142_000
    assert found.verdict is FigureVerdict.RED
    assert found.figures.cells[-1].note == "the big customer has not paid"
    workspace.undo()
    assert _one(workspace).verdict is FigureVerdict.MISSING


def test_a_second_value_of_one_week_takes_the_place_of_the_first(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    _said(workspace, "cash 142k", date(2026, 11, 23))
    _said(workspace, "cash 160k", date(2026, 11, 18))
    _said(workspace, "cash 161k", date(2026, 11, 20))
    found = _one(workspace).figures
    assert [cell.value for cell in found.cells[-2:]] == [161_000, 142_000]
    assert len(workspace.select(Measure, "measure", "archived_at IS NULL")) == 2


@pytest.mark.parametrize("text", ["cash", "cash much", "cashflow 12", "12", "cash 1.234 €"])
def test_what_is_not_understood_is_refused_and_nothing_is_written(workspace: Workspace, text: str) -> None:
    from cockpit import locale

    locale.use("fr")
    values.make(workspace, CASH)
    with pytest.raises(Refusal):
        _said(workspace, text)
    assert _one(workspace).verdict is FigureVerdict.MISSING


def test_a_nearly_right_name_is_proposed(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    with pytest.raises(line.LineNotUnderstood, match="Cash"):
        line.understand(workspace, "cahs 12")


def test_a_figure_that_is_worked_out_takes_no_value_and_no_day_to_come_does(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    values.make(workspace, {"name": "Closed", "source": "blockers_closed"})
    with pytest.raises(refusal.NotPossible):
        _said(workspace, "closed 3")
    with pytest.raises(refusal.NotPossible):
        _said(workspace, "cash 3", workspace.today() + timedelta(days=1))


def test_blockers_closed_are_counted_in_the_week_they_were_closed(
    workspace: Workspace, clock: TickingClock
) -> None:
    values.make(workspace, {"name": "Closed", "source": "blockers_closed"})
    code = workspace.add(REGISTERS["blocker"], {"title": "One", "since": clock(), "severity": "p2"})
    found = workspace.select(Blocker, "blocker", "code = ?", (code,))[0]
    workspace.change(REGISTERS["blocker"], found, {"status": "solved", "closed_at": clock()})
    assert _one(workspace).figures.cells[-1].value == 1
    clock.forward(days=7)
    cells = _one(workspace).figures.cells
    assert [cell.value for cell in cells[-2:]] == [1, 0]
    assert cells[0].value is None, "before the cockpit was kept, nothing closed says nothing"


def test_an_alert_asks_for_a_value_that_is_late_until_it_comes(
    workspace: Workspace, clock: TickingClock
) -> None:
    values.make(workspace, CASH)
    assert not figure_rules.of_figures(workspace)
    clock.forward(days=10)
    (alert,) = figure_rules.of_figures(workspace)
    assert alert.kind == "figure_late"
    _said(workspace, "cash 200k", date(2026, 11, 25))
    assert not figure_rules.of_figures(workspace)


def test_a_red_figure_is_an_alert_until_a_blocker_is_made_of_it(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    _said(workspace, "cash 142k")
    (alert,) = figure_rules.of_figures(workspace)
    assert alert.text() == "Cash is red: 142,000 € in W48, at least 150,000 € is expected"
    record = _one(workspace).record
    values.to_blocker(workspace, record, alert.text())
    assert not figure_rules.of_figures(workspace)
    with pytest.raises(refusal.NotPossible):
        values.to_blocker(workspace, record, alert.text())


def test_a_goal_is_asked_for_until_somebody_says_how_it_stands(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = workspace.add(
        REGISTERS["goal"],
        {
            "name": "Two contracts",
            "quarter": date(2026, 12, 1),
            "done_when": "both are signed",
            "state": "unsaid",
        },
    )
    (alert,) = figure_rules.of_goals(workspace)
    assert alert.kind == "goal_unsaid"
    goals.say(workspace, code, "off_track", "the second one hesitates")
    assert not figure_rules.of_goals(workspace)
    row = goals.row(goals.goals(workspace)[0], {})
    assert "off track" in row.printed
    clock.forward(days=7)
    assert [each.kind for each in figure_rules.of_goals(workspace)] == ["goal_unsaid"]
    clock.at = datetime(2027, 1, 4, 8, tzinfo=UTC)
    assert [each.kind for each in figure_rules.of_goals(workspace)] == ["goal_past"]
    goals.say(workspace, code, "dropped")
    assert not goals.goals(workspace)
    assert goals.goals(workspace, every=True)


def test_json_has_stable_keys(workspace: Workspace) -> None:
    values.make(workspace, CASH)
    found = rows.to_json(_one(workspace))
    assert set(found) == {
        "code", "name", "unit", "owner", "source", "cadence", "aim", "target", "ceiling", "state", "trend", "late",
        "values",
    }  # fmt: skip


def test_a_goal_towards_which_nothing_goes_feeds_the_priorities(
    workspace: Workspace, clock: TickingClock
) -> None:
    for name, days in (("Sign two", 0), ("Later", 120)):
        quarter = workspace.today() + timedelta(days=days)
        workspace.add(REGISTERS["goal"], {"name": name, "quarter": quarter, "done_when": "signed"})
    assert [line.record.code for line in goals.without_priority(workspace)] == ["GO-1"]
    assert [line.record.code for line in review.view(workspace, review.begin(workspace)).goals] == ["GO-1"]
    code = goals.pick(workspace, "GO-1")
    (made,) = workspace.select(Priority, "priority")
    assert (made.code, made.day, made.rank, made.tags) == (code, workspace.today(), 1, ("GO-1",))
    assert goals.without_priority(workspace) == ()
    for n in range(2):
        workspace.add(REGISTERS["goal"], {"name": f"G{n}", "quarter": workspace.today(), "done_when": "x"})
        goals.pick(workspace, f"GO-{n + 3}")
    workspace.add(REGISTERS["goal"], {"name": "Fourth", "quarter": workspace.today(), "done_when": "x"})
    with pytest.raises(NotPossible):
        goals.pick(workspace, "GO-5")
    workspace.undo()
    moves.done(workspace, [code])
    assert [line.record.code for line in goals.without_priority(workspace)][:1] == ["GO-1"]


def test_one_key_says_on_track_then_off_track(workspace: Workspace, clock: TickingClock) -> None:
    code = workspace.add(REGISTERS["goal"], {"name": "x", "quarter": workspace.today(), "done_when": "y"})
    assert [goals.flip(workspace, code) for _n in range(3)] == ["on_track", "off_track", "on_track"]
    clock.forward(days=7)
    assert goals.flip(workspace, code) == "on_track", "said again this week"

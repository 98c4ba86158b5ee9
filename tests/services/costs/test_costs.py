"""Costs from the records of a company: what is counted, at which price, for which function; what is missing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.costs.ledger import Nature
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.cost import Cost
from cockpit.services.changes import edit
from cockpit.services.costs import accounts, rows, spending, times
from cockpit.services.costs.accounts import CostLine
from cockpit.services.costs.times import SPENT
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import moves
from tests.conftest import TickingClock
from tests.services.records.secrets_everywhere import fill


def _add(workspace: Workspace, register: str, **values: Value) -> str:
    return workspace.add(REGISTERS[register], values)


@pytest.fixture
def payroll(workspace: Workspace) -> str:
    """A function that is outside, by a contract of 12 000 € a year; Claire costs 60 € an hour, Marc 40."""
    function = _add(workspace, "function", name="Payroll", mode="external")
    provider = _add(workspace, "provider", name="Paie+")
    _add(workspace, "contract", name="Payroll", provider=provider, functions=(function,), amount=1_200_000)
    _add(workspace, "person", name="Claire", loaded_rate=6_000)
    _add(workspace, "person", name="Marc", loaded_rate=4_000)
    return function


def _of(workspace: Workspace, code: str) -> CostLine:
    return next(line for line in accounts.costs(workspace).functions if line.code == code)


def test_an_invoice_goes_to_the_functions_and_the_provider_of_its_contract(
    workspace: Workspace, payroll: str
) -> None:
    _add(workspace, "cost", name="October", month=date(2026, 10, 12), contract="CT-1", amount=100_000)
    _add(workspace, "cost", name="Too old", month=date(2025, 11, 30), contract="CT-1", amount=700)
    found = accounts.costs(workspace)
    assert _of(workspace, payroll).account.invoiced == 100_000
    (provider,) = found.providers
    assert (provider.name, provider.account.total) == ("Paie+", 100_000)
    assert found.months[0] == date(2025, 12, 1)


def test_a_meeting_costs_the_time_of_those_the_company_pays(workspace: Workspace, payroll: str) -> None:
    outside = _add(workspace, "person", name="Paul", kind="external")
    blocker = _add(workspace, "blocker", title="Late payslips", function=payroll, since=workspace.clock())
    held = _add(
        workspace, "occurrence", ritual=_add(workspace, "ritual", name="Flash", rule="mon 11:45"),
        planned_at=datetime(2026, 11, 16, 10, tzinfo=UTC), ended_at=datetime(2026, 11, 16, 11, tzinfo=UTC),
        status="held", cost_minutes=90, agenda=json.dumps([{"code": blocker, "question": "?"}]),
    )  # fmt: skip
    for who in ("PE-1", "PE-2", outside):
        _add(workspace, "attendance", occurrence=held, person=who, present=True)
    line = _of(workspace, payroll)
    # 90 person-minutes, of two whom the company pays: 45 at 60 €, 45 at 40 €.
    assert line.account.of(Nature.COORDINATION) == 4_500 + 3_000
    assert line.account.minutes == 90


def test_time_that_is_noted_is_priced_by_who_noted_it_and_undone_with_it(
    workspace: Workspace, payroll: str
) -> None:
    blocker = _add(workspace, "blocker", title="Late payslips", function=payroll, since=workspace.clock())
    assert spending.spend(workspace, blocker, 30) == 30
    assert spending.spend(workspace, blocker, 15) == 45
    assert _of(workspace, payroll).account.of(Nature.COORDINATION) == 4_500
    workspace.undo()
    assert _of(workspace, payroll).account.of(Nature.COORDINATION) == 3_000


def test_a_tool_costs_a_twelfth_each_month_from_the_month_it_was_entered(
    workspace: Workspace, payroll: str, clock: TickingClock
) -> None:
    process = _add(workspace, "process", name="Pay", function=payroll)
    _add(workspace, "tool", name="Silae", processes=(process,), yearly_cost=120_000)
    assert _of(workspace, payroll).account.of(Nature.TOOLS) == 10_000
    clock.forward(days=31)
    assert _of(workspace, payroll).account.of(Nature.TOOLS) == 20_000


def test_what_is_missing_is_said(workspace: Workspace, payroll: str) -> None:
    line = _of(workspace, payroll)
    assert len(line.missing) == 3
    assert "no invoice of the last three months" in line.missing
    assert line.level == ""
    blocker = _add(workspace, "blocker", title="x", function=payroll, since=workspace.clock())
    other = Workspace(workspace.conn, workspace.path, workspace.settings, workspace.clock)
    other.__dict__["actor"] = "Sophie"
    spending.spend(other, blocker, 60)
    (missing,) = accounts.costs(workspace).missing
    assert "Sophie" in missing
    assert _of(workspace, payroll).account.of(Nature.COORDINATION) == 5_000, "the median of 40 and 60"


def test_json_and_text_say_the_same(workspace: Workspace, payroll: str) -> None:
    _add(workspace, "cost", name="October", month=date(2026, 10, 1), function=payroll, amount=100_000)
    _add(
        workspace,
        "cost",
        name="Again",
        month=date(2026, 10, 1),
        function=payroll,
        kind="rework",
        amount=40_000,
    )
    found = accounts.costs(workspace)
    lines: Any = rows.to_json(found)["functions"]
    (said,) = lines
    assert (said["invoiced"], said["hidden"], said["share"], said["state"]) == (
        100_000,
        40_000,
        0.4,
        "control",
    )
    printed = " ".join(rows.cost(found.functions[0]).printed.split())
    assert "€1,000 + €400 hidden" in printed
    assert "40 % control" in printed


@pytest.mark.parametrize(
    ("text", "minutes"), [("15", 15), ("+15m", 15), ("1h30", 90), ("2 h", 120), ("45 min", 45)]
)
def test_minutes_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert spending.minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "-5", "soon", "25h", "9999"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(WrongValue):
        spending.minutes_of(text)


def test_time_on_a_record_that_keeps_no_sum_is_a_line_of_costs(workspace: Workspace, payroll: str) -> None:
    _add(workspace, "decision", title="We keep Paie+", function=payroll, decided_at=workspace.clock())
    for code in ("PR-1", "CT-1", payroll, "D-1"):
        assert spending.spend(workspace, code, 30) == 30
    found = accounts.costs(workspace)
    # Claire is at the keyboard, at 60 € an hour: what is the provider's is known by its only contract.
    assert found.providers[0].account.of(Nature.COORDINATION) == 2 * 3_000
    assert _of(workspace, payroll).account.of(Nature.COORDINATION) == 4 * 3_000
    workspace.undo()
    assert _of(workspace, payroll).account.of(Nature.COORDINATION) == 3 * 3_000
    with pytest.raises(UnknownCode):
        spending.spend(workspace, "PR-9", 5)


def test_time_can_be_noted_on_a_record_of_every_register(workspace: Workspace) -> None:
    fill(workspace)
    for register in REGISTERS.values():
        (first, *_others) = workspace.select(register.type, register.name, "1 ORDER BY number")
        assert spending.spend(workspace, first.code, 5) >= 5, register.name
        made = workspace.select(Cost, "cost", "1 ORDER BY number DESC LIMIT 1")[0]
        assert register.name in SPENT or made.conf >= first.conf or hasattr(first, "blocker")


def test_a_case_that_is_opened_again_costs_what_such_a_case_takes(workspace: Workspace, payroll: str) -> None:
    for n in range(3):
        code = _add(workspace, "blocker", title=f"Case {n}", function=payroll, since=workspace.clock())
        spending.spend(workspace, code, 20 * (n + 1))
        moves.done(workspace, [code])
    edit.edit(workspace, "B-1", {"status": "open"})
    # 50 minutes of Claire's time, the median of the two that are closed.
    assert _of(workspace, payroll).account.of(Nature.REWORK) == 5_000
    workspace.undo()
    assert _of(workspace, payroll).account.of(Nature.REWORK) == 0


def test_a_room_is_told_of_no_time_on_what_it_may_not_know(workspace: Workspace, payroll: str) -> None:
    for conf in (1, 3):
        code = _add(workspace, "blocker", title="x", function=payroll, since=workspace.clock(), conf=conf)
        spending.spend(workspace, code, 60)
    assert sum(each.minutes for each in times.spent(workspace, workspace.clock() - timedelta(days=1))) == 120
    below = workspace.behind(1)
    assert sum(each.minutes for each in times.spent(below, workspace.clock() - timedelta(days=1))) == 60

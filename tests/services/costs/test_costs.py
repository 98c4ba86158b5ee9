"""Costs from the records of a company: what is counted, at which price, for which function; what is missing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cockpit.domain.costs.ledger import Nature
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.costs import accounts, rows, spending
from cockpit.services.costs.accounts import CostLine
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from tests.conftest import TickingClock


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


def test_time_is_noted_only_where_it_counts(workspace: Workspace, payroll: str) -> None:
    with pytest.raises(UnknownCode):
        spending.spend(workspace, payroll, 5)

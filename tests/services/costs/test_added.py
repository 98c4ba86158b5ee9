"""What one more provider, tool or ritual costs a year, as it is said when it is added and on its page."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit.domain.records.record import Record, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.tool import Tool
from cockpit.services.boards import record_page
from cockpit.services.costs import added, spending
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find


def _add(workspace: Workspace, register: str, **values: Value) -> str:
    return workspace.add(REGISTERS[register], values)


def _found(workspace: Workspace, code: str) -> Record:
    return find.find(workspace, code)[1]


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Claire at 60 € an hour, Marc at 40, Paul who is outside; payroll is carried by Paie+ for 12 000 €."""
    _add(workspace, "person", name="Claire", loaded_rate=6_000)
    _add(workspace, "person", name="Marc", loaded_rate=4_000)
    _add(workspace, "person", name="Paul", kind="external")
    function = _add(workspace, "function", name="Payroll", mode="external")
    provider = _add(workspace, "provider", name="Paie+")
    _add(workspace, "contract", name="Pay", provider=provider, functions=(function,), amount=1_200_000)
    return workspace


def test_a_ritual_costs_its_meetings_of_a_year_times_those_who_are_paid(company: Workspace) -> None:
    code = _add(
        company, "ritual", name="Flash", rule="monthly 15 11:45", minutes=30, members=("PE-1", "PE-2", "PE-3")
    )
    words = added.said(company, _found(company, code))
    # Twelve fifteenths a year, of which a Saturday and a Sunday or a holiday may be moved or left out.
    times = int(words.partition("(")[2].split()[0])
    assert 8 <= times <= 12
    assert f"€{times * 50} of coordination a year" in words
    assert "2 people paid by the hour" in words


def test_without_members_or_rates_it_says_what_is_missing(company: Workspace) -> None:
    code = _add(company, "ritual", name="Flash", rule="mon 11:45", minutes=30)
    assert "name its members" in added.said(company, _found(company, code))
    company.conn.execute("UPDATE person SET loaded_rate = NULL")
    code = _add(company, "ritual", name="Review", rule="mon 14:00", minutes=60, members=("PE-1",))
    words = added.said(company, _found(company, code))
    assert "h of coordination a year, without a rate" in words.replace("\u202f", " ").replace("\xa0", " ")


def test_a_provider_costs_its_contracts_and_what_the_others_take_on_average(company: Workspace) -> None:
    blocker = _add(company, "blocker", title="Late", function="FN-1", since=company.clock())
    spending.spend(company, blocker, 60)
    spending.spend(company, "PR-1", 30)
    one = _add(company, "provider", name="InfoSud")
    words = added.notice(company, "provider", one)
    assert "no contract says its amount yet + €90 of coordination a year" in words
    assert "your other provider takes" in words
    contract = _add(company, "contract", name="IT", provider=one, amount=900_000)
    assert "€9,000 a year + €90" in added.notice(company, "contract", contract, "amount")
    assert added.notice(company, "contract", contract, "notice") == ""


def test_the_first_provider_is_compared_with_none(workspace: Workspace) -> None:
    code = _add(workspace, "provider", name="Paie+")
    assert added.said(workspace, _found(workspace, code)) == "no contract says its amount yet"


def test_three_tools_for_one_use_say_so(company: Workspace) -> None:
    for name, use in (("Slack", "Messages"), ("Teams", "messages "), ("Silae", "Payroll"), ("Zip", "")):
        _add(company, "tool", name=name, usage=use)
    (slack, teams, *_others) = tools = [_found(company, f"TO-{n}") for n in (1, 2, 3, 4)]
    assert "2 tools for “Messages”, with Teams" in added.said(company, slack)
    assert "“" not in added.said(company, tools[2])
    every = [each for each in tools if isinstance(each, Tool)]
    assert added.crowded(company, every) == {}
    third = _add(company, "tool", name="Mattermost", usage="Messages", yearly_cost=60_000)
    assert added.notice(company, "tool", third) == (
        "price of one more: €600 a year · 3 tools for “Messages”, with Slack, Teams"
    )
    assert added.crowded(company, every).keys() == {"TO-1", "TO-2"}
    (line,) = (each for each in record_page.related(company, teams) if each.label == "Yearly price")
    assert "3 tools" in line.text


def test_what_is_no_more_to_keep_in_tune_has_no_price(company: Workspace) -> None:
    assert added.notice(company, "person", "PE-1") == ""
    _add(company, "cost", name="x", month=date(2026, 11, 1), amount=5)
    assert added.notice(company, "cost", "CO-1") == ""
    assert added.notice(company, "provider", "PR-9") == ""

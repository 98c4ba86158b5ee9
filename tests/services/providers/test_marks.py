"""What we say of a provider stands beside its own word, and silences alerts no longer than it should."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, ProviderStanding, StatusReading
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings, StatusSource
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import our_words
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.store.outside import readings, sources

SOURCE = StatusSource(
    key="paie", name="Paie+", url="https://status.paie.test", criticality="vital", provider="Paie+"
)


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    workspace.settings = Settings(statuses=(SOURCE,))
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["provider"], {"name": "Cabinet Lagarde"})
    return workspace


def says(workspace: Workspace, state: State, *parts: Component) -> None:
    """The page is read now and says this."""
    now = workspace.clock()
    readings.save_reading(
        workspace.conn, "paie", StatusReading(state=state, components=parts),
        reported=state, settled=ProviderStanding(state=state, since=now), at=now,
    )  # fmt: skip
    saved = sources.SourceState(kind="status", key="paie", last_ok=now, last_try=now, interval_s=120)
    sources.save_source_state(workspace.conn, saved)


def line(workspace: Workspace, name: str = "Paie+") -> ProviderLine:
    return next(each for each in board(workspace).outside.providers if each.name == name)


def alerts(workspace: Workspace) -> list[Alert]:
    return [each for each in board(workspace).alerts.loud if each.subject in ("Paie+", "Cabinet Lagarde")]


def later(workspace: Workspace, **span: float) -> None:
    now = workspace.clock() + timedelta(**span)
    workspace.clock = lambda: now


def test_what_was_seen_raises_no_alert_until_the_trouble_is_over(company: Workspace) -> None:
    says(company, State.MAJOR_OUTAGE)
    assert [each.kind for each in alerts(company)] == ["provider"]
    our_words.acknowledge(company, line(company).about, "Sophie appelle")
    assert alerts(company) == []
    assert line(company).state is State.MAJOR_OUTAGE
    later(company, minutes=10)
    says(company, State.OPERATIONAL)
    later(company, minutes=10)
    says(company, State.MAJOR_OUTAGE)
    assert line(company).ours.acknowledged is None
    assert [each.kind for each in alerts(company)] == ["provider"]


def test_a_mute_ends_when_it_said(company: Workspace) -> None:
    says(company, State.MAJOR_OUTAGE)
    our_words.mute(company, line(company).about, "travaux annoncés", company.clock() + timedelta(hours=1))
    assert alerts(company) == []
    later(company, hours=1)
    says(company, State.MAJOR_OUTAGE)
    assert [each.kind for each in alerts(company)] == ["provider"]


def test_a_muted_component_silences_its_own_trouble_only(company: Workspace) -> None:
    api, site = (
        Component(id="1", name="API", state=State.DEGRADED),
        Component(id="2", name="Site", state=State.DEGRADED),
    )
    says(company, State.DEGRADED, api)
    our_words.mute(company, line(company).about, "pas pour nous", company.clock() + timedelta(days=9), "api")
    assert alerts(company) == []
    says(company, State.DEGRADED, api, site)
    assert [each.kind for each in alerts(company)] == ["provider"]


def test_what_we_see_stands_beside_a_page_that_says_all_is_well(company: Workspace) -> None:
    says(company, State.OPERATIONAL)
    our_words.report_problem(company, line(company).about, "personne ne se connecte", State.MAJOR_OUTAGE)
    assert line(company).state is State.OPERATIONAL
    (found,) = alerts(company)
    assert (found.level, found.kind) == (2, "provider_seen")
    assert "personne ne se connecte" in found.text()
    problem = line(company).ours.problem
    assert problem is not None
    our_words.settle(company, problem)
    assert alerts(company) == []
    company.undo()
    assert len(alerts(company)) == 1


def test_a_provider_without_a_page_has_the_state_given_by_hand_until_it_expires(company: Workspace) -> None:
    lagarde = line(company, "Cabinet Lagarde")
    assert (lagarde.state, lagarde.has_page) == (State.UNKNOWN, False)
    our_words.set_state(
        company, lagarde.about, State.OPERATIONAL, "vu hier", company.clock() + timedelta(days=7)
    )
    assert line(company, "Cabinet Lagarde").state is State.OPERATIONAL
    later(company, days=7)
    assert line(company, "Cabinet Lagarde").state is State.UNKNOWN


def test_the_last_exchange_is_remembered(company: Workspace) -> None:
    our_words.note_exchange(company, line(company, "Cabinet Lagarde").about, "bail du dépôt")
    noted = company.now()
    later(company, days=3)
    assert line(company, "Cabinet Lagarde").exchange == noted


def test_a_source_that_goes_back_and_forth_raises_one_alert(company: Workspace) -> None:
    for state in (State.OPERATIONAL, State.MAJOR_OUTAGE) * 3:
        later(company, minutes=3)
        says(company, state)
    assert [each.kind for each in alerts(company)] == ["unstable"]
    later(company, minutes=35)
    says(company, State.MAJOR_OUTAGE)
    assert [each.kind for each in alerts(company)] == ["provider"]

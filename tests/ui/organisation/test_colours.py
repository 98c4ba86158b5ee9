"""Colours of the organisation: health is silence, red is for what is near or down, one scale of gravity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.organisation import risk_matrix
from cockpit.domain.organisation.flows import FlowPulse
from cockpit.services.boards import health
from cockpit.services.desk.row import Role
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import continuity, contract_timeline, flows, risks
from cockpit.ui.kit.visuals import BAD, GOOD, WARN
from cockpit.ui.organisation import rows
from cockpit.ui.widgets.matrix import heading


def test_a_flow_with_a_fault_has_nothing_green_and_a_sound_one_only_its_dot(mistral: Workspace) -> None:
    found = flows.flow_map(mistral)
    every = [flow for cell in found.cells for flow in cell.flows]
    assert {flow.is_grey for flow in every if flow.pulse is FlowPulse.KEPT} == {True, False}
    for flow in every:
        row = flows.row(flow, "", "Paie+", found.today)
        green = [piece for piece in (*row.left, *row.right) if piece.role is Role.GOOD]
        sound = flow.pulse is FlowPulse.KEPT and not flow.is_grey
        assert [piece.text for piece in green] == (["●"] if sound else [])


def test_a_grey_zone_of_the_matrix_is_not_amber(mistral: Workspace) -> None:
    found = flows.flow_map(mistral)
    grey = [cell for cell in found.cells if cell.is_grey or not cell.flows]
    assert grey
    for cell in grey:
        styles = {str(span.style) for span in rows.cell(cell, None).spans}
        late = cell.flows and cell.pulse is FlowPulse.LATE
        assert late or WARN not in styles


def test_a_calm_function_says_so_in_no_colour(mistral: Workspace) -> None:
    calm = [card for card in health.cards(mistral) if card.health == "calm"]
    assert calm
    for card in calm:
        _first, _who, said = rows.card(card, 40)
        assert not {str(span.style) for span in said.spans} & {GOOD, WARN, BAD}


def test_red_and_amber_of_a_contract_follow_nearness(mistral: Workspace) -> None:
    found = contract_timeline.timeline(mistral)
    for day in found.days:
        left, role = day.on - found.today, contract_timeline.nearness(day, found.today)
        assert (role is Role.BAD) == (left <= timedelta(days=30) and day.kind != contract_timeline.RENEWAL)
    bars = [contract_timeline.bar(found, line)[6:] for line in found.lines]
    assert {role for bar in bars for _sign, role in bar} == {Role.QUIET}, "what comes in half a year is grey"


def test_gravity_is_one_scale_and_only_what_asks_for_somebody_is_said_in_colour(mistral: Workspace) -> None:
    scale = [risk_matrix.LOW, risk_matrix.WATCH, risk_matrix.CONTROL, risk_matrix.DANGER]
    assert [risks.ROLES[zone] for zone in scale] == [Role.QUIET, Role.WATCH, Role.PRESSING, Role.BAD]
    found = risks.risk_map(mistral)
    for risk in found.risks:
        where = risk_matrix.net(risk)
        *_rest, sign, words = risks.row(found, risk).right
        if where and risk_matrix.zone(where) in scale[:2]:
            assert words.role is Role.QUIET, "only the sign"
        elif where:
            assert words.role is sign.role


def test_what_is_said_of_a_function_stands_in_one_column_near_its_name(mistral: Workspace) -> None:
    found = continuity.readiness(mistral)
    longest = max(len(each.function.name) for each in found)
    for each in found:
        first, _second = continuity.rows(each, longest)
        assert not first.right
        assert first.left[1].column == longest


@pytest.mark.parametrize(
    ("name", "width", "words"),
    [("Sophie Le Goff", 6, "Sophi\nGoff"), ("RH et paie", 5, "RH\npaie"), ("Finance et comptabilité", 4, "Fin\ncom"),
     ("IT", 6, "IT"), ("Direction des systèmes internes", 6, "Direc\nsystè")],
)  # fmt: skip
def test_a_column_is_headed_by_the_words_of_its_name(name: str, width: int, words: str) -> None:
    assert heading(name, width, 2).plain == words

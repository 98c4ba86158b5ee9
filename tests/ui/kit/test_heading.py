"""The two lines at the top: what is wrong, the hour and how many alerts there are never leave them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.services.boards import pulse
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp
from cockpit.ui.kit import heading, painted

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Mn", "Me", "Zl", "Zp")), max_size=90)


@pytest.fixture(params=["at home", "veiled", "away and veiled"])
def app(mistral: Workspace, request: pytest.FixtureRequest) -> CockpitApp:
    """One for all the examples: it is never run."""
    found = CockpitApp(mistral, is_demo=True)
    if "away" in request.param:
        mistral.travel("America/Argentina/ComodRivadavia")
    if "veiled" in request.param:
        mistral.draw_veil(1)
    found.board = board(mistral.shown)
    return found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=NAMES, width=st.integers(80, 180), said=st.sampled_from(["", "layout: morning · Z", "x" * 200]))
def test_whatever_the_company_is_called_and_however_wide_the_terminal_is(
    app: CockpitApp, name: str, width: int, said: str
) -> None:
    now = replace(app.board, company=name)
    first = heading.first_line(app, now, width)
    assert first.cell_length <= width
    assert f"{now.at:%H:%M}" in first.plain
    assert painted.pieces(pulse.asking(now), width).plain in first.plain
    second = heading.second_line(app, now, width, "week", Content(said), beside=True)
    assert second.cell_length <= width
    sign, _about, *figure = next(iter(pulse.troubles(now)))
    assert sign.text in second.plain
    assert "".join(piece.text for piece in figure) in second.plain, "how bad it is is never cut"

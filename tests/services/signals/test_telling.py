"""Where raised signals are told: three in the morning review, an alert when in danger, by level, in the banner."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit import locale
from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.registers import REGISTERS
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import ScoreProof, SignalScore, SignalState
from cockpit.services.alerts.signal_rules import SignalDanger
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import review
from cockpit.services.morning.text import to_json, to_text
from cockpit.services.signals import acknowledgement, listing, measure, proof, rows, text
from cockpit.services.signals.words import sparkline
from cockpit.services.signals.words import text as text_of
from tests.conftest import TickingClock


@pytest.fixture
def threatened(workspace: Workspace, clock: TickingClock) -> Workspace:
    """Five providers that threaten the company, the last one in secret, three weeks after they were written down."""
    for n in range(5):
        workspace.add(REGISTERS["provider"], {
            "name": f"Provider {n}", "dependence": 4, "penetration": 4, "maturity": 1, "trust": 1,
            "conf": 3 if n == 4 else 1,
        })  # fmt: skip
    clock.forward(days=21)
    measure.measure(workspace)
    return workspace


def test_five_that_are_true_become_three_then_the_others(threatened: Workspace) -> None:
    found = listing.read(threatened)
    # The weeks of 23 and 30 November are true twice at the second: three; the others at the third.
    since = sorted(line.kept.raised for line in found.lines if line.kept.raised)
    assert [day.isoformat() for day in since] == ["2026-11-30"] * 3 + ["2026-12-07"] * 2


def test_the_review_tells_three_at_most_and_says_them_as_text_and_json(threatened: Workspace) -> None:
    shown = review.view(threatened, review.begin(threatened))
    assert [line.signal.id for line in shown.raised] == ["S10"] * 3
    assert not any(isinstance(alert, SignalDanger) for alert in shown.signals)
    assert "Threat of a provider · Provider 0" in to_text(shown)
    told = to_json(threatened, shown)["raised"]
    assert isinstance(told, list)
    assert {each["signal"] for each in told} == {"S10"}


def test_danger_is_a_red_alert_until_somebody_answers(threatened: Workspace) -> None:
    def told() -> list[SignalDanger]:
        return [each for each in board(threatened).alerts.loud if isinstance(each, SignalDanger)]

    first = next(each for each in told() if each.subject == "Provider 0")
    assert first.level is AlertLevel.RED
    assert first.text() == "Signal S10 in danger: Threat of a provider · Provider 0"
    acknowledgement.act(threatened, first.target, SignalState.DANGER, "Find another")
    assert "Provider 0" not in {each.subject for each in told()}


def test_what_is_above_the_level_of_the_room_is_not_shown_and_said_to_be_left_out(
    threatened: Workspace,
) -> None:
    everything, room = listing.read(threatened), listing.read(threatened.behind(2))
    assert "Provider 4" in {line.subject for line in everything.lines}
    assert "Provider 4" not in {line.subject for line in room.lines}
    assert room.held_back >= 1
    assert "above this level" in "\n".join(text.lines(room))


def test_a_list_without_records_still_names_the_signals_of_each_gauge(threatened: Workspace) -> None:
    found = listing.read(threatened, whole=False)
    assert [[row.code for row in gauge.score.proof.rows] for gauge in found.gauges] == [
        ["S6", "S22", "S26"], ["S4", "S10", "S11", "S17"], ["S8", "S13", "S18"],
    ]  # fmt: skip
    assert not any(line.score.proof.rows for line in found.lines)


def test_every_proof_reads_in_both_languages_without_a_place_left_to_fill(threatened: Workspace) -> None:
    for language in ("fr", "en"):
        locale.use(language)
        found = listing.read(threatened)
        for line in found.lines:
            told = "\n".join([rows.signal(line).printed, *text.proof(proof.read(threatened, line))])
            assert "{" not in told, told
    assert {line.signal.id for line in found.lines} <= set(SIGNALS)


def test_a_contract_without_a_date_to_act_on_says_so_in_words() -> None:
    proof = ScoreProof(figures={"lacking": 2.0})
    score = SignalScore(
        signal="S23", subject="CT-1", week=date(2026, 11, 23), value=None, threshold=90, n=2,
        state=SignalState.WATCH, proof=proof,
    )  # fmt: skip
    assert text_of(score, "CT-1") == "No date to act on is known; clauses missing: 2"


def test_a_trend_is_one_sign_a_week_and_a_point_where_nothing_was_known() -> None:
    assert sparkline([None, 0, 1, 2]) == "·▁▅█"
    assert sparkline([3, 3]) == "██"
    assert sparkline([None, None]) == "··"
    assert len(sparkline([float(n) for n in range(13)])) == 13

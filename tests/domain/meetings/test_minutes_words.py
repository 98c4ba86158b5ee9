"""How minutes write spans of time and votes."""

from __future__ import annotations

import pytest

from cockpit.domain.meetings.minutes import clock, mean
from cockpit.locale import use


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0:00"), (0.9, "0:00"), (59, "0:59"), (60, "1:00"), (3_601, "60:01"), (-0.9, "0:00"), (-1, "-0:01"),
        (-61.5, "-1:01"),
    ],
)  # fmt: skip
def test_a_span_is_minutes_and_whole_seconds_with_its_sign(seconds: float, said: str) -> None:
    assert clock(seconds) == said


@pytest.mark.parametrize(("pair", "english", "french"), [((0, 0), "—", "—"), ((7, 2), "3.5", "3,5")])
def test_votes_are_told_by_their_mean_and_none_by_a_dash(
    pair: tuple[int, int], english: str, french: str
) -> None:
    use("en")
    assert mean(pair) == english
    use("fr")
    assert mean(pair) == french

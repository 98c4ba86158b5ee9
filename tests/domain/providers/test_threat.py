"""The threat level: the formula, its zones, and that unknown is never a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.providers import threat
from cockpit.domain.providers.threat import Threat, ThreatPart

figures = st.one_of(st.none(), st.integers(1, 4))


@given(d=figures, p=figures, m=figures, t=figures)
def test_one_unknown_figure_leaves_the_level_unknown(
    d: int | None, p: int | None, m: int | None, t: int | None
) -> None:
    found = Threat(ThreatPart(d), ThreatPart(p), ThreatPart(m), ThreatPart(t))
    assert (found.level is None) == (None in (d, p, m, t)) == (found.zone == threat.UNKNOWN)
    assert found.level is None or 1 / 16 <= found.level + 0.01 <= 16.01


@pytest.mark.parametrize(
    ("figures", "level", "zone"),
    [((3, 2, 2, 2), 1.5, "watch"), ((4, 2, 2, 2), 2, "control"), ((4, 4, 2, 2), 4, "control"),
     ((4, 4, 3, 1), 5.33, "danger"), ((1, 1, 4, 4), 0.06, "watch")],
)  # fmt: skip
def test_zones_begin_above_their_limits(figures: tuple[int, int, int, int], level: float, zone: str) -> None:
    found = Threat(*map(ThreatPart, figures))
    assert (found.level, found.zone) == (level, zone)


@given(
    verdict=st.sampled_from(["", "open", "sound", "mend", "danger"]),
    functions=st.integers(0, 9), data=st.data(),
)  # fmt: skip
def test_what_is_worked_out_stays_on_the_scale(verdict: str, functions: int, data: st.DataObject) -> None:
    documented, covered = (data.draw(st.integers(0, functions)) for _ in range(2))
    found = threat.maturity(verdict, functions, documented, covered)
    assert found is None or 1 <= found <= 4
    assert (found is None) == (verdict in ("", "open") and not (documented or covered))


def test_more_of_it_is_never_less() -> None:
    grid = [[threat.dependence(i, s) for s in (1, 2, 3)] for i in (1, 2, 3, 4)]
    assert grid == [[1, 1, 1], [1, 2, 2], [1, 2, 3], [2, 3, 4]]
    assert [threat.penetration(levels, False) for levels in ([], ["read"], ["user"], ["read", "admin"])] == [
        None, 1, 2, 3,
    ]  # fmt: skip
    assert threat.penetration([], True) == 2
    assert threat.penetration(["admin"], True) == 4
    assert [threat.trust(kept, 10) for kept in (10, 9, 8, 5)] == [4, 3, 2, 1]
    assert threat.trust(2, 2) is None

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
     ((3, 3, 2, 1), 4.5, "danger"), ((4, 4, 3, 1), 5.33, "danger"), ((1, 1, 4, 4), 0.06, "watch")],
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


def test_what_a_person_says_comes_before_what_is_worked_out() -> None:
    assert threat.part(3, 1) == ThreatPart(3, given=True)
    assert threat.part(None, 2) == ThreatPart(2, given=False)
    assert threat.part(None, None) == ThreatPart(None, given=False)


@pytest.mark.parametrize(
    ("levels", "alone", "with_personal_data"),
    [
        ([], None, 2), (["read"], 1, 2), (["user"], 2, 3), (["admin"], 3, 4), (["admin", "read"], 3, 4),
        (["user", "read"], 2, 3), (["a level of later"], 2, 3),
    ],
)  # fmt: skip
def test_it_reaches_as_far_as_its_widest_access_and_one_further_with_personal_data(
    levels: list[str], alone: int | None, with_personal_data: int
) -> None:
    assert threat.penetration(levels, False) == alone
    assert threat.penetration(levels, True) == with_personal_data


@pytest.mark.parametrize(
    ("verdict", "functions", "written", "found"),
    [
        ("sound", 0, (0, 0), 4), ("mend", 0, (0, 0), 2), ("danger", 0, (0, 0), 1), ("sound", 2, (0, 0), 4),
        # Nothing is written down, or there is no function of which it could be.
        ("", 2, (0, 0), None), ("open", 0, (0, 0), None), ("", 0, (1, 1), None),
        # Without an audit: 1 for nothing to 4 for all, of both.
        ("", 4, (4, 4), 4), ("", 4, (1, 0), 1), ("", 4, (0, 1), 1), ("", 2, (0, 1), 2), ("", 4, (4, 2), 3),
        ("", 4, (2, 4), 3), ("", 10, (7, 8), 3), ("", 10, (9, 9), 4),
        # With one: 4 and 2.5 and 2.5, 4 and 1 and 4, 4 and 2 and 1, 4 and 4 and 4.
        ("sound", 2, (1, 1), 3), ("sound", 1, (0, 1), 3), ("sound", 3, (1, 0), 2), ("sound", 2, (2, 2), 4),
        # Never better than it found.
        ("mend", 2, (2, 2), 2), ("danger", 2, (2, 2), 1), ("mend", 2, (0, 1), 2), ("mend", 9, (1, 0), 1),
    ],
)  # fmt: skip
def test_maturity_is_the_mean_of_the_audit_and_of_what_is_written_down_and_never_above_the_audit(
    verdict: str, functions: int, written: tuple[int, int], found: int | None
) -> None:
    assert threat.maturity(verdict, functions, *written) == found


@pytest.mark.parametrize(
    ("kept", "judged", "mark", "found"),
    [
        (20, 20, None, 4), (19, 20, None, 4), (18, 20, None, 3), (17, 20, None, 2), (15, 20, None, 2),
        (14, 20, None, 1), (0, 20, None, 1), (3, 3, None, 4), (2, 2, None, None), (0, 0, None, None),
        (0, 0, 1.0, 1), (0, 0, 1.9, 1), (0, 0, 2.0, 2), (0, 0, 3.9, 3), (0, 0, 4.0, 4), (0, 0, 5.0, 4), (2, 2, 2.5, 2),
        (20, 20, 2.5, 2), (14, 20, 4.5, 1), (18, 20, 5.0, 3),
    ],
)  # fmt: skip
def test_trust_is_the_lower_of_promises_kept_and_of_our_mean_mark(
    kept: int, judged: int, mark: float | None, found: int | None
) -> None:
    assert threat.trust(kept, judged, mark) == found

"""How well promises were kept: counts under ten, a floored share from ten on, nothing dropped."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.promises.compliance import ENOUGH, JudgedClock, compliance

ended = st.builds(
    JudgedClock, kept=st.booleans(), consumed_s=st.integers(0, 10**6), overrun_s=st.integers(0, 10**5),
    waived=st.booleans(),
)  # fmt: skip


@given(st.lists(ended, max_size=30))
@settings(max_examples=40)
def test_everything_that_was_judged_is_counted(clocks: list[JudgedClock]) -> None:
    found = compliance(clocks)
    assert found.count == len(clocks)
    assert (found.percent is None) == (len(clocks) < ENOUGH)
    assert found.waived <= found.broken
    if clocks:
        used = [each.consumed_s for each in clocks]
        assert found.median_s is not None
        assert found.p90_s is not None
        assert min(used) <= found.median_s <= found.p90_s <= max(used)
        assert sum(each <= found.p90_s for each in used) >= 0.9 * len(used)


def test_the_share_is_never_rounded_up() -> None:
    clocks = [JudgedClock(True, 1)] * 999 + [JudgedClock(False, 1)]
    assert compliance(clocks).percent == 99


def test_an_excused_breach_is_a_breach_and_an_open_one_has_no_overrun_yet() -> None:
    found = compliance(
        [JudgedClock(False, 10, 4, waived=True), JudgedClock(False, 90, 80, open=True), JudgedClock(True, 5)]
    )
    assert (found.kept, found.broken, found.waived, found.late_open) == (1, 2, 1, 1)
    assert (found.overrun_s, found.median_s) == (4, 7)


def test_nothing_says_nothing() -> None:
    found = compliance([])
    assert (found.count, found.percent, found.median_s, found.p90_s, found.overrun_s) == (
        0,
        None,
        None,
        None,
        None,
    )

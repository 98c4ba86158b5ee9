"""Terms of contracts: the golden cases, and what is always true of a term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.time.contract_terms import add_months, term_at


@pytest.mark.parametrize(
    ("start", "months", "on", "ends", "notice_by"),
    [
        ("2024-08-28", (12, 12, 2), "2026-02-11", "2026-08-28", "2026-06-28"),
        ("2018-09-27", (36, 12, 3), "2019-06-07", "2021-09-27", "2021-06-27"),
        ("2020-08-01", (36, 12, 3), "2023-10-31", "2024-08-01", "2024-05-01"),
        ("2025-08-31", (6, 6, 1), "2026-01-15", "2026-02-28", "2026-01-28"),
        ("2025-08-31", (6, 6, 1), "2026-03-01", "2026-08-31", "2026-07-31"),
    ],
    ids=["K1", "K2", "K3", "K4", "K4 next"],
)
def test_golden_cases(start: str, months: tuple[int, int, int], on: str, ends: str, notice_by: str) -> None:
    initial, renewed, notice = months
    term = term_at(date.fromisoformat(start), initial, "tacit", renewed, notice, date.fromisoformat(on))
    assert (term.ends, term.notice_by) == (date.fromisoformat(ends), date.fromisoformat(notice_by))
    assert not term.over


def test_a_missed_notice_commits_to_the_next_end() -> None:
    start = date(2024, 8, 28)
    on_time = term_at(start, 12, "tacit", 12, 2, date(2026, 6, 28))
    assert (on_time.missed, on_time.committed_until) == (False, date(2026, 8, 28))
    late = term_at(start, 12, "tacit", 12, 2, date(2026, 6, 29))
    assert (late.missed, late.committed_until, late.next_notice_by) == (
        True,
        date(2027, 8, 28),
        date(2027, 6, 28),
    )


def test_the_end_is_the_first_day_outside_the_term() -> None:
    assert term_at(date(2024, 8, 28), 12, "tacit", 12, 2, date(2025, 8, 27)).ends == date(2025, 8, 28)
    assert term_at(date(2024, 8, 28), 12, "tacit", 12, 2, date(2025, 8, 28)).ends == date(2026, 8, 28)


@pytest.mark.parametrize("renewal", ["express", "none"])
def test_without_tacit_renewal_a_contract_ends(renewal: str) -> None:
    before = term_at(date(2024, 8, 28), 12, renewal, 12, 2, date(2025, 8, 27))
    after = term_at(date(2024, 8, 28), 12, renewal, 12, 2, date(2026, 8, 28))
    assert before.ends == after.ends == after.committed_until == date(2025, 8, 28)
    assert (before.over, after.over) == (False, True)
    assert before.notice_by == (date(2025, 6, 28) if renewal == "express" else None)


def test_a_renewal_of_no_month_renews_nothing() -> None:
    assert term_at(date(2024, 8, 28), 12, "tacit", 0, 2, date(2030, 1, 1)).over


@pytest.mark.parametrize(
    "terms", [(0, "tacit", 12, 1), (12, "tacite", 12, 1), (12, "tacit", -1, 1), (12, "tacit", 1, -1)]
)
def test_impossible_terms_are_refused(terms: tuple[int, str, int, int]) -> None:
    with pytest.raises(ValueError, match=r"renewal|month"):
        term_at(date(2024, 1, 31), *terms, date(2025, 1, 1))


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.integers(1, 120),
    st.integers(1, 60),
    st.integers(0, 24),
    st.dates(date(1940, 1, 1), date(2200, 1, 1)),
)
def test_a_day_is_in_its_term(start: date, initial: int, renewed: int, notice: int, on: date) -> None:
    term = term_at(start, initial, "tacit", renewed, notice, on)
    assert term.starts <= max(on, start) < term.ends
    assert term.notice_by is not None
    assert term.notice_by <= term.ends <= term.committed_until
    next_term = term_at(start, initial, "tacit", renewed, notice, term.ends)
    assert next_term.starts == term.ends


@given(st.dates(), st.integers(-200_000, 200_000))
def test_months_keep_the_day_or_take_the_last_one(day: date, months: int) -> None:
    moved = add_months(day, months)
    if moved not in (date.min, date.max):
        assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
        assert (moved.year - day.year) * 12 + moved.month - day.month == months

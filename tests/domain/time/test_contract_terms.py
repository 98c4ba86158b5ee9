"""Terms of contracts: the golden cases K1 to K11, and what is always true of a term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.time.contract_terms import (
    EXPRESS,
    NONE,
    TACIT,
    Terms,
    add_months,
    last_day,
    last_day_to_post,
    noticed_on,
    term_at,
    term_before,
)
from cockpit.domain.time.periods import Period, PeriodUnit

HOLIDAYS = frozenset(map(date.fromisoformat, ("2026-12-25", "2026-05-01", "2024-05-01", "2026-11-11")))


def day(text: str) -> date:
    return date.fromisoformat(text)


def works(on: date) -> bool:
    return on.weekday() < 5 and on not in HOLIDAYS


def tacit(
    start: str, initial: int, renewed: int | None, notice: int, unit: PeriodUnit = PeriodUnit.MONTHS
) -> Terms:
    return Terms(day(start), initial, TACIT, renewed, Period(notice, unit))


@pytest.mark.parametrize(
    ("terms", "on", "last", "sure", "post"),
    [
        (tacit("2024-08-28", 12, 12, 2), "2026-02-11", "2026-08-27", "2026-06-27", "2026-06-26"),
        (tacit("2018-09-27", 36, 12, 3), "2019-06-07", "2021-09-26", "2021-06-26", "2021-06-25"),
        (tacit("2020-08-01", 36, 12, 3), "2023-10-31", "2024-07-31", "2024-04-30", "2024-04-29"),
        (tacit("2025-08-31", 6, 6, 1), "2026-01-15", "2026-02-28", "2026-01-27", "2026-01-26"),
        (tacit("2025-08-31", 6, 6, 1), "2026-03-01", "2026-08-30", "2026-07-30", "2026-07-29"),
        (tacit("2026-01-01", 12, 12, 3), "2026-03-01", "2026-12-31", "2026-09-30", "2026-09-29"),
        (tacit("2025-12-10", 12, 12, 0), "2026-03-01", "2026-12-09", "2026-12-09", "2026-12-08"),
        (tacit("2026-03-26", 12, 12, 3), "2026-04-01", "2027-03-25", "2026-12-25", "2026-12-24"),
        (
            tacit("2026-01-01", 12, 12, 90, PeriodUnit.DAYS),
            "2026-03-01",
            "2026-12-31",
            "2026-10-01",
            "2026-09-30",
        ),
    ],
    ids=["K1", "K2", "K3", "K4", "K4 then", "K5", "K6", "K7", "K8"],
)
def test_the_three_days_of_a_term(terms: Terms, on: str, last: str, sure: str, post: str) -> None:
    term = term_at(terms, day(on))
    assert (term.last_day, term.notice_by) == (day(last), day(sure))
    assert last_day_to_post(day(sure), works) == day(post)
    assert not term.over
    assert not term.missed


def test_an_indefinite_contract_runs_on_and_ends_a_notice_after_any_day() -> None:  # K9
    terms = Terms(day("2026-01-15"), 0, TACIT, None, Period(2))
    term = term_at(terms, day("2026-11-23"))
    assert (term.last_day, term.notice_by, term.over, term.missed) == (None, None, False, False)
    assert term.bound_until == noticed_on(terms, day("2026-11-23")) == day("2027-01-23")


@pytest.mark.parametrize(
    ("start", "renewal", "last"),
    [("2025-11-26", NONE, "2026-11-25"), ("2025-12-20", EXPRESS, "2026-12-19")],
    ids=["K10", "K11"],
)
def test_without_automatic_renewal_it_ends_and_no_notice_is_counted(
    start: str, renewal: str, last: str
) -> None:
    terms = Terms(day(start), 12, renewal, 12, Period(3))
    term = term_at(terms, day(last))
    assert (term.last_day, term.notice_by, term.missed, term.over) == (day(last), None, False, False)
    after = term_at(terms, day(last) + timedelta(days=1))
    assert (after.over, after.bound_until) == (True, day(last))


def test_a_missed_notice_binds_until_the_next_last_day() -> None:
    terms = tacit("2024-08-28", 12, 12, 2)
    on_time = term_at(terms, day("2026-06-27"))
    assert (on_time.missed, on_time.bound_until) == (False, day("2026-08-27"))
    late = term_at(terms, day("2026-06-28"))
    assert (late.missed, late.bound_until, late.next_notice_by) == (
        True,
        day("2027-08-27"),
        day("2027-06-27"),
    )


def test_a_renewal_lasts_as_long_as_the_initial_term_unless_said() -> None:
    assert term_at(tacit("2023-01-01", 36, None, 3), day("2026-02-01")).last_day == day("2028-12-31")
    assert term_at(tacit("2023-01-01", 36, 12, 3), day("2026-02-01")).last_day == day("2026-12-31")


def test_a_renewal_of_no_month_renews_nothing() -> None:
    term = term_at(tacit("2024-08-28", 12, 0, 2), day("2030-01-01"))
    assert (term.over, term.notice_by) == (True, None)


def test_the_term_before_the_first_is_none() -> None:
    terms = tacit("2024-08-28", 12, 12, 2)
    assert term_before(terms, term_at(terms, day("2025-01-01"))) is None
    before = term_before(terms, term_at(terms, day("2026-01-01")))
    assert before is not None
    assert before.last_day == day("2025-08-27")


@pytest.mark.parametrize(
    ("months", "renewal", "again"), [(-1, TACIT, 12), (12, "tacite", 12), (12, TACIT, -1)]
)
def test_impossible_terms_are_refused(months: int, renewal: str, again: int) -> None:
    with pytest.raises(ValueError, match=r"renewal|month"):
        Terms(day("2024-01-31"), months, renewal, again)


DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
NOTICES = st.builds(Period, st.integers(0, 24), st.just(PeriodUnit.MONTHS)) | st.builds(
    Period, st.integers(0, 200), st.sampled_from([PeriodUnit.DAYS, PeriodUnit.WEEKS])
)
TERMS = st.builds(
    Terms, DAYS, st.integers(1, 120), st.just(TACIT), st.none() | st.integers(1, 60), NOTICES
)  # fmt: skip


@given(TERMS, st.dates(date(1940, 1, 1), date(2150, 1, 1)))
def test_a_day_is_in_its_term_and_terms_follow_one_another(terms: Terms, on: date) -> None:
    term = term_at(terms, on)
    assert term.last_day is not None
    assert term.notice_by is not None
    assert term.starts <= max(on, terms.start) <= term.last_day
    following = term_at(terms, term.last_day + timedelta(days=1))
    assert following.starts == term.last_day + timedelta(days=1)
    back = term_before(terms, following)
    assert back is not None
    assert back.last_day == term.last_day


@given(TERMS, st.dates(date(1940, 1, 1), date(2150, 1, 1)))
def test_posted_before_the_last_sure_day_which_is_before_the_last_day(terms: Terms, on: date) -> None:
    term = term_at(terms, on)
    assert term.notice_by is not None
    assert term.last_day is not None
    assert last_day_to_post(term.notice_by, works) < term.notice_by <= term.last_day
    assert works(last_day_to_post(term.notice_by, works))


@given(TERMS, st.dates(date(1940, 1, 1), date(2150, 1, 1)))
def test_a_notice_given_on_the_last_sure_day_runs_out_within_the_term(terms: Terms, on: date) -> None:
    term = term_at(terms, on)
    assert term.notice_by is not None
    assert term.last_day is not None
    notice, sure = terms.notice, term.notice_by
    months = notice.unit is PeriodUnit.MONTHS
    runs_out = add_months(sure, notice.count) if months else sure + timedelta(days=notice.days)
    assert runs_out <= term.last_day


@given(TERMS, st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_who_may_still_give_notice_is_bound_no_longer_than_this_term(terms: Terms, on: date) -> None:
    term = term_at(terms, on)
    assert term.notice_by is not None
    assert term.bound_until is not None
    assert term.next_notice_by is not None
    assert term.missed == (on > term.notice_by)
    assert (term.bound_until == term.last_day) == (not term.missed)
    assert on <= term.next_notice_by or term.next_notice_by == date.max


@given(DAYS, st.integers(1, 600))
def test_the_last_day_is_before_the_same_day_of_the_month(start: date, months: int) -> None:
    end = last_day(start, months)
    assert add_months(start, months) - end in (timedelta(), timedelta(days=1))
    assert last_day(start, months + 1) > end


@given(st.dates(), st.integers(-200_000, 200_000))
def test_months_keep_the_day_or_take_the_last_one(on: date, months: int) -> None:
    moved = add_months(on, months)
    if moved not in (date.min, date.max):
        assert moved.day == on.day or (moved + timedelta(days=1)).day == 1
        assert (moved.year - on.year) * 12 + moved.month - on.month == months

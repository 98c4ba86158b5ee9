"""Terms of contracts: the golden cases K1 to K11, and what is always true of a term."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.time.contract_terms import (
    EXPRESS,
    NONE,
    TACIT,
    Term,
    Terms,
    add_months,
    last_day,
    last_day_to_post,
    months_until,
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


# -- against somebody who goes from term to term with a calendar on the wall


def on_the_wall(day: date, months: int) -> date:
    """That many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ends_of(terms: Terms, months: int) -> tuple[date, date]:
    """The last day of what lasts so many months, and the last sure day of notice before it."""
    anniversary = on_the_wall(terms.start, months)
    last = anniversary - timedelta(days=1) if anniversary.day == terms.start.day else anniversary
    count, unit = terms.notice.count, terms.notice.unit
    if unit is PeriodUnit.MONTHS or not count:
        return last, on_the_wall(anniversary, -count) - timedelta(days=1)
    return last, last - timedelta(days=count * (7 if unit is PeriodUnit.WEEKS else 1) + 1)


@given(TERMS, st.dates(date(1960, 1, 1), date(2150, 1, 1)), st.booleans())
@settings(max_examples=60)
def test_a_term_is_the_one_that_is_met_by_going_from_term_to_term(terms: Terms, on: date, near: bool) -> None:
    on = terms.start + timedelta(days=on.toordinal() % 400 - 40) if near else on
    starts, months = terms.start, terms.initial_months
    while ends_of(terms, months)[0] < on:
        starts, months = ends_of(terms, months)[0] + timedelta(days=1), months + terms.step
    last, sure = ends_of(terms, months)
    bound = months
    while ends_of(terms, bound)[1] < on:
        bound += terms.step
    until, next_sure = ends_of(terms, bound)
    assert term_at(terms, on) == Term(
        starts=starts, last_day=last, notice_by=sure, missed=on > sure, bound_until=until, next_notice_by=next_sure,
        over=False,
    )  # fmt: skip
    assert noticed_on(terms, on) == until


@given(DAYS, st.integers(1, 60), st.sampled_from([NONE, EXPRESS]), st.integers(-900, 900))
@settings(max_examples=30)
def test_what_is_not_renewed_by_itself_ends_once(start: date, months: int, renewal: str, away: int) -> None:
    terms = Terms(start, months, renewal, 12, Period(2))
    last, _sure = ends_of(terms, months)
    on = last + timedelta(days=away)
    assert term_at(terms, on) == Term(
        starts=start,
        last_day=last,
        notice_by=None,
        missed=False,
        bound_until=last,
        next_notice_by=None,
        over=away > 0,
    )


@pytest.mark.parametrize(
    ("terms", "indefinite", "step"),
    [
        (Terms(day("2026-01-01"), 0), True, 0), (Terms(day("2026-01-01"), 1), False, 1),
        (Terms(day("2026-01-01"), 12, TACIT, 3), False, 3), (Terms(day("2026-01-01"), 12, TACIT, 0), False, 0),
        (Terms(day("2026-01-01"), 12, EXPRESS, 3), False, 0), (Terms(day("2026-01-01"), 12, NONE), False, 0),
        (Terms(day("2026-01-01"), 0, TACIT, 3), True, 0),
    ],
)  # fmt: skip
def test_a_renewal_lasts_so_many_months(terms: Terms, indefinite: bool, step: int) -> None:
    assert (terms.is_indefinite, terms.step) == (indefinite, step)
    assert terms.notice == Period(0)


@pytest.mark.parametrize("said", [{"initial_months": -1}, {"renewal_months": -1}, {"notice": Period(-1)}])
def test_no_number_of_months_is_negative(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no number of months is negative"):
        Terms(**{"start": day("2026-01-01"), "initial_months": 12, **said})


@pytest.mark.parametrize(
    ("start", "on", "notice", "end"),
    [
        ("2026-01-15", "2026-11-23", Period(2), "2027-01-23"), ("2026-01-15", "2025-11-23", Period(1), "2026-02-15"),
        ("2026-01-15", "2026-11-23", Period(6, PeriodUnit.WEEKS), "2027-01-04"),
        ("2026-01-15", "2026-11-23", Period(10, PeriodUnit.DAYS), "2026-12-03"),
        ("2026-01-15", "2026-01-31", Period(1), "2026-02-28"), ("2026-01-15", "2026-11-23", Period(0), "2026-11-23"),
    ],
)  # fmt: skip
def test_what_runs_on_ends_a_notice_after_it_is_given(start: str, on: str, notice: Period, end: str) -> None:
    terms = Terms(day(start), 0, notice=notice)
    assert term_at(terms, day(on)) == Term(
        starts=day(start),
        last_day=None,
        notice_by=None,
        missed=False,
        bound_until=day(end),
        next_notice_by=None,
        over=False,
    )
    assert noticed_on(terms, max(day(on), day(start))) == day(end)
    assert term_before(terms, term_at(terms, day(on))) is None


MOVED: list[tuple[str, int, str]] = [
    ("0001-01-01", 0, "0001-01-01"), ("0001-01-31", -1, "0001-01-01"), ("9999-12-15", 0, "9999-12-15"),
    ("9999-12-15", 1, "9999-12-31"), ("9999-11-15", 1, "9999-12-15"), ("0001-02-15", -1, "0001-01-15"),
    ("0002-01-15", -12, "0001-01-15"), ("9998-12-31", 12, "9999-12-31"),
    ("2026-01-28", 1, "2026-02-28"), ("2026-01-29", 1, "2026-02-28"), ("2028-01-29", 1, "2028-02-29"),
    ("2026-01-31", 3, "2026-04-30"), ("2026-01-31", 2, "2026-03-31"), ("2026-01-30", 2, "2026-03-30"),
    ("2026-01-31", 11, "2026-12-31"), ("2026-10-30", 2, "2026-12-30"), ("2026-03-31", -1, "2026-02-28"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
]  # fmt: skip


def test_months_later_is_the_same_day_or_the_last_of_the_month_within_the_calendar() -> None:
    for start, months, moved in MOVED:
        assert add_months(day(start), months) == day(moved)


def test_at_the_end_of_the_calendar_a_term_stops() -> None:
    assert last_day(day("9999-06-15"), 12) == date.max
    forever = tacit("9990-01-01", 12, 12, 3)
    term = term_at(forever, date.max)
    assert (term.last_day, term.bound_until, term.missed, term.over) == (date.max, date.max, True, False)
    late = term_at(forever, day("9999-11-01"))
    assert (late.last_day, late.notice_by, late.next_notice_by) == (
        date.max,
        day("9999-09-29"),
        day("9999-09-29"),
    )
    assert term_at(tacit("0001-01-01", 1, 1, 200), day("0001-01-15")).notice_by == date.min


@pytest.mark.parametrize(
    ("sure", "post"),
    [("2026-11-24", "2026-11-23"), ("2026-11-23", "2026-11-20"), ("2026-11-12", "2026-11-10"),
    ("2026-12-26", "2026-12-24")],
)  # fmt: skip
def test_a_letter_is_posted_on_the_working_day_before(sure: str, post: str) -> None:
    assert last_day_to_post(day(sure), works) == day(post)
    assert last_day_to_post(day(sure), lambda _day: False) == day(sure) - timedelta(days=1)


WHOLE_MONTHS: list[tuple[str, str, int | None]] = [
    ("2026-01-01", "2026-12-31", 12), ("2026-01-01", "2027-01-01", 12), ("2026-01-01", "2026-12-30", None),
    ("2026-01-01", "2026-01-31", 1), ("2026-01-01", "2026-01-01", None), ("2026-01-01", "2025-12-31", None),
    ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-30", 2), ("2026-01-31", "2026-03-31", 2),
    ("2026-01-15", "2026-02-14", 1), ("2026-01-15", "2026-02-15", 1), ("2026-01-15", "2026-02-16", None),
    ("2024-08-28", "2027-08-27", 36), ("2026-05-02", "2026-05-01", None), ("2026-05-02", "2026-06-01", 1),
]  # fmt: skip


def test_the_months_of_a_term_are_told_by_its_first_and_last_day() -> None:
    for start, last, months in WHOLE_MONTHS:
        assert months_until(day(start), day(last)) == months

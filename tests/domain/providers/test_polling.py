"""When sources are read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.providers import polling

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def delay(**options: float | bool) -> float:
    return (polling.next_try(NOW, "acme", interval_s=120, **options) - NOW).total_seconds()  # type: ignore[arg-type]


@given(st.integers(0, 100), st.text(max_size=8))
def test_the_back_off_doubles_within_ten_percent_up_to_its_limit(fails: int, key: str) -> None:
    due = polling.next_try(NOW, key, interval_s=120, fails=fails) - NOW
    expected = min(120 * 2**fails, 900)
    assert expected * 0.9 <= due.total_seconds() <= expected * 1.1


def test_retry_after_is_never_shortened() -> None:
    assert delay(retry_after_s=3600.0) == 3600
    assert delay(retry_after_s=30.0) >= 108


def test_hopeless_failures_wait_longest_at_once() -> None:
    assert delay(hopeless=True, fails=1) >= 810


@pytest.mark.parametrize(
    ("line", "seconds"),
    [("REFRESH-INTERVAL;VALUE=DURATION:PT1H", 3600), ("REFRESH-INTERVAL:P1W", 604_800),
     ("REFRESH-INTERVAL;VALUE=DURATION:DURATION:PT30M", 1800), ("X-PUBLISHED-TTL:PT15M", 900),
     ("REFRESH-INTERVAL:P1DT1H1M1S", 90_061), ("X-PUBLISHED-TTL:soon", None), ("SUMMARY:PT1H", None),
     ("X-PUBLISHED-TTL:PT12H\r\nREFRESH-INTERVAL:PT1H", 3600), ("REFRESH-INTERVAL:PT0S", None)],
)  # fmt: skip
def test_the_wish_of_a_feed(line: str, seconds: int | None) -> None:
    assert polling.wished_interval(f"BEGIN:VCALENDAR\r\n{line}\r\nEND:VCALENDAR".encode()) == seconds


@given(st.binary(max_size=200))
def test_any_body_has_a_wish_or_none(body: bytes) -> None:
    polling.wished_interval(body)


def test_a_person_s_choice_comes_first_and_a_wish_is_bounded() -> None:
    assert polling.agenda_interval(60, 999) == 60
    assert polling.agenda_interval(None, 1) == 300
    assert polling.agenda_interval(None, 10**9) == 86_400
    assert polling.agenda_interval(None, None) == 900


def test_an_open_incident_is_followed_closely_where_the_provider_allows() -> None:
    assert polling.status_interval(None, 120, incident_open=True) == 60
    assert polling.status_interval(None, 300, incident_open=True) == 300
    assert polling.status_interval(600, 120, incident_open=True) == 600


def test_a_plan_made_by_a_clock_that_was_ahead_does_not_hold() -> None:
    assert polling.is_due(None, NOW)
    assert polling.is_due(NOW, NOW)
    assert not polling.is_due(NOW + timedelta(hours=24), NOW)
    assert polling.is_due(NOW + timedelta(days=365), NOW)


def ratio(**options: float | bool) -> float:
    """How many times as long as after a success."""
    return round(delay(**options) / delay(), 6)


def test_each_failure_doubles_the_wait_of_the_same_key_up_to_a_quarter_of_an_hour() -> None:
    assert [ratio(fails=fails) for fails in (0, 1, 2, 3, 10, 100_000)] == [1, 2, 4, 7.5, 7.5, 7.5]
    assert [ratio(fails=fails, longest_s=6 * 3600) for fails in (2, 7, 8)] == [4, 128, 180]
    assert ratio(hopeless=True) == 7.5
    assert ratio(fails=3, longest_s=60) == 1, "never more often than usual"


def test_waits_are_spread_over_ten_percent_on_both_sides_and_repeat_themselves() -> None:
    spread = [
        (polling.next_try(NOW, f"key {n * n}", interval_s=1_000) - NOW).total_seconds() for n in range(300)
    ]
    assert 900 <= min(spread) < 905
    assert 1_095 < max(spread) <= 1_100
    assert 980 < sum(spread) / 300 < 1_020
    assert delay() == delay()
    later = NOW + timedelta(seconds=1)
    assert polling.next_try(later, "acme", interval_s=120) - later != timedelta(seconds=delay())


def test_two_more_tries_wait_a_second_and_two_give_or_take_a_quarter() -> None:
    waits = [polling.retry_delays(f"key {n * n}") for n in range(300)]
    assert {len(each) for each in waits} == {2}
    assert all(second == 2 * first for first, second in waits)
    first = [each[0] for each in waits]
    assert 0.75 <= min(first) < 0.76
    assert 1.24 < max(first) <= 1.25
    assert polling.retry_delays("acme") == polling.retry_delays("acme")


@pytest.mark.parametrize(
    ("configured", "wished", "seconds"),
    [
        (60, 999, 60), (0, None, 900), (None, None, 900), (None, 0, 900), (None, 1, 300), (None, 300, 300),
        (None, 301, 301), (None, 86_399, 86_399), (None, 86_400, 86_400), (None, 86_401, 86_400),
    ],
)  # fmt: skip
def test_a_feed_is_read_as_a_person_says_else_as_it_wishes_between_five_minutes_and_a_day(
    configured: int | None, wished: int | None, seconds: int
) -> None:
    assert polling.agenda_interval(configured, wished) == seconds


@pytest.mark.parametrize(
    ("configured", "usual", "usually", "with_an_incident"),
    [
        (None, 300, 300, 300), (None, 121, 121, 121), (None, 120, 120, 60), (None, 61, 61, 60), (None, 60, 60, 60),
        (None, 30, 30, 30), (45, 300, 45, 45), (0, 120, 120, 60),
    ],
)  # fmt: skip
def test_a_page_is_read_as_a_person_says_else_as_usual_and_each_minute_while_something_is_open(
    configured: int | None, usual: int, usually: int, with_an_incident: int
) -> None:
    assert polling.status_interval(configured, usual, incident_open=False) == usually
    assert polling.status_interval(configured, usual, incident_open=True) == with_an_incident


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("P2W", 1_209_600), ("P1D", 86_400), ("PT2H", 7_200), ("PT3M", 180), ("PT4S", 4),
        ("P1W1DT1H1M1S", 694_861), ("P", None), ("PT", None),
    ],
)  # fmt: skip
def test_a_wish_is_the_sum_of_its_units(wish: str, seconds: int | None) -> None:
    assert polling.wished_interval(f"X-PUBLISHED-TTL:{wish}\n".encode()) == seconds


def test_the_first_wish_of_a_kind_counts_and_only_at_the_head_of_a_feed() -> None:
    two = b"REFRESH-INTERVAL:PT0S\r\nX-PUBLISHED-TTL:PT2H\r\nX-PUBLISHED-TTL:PT3H\r\n"
    assert polling.wished_interval(two) == 7_200
    line = b"\nREFRESH-INTERVAL:PT1H"
    assert polling.wished_interval(b"x" * (65_536 - len(line)) + line) == 3_600
    assert polling.wished_interval(b"x" * (65_537 - len(line)) + line) is None, "cut, it says no unit"
    assert polling.wished_interval(b"x" * 65_536 + line) is None


@pytest.mark.parametrize(
    ("ahead", "due"),
    [
        (timedelta(seconds=-1), True), (timedelta(0), True), (timedelta(seconds=1), False),
        (timedelta(hours=25), False), (timedelta(hours=25, seconds=1), True),
    ],
)  # fmt: skip
def test_a_plan_holds_until_its_time_unless_it_is_more_than_a_day_and_an_hour_ahead(
    ahead: timedelta, due: bool
) -> None:
    assert polling.is_due(NOW + ahead, NOW) is due


def test_how_long_is_waited_at_most() -> None:
    longest = (polling.STATUS_BACK_OFF_S, polling.AGENDA_BACK_OFF_S, polling.NOT_UNDERSTOOD_S)
    assert [str(timedelta(seconds=each)) for each in longest] == ["0:15:00", "6:00:00", "22:00:00"]

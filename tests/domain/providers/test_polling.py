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

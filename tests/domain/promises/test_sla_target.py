"""How long a provider has, as a person writes it, and when that is due."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.promises.sla_target import SlaTarget, parse_target
from cockpit.domain.time.business_time import parse_hours

OFFICE = parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("4ho", SlaTarget(4 * 3600)),
        ("4h", SlaTarget(4 * 3600)),
        (" 4 HO ", SlaTarget(4 * 3600)),
        ("1h30", SlaTarget(5_400)),
        ("1ho30", SlaTarget(5_400)),
        ("1h30o", SlaTarget(5_400)),
        ("90mno", SlaTarget(5_400)),
        ("90min", SlaTarget(5_400)),
        ("90 m", SlaTarget(5_400)),
        ("4 heures ouvrées", SlaTarget(4 * 3600)),
        ("48 business hours", SlaTarget(48 * 3600)),
        ("2 jours ouvrés", SlaTarget(days=2)),
        ("2 jours ouvrés 12h", SlaTarget(days=2, at="12:00")),
        ("3 working days", SlaTarget(days=3)),
        ("0h", SlaTarget(0)),
        ("J+1", SlaTarget(days=1)),
        ("j+1 12:00", SlaTarget(days=1, at="12:00")),
        ("D+1 12h", SlaTarget(days=1, at="12:00")),
        ("J+1 12h30", SlaTarget(days=1, at="12:30")),
        ("J+0 9", SlaTarget(days=0, at="09:00")),
        ("J+3 close", SlaTarget(days=3, at="close")),
        ("J+3 clôture", SlaTarget(days=3, at="close")),
        ("J+1 ouverture", SlaTarget(days=1, at="open")),
        ("J+1 18h cutoff 17:00", SlaTarget(days=1, at="18:00", cutoff="17:00")),
        ("J+1 limite 17h30", SlaTarget(days=1, at="18:00", cutoff="17:30")),
        ("J5 18h", SlaTarget(days=4, at="18:00")),
        ("J1 open", SlaTarget(days=0, at="open")),
    ],
)
def test_targets_in_french_and_english(text: str, target: SlaTarget) -> None:
    assert parse_target(text) == target


@pytest.mark.parametrize(
    "text",
    ["", "4", "h", "-4h", "4,5h", "4h60", "4ho x", "J", "J0", "J-1", "J+1 25h", "J+1 18:60", "J+1 noon",
     "J+1 18h cutoff", "J+1 cutoff 24:00", "J +1", "10000h", "tomorrow", "4h\nJ+1"],
)  # fmt: skip
def test_what_says_no_target_is_none(text: str) -> None:
    assert parse_target(text) is None


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_any_text_is_a_target_or_none(text: str) -> None:
    found = parse_target(text)
    assert found is None or (found.seconds if found.seconds is not None else found.days) >= 0


@given(st.integers(0, 9_999), st.integers(0, 59))
@settings(max_examples=30)
def test_hours_and_minutes_add_up(hours: int, minutes: int) -> None:
    assert parse_target(f"{hours}ho{minutes:02}") == SlaTarget(hours * 3600 + minutes * 60)


def test_j5_is_the_fifth_working_day_and_j_plus_5_the_day_after_five() -> None:
    fifth, plus = parse_target("J5 18h"), parse_target("J+5 18h")
    assert fifth is not None
    assert plus is not None
    start = paris("2026-11-01 00:00")
    assert fifth.due(OFFICE, start, []) == paris("2026-11-06 18:00")
    assert plus.due(OFFICE, start, []) == paris("2026-11-09 18:00")


def test_what_was_consumed_shortens_hours_and_not_days() -> None:
    start = paris("2026-11-23 09:00")
    assert SlaTarget(3600).due(OFFICE, start, []) == paris("2026-11-23 10:00")
    assert SlaTarget(4 * 3600).due(OFFICE, start, [], 3 * 3600) == paris("2026-11-23 10:00")
    assert SlaTarget(4 * 3600).due(OFFICE, start, [], 9 * 3600) == start
    assert SlaTarget(days=1).due(OFFICE, start, [], 9 * 3600) == paris("2026-11-24 18:00")


def test_hours_are_kept_until_the_next_opening_and_days_until_their_hour() -> None:
    start = paris("2026-11-23 14:00")
    assert SlaTarget(4 * 3600).last_on_time(OFFICE, start, []) == paris("2026-11-24 09:00")
    assert SlaTarget(days=0, at="close").last_on_time(OFFICE, start, []) == paris("2026-11-23 18:00")

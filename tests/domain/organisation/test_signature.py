"""The chief executive's yearly signature: of which processes, until when, and what ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.organisation import signature
from cockpit.domain.registers.process import Process

PARIS = ZoneInfo("Europe/Paris")
SIGNED_AT = datetime(2025, 11, 22, 23, 30, tzinfo=UTC)
"""The 23rd in Paris."""
SECOND = timedelta(seconds=1)


def process(signed_at: datetime | None = SIGNED_AT, updated_at: datetime | None = None) -> Process:
    return Process(code="PS-1", name="Pay", function="FN-1", signed_at=signed_at, updated_at=updated_at)


@pytest.mark.parametrize(
    ("criticality", "core_value", "is_key"),
    [
        (1, False, False),
        (2, False, False),
        (3, False, True),
        (4, False, True),
        (1, True, True),
        (3, True, True),
    ],
)
def test_core_value_and_what_is_critical_are_signed(criticality: int, core_value: bool, is_key: bool) -> None:
    found = Process(code="PS-1", name="Pay", function="FN-1", criticality=criticality, core_value=core_value)
    assert signature.is_key(found) is is_key


def test_a_signature_holds_for_a_year_of_the_company() -> None:
    assert signature.due(process(), PARIS) == date(2026, 11, 23)
    assert signature.due(process(), ZoneInfo("UTC")) == date(2026, 11, 22)
    assert signature.due(process(datetime(2024, 2, 29, 12, tzinfo=UTC)), PARIS) == date(2025, 2, 28)
    assert signature.due(process(None), PARIS) is None


@pytest.mark.parametrize(
    ("found", "today", "stands"),
    [
        (process(None), date(2026, 11, 23), "never"),
        (process(), date(2025, 11, 23), "signed"),
        (process(), date(2026, 11, 23), "signed"),
        (process(), date(2026, 11, 24), "late"),
        (process(updated_at=SIGNED_AT - SECOND), date(2026, 1, 5), "signed"),
        (process(updated_at=SIGNED_AT), date(2026, 1, 5), "signed"),
        (process(updated_at=SIGNED_AT + SECOND), date(2026, 1, 5), "changed"),
        (process(updated_at=SIGNED_AT + SECOND), date(2026, 11, 24), "late"),
        (process(None, updated_at=SIGNED_AT), date(2026, 1, 5), "never"),
    ],
)
def test_a_signature_ends_with_its_year_or_with_a_change(found: Process, today: date, stands: str) -> None:
    assert signature.judge(found, today, PARIS) == stands

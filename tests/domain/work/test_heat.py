"""The heat of a blocker, part by part, at the edge of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.work.heat import heat

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def parts(criticality: int | None = None, *, waits_for_me: bool = False, **fields: Any) -> dict[str, float]:
    """The parts of the heat of a blocker that began just now, but for what is asked."""
    blocker = Blocker(code="B-1", title="a", **{"severity": "p3", "since": NOW, **fields})
    found = heat(blocker, now=NOW, criticality=criticality, waits_for_me=waits_for_me)
    assert found.total == round(sum(part.points for part in found.parts), 3)
    return {part.reason: part.points for part in found.parts}


def test_severity_counts_by_the_criticality_of_its_function() -> None:
    assert parts(4, severity="p1")["severity"] == 4 * parts(1, severity="p1")["severity"]
    assert parts(2, severity="p1") == parts(None, severity="p1"), (
        "a function in the middle when there is none"
    )
    found = [parts(4, severity=each)["severity"] for each in ("p1", "p2", "p3", "p4")]
    assert found == pytest.approx([3.0, 1.8, 0.9, 0.3])


@pytest.mark.parametrize(
    ("ago", "points"), [(36 * SECOND * 3600, 2.0), (72 * SECOND * 3600, 4.0), (9 * DAY, 8.0)]
)
def test_age_counts_up_to_twice_what_is_expected(ago: timedelta, points: float) -> None:
    assert parts(since=NOW - ago)["age"] == points


def test_a_blocker_that_begins_later_has_no_age() -> None:
    assert "age" not in parts(since=NOW + DAY)
    assert parts(since=None, created_at=NOW - 9 * DAY)["age"] == 8.0


@pytest.mark.parametrize(
    ("due", "counts"),
    [(NOW - DAY, True), (NOW + 2 * DAY, True), (NOW + 2 * DAY + SECOND, False), (None, False)],
)
def test_what_is_due_within_two_days_counts(due: datetime | None, counts: bool) -> None:
    assert parts(due=due).get("due") == (1 if counts else None)


@pytest.mark.parametrize(
    ("at", "counts"),
    [(NOW, True), (NOW - DAY, True), (NOW - DAY - SECOND, False), (NOW + SECOND, False), (None, False)],
)
def test_what_was_touched_since_yesterday_counts(at: datetime | None, counts: bool) -> None:
    assert parts(updated_at=at).get("touched") == (1 if counts else None)


@pytest.mark.parametrize(
    ("until", "counts"), [(NOW + SECOND, True), (NOW, False), (NOW - DAY, False), (None, False)]
)
def test_what_sleeps_is_cooler_until_it_wakes(until: datetime | None, counts: bool) -> None:
    assert parts(snoozed_until=until).get("later") == (-4 if counts else None)


@pytest.mark.parametrize(
    ("left", "counts"), [(timedelta(hours=1) - SECOND, True), (timedelta(hours=1), False), (-DAY, True)]
)
def test_less_than_a_quarter_of_the_sla_left_counts(left: timedelta, counts: bool) -> None:
    due = NOW + left
    assert parts(sla_started_at=due - timedelta(hours=4), sla_due=due).get("sla") == (3 if counts else None)
    assert "sla" not in parts(sla_due=due)
    assert "sla" not in parts(sla_started_at=due)


def test_two_others_that_wait_and_waiting_for_me_count() -> None:
    assert "blocks" not in parts(blocks=("B-2",))
    assert parts(blocks=("B-2", "B-3"))["blocks"] == 2
    assert parts(waits_for_me=True)["waits_for_me"] == 2
    assert "waits_for_me" not in parts()


@pytest.mark.parametrize(
    ("severity", "hours"), [("p1", 8), ("p2", 24), ("p3", 72), ("p4", 168), ("none", 72)]
)
def test_a_blocker_as_old_as_is_expected_of_its_severity_has_half_the_points_of_age(
    severity: str, hours: int
) -> None:
    found = parts(severity=severity, since=NOW - timedelta(hours=hours))
    assert found["age"] == 4
    assert parts(severity=severity, since=NOW - timedelta(hours=2 * hours) - DAY)["age"] == 8
    weight = {"p1": 1.0, "p2": 0.6, "p3": 0.3, "p4": 0.1, "none": 0.3}[severity]
    assert found["severity"] == pytest.approx(1.5 * weight)


def test_all_that_speaks_for_a_blocker_and_against_it_is_told_in_its_order() -> None:
    blocker = Blocker(
        code="B-1", title="a", severity="p2", since=NOW - timedelta(hours=6), blocks=("B-2", "B-3", "B-4"),
        sla_started_at=NOW - timedelta(hours=9), sla_due=NOW + timedelta(hours=2), due=NOW, updated_at=NOW,
        snoozed_until=NOW + DAY,
    )  # fmt: skip
    found = heat(blocker, now=NOW, criticality=4, waits_for_me=True)
    assert [(part.reason, round(part.points, 6)) for part in found.parts] == [
        ("severity", 1.8), ("age", 1.0), ("sla", 3), ("blocks", 2), ("waits_for_me", 2), ("due", 1), ("touched", 1),
        ("later", -4),
    ]  # fmt: skip
    assert found.total == 7.8
    quiet = Blocker(
        code="B-2",
        title="a",
        severity="p4",
        since=NOW,
        sla_started_at=NOW - DAY,
        sla_due=NOW + DAY,
        blocks=("B-3",),
    )
    assert [part.reason for part in heat(quiet, now=NOW, criticality=1, waits_for_me=False).parts] == [
        "severity"
    ]


def test_points_are_rounded_to_thousandths() -> None:
    blocker = Blocker(code="B-1", title="a", severity="p3", since=NOW - timedelta(seconds=100))
    assert heat(blocker, now=NOW, criticality=2, waits_for_me=False).total == 0.452

"""What formulas may look at: windows, days that went by, who is gone, and the records that are there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import BEFORE, RECENT, WATCHED, Deed
from tests.domain.signals.given import END, PARIS, ago, facts

SECOND = timedelta(seconds=1)
TODAY = date(2026, 11, 22)


def deed(when: datetime, code: str) -> Deed:
    return Deed(at=when, by="Ana", action="a", register="blocker", code=code, before={}, after={})


def test_a_window_begins_with_its_first_moment_and_ends_before_its_last() -> None:
    moments = {
        "old": ago(84 + 28) - SECOND, "before": ago(84 + 28), "late before": ago(28) - SECOND, "recent": ago(28),
        "last": END - SECOND, "now": END,
    }  # fmt: skip
    known = facts(deeds=[deed(when, name) for name, when in moments.items()])
    assert [each.code for each in known.done(RECENT)] == ["recent", "last"]
    assert [each.code for each in known.done(BEFORE, before=RECENT)] == ["before", "late before"]
    assert [each.code for each in known.done(timedelta())] == []
    assert BEFORE == 3 * RECENT
    assert frozenset({"owner", "closed_at", "day", "received_on", "reminders"}) == WATCHED


def test_a_week_that_ends_at_midnight_is_judged_as_of_its_sunday() -> None:
    assert facts().today == TODAY
    assert facts(at=END - SECOND).today == TODAY
    assert facts(at=END + SECOND).today == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (None, None), (TODAY, 0), (date(2026, 11, 21), 1), (date(2026, 11, 25), -3), (date(2025, 11, 22), 365),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), 0), (datetime(2026, 11, 21, 22, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 20, tzinfo=PARIS), 2),
    ],
)  # fmt: skip
def test_days_went_by_since_a_day_where_the_company_is(day: date | None, days: int | None) -> None:
    assert facts().days_since(day) == days


def test_who_left_is_gone_on_the_last_day_and_so_is_whoever_was_archived() -> None:
    known = facts(
        Person(code="PE-1", name="a"), Person(code="PE-2", name="b", ends_on=TODAY),
        Person(code="PE-3", name="c", ends_on=date(2026, 11, 23)), Person(code="PE-4", name="d", archived_at=ago(1)),
        Person(code="PE-5", name="e", ends_on=date(2026, 1, 1)), Provider(code="PR-1", name="f"),
        Provider(code="PR-2", name="g", archived_at=ago(1)),
    )  # fmt: skip
    assert known.gone == {"PE-2", "PE-4", "PE-5", "PR-2"}


def test_only_what_was_not_archived_is_counted_and_known() -> None:
    there, gone = Blocker(code="B-1", title="a"), Blocker(code="B-2", title="b", archived_at=ago(1))
    known = facts(there, gone, Person(code="PE-1", name="c", provider="PR-1"), Person(code="PE-2", name="d"))
    assert known.of(Blocker) == known.of(Blocker) == (there,)
    assert list(known.every(Blocker)) == [there, gone]
    assert (known.of(Priority), list(known.every(Priority))) == ((), [])
    assert {code: known.knows(code) for code in ("", "B-1", "B-2", "PE-1", "P-1")} == {
        "": True, "B-1": True, "B-2": False, "PE-1": True, "P-1": False,
    }  # fmt: skip
    assert known.homes == {"PE-1": "PR-1"}

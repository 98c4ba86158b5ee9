"""Where rules of several wings begin and end: changes of them that no test of their wing noticed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cockpit.domain.absence.proof import within
from cockpit.domain.agenda import events
from cockpit.domain.audits.questionnaire import AnswerScore
from cockpit.domain.meetings import minutes
from cockpit.domain.organisation.quality import LAST, SideMarks, quality
from cockpit.domain.registers.feedback import INSIDE
from cockpit.domain.registers.priority import Priority
from cockpit.domain.time.cadences import first_day
from cockpit.domain.work.entry import BusinessSeconds
from cockpit.domain.work.known_names import KnownName, KnownNames
from tests.domain.work.given import read

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("month", "first"), [(1, 1), (3, 1), (4, 4), (6, 4), (9, 7), (10, 10), (12, 10)])
def test_a_quarter_begins_with_its_first_month(month: int, first: int) -> None:
    assert first_day(date(2026, month, 28), "quarter") == date(2026, first, 1)


def test_a_single_day_inside_is_a_part() -> None:
    assert within([(MONDAY, MONDAY)], MONDAY, MONDAY) == ((MONDAY, MONDAY),)
    assert within([(MONDAY, MONDAY)], date(2026, 11, 24), date(2026, 11, 25)) == ()


def test_a_list_in_minutes_opens_and_closes_once() -> None:
    parts = [("h1", "T"), ("li", "one"), ("li", "two"), ("p", "then"), ("h2", "Next"), ("li", "three")]
    page = minutes.to_html(parts)
    body = page[page.index("<body>") :]
    assert [line for line in body.splitlines() if line.startswith(("<ul", "</ul", "<li", "<p", "<h"))] == [
        "<h1>T</h1>", "<ul>", "<li>one</li>", "<li>two</li>", "</ul>", "<p>then</p>", "<h2>Next</h2>", "<ul>",
        "<li>three</li>", "</ul>", "</html>",
    ][:10]  # fmt: skip
    assert minutes.to_text([("h1", "T"), ("b", "plain"), ("li", "one")]) == "plain\n- one"


def test_a_priority_of_today_was_not_carried_yet() -> None:
    def carried(day: date | None) -> int:
        return Priority(id="x", title="x", day=day, carried=2).carries(MONDAY)

    assert [carried(day) for day in (date(2026, 11, 22), MONDAY, None)] == [3, 2, 2]


def test_nothing_asked_covers_nothing() -> None:
    assert AnswerScore(halves=0, known=0, asked=0).coverage == 0


def test_the_trend_of_a_side_compares_the_last_marks_with_those_before() -> None:
    def trend(*marks: int) -> int:
        given = [
            SideMarks(date(2026, 1, n + 1), INSIDE, mark, 1, f"FB-{n:02}") for n, mark in enumerate(marks)
        ]
        return quality(given).inside.trend

    assert trend(*[1] * LAST, *[5] * LAST) == 1
    assert trend(*[5] * LAST, *[1] * (LAST - 1)) == -1
    assert trend(*[1] * LAST, *[5] * (LAST - 1), 1) == 1, "one bad mark among the last is no trend"
    assert trend(*[3] * LAST) == 0
    assert trend(1, 5) == 1


def test_what_is_beyond_any_calendar_is_held_within_it() -> None:
    far = int(datetime(2090, 1, 1, tzinfo=UTC).timestamp()) * 1_000
    assert events.timed(0, far).ends == events._LATEST
    assert events.timed(0, events._LATEST).ends == events._LATEST
    assert events.timed(0, 3600) == events.Span("timed", 0, 3600)


def test_me_is_somebody_who_waits_or_carries_and_no_function() -> None:
    known = KnownNames(people=(KnownName("Claire"),), functions=(KnownName("Moi"),), me="Claire")
    assert known.matching("owner", "moi") == known.matching("waiting_on", "me") == ("Claire",)
    assert known.matching("tags", "moi") == ("Moi",)


def test_a_target_in_quotes_takes_its_word_alone() -> None:
    found = read('VPN sla:"4ho" p1')
    assert (found.sla, found.severity, found.title) == (BusinessSeconds(4 * 3600), "p1", "VPN")


def test_a_marker_that_stands_apart_takes_the_last_word() -> None:
    assert read("VPN qui : Sophie").owner == "Sophie Martin"

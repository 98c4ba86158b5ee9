"""Placing events in a person's zone, days, clashes and free time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.agenda import events as agenda_events
from cockpit.domain.agenda.copies import merge
from cockpit.domain.agenda.events import (
    Event,
    EventInstance,
    by_day,
    clashes,
    free_gaps,
    instance_id,
    moments,
    place,
    span,
    touches,
)
from cockpit.domain.time.business_time import parse_hours

PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])


def timed(start: str, end: str, **said: Any) -> EventInstance:
    said = {"feed": "mine", "uid": start, **said}
    return EventInstance(start=datetime.fromisoformat(start), end=datetime.fromisoformat(end), **said)


def all_day(first: str, after: str, **said: Any) -> EventInstance:
    said = {"feed": "mine", "uid": first, **said}
    return EventInstance(day_from=date.fromisoformat(first), day_to_excl=date.fromisoformat(after), **said)


def floating(start: str, end: str, **said: Any) -> EventInstance:
    said = {"feed": "mine", "uid": start, **said}
    return EventInstance(
        wall_start=datetime.fromisoformat(start), wall_end=datetime.fromisoformat(end), **said
    )


def test_instants_move_with_the_traveller_but_dates_and_wall_times_stay() -> None:
    call = timed("2026-03-05T23:30Z", "2026-03-06T00:30Z")
    assert place(call, PARIS).start.date() == date(2026, 3, 6)
    assert place(call, NEW_YORK).start.date() == date(2026, 3, 5)
    for zone in (PARIS, NEW_YORK):
        assert place(all_day("2026-03-05", "2026-03-06"), zone).start.date() == date(2026, 3, 5)
        assert place(floating("2026-03-05T10:00", "2026-03-05T11:00"), zone).start.time() == time(10)


def test_an_event_belongs_to_every_day_it_touches_and_not_to_the_midnight_it_ends_at() -> None:
    night = place(timed("2026-03-05T22:00+01:00", "2026-03-07T00:00+01:00"), PARIS)
    days = by_day([night], date(2026, 3, 4), date(2026, 3, 9))
    assert [day.day for day, found in days.items() if found] == [5, 6]
    assert not touches(night, date(2026, 3, 7), date(2026, 3, 8))


def test_an_event_of_no_length_still_has_a_day() -> None:
    moment = place(timed("2026-03-05T00:00+01:00", "2026-03-05T00:00+01:00"), PARIS)
    assert by_day([moment], date(2026, 3, 5), date(2026, 3, 6)) == {date(2026, 3, 5): (moment,)}


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 5), 24)]
)
def test_a_free_day_has_the_hours_that_it_really_has(day: date, hours: int) -> None:
    ((start, end),) = free_gaps([], parse_hours("24x7", "Europe/Paris").open_on(day), PARIS)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


def test_what_overlaps_clashes_unless_it_takes_no_time() -> None:
    board = timed("2026-03-05T09:00Z", "2026-03-05T11:00Z", uid="board")
    bank = timed("2026-03-05T10:00Z", "2026-03-05T10:30Z", uid="bank")
    after = timed("2026-03-05T11:00Z", "2026-03-05T12:00Z", uid="after")
    free = timed("2026-03-05T09:30Z", "2026-03-05T12:00Z", uid="free", busy=agenda_events.FREE)
    declined = timed("2026-03-05T09:30Z", "2026-03-05T12:00Z", uid="no", participation=agenda_events.DECLINED)
    gone = timed("2026-03-05T09:30Z", "2026-03-05T12:00Z", uid="gone", status=agenda_events.CANCELLED)
    everyone = merge([board, bank, after, free, declined, gone, all_day("2026-03-05", "2026-03-06")], PARIS)
    assert [(first.uid, second.uid) for first, second in clashes(everyone)] == [("board", "bank")]


def test_clashes_are_told_by_the_instant_when_clocks_go_back() -> None:
    first = timed("2026-10-25T02:15+02:00", "2026-10-25T02:45+02:00", uid="first")
    second = timed("2026-10-25T02:15+01:00", "2026-10-25T02:45+01:00", uid="second")
    assert clashes(merge([first, second], PARIS)) == ()


@st.composite
def meetings(draw: st.DrawFn) -> list[Event]:
    starts = draw(st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(1, 180)), max_size=12))
    day = datetime(2026, 3, 5, tzinfo=UTC)
    spans = [(day + timedelta(minutes=at), timedelta(minutes=length)) for at, length in starts]
    return [
        place(EventInstance(feed="f", uid=str(n), start=start, end=start + length), PARIS)
        for n, (start, length) in enumerate(spans)
    ]


@given(meetings())
def test_an_event_clashes_exactly_when_another_began_before_it_and_still_runs(events: list[Event]) -> None:
    late = {second.uid for _first, second in clashes(events)}
    ordered = sorted(events, key=lambda event: event.start)
    expected = {
        second.uid
        for n, second in enumerate(ordered)
        if any(first.end > second.start for first in ordered[:n])
    }
    assert late == expected


@given(meetings())
def test_gaps_and_events_never_meet_and_fill_the_working_hours(events: list[Event]) -> None:
    day, shortest = date(2026, 3, 5), timedelta(minutes=1)
    hours = parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris").open_on(day)
    gaps = free_gaps(events, hours, PARIS, at_least=shortest)
    for start, end in gaps:
        assert end - start >= shortest
        assert all(event.end <= start or event.start >= end for event in events)
    nine = datetime(2026, 3, 5, 9, tzinfo=PARIS)
    minutes = {nine + timedelta(minutes=n) for n in range(9 * 60) if not 210 <= n < 300}
    free = {minute for minute in minutes if all(not e.start <= minute < e.end for e in events)}
    assert free == {minute for minute in minutes if any(start <= minute < end for start, end in gaps)}


def test_the_same_meeting_in_two_feeds_is_one_event_that_names_both() -> None:
    mine = timed("2026-03-05T10:00Z", "2026-03-05T11:00Z", uid="x", feed="mine", title="Board")
    company = timed(
        "2026-03-05T10:00Z",
        "2026-03-05T11:00Z",
        uid="x",
        feed="company",
        title="Board",
        link="https://a.fr/j",
    )
    (event,) = merge([mine, company], PARIS)
    assert event.feeds == ("company", "mine")
    assert event.occurrence.link == "https://a.fr/j"


def test_two_events_of_one_feed_are_never_merged() -> None:
    twins = [timed("2026-03-05T10:00Z", "2026-03-05T11:00Z", uid="x", title=title) for title in "ab"]
    assert [event.title for event in merge(twins, PARIS)] == ["a", "b"]


@given(
    st.datetimes(),
    st.timedeltas(timedelta(), timedelta(days=40)),
    ZONES,
)
def test_a_span_gives_back_the_moments_it_was_made_of(start: datetime, length: timedelta, zone: str) -> None:
    start = start.replace(year=1900 + start.year % 200, microsecond=0, day=min(start.day, 28))
    length = timedelta(seconds=int(length.total_seconds()))
    aware = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert moments(span(aware, aware + length)) == {"start": aware, "end": aware + length}
    assert moments(span(start, start + length)) == {"wall_start": start, "wall_end": start + length}
    last = max(start.date() + length, start.date() + timedelta(days=1))
    assert moments(span(start.date(), start.date() + length)) == {
        "day_from": start.date(),
        "day_to_excl": last,
    }


def test_instances_are_named_as_recurrence_ids_are_written() -> None:
    at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert instance_id(span(at, at)) == "20260305T100000Z"
    assert instance_id(span(at.replace(tzinfo=None), at.replace(tzinfo=None))) == "20260305T100000"
    assert instance_id(span(at.date(), at.date())) == "20260305"


def test_a_span_stays_inside_what_every_zone_can_show() -> None:
    ends = moments(span(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)))
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        place(EventInstance(feed="f", uid="u", **ends), ZoneInfo(zone))

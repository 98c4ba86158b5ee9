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


EDGES = (datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "end", "kind", "starts", "ends"),
    [
        ("1970-01-01T00:00:00+00:00", "1970-01-01T00:01:00+00:00", "timed", 0, 60),
        ("1970-01-01T02:00:00+01:00", "1970-01-01T00:00:30+01:00", "timed", 3_600, 3_600),
        ("1969-12-31T23:59:59+00:00", "1969-12-31T23:59:59+00:00", "timed", -1, -1),
        ("1970-01-01T00:00:00", "1970-01-01T00:01:00", "floating", 0, 60),
        ("1970-01-02T00:00:01", "1970-01-01T00:00:00", "floating", 86_401, 86_401),
        ("1970-01-01", "1970-01-03", "day", 0, 2 * 86_400),
        ("1970-01-01", "1970-01-02", "day", 0, 86_400),
        ("1970-01-02", "1970-01-02", "day", 86_400, 2 * 86_400),
        ("1970-01-03", "1970-01-01", "day", 2 * 86_400, 3 * 86_400),
    ],
)
def test_a_span_is_told_in_seconds_and_never_ends_before_it_starts(
    start: str, end: str, kind: str, starts: int, ends: int
) -> None:
    read = datetime.fromisoformat if "T" in start else date.fromisoformat
    assert span(read(start), read(end)) == (kind, starts, ends)


def test_a_span_is_brought_into_the_years_that_every_zone_can_show() -> None:
    first, last = (int(edge.timestamp()) for edge in EDGES)
    for edge, at in zip(EDGES, (first, last), strict=True):
        assert agenda_events.timed(at, at) == span(edge, edge) == ("timed", at, at)
    second = timedelta(seconds=1)
    assert span(EDGES[0] - second, EDGES[0] + second) == ("timed", first, first + 1)
    assert span(EDGES[1] - second, EDGES[1] + second) == ("timed", last - 1, last)
    assert span(EDGES[0] - 2 * second, EDGES[0] - second) == ("timed", first, first)
    assert span(EDGES[1] + second, EDGES[1] + 2 * second) == ("timed", last, last)
    assert span(date(1, 6, 1), date(9999, 6, 1)) == ("day", first, last)
    assert agenda_events.timed(10, 5) == ("timed", 10, 10)


@pytest.mark.parametrize(
    ("said", "takes", "cancelled"),
    [
        ({}, True, False), ({"status": "tentative"}, True, False), ({"status": "cancelled"}, False, True),
        ({"busy": "free"}, False, False), ({"busy": "tentative"}, True, False), ({"busy": "oof"}, True, False),
        ({"participation": "declined"}, False, False), ({"participation": "needs-action"}, True, False),
        ({"participation": "accepted"}, True, False),
    ],
)  # fmt: skip
def test_what_takes_time_is_not_cancelled_nor_declined_nor_free(
    said: dict[str, Any], takes: bool, cancelled: bool
) -> None:
    event = place(timed("2026-03-05T09:00Z", "2026-03-05T10:00Z", title="Board", **said), PARIS)
    assert (event.takes_time, event.cancelled, event.all_day, event.title, event.feeds, event.owner) == (
        takes, cancelled, False, "Board", ("mine",), "",
    )  # fmt: skip
    assert place(all_day("2026-03-05", "2026-03-06"), PARIS).all_day


def test_a_card_that_says_nothing_is_a_confirmed_meeting_of_ones_own() -> None:
    card = timed("2026-03-05T09:00Z", "2026-03-05T10:00Z")
    assert (card.status, card.busy, card.repaired, card.private, card.rid) == (
        "confirmed", "busy", False, False, "",
    )  # fmt: skip
    assert (card.title, card.location, card.link, card.organizer, card.attendees, card.notes) == (
        "", "", "", "", (), "",
    )  # fmt: skip
    assert card.participation == ""


DAYS_OF_EVENTS: list[tuple[str, str, list[int]]] = [
    ("05T09:00", "05T10:00", [5]), ("05T00:00", "06T00:00", [5]), ("05T00:00", "05T00:00", [5]),
    ("05T22:00", "06T00:00", [5]), ("05T22:00", "06T00:01", [5, 6]), ("03T22:00", "07T09:00", [4, 5, 6, 7]),
    ("06T09:00", "09T00:00", [6, 7]), ("07T23:00", "09T09:00", [7]), ("03T09:00", "04T00:00", []),
    ("03T09:00", "04T00:01", [4]), ("08T00:00", "08T10:00", []), ("02T09:00", "03T10:00", []),
    ("09T09:00", "10T10:00", []),
]  # fmt: skip


def test_an_event_stands_on_each_of_its_days_that_are_looked_at() -> None:
    for start, end, days in DAYS_OF_EVENTS:
        event = place(floating(f"2026-03-{start}", f"2026-03-{end}"), PARIS)
        lo, hi = date(2026, 3, 4), date(2026, 3, 8)
        found = by_day([event], lo, hi)
        assert [*found] == [date(2026, 3, n) for n in range(4, 8)]
        assert [day.day for day, events in found.items() if events == (event,)] == days
        assert touches(event, lo, hi) is bool(days)


def test_a_day_is_told_in_order_what_lasts_all_day_first_then_the_longer_then_by_title() -> None:
    given = [
        timed("2026-03-05T09:00Z", "2026-03-05T10:00Z", uid="n", title="B"),
        timed("2026-03-05T09:00Z", "2026-03-05T10:00Z", uid="m", title="B"),
        timed("2026-03-05T09:00Z", "2026-03-05T10:00Z", uid="z", title="A"),
        timed("2026-03-05T09:00Z", "2026-03-05T11:00Z", uid="long", title="Z"),
        timed("2026-03-05T08:00Z", "2026-03-05T08:30Z", uid="early", title="Z"),
        all_day("2026-03-05", "2026-03-06", uid="leave", title="Z"),
        all_day("2026-03-06", "2026-03-07", uid="after", title="A"),
        timed("2026-03-04T08:00Z", "2026-03-04T08:30Z", uid="before", title="Z"),
    ]
    assert [event.uid for event in merge(given, PARIS)] == [
        "before", "leave", "early", "long", "z", "m", "n", "after",
    ]  # fmt: skip


def clashing(*events: str) -> list[str]:
    """Pairs of events of one day, given as `a 9-11`."""
    placed = []
    for uid, hours in map(str.split, events):
        lo, hi = (timedelta(hours=float(hour)) for hour in hours.split("-"))
        day = datetime(2026, 3, 5, tzinfo=UTC)
        placed.append(place(EventInstance(feed="f", uid=uid, start=day + lo, end=day + hi), PARIS))
    return [first.uid + second.uid for first, second in clashes(placed)]


CLASHES: list[tuple[str, str]] = [
    ("a 9-10", ""), ("a 9-10, b 10-11", ""), ("a 9-10, b 9-10", "ab"), ("a 9-10, b 9.5-9.6", "ab"),
    ("a 9-12, b 9.5-10, c 11-13", "ab ac"), ("a 9-10, b 9.5-12, c 11-13", "ab bc"),
    ("a 9-12, b 10-12, c 11-13", "ab ac"), ("a 9-10, b 9.5-9.5", ""), ("b 9.5-10, a 9-10", "ab"),
    ("a 9-11, b 10-12, c 11-12, d 12-13", "ab bc"),
]  # fmt: skip


def test_each_event_clashes_with_the_longest_of_those_that_still_run() -> None:
    for events, pairs in CLASHES:
        assert clashing(*events.split(", ")) == pairs.split()


def test_the_free_stretches_of_half_an_hour_or_more_are_told_within_the_hours() -> None:
    hours = parse_hours("mon-fri 09:00-12:30 14:00-18:00", "Europe/Paris").open_on(date(2026, 3, 5))

    def free(*events: EventInstance, **how: Any) -> str:
        gaps = free_gaps([place(each, PARIS) for each in events], hours, PARIS, **how)
        return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in gaps)

    def on(start: str, end: str, **said: Any) -> EventInstance:
        return floating(f"2026-03-05T{start}", f"2026-03-05T{end}", **said)

    assert free() == "09:00-12:30, 14:00-18:00"
    assert free(on("09:30", "12:00")) == "09:00-09:30, 12:00-12:30, 14:00-18:00"
    assert free(on("09:29", "12:01")) == "14:00-18:00"
    assert (
        free(on("09:29", "12:01"), at_least=timedelta(minutes=29)) == "09:00-09:29, 12:01-12:30, 14:00-18:00"
    )
    assert free(on("08:00", "10:00"), on("17:00", "20:00")) == "10:00-12:30, 14:00-17:00"
    assert free(on("09:00", "11:00"), on("09:30", "10:00")) == "11:00-12:30, 14:00-18:00"
    assert free(on("12:00", "15:00")) == "09:00-12:00, 15:00-18:00"
    assert free(on("09:00", "18:00", busy="free")) == "09:00-12:30, 14:00-18:00"
    assert free(all_day("2026-03-05", "2026-03-06")) == ""


def shown(*copies: EventInstance) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(event.title, event.occurrence.feed, event.feeds) for event in merge(copies, PARIS)]


def copy(feed: str, title: str, **said: Any) -> EventInstance:
    return timed("2026-03-05T10:00Z", "2026-03-05T11:00Z", uid="x", feed=feed, title=title, **said)


COPIES: list[tuple[list[EventInstance], str, str]] = [
    ([copy("b", "Board", status="cancelled", notes="long", link="https://a.fr"), copy("a", "Busy")], "Board",
    "a"),
    ([copy("a", "Board", status="tentative"), copy("b", "Board", status="cancelled", notes="x")], "Board", "a"),
    ([copy("a", "Board"), copy("b", "Busy", participation="accepted", notes="x")], "Board", "a"),
    ([copy("a", "Board", participation="accepted"), copy("b", "Board!", link="https://a.fr")], "Board", "a"),
    ([copy("a", "Board", link="https://a.fr"), copy("b", "Board!", notes="x")], "Board", "a"),
    ([copy("a", "Board", notes="xy"), copy("b", "Board!", notes="x")], "Board", "a"),
    ([copy("a", "Board"), copy("b", "Board!")], "Board!", "b"),
    ([copy("a", "Occupé."), copy("b", "Free", notes="x")], "Free", "b"),
    ([copy("a", "Busy", status="tentative"), copy("b", "Board", status="cancelled", notes="x")], "Board", "a"),
    ([copy("a", "Busy"), copy("b", "B", status="cancelled", notes="x"),
      copy("c", "C", status="cancelled")], "B", "a"),
]  # fmt: skip


def test_of_copies_the_one_that_says_most_is_shown_under_a_title_that_says_what_it_is() -> None:
    for copies, title, feed in COPIES:
        feeds = tuple(sorted(each.feed for each in copies))
        assert shown(*copies) == shown(*reversed(copies)) == [(title, feed, feeds)]


def test_what_begins_at_another_time_or_in_another_way_is_another_meeting() -> None:
    def feeds(*copies: EventInstance) -> list[tuple[str, ...]]:
        return [event.feeds for event in merge(copies, PARIS)]

    one = floating("2026-03-05T10:00", "2026-03-05T11:00", uid="x", feed="a")
    other = floating("2026-03-05T12:00", "2026-03-05T13:00", uid="x", feed="b")
    same = floating("2026-03-05T10:00", "2026-03-05T11:30", uid="x", feed="b")
    assert feeds(one, other) == [("a",), ("b",)]
    assert feeds(one, same) == [("a", "b")]
    assert feeds(all_day("2026-03-05", "2026-03-06", uid="x", feed="a"), one) == [("a",), ("a",)]
    days = [all_day(f"2026-03-0{n}", "2026-03-07", uid="x", feed="ab"[n % 2]) for n in (4, 5)]
    assert feeds(*days) == [("a",), ("b",)]
    thrice = [
        copy(feed, title) for feed, title in (("a", "1"), ("a", "2"), ("b", "3"), ("b", "4"), ("c", "5"))
    ]
    assert feeds(*thrice) == [("a", "b"), ("a", "b", "c")]
    assert shown(*thrice) == [("4", "b", ("a", "b")), ("5", "c", ("a", "b", "c"))]

"""Feeds taken into the store: only what changed is read, and nothing is lost to a bad answer."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from cockpit.domain.agenda.events import (
    MORE_REPAIRS,
    ONLY_BUSY,
    ONLY_OTHERS,
    REPEATS_TOO_MUCH,
    TOO_COSTLY,
    UNFINISHED,
    Event,
)
from cockpit.services.agenda import check, intake, windows
from cockpit.services.agenda import events as agenda_events
from cockpit.services.agenda.intake import FeedOutcome
from cockpit.sources.ical import series
from cockpit.sources.ical.decode import MAX_BYTES, FeedRefused
from cockpit.sources.ical.split import NO_EVENTS
from cockpit.store.outside import agenda as store
from cockpit.store.outside import agenda_changes
from tests.places import ROOT

DATA = Path(__file__).resolve().parents[2] / "data" / "agenda_cases"
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
MARCH = (date(2026, 3, 1), date(2026, 4, 1))
EMAILS = ("me@example.com",)


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        store.create_agenda(Database(connection))
        store.date_doubts(Database(connection))
        store.tell_private(Database(connection))
        agenda_changes.create(Database(connection))
        yield connection


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The uids of the events that were read rather than recognised."""
    seen: list[str] = []
    real = series.read_series

    def spy(uid: str, *arguments: Any, **options: Any) -> series.EventReading:
        seen.append(uid)
        return real(uid, *arguments, **options)

    monkeypatch.setattr(series, "read_series", spy)
    return seen


def event(uid: str, day: str = "20260310", **lines: str) -> str:
    lines = {"DTSTART": f"{day}T100000Z", "DURATION": "PT1H", "SUMMARY": uid, **lines}
    body = "".join(f"{name.replace('_', '-')}:{value}\r\n" for name, value in lines.items())
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{body}END:VEVENT\r\n"


def calendar(*components: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(components)}END:VCALENDAR\r\n".encode()


def take(conn: sqlite3.Connection, body: bytes, feed: str = "mine", now: datetime = NOW) -> FeedOutcome:
    return intake.apply_body(conn, feed, body, now=now, zone="Europe/Paris", emails=EMAILS)


def stored(
    conn: sqlite3.Connection, days: tuple[date, date] = MARCH, zone: str = "Europe/Paris"
) -> list[str]:
    return [event.title for event in agenda_events.events(conn, *days, zone=zone)]


def many(count: int) -> list[str]:
    return [event(f"e{n}", f"202603{n % 28 + 1:02}") for n in range(count)]


def test_an_unchanged_body_is_neither_read_nor_written(conn: sqlite3.Connection, read: list[str]) -> None:
    body = calendar(*many(3))
    assert take(conn, body) == FeedOutcome(events=3, added=3)
    read.clear()
    before = conn.total_changes
    assert take(conn, body) == FeedOutcome(events=3, unchanged=True)
    assert conn.total_changes == before
    assert read == []


def test_new_stamps_and_another_order_are_neither_read_nor_written(
    conn: sqlite3.Connection, read: list[str]
) -> None:
    take(conn, calendar(*many(5)))
    read.clear()
    before = conn.total_changes
    later = calendar(*reversed(many(5))).replace(b"DTSTAMP:20260101T000000Z", b"DTSTAMP:20260304T090000Z")
    assert take(conn, later).unchanged
    assert conn.total_changes == before
    assert read == []


def test_only_what_changed_is_read(conn: sqlite3.Connection, read: list[str]) -> None:
    take(conn, calendar(*many(100)))
    read.clear()
    events = many(100)
    events[7] = event("e7", "20260309", SUMMARY="moved")
    outcome = take(conn, calendar(*events, event("new")))
    assert sorted(read) == ["e7", "new"]
    assert (outcome.events, outcome.added, outcome.removed) == (101, 1, 0)
    assert stored(conn, (date(2026, 3, 9), date(2026, 3, 10))).count("moved") == 1
    assert "e7" not in stored(conn)


def test_what_cannot_touch_the_stored_weeks_is_not_read(conn: sqlite3.Connection, read: list[str]) -> None:
    old_series = event("ended", "20150101", RRULE="FREQ=DAILY;UNTIL=20200101T000000Z")
    take(conn, calendar(event("old", "20190101"), old_series, event("far", "20290101"), event("now")))
    assert read == ["now"]


def test_paging_away_reads_what_was_left_and_rolling_on_forgets_it(
    conn: sqlite3.Connection, read: list[str]
) -> None:
    days = date(2019, 1, 1), date(2019, 1, 8)
    take(
        conn, calendar(event("old", "20190101"), event("now"), event("daily", "20150101", RRULE="FREQ=DAILY"))
    )
    read.clear()
    assert stored(conn, days) == []
    assert windows.extend(conn, *days)
    assert sorted(read) == ["daily", "old"]
    assert stored(conn, days) == ["daily", "old", *["daily"] * 6]
    assert not windows.extend(conn, *days)
    assert "now" in stored(conn)
    assert windows.roll_window(conn, NOW + timedelta(weeks=1), "Europe/Paris")
    assert stored(conn, days) == []


def test_the_weeks_move_on_without_a_fetch(conn: sqlite3.Connection) -> None:
    take(conn, calendar(event("daily", "20150101", RRULE="FREQ=DAILY"), event("june", "20260620")))
    june = (date(2026, 6, 20), date(2026, 6, 21))
    assert not windows.roll_window(conn, NOW + timedelta(hours=1), "Europe/Paris")
    assert stored(conn, june) == []
    assert windows.roll_window(conn, NOW + timedelta(weeks=4), "Europe/Paris")
    assert stored(conn, june) == ["daily", "june"]


def test_an_answer_that_lost_most_is_believed_only_when_it_comes_twice(conn: sqlite3.Connection) -> None:
    take(conn, calendar(*many(10)))
    few = calendar(*many(4))
    first = take(conn, few)
    assert (first.quarantined, first.events) == (True, 10)
    assert first.note
    assert len(stored(conn)) == 10
    assert take(conn, few).quarantined, "the same answer a second later is the same fault"
    second = take(conn, few, now=NOW + intake.CONFIRM_AFTER)
    assert (second.quarantined, second.events, second.removed) == (False, 4, 6)
    assert len(agenda_events.events(conn, NOW.date(), date(2026, 4, 1), zone="UTC")) == 1


def test_a_good_answer_in_between_clears_the_doubt(conn: sqlite3.Connection) -> None:
    whole, few = calendar(*many(10)), calendar(*many(4))
    take(conn, whole)
    assert take(conn, few).quarantined
    assert not take(conn, whole).quarantined
    assert take(conn, few).quarantined


def test_a_person_can_say_that_a_shrunken_feed_is_right(conn: sqlite3.Connection) -> None:
    take(conn, calendar(*many(10)))
    assert not intake.accept(conn, "mine"), "nothing is doubted yet"
    assert take(conn, calendar(*many(4))).quarantined
    assert intake.accept(conn, "mine")
    assert take(conn, calendar(*many(3))).events == 3
    assert take(conn, calendar(*many(1))).quarantined, "one word accepts one answer"


def test_an_empty_calendar_is_doubted_too_but_not_a_first_one(conn: sqlite3.Connection) -> None:
    assert take(conn, calendar()) == FeedOutcome(note=NO_EVENTS)
    take(conn, calendar(*many(2)))
    assert take(conn, calendar()).quarantined


def test_a_web_page_changes_nothing(conn: sqlite3.Connection) -> None:
    take(conn, calendar(*many(3)))
    for body in (b"<html>Sign in</html>", b""):
        with pytest.raises(FeedRefused):
            take(conn, body)
    assert len(stored(conn)) == 3


def test_an_answer_cut_short_adds_and_changes_but_deletes_nothing(conn: sqlite3.Connection) -> None:
    events = many(6)
    take(conn, calendar(*events))
    events[0] = event("e0", "20260301", SUMMARY="renamed")
    cut = calendar(event("new"), *events[:3])[: -len("END:VEVENT\r\nEND:VCALENDAR\r\n")]
    outcome = take(conn, cut)
    assert outcome.removed == 0
    assert outcome.note
    assert sorted(stored(conn)) == ["e1", "e2", "e3", "e4", "e5", "new", "renamed"]
    assert not take(conn, calendar(event("new"), *events)).quarantined


def test_vanished_events_lose_their_future_and_keep_their_past(conn: sqlite3.Connection) -> None:
    daily = event("daily", "20260301", RRULE="FREQ=DAILY")
    take(conn, calendar(daily, event("past", "20260302"), event("future", "20260320"), *many(20)[10:]))
    outcome = take(conn, calendar(*many(20)[10:]))
    assert outcome.removed == 3
    found = agenda_events.events(conn, *MARCH, zone="UTC")
    assert [e.start.day for e in found if e.title == "daily"] == [1, 2, 3]
    assert [e.title for e in found if e.title in ("past", "future")] == ["past"]
    windows.roll_window(conn, NOW + timedelta(weeks=30), "Europe/Paris")
    assert stored(conn, (date(2026, 3, 1), date(2026, 3, 3))) == ["daily", "daily", "past"]


def test_a_feed_that_renames_all_its_events_each_time_has_no_double_past(conn: sqlite3.Connection) -> None:
    for turn in "abc":
        take(conn, calendar(*(event(f"{turn}{n}", "20260302", SUMMARY=f"s{n}") for n in range(3))))
    assert stored(conn) == ["s0", "s1", "s2"]


def test_a_moved_instance_replaces_it_and_comes_back_when_the_move_is_withdrawn(
    conn: sqlite3.Connection,
) -> None:
    master = event("x", "20260309", RRULE="FREQ=DAILY;COUNT=3")
    moved = event("x", "20260320", RECURRENCE_ID="20260310T100000Z", SUMMARY="moved")
    take(conn, calendar(master, moved))
    found = agenda_events.events(conn, *MARCH, zone="UTC")
    assert [(e.title, e.start.day) for e in found] == [("x", 9), ("x", 11), ("moved", 20)]
    assert [e.occurrence.rid for e in found] == ["20260309T100000Z", "20260311T100000Z", "20260310T100000Z"]
    take(conn, calendar(master))
    assert [e.start.day for e in agenda_events.events(conn, *MARCH, zone="UTC")] == [9, 10, 11]


def test_the_same_meeting_in_two_feeds_is_shown_once_with_both(conn: sqlite3.Connection) -> None:
    take(conn, calendar(event("board")), feed="mine")
    take(conn, calendar(event("board")), feed="company")
    (found,) = agenda_events.events(conn, *MARCH, zone="UTC")
    assert found.feeds == ("company", "mine")
    (alone,) = agenda_events.events(conn, *MARCH, zone="UTC", hidden=frozenset({"company"}))
    assert alone.feeds == ("mine",)


def test_a_person_who_travels_sees_hours_move_and_days_stay(conn: sqlite3.Connection) -> None:
    day = "BEGIN:VEVENT\r\nUID:day\r\nDTSTART;VALUE=DATE:20260310\r\nSUMMARY:day\r\nEND:VEVENT\r\n"
    take(
        conn,
        calendar(event("call", DTSTART="20260310T230000Z"), event("wake", DTSTART="20260310T070000"), day),
    )

    def of(zone: str) -> list[tuple[str, int, int]]:
        return [(e.title, e.start.day, e.start.hour) for e in agenda_events.events(conn, *MARCH, zone=zone)]

    assert of("Europe/Paris") == [("day", 10, 0), ("wake", 10, 7), ("call", 11, 0)]
    assert of("America/New_York") == [("day", 10, 0), ("wake", 10, 7), ("call", 10, 19)]


def test_other_addresses_or_other_time_zones_make_a_feed_be_read_again(
    conn: sqlite3.Connection, read: list[str]
) -> None:
    lines = {"ATTENDEE;PARTSTAT=DECLINED": "mailto:new@example.com"}
    body = calendar(event("x", **lines))
    take(conn, body)
    intake.apply_body(conn, "mine", body, now=NOW, zone="UTC", emails=("New@Example.com",))
    (found,) = agenda_events.events(conn, *MARCH, zone="UTC")
    assert found.occurrence.participation == "declined"
    assert len(conn.execute("SELECT * FROM agenda_block").fetchall()) == 1


def test_a_failure_in_the_middle_leaves_the_old_agenda(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(conn, calendar(*many(3)))
    rows = list(conn.iterdump())

    def full(*_arguments: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "put_feed", full)
    with pytest.raises(sqlite3.OperationalError):
        take(conn, calendar(*many(4)))
    assert list(conn.iterdump()) == rows


def test_a_feed_read_meanwhile_by_another_process_is_not_overwritten(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(conn, calendar(*many(3)))
    real = series.read_series

    def quicker(*arguments: Any, **options: Any) -> series.EventReading:
        state = store.feed_state(conn, "mine")
        store.put_feed(conn, state)
        return real(*arguments, **options)

    monkeypatch.setattr(series, "read_series", quicker)
    before = stored(conn)
    assert take(conn, calendar(*many(3), event("new"))).note
    assert stored(conn) == before


def test_what_is_stored_is_what_a_check_of_the_feed_gives(conn: sqlite3.Connection) -> None:
    daily = event("daily", "20150101", RRULE="FREQ=DAILY;BYDAY=MO,TU")
    body = calendar(daily, event("x", SUMMARY="Annulé : Comité"), event("bad", DTSTART="tomorrow"))
    take(conn, body)

    def told(events: tuple[Event, ...]) -> list[dict[str, object]]:
        return [agenda_events.to_json(e) for e in events]

    found = check.check(body, *MARCH, zone="Europe/Paris", feed="mine", emails=EMAILS)
    assert told(agenda_events.events(conn, *MARCH, zone="Europe/Paris")) == told(found.events)
    assert agenda_events.events(conn, *MARCH, zone="Europe/Paris") == found.events
    assert store.issues(conn, "mine") == found.repairs != ()


def test_an_event_as_json_has_keys_that_stay(conn: sqlite3.Connection) -> None:
    day = "BEGIN:VEVENT\r\nUID:d\r\nDTSTART;VALUE=DATE:20260309\r\nEND:VEVENT\r\n"
    take(conn, calendar(event("x", LOCATION="https://zoom.us/j/1"), day))
    whole, call = (agenda_events.to_json(e) for e in agenda_events.events(conn, *MARCH, zone="Europe/Paris"))
    assert json.loads(json.dumps(call)) == {
        "uid": "x", "title": "x", "start": "2026-03-10T11:00:00+01:00", "end": "2026-03-10T12:00:00+01:00",
        "all_day": False, "status": "confirmed", "busy": "busy", "participation": "",
        "location": "https://zoom.us/j/1", "link": "https://zoom.us/j/1", "organizer": "", "attendees": [],
        "feeds": ["mine"], "notes": "", "private": False, "owner": "",
    }  # fmt: skip
    assert (whole["start"], whole["end"], whole["all_day"]) == ("2026-03-09", "2026-03-10", True)


def test_a_folder_of_files_is_one_calendar(tmp_path: Path, conn: sqlite3.Connection) -> None:
    for name in "ab":
        (tmp_path / f"{name}.ics").write_bytes(b"\xef\xbb\xbf" + calendar(event(name)))
    (tmp_path / "notes.txt").write_text("not a calendar")
    take(conn, check.load_path(tmp_path))
    assert sorted(stored(conn)) == ["a", "b"]
    assert check.load_path(tmp_path / "a.ics").endswith(b"END:VCALENDAR\r\n")


def test_a_path_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused, match="no such file"):
        check.load_path(tmp_path / "absent.ics")
    with pytest.raises(FeedRefused, match=r"\.ics"):
        check.load_path(tmp_path)


def test_reading_the_stored_agenda_loads_nothing_that_only_a_sync_needs() -> None:
    program = "import sys, cockpit.services.agenda.events; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"icalendar", "recurring_ical_events", "dateutil", "sqlite_utils", "httpx", "arrow"}
    assert not heavy & set(done.stdout.split())


def test_what_a_budget_cut_is_said_and_taken_up_again_without_a_new_answer(conn: sqlite3.Connection) -> None:
    body = calendar(*(event(f"s{n}", "20260302", RRULE="FREQ=DAILY") for n in range(5)), event("single"))
    outcome = intake.apply_body(conn, "mine", body, now=NOW, zone="Europe/Paris", emails=EMAILS, seconds=0)
    assert len(stored(conn)) == 6, "first dates alone"
    assert outcome.note
    assert store.remarks(conn, "mine") == (UNFINISHED,)
    assert take(conn, body).unchanged
    assert windows.finish(conn, "mine")
    assert len(stored(conn)) == 5 * 30 + 1
    assert store.remarks(conn, "mine") == ()
    assert store.feed_state(conn, "mine").repairs == 0
    assert not windows.finish(conn, "mine")


def test_of_more_events_than_are_read_at_a_time_the_nearest_come_first(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST_EVENTS", 3)
    monkeypatch.setattr(intake, "MOST_EVENTS", 3)
    days = ("20260330", "20260305", "20260320", "20260304", "20260312", "20260301")
    body = calendar(*(event(day, day) for day in days))
    outcome = take(conn, body)
    assert (outcome.events, outcome.repairs, outcome.note) == (6, 0, UNFINISHED)
    assert stored(conn) == ["20260301", "20260304", "20260305"]
    assert (windows.finish(conn, "mine"), windows.finish(conn, "mine")) == (True, False)
    assert (stored(conn), store.remarks(conn, "mine")) == (sorted(days), ())


def test_what_is_still_to_be_read_is_not_told_as_gone(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(conn, calendar(*(event(f"e{n}", f"2026030{n}") for n in range(5, 9))))
    monkeypatch.setattr(windows, "MOST_EVENTS", 1)
    take(conn, calendar(*(event(f"e{n}", f"2026031{n}") for n in range(5, 9))))
    assert [(each.uid, each.what) for each in agenda_changes.since(conn, "")] == [
        ("e5", agenda_changes.MOVED)
    ]


def test_a_calendar_that_repeats_more_than_can_be_kept_says_so_and_what_to_do(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MOST_INSTANCES", 40)
    body = calendar(*(event(f"s{n}", "20260302", RRULE="FREQ=DAILY") for n in range(3)))
    assert take(conn, body).note == REPEATS_TOO_MUCH
    assert [issue.what for issue in store.issues(conn, "mine")] == [TOO_COSTLY] * 2
    assert store.remarks(conn, "mine") == (REPEATS_TOO_MUCH,)


def test_what_was_beyond_all_that_is_kept_is_read_once_there_is_room_and_is_told_until_then(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MOST_INSTANCES", 40)
    weekly = [event(f"w{n}", "20260302", RRULE="FREQ=WEEKLY") for n in range(2)]
    take(conn, calendar(event("s", "20260302", RRULE="FREQ=DAILY"), *weekly))
    windows.extend(conn, date(2027, 1, 1), date(2027, 1, 8))
    assert store.remarks(conn, "mine") == (REPEATS_TOO_MUCH,), "weeks read meanwhile do not hide it"
    assert not windows.finish(conn, "mine"), "nothing is tried while there is no room"
    take(conn, calendar(event("s", "20260302", RRULE="FREQ=DAILY;COUNT=2"), *weekly))
    assert windows.finish(conn, "mine")
    assert store.remarks(conn, "mine") == ()
    shown = agenda_events.events(conn, *MARCH, zone="Europe/Paris")
    assert sum(each.uid.startswith("w") for each in shown) >= 8


def test_of_too_many_repairs_the_first_are_told_and_that_there_are_more(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = series.Budget
    monkeypatch.setattr(series, "Budget", lambda **given: budget(**given, repairs=5))
    outcome = take(conn, calendar(*(event(f"e{n}", DTEND="20260301T090000Z") for n in range(9))))
    assert (outcome.repairs, outcome.note) == (5, MORE_REPAIRS)
    assert len(stored(conn, (date(2026, 3, 10), date(2026, 3, 11)))) == 9


def test_a_first_date_that_is_left_out_does_not_stay_after_the_cut(conn: sqlite3.Connection) -> None:
    body = calendar(event("s", "20260302", RRULE="FREQ=DAILY;COUNT=3", EXDATE="20260302T100000Z"))
    intake.apply_body(conn, "mine", body, now=NOW, zone="Europe/Paris", emails=EMAILS, seconds=0)
    windows.finish(conn, "mine")
    assert [each.start.day for each in agenda_events.events(conn, *MARCH, zone="Europe/Paris")] == [3, 4]


def test_weeks_read_meanwhile_do_not_hide_what_was_cut_in_the_others(conn: sqlite3.Connection) -> None:
    body = calendar(event("s", "20260302", RRULE="FREQ=DAILY"))
    intake.apply_body(conn, "mine", body, now=NOW, zone="Europe/Paris", emails=EMAILS, seconds=0)
    windows.extend(conn, date(2027, 1, 1), date(2027, 1, 8))
    assert store.remarks(conn, "mine") == (UNFINISHED,)
    windows.finish(conn, "mine")
    assert len(stored(conn)) == 30


def test_a_budget_counts_the_processor_not_the_clock() -> None:
    budget = series.Budget(seconds=0.2)
    # Another process works meanwhile, this one waits.
    subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert budget.refusal == ""
    sum(range(30_000_000))
    assert budget.refusal == UNFINISHED


def test_a_process_that_is_stopped_for_a_minute_reads_on_where_it_was() -> None:
    processor = iter([10.0, 10.4, 10.4, 70.1])  # as it stands before and after the stop, then a minute later
    budget = series.Budget(seconds=60, spent=lambda: next(processor))
    assert [budget.refusal for _turn in range(3)] == ["", "", UNFINISHED]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (calendar(), NO_EVENTS),
        (calendar("BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\n"), ONLY_OTHERS),
        ((DATA / "sync" / "freebusy.ics").read_bytes(), ONLY_BUSY),
    ],
)
def test_a_calendar_without_events_says_so_and_is_no_repair(
    conn: sqlite3.Connection, body: bytes, said: str
) -> None:
    assert take(conn, body) == FeedOutcome(events=0, note=said)
    assert store.remarks(conn, "mine") == (said,)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"BEGIN:VCARD\r\nFN:Julie\r\nEND:VCARD\r\n", "contacts"),
        (b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"></d:multistatus>', "CalDAV"),
    ],
)
def test_other_kinds_of_data_say_what_they_are(conn: sqlite3.Connection, body: bytes, said: str) -> None:
    with pytest.raises(FeedRefused, match=said):
        take(conn, body)


def test_two_files_of_a_folder_keep_each_their_zone(conn: sqlite3.Connection) -> None:
    take(conn, check.load_path(DATA / "sync" / "customized"))
    hours = {each.title: each.start.hour for each in agenda_events.events(conn, *MARCH, zone="Europe/Paris")}
    assert hours == {"lyon": 10, "montreal": 15}
    # From what is stored too, weeks later.
    windows.extend(conn, date(2027, 1, 1), date(2027, 1, 8))
    intake.apply_body(conn, "mine", check.load_path(DATA / "sync" / "customized"), now=NOW, zone="Asia/Tokyo")
    assert store.feed_state(conn, "mine").repairs == 0


@pytest.mark.parametrize("order", [("full", "busy"), ("busy", "full")])
def test_a_free_busy_copy_never_hides_a_title(conn: sqlite3.Connection, order: tuple[str, str]) -> None:
    for feed, name in zip(("a", "b"), order, strict=True):
        take(conn, (DATA / "sync" / f"{name}.ics").read_bytes(), feed)
    (shown,) = agenda_events.events(conn, *MARCH, zone="Europe/Paris")
    assert (shown.title, shown.feeds) == ("Entretien DAF", ("a", "b"))


def test_a_feed_without_end_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused):
        check.load_path(Path("/dev/zero"))
    for n in range(3):
        (tmp_path / f"{n}.ics").write_bytes(b" " * (MAX_BYTES // 2))
    with pytest.raises(FeedRefused, match="64"):
        check.load_path(tmp_path)


def test_what_is_new_moved_or_gone_since_the_last_reading_is_noted_once(conn: sqlite3.Connection) -> None:
    weekly = event("weekly", "20260306", RRULE="FREQ=DAILY;COUNT=3")
    take(conn, calendar(weekly, event("a"), event("b"), event("far", "20260601")))
    assert not agenda_changes.since(conn, ""), "the first reading is no news"
    take(conn, calendar(weekly, event("a", "20260311"), event("c"), event("far", "20260602")))
    take(conn, calendar(weekly, event("a", "20260311", STATUS="CANCELLED"), event("c", SUMMARY="other"),
                        event("far", "20260602")))  # fmt: skip
    said = [(each.uid, each.what, each.starts.day) for each in agenda_changes.since(conn, "")]
    assert sorted(said) == [("a", "gone", 11), ("a", "moved", 11), ("b", "gone", 10), ("c", "new", 10)]

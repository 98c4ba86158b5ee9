"""Laws of the reading of feeds: one bad thing costs at most itself, and nothing is mended in silence."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event as Component

from cockpit.domain.agenda.events import TOO_COSTLY, UNFINISHED, Event
from cockpit.services.agenda.check import FeedCheck, check
from cockpit.sources.ical import expand
from cockpit.sources.ical.decode import FeedRefused
from cockpit.sources.ical.heading import FeedHeading, heading
from cockpit.sources.ical.read import read_feed
from cockpit.sources.ical.repair import NO_START, TOO_MUCH, TWICE, UNKNOWN_ZONE
from cockpit.sources.ical.series import ENDS_FIRST, SHARED_UID, Budget
from cockpit.sources.ical.split import CUT_EVENT, CUT_SHORT, NOT_GREGORIAN, UNCLOSED

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
EVENTS = {
    "single": "DTSTART;TZID=Europe/Paris:20260305T100000\nDTEND;TZID=Europe/Paris:20260305T110000",
    "daily": "DTSTART;TZID=America/New_York:20150101T093000\nDURATION:PT30M\n"
    "RRULE:FREQ=DAILY;UNTIL=20260312T235959Z\nEXDATE;TZID=America/New_York:20260304T093000",
    "holiday": "DTSTART;VALUE=DATE:20260309\nDTEND;VALUE=DATE:20260312\nTRANSP:TRANSPARENT",
    "weekly": "DTSTART;TZID=Asia/Kolkata:20250106T180000\nDTEND;TZID=Asia/Kolkata:20250106T190000\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2",
    "floating": "DTSTART:20260310T080000\nDURATION:PT1H",
}


def event(uid: str, lines: str, summary: str | None = None) -> str:
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\n{lines}\nSUMMARY:{summary or uid}\nEND:VEVENT\n"
    )


def calendar(*components: str, header: str = "") -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t//t//EN\n{header}{''.join(components)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(body: bytes, zone: str = "Europe/Paris") -> FeedCheck:
    return check(body, *MARCH, zone=zone)


def told(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(e.title, e.start.isoformat(), e.end.isoformat()) for e in events]


WHOLE = calendar(*(event(uid, lines) for uid, lines in EVENTS.items()))


@given(st.permutations(list(EVENTS)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_components_changes_nothing(order: list[str]) -> None:
    assert told(read(calendar(*(event(uid, EVENTS[uid]) for uid in order))).events) == told(
        read(WHOLE).events
    )


@given(st.integers(5, 74), st.sampled_from([b"\r\n ", b"\n ", b"\n\t"]))
@settings(max_examples=20, deadline=None)
def test_where_lines_are_folded_changes_nothing(width: int, fold: bytes) -> None:
    body = calendar(event("accents", EVENTS["single"], "Réunion d'équipe, salle Ménilmontant à côté"))
    lines = body.split(b"\r\n")
    folded = [fold.join(line[n : n + width] for n in range(0, len(line), width)) for line in lines]
    assert told(read(b"\r\n".join(folded)).events) == told(read(body).events)


@given(st.integers(0, WHOLE.count(b"\n") - 1))
@settings(deadline=None)
def test_a_lost_line_costs_at_most_the_event_it_was_in(lost: int) -> None:
    lines = WHOLE.splitlines(keepends=True)
    before, after = read(WHOLE), read(b"".join(lines[:lost] + lines[lost + 1 :]))
    begun = sum(line == b"BEGIN:VEVENT\r\n" for line in lines[: lost + 1])
    hurt = list(EVENTS)[begun - 1] if begun else ""

    def others(found: FeedCheck) -> list[tuple[str, str, str]]:
        return told(tuple(e for e in found.events if e.uid in EVENTS and e.uid != hurt))

    assert others(after) == others(before)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
@settings(deadline=None, max_examples=150)
def test_no_byte_anywhere_can_make_reading_fail(where: int, junk: bytes) -> None:
    try:
        read(WHOLE[:where] + junk + WHOLE[where + len(junk) :])
    except FeedRefused:
        assert where < 20  # only the word that says it is a calendar


@given(st.integers(0, len(WHOLE)))
@settings(deadline=None)
def test_a_feed_cut_anywhere_says_so_and_keeps_what_came_whole(length: int) -> None:
    body = WHOLE[:length]
    if b"BEGIN:V" not in body:
        with pytest.raises(FeedRefused):
            read(body)
        return
    found = read(body)
    assert found.truncated == (b"END:VCALENDAR" not in body) or b"BEGIN:VCALENDAR" not in body
    assert found.blocks == body.count(b"END:VEVENT")
    assert ("", CUT_SHORT) in {(issue.uid, issue.what) for issue in found.repairs} or not found.truncated


@given(st.integers(-8, 8))
@settings(deadline=None, max_examples=10)
def test_a_series_begun_whole_periods_earlier_or_later_gives_the_same_hours(periods: int) -> None:
    rule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"

    def begun(day: date) -> FeedCheck:
        return read(calendar(event("x", f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T100000\n{rule}")))

    first = date(2024, 1, 1)
    assert told(begun(first + timedelta(weeks=2 * periods)).events) == told(begun(first).events)


RULES = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYDAY=MO,TU", "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=TU,SU", "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=5", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYDAY=2TU", "FREQ=YEARLY;INTERVAL=3",
        "FREQ=HOURLY;INTERVAL=5", "FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO",
    ]
)  # fmt: skip


@given(
    RULES,
    st.dates(date(2001, 1, 1), date(2026, 2, 28)),
    st.sampled_from(["Europe/Paris", "America/New_York"]),
)
@settings(deadline=None, max_examples=80)
def test_seeking_gives_what_replaying_from_the_first_date_gives(rule: str, begin: date, zone: str) -> None:
    """A COUNT is never reached here, but forbids seeking: both ways must agree."""
    start = f"DTSTART;TZID={zone}:{begin:%Y%m%d}T021500\nDURATION:PT45M\nRRULE:{rule}"
    if "HOURLY" in rule and begin.year < 2024:
        return
    sought, replayed = (read(calendar(event("x", lines))) for lines in (start, f"{start};COUNT=19999"))
    assert told(sought.events) == told(replayed.events)


def test_nothing_is_mended_in_silence() -> None:
    found = read(
        calendar(
            event("nostart", "LOCATION:somewhere"),
            event("twice", "DTSTART:20260305T100000Z\nDTSTART:20260306T100000Z"),
            event("mars", "DTSTART;TZID=Mars/Base:20260305T100000"),
            header="CALSCALE:JULIAN\n",
        )
    )
    assert {(issue.uid, issue.what) for issue in found.repairs} == {
        ("", NOT_GREGORIAN),
        ("nostart", NO_START),
        ("twice", TWICE),
        ("mars", UNKNOWN_ZONE),
    }
    assert {e.title: e.occurrence.repaired for e in found.events} == {"twice": True, "mars": True}


def test_only_the_event_that_was_mended_is_marked() -> None:
    """Also among events that share one identity."""
    twice = "DTSTART:20260305T100000Z\nDTSTART:20260306T100000Z"
    found = read(calendar(event("x", twice, "a"), event("x", "DTSTART:20260307T100000Z", "b")))
    assert {e.title: e.occurrence.repaired for e in found.events} == {"a": True, "b": False}
    assert [issue.what for issue in found.repairs] == [TWICE, SHARED_UID]


@pytest.mark.parametrize("name", ["RDATE", "EXDATE"])
def test_lists_without_end_are_cut_and_said(name: str) -> None:
    dates = ",".join(["20260306T100000Z"] * 100_000)
    found = read(calendar(event("x", f"DTSTART:20260305T100000Z\n{name}:{dates}")))
    assert TOO_MUCH in {issue.what for issue in found.repairs}
    assert found.events[0].start.day == 5


def test_of_one_event_five_hundred_lines_of_a_kind_and_five_thousand_dates_are_read() -> None:
    for lines, said in ((500, False), (501, True)):
        dates = "\n".join(["EXDATE:20260306T100000Z"] * lines)
        found = read(calendar(event("x", f"DTSTART:20260305T100000Z\nRRULE:FREQ=DAILY;COUNT=2\n{dates}")))
        assert (TOO_MUCH in {issue.what for issue in found.repairs}) is said
        assert [each.start.day for each in found.events] == [5]
    for count, said in ((5_000, False), (5_001, True)):
        listed = ",".join(["20260306T100000Z"] * count)
        found = read(
            calendar(event("x", f"DTSTART:20260305T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:{listed}"))
        )
        assert (TOO_MUCH in {issue.what for issue in found.repairs}) is said


@pytest.mark.parametrize(
    ("head", "name", "zone"),
    [
        ("X-WR-CALNAME:Comité\\, Paris\nX-WR-TIMEZONE:Europe/Paris\n", "Comité, Paris", "Europe/Paris"),
        ("NAME;LANGUAGE=fr:Mine\\nand yours\nTIMEZONE-ID:Asia/Tokyo\n", "Mine and yours", "Asia/Tokyo"),
        ("BEGIN:VTIMEZONE\nTZID:Europe/Rome\nEND:VTIMEZONE\n", "", "Europe/Rome"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_feed_says_what_it_is_called_and_where_its_owner_lives(head: str, name: str, zone: str) -> None:
    assert heading(calendar(event("x", EVENTS["single"], "NAME:no"), header=head)) == FeedHeading(name, zone)
    late = calendar(event("x", EVENTS["single"]), head)
    assert heading(late) == FeedHeading("", ""), "what stands behind an event is of that event"


def test_what_a_series_may_cost_is_counted_in_instances_and_in_time() -> None:
    at = iter((0.0, 59.0, 60.0))
    budget = Budget(instances=3, spent=lambda: next(at))
    budget.use(2)
    assert (budget.refusal, budget.refusal) == ("", UNFINISHED)
    budget.use(1)
    assert budget.refusal == TOO_COSTLY
    at_once = Budget(at_once=1)
    at_once.use(1)
    assert at_once.refusal == UNFINISHED, "the next reading has room for more"


def test_a_healthy_feed_needs_no_repair() -> None:
    found = read(WHOLE)
    assert found.repairs == ()
    assert not any(e.occurrence.repaired for e in found.events)


HOSTILE = "\x1b]52;c;cm0gLXJm\x07[@click=app.quit]quit[/] \x1b[31mred\x1b[0m \u202eevil\u202c \x00 end"


def test_hostile_text_keeps_its_markup_and_loses_its_controls() -> None:
    lines = f"DTSTART:20260305T100000Z\nLOCATION:{HOSTILE}\nDESCRIPTION:{HOSTILE}"
    lines += f"\nORGANIZER;CN={HOSTILE}:mailto:a@b"
    (found,) = read(calendar(event("x", lines, HOSTILE))).events
    said = found.occurrence
    assert said.title == "[@click=app.quit]quit[/] red evil end"
    for text in (said.title, said.location, said.notes, said.organizer, *said.attendees):
        assert "\x1b" not in text
        assert text.isprintable()


def test_two_hundred_people_are_read_of_a_meeting_and_a_name_of_a_thousand_letters() -> None:
    people = "".join(f"\nATTENDEE;CN=P{n}:mailto:p{n}@x.test" for n in range(201))
    (found,) = read(calendar(event("é" * 1_000, f"DTSTART:20260305T100000Z{people}"))).events
    assert len(found.occurrence.attendees) == 200
    assert found.uid == "é" * 1_000


def test_only_http_addresses_become_links() -> None:
    lines = "DTSTART:20260305T100000Z\nURL:javascript:alert(1)\nCONFERENCE;VALUE=URI:file:///etc/passwd"
    (found,) = read(calendar(event("x", lines))).events
    assert found.occurrence.link == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<!DOCTYPE html><html>Sign in</html>", "web page"),
        (b'{"error": "gone"}', "not a calendar"),
        (b"BEGIN:VCARD\nFN:Claire\nEND:VCARD\n", "contacts"),
        (b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"/>', "CalDAV"),
        (b'<?xml version="1.0"?><rss/>', "web page"),
        (b"Sign in first. <html>", "web page"),
        (b"BEGIN:VCALENDAR\n" + b"X" * (9 * 1024 * 1024) + b"\nEND:VCALENDAR\n", "too large"),
        (b"BEGIN:VCALENDAR\n" + b"A\n" * 2_000_001 + b"END:VCALENDAR\n", "too large"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 100_001, "100,000"),
        (b"BEGIN:VCALENDAR" + b"\0" * (64 * 1024 * 1024), "64 MB"),
    ],
    ids=[
        "empty",
        "blank",
        "html",
        "json",
        "contacts",
        "folders",
        "xml",
        "late-html",
        "line",
        "lines",
        "events",
        "bytes",
    ],
)
def test_what_is_no_calendar_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(FeedRefused, match=reason):
        read_feed(body)


def test_an_event_cut_in_the_middle_is_left_out_and_said() -> None:
    found = read(
        calendar(event("whole", EVENTS["single"])).replace(
            b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\nUID:h\r\nSUMMARY:half\r\nLOCATION:here"
        )
    )
    assert [e.title for e in found.events] == ["whole"]
    assert ("", "SUMMARY:half", CUT_EVENT) in found.repairs


def test_an_event_may_end_as_it_begins_and_not_before() -> None:
    ends = "DTSTART:20260305T100000Z\nDTEND:20260305T{}Z"
    assert read(calendar(event("x", ends.format("100000")))).repairs == ()
    assert [each.what for each in read(calendar(event("x", ends.format("095959")))).repairs] == [ENDS_FIRST]


def test_an_event_that_nobody_closed_is_told_by_its_title_or_by_its_first_line() -> None:
    body = calendar(
        "BEGIN:VEVENT\nUID:a\nDTSTART:20260305T100000Z\nsummary:First\nBEGIN:VEVENT\nUID:b\n"
        "DTSTART:20260306T100000Z\nBEGIN:VEVENT\nEND:VEVENT\n"
    )
    found = read(body)
    assert [line for _uid, line, what in found.repairs if what == UNCLOSED] == ["summary:First", "UID:b"]
    assert [event.start.day for event in found.events] == [5, 6]


def test_a_cancellation_sent_as_a_message_cancels() -> None:
    (found,) = read(
        calendar(event("x", EVENTS["single"] + "\nSTATUS:CONFIRMED"), header="METHOD:CANCEL\n")
    ).events
    assert found.cancelled


def test_my_own_answer_is_told_whatever_the_case_of_my_address() -> None:
    lines = (
        EVENTS["single"]
        + "\nATTENDEE;PARTSTAT=DECLINED;CN=Me:MAILTO:Me@Example.com\nATTENDEE;CN=You:mailto:you@x"
    )
    found = check(calendar(event("x", lines)), *MARCH, zone="UTC", emails=("me@example.COM",))
    (said,) = (e.occurrence for e in found.events)
    assert said.participation == "declined"
    assert said.attendees == ("Me", "You")


@pytest.mark.parametrize(
    ("line", "busy"),
    [
        ("TRANSP:TRANSPARENT", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "oof"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "free"),
        ("STATUS:TENTATIVE", "tentative"),
        ("TRANSP:OPAQUE", "busy"),
    ],
)
def test_how_much_an_event_takes_of_me(line: str, busy: str) -> None:
    (found,) = read(calendar(event("x", f"{EVENTS['single']}\n{line}"))).events
    assert found.occurrence.busy == busy


def test_a_body_in_windows_1252_is_read_without_a_broken_letter() -> None:
    body = calendar(event("x", EVENTS["single"], "Réunion à l'Hôtel – 50 €"))
    (found,) = read(body.decode().encode("cp1252")).events
    assert found.title == "Réunion à l'Hôtel – 50 €"


def test_a_body_in_utf_16_is_read() -> None:
    assert told(read(WHOLE.decode().encode("utf-16")).events) == told(read(WHOLE).events)


def test_a_thousand_endless_series_stay_within_bounds() -> None:
    rules = [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
    ]
    random.Random(1).shuffle(rules)
    bombs = [event(f"b{n}", f"DTSTART:20150101T000000Z\nRRULE:{rules[n % 4]}") for n in range(1000)]
    found = read(calendar(*bombs, event("good", EVENTS["single"])))
    assert [e.title for e in found.events] == ["good"]
    assert {issue.uid for issue in found.repairs} == {f"b{n}" for n in range(1000)}


def test_an_event_that_ends_as_the_window_begins_is_not_in_it() -> None:
    begin, end = expand.padded(MARCH)

    def ending(at: datetime) -> Component:
        made = Component()
        made.add("UID", "edge")
        made.add("DTSTART", at - timedelta(hours=1))
        made.add("DTEND", at)
        return made

    def instant(at: datetime) -> Component:
        made = Component()
        made.add("UID", "instant")
        made.add("DTSTART", at)
        return made

    assert expand.single(ending(begin), [MARCH]) is None
    assert expand.single(ending(begin + timedelta(seconds=1)), [MARCH]) is not None
    assert expand.single(instant(begin - timedelta(seconds=1)), [MARCH]) is None
    assert expand.single(instant(begin), [MARCH]) is not None
    assert expand.single(instant(end - timedelta(seconds=1)), [MARCH]) is not None
    assert expand.single(instant(end), [MARCH]) is None


@pytest.mark.parametrize(
    ("length", "end"),
    [
        ("PT23H", "29 10:00"),
        ("P1D", "29 10:00"),
        ("P2D", "30 10:00"),
        ("PT2H", "28 12:00"),
        ("PT20H", "29 07:00"),
    ],
)
@pytest.mark.parametrize("rule", ["", "\nRRULE:FREQ=YEARLY;COUNT=2"])
def test_days_are_of_the_calendar_and_hours_of_the_clock_in_the_night_that_lacks_one(
    rule: str, length: str, end: str
) -> None:
    lines = f"DTSTART;TZID=Europe/Paris:20260328T100000\nDURATION:{length}{rule}"
    (found,) = read(calendar(event("x", lines))).events
    assert f"{found.end:%d %H:%M}" == end

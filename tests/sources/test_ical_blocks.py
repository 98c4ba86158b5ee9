"""A feed cut into events, definitions of zones and remarks, and what is told of an event before it is read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.agenda.events import ONLY_BUSY, ONLY_OTHERS
from cockpit.sources.ical import decode
from cockpit.sources.ical.decode import FeedRefused, text, unfold
from cockpit.sources.ical.heading import FeedHeading, heading
from cockpit.sources.ical.read import EventBlock, read_feed
from cockpit.sources.ical.split import CUT_EVENT, CUT_SHORT, NO_EVENTS, NOT_GREGORIAN, UNCLOSED, split
from cockpit.sources.ical.zones import mark

WORDS = {
    CUT_SHORT: "cut short", UNCLOSED: "unclosed", CUT_EVENT: "cut event", NO_EVENTS: "no event",
    NOT_GREGORIAN: "not Gregorian", ONLY_BUSY: "only busy", ONLY_OTHERS: "only others",
}  # fmt: skip


def cut(*lines: str) -> list[str]:
    """What becomes of the lines of one calendar, those of an event or a zone joined by slashes."""
    return parts("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")


def parts(*lines: str) -> list[str]:
    """What becomes of the lines of a feed."""
    found = split("".join(f"{line}\n" for line in lines).encode())
    assert {issue.uid for issue in found.issues} <= {""}
    said = [f"{WORDS[issue.what]} {issue.line}".strip() for issue in found.issues]
    assert ("cut short" in said) is found.truncated
    kept = [f"zone {joined(zone)}" for zone in found.zones] + [joined(event) for event in found.events]
    return [*kept, *(f"! {line}" for line in said)]


def joined(lines: bytes) -> str:
    return lines.decode().strip("\n").replace("\n", "/")


ONE, TWO = ("BEGIN:VEVENT", "UID:a", "END:VEVENT"), ("BEGIN:VEVENT", "UID:b", "END:VEVENT")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ((*ONE, *TWO), ["UID:a", "UID:b"]),
        (("begin:vevent", "UID:a", "end:vevent"), ["UID:a"]), (("Begin: VEvent ", "UID:a", "End:VEVENT"), ["UID:a"]),
        # When the answer was made, and what is not ours to keep.
        (("BEGIN:VEVENT", "DTSTAMP:1", "dtstamp;X=1:2", "UID:a", "ATTACH:x", "ATTACH;X=1:y", "ATTENDEE:z",
         "DTSTART:1",
          "END:VEVENT"), ["UID:a/ATTENDEE:z/DTSTART:1"]),
        # What stands inside an event and is none.
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", "TRIGGER:1", "END:VALARM", "SUMMARY:x", "END:VEVENT"),
         ["UID:a/SUMMARY:x"]),
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", "BEGIN:X-IN", "N:1", "END:X-IN", "N:2", "END:VALARM", "SUMMARY:x",
          "END:VEVENT"), ["UID:a/SUMMARY:x"]),
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", "BEGIN:X-IN", "END:VALARM", "SUMMARY:x", "END:VEVENT"),
         ["UID:a/SUMMARY:x"]),
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", "END:OTHER", "N:1", "END:VEVENT", *TWO), ["UID:a", "UID:b"]),
        (("BEGIN:VEVENT", "END:OTHER", "UID:a", "BEGIN:STANDARD", "X:1", "END:STANDARD", "END:VEVENT"), ["UID:a"]),
        # What nobody closed.
        (("BEGIN:VEVENT", "UID:a", "SUMMARY;X=1:An event", *TWO), ["UID:a/SUMMARY;X=1:An event", "UID:b",
                                                                  "! unclosed SUMMARY;X=1:An event"]),
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VALARM", *TWO), ["UID:a", "UID:b", "! unclosed UID:a"]),
        (("BEGIN:VEVENT", *TWO), ["", "UID:b", "! unclosed"]),
        (("BEGIN:VEVENT", "UID:a"), ["UID:a", "! unclosed UID:a"]),
        (("BEGIN:VEVENT", "UID:a", "BEGIN:VTIMEZONE", "TZID:z", "END:VTIMEZONE"), [
            "zone TZID:z", "UID:a", "! unclosed UID:a"]),
        (("END:VEVENT", *ONE), ["UID:a"]),
        # Kinds that are none of ours.
        ((), ["! no event"]), (("BEGIN:X-NOTE", "END:X-NOTE"), ["! no event"]),
        (("BEGIN:VTODO", "UID:a", "END:VTODO"), ["! only others"]),
        (("BEGIN:VJOURNAL", "END:VJOURNAL"), ["! only others"]),
        (("BEGIN:VFREEBUSY", "END:VFREEBUSY", "BEGIN:VTODO", "END:VTODO"), ["! only busy"]),
        (("BEGIN:VTODO", "END:VTODO", *ONE), ["UID:a"]), (("BEGIN:VFREEBUSY", "END:VFREEBUSY", *ONE), ["UID:a"]),
        # A message that cancels, and a calendar of another kind.
        (("METHOD:CANCEL", *ONE, *TWO), ["STATUS:CANCELLED/UID:a", "STATUS:CANCELLED/UID:b"]),
        (("method: cancel ", *ONE), ["STATUS:CANCELLED/UID:a"]), (("METHOD:REQUEST", *ONE), ["UID:a"]),
        (("METHOD:CANCEL", "METHOD:PUBLISH", *ONE), ["UID:a"]), ((*ONE, "METHOD:CANCEL", *TWO), [
            "UID:a", "STATUS:CANCELLED/UID:b"]),
        (("BEGIN:VTODO", "METHOD:CANCEL", "END:VTODO", *ONE), ["UID:a"]), (("X-METHOD:CANCEL", *ONE), ["UID:a"]),
        (("calscale:Julian", *ONE), ["UID:a", "! not Gregorian calscale:Julian"]),
        (("CALSCALE: gregorian ", *ONE), ["UID:a"]), (("X-CALSCALE:JULIAN", *ONE), ["UID:a"]),
        (("BEGIN:VTODO", "CALSCALE:JULIAN", "END:VTODO", *ONE), ["UID:a"]),
        # Zones, and what a vendor puts into them.
        (("begin:vtimezone", "TZID:z", "begin:standard", "TZOFFSETTO:+0100", "end:standard", "BEGIN:DAYLIGHT",
          "END:DAYLIGHT", "END:VTIMEZONE", *ONE), [
            "zone TZID:z/BEGIN:STANDARD/TZOFFSETTO:+0100/END:STANDARD/BEGIN:DAYLIGHT/END:DAYLIGHT", "UID:a"]),
        (("BEGIN:VTIMEZONE", "TZID:z", "BEGIN:X-OTHER", "X:1", "END:X-OTHER", "X:2", "END:VTIMEZONE", *ONE), [
            "zone TZID:z/X:2", "UID:a"]),
        (("BEGIN:VTIMEZONE", "TZID:z", "END:VTIMEZONE", "BEGIN:STANDARD", "METHOD:CANCEL", "END:STANDARD", *ONE), [
            "zone TZID:z", "UID:a"]),
    ],
)  # fmt: skip
def test_a_calendar_is_cut_into_its_events_and_zones_and_nothing_else(
    lines: tuple[str, ...], kept: list[str]
) -> None:
    assert cut(*lines) == kept


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("BEGIN:VCALENDAR", *ONE), ["UID:a", "! cut short"]),
        (("BEGIN:VCALENDAR", *ONE, "BEGIN:VEVENT", "UID:b"), ["UID:a", "! cut event UID:b", "! cut short"]),
        (("BEGIN:VCALENDAR", "BEGIN:VEVENT"), ["! cut event", "! cut short"]),
        (("BEGIN:VCALENDAR", *ONE, "BEGIN:VCALENDAR", *TWO, "END:VCALENDAR"), ["UID:a", "UID:b", "! cut short"]),
        (("BEGIN:VCALENDAR", *ONE, "END:VCALENDAR", "BEGIN:VCALENDAR", *TWO, "END:VCALENDAR"), ["UID:a", "UID:b"]),
        (("BEGIN:VCALENDAR", *ONE, "END:VCALENDAR", "END:VCALENDAR"), ["UID:a"]),
        (ONE, ["UID:a"]), (("BEGIN:VEVENT", "UID:a"), ["! cut event UID:a", "! cut short"]),
        (("BEGIN:VCALENDAR", "METHOD:CANCEL", *ONE, "END:VCALENDAR", "BEGIN:VCALENDAR", *TWO, "END:VCALENDAR"), [
            "STATUS:CANCELLED/UID:a", "UID:b"]),
        (("BEGIN:VCALENDAR", "BEGIN:VTODO", "UID:a", "END:VCALENDAR", "BEGIN:VCALENDAR", "METHOD:CANCEL", *ONE,
          "END:VCALENDAR"), ["STATUS:CANCELLED/UID:a"]),
    ],
)  # fmt: skip
def test_a_feed_that_stops_early_says_so_and_each_calendar_of_it_stands_alone(
    lines: tuple[str, ...], kept: list[str]
) -> None:
    assert parts(*lines) == kept


def zone(name: str, offset: str) -> tuple[str, ...]:
    """The lines of a definition, which is the name and the offset and nothing else."""
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", f"X-OFFSET:{offset}", "END:VTIMEZONE")


def by(name: str, offset: str) -> str:
    """What names that definition."""
    return mark(f"TZID:{name}\nX-OFFSET:{offset}\n".encode())


P1, P2, Q1, Q2 = zone("Local", "+1"), zone("Local", "+2"), zone("Other", "+1"), zone("Other", "+2")
OPEN, SHUT = "BEGIN:VCALENDAR", "END:VCALENDAR"


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        # One definition, however often: nothing to tell apart.
        ((OPEN, *P1, *ONE, SHUT, OPEN, *P1, *TWO, SHUT), ["", ""]), ((OPEN, *P1, *Q2, *ONE, *TWO, SHUT), ["", ""]),
        # Two calendars, each with its own.
        ((OPEN, *P1, *ONE, SHUT, OPEN, *P2, *TWO, SHUT), ["Local+1", "Local+2"]),
        ((OPEN, *ONE, *P1, SHUT, OPEN, *TWO, *P2, SHUT), ["Local+1", "Local+2"]),
        ((OPEN, *P1, *Q1, *ONE, SHUT, OPEN, *P2, *TWO, SHUT), ["Local+1", "Local+2"]),
        ((OPEN, *P1, *Q1, *ONE, SHUT, OPEN, *P2, *Q2, *TWO, SHUT), ["Local+1 Other+1", "Local+2 Other+2"]),
        ((OPEN, *P1, *ONE, SHUT, OPEN, *P2, SHUT, OPEN, *P1, *TWO, SHUT), ["Local+1", "Local+1"]),
        # A calendar without any goes with the next one, or stays without.
        ((OPEN, *ONE, SHUT, OPEN, *P1, *TWO, SHUT, OPEN, *P2, SHUT), ["Local+1", "Local+1"]),
        ((OPEN, *P1, *ONE, SHUT, OPEN, *P2, SHUT, OPEN, *Q1, *TWO, SHUT), ["Local+1", ""]),
        # One calendar made of several: the last one before an event, else the first one after it.
        ((OPEN, *P1, *ONE, *P2, *TWO, SHUT), ["Local+1", "Local+2"]),
        ((OPEN, *ONE, *P1, *P2, *TWO, SHUT), ["Local+1", "Local+1"]),
        ((OPEN, *P1, *P2, *ONE, *TWO, SHUT), ["Local+1", "Local+1"]),
        ((OPEN, *P2, *ONE, *TWO, *P1, SHUT), ["Local+2", "Local+2"]),
        ((OPEN, *P1, *P2, *ONE, *P2, *P1, *TWO, SHUT), ["Local+1", "Local+2"]),
    ],
)  # fmt: skip
def test_an_event_says_with_which_of_several_definitions_it_was_written(
    lines: tuple[str, ...], marks: list[str]
) -> None:
    found = [" ".join(by(each[:5], each[5:]) for each in said.split()) for said in marks]
    wanted = [f"X-COCKPIT-ZONES:{said}/" if said else "" for said in found]
    events = [each for each in parts(*lines) if not each.startswith("zone ")]
    assert events == [f"{wanted[0]}UID:a", f"{wanted[1]}UID:b"]


DIGEST = bytes(range(16))


def outline(*lines: str) -> tuple[str, str, bool, str, str]:
    """Identity, instance, whether it repeats, and the days outside which it has no instance."""
    found = EventBlock("".join(f"{line}\n" for line in lines).encode(), DIGEST).outline
    return found.uid, found.rid, found.recurring, _day(found.lo), _day(found.hi)


def _day(seconds: int | None) -> str:
    assert seconds is None or seconds % 86_400 == 0
    return "" if seconds is None else (date(1970, 1, 1) + timedelta(seconds=seconds)).strftime("%m-%d")


@pytest.mark.parametrize(
    ("lines", "recurring", "lo", "hi"),
    [
        # Three days around, and one day where it does not say how long it lasts.
        (("DTSTART:20260310T100000Z",), False, "03-07", "03-14"),
        (("dtstart;VALUE=DATE:2026-03-10",), False, "03-07", "03-14"),
        (("Dtstart: 20260310",), False, "03-07", "03-14"),
        (("DTSTART:20260310", "DTSTART:20260410"), False, "03-07", "03-14"),
        (("DTSTART:20260310", "DTEND:20260315"), False, "03-07", "03-18"),
        (("DTSTART:20260310", "DTEND:20260310"), False, "03-07", "03-13"),
        (("DTSTART:20260310", "DTEND:20260301"), False, "03-07", "03-13"),
        (("DTSTART:20260310", "DTEND:soon"), False, "03-07", ""),
        (("DTSTART:20260310", "DTEND:20261301"), False, "03-07", ""),
        (("DTSTART:20260310", "DTEND:20260312", "DURATION:P9D"), False, "03-07", "03-15"),
        # Weeks, days, whole days of hours, and four more for the rest.
        (("DTSTART:20260310", "DURATION:PT1H"), False, "03-07", "03-17"),
        (("DTSTART:20260310", "DURATION:PT23H"), False, "03-07", "03-17"),
        (("DTSTART:20260310", "DURATION:PT24H30M15S"), False, "03-07", "03-18"),
        (("DTSTART:20260310", "duration:p1w2d"), False, "03-07", "03-26"),
        (("DTSTART:20260310", "DURATION;X=1: +P2W1DT49H "), False, "03-07", "04-03"),
        (("DTSTART:20260310", "DURATION:long"), False, "03-07", ""),
        # A series, until its last day or without end.
        (("DTSTART:20260310", "RRULE:FREQ=DAILY"), True, "03-07", ""),
        (("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20260320"), True, "03-07", "03-24"),
        (("DTSTART:20260310", "rrule:freq=daily;until=2026-03-20T100000Z"), True, "03-07", "03-24"),
        (("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20260301"), True, "03-07", "03-14"),
        (("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20261301"), True, "03-07", ""),
        (("DTSTART:20260310", "DTEND:20260312", "RRULE:FREQ=DAILY;UNTIL=20260320"), True, "03-07", "03-25"),
        (("DTSTART:20260310", "RDATE:20260401"), True, "03-07", ""),
        (("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20260320", "RDATE:20260401"), True, "03-07", ""),
        # One instance of a series, whatever rule it was sent with.
        (("DTSTART:20260310", "RECURRENCE-ID:20260311"), False, "03-07", "03-14"),
        (("DTSTART:20260310", "RECURRENCE-ID:20260311", "RRULE:FREQ=DAILY"), False, "03-07", "03-14"),
        # No start that can be told.
        ((), False, "", ""), (("DTSTART:soon",), False, "", ""), (("DTSTART:202603101",), False, "", ""),
        (("DTSTART:20260230", "RRULE:FREQ=DAILY"), True, "", ""), (("DTSTAMP:20260310",), False, "", ""),
    ],
)  # fmt: skip
def test_the_days_of_an_event_are_told_before_it_is_read(
    lines: tuple[str, ...], recurring: bool, lo: str, hi: str
) -> None:
    assert outline("UID:u", *lines)[2:] == (recurring, lo, hi)


@pytest.mark.parametrize(
    ("lines", "uid", "rid"),
    [
        (("UID:abc@a.test",), "abc@a.test", ""), (("uid;X=1:a:b",), "a:b", ""),
        (("UID:first", "UID:second"), "first", ""), ((), f"cockpit-{DIGEST.hex()}", ""),
        (("UID: ",), f"cockpit-{DIGEST.hex()}", ""), (("UIDX:x", "UID:y"), "y", ""),
        ((f"UID:{'x' * 2_001}",), "x" * 999 + "…", ""), ((f"UID:{'é' * 1_000}",), "é" * 1_000, ""),
        (("UID:u", "RECURRENCE-ID;TZID=Europe/Paris:20260305T100000"), "u", "20260305T100000"),
        (("UID:u", "recurrence-id: 20260305 "), "u", "20260305"), (("UID:u", "RECURRENCE-ID:"), "u", ""),
    ],
)  # fmt: skip
def test_an_event_is_named_by_what_it_says_of_itself_or_by_its_content(
    lines: tuple[str, ...], uid: str, rid: str
) -> None:
    assert outline(*lines)[:2] == (uid, rid)


def test_a_feed_is_named_by_its_events_whatever_their_order_and_read_anew_for_another_reader_or_zone() -> (
    None
):
    def feed(*lines: str) -> bytes:
        return "\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")).encode()

    whole = read_feed(feed(*ONE, *TWO))
    assert [block.text for block in whole.blocks] == [b"UID:a\n", b"UID:b\n"]
    assert (whole.truncated, whole.issues) == (False, ())
    assert [len(block.hash) for block in whole.blocks] == [16, 16]
    assert read_feed(feed(*TWO, *ONE)).fingerprint == whole.fingerprint
    assert [block.text for block in read_feed(feed(*ONE, *TWO, *ONE)).blocks] == [b"UID:a\n", b"UID:b\n"]
    others = (
        read_feed(feed(*ONE)),
        read_feed(feed(*ONE, *TWO), "me@a.test"),
        read_feed(feed(*P1, *ONE, *TWO)),
    )
    assert len({whole.fingerprint, *(each.fingerprint for each in others)}) == 4
    told = read_feed(
        feed("CALSCALE:JULIAN", "BEGIN:VTIMEZONE", "TZID:Odd", "RRULE:FREQ=DAILY", "END:VTIMEZONE")
    )
    assert [issue.line for issue in told.issues] == ["CALSCALE:JULIAN", "", "odd"]
    assert read_feed(b"BEGIN:VCALENDAR\n").truncated


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"A\r\nB\rC\nD\r\r\nE", b"A\nB\nC\nD\nE"), (b"A\n B\n\tC\n\n D\n\nE", b"ABCD\n\nE"),
        (b"\xc3\r\n \xa9", b"\xc3\xa9"), (b"\xef\xbb\xbfA", b"A"), ("é\n b".encode("utf-16"), "éb".encode()),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é".encode()),
    ],
)  # fmt: skip
def test_lines_are_one_line_each_however_they_were_folded(body: bytes, lines: bytes) -> None:
    assert unfold(body) == lines


def test_a_feed_of_64_mb_is_read_and_of_one_byte_more_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decode.MAX_BYTES == 64 * 1024 * 1024
    monkeypatch.setattr(decode, "MAX_BYTES", 4)
    assert unfold(b"abcd") == b"abcd"
    with pytest.raises(FeedRefused, match="64 MB"):
        unfold(b"abcde")


def test_bytes_that_are_no_utf_8_are_those_of_windows() -> None:
    assert text("é".encode() + b" \x80 \xe9t\xe9 \x81".removesuffix(b" \x81")) == "é € été"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("X-WR-CALNAME:A\nNAME:B\nX-WR-TIMEZONE:Europe/Paris\nTIMEZONE-ID:Asia/Tokyo\n", ("A", "Europe/Paris")),
        ("name:a\\; b\\\\c\\, d\\Ne\n", ("a; b\\c, d e", "")), (f"NAME:{'x' * 121}\n", ("x" * 119 + "…", "")),
        ("X-WR-TIMEZONE:\nBEGIN:VTIMEZONE\nTZID;X=1: Europe/Rome \nEND:VTIMEZONE\n", ("", "Europe/Rome")),
        ("X-NAME:A\nX-TZID:B\n", ("", "")),
    ],
)  # fmt: skip
def test_a_feed_is_called_as_its_first_line_of_that_kind_says(head: str, said: tuple[str, str]) -> None:
    body = f"BEGIN:VCALENDAR\n{head}begin:vevent\nNAME:no\nTZID:no\nend:vevent\nEND:VCALENDAR\n"
    assert heading(body.encode()) == FeedHeading(*said)
    assert heading(f"BEGIN:VCALENDAR\n{head}".encode()) == FeedHeading(*said)

"""One event's lines as they come and as a strict reader is given them, line by line, and what is said of each."""

from __future__ import annotations

import pytest

from cockpit.sources.ical import repair as repairs
from cockpit.sources.ical.repair import repair
from cockpit.sources.ical.rules import FIRST_ONLY, PART_IGNORED
from cockpit.sources.ical.zones import Zones

WORDS = {
    repairs.NO_START: "no start",
    repairs.NOT_A_LINE: "no line",
    repairs.TWICE: "twice",
    repairs.BAD_DATE: "no date",
    repairs.MENDED_DATE: "mended",
    repairs.UNKNOWN_ZONE: "no zone",
    repairs.BAD_VALUE: "no value",
    repairs.NO_EXRULE: "no exrule",
    repairs.TOO_MUCH: "too much",
    FIRST_ONLY: "first only",
    PART_IGNORED: "part ignored",
}
BEGUN = "DTSTART:20260305T100000Z"


def told(*lines: str) -> list[str]:
    """What is kept of an event, then what is said of it: `! mended | the line`."""
    event = repair("\n".join(lines).encode(), "uid", Zones())
    assert {issue.uid for issue in event.issues} <= {"uid"}
    said = [f"! {WORDS[issue.what]} | {issue.line}" for issue in event.issues]
    return [*event.lines, *said] if event.readable else [*said, "left out"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        # Instants, dates and wall times as RFC 5545 writes them.
        (":20260305T100000Z", ":20260305T100000Z"), (":20260305T100000", ":20260305T100000"),
        (";VALUE=DATE:20260305", ";VALUE=DATE:20260305"), (":20260305", ";VALUE=DATE:20260305"),
        (";VALUE=DATE-TIME:20260305T000000", ":20260305T000000"), (":20260305T000000", ":20260305T000000"),
        (";TZID=Europe/Paris:20260305T100000", ";TZID=Europe/Paris:20260305T100000"),
        (";VALUE=DATE-TIME;TZID=Europe/Paris:20260305T100000", ";TZID=Europe/Paris:20260305T100000"),
        ('; tzid = "romance standard time":20260305T100000', ";TZID=Europe/Paris:20260305T100000"),
        (";TZID=Europe/Paris:20260305T100000Z", ":20260305T100000Z"), (":20260305T100000z", ":20260305T100000Z"),
        (" : 20260305T100000Z ", None), (": 20260305T100000Z ", ":20260305T100000Z"),
        (":20260305T100000.250Z", ":20260305T100000Z"), (":20260305T235959Z", ":20260305T235959Z"),
        (";TZID=Mars/Base:20260305T100000", ":20260305T100000 no zone"),
        # What is written in another way and means the same.
        (":2026-03-05", ";VALUE=DATE:20260305 mended"), (":202603-05", ";VALUE=DATE:20260305"),
        (":2026-03-05T10:00:00Z", ":20260305T100000Z mended"), (":20260305T10:00:00Z", ":20260305T100000Z"),
        (":20260305t100000Z", ":20260305T100000Z mended"), (":20260305 100000Z", ":20260305T100000Z mended"),
        (":20260305T1000Z", ":20260305T100000Z mended"), (":20260305T1000", ":20260305T100000 mended"),
        (":20260305T095960Z", ":20260305T095959Z mended"),
        (":20260305T100000+0130", ":20260305T083000Z mended"), (":20260305T100000-01:30", ":20260305T113000Z mended"),
        (":2026-03-05T10:00+01:00", ":20260305T090000Z mended mended"),
        (":00010101T000000+0100", None),
        (";VALUE=DATE:20260305T000000", ";VALUE=DATE:20260305 mended"),
        (";value=date:20260305T0000Z", ";VALUE=DATE:20260305 mended"),
        (";VALUE=DATE:20260305T000100", ":20260305T000100"), (";VALUE=DATE:20260305T010000", ":20260305T010000"),
        # No date, or no hour of a day.
        (":20260230T100000Z", None), (":20260305T240000Z", None), (":20260305T230000Z", ":20260305T230000Z"),
        (":20260305T106000Z", None), (":20260305T105900Z", ":20260305T105900Z"), (":20260305T100061Z", None),
        (":00000101T100000Z", None), (":20261301", None), (":soon", None), (":", None), ("", None),
        (":20260305T10", None), (":20260305T100000ZZ", None), (":٢٠٢٦0305", None),
    ],
)  # fmt: skip
def test_a_start_is_written_in_the_few_forms_that_nobody_misreads(written: str, kept: str | None) -> None:
    found = told(f"DTSTART{written}", "SUMMARY:x")
    if kept is None:
        assert found[-2:] in (["! no start | " + " ".join(f"DTSTART{written}".split()), "left out"],
                              ["! no start | ", "left out"])  # fmt: skip
        return
    line, *words = kept.replace("no zone", "no_zone").split(" ")
    assert found[:2] == [f"DTSTART{line}", "SUMMARY:x"]
    assert [each.split(" | ")[0] for each in found[2:]] == [f"! {word.replace('_', ' ')}" for word in words]


KINDS = {
    "days": "DTSTART;VALUE=DATE:20260305",
    "UTC": "DTSTART:20260305T100000Z",
    "Paris": "DTSTART;TZID=Europe/Paris:20260305T100000",
    "wall": "DTSTART:20260305T100000",
}
VALUES = {
    "day": ";VALUE=DATE:20260312",
    "UTC": ":20260312T110000Z",
    "UTC before noon": ":20260312T105959Z",
    "Tokyo": ";TZID=Asia/Tokyo:20260312T100000",
    "wall": ":20260312T100000",
}
FITTED = """
days  DTEND         day              DTEND;VALUE=DATE:20260312
days  DTEND         UTC              DTEND;VALUE=DATE:20260313
days  DTEND         UTC before noon  DTEND;VALUE=DATE:20260312
days  DTEND         Tokyo            DTEND;VALUE=DATE:20260312
days  DTEND         wall             DTEND;VALUE=DATE:20260312
days  EXDATE        day              EXDATE;VALUE=DATE:20260312
days  EXDATE        UTC              EXDATE;VALUE=DATE:20260313
days  EXDATE        Tokyo            EXDATE;VALUE=DATE:20260312
days  RDATE         wall             RDATE;VALUE=DATE:20260312
days  RECURRENCE-ID day              RECURRENCE-ID;VALUE=DATE:20260312
days  RECURRENCE-ID UTC              RECURRENCE-ID:20260312T110000Z
days  RECURRENCE-ID Tokyo            RECURRENCE-ID;TZID=Asia/Tokyo:20260312T100000
days  RECURRENCE-ID wall             RECURRENCE-ID:20260312T100000
UTC   DTEND         day              DTEND:20260312T000000Z
UTC   DTEND         UTC              DTEND:20260312T110000Z
UTC   DTEND         Tokyo            DTEND;TZID=Asia/Tokyo:20260312T100000
UTC   DTEND         wall             DTEND:20260312T100000Z
UTC   EXDATE        day              EXDATE;VALUE=DATE:20260312
UTC   EXDATE        UTC              EXDATE:20260312T110000Z
UTC   EXDATE        Tokyo            EXDATE;TZID=Asia/Tokyo:20260312T100000
UTC   RDATE         wall             RDATE:20260312T100000Z
UTC   RECURRENCE-ID day              RECURRENCE-ID;VALUE=DATE:20260312
UTC   RECURRENCE-ID wall             RECURRENCE-ID:20260312T100000Z
Paris DTEND         day              DTEND;TZID=Europe/Paris:20260312T000000
Paris DTEND         UTC              DTEND:20260312T110000Z
Paris DTEND         Tokyo            DTEND;TZID=Asia/Tokyo:20260312T100000
Paris DTEND         wall             DTEND;TZID=Europe/Paris:20260312T100000
Paris EXDATE        day              EXDATE;VALUE=DATE:20260312
Paris EXDATE        UTC              EXDATE:20260312T110000Z
Paris RDATE         wall             RDATE;TZID=Europe/Paris:20260312T100000
Paris RECURRENCE-ID Tokyo            RECURRENCE-ID;TZID=Asia/Tokyo:20260312T100000
Paris RECURRENCE-ID wall             RECURRENCE-ID;TZID=Europe/Paris:20260312T100000
wall  DTEND         day              DTEND:20260312T000000
wall  DTEND         UTC              DTEND:20260312T110000
wall  DTEND         Tokyo            DTEND:20260312T100000
wall  DTEND         wall             DTEND:20260312T100000
wall  EXDATE        day              EXDATE;VALUE=DATE:20260312
wall  EXDATE        UTC              EXDATE:20260312T110000Z
wall  RDATE         Tokyo            RDATE;TZID=Asia/Tokyo:20260312T100000
wall  RECURRENCE-ID UTC              RECURRENCE-ID:20260312T110000Z
wall  RECURRENCE-ID wall             RECURRENCE-ID:20260312T100000
"""
"""Start, property and what it holds; then how it is written: days for days, hours in the zone of the start where
they say none, and an end of wall time for what begins at wall time."""


@pytest.mark.parametrize("row", FITTED.strip().split("\n"))
def test_a_date_is_fitted_to_the_start_of_its_event(row: str) -> None:
    start, name, value, fitted = row[:6].strip(), row[6:20].strip(), row[20:37].strip(), row[37:]
    assert told(KINDS[start], f"{name}{VALUES[value]}") == [KINDS[start], fitted]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        # Several dates in one line; what is no date costs itself.
        ("EXDATE:20260312T100000Z,20260319T100000Z", ["EXDATE:20260312T100000Z", "EXDATE:20260319T100000Z"]),
        ("EXDATE:20260312T100000Z,soon,20260319T100000Z", [
            "EXDATE:20260312T100000Z", "EXDATE:20260319T100000Z",
            "! no date | EXDATE:20260312T100000Z,soon,20260319T100000Z"]),
        ("EXDATE:", ["! no date | EXDATE:"]), ('EXDATE:"20260312"', ['! no date | EXDATE:"20260312"']),
        ("EXDATE;TZID=Mars/Base:soon", ["! no date | EXDATE;TZID=Mars/Base:soon"]),
        ("EXDATE;TZID=Mars/Base:20260312T100000", [
            "EXDATE:20260312T100000Z", "! no zone | EXDATE;TZID=Mars/Base:20260312T100000"]),
        ("EXDATE:2026-03-12T10:00:00Z", ["EXDATE:20260312T100000Z", "! mended | 2026-03-12T10:00:00Z"]),
        ("DTEND:2026-03-12T10:00:00+01:00", [
            "DTEND:20260312T090000Z", *["! mended | 2026-03-12T10:00:00+01:00"] * 2]),
        # Periods: from and to, or from and how long.
        ("RDATE;VALUE=PERIOD:20260312T100000Z/20260312T113000Z", [
            "RDATE;VALUE=PERIOD:20260312T100000Z/20260312T113000Z"]),
        ("RDATE;VALUE=PERIOD:20260312T100000Z/PT90M", ["RDATE;VALUE=PERIOD:20260312T100000Z/P0DT90M"]),
        ("RDATE;VALUE=PERIOD;TZID=Asia/Tokyo:20260312T100000/PT1H,20260313T100000Z/PT2H", [
            "RDATE;VALUE=PERIOD;TZID=Asia/Tokyo:20260312T100000/P0DT1H",
            "RDATE;VALUE=PERIOD:20260313T100000Z/P0DT2H"]),
        ("RDATE;VALUE=PERIOD:20260312/20260313", ["RDATE;VALUE=PERIOD:20260312T000000Z/20260313T000000Z"]),
        ("RDATE:20260312T100000Z,20260313T100000Z/PT1H", [
            "RDATE:20260312T100000Z", "RDATE;VALUE=PERIOD:20260313T100000Z/P0DT1H"]),
        *((f"RDATE:{period}", [f"! no date | RDATE:{period}"]) for period in (
            "20260312T100000Z/", "/PT1H", "20260312/PT1H", "20260312T100000Z/20260313", "20260312/20260312T100000Z",
            "20260312T100000Z/soon")),
        ("EXDATE:20260312T100000Z/PT1H", ["! no date | EXDATE:20260312T100000Z/PT1H"]),
        # From one instance on.
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260312T100000Z", [
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260312T100000Z"]),
        ("RECURRENCE-ID;range=thisandfuture:20260312T100000Z", [
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260312T100000Z"]),
        ("RECURRENCE-ID;RANGE=THISANDPRIOR:20260312T100000Z", ["RECURRENCE-ID:20260312T100000Z"]),
        ("EXDATE;RANGE=THISANDFUTURE:20260312T100000Z", ["EXDATE:20260312T100000Z"]),
        # Values of other kinds.
        ("DURATION:PT1H", ["DURATION:P0DT1H"]), ("DURATION:1H", ["! no value | DURATION:1H"]),
        ("DURATION;X=1:P1W", ["DURATION:P7D"]),
        ("SEQUENCE:7", ["SEQUENCE:7"]), ("SEQUENCE:999999999", ["SEQUENCE:999999999"]),
        ("SEQUENCE:1000000000", ["! no value | SEQUENCE:1000000000"]), ("SEQUENCE:-1", ["! no value | SEQUENCE:-1"]),
        ("SEQUENCE:", ["! no value | SEQUENCE:"]),
        ("EXRULE:FREQ=DAILY", ["! no exrule | EXRULE:FREQ=DAILY"]),
        ("RRULE:COUNT=2;FREQ=DAILY", ["RRULE:FREQ=DAILY;COUNT=2"]),
        ("RRULE:FREQ=DAILY;X=1", ["RRULE:FREQ=DAILY", "! part ignored | RRULE:FREQ=DAILY;X=1"]),
        ("RRULE:FREQ=NEVER", ["! first only | RRULE:FREQ=NEVER"]),
        # What a rule cannot say is counted out, with the hour of the start.
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD;COUNT=3", ["RDATE:20260305T100000Z,20260331T100000Z,"
                                                                  "20260430T100000Z"]),
    ],
)  # fmt: skip
def test_a_line_is_kept_as_what_it_means_or_left_out_and_said(line: str, kept: list[str]) -> None:
    assert told(BEGUN, line) == [BEGUN, *kept]


def test_the_days_of_a_rule_are_told_in_the_zone_of_the_start_and_not_for_one_instance_of_a_series() -> None:
    rule = "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD;COUNT=2"
    paris, whole = KINDS["Paris"], KINDS["days"]
    assert told(paris, rule) == [paris, "RDATE;TZID=Europe/Paris:20260305T100000,20260331T100000"]
    assert told(whole, rule) == [whole, "RDATE;VALUE=DATE:20260305,20260331"]
    replaced = "RECURRENCE-ID:20260305T100000Z"
    assert told(BEGUN, replaced, rule) == [BEGUN, replaced]


def test_the_days_of_a_rule_are_counted_from_the_very_day_and_second_of_the_start() -> None:
    rule = "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"
    assert told("DTSTART;VALUE=DATE:20261130", f"{rule};COUNT=2")[1] == "RDATE;VALUE=DATE:20261130,20261231"
    for until, days in (("58", ""), ("59", ",20260331T100059Z")):
        found = told("DTSTART:20260305T100059Z", f"{rule};UNTIL=20260331T1000{until}Z")
        assert found[1] == f"RDATE:20260305T100059Z{days}"
    assert told(KINDS["days"], "RDATE:09990312T110000Z")[1] == "RDATE;VALUE=DATE:09990313"


def test_of_one_line_five_thousand_dates_are_kept() -> None:
    listed = ",".join(["20260312T100000Z"] * 5_002)
    kept = told(BEGUN, f"EXDATE:{listed}")
    assert (len(kept), kept[-2], kept[-1][:21]) == (5_002, "EXDATE:20260312T100000Z", "! too much | EXDATE:2")


def test_a_replaced_instance_keeps_the_rule_of_its_series_and_none_of_its_dates() -> None:
    dates = ("EXDATE:20260312T100000Z", "RDATE:20260313T100000Z", "EXRULE:FREQ=DAILY")
    replaced, rule = "RECURRENCE-ID:20260305T100000Z", "RRULE:FREQ=DAILY"
    assert told(BEGUN, replaced, rule, *dates, "LOCATION:x") == [BEGUN, replaced, rule, "LOCATION:x"]


KEPT = [
    "SUMMARY;LANGUAGE=fr:Point: le budget", "LOCATION:Salle 2", "URL:https://a.test", "DESCRIPTION:Notes",
    "ORGANIZER;CN=Claire:mailto:c@a.test", "X-ALT-DESC;FMTTYPE=text/html:<p>", "X-GOOGLE-CONFERENCE:https://m.test",
    "CLASS:PRIVATE", "STATUS:TENTATIVE", "TRANSP:OPAQUE", "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://t.test",
    "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "SEQUENCE:2", "DURATION:P0DT1H", "RECURRENCE-ID:20260305T100000Z",
]  # fmt: skip


@pytest.mark.parametrize("line", KEPT)
def test_what_an_event_says_once_is_kept_as_it_is_and_the_second_time_left_out(line: str) -> None:
    again = line.replace(line[-1], "9") if line.startswith("SEQ") else line
    assert told(BEGUN, line, again) == [BEGUN, line, f"! twice | {again}"]


def test_what_an_event_may_say_often_is_kept_each_time_in_the_order_of_its_kinds() -> None:
    people = ["ATTENDEE:mailto:a@a.test", "ATTENDEE:mailto:b@a.test"]
    rooms = ["CONFERENCE;VALUE=URI:https://a.test/1", "CONFERENCE;VALUE=URI:https://a.test/2"]
    assert told(people[0], rooms[0], BEGUN, people[1], "X-OTHER:1", "UID:u", "CREATED:1", rooms[1]) == [
        BEGUN, *people, *rooms,
    ]  # fmt: skip
    assert told(BEGUN, "DTSTART:20260306T100000Z", "summary:Small") == [
        BEGUN, "summary:Small", "! twice | DTSTART:20260306T100000Z",
    ]  # fmt: skip


def test_a_line_that_is_no_property_is_said_and_goes_on_with_a_description_alone() -> None:
    assert told(BEGUN, "SUMMARY:x", "of two lines", "", "  ", "DESCRIPTION:One", "two", "Three words: no", "END") == [
        BEGUN, "SUMMARY:x", r"DESCRIPTION:One\ntwo\nThree words: no\nEND",
        "! no line | of two lines", "! no line | two", "! no line | Three words: no", "! no line | END",
    ]  # fmt: skip


def test_a_text_is_read_up_to_fifty_thousand_signs_and_a_list_of_dates_to_its_end() -> None:
    longest = f"LOCATION:{'x' * 49_991}"
    assert told(BEGUN, longest) == told(BEGUN, f"{longest}y") == [BEGUN, longest]
    notes = f"DESCRIPTION:{'x' * 49_980}"
    assert told(BEGUN, notes, "more") == [BEGUN, rf"{notes}\nmore", "! no line | more"]
    assert told(BEGUN, notes, "more of it")[1] == rf"{notes}\nmore o"
    full = f"DESCRIPTION:{'x' * 49_988}"
    assert told(BEGUN, full, "more") == [BEGUN, full, "! no line | more"]
    days = ",".join(["20260312T100000Z"] * 3_000)
    assert told(BEGUN, f"EXDATE:{days}") == [BEGUN, *["EXDATE:20260312T100000Z"] * 3_000]


def test_five_hundred_people_are_read_of_an_event_and_a_hundred_repairs_told() -> None:
    people = [f"ATTENDEE:mailto:{n}@a.test" for n in range(503)]
    said = [f"! too much | {line}" for line in people[500:]]
    assert told(BEGUN, *people) == [BEGUN, *people[:500], *said]
    found = told(BEGUN, *(f"wrong {n}" for n in range(101)))
    assert found == [BEGUN, *(f"! no line | wrong {n}" for n in range(100))]
    assert told(BEGUN, "wrong " + "x" * 500)[1] == "! no line | wrong " + "x" * 113 + "…"


def test_an_event_without_a_start_is_left_out() -> None:
    assert told("SUMMARY:x") == ["! no start | ", "left out"]
    assert told("") == ["! no start | ", "left out"]
    assert told("DTSTART:soon", "SUMMARY:x", BEGUN) == [
        f"! twice | {BEGUN}",
        "! no start | DTSTART:soon",
        "left out",
    ]


FLAGS = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY")
TO = "DTEND:20260306T000000"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("DTSTART:20260305T000000", TO), ("20260305", "20260306")),
        (("DTSTART;TZID=Europe/Paris:20260305T000000", TO), ("20260305", "20260306")),
        (("DTSTART;VALUE=DATE:20260305", TO), ("20260305", "20260306")),
        # Midnight in Paris, in Delhi.
        (("DTSTART:20260304T230000Z", "DTEND:20260305T230000Z"), ("20260305", "20260306")),
        (("DTSTART:20260304T183000Z", "DTEND:20260305T183000Z"), ("20260305", "20260306")),
        (("DTSTART:20260304T233000Z", "DTEND:20260305T230100Z"), None),
        (("DTSTART:20260305T000000", "DTEND:20260306T000001"), None), (("DTSTART:20260305T000100", TO), None),
        (("DTSTART:20260305T000000", "DTEND:soon"), None), (("DTSTART:20260305T000000",), None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("flag", FLAGS)
def test_an_event_that_is_flagged_as_of_whole_days_is_when_it_goes_from_midnight_to_midnight(
    flag: str, lines: tuple[str, ...], days: tuple[str, str] | None
) -> None:
    for yes in ("TRUE", "true", " 1 "):
        found = told(f"{flag}:{yes}", *lines)
        if days:
            assert found == [f"DTSTART;VALUE=DATE:{days[0]}", f"DTEND;VALUE=DATE:{days[1]}"]
        else:
            assert found == told(*lines)
    assert told(f"{flag}:FALSE", *lines) == told(*lines)


def test_an_event_that_is_flagged_as_of_whole_days_may_say_how_many() -> None:
    flag, start = f"{FLAGS[0]}:TRUE", "DTSTART:20260305T000000"
    assert told(flag, start, "DURATION:P2D") == ["DTSTART;VALUE=DATE:20260305", "DURATION:P2D"]
    assert told(flag, "DTEND:20260306T000000", "DURATION:P1D") == ["! no start | ", "left out"]
    two = told(f"{FLAGS[0]}:FALSE", f"{FLAGS[2]}:TRUE", start, TO)
    assert two == ["DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260306"]

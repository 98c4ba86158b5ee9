"""Feeds that were read wrong once, each standing for a kind: every case, then its siblings."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.agenda.events import ONLY_BUSY, Event
from cockpit.services.agenda.check import FeedCheck, check
from cockpit.sources.ical.repair import duration
from cockpit.sources.ical.zones import Zones

FOLDER = Path(__file__).resolve().parents[1] / "data" / "agenda_cases"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text())
ME = ("moi@essai.test",)


def told(event: Event) -> str:
    """The event as the cases write it, without its title."""
    if event.all_day:
        last = event.end.date()
        days = str(event.start.date())
        when = days if last <= event.start.date() + timedelta(days=1) else f"{days}/{last}"
    else:
        when = f"{event.start:%Y-%m-%dT%H:%M}/{event.end:%H:%M}"
    return f"{when} ~declined" if event.occurrence.participation == "declined" else when


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_case_says_what_a_person_expects(case: dict[str, Any]) -> None:
    lo, hi = date.fromisoformat(case["from"]), date.fromisoformat(case["to"]) + timedelta(days=1)
    found = check((FOLDER / case["file"]).read_bytes(), lo, hi, zone=case["zone"], emails=ME)
    if case["expected"] == "?told":
        assert [issue.what for issue in found.repairs] == [ONLY_BUSY]
        return
    wanted = [text.removesuffix(" A").removesuffix(" B") for text in case["expected"].split(", ")]
    assert [told(event) for event in found.events if event.title != "GOOD"] == wanted


# -- their siblings

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def read(*events: str, zones: str = "") -> FeedCheck:
    blocks = "".join(f"BEGIN:VEVENT\nUID:u\n{event}\nEND:VEVENT\n" for event in events)
    return check(f"BEGIN:VCALENDAR\n{zones}{blocks}END:VCALENDAR\n".encode(), *MARCH, zone="Europe/Paris")


def days(found: FeedCheck) -> list[int]:
    return [event.start.day for event in found.events]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260322", 22),
        ("20260321T230000Z", 22),  # Paris' midnight of the 22nd
        ("20260322T000000Z", 22),
        ("20260322T040000Z", 22),  # New York's
        ("20260321T150000Z", 22),  # Tokyo's
        ("20260322T235959Z", 22),  # the last second of the 22nd, in UTC
        ("20260322T225959Z", 22),  # in Paris
        ("20260323T035959Z", 22),  # in New York
        ("20260322T000000+0100", 22),
        ("20260322T090000", 22),
    ],
)
def test_until_in_utc_keeps_the_last_day_of_whole_days_wherever_it_was_written(until: str, last: int) -> None:
    found = read(f"DTSTART;VALUE=DATE:20260301\nRRULE:FREQ=DAILY;UNTIL={until}")
    assert days(found) == list(range(1, last + 1))


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        ("T100000", "20260322T090000Z", 22),  # ten o'clock in Paris
        ("T100000", "20260322T150000Z", 22),  # ten o'clock in New York
        ("T090000", "20260322T000000Z", 21),
        ("T200000", "20260323T010000Z", 22),  # eight in the evening in New York
        ("T080000", "20260321T230000Z", 21),  # midnight in Paris, in which nothing begins
        ("T010000", "20260322T000000Z", 21),
        ("T100000", "20260322T235959Z", 22),
        ("T100000", "20260322T215959Z", 22),
        ("T100000", "20260322T100000", 22),
    ],
)
def test_until_in_utc_keeps_the_last_instance_of_a_floating_series(start: str, until: str, last: int) -> None:
    found = read(f"DTSTART:20260301{start}\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={until}")
    assert days(found) == list(range(1, last + 1))


@pytest.mark.parametrize(
    "replaced", ["20260311T230000Z", "20260312T000000Z", "20260312T040000Z", "20260312T090000", "20260312"]
)
def test_an_instance_of_whole_days_given_an_hour_replaces_its_day(replaced: str) -> None:
    found = read(
        "DTSTART;VALUE=DATE:20260305\nRRULE:FREQ=WEEKLY;COUNT=3",
        f"RECURRENCE-ID:{replaced}\nDTSTART;TZID=Europe/Paris:20260312T140000\nDURATION:PT1H",
    )
    assert [told(event) for event in found.events] == [
        "2026-03-05", "2026-03-12T14:00/15:00", "2026-03-19",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "replaced",
    [
        ":20260311T233000Z", ";TZID=Europe/Paris:20260312T003000", ";TZID=America/New_York:20260311T193000",
        ":20260312T003000", ";VALUE=DATE:20260312",
    ],
)  # fmt: skip
def test_a_timed_instance_made_to_last_all_day_replaces_its_hour(replaced: str) -> None:
    found = read(
        "DTSTART;TZID=Europe/Paris:20260305T003000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3",
        f"RECURRENCE-ID{replaced}\nDTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260313",
    )
    assert [told(event) for event in found.events] == [
        "2026-03-05T00:30/01:30", "2026-03-12", "2026-03-19T00:30/01:30",
    ]  # fmt: skip


def test_days_left_out_of_a_series_of_whole_days_may_be_told_in_utc() -> None:
    found = read(
        "DTSTART;VALUE=DATE:20260305\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260311T230000Z\n"
        "DTEND:20260306T230000Z"
    )
    assert [told(event) for event in found.events] == ["2026-03-05/2026-03-07", "2026-03-19/2026-03-21"]


def half(offset: str) -> str:
    return (
        f"BEGIN:VTIMEZONE\nTZID:Local\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\n"
        f"TZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


def at_ten(uid: str) -> str:
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTART;TZID=Local:20260305T100000\nDURATION:PT1H\nSUMMARY:{uid}\n"
        "END:VEVENT\n"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{half('+0300')}{at_ten('a')}{half('-0500')}{at_ten('b')}", {"a": 7, "b": 15}),
        (f"{at_ten('a')}{half('+0300')}{half('-0500')}{at_ten('b')}", {"a": 7, "b": 7}),
        (f"{half('+0300')}{at_ten('a')}END:VCALENDAR\nBEGIN:VCALENDAR\n{at_ten('b')}", {"a": 7, "b": 7}),
        (
            f"{at_ten('a')}{half('+0300')}END:VCALENDAR\nBEGIN:VCALENDAR\n{at_ten('b')}{half('-0500')}",
            {"a": 7, "b": 15},
        ),
    ],
    ids=["one after the other", "side by side", "defined in another calendar", "after its event"],
)
def test_each_event_is_read_by_the_definition_it_was_written_with(
    body: str, expected: dict[str, int]
) -> None:
    found = check(f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n".encode(), *MARCH, zone="UTC")
    assert {event.title: event.start.hour for event in found.events} == expected
    assert found.repairs == ()


@pytest.mark.parametrize(
    ("tzid", "hours"),
    [
        ("UTC+05:30", 5.5), ("GMT+5:30", 5.5), ("(GMT +05:30)", 5.5), ("(UTC+05:45)", 5.75), ("+0530", 5.5),
        ("GMT-03.30", -3.5), ("Eastern Standard Time 1", -5), ("eastern standard time", -5),
        ("W. Europe", 1), ("Romance Daylight Time", 1), ("ROMANCE STANDARD TIME", 1),
        ("(GMT-05.00) Eastern Time (US & Canada)", -5), ("Brussels, Copenhagen, Madrid, Paris", 1),
        ("(GMT+01:00) Nowhere", 1), ("europe/paris", 1),
    ],
)  # fmt: skip
def test_zones_spelt_differently_are_known(tzid: str, hours: float) -> None:
    found = check(
        f'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART;TZID="{tzid}":20260105T100000\nEND:VEVENT\n'
        "END:VCALENDAR\n".encode(),
        date(2026, 1, 1),
        date(2026, 1, 31),
        zone="UTC",
    )
    (event,) = found.events
    assert event.occurrence.start is not None, "floating"
    assert event.start.hour + event.start.minute / 60 == 10 - hours


@pytest.mark.parametrize(
    "defined", ["Kuala Lumpur\\, Singapore", '"Kuala Lumpur, Singapore"', "KUALA LUMPUR,  SINGAPORE"]
)
def test_a_zone_is_found_however_its_definition_spells_it(defined: str) -> None:
    text = half("+0730").replace("TZID:Local", f"TZID:{defined}").encode()
    zones = Zones([text.removeprefix(b"BEGIN:VTIMEZONE\n").removesuffix(b"END:VTIMEZONE\n")])
    assert zones.name("Kuala Lumpur, Singapore").startswith("x-")


def test_a_yearly_day_of_the_month_is_a_birthday_unless_months_are_said() -> None:
    rule = "DTSTART;VALUE=DATE:20200325\nRRULE:FREQ=YEARLY;BYMONTHDAY=25"
    assert days(read(rule)) == [25]
    assert days(read(rule.replace("20200325", "20200425"))) == []
    assert days(read(f"{rule.replace('20200325', '20200425')};BYMONTH=3,4")) == [25]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("BYDAY=MO,WE,FR;BYSETPOS=1", [9, 16, 23, 30]),
        ("BYDAY=MO,WE,FR;BYSETPOS=-1", [6, 13, 20, 27]),
        ("BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=2", [4, 11]),
        ("BYDAY=SU,MO,WE;BYSETPOS=1;WKST=SU", [8, 15, 22, 29]),
    ],
)
def test_positions_in_a_week_count_from_the_weeks_own_first_day(rule: str, expected: list[int]) -> None:
    found = read(f"DTSTART;TZID=Europe/Paris:20260304T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;{rule}")
    assert [day for day in days(found) if day > 4 or 4 in expected] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MINUTELY;INTERVAL=20;COUNT=3", ["10:00", "10:20", "10:40"]),
        ("FREQ=SECONDLY;INTERVAL=1800;COUNT=3", ["10:00", "10:30", "11:00"]),
        ("FREQ=HOURLY;INTERVAL=2;COUNT=3", ["10:00", "12:00", "14:00"]),
        ("FREQ=MINUTELY;COUNT=3", ["10:00", "10:01", "10:02"]),
        ("FREQ=MINUTELY;INTERVAL=90;UNTIL=20260305T120000Z", ["10:00", "11:30", "13:00"]),
    ],
)
def test_a_few_instances_close_to_one_another_are_all_shown(rule: str, expected: list[str]) -> None:
    found = read(f"DTSTART;TZID=Europe/Paris:20260305T100000\nDURATION:PT10M\nRRULE:{rule}")
    assert [f"{event.start:%H:%M}" for event in found.events] == expected


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
            "20260131",
            ["2026-01-31", "2026-02-28", "2026-03-31"],
        ),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT", "20260131", ["2026-01-31", "2026-03-31"]),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD", "20240229", ["2026-02-28"]),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD", "20240229", ["2026-03-01"]),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD",
            "20260131",
            ["2026-01-31", "2026-03-01", "2026-03-31"],
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD",
            "20080131",
            ["2026-01-31", "2026-03-01", "2026-03-31"],
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD",
            "16010131",
            ["2026-01-31", "2026-03-01", "2026-03-31"],
        ),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=2", "20251231", ["2026-01-31"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;UNTIL=20260228", "20251231", ["2026-01-31"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;SKIP=FORWARD", "20250930", ["2026-03-01"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;SKIP=BACKWARD", "20250930", ["2026-02-28"]),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29,30;SKIP=FORWARD",
            "20260129",
            ["2026-01-29", "2026-01-30", "2026-03-01", "2026-03-29", "2026-03-30"],
        ),
        (
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=30;SKIP=BACKWARD",
            "20250330",
            ["2026-02-28", "2026-03-30"],
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30,31;BYSETPOS=-1;SKIP=BACKWARD",
            "20260131",
            ["2026-01-31", "2026-02-28", "2026-03-31"],
        ),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;SKIP=FORWARD", "20250301", ["2026-03-01"]),
        ("RSCALE=CHINESE;FREQ=YEARLY", "20260217", ["2026-02-17"]),
    ],
)
def test_days_that_a_month_lacks_are_skipped_as_rfc_7529_says(
    rule: str, start: str, expected: list[str]
) -> None:
    event = f"BEGIN:VEVENT\nUID:u\nDTSTART;VALUE=DATE:{start}\nRRULE:{rule}\nEND:VEVENT\n"
    body = f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
    found = check(body.encode(), date(2026, 1, 1), date(2026, 4, 1), zone="Europe/Paris")
    assert [str(event.start.date()) for event in found.events] == expected


def test_a_skipped_day_keeps_its_hour_and_can_be_left_out_or_moved() -> None:
    series = (
        "DTSTART;TZID=Europe/Paris:20260131T100000\nDURATION:PT1H\n"
        "RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;UNTIL=20260701T080000Z\n"
        "EXDATE;TZID=Europe/Paris:20260501T100000"
    )
    moved = (
        "UID:u\nRECURRENCE-ID;TZID=Europe/Paris:20260301T100000\n"
        "DTSTART;TZID=Europe/Paris:20260302T110000\nDURATION:PT1H"
    )
    body = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in (f"UID:u\n{series}", moved))
    found = check(
        f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n".encode(), date(2026, 1, 1), date(2026, 12, 1),
        zone="Europe/Paris",
    )  # fmt: skip
    assert [f"{event.start:%m-%d %H:%M}" for event in found.events] == [
        "01-31 10:00", "03-02 11:00", "03-31 10:00", "05-31 10:00", "07-01 10:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("P3600S", "P0DT3600S"), ("PT1W", "P7D"), ("P1H", "P0DT1H"), ("PT1D", "P1D"), ("P1D2H", "P1DT2H"),
        ("P 1 D", "P1D"), ("p1w", "P7D"), ("P1DT", "P1D"), ("PT30M", "P0DT30M"),
        ("-PT1H", ""), ("P", ""), ("PT", ""), ("1H", ""), ("P1Y", ""), ("P99999D", ""), ("P²D", ""),
    ],
)  # fmt: skip
def test_lengths_are_understood_where_their_t_is_missing(written: str, meant: str) -> None:
    assert duration(written) == meant


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("DTSTART:20260305T100000+0530", "05:30"),
        ("DTSTART:2026-03-05T10:00:00+01:00", "10:00"),
        ("DTSTART:20260305T100000-05:00", "16:00"),
        ("DTSTART: 20260305T100000Z ", "11:00"),
        ("DTSTART;TZID = Europe/Paris:20260305T100000", "10:00"),
    ],
)
def test_offsets_and_blanks_in_dates_are_understood(start: str, hour: str) -> None:
    (event,) = read(start).events
    assert f"{event.start:%H:%M}" == hour


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("DTSTART:20260304T230000Z\nDTEND:20260305T230000Z", "2026-03-05"),
        ("DTSTART:20260328T230000Z\nDTEND:20260329T220000Z", "2026-03-29"),  # a day of 23 hours
        ("DTSTART:20260305T000000\nDTEND:20260308T000000", "2026-03-05/2026-03-08"),
        ("DTSTART;TZID=Asia/Tokyo:20260305T000000\nDURATION:P1D", "2026-03-05"),
        ("DTSTART;TZID=Europe/Paris:20260305T090000\nDTEND;TZID=Europe/Paris:20260305T180000",
         "2026-03-05T09:00/18:00"),
    ],
)  # fmt: skip
def test_from_midnight_to_midnight_is_whole_days_where_the_event_says_so(dates: str, expected: str) -> None:
    (event,) = read(f"{dates}\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE").events
    assert told(event) == expected


def test_a_count_in_superscript_costs_its_event_alone() -> None:
    body = (FOLDER / "count-superscript.ics").read_bytes()
    found = check(body, date(2026, 1, 1), date(2026, 12, 31), zone="Europe/Paris")
    assert found.blocks > 0
    rule = "DTSTART:20260305T100000Z\nRRULE:FREQ=DAILY;COUNT=²"
    assert days(read(rule)) == [5]

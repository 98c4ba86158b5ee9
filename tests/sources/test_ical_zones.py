"""Time zones: names of every kind, and feeds that define them against one another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.services.agenda.check import check
from cockpit.sources.ical.zones import BROKEN_ZONE, Zones

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def definition(tzid: str, offset: str, rule: str = "") -> str:
    return (
        f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n{rule}"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def feed(tzid: str, *, zones: str = "", header: str = "", start: str = "") -> bytes:
    start = start or f"DTSTART;TZID={tzid}:20260305T100000"
    return (
        f"BEGIN:VCALENDAR\r\n{header}{zones}BEGIN:VEVENT\r\nUID:u\r\n{start}\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def start_of(body: bytes) -> datetime | None:
    (event,) = check(body, *MARCH, zone="UTC").events
    return event.occurrence.start


def at(hour: int) -> datetime:
    return datetime(2026, 3, 5, hour, tzinfo=UTC)


def test_a_feed_never_moves_the_hours_of_another() -> None:
    name = "Customized Time Zone"
    first, second = (feed(name, zones=definition(name, offset)) for offset in ("+0100", "-0500"))
    assert [start_of(body) for body in (first, second, first)] == [at(9), at(15), at(9)]


def test_a_definition_under_a_known_name_does_not_count() -> None:
    assert start_of(feed("Europe/Paris", zones=definition("Europe/Paris", "-0800"))) == at(9)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_the_calendars_display_zone_moves_no_instant_not_even_in_the_repeated_hour(zone: str) -> None:
    header = f"X-WR-TIMEZONE:{zone}\r\n"
    body = feed("", header=header, start="DTSTART:20261101T063000Z")
    (event,) = check(body, date(2026, 11, 1), date(2026, 11, 2), zone="UTC").events
    assert event.occurrence.start == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    series = feed("", header=header, start="DTSTART:20260301T140000Z\r\nRRULE:FREQ=WEEKLY")
    hours = {event.start.hour for event in check(series, *MARCH, zone="UTC").events}
    assert hours == {14}


def test_floating_times_stay_floating_whatever_the_display_zone() -> None:
    body = feed("", header="X-WR-TIMEZONE:America/New_York\r\n", start="DTSTART:20260305T100000")
    for zone in ("Europe/Paris", "Asia/Tokyo"):
        (event,) = check(body, *MARCH, zone=zone).events
        assert event.start.hour == 10


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("europe/paris", "Europe/Paris"),
        ("Romance Standard Time", "Europe/Paris"),
        ("/freeassociation.sourceforge.net/Europe/Paris", "Europe/Paris"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("GMT+0100", "Etc/GMT-1"),
        ("UTC-3", "Etc/GMT+3"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC+1401", ""),
        ("UTC-12", "Etc/GMT+12"),
        ("UTC-1201", ""),
        ("UTC+0", "Etc/GMT+0"),
        ("Paris, New York", ""),
        ("Paris, Nowhere", ""),
        ("Paris", ""),
        ("(UTC-05:00) Lima, Bogota", "America/Lima"),
        ("(UTC-05:00) Paris, Bogota", "America/Bogota"),
        ("(UTC-03:30) Nowhere", "x-utc-0330"),
        ("(GMT) Dublin, London", "Europe/Dublin"),
        ("(UTC+02:00) Paris", "Etc/GMT-2"),
        ("(UTC+00:00) Casablanca", "Africa/Casablanca"),
        ("Mars/Base", ""),
        ("../../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_names_of_zones(tzid: str, name: str) -> None:
    assert Zones().name(tzid) == name


@pytest.mark.parametrize(("tzid", "minutes"), [("UTC-0330", -210), ("GMT+0530", 330), ("UTC+0545", 345)])
def test_an_offset_that_is_no_whole_hour_keeps_its_sign(tzid: str, minutes: int) -> None:
    zones = Zones()
    zone = zones.zone(zones.name(tzid))
    assert zone is not None
    assert datetime(2026, 3, 10, tzinfo=zone).utcoffset() == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY\r\n",
        "RRULE:FREQ=YEARLY;INTERVAL=0\r\n",
        "RRULE:FREQ=YEARLY;BYSECOND=1,2,3\r\n",
        "RRULE:\r\n",
    ],
)
def test_a_zone_that_would_never_end_is_refused_and_said(rule: str) -> None:
    found = check(feed("Foo", zones=definition("Foo", "+0100", rule)), *MARCH, zone="Asia/Tokyo")
    assert [event.start.hour for event in found.events] == [10]
    assert BROKEN_ZONE in {issue.what for issue in found.repairs}


def test_zones_survive_being_stored() -> None:
    body = definition("Mine", "+0300").replace("\r\n", "\n").encode()
    source = Zones([body.removeprefix(b"BEGIN:VTIMEZONE\n").removesuffix(b"END:VTIMEZONE\n")]).source
    kept = Zones.from_source(source)
    assert kept.source == source
    assert kept.zone(kept.name("Mine")).utcoffset(datetime(2026, 1, 1)).total_seconds() == 3 * 3600  # type: ignore[union-attr]  # noqa: DTZ001

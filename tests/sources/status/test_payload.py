"""What every dialect reads with: times in all their forms, lists without end, words that say that it is over."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from cockpit.domain.providers.state import State
from cockpit.sources import status
from cockpit.sources.status import graph, payload, uptimerobot
from cockpit.sources.status.payload import ITEMS_LIMIT, Notes, UnreadablePage, moment, newest, of_monitors
from tests.sources.status.hostile import NOW, source

EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
UP, DOWN, SLOW, PARTIAL = State.OPERATIONAL, State.MAJOR_OUTAGE, State.DEGRADED, State.PARTIAL_OUTAGE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20T08:00:00Z", EIGHT), ("2026-11-20T09:00:00+01:00", EIGHT), ("2026-11-20 08:00", EIGHT),
        (" 2026-11-20T08:00:00.0000009Z ", EIGHT), ("2026-11-20T08:00:00.1234567Z", EIGHT.replace(microsecond=123456)),
        (1795161600, EIGHT), (1795161600.0, EIGHT), ("1795161600", EIGHT), ("Fri, 20 Nov 2026 08:00:00 GMT", EIGHT),
        ("Fri Nov 20 2026 09:00:00 GMT+0100 (CET)", EIGHT), ("20261120", EIGHT.replace(hour=0)),
        ("631152000", datetime(1990, 1, 1, tzinfo=UTC)), ("631151999", None), ("0001-01-01T00:00:00+00:00", None),
        ("12345678", None), ("123456789", None), (0, None), (-1, None), (1e308, None), (10**40, None), ("9" * 40, None),
        (None, None), ("", None), ("soon", None), ("2026", None), (True, None), ([], None), ({}, None), ("²" * 9, None),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_form_that_pages_use_and_no_other(
    written: object, meant: datetime | None
) -> None:
    assert moment(written) == meant


def test_the_latest_of_several_is_told_only_where_all_have_a_time() -> None:
    later = EIGHT + timedelta(minutes=1)
    assert newest([], []) is None
    assert newest(["a", "b"], [EIGHT, later]) == newest(["b", "a"], [later, EIGHT]) == "b"
    assert newest(["a", "b"], [EIGHT, EIGHT]) == "b"
    assert newest(["a", "b"], [EIGHT, None]) is None
    said = [("undated", None), ("old", EIGHT), ("new", later), ("also new", later)]
    first = payload.latest_first(said, lambda each: each[1])
    assert [name for name, _at in first] == ["new", "also new", "old", "undated"]


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([], State.UNKNOWN), ([UP], UP), ([DOWN], DOWN), ([DOWN, DOWN], DOWN), ([DOWN, UP], PARTIAL),
        ([DOWN, State.UNKNOWN], PARTIAL), ([SLOW, DOWN], PARTIAL), ([SLOW, UP], SLOW),
        ([UP, State.UNKNOWN], State.UNKNOWN),
    ],
)  # fmt: skip
def test_one_monitor_that_is_down_among_many_is_a_partial_outage(states: list[State], whole: State) -> None:
    assert of_monitors(states) is whole


class _Item(msgspec.Struct):
    id: int


def test_of_a_list_two_thousand_items_are_read_and_the_rest_is_told() -> None:
    for n, told in ((ITEMS_LIMIT, ()), (ITEMS_LIMIT + 1, ("1 unreadable item ignored",))):
        notes = Notes("Acme", NOW)
        assert len(list(notes.items([{"id": each} for each in range(n)], _Item))) == ITEMS_LIMIT == 2_000
        assert notes.warnings() == told
    notes = Notes("Acme", NOW)
    assert list(notes.items("no list", _Item)) == []
    assert list(notes.items(None, _Item)) == []
    assert notes.dropped == 1, "what is absent is not lost"


@pytest.mark.parametrize(
    ("ahead", "told"), [(timedelta(minutes=5), False), (timedelta(minutes=5, seconds=1), True)]
)
def test_a_clock_that_is_five_minutes_ahead_is_borne(ahead: timedelta, told: bool) -> None:
    notes = Notes("Acme", NOW)
    assert notes.past((NOW + ahead).isoformat()) == NOW + ahead
    assert bool(notes.warnings()) is told


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ("Resolved", True), ("[Résolu] Panne", True), (" - This incident has been resolved.", True),
        ("completed: disks", True), ("False alarm", True),
        ("This issue is now fixed", True), ("Unresolved", False), ("Not resolved", False),
        ("Resolvedly", False), ("", False), ("." * 5_000 + "Closed", True),
    ],
)  # fmt: skip
def test_a_message_says_that_it_is_over_by_its_first_words(words: str, over: bool) -> None:
    assert payload.says_over(words) is over


def test_a_document_beside_the_essential_one_may_be_missing_or_nonsense() -> None:
    bodies = (b'{"id": 1}', b"", b"nonsense", b'{"id": "x"}')
    found = [payload.optional(bodies, n, _Item) for n in range(5)]
    assert [each.id if each else None for each in found] == [1, None, None, None, None]
    with pytest.raises(UnreadablePage):
        payload.root(b"[]", _Item)
    assert payload.text(12.5) == "12.5"
    assert payload.text(["x"]) == payload.message(7) == payload.link("file:///x") == payload.link(None) == ""


@pytest.mark.parametrize(
    ("engine", "asked", "read"),
    [
        ("kuma", "status/main", ("api/status-page/main", "api/status-page/heartbeat/main")),
        ("kuma", "", ("api/status-page/default", "api/status-page/heartbeat/default")),
        ("kuma", "k/api/status-page/heartbeat/main/", ("k/api/status-page/main", "k/api/status-page/heartbeat/main")),
        ("cachet", "s/api/v1/components", (
            "s/api/v1/components?per_page=100", "s/api/v1/incidents?sort=id&order=desc&per_page=20",
            "s/api/v1/schedules?sort=id&order=desc&per_page=20")),
        ("cachet3", "api/components", (
            "api/components?per_page=100", "api/incidents?per_page=20", "api/schedules?per_page=20")),
        ("instatus", "fr/summary.json", ("fr/summary.json", "v2/components.json")),
        ("sorry", "", (
            "api/v1/status", "api/v1/components", "api/v1/notices?filter[timeline_state_eq]=present")),
        ("statuspal", "api/v2/status_pages/acme/", ("api/v2/status_pages/acme/summary",)),
        ("statuspal", "api/v2/status_pages/acme/incidents?a=1", ("api/v2/status_pages/acme/incidents?a=1",)),
        ("uptimerobot", "api/getMonitorList/abc?page=3", ("api/getMonitorList/abc?page=1",)),
        ("uptimerobot", "abc/", ("api/getMonitorList/abc?page=1",)),
        ("oneuptime", "status-page-api/overview/1-2", ("status-page-api/overview/1-2",)),
        ("zendesk", "", ("api/incidents/active", "api/incidents/maintenance")),
        ("openstatus", "public/status/x", ("public/status/x",)),
    ],
)  # fmt: skip
def test_the_documents_of_an_engine_are_found_from_any_of_its_addresses(
    engine: str, asked: str, read: tuple[str, ...]
) -> None:
    site = "https://status.acme.test/"
    assert status.addresses(engine, source(engine, site + asked)) == tuple(site + each for each in read)


@pytest.mark.parametrize(
    ("page", "per_page", "total", "following"),
    [
        ("?page=1", 30, 31, "?page=2"), ("?page=1", 30, 30, ""), ("?page=2", 30, 61, "?page=3"),
        ("", 30, 31, "?page=2"), ("?page=x", 30, 31, "?page=2"),
        ("?page=999", 1, 1001, "?page=1000"), ("?page=1000", 1, 9_000, "?page=2"),
        ("?page=1", 0, 31, ""), ("?page=1", -1, 31, ""),
    ],
)  # fmt: skip
def test_a_list_in_pages_goes_on_until_its_last_one(
    page: str, per_page: int, total: int, following: str
) -> None:
    body = json.dumps({"status": "ok", "psp": {"monitors": [], "perPage": per_page, "totalMonitors": total}})
    found = uptimerobot.next_page(body.encode(), f"https://a.test/l{page}")
    assert found == (f"https://a.test/l{following}" if following else "")
    assert uptimerobot.next_page(b"no list", "https://a.test/l") == graph.next_page(b"no list") == ""

"""Statuspage, Slack and Google: what each says, and what none may ever say: a false green."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.providers.state import State
from cockpit.sources import status
from tests.sources.status.hostile import (
    NOT_A_DOCUMENT,
    NOW,
    assert_clean,
    read,
    removed,
    replaced,
    source,
    state,
    variants,
)

STATUSPAGE: dict[str, Any] = {
    "page": {"id": "abc123def456", "name": "Acme", "url": "https://status.acme.test"},
    "components": [
        {"id": "c1", "name": "API", "status": "partial_outage", "group": False, "group_id": "g1"},
        {"id": "c2", "name": "Web", "status": "operational", "group": False, "group_id": None},
        {"id": "g1", "name": "Core", "status": "major_outage", "group": True, "components": ["c1"]},
    ],
    "incidents": [
        {
            "id": "i1",
            "name": "API errors",
            "status": "identified",
            "impact": "major",
            "created_at": "2026-11-20T08:58:00.000+01:00",
            "started_at": "2026-11-20T08:55:00.000+01:00",
            "updated_at": "2026-11-20T09:10:00.000+01:00",
            "resolved_at": None,
            "shortlink": "https://stspg.io/x",
            "components": [],
            "incident_updates": [
                {
                    "id": "u1",
                    "status": "identified",
                    "body": "Cause<br>found.",
                    "display_at": "2026-11-20T09:10:00.000+01:00",
                    "affected_components": [{"code": "c1", "name": "API", "old_status": "operational"}],
                }
            ],
        }
    ],
    "scheduled_maintenances": [
        {
            "id": "m1",
            "name": "Database",
            "status": "scheduled",
            "impact": "maintenance",
            "scheduled_for": "2026-11-22T20:00:00Z",
            "scheduled_until": "2026-11-22T22:00:00Z",
            "components": [{"id": "c2", "name": "Web"}],
        }
    ],
    "status": {"indicator": "major", "description": "Partial System Outage"},
}
QUIET = {
    **STATUSPAGE,
    "components": STATUSPAGE["components"][1:2],
    "incidents": [],
    "scheduled_maintenances": [],
    "status": {"indicator": "none", "description": "All Systems Operational"},
}

SLACK: dict[str, Any] = {
    "status": "active",
    "date_created": "2026-11-20T01:00:00-08:00",
    "date_updated": "2026-11-20T01:20:00-08:00",
    "active_incidents": [
        {
            "id": 1545,
            "date_created": "2026-11-20T00:46:30-08:00",
            "date_updated": "2026-11-20T01:20:00-08:00",
            "title": "Message sending is slow",
            "type": "incident",
            "status": "active",
            "url": "https://slack-status.com/2026-11/7dea1cd14cd0f657",
            "services": ["Messaging"],
            "notes": [
                {"date_created": "2026-11-20T01:20:00-08:00", "body": "We are\r\n<b>looking</b> into it."},
                {"date_created": "2026-11-20T01:00:00-08:00", "body": "Hm."},
            ],
        }
    ],
}
SLACK_QUIET = {**SLACK, "status": "ok", "active_incidents": []}

GOOGLE: list[dict[str, Any]] = [
    {
        "id": "AbCdEf0123456789xyzQ",
        "begin": "2026-11-20T08:00:00+00:00",
        "created": "2026-11-20T08:20:00+00:00",
        "end": None,
        "modified": "2026-11-20T08:40:00+00:00",
        "external_desc": "**Summary**\n",
        "updates": [{"when": "2026-11-20T08:40:00+00:00", "text": "**Summary**\nInvestigating."}],
        "most_recent_update": {"when": "2026-11-20T08:40:00+00:00", "text": "Investigating."},
        "status_impact": "SERVICE_DISRUPTION",
        "severity": "medium",
        "service_name": "Google Drive",
        "affected_products": [{"title": "Google Drive", "id": "VHNA"}],
        "uri": "incidents/AbCdEf0123456789xyzQ",
    },
    {
        "id": "closed",
        "begin": "2026-10-01T08:00:00+00:00",
        "end": "2026-10-01T09:00:00+00:00",
        "external_desc": "Gmail was slow",
        "status_impact": "SERVICE_OUTAGE",
        "most_recent_update": {"status": "SERVICE_INFORMATION"},
        "currently_affected_locations": [{"title": "Paris"}],
        "affected_products": [{"title": "Gmail", "id": "GMAIL"}],
    },
]
PRODUCTS = {"products": [{"title": "Google Drive", "id": "VHNA"}, {"title": "Google Meet", "id": "MEET"}]}


def test_a_statuspage() -> None:
    reading = read("statuspage", STATUSPAGE)
    assert (reading.page, reading.page_id, reading.state) == ("Acme", "abc123def456", State.PARTIAL_OUTAGE)
    assert [(c.id, c.state, c.group) for c in reading.components] == [
        ("c1", State.PARTIAL_OUTAGE, "Core"),
        ("c2", State.OPERATIONAL, ""),
    ]
    (incident,) = reading.incidents
    assert (incident.key, incident.impact, incident.phase) == ("i1", State.PARTIAL_OUTAGE, "identified")
    assert incident.started is not None
    assert incident.started.isoformat() == "2026-11-20T07:55:00+00:00"
    assert incident.components == ("c1", "API")
    assert incident.message == "Cause\nfound."
    assert reading.maintenances[0].starts is not None
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("none", State.OPERATIONAL), ("minor", State.DEGRADED), ("major", State.PARTIAL_OUTAGE),
     ("critical", State.MAJOR_OUTAGE), ("maintenance", State.MAINTENANCE), ("security_hold", State.UNKNOWN)],
)  # fmt: skip
def test_each_indicator(indicator: str, expected: State) -> None:
    assert state("statuspage", replaced(QUIET, ("status", "indicator"), indicator)) is expected


def test_a_new_word_is_told() -> None:
    reading = read("statuspage", replaced(QUIET, ("components", 0, "status"), "security_hold"))
    assert reading.state is State.UNKNOWN
    assert "security_hold" in reading.warnings[0]


def test_watched_components_decide() -> None:
    assert state("statuspage", STATUSPAGE, components=("Web",)) is State.OPERATIONAL
    assert state("statuspage", STATUSPAGE, components=("c1",)) is State.PARTIAL_OUTAGE
    assert state("statuspage", STATUSPAGE, components=("core",)) is State.PARTIAL_OUTAGE
    assert state("statuspage", STATUSPAGE, components=("Web", "Absent")) is State.UNKNOWN


def test_a_maintenance_under_way_shows() -> None:
    going = replaced(STATUSPAGE["scheduled_maintenances"], (0, "status"), "in_progress")
    assert state("statuspage", {**QUIET, "scheduled_maintenances": going}) is State.MAINTENANCE


def test_keys_may_be_absent_on_incident_io() -> None:
    quiet = removed(removed(QUIET, ("incidents",)), ("scheduled_maintenances",))
    assert state("incidentio", quiet) is State.OPERATIONAL


def test_an_unreadable_incident_forbids_green() -> None:
    reading = read("statuspage", {**QUIET, "incidents": [None, {"name": "x"}]})
    assert reading.state is State.UNKNOWN
    assert not reading.complete
    assert "2" in reading.warnings[-1]


def test_an_incident_without_name_counts() -> None:
    reading = read("statuspage", {**QUIET, "incidents": [{"id": "x", "name": None, "status": "identified"}]})
    assert [incident.title for incident in reading.incidents] == ["x"]
    assert state("statuspage", {**QUIET, "incidents": [{"id": "x"}]}) is State.DEGRADED


def test_another_page_is_not_believed() -> None:
    assert state("statuspage", QUIET, page_id="abc123def456") is State.OPERATIONAL
    assert state("statuspage", QUIET, page_id="zzz") is State.UNKNOWN


def test_slack() -> None:
    reading = read("slack", SLACK)
    (incident,) = reading.incidents
    assert reading.state is State.PARTIAL_OUTAGE
    assert (incident.key, incident.message) == ("1545", "We are\nlooking into it.")
    assert state("slack", SLACK, components=("messaging",)) is State.PARTIAL_OUTAGE
    assert state("slack", SLACK, components=("Huddles",)) is State.OPERATIONAL
    assert state("slack", SLACK_QUIET) is State.OPERATIONAL


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("notice", State.DEGRADED), ("incident", State.PARTIAL_OUTAGE), ("outage", State.MAJOR_OUTAGE),
     ("maintenance", State.MAINTENANCE), ("earthquake", State.UNKNOWN)],
)  # fmt: skip
def test_each_type_of_slack(kind: str, expected: State) -> None:
    assert state("slack", replaced(SLACK, ("active_incidents", 0, "type"), kind)) is expected


def test_slack_says_ok_or_nothing_is_green() -> None:
    assert state("slack", {**SLACK, "active_incidents": []}) is State.UNKNOWN
    assert state("slack", removed(SLACK_QUIET, ("active_incidents",))) is State.UNKNOWN
    assert state("slack", {**SLACK_QUIET, "status": "fine"}) is State.UNKNOWN
    later = replaced(replaced(SLACK, ("active_incidents", 0, "type"), "maintenance"),
                     ("active_incidents", 0, "status"), "scheduled")  # fmt: skip
    assert state("slack", later) is State.OPERATIONAL


def test_google() -> None:
    url = "https://www.google.com/appsstatus/dashboard/incidents.json"
    reading = read("google", GOOGLE, url=url)
    first, second = reading.incidents
    assert reading.state is State.PARTIAL_OUTAGE
    assert (first.title, first.phase, first.components) == (
        "Summary",
        "investigating",
        ("VHNA", "Google Drive"),
    )
    assert first.link == "https://www.google.com/appsstatus/dashboard/incidents/AbCdEf0123456789xyzQ"
    assert (second.phase, second.open) == ("resolved", False)
    assert state("google", GOOGLE[1:]) is State.OPERATIONAL


def test_google_products_are_watched_by_id_or_name() -> None:
    for name, expected in (
        ("VHNA", State.PARTIAL_OUTAGE),
        ("google meet", State.OPERATIONAL),
        ("x", State.UNKNOWN),
    ):
        assert state("google", GOOGLE, PRODUCTS, components=(name,)) is expected
    watched = source("google", url="https://g.test/incidents.json", components=("VHNA",))
    assert status.addresses("google", watched) == (
        "https://g.test/incidents.json",
        "https://g.test/products.json",
    )


@pytest.mark.parametrize("end", ["", 0, None, "soon", {}])
def test_only_a_date_ends_an_incident_of_google(end: Any) -> None:
    assert state("google", replaced(GOOGLE, (0, "end"), end)) is not State.OPERATIONAL


def test_an_empty_history_affirms_nothing() -> None:
    assert state("google", []) is State.UNKNOWN


@pytest.mark.parametrize("engine", ["statuspage", "slack", "google"])
@pytest.mark.parametrize("body", NOT_A_DOCUMENT)
def test_what_is_no_document_is_never_green(engine: str, body: bytes) -> None:
    assert state(engine, body) is State.UNKNOWN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_any_encoding_of_json_is_read(encoding: str) -> None:
    assert state("statuspage", json.dumps(STATUSPAGE).encode(encoding)) is State.PARTIAL_OUTAGE


@settings(max_examples=300)
@given(
    st.one_of(variants(STATUSPAGE), variants(SLACK), variants(GOOGLE)),
    st.sampled_from(["statuspage", "slack", "google"]),
)
def test_hostile_variants_are_survived(payload: Any, engine: str) -> None:
    assert_clean(read(engine, payload))


def can_close(path: tuple[Any, ...]) -> bool:
    """Whether what is at `path` is the word that says trouble is over: changing it is news, no damage."""
    return path[-1:] == ("end",) or path == ("active_incidents", 0, "status")


@settings(max_examples=300)
@given(
    st.sampled_from([("slack", SLACK), ("google", GOOGLE[:1])]).flatmap(
        lambda case: st.tuples(st.just(case[0]), variants(case[1], but=can_close))
    )
)
def test_one_damage_never_turns_trouble_green(case: tuple[str, Any]) -> None:
    engine, damaged = case
    assert state(engine, damaged) is not State.OPERATIONAL


def test_ids_said_twice_count_once() -> None:
    twice = {
        **STATUSPAGE,
        "components": STATUSPAGE["components"] * 2,
        "incidents": STATUSPAGE["incidents"] * 2,
    }
    reading = read("statuspage", twice)
    assert len(reading.components) == 2
    assert len(reading.incidents) == 1


def test_a_clock_ahead_is_told() -> None:
    ahead = replaced(STATUSPAGE, ("incidents", 0, "updated_at"), "2026-11-20T12:00:00Z")
    reading = read("statuspage", ahead)
    assert reading.incidents[0].updated is not None
    assert reading.incidents[0].updated > NOW
    assert any("ahead" in line for line in reading.warnings)

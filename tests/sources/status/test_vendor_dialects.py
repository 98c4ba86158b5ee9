"""Vendors' own engines and the smaller status pages: what each says, and never a false green."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.providers.state import FINE, State
from cockpit.domain.providers.status import provider_state
from cockpit.sources import status
from tests.sources.status.hostile import NOT_A_DOCUMENT, NOW, assert_clean, read, source, state, variants
from tests.sources.status.test_other_dialects import DOWN, PARTIAL, SLOW, UNKNOWN, UP, Shape, of

CSTATE = {
    "is": "index", "cStateVersion": "5.2", "title": "Acme", "summaryStatus": "down",
    "systems": [
        {
            "name": "API", "category": "Core", "status": "down",
            "unresolvedIssues": [{
                "is": "issue", "title": "Panne", "createdAt": "2026-11-20 08:00:00 +0000 UTC",
                "lastMod": "2026-11-20 08:30:00 +0000 UTC", "permalink": "https://status.acme.test/issues/1",
                "severity": "down", "resolved": False, "informational": False, "affected": ["API"],
            }],
        },
        {"name": "Web", "category": "Core", "status": "ok", "unresolvedIssues": []},
    ],
}  # fmt: skip
CSTATE_QUIET = of(CSTATE, summaryStatus="ok", systems=[CSTATE["systems"][1]])
ROOTLY = {
    "page": {"name": "Acme", "url": "https://status.acme.test", "updated_at": "2026-11-20T08:00:00Z"},
    "status": {"indicator": "major", "description": "Major service outage"},
    "incidents": [{"id": "i1", "name": "API", "status": "investigating", "impact": "major"}],
}
ROOTLY_QUIET = of(ROOTLY, status={"indicator": "none", "description": "Fine"}, incidents=[])
STATPING = [
    {"id": 1, "name": "API", "online": False, "latency": 2000, "status_code": 500},
    {"id": 2, "name": "Web", "online": True, "latency": 30, "status_code": 200},
]
STATUSHUB = {"counters": {"count_status_1": 11, "count_status_2": 1, "count_status_3": 2}}
STATUSHUB_QUIET = {"counters": {"count_status_1": 14, "count_status_2": 0, "count_status_3": 0}}
OPERATIONAL = {"_id": "s1", "name": "Operational", "isOperationalState": True, "priority": 1}
OFFLINE = {
    "_id": "s3", "name": "Offline", "isOperationalState": False, "isOfflineState": True, "priority": 3,
}  # fmt: skip
ONEUPTIME: dict[str, Any] = {
    "overallStatus": OFFLINE,
    "statusPage": {"_id": "p1", "name": "Acme", "pageTitle": "Acme status"},
    "monitorStatuses": [OPERATIONAL, OFFLINE],
    "statusPageResources": [
        {"_id": {"_type": "ObjectID", "value": "r1"}, "displayName": "API",
         "monitor": {"_id": "m1", "currentMonitorStatusId": {"_type": "ObjectID", "value": "s3"}}},
    ],
    "activeIncidents": [
        {"_id": "i1", "title": "Panne", "createdAt": "2026-11-20T08:00:00Z",
         "currentIncidentState": {"name": "Identified", "isResolvedState": False}},
    ],
    "scheduledMaintenanceEvents": [],
}  # fmt: skip
ONEUPTIME_QUIET = of(ONEUPTIME, overallStatus=OPERATIONAL, statusPageResources=[], activeIncidents=[])
UPTIMEROBOT = {
    "status": "ok",
    "psp": {
        "perPage": 30, "totalMonitors": 2,
        "monitors": [
            {"monitorId": 796288296, "statusClass": "danger", "name": "API", "url": None, "type": "HTTP(s)"},
            {"monitorId": 796288297, "statusClass": "success", "name": "Web", "url": None, "type": "HTTP(s)"},
        ],
    },
    "statistics": {"counts": {"up": 1, "down": 1, "paused": 0, "total": 2}},
}  # fmt: skip
UPTIMEROBOT_QUIET = {
    "status": "ok", "psp": {"perPage": 30, "totalMonitors": 1, "monitors": [UPTIMEROBOT["psp"]["monitors"][1]]},  # type: ignore[index]
}  # fmt: skip
STATUSPAL = {
    "status_page": {
        "name": "Acme", "url": "status.acme.test", "time_zone": "Europe/Paris", "current_incident_type": "major",
    },
    "services": [
        {"id": 1, "name": "Core", "current_incident_type": "major", "children": [
            {"id": 2, "name": "API", "current_incident_type": "major", "children": []}]},
        {"id": 3, "name": "Web", "current_incident_type": None},
    ],
    "incidents": [
        {"id": 9, "title": "Panne", "type": "major", "starts_at": "2026-11-20T08:00:00", "ends_at": None,
         "url": "https://status.acme.test/incidents/9", "service_ids": [2],
         "updates": [{"id": 1, "type": "issue", "description": "<p>Looking</p>", "posted_at": "2026-11-20T08:05:00"}]},
    ],
    "maintenances": [],
    "upcoming_maintenances": [
        {"id": 10, "title": "DB", "starts_at": "2026-11-22T20:00:00", "ends_at": "2026-11-22T22:00:00"},
    ],
}  # fmt: skip
STATUSPAL_QUIET = of(
    STATUSPAL, status_page={"name": "Acme", "current_incident_type": None}, services=[], incidents=[]
)
HEROKU = {
    "status": [{"system": "Apps", "status": "red"}, {"system": "Data", "status": "green"}],
    "incidents": [
        {"id": 1918, "title": "Timeouts", "resolved": False, "created_at": "2026-11-20T08:00:00.231Z",
         "updated_at": "2026-11-20T08:30:00.721Z", "full_url": "https://status.heroku.com/incidents/1918",
         "updates": [{"id": 1, "contents": "We look.", "created_at": "2026-11-20T08:30:00Z",
                      "update_type": "issue", "status_prod": "red", "status_dev": "green"}]},
    ],
    "scheduled": [],
}  # fmt: skip
HEROKU_QUIET = {"status": [{"system": "Apps", "status": "green"}], "incidents": [], "scheduled": []}
STRIPE = {
    "UptimeStatus": "down", "message": "We have trouble.",
    "uptimeData": [
        {"key": "api", "title": "API", "warning": {"x": 1}}, {"key": "web", "title": "Web", "warning": None},
    ],
}  # fmt: skip
STRIPE_QUIET = {"UptimeStatus": "up", "message": "All services are online.", "uptimeData": []}
PAYPAL = {
    "result": [
        {"id": 1, "name": "Checkout", "category": {"name": "product"},
         "status": {"production": "Service Outage", "sandbox": "Operational"}},
        {"id": 2, "name": "Orders API", "category": {"name": "api"},
         "status": {"production": "Operational", "sandbox": "Service Outage"}},
    ],
}  # fmt: skip
PAYPAL_QUIET = {"result": [PAYPAL["result"][1]]}
APPLE = {
    "drMessage": None,
    "services": [
        {"serviceName": "iCloud Mail", "redirectUrl": None, "events": [
            {"statusType": "Outage", "eventStatus": "ongoing", "messageId": "2001", "usersAffected": "Some users",
             "message": "Users cannot send.", "epochStartDate": 1795161600000, "epochEndDate": None}]},
        {"serviceName": "App Store", "redirectUrl": None, "events": [
            {"statusType": "Issue", "eventStatus": "resolved", "messageId": "2000",
             "epochStartDate": 1795100000000, "epochEndDate": 1795110000000}]},
    ],
}  # fmt: skip
APPLE_QUIET = {"services": [APPLE["services"][1]]}  # type: ignore[index]
ZENDESK = {
    "data": [
        {"id": "77", "type": "incident",
         "attributes": {"title": "Support is slow", "outage": True, "status": "investigating",
                        "started_at": "2026-11-20T08:00:00Z", "resolved_at": None},
         "relationships": {"services": {"data": [{"id": "5", "type": "service"}, {"id": "6", "type": "service"}]}}},
    ],
    "included": [{"id": "5", "type": "service", "attributes": {"name": "Support", "slug": "support"}}],
}  # fmt: skip
ZENDESK_PLANNED = {
    "data": [{"id": "80", "type": "incident", "attributes": {"title": "DB", "started_at": "2026-11-22T20:00:00Z"}}],
}  # fmt: skip
SALESFORCE = [
    {"id": 20003456, "createdAt": "2026-11-20T08:00:00.000Z", "updatedAt": "2026-11-20T08:20:00.000Z",
     "instanceKeys": ["EU48", "EU49"], "serviceKeys": ["coreService"], "isCore": True,
     "message": {"pathToResolution": "We look.", "actionPlan": None},
     "IncidentImpacts": [{"severity": "major", "type": "serviceDisruption", "startTime": "2026-11-20T08:00:00.000Z",
                          "endTime": None}]},
]  # fmt: skip
INSTANCE = {
    "key": "EU48",
    "location": "EMEA",
    "status": "MAJOR_INCIDENT_CORE",
    "Incidents": [],
    "isActive": True,
}
ORACLE = {
    "realm": "OC1",
    "regionHealthReports": [
        {"regionId": "r1", "regionName": "France Central (Paris)", "geographicAreaName": "Europe",
         "serviceHealthReports": [
             {"serviceId": "s1", "serviceName": "Compute", "serviceStatus": "ServiceDown",
              "incidents": [{"incidentId": "ocid1.incident", "severity": "Service Down"}]},
             {"serviceId": "s2", "serviceName": "Storage", "serviceStatus": "NormalPerformance", "incidents": []},
         ]},
    ],
}  # fmt: skip
ORACLE_QUIET = {
    "realm": "OC1",
    "regionHealthReports": [
        {"regionName": "Paris", "serviceHealthReports": [
            {"serviceName": "Compute", "serviceStatus": "Normal Performance", "incidents": []}]},
    ],
}  # fmt: skip
CHECKLY = {
    "page": {"name": "Acme", "url": "https://status.acme.test", "status": "HAS_ISSUES"},
    "activeIncidents": [
        {"id": "c1", "name": "Panne", "startedAt": "2026-11-20T08:00:00Z", "status": "INVESTIGATING",
         "severity": "CRITICAL"},
    ],
}  # fmt: skip
CHECKLY_QUIET = {"page": {"name": "Acme", "url": "https://status.acme.test", "status": "UP"}}


def pagerduty(summary: Any) -> bytes:
    import json

    data = json.dumps({"summary": summary, "status_page_type": "public"})
    return f'<!DOCTYPE html><html><script id="data" type="application/json">{data}</script></html>'.encode()


PAGERDUTY = {
    "open_incidents": [
        {"id": "P1", "title": "Late notifications", "updates": [
            {"id": "U2", "severity": "major", "status": "investigating", "message": "<p>We look.</p>",
             "reported_at": "2026-11-20T08:30:00Z",
             "impacted_business_services": [{"id": "B", "name": "Services (EU)", "severity": "major"}]},
            {"id": "U1", "severity": "minor", "status": "detected", "message": "Hm.",
             "reported_at": "2026-11-20T08:00:00Z", "impacted_business_services": []}]},
    ],
}  # fmt: skip

SHAPES = [
    Shape("cstate", (CSTATE,), DOWN, (CSTATE_QUIET,), ("systems",)),
    Shape("rootly", (ROOTLY,), DOWN, (ROOTLY_QUIET,)),
    Shape("statping", (STATPING,), PARTIAL, (STATPING[1:],), ("online",)),
    Shape("statushub", (STATUSHUB,), PARTIAL, (STATUSHUB_QUIET,), ("count_status_2", "count_status_3")),
    Shape("oneuptime", (ONEUPTIME,), DOWN, (ONEUPTIME_QUIET,)),
    Shape("uptimerobot", (UPTIMEROBOT,), PARTIAL, (UPTIMEROBOT_QUIET,)),
    Shape("statuspal", (STATUSPAL,), DOWN, (STATUSPAL_QUIET,)),
    Shape("vigil", (b"dead",), PARTIAL, (b"healthy",)),
    Shape("openstatus", ({"status": "major_outage"},), DOWN, ({"status": "operational"},)),
    Shape("heroku", (HEROKU,), DOWN, (HEROKU_QUIET,)),
    Shape("stripe", (STRIPE,), DOWN, (STRIPE_QUIET,)),
    Shape("paypal", (PAYPAL,), DOWN, (PAYPAL_QUIET,)),
    Shape("apple", (APPLE,), DOWN, (APPLE_QUIET,), ("events",)),
    Shape("zendesk", (ZENDESK, ZENDESK_PLANNED), PARTIAL, ({"data": []},), ("data", "resolved_at", "status")),
    Shape("salesforce", (SALESFORCE,), PARTIAL, ([],), ("", "IncidentImpacts", "endTime")),
    Shape("salesforce", (INSTANCE,), DOWN, (of(INSTANCE, status="OK"),), ("",)),
    Shape("oracle", (ORACLE,), PARTIAL, (ORACLE_QUIET,)),
    Shape("checkly", (CHECKLY,), DOWN, (CHECKLY_QUIET,)),
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_each_shape_gives_its_state(shape: Shape) -> None:
    assert state(shape.engine, *shape.trouble) is shape.expected
    assert state(shape.engine, *shape.quiet) is UP
    assert_clean(read(shape.engine, *shape.trouble))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("body", NOT_A_DOCUMENT)
def test_what_is_no_document_is_never_green(shape: Shape, body: bytes) -> None:
    if (shape.engine, body) != ("salesforce", b"[]"):
        assert state(shape.engine, body) is UNKNOWN


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@settings(max_examples=75, deadline=None)
@given(data=st.data())
def test_damage_is_survived_and_never_turns_trouble_green(shape: Shape, data: st.DataObject) -> None:
    def good_news(path: tuple[Any, ...]) -> bool:
        return any(key in shape.closers for key in path) or (not path and "" in shape.closers)

    first = data.draw(variants(shape.trouble[0], but=good_news))
    reading = read(shape.engine, first, *shape.trouble[1:])
    assert_clean(reading)
    assert reading.state not in FINE


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_page_of_pagerduty_is_never_green(data: st.DataObject) -> None:
    summary = data.draw(variants(PAGERDUTY, but=lambda path: not path or path[-1] == "open_incidents"))
    reading = read("pagerduty", pagerduty(summary))
    assert_clean(reading)
    assert reading.state not in FINE


def test_pagerduty_holds_its_data_in_its_page() -> None:
    reading = read("pagerduty", pagerduty(PAGERDUTY))
    (incident,) = reading.incidents
    assert (reading.state, incident.message, incident.components) == (DOWN, "We look.", ("Services (EU)",))
    assert state("pagerduty", pagerduty({"open_incidents": []})) is UP
    for body in (*NOT_A_DOCUMENT, b"<html>fine</html>", pagerduty({}), pagerduty([])):
        assert state("pagerduty", body) is UNKNOWN


def test_an_announcement_of_cstate_is_news_and_no_trouble() -> None:
    notice = of(CSTATE["systems"][0]["unresolvedIssues"][0], severity="notice", title="Bienvenue")  # type: ignore[index]
    system = {"name": "API", "status": "notice", "unresolvedIssues": [notice]}
    reading = read("cstate", of(CSTATE, summaryStatus="notice", systems=[system]))
    assert (reading.state, reading.incidents) == (UP, ())
    assert any("Bienvenue" in warning for warning in reading.warnings)


def test_the_sandbox_of_paypal_and_the_paused_monitors_of_uptimerobot_do_not_count() -> None:
    assert [part.state for part in read("paypal", PAYPAL).components] == [DOWN, UP]
    paused = {"monitorId": 3, "statusClass": "black", "name": "Old"}
    psp = {"perPage": 30, "totalMonitors": 2, "monitors": [UPTIMEROBOT["psp"]["monitors"][1], paused]}  # type: ignore[index]
    assert state("uptimerobot", {"status": "ok", "psp": psp}) is UP


def test_uptimerobot_is_read_to_its_last_page_or_not_believed() -> None:
    one = {"status": "ok", "psp": {**UPTIMEROBOT_QUIET["psp"], "perPage": 1, "totalMonitors": 3}}  # type: ignore[dict-item]
    assert state("uptimerobot", one) is UNKNOWN
    from cockpit.sources.status import uptimerobot

    url = "https://stats.uptimerobot.com/api/getMonitorList/abc?page=1"
    import json

    assert uptimerobot.next_page(json.dumps(one).encode(), url).endswith("?page=2")
    assert uptimerobot.next_page(json.dumps(one).encode(), url.replace("=1", "=3")) == ""


def test_only_what_goes_on_counts_at_apple_with_or_without_a_callback() -> None:
    import json

    wrapped = f"jsonCallback({json.dumps(APPLE)});".encode()
    assert [part.state for part in read("apple", wrapped).components] == [DOWN, UP]
    planned = {"statusType": "Maintenance", "eventStatus": "upcoming", "messageId": "1"}
    later = {"services": [{"serviceName": "Maps", "events": [planned]}]}
    assert state("apple", later) is UP
    assert [work.phase for work in read("apple", later).maintenances] == ["scheduled"]


def test_one_instance_of_salesforce_among_the_incidents_of_the_world() -> None:
    reading = read("salesforce", SALESFORCE)
    assert provider_state(reading, ("EU48",)) is PARTIAL
    assert provider_state(reading, ("EU12",)) is UP
    assert state("salesforce", INSTANCE) is DOWN


def test_the_services_of_zendesk_by_their_pointers() -> None:
    reading = read("zendesk", ZENDESK, ZENDESK_PLANNED)
    assert reading.incidents[0].components == ("Support",)
    assert [work.title for work in reading.maintenances] == ["DB"]


def test_statuspal_says_no_incident_by_a_null_that_is_there() -> None:
    assert state("statuspal", {"status_page": {"name": "Acme"}, "services": []}) is UNKNOWN
    assert [c.name for c in read("statuspal", STATUSPAL).components] == ["Core", "API", "Web"]
    assert read("statuspal", STATUSPAL).incidents[0].components == ("2", "API")


def test_heroku_blue_is_maintenance_and_a_last_update_ends_an_incident() -> None:
    assert state("heroku", {"status": [{"system": "Data", "status": "blue"}]}) is State.MAINTENANCE
    ended = {"id": 2, "contents": "Over.", "created_at": "2026-11-20T09:00:00Z", "update_type": "resolved"}
    event = HEROKU["incidents"][0]  # type: ignore[index]
    over = of(event, updates=[*event["updates"], ended])
    assert not read("heroku", of(HEROKU_QUIET, incidents=[over])).incidents[0].open


@pytest.mark.parametrize(
    ("engine", "asked", "read_at"),
    [
        ("uptimerobot", "https://stats.uptimerobot.com/abc123", "https://stats.uptimerobot.com/api/getMonitorList/abc123?page=1"),
        ("statuspal", "https://acme.statuspal.io", "https://statuspal.io/api/v2/status_pages/acme/summary"),
        ("statuspal", "https://statuspal.eu/api/v2/status_pages/acme", "https://statuspal.eu/api/v2/status_pages/acme/summary"),
        ("openstatus", "https://acme.openstatus.dev/", "https://api.openstatus.dev/public/status/acme"),
        ("oneuptime", "https://status.acme.test/", "https://status.acme.test/status-page-api/overview/status.acme.test"),
        ("google", "https://www.google.com/appsstatus/dashboard/summary", "https://www.google.com/appsstatus/dashboard/incidents.json"),
        ("google", "https://status.cloud.google.com/?hl=fr", "https://status.cloud.google.com/incidents.json"),
        ("aws", "https://health.aws.amazon.com/health/status", "https://health.aws.amazon.com/public/currentevents"),
        ("slack", "https://slack-status.com/", "https://slack-status.com/api/v2.0.0/current"),
        ("heroku", "https://status.heroku.com", "https://status.heroku.com/api/v4/current-status"),
        ("paypal", "https://www.paypal-status.com/product/production", "https://www.paypal-status.com/api/v1/components"),
        ("stripe", "https://status.stripe.com", "https://status.stripe.com/current/full"),
        ("zendesk", "https://status.zendesk.com", "https://status.zendesk.com/api/incidents/active"),
        ("salesforce", "https://status.salesforce.com/", "https://api.status.salesforce.com/v1/incidents/active"),
        ("salesforce", "https://api.status.salesforce.com/v1/instances/EU48/status", "https://api.status.salesforce.com/v1/instances/EU48/status"),
        ("apple", "https://www.apple.com/fr/support/systemstatus/", "https://www.apple.com/support/systemstatus/data/system_status_en_US.js"),
        ("oracle", "https://ocistatus.oraclecloud.com/", "https://ocistatus.oraclecloud.com/api/v2/components.json"),
        ("pagerduty", "https://status.pagerduty.com", "https://status.pagerduty.com/posts/dashboard"),
        ("microsoft", "https://status.cloud.microsoft/", "https://status.cloud.microsoft/api/posts/mac"),
        ("azure", "https://azure.status.microsoft/fr-fr/status", "https://rssfeed.azure.status.microsoft/en-us/status/feed/"),
    ],
)  # fmt: skip
def test_an_address_as_a_person_copies_it_names_its_engine_and_is_read_where_its_document_is(
    engine: str, asked: str, read_at: str
) -> None:
    from cockpit.sources.engines import named

    assert named(asked) == (engine if engine != "oneuptime" else "")
    assert status.addresses(engine, source(engine, asked))[0] == read_at


@pytest.mark.parametrize(
    "url",
    ["https://www.google.com/", "https://www.apple.com/fr/", "https://status.aws.amazon.com/rss/all.rss",
     "https://status.cloud.google.com/en/feed.atom", "https://status.acme.test/", "nonsense"],
)  # fmt: skip
def test_other_pages_and_forms_of_a_vendor_are_not_taken_for_its_status(url: str) -> None:
    from cockpit.sources.engines import named

    assert named(url) == ""


def test_salesforce_words_that_nobody_knows_are_unknown_and_told() -> None:
    reading = read("salesforce", of(INSTANCE, status="ON_FIRE"))
    assert (reading.state, NOW.year) == (UNKNOWN, 2026)
    assert any("ON_FIRE" in warning for warning in reading.warnings)


@pytest.mark.parametrize("word", [b"Healthy!", b"ok", b"healthy dead", b"sickly"])
def test_vigil_has_three_words_and_no_other(word: bytes) -> None:
    assert state("vigil", b"sick\n") is SLOW
    assert state("vigil", word) is UNKNOWN


def test_an_open_word_of_openstatus_is_a_degradation() -> None:
    assert state("openstatus", {"status": "incident"}) is SLOW

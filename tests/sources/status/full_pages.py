"""Pages that say all that a dialect can say: what is over, what goes on, what is planned, and what is nonsense."""

from __future__ import annotations

from typing import Any

from tests.sources.status.test_first_dialects import GOOGLE, SLACK, STATUSPAGE
from tests.sources.status.test_other_dialects import (
    AWS,
    BETTERSTACK,
    GATUS,
    GRAPH,
    HUND,
    MICROSOFT,
    SORRY,
    SORRY_PARTS,
    WIDGET,
    event,
    of,
)
from tests.sources.status.test_vendor_dialects import (
    CSTATE,
    HEROKU,
    INSTANCE,
    ONEUPTIME,
    ORACLE,
    PAGERDUTY,
    SALESFORCE,
    STATUSPAL,
    UPTIMEROBOT,
    ZENDESK,
    pagerduty,
)

PAST, RECENT, SOON, LATER = (
    "2026-11-19T20:00:00Z", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", "2026-11-22T20:00:00Z",
)  # fmt: skip
"""Beside `hostile.NOW`, which is half past nine on the 20th."""
EPOCH = 1795161600
"""2026-11-20T08:00:00Z."""


def windows(starts: str, ends: str, **more: Any) -> list[dict[str, Any]]:
    """A planned work that is over, one going on, one that ends now, one to come, one undated, one that begins now."""
    now = "2026-11-20T09:30:00Z"
    times = ((PAST, RECENT), (RECENT, SOON), (RECENT, now), (SOON, LATER), (None, None), (now, LATER))
    return [{"id": n, starts: first, ends: last, **more} for n, (first, last) in enumerate(times, 100)]


def said(**changes: Any) -> dict[str, Any]:
    """An incident of Slack."""
    return of(SLACK["active_incidents"][0], **changes)


def told(report_id: str, attributes: dict[str, Any], *updates: str) -> dict[str, Any]:
    """A report of Better Stack with the updates that it points to."""
    pointers = [{"id": each, "type": "status_update"} for each in updates]
    return {
        "id": report_id, "type": "status_report", "attributes": attributes,
        "relationships": {"status_updates": {"data": pointers}},
    }  # fmt: skip


def update(update_id: str, message: str, at: str | None) -> dict[str, Any]:
    """An update of Better Stack."""
    return {"id": update_id, "type": "status_update", "attributes": {"message": message, "published_at": at}}


def rss(*items: str) -> bytes:
    """A feed in RSS 2.0."""
    return f'<rss version="2.0"><channel><title>Acme</title>{"".join(items)}</channel></rss>'.encode()


def item(title: str, words: str = "", at: str = "Fri, 20 Nov 2026 08:00:00 GMT", more: str = "") -> str:
    """An item of such a feed."""
    return (
        f"<item><title>{title}</title><pubDate>{at}</pubDate>{more}"
        f"<description><![CDATA[{words}]]></description></item>"
    )


def stamped(*words: tuple[str, str]) -> str:
    """Messages of an item, each after its date, as Statuspage's feeds write them."""
    return "".join(
        f"<p><small>{at[:3]} <var data-var='date'>{at[4:6]}</var>, <var data-var='time'>{at[7:]}</var> UTC</small>"
        f"<br /><strong>{word}</strong> - We say it.</p>"
        for word, at in words
    )


FULL: list[tuple[str, str, tuple[Any, ...]]] = [
    ("statuspage", "over and planned", (of(
        STATUSPAGE,
        components=[*STATUSPAGE["components"], {"id": 7, "status": "under_maintenance"}],
        incidents=[
            {"id": "a", "name": "Over", "status": "postmortem", "impact": "none", "created_at": PAST,
             "resolved_at": RECENT, "components": [{"id": "c2", "name": "Web"}]},
            {"id": "b", "name": "Odd", "status": "odd", "impact": "odd", "resolved_at": RECENT,
             "incident_updates": [{"id": 1, "status": "verifying", "body": "One", "created_at": RECENT},
                                  {"id": 2, "body": "Two"}]},
            {"id": "c", "name": "Declared", "status": "in_progress", "impact": "maintenance"},
        ],
        scheduled_maintenances=[
            {"id": "m1", "name": "Begun", "status": "verifying", "scheduled_for": RECENT,
             "incident_updates": [{"body": "We begin", "affected_components": [{"code": "c2", "name": "Web"}]}]},
            {"id": "m2", "status": "completed", "shortlink": "https://stspg.io/m2"}, {"id": "m3", "status": "odd"},
        ],
        status={"indicator": "minor"},
    ),)),
    ("slack", "over and planned", (of(SLACK, active_incidents=[
        said(id=1, type="notice", status="resolved", services=["Huddles", 7, None, ["x"]]),
        said(id=2, title="", type="outage", status="odd", notes=[{"body": "Undated"}, {"body": "Second"}]),
        said(id=3, type="maintenance", status="active"), said(id=4, type="maintenance", status="scheduled"),
        said(id=5, type="maintenance", status="completed"), said(id=6, type="maintenance", status="odd"),
    ]),)),
    ("google", "open and over", (
        [
            of(GOOGLE[0], id="late", end="soon", affected_products=[{"id": "MEET", "current_title": "Meet"}, {}]),
            of(GOOGLE[0], id="first", begin=None, most_recent_update=None, external_desc="", uri="../x"),
            GOOGLE[1],
        ],
        {"products": [{"title": "Meet", "id": "MEET"}, {"title": "No id"}]},
    )),
    ("widget", "going and planned", (of(
        WIDGET,
        ongoing_incidents=[
            of(WIDGET["ongoing_incidents"][0], id="r", status="resolved"),
            {"id": 2, "status": "odd", "current_worst_impact": "odd"},
            of(WIDGET["ongoing_incidents"][0], id="o", affected_components=[
                {"id": "w", "name": "Web", "group_name": "Core", "current_status": "degraded_performance"}]),
        ],
        in_progress_maintenances=[{"id": "p", "name": "Going", "starts_at": RECENT, "ends_at": SOON,
                                   "last_update_message": "<b>We</b> begin", "url": "https://a.test/p",
                                   "affected_components": [{"id": "w", "name": "Web"}]}],
    ),)),
    ("instatus", "every phase", (
        {
            "page": {"name": {"default": "Acme", "fr": "Acmé"}, "status": "under_maintenance"},
            "activeIncidents": [
                {"id": "a", "name": "Over", "status": "resolved", "impact": "majoroutage", "updatedAt": RECENT},
                {"name": {"default": "Odd"}, "status": "ODD", "severity": "MEDIUM", "startedAt": PAST,
                 "url": "https://a.test/odd"},
            ],
            "activeMaintenances": [
                {"id": "m", "name": "Going", "status": "INPROGRESS", "start": RECENT, "duration": 90},
                {"id": "n", "name": "Done", "status": "COMPLETED", "start": RECENT, "duration": "100000"},
                {"id": "o", "name": "Odd", "status": "ODD", "duration": "60", "url": "https://a.test/o"},
            ],
        },
        {"components": [{"id": 1, "name": {"default": "API"}, "status": "", "group": {"name": "Core"}},
                        {"id": 2, "name": "Web", "status": "minoroutage", "group": "Edge"}]},
    )),
    ("betterstack", "reports of every kind", ({
        "data": {"id": "1", "type": "status_page", "attributes": {"aggregate_state": "degraded"}},
        "included": [
            *(each for each in BETTERSTACK["included"] if each["type"] != "status_report"),
            {"id": 5, "type": "status_page_resource", "attributes": {"status": "maintenance"}},
            update("u1", "We look.", RECENT), update("u2", "Resolved: it works.", "2026-11-20T09:20:00Z"),
            update("u3", "Undated", None),
            told("by state", {"title": "A", "aggregate_state": "resolved", "starts_at": PAST}, "u1"),
            told("by end", {"title": "B", "ends_at": RECENT, "aggregate_state": "downtime"}),
            told("by words", {"title": "C", "aggregate_state": "degraded"}, "u1", "u2", "lost"),
            told("ends later", {"title": "D", "ends_at": SOON, "aggregate_state": "odd"}, "u3"),
            told("without state", {"title": "E", "ends_at": "2026-11-20T09:30:00Z"}),
            *(told(f"m{each['id']}", {**each, "title": "M", "report_type": "maintenance",
                                      "affected_resources": [{"status_page_resource_id": 2}, {}]}, "u1")
              for each in windows("starts_at", "ends_at")),
            told("m by state", {"report_type": "maintenance", "aggregate_state": "resolved"}),
            told("m by words", {"report_type": "maintenance", "starts_at": RECENT}, "u2"),
        ],
    },)),
    ("statusio", "containers, security and works", ({"result": {
        "status_overall": {"status_code": 200},
        "status": [
            {"id": 1, "name": "API", "status_code": 100, "containers": [{"status_code": 500}, {"status_code": 100}]},
            {"id": 2, "name": "Web", "status_code": 600}, {"id": 3, "name": "Odd", "status_code": 700},
        ],
        "incidents": [
            {"_id": "a", "messages": [
                {"details": "First", "state": 100, "status": 500, "datetime": "2026-11-20T08:00:00Z"},
                {"details": "Over", "state": 400, "status": 100, "datetime": RECENT}]},
            {"_id": "b", "name": "Silent", "datetime_open": PAST},
        ],
        "maintenance": {
            "active": [{"_id": "m", "name": "Now", "datetime_planned_start": RECENT, "datetime_planned_end": SOON,
                        "components_affected": [{"_id": 1, "name": "API"}, {"name": "Edge"}]}],
            "upcoming": [{"_id": "n", "datetime_planned_start": LATER}],
        },
    }},)),
    ("cachet", "every number", (
        {"data": [{"id": n, "name": f"C{n}", "status": n} for n in range(6)]},
        {"data": [
            *({"id": n, "name": f"I{n}", "status": n, "message": "M", "permalink": "https://a.test/i"}
              for n in range(6)),
            {"id": 10, "name": "Hidden", "status": 1, "visible": 0},
            {"id": 11, "name": "Latest", "status": 4, "latest_status": 1}, {"id": 12, "name": "Unsaid"},
        ]},
        {"data": [
            *({"id": n, "name": f"S{n}", "status": n, "scheduled_at": RECENT, "completed_at": SOON}
              for n in range(4)),
            {"id": 9, "name": "Local", "scheduled_at": "2026-11-20 09:00:00", "message": "**M**"},
        ]},
    )),
    ("cachet3", "every number", (
        {"data": [
            *({"id": n, "attributes": {"name": f"C{n}", "status": {"value": n}}} for n in range(8)),
            {"id": 20, "attributes": {"name": "Latest", "status": {"value": 1}, "latest_status": {"value": 4}}},
            {"id": 21, "attributes": {"name": "Unsaid"}},
        ]},
        {"data": [{"id": n, "attributes": {
            "name": f"I{n}", "status": {"value": n}, "created": {"string": RECENT}, "updated": {"string": "2026"}}}
            for n in range(6)]},
        {"data": [{"id": n, "attributes": {
            "name": f"S{n}", "status": {"value": n}, "scheduled": {"string": "2026-11-20T10:00:00+01:00"},
            "completed": {"string": SOON}}} for n in range(4)]},
    )),
    ("kuma", "notices and windows", (
        {
            "config": {"slug": "main"},
            "publicGroupList": [{"name": "Web", "monitorList": [
                {"id": n, "name": f"M{n}"} for n in range(5)]}, {"monitorList": [{"id": 1, "name": "Again"}]}],
            "incidents": [
                {"id": 1, "title": "News", "style": "info"}, {"id": 2, "title": "Off", "style": "danger", "active": 0},
                {"id": 3, "title": "Resolved: DNS", "style": "warning", "createdDate": RECENT},
                {"id": 4, "title": "DNS", "content": "[Résolu] fini", "style": "warning"},
                {"id": 5, "title": "Mail", "content": "<p>Slow</p>", "style": "danger", "lastUpdatedDate": RECENT},
            ],
            "maintenanceList": [
                {"id": n, "title": word, "status": word}
                for n, word in enumerate(("under-maintenance", "scheduled", "inactive", "ended", "odd"))
            ],
        },
        {"heartbeatList": {
            **{str(n): [{"status": n, "time": RECENT}, {"status": 1, "time": PAST}] for n in range(4)},
            "4": [{"status": 1, "time": RECENT}, {"status": 0}],
        }},
    )),
    ("gatus", "times and groups", ([
        of(GATUS[0], results=[{"success": False, "timestamp": PAST}, {"success": True, "timestamp": RECENT}]),
        {"name": "nameless", "group": "edge", "results": [{"success": True}]}, {"name": "silent", "results": []},
        {"name": "equal", "results": [{"success": True, "timestamp": PAST}, {"success": False, "timestamp": PAST}]},
    ],)),
    ("microsoft", "one notice", (of(MICROSOFT[0], Status="Odd", ServiceWorkloadName=None, Id=None, Title=None),)),
    ("graph", "every phase", ({"value": [
        of(GRAPH["value"][0], status="serviceRestored", issues=[
            {"id": "a", "title": "Over", "status": "mitigated", "isResolved": True, "endDateTime": RECENT},
            {"id": "b", "title": "Done", "status": "falsePositive", "endDateTime": RECENT, "service": "Teams"},
            {"id": "c", "title": "Watched", "status": "verifyingService", "endDateTime": RECENT,
             "impactDescription": "<p>Slow</p>", "lastModifiedDateTime": RECENT},
            {"id": "d", "title": "Odd", "status": "odd", "posts": [
                {"createdDateTime": PAST, "description": {"content": "Old"}},
                {"createdDateTime": RECENT, "description": {"content": "New"}}, {"createdDateTime": None}]},
        ]),
    ]},)),
    ("aws", "over, forgotten and open", ([
        of(AWS[0], arn="a", end_time=EPOCH + 60), of(AWS[0], arn="b", status="0"),
        of(AWS[0], arn="c", summary="[RESOLVED] API errors"), of(AWS[0], arn="d", status="7"),
        of(AWS[0], arn="", service="s3", date=EPOCH - 14 * 86_400 + 90 * 60, event_log=None, impacted_services=None),
        of(AWS[0], arn="e", status="3", date=EPOCH - 14 * 86_400 + 89 * 60, event_log=None),
        of(AWS[0], arn="f", event_log=[
            {"message": "Old", "timestamp": EPOCH}, {"message": "New", "timestamp": EPOCH + 9}]),
    ],)),
    ("sorry", "notices", (SORRY, SORRY_PARTS, {"notices": [
        {"id": 1, "subject": "Ended", "state": "investigating", "began_at": PAST, "ended_at": RECENT},
        {"id": 2, "subject": "Odd", "state": "odd", "updated_at": RECENT},
        {"id": 3, "subject": "Planned", "type": "planned", "state": "scheduled", "begins_at": SOON, "ends_at": LATER},
        {"id": 4, "subject": "Underway", "type": "planned", "state": "underway", "began_at": RECENT,
         "begins_at": PAST, "ended_at": SOON, "ends_at": LATER, "url": "https://a.test/4"},
        {"id": 5, "subject": "Odd work", "type": "planned", "state": "odd"},
    ]})),
    ("health", "checks", ({
        "status": "PASS", "description": "Paie", "checks": {
            "db": [{"status": "pass"}, {"status": "warn"}], "cache": {"status": "fail"}, "odd": {"status": "odd"},
            "silent": {}, "junk": 7},
    },)),
    ("health", "components of Spring", (
        {"status": "UP", "serviceId": "s", "components": {
            "db": {"status": "OUT_OF_SERVICE"}, "x": {"status": "UNKNOWN"}}},
    )),
    ("hund", "issues of every kind", (event({
        "state": 1,
        "components": [{"id": 1, "name": {"en": "API"}, "state": 0}, {"id": 2, "name": "Web", "state": "outage"},
                       {"id": 3, "name": "Old"}, {"id": 1, "name": "Again", "state": 1}],
        "issues": [
            of(HUND["issues"][0], id="open", began_at=EPOCH - 60), of(HUND["issues"][0], id="over", standing=False),
            of(HUND["issues"][0], id="said", body="<p>Resolved. Thanks.</p>"),
            *({"title": "M", "scheduled": True, **each} for each in windows("began_at", "ended_at", body="Soon")),
            {"id": "m1", "title": "Not standing", "scheduled": True, "standing": False, "began_at": RECENT},
            {"id": "m2", "title": "Completed: disks", "scheduled": True, "began_at": RECENT},
            {"id": "m3", "title": "Now", "scheduled": True, "upcoming": False},
            {"id": "m4", "title": "Then", "scheduled": True, "upcoming": True},
        ],
    }),)),
    ("cstate", "news and over", (of(
        CSTATE,
        summaryStatus="disrupted",
        systems=[
            {"name": "API", "status": "disrupted", "unresolvedIssues": [
                {"title": "Over", "severity": "disrupted", "resolved": True,
                 "createdAt": "2026-11-20 08:00:00 +0100 CET"},
                {"title": "Told", "severity": "down", "informational": True},
                {"title": "Plain", "severity": "down", "createdAt": "2026-11-20 08:00:00"},
                {"title": "Odd", "severity": "odd", "createdAt": RECENT, "affected": ["API", 7, None, "Web"]},
                {"title": "Odd", "severity": "down"}]},
            {"name": "Web", "status": "odd"},
        ],
    ),)),
    ("oneuptime", "states and works", (of(
        ONEUPTIME,
        statusPageResources=[
            *ONEUPTIME["statusPageResources"],
            {"_id": "r2", "displayName": "Web", "monitor": {"currentMonitorStatusId": "s2"}},
            {"displayName": "Edge", "monitor": {"currentMonitorStatusId": "s1"}},
            {"_id": "r4", "displayName": "Unsaid", "monitor": None},
        ],
        monitorStatuses=[*ONEUPTIME["monitorStatuses"], {"_id": "s2", "isOperationalState": False}],
        activeIncidents=[{"title": "Over", "currentIncidentState": {"isResolvedState": True}}],
        scheduledMaintenanceEvents=[
            {"_id": "a", "title": "Planned", "startsAt": SOON, "endsAt": LATER},
            {"_id": "b", "title": "Going", "currentScheduledMaintenanceState": {"isOngoingState": True}},
            {"title": "Over", "currentScheduledMaintenanceState": {"isResolvedState": True, "isOngoingState": True}},
        ],
    ),)),
    ("oneuptime", "an incident that cannot be read, under a page that is fine", (
        of(ONEUPTIME, overallStatus=ONEUPTIME["monitorStatuses"][0], statusPageResources=[], activeIncidents=[7]),
    )),
    ("uptimerobot", "every class", (
        {"status": "ok", "psp": {"monitors": [
            *UPTIMEROBOT["psp"]["monitors"],  # type: ignore[index]
            {"monitorId": 3, "statusClass": "black", "name": "Paused"},
            {"monitorId": 4, "statusClass": "warning", "name": "Slow"},
            {"monitorId": 5, "statusClass": "odd", "name": "Odd"}, {"monitorId": 7, "statusClass": "", "name": "None"},
        ], "totalMonitors": 7}},
        {"status": "ok", "psp": {"monitors": [{"monitorId": 6, "statusClass": "success"}]}},
    )),
    ("statuspal", "every type and time", (of(
        STATUSPAL,
        status_page={"name": "Acme", "current_incident_type": "minor"},
        services=[{"id": 1, "name": "A", "current_incident_type": "degraded", "children": [
            {"id": 2, "name": "B", "current_incident_type": "scheduled", "children": [
                {"id": 3, "name": "C", "children": [{"id": 4, "name": "D", "current_incident_type": "odd", "children": [
                    {"id": 5, "name": "E", "current_incident_type": None, "children": [
                        {"id": 6, "name": "Deep"}]}]}]}]}]}],
        incidents=[
            {"id": 9, "title": "By end", "starts_at": PAST, "ends_at": RECENT},
            {"id": 10, "title": "Ends later", "type": "minor", "ends_at": SOON, "service_ids": 7},
            {"id": 11, "title": "By type", "type": "odd", "updates": [
                {"id": 1, "type": "issue", "description": "Old", "posted_at": PAST},
                {"id": 2, "type": "resolved", "description": "New", "inserted_at": RECENT}]},
            {"id": 12, "title": "By words", "type": "major", "updates": [{"type": "x", "description": "Resolved."}]},
            {"id": 13, "title": "Watched", "type": "major", "service_ids": [1, 99], "updates": [
                {"type": "monitoring", "description": "Mending"}]},
        ],
        maintenances=[of(each, service_ids=[2]) for each in windows("starts_at", "ends_at", url="https://a.test/w")],
        upcoming_maintenances=windows("starts_at", "ends_at")[3:4],
    ),)),
    ("heroku", "over and planned", (of(
        HEROKU,
        status=[{"system": "Apps", "status": "yellow"}, {"system": "Data", "status": "odd"}],
        incidents=[
            {"id": 1, "title": "Said", "resolved": True, "resolved_at": RECENT},
            {"id": 2, "resolved_at": RECENT, "updated_at": RECENT, "updates": [
                {"id": 1, "contents": "New", "created_at": RECENT, "update_type": "monitoring", "status_prod": "blue"},
                {"id": 2, "contents": "Old", "created_at": PAST, "update_type": "issue", "status_prod": "red"}]},
        ],
        scheduled=[{"id": 3, "title": "Planned", "upcoming": True}, {"id": 4, "title": "Now", "upcoming": False},
                   {"id": 5, "title": "Done", "resolved": True, "full_url": "https://a.test/5"}],
    ),)),
    ("apple", "events of every kind", ({"services": [
        {"serviceName": "Mail", "events": [
            {"statusType": "Performance", "eventStatus": "ongoing", "usersAffected": "Some",
             "epochStartDate": EPOCH * 1000},
            {"statusType": "Odd", "eventStatus": "completed", "messageId": "c", "epochEndDate": EPOCH * 1000},
            {"statusType": "Outage", "eventStatus": "odd", "messageId": "o"},
            {"statusType": "Maintenance", "eventStatus": "ongoing", "messageId": "m", "epochStartDate": EPOCH * 1000},
            {"statusType": "Maintenance", "eventStatus": "completed", "messageId": "n", "epochEndDate": EPOCH * 1000},
            {"statusType": "Maintenance", "eventStatus": "upcoming", "epochStartDate": RECENT}]},
    ]},)),
    ("zendesk", "over, linked and planned", (
        of(ZENDESK, data=[
            *ZENDESK["data"],
            {"id": "1", "type": "incident", "attributes": {"name": "Named", "resolvedAt": RECENT, "updatedAt": RECENT}},
            {"id": "2", "type": "incident", "attributes": {"status": "resolved", "startedAt": PAST}},
            {"id": "3", "type": "incident", "attributes": {"created_at": PAST}, "relationships": {
                "a": {"data": [{"id": "8", "type": "incident_service"}, 7]}, "b": {"data": None}, "c": 7}},
            {"id": "4", "type": "incident", "attributes": {"title": "Slow", "status": "zzz"}},
        ], included=[*ZENDESK["included"], {"id": "8", "type": "incident_service", "attributes": {"outage": True}}]),
        {"data": [{"id": each["id"], "type": "maintenance", "attributes": each}
                  for each in windows("maintenance_start_time", "maintenance_end_time", name="M")]},
    )),
    ("salesforce", "over, severe and named", ([
        *SALESFORCE,
        of(SALESFORCE[0], id=1, IncidentImpacts=[
            {"severity": "Major", "endTime": RECENT}, {"severity": "minor", "endTime": RECENT}]),
        of(SALESFORCE[0], id=2, IncidentImpacts=[{"severity": "minor", "endTime": RECENT}, {"severity": "minor"}]),
        of(SALESFORCE[0], id=3, status="Closed", IncidentImpacts=[], serviceKeys=[],
           message={"actionPlan": "<p>Plan</p>"}),
        of(SALESFORCE[0], id=4, instanceKeys=[f"EU{n}" for n in range(8)], serviceKeys=None,
           additionalInformation="Search"),
        of(SALESFORCE[0], id=5, instanceKeys=None, serviceKeys=None, IncidentImpacts=None),
    ],)),
    ("salesforce", "an instance with its incidents", (of(INSTANCE, Incidents=[*SALESFORCE, 7]),)),
    ("oracle", "every word", (of(ORACLE, regionHealthReports=[
        *ORACLE["regionHealthReports"],
        {"regionName": "Frankfurt", "serviceHealthReports": [
            {"serviceName": name, "serviceStatus": word, "incidents": [{"incidentId": name}]}
            for name, word in (("A", "Normal Performance"), ("B", "ServiceDisruption"), ("C", "Odd"),
                               ("D", "Service Down"), ("E", "Information"))]},
    ]),)),
    ("pagerduty", "updates and phases", (pagerduty({"open_incidents": [
        *PAGERDUTY["open_incidents"],
        {"id": "a", "title": "Silent"},
        {"id": "b", "title": "Over", "updates": [
            {"severity": "all_good", "status": "resolved", "reported_at": RECENT}]},
        {"id": "c", "title": "Odd", "updates": [
            {"severity": "odd", "status": "odd", "id": "3", "impacted_business_services": [{"name": "API"}]}]},
    ]}),)),
    ("pagerduty", "one that cannot be read", (pagerduty({"open_incidents": [7]}),)),
    ("feed", "phases in words", (rss(
        item("Slow pages", stamped(("Identified", "Nov 20, 08:00"), ("Investigating", "Nov 20, 07:00"))),
        item("Ordered the other way", stamped(("Investigating", "Nov 20, 07:00"), ("Resolved", "Nov 20, 08:00"))),
        item("Over New Year", stamped(("Investigating", "Dec 31, 23:00"), ("Monitoring", "Jan 01, 01:00"))),
        item("No day of a month", stamped(("Monitoring", "Feb 30, 01:00"), ("Identified", "Nov 20, 01:00"))),
        item("Without dates", "<strong>Monitoring</strong> We look. <strong>Resolved</strong>"),
        item("Old outage", stamped(("Investigating", "Nov 01, 08:00")), "Sun, 01 Nov 2026 08:00:00 GMT"),
        item("A week to the minute", "", "Fri, 13 Nov 2026 09:30:00 GMT"),
        item("[In progress] Database maintenance"), item("Disks - Scheduled", "", "Sun, 22 Nov 2026 08:00:00 GMT"),
        item("Maintenance that is over", "<strong>Completed</strong>"),
        item("Maintenance that broke something", "<strong>Identified</strong> and <strong>Investigating</strong>"),
        item("Undated", "", ""),
    ),)),
    ("feed", "what groups items, and what they touch", (rss(
        *(item(title, "", at, "<link>https://a.test/incidents/1</link><guid>g</guid><category>API</category>")
          for title, at in (("First", "Fri, 20 Nov 2026 07:00:00 GMT"), ("Then", "Fri, 20 Nov 2026 08:00:00 GMT"))),
        *(item(title, "", more=f"<link>https://a.test/status</link><guid>{guid}</guid><category>Web</category>")
          for title, guid in (("Same", "x#1"), ("Same again", "x#2"), ("Other", "y"))),
        item("Alone", "down"), item("Alone"),
        item("Just now", "", "Fri, 20 Nov 2026 09:35:00 GMT"),
    ),)),
    ("feed", "ahead of us", (rss(item("Slow", "", "Fri, 20 Nov 2026 09:35:01 GMT")),)),
    ("statuspal", "an update without a date", (of(STATUSPAL, incidents=[{"id": 1, "title": "Over?", "updates": [
        {"type": "issue", "description": "Undated"}, {"type": "resolved", "description": "Last", "posted_at": RECENT},
        {"type": "issue", "description": "First", "posted_at": PAST}]}]),)),
    ("feed", "Atom", (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>'
        b'<entry><id>a</id><published>2026-11-20T08:00:00Z</published><title>Slow</title><summary>Words</summary>'
        b'<link rel="edit" href="https://a.test/edit"/><link rel="self" href="https://a.test/self"/>'
        b'<link href="https://a.test/status/a"/><category term="API"/><category/></entry>'
        b'<entry><id>b</id><updated>2026-11-20T09:00:00Z</updated><published>2026-11-20T08:00:00Z</published>'
        b'<title>Plain</title><content>Down</content><summary>Unread</summary></entry></feed>',
    )),
]  # fmt: skip
"""Engine, what its page tells, and the page's documents."""

"""The other dialects: each true shape gives its state, and no damage makes trouble green."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.providers.state import FINE, State
from cockpit.sources import status
from tests.sources.status.hostile import NOT_A_DOCUMENT, NOW, assert_clean, read, source, state, variants

UP, DOWN = State.OPERATIONAL, State.MAJOR_OUTAGE
SLOW, PARTIAL, UNKNOWN = State.DEGRADED, State.PARTIAL_OUTAGE, State.UNKNOWN


@dataclass(frozen=True)
class Shape:
    """A dialect's documents in trouble and when quiet. `closers` are keys whose change may be good news."""

    engine: str
    trouble: tuple[Any, ...]
    expected: State
    quiet: tuple[Any, ...]
    closers: tuple[str, ...] = ()
    best: State = State.OPERATIONAL

    def __str__(self) -> str:
        return self.engine


WIDGET: dict[str, Any] = {
    "page_title": "Acme",
    "page_url": "https://status.acme.test",
    "ongoing_incidents": [
        {
            "id": "01K",
            "name": "Login errors",
            "status": "identified",
            "url": "https://status.acme.test/incidents/x",
            "last_update_at": "2026-11-20T08:10:00Z",
            "last_update_message": "Fix on its way",
            "current_worst_impact": "partial_outage",
            "affected_components": [{"id": "01J", "name": "Login", "current_status": "partial_outage"}],
        }
    ],
    "in_progress_maintenances": [],
    "scheduled_maintenances": [
        {
            "id": "01L",
            "name": "DB upgrade",
            "status": "maintenance_scheduled",
            "starts_at": "2026-11-22T20:00:00Z",
            "ends_at": "2026-11-22T22:00:00Z",
            "affected_components": [],
        }
    ],
}
INSTATUS = {
    "page": {"name": "Acme", "url": "https://status.acme.test", "status": "HASISSUES"},
    "activeIncidents": [
        {
            "id": "clx1",
            "name": "Paiements lents",
            "started": "Fri Nov 20 2026 08:00:00 GMT+0000 (Coordinated Universal Time)",
            "status": "INVESTIGATING",
            "impact": "DEGRADEDPERFORMANCE",
            "url": "https://status.acme.test/incident/clx1",
        }
    ],
    "activeMaintenances": [
        {"name": "M", "start": "2026-11-21T00:00:00Z", "status": "NOTSTARTEDYET", "duration": "60"}
    ],
}
INSTATUS_PARTS = {"components": [{"id": "c1", "name": "API", "status": "MAJOROUTAGE"}]}
BETTERSTACK: dict[str, Any] = {
    "data": {
        "id": "1",
        "type": "status_page",
        "attributes": {"company_name": "Acme", "aggregate_state": "downtime"},
    },
    "included": [
        {"id": "9", "type": "status_page_section", "attributes": {"name": "Core"}},
        {
            "id": "8534772",
            "type": "status_page_resource",
            "attributes": {"public_name": "API", "status": "downtime", "status_page_section_id": 9},
        },
        {"id": "2", "type": "status_page_resource", "attributes": {"public_name": "Web", "status": "operational"}},
        {"id": "3", "type": "status_page_resource", "attributes": {"public_name": "Old", "status": "not_monitored"}},
        {
            "id": "594759",
            "type": "status_report",
            "attributes": {
                "title": "API down",
                "report_type": "automatic",
                "starts_at": "2026-11-20T08:00:00.000Z",
                "ends_at": None,
                "aggregate_state": "downtime",
                "affected_resources": [{"status_page_resource_id": "8534772", "status": "downtime"}],
            },
            "relationships": {"status_updates": {"data": [{"id": "1", "type": "status_update"}, {"id": "404"}]}},
        },
        {
            "id": "1",
            "type": "status_update",
            "attributes": {"message": "Looking", "published_at": "2026-11-20T08:01:00.000Z"},
        },
    ],
}  # fmt: skip
STATUSIO = {
    "result": {
        "status_overall": {"updated": "2026-11-20T08:00:00.000Z", "status": "Lent", "status_code": 300},
        "status": [{"id": "5b36", "name": "Website", "status": "Lent", "status_code": 300, "containers": []}],
        "incidents": [
            {
                "name": "Slow pages",
                "_id": "5f52",
                "datetime_open": "2026-11-20T07:50:00.000Z",
                "messages": [
                    {"details": "...", "state": 100, "status": 300, "datetime": "2026-11-20T07:50:00Z"}
                ],
                "components_affected": [{"name": "Website", "_id": "5b36"}],
            }
        ],
        "maintenance": {"active": [], "upcoming": []},
    }
}
CACHET = {
    "meta": {"pagination": {"total": 2}},
    "data": [
        {"id": 1, "name": "API", "status": "3", "enabled": True, "tags": {"": ""}},
        {"id": 2, "name": "Old", "status": 4, "enabled": False},
    ],
}
CACHET_INCIDENTS = {
    "data": [
        {"id": 7, "name": "Panne DNS", "status": 2, "latest_status": 3, "message": "**x**"},
        {"id": 6, "name": "Finie", "status": 4, "created_at": "2026-11-20 09:01:00"},
    ]
}
CACHET3 = {
    "data": [
        {
            "id": "1",
            "type": "components",
            "attributes": {"id": 1, "name": "API", "status": {"human": "Panne", "value": 3}, "enabled": True},
        }
    ],
    "links": {"next": None},
}
KUMA = {
    "config": {"slug": "main", "title": "Acme"},
    "incident": {"id": 1, "title": "Panne", "content": "x", "style": "danger"},
    "publicGroupList": [{"id": 1, "name": "Web", "monitorList": [{"id": 7, "name": "Site"}, {"id": 8, "name": "B"}]}],
    "maintenanceList": [],
}  # fmt: skip
KUMA_BEATS = {
    "heartbeatList": {
        "7": [
            {"status": 0, "time": "2026-11-20 08:01:00.456", "msg": "", "ping": None},
            {"status": 1, "time": "2026-11-20 08:00:00.123", "msg": "", "ping": 41},
        ],
        "8": [{"status": 1, "time": "2026-11-20 08:00:00.123"}],
    },
    "uptimeList": {"7_24": 0},
}
GATUS = [
    {
        "name": "api",
        "group": "core",
        "key": "core_api",
        "results": [
            {"success": True, "timestamp": "2026-11-20T07:00:00Z"},
            {"status": 503, "success": False, "timestamp": "2026-11-20T08:00:00.123456789Z"},
        ],
    },
    {"name": "web", "key": "_web", "results": [{"success": True, "timestamp": "2026-11-20T08:00:00Z"}]},
]
UPPTIME = [
    {"name": "Site", "slug": "site", "status": "down", "url": "$SECRET"},
    {"slug": "b", "status": "up"},
]
MICROSOFT = [
    {
        "Id": "u1",
        "ServiceDisplayName": "OneDrive",
        "ServiceWorkloadName": "OneDrive",
        "Status": "ServiceDegradation",
        "Title": "Uploads slow",
        "Message": "<div>Looking</div>",
        "AuthoredDateTime": "2026-11-20T08:00:00+00:00",
        "InternalDateTime": "0001-01-01T00:00:00+00:00",
    }
]
GRAPH = {
    "value": [
        {
            "id": "microsoftteams",
            "service": "Microsoft Teams",
            "status": "serviceInterruption",
            "issues": [
                {
                    "id": "TM123456",
                    "title": "Users can't join meetings",
                    "service": "Microsoft Teams",
                    "feature": "Audio",
                    "status": "serviceInterruption",
                    "isResolved": False,
                    "startDateTime": "2026-11-20T07:00:00Z",
                    "endDateTime": None,
                    "posts": [
                        {"createdDateTime": "2026-11-20T08:10:00Z", "description": {"content": "<p>x</p>"}}
                    ],
                }
            ],
        }
    ]
}
AWS = [
    {
        "date": "1795161600",
        "arn": "arn:aws:health:eu-west-3::event/EC2/X",
        "region_name": "Paris",
        "status": "2",
        "service": "ec2-eu-west-3",
        "service_name": "Amazon Elastic Compute Cloud",
        "summary": "Increased API Error Rates",
        "event_log": [{"summary": "x", "message": "Looking.", "status": 1, "timestamp": 1795161600}],
        "impacted_services": {"ec2-eu-west-3": {"service_name": "EC2", "current": "2", "max": "2"}},
    }
]
SORRY = {"page": {"id": 5, "name": "Acme", "state": "degraded", "state_text": "Lenteurs"}}
SORRY_PARTS = {"components": [{"id": 1, "name": "API", "state": "degraded"}]}
SORRY_NOTICES = {
    "notices": [
        {
            "id": 1,
            "type": "unplanned",
            "timeline_state": "present",
            "state": "investigating",
            "subject": "Lenteurs",
            "url": "https://status.acme.test/notices/x",
            "began_at": "2026-11-20T08:00:00.000Z",
        }
    ]
}
STATUSCAKE = {
    "data": [
        {"id": "6423", "name": "Boutique", "status": "down", "paused": False},
        {"id": "1", "name": "Blog", "status": "up", "paused": False},
        {"id": "2", "name": "Old", "status": "down", "paused": True},
    ]
}
HEALTH = {
    "status": "fail",
    "serviceId": "paie",
    "output": "db timeout",
    "checks": {"postgresql:connections": [{"status": "fail"}], "cache": {"status": "pass"}},
}
HUND: dict[str, Any] = {
    "state": -1,
    "issues": [{"id": "a", "title": "Panne", "body": "<p>x</p>", "created_at": 1795161600}],
}


def event(payload: Any, name: str = "init_event") -> bytes:
    return f"event: {name}\ndata: {json.dumps(payload)}\n\n".encode()


def of(payload: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**payload, **changes}


SHAPES = [
    Shape("widget", (WIDGET,), PARTIAL, (of(WIDGET, ongoing_incidents=[]),), ("ongoing_incidents",)),
    Shape("instatus", (INSTATUS,), SLOW, ({"page": {"name": "Acme", "status": "UP"}},)),
    Shape("betterstack", (BETTERSTACK,), PARTIAL, ({
        "data": {"id": "1", "type": "status_page", "attributes": {"aggregate_state": "operational"}},
        "included": [],
    },)),
    Shape("statusio", (STATUSIO,), SLOW, ({"result": {"status_overall": {"status_code": 100}, "status": []}},)),
    Shape("cachet", (CACHET, CACHET_INCIDENTS), PARTIAL, ({"data": [{"id": 1, "name": "API", "status": 1}]},),
          ("enabled",)),
    Shape("cachet3", (CACHET3,), PARTIAL, ({"data": [{"id": "1", "attributes": {
        "name": "API", "status": {"value": 1}}}]},), ("enabled",)),
    Shape("kuma", (of(KUMA, incident=None), KUMA_BEATS), PARTIAL, (of(KUMA, incident=None), {"heartbeatList": {
        "7": [{"status": 1, "time": "2026-11-20 08:01:00"}], "8": [{"status": 1, "time": "2026-11-20 08:01:00"}],
    }})),
    Shape("gatus", (GATUS,), PARTIAL, (GATUS[1:],), ("success",)),
    Shape("upptime", (UPPTIME,), PARTIAL, (UPPTIME[1:],)),
    Shape("microsoft", (MICROSOFT,), SLOW, ({"Status": "Available"},), best=State.QUIET),
    Shape("graph", (GRAPH,), DOWN, ({"value": [{"id": "a", "service": "b", "status": "serviceOperational"}]},)),
    Shape("aws", (AWS,), PARTIAL, ([],), ("",)),
    Shape("sorry", (SORRY, SORRY_PARTS, SORRY_NOTICES), SLOW, (of(SORRY, page={"state": "operational"}),)),
    Shape("statuscake", (STATUSCAKE,), PARTIAL, ({"data": STATUSCAKE["data"][1:]},), ("paused",)),
    Shape("health", (HEALTH,), DOWN, ({"status": "pass"},)),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_each_shape_gives_its_state(shape: Shape) -> None:
    assert state(shape.engine, *shape.trouble) is shape.expected
    assert state(shape.engine, *shape.quiet) is shape.best
    assert_clean(read(shape.engine, *shape.trouble))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("body", NOT_A_DOCUMENT)
def test_what_is_no_document_is_never_green(shape: Shape, body: bytes) -> None:
    if (shape.engine, body) != ("aws", b"[]"):
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


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if len(shape.trouble) > 1], ids=str)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_damage_beside_the_essential_document_is_survived(shape: Shape, data: st.DataObject) -> None:
    others = [data.draw(st.one_of(variants(p), st.sampled_from(NOT_A_DOCUMENT))) for p in shape.trouble[1:]]
    reading = read(shape.engine, shape.trouble[0], *others)
    assert_clean(reading)
    assert reading.readable


def test_instatus() -> None:
    reading = read("instatus", INSTATUS, INSTATUS_PARTS)
    (incident,), (planned,) = reading.incidents, reading.maintenances
    assert incident.started is not None
    assert incident.started.isoformat() == "2026-11-20T08:00:00+00:00"
    assert planned.ends is not None
    assert planned.ends.isoformat() == "2026-11-21T01:00:00+00:00"
    assert state("instatus", INSTATUS, INSTATUS_PARTS, components=("API",)) is DOWN
    quiet = {"page": {"name": "Acme", "status": "UP"}}
    assert state("instatus", quiet, b"", components=("API",)) is UNKNOWN
    assert state("instatus", of(quiet, activeIncidents=INSTATUS["activeIncidents"])) is SLOW


def test_better_stack() -> None:
    reading = read("betterstack", BETTERSTACK)
    assert [(c.name, c.state, c.group) for c in reading.components] == [
        ("API", DOWN, "Core"),
        ("Web", UP, ""),
    ]
    (incident,) = reading.incidents
    assert (incident.title, incident.message, incident.open) == ("API down", "Looking", True)
    assert incident.components == ("8534772", "API")


def test_cachet_keeps_to_the_numbers() -> None:
    reading = read("cachet", CACHET, CACHET_INCIDENTS)
    assert [(i.title, i.phase) for i in reading.incidents] == [
        ("Panne DNS", "monitoring"),
        ("Finie", "resolved"),
    ]
    assert [component.name for component in reading.components] == ["API"]


def test_kuma_sorts_its_beats_and_reads_both_versions() -> None:
    assert [c.state for c in read("kuma", KUMA, KUMA_BEATS).components] == [DOWN, UP]
    newer = {key: value for key, value in KUMA.items() if key != "incident"} | {
        "incidents": [KUMA["incident"]]
    }
    for page in (KUMA, newer):
        assert [incident.title for incident in read("kuma", page, KUMA_BEATS).incidents] == ["Panne"]
    assert state("kuma", of(KUMA, incident=None), {"heartbeatList": {}, "uptimeList": {}}) is UNKNOWN


def test_all_monitors_down_is_a_major_outage() -> None:
    assert state("gatus", GATUS[:1]) is DOWN
    assert state("upptime", UPPTIME[:1]) is DOWN


def test_aws_in_its_own_encoding_and_its_zombies() -> None:
    body = "\ufeff".encode("utf-16-be") + json.dumps(AWS).encode("utf-16-be")
    reading = read("aws", body)
    assert reading.state is PARTIAL
    assert reading.incidents[0].message == "Looking."
    old = [of(AWS[0], status="3", event_log=[{"message": "x", "timestamp": 1790000000}])]
    assert state("aws", old) is SLOW
    assert state("aws", AWS, components=("ec2-eu-west-3",)) is PARTIAL
    assert state("aws", AWS, components=("s3-eu-west-3",)) is UP


def test_hund_reads_the_first_event_only() -> None:
    assert state("hund", event(HUND)) is DOWN
    assert state("hund", event({"state": 1, "issues": []})) is UP
    assert state("hund", event({"state": 1, "issues": []}, "ping")) is UNKNOWN
    for body in NOT_A_DOCUMENT:
        assert state("hund", body) is UNKNOWN


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>"""
AZURE_ITEM = """<item><guid isPermaLink="false">storage-west-europe</guid>
<link>https://azure.status.microsoft/en-us/status/</link><category>Storage</category>
<category>West Europe</category><title>Storage - West Europe</title>
<description>&lt;p&gt;Impact Statement: slow&lt;/p&gt;</description>
<pubDate>Fri, 20 Nov 2026 08:00:00 Z</pubDate></item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><entry>
<id>tag:status.acme.test,2026:Incident/1</id><updated>2026-11-20T08:30:00Z</updated>
<link rel="alternate" href="https://status.acme.test/incidents/1"/><title>Panne</title>
<content type="html">&lt;p&gt;&lt;strong&gt;{phase}&lt;/strong&gt; - x&lt;/p&gt;</content></entry></feed>"""


def test_azure_is_clear_only_under_its_own_title() -> None:
    assert state("azure", RSS.format(title="Azure Status", items="").encode()) is UP
    assert state("azure", RSS.format(title="Blog", items="").encode()) is UNKNOWN
    reading = read("azure", RSS.format(title="Azure Status", items=AZURE_ITEM).encode())
    assert reading.state is SLOW
    assert reading.incidents[0].started is not None
    assert reading.incidents[0].components == ("Storage", "West Europe")
    assert (
        state("azure", RSS.format(title="Azure Status", items=AZURE_ITEM).encode(), components=("Storage",))
        is SLOW
    )


def test_a_feed_affirms_nothing_but_tells_trouble() -> None:
    assert state("feed", RSS.format(title="Acme", items="").encode()) is UNKNOWN
    assert state("feed", ATOM.format(phase="Resolved").encode()) is UNKNOWN
    assert not read("feed", ATOM.format(phase="Resolved").encode()).incidents[0].open
    trouble = read("feed", ATOM.format(phase="Identified").encode())
    assert trouble.incidents[0].phase == "identified"
    assert trouble.state is PARTIAL


BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<rss><channel><title>Azure Status &b;</title></channel></rss>"""


@pytest.mark.parametrize("engine", ["azure", "feed"])
@pytest.mark.parametrize("body", [*NOT_A_DOCUMENT, BOMB, b"<rss/>", b"<feed/>", b"<rss><channel>"])
def test_what_is_no_feed_is_never_green(engine: str, body: bytes) -> None:
    assert state(engine, body) is UNKNOWN


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300).filter(lambda body: b"ok" not in body.lower()))
def test_any_bytes_are_survived_by_every_dialect(body: bytes) -> None:
    for engine, dialect in status.DIALECTS.items():
        if engine != "probe":
            assert status.read(engine, (body,), now=NOW, source=source(engine)).state is not UP, dialect


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ok", UP), ("[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n", DOWN),
     ("[+]ping ok\n", UP), ("OK", UP), ("fine", UNKNOWN), ("well", UNKNOWN), ("okay", UNKNOWN), ("", UNKNOWN)],
)  # fmt: skip
def test_health_as_text(text: str, expected: State) -> None:
    assert state("healthz", text.encode()) is expected


def test_each_line_of_health_names_its_check() -> None:
    reading = read("healthz", b"[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n")
    assert [(each.name, each.state) for each in reading.components] == [("ping", UP), ("etcd", DOWN)]
    assert reading.indicator == "readyz check failed"


@pytest.mark.parametrize("engine", sorted(status.DIALECTS))
def test_every_engine_can_be_loaded_and_reached(engine: str) -> None:
    urls = status.addresses(engine, source(engine, url="https://status.acme.test"))
    assert all(url.startswith("https://status.acme.test") for url in urls)
    again = source(engine, url=urls[0])
    assert status.addresses(engine, again)[0] == urls[0]

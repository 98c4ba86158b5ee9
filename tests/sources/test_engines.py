"""The engines of status pages: what is known of each, and what an address alone says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import OFFICIAL, PROBE, Incident, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources import engines, status
from cockpit.sources.engines import (
    DIALECTS,
    ENGINES,
    GUESSED,
    UnknownEngine,
    dialect,
    document,
    limit,
    named,
    with_suffix,
)

LOOKED_FOR = (
    "statuspage widget betterstack cstate instatus rootly sorry cachet cachet3 gatus kuma statping statushub"
    " oneuptime"
)  # fmt: skip
UNLIKE_ANY_OTHER = (
    "statuspage widget betterstack cstate instatus sorry statushub oneuptime pagerduty uptimerobot statuspal statusio"
    " slack oracle"
)
OTHERWISE = {
    "any": "vigil pagerduty hund apple health healthz probe",
    "xml": "azure feed",
}


def test_what_is_looked_for_on_an_unknown_page_is_what_pages_are_made_with_most() -> None:
    assert " ".join(GUESSED) == LOOKED_FOR
    assert " ".join(name for name, each in DIALECTS.items() if each.distinct) == UNLIKE_ANY_OTHER
    assert " ".join(name for name, each in DIALECTS.items() if each.probes) == "health healthz probe"
    for wants, names in OTHERWISE.items():
        assert " ".join(name for name, each in DIALECTS.items() if each.wants == wants) == names


def test_an_engine_is_called_by_its_name_or_by_what_people_call_it() -> None:
    assert [dialect(name).name for name in (" Atlassian ", "incident.io", "RSS", "atom", "kuma")] == [
        "statuspage", "incidentio", "feed", "feed", "kuma",
    ]  # fmt: skip
    assert frozenset(DIALECTS) < ENGINES >= {"uptime-kuma", "http", "microsoft365"}
    with pytest.raises(UnknownEngine, match="unknown engine none: use one of apple, aws, azure, betterstack"):
        dialect("none")
    readers = ("statuspage", "incidentio", "checkly", "cachet3", "healthz", "probe")
    assert [dialect(name).reader for name in readers] == [
        "statuspage",
        "statuspage",
        "instatus",
        "cachet",
        "health",
        "probe",
    ]


def test_what_an_engine_does_not_cover_is_said_of_it() -> None:
    assert limit("feed") == limit("rss") == "a history: it never says that all is well"
    assert limit("microsoft") == "public notices only, not Teams nor Exchange"
    assert limit("statuspage") == limit("no such engine") == ""


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("", ""), ("https://status.acme.test/", ""), ("http://[::1", ""),
        ("https://a.test/api/v2/summary.json", "statuspage"),
        ("https://a.test/x/history.rss/", "feed"), ("https://a.test/history.atom", "feed"),
        ("https://a.test/readyz", "healthz"),
        ("https://a.test/status/text", "vigil"), ("https://SLACK-status.com", "slack"),
        # A vendor's host holds more than its status.
        ("https://www.google.com/appsstatus/dashboard/", "google"), ("https://www.google.com/maps", ""),
        ("https://www.google.com/incidents.json", "google"), ("https://www.google.com/healthz", "healthz"),
        ("https://workspace.google.com/appsstatus", "google"), ("https://workspace.google.com/", ""),
        ("https://status.cloud.google.com/", "google"), ("https://www.apple.com/fr/support/systemstatus/", "apple"),
        ("https://www.apple.com/fr/", ""), ("https://www.apple.com/healthz", "healthz"),
        # A document of another form has a name of its own.
        ("https://status.pagerduty.com/posts/dashboard", "pagerduty"),
        ("https://status.pagerduty.com/history.atom", "feed"),
        ("https://status.heroku.com/", "heroku"), ("https://status.heroku.com/all.rss", ""),
        ("https://status.heroku.com/a.xml", ""),
        ("https://status.heroku.com/a.atom", ""), ("https://status.heroku.com/a.json", "heroku"),
        ("https://azure.status.microsoft/en-us/status/feed.xml", "azure"), ("https://status.azure.com/", "azure"),
        # Pages that a vendor keeps under its own name.
        ("https://acme.statuspal.io/", "statuspal"), ("https://acme.statuspal.eu/", "statuspal"),
        ("https://statuspal.io/x", "statuspal"),
        ("https://acme.openstatus.dev/", "openstatus"), ("https://acme.openstatus.dev/feed.rss", "feed"),
        ("https://notstatuspal.io/", ""),
    ],
)  # fmt: skip
def test_an_address_gives_its_engine_away_by_its_end_or_its_host(url: str, engine: str) -> None:
    assert named(url) == engine


@pytest.mark.parametrize(
    ("url", "suffix", "whole"),
    [
        ("https://a.test", "/api/s.json", "https://a.test/api/s.json"),
        ("https://a.test/", "/s.json", "https://a.test/s.json"),
        ("https://a.test/en/", "/s.json", "https://a.test/en/s.json"),
        ("https://a.test/en?x=1", "/s", "https://a.test/en/s?x=1"),
        ("https://a.test/api/s", "/api/s", "https://a.test/api/s"),
        ("https://a.test/v3/s/", "/api/s", "https://a.test/v3/s/"),
        ("https://a.test/other.json", "/s", "https://a.test/other.json"),
        ("https://a.test/x", "", "https://a.test/x"),
        ("https://a.test/v1.2/page", "/s", "https://a.test/v1.2/page/s"),
    ],
)  # fmt: skip
def test_an_address_that_names_only_the_page_is_completed(url: str, suffix: str, whole: str) -> None:
    assert with_suffix(url, suffix) == whole


@pytest.mark.parametrize(
    ("engine", "url", "whole"),
    [
        ("statuspage", "https://a.test", "https://a.test/api/v2/summary.json"),
        ("kuma", "https://a.test/status/x", "https://a.test/status/x"),
        ("heroku", "https://status.heroku.com/", "https://status.heroku.com/api/v4/current-status"),
        ("heroku", "https://STATUS.heroku.com/incidents/1", "https://status.heroku.com/api/v4/current-status"),
        ("heroku", "https://status.heroku.com/api/v4/current-status/",
         "https://status.heroku.com/api/v4/current-status/"),
        ("heroku", "https://own.test/", "https://own.test/api/v4/current-status"),
        ("aws", "https://status.aws.amazon.com/data.json", "https://status.aws.amazon.com/data.json"),
        ("uptimerobot", "https://stats.uptimerobot.com/abc", "https://stats.uptimerobot.com/abc"),
        ("salesforce", "https://status.salesforce.com/products/all",
         "https://api.status.salesforce.com/v1/incidents/active"),
        ("salesforce", "https://api.status.salesforce.com/v1/instances/EU1/status",
         "https://api.status.salesforce.com/v1/instances/EU1/status"),
        ("microsoft", "https://status.cloud.microsoft/", "https://status.cloud.microsoft/api/posts/mac"),
        ("microsoft", "https://status.cloud.microsoft/api/posts/m365",
         "https://status.cloud.microsoft/api/posts/m365"),
        ("zendesk", "https://status.zendesk.com/api/incidents/x", "https://status.zendesk.com/api/incidents/x"),
        ("azure", "https://status.azure.com/en-us/status/feed", "https://status.azure.com/en-us/status/feed"),
        ("azure", "https://status.azure.com/", "https://rssfeed.azure.status.microsoft/en-us/status/feed/"),
        ("slack", "https://status.slack.com/", "https://slack-status.com/api/v2.0.0/current"),
        ("google", "https://www.google.com/appsstatus/dashboard/",
         "https://www.google.com/appsstatus/dashboard/incidents.json"),
        ("paypal", "https://paypal-status.com/", "https://www.paypal-status.com/api/v1/components"),
    ],
)  # fmt: skip
def test_the_document_of_a_vendor_is_found_from_any_page_of_its(engine: str, url: str, whole: str) -> None:
    assert document(dialect(engine), url) == whole


NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_a_probe_is_believed_less_and_a_page_in_trouble_is_read_more_often() -> None:
    for engine, probes in (
        ("statuspage", False),
        ("probe", True),
        ("http", True),
        ("healthz", True),
        ("none", False),
    ):
        assert status.is_probe(engine) is probes
        assert status.hysteresis(engine) == (PROBE if probes else OFFICIAL)
    source = StatusSource(key="a", name="A", url="https://a.test", engine="statuspage")
    incident = Incident(key="1", title="x", impact=State.DEGRADED, phase="resolved")
    calm, over, trouble = (
        StatusReading(state=State.OPERATIONAL, incidents=incidents)
        for incidents in ((), (incident,), (replace(incident, phase="monitoring"),))
    )
    assert [status.interval("statuspage", source, each) for each in (calm, over, trouble)] == [120, 120, 60]
    assert [status.interval("google", source, each) for each in (calm, trouble)] == [300, 300]
    assert engines.DIALECTS is status.DIALECTS

"""What each channel is sent, to the letter."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import pytest

from cockpit.network.reach import Refused
from cockpit.sharing import google_chat, ntfy, slack, teams, webhook
from cockpit.sharing.channel import HttpRequest, preview
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message, as_text
from tests.sharing.samples import ID, NOW, OUTAGE, URLS, target


def sent(request: HttpRequest) -> Any:
    assert request.method == "POST"
    assert request.headers["Content-Type"].startswith("application/json")
    return json.loads(request.body)


def test_slack() -> None:
    request = slack.request(OUTAGE, target("slack"))
    assert request.url == URLS["slack"]
    section = (
        "API failing since 09:12 (Paris)\nSince: 09:12\nPhase: identified\n"
        "<https://www.notion-status.com|status page>"
    )
    origin = "cockpit - notion-i1 - 2026-11-20 09:12 CET"
    assert sent(request) == {
        "text": "[MAJOR] Notion: partial outage",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Notion: partial outage"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": section}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": origin}]},
        ],
    }


def test_teams() -> None:
    request = teams.request(OUTAGE, target("teams"))
    assert request.url == URLS["teams"]
    text = "API failing since 09:12 (Paris)"
    assert sent(request) == {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": None,
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "msteams": {"width": "Full"},
                    "body": [
                        {
                            "type": "TextBlock",
                            "size": "Medium",
                            "weight": "Bolder",
                            "text": "Notion: partial outage",
                            "wrap": True,
                        },
                        {"type": "TextBlock", "text": text, "wrap": True},
                        {
                            "type": "FactSet",
                            "facts": [
                                {"title": "Since", "value": "09:12"},
                                {"title": "Phase", "value": "identified"},
                            ],
                        },
                        {
                            "type": "TextBlock",
                            "size": "Small",
                            "isSubtle": True,
                            "text": "2026-11-20 09:12 CET",
                            "wrap": True,
                        },
                    ],
                    "actions": [
                        {
                            "type": "Action.OpenUrl",
                            "title": "status page",
                            "url": "https://www.notion-status.com",
                        }
                    ],
                },
            }
        ],
    }


def test_google_chat_threads_one_matter() -> None:
    request = google_chat.request(OUTAGE, target("google_chat"))
    assert request.url == URLS["google_chat"] + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    assert sent(request) == {
        "text": "*Notion: partial outage*\nAPI failing since 09:12 (Paris)\nSince: 09:12\nPhase: identified\n"
        "<https://www.notion-status.com|status page>\n2026-11-20 09:12 CET",
        "thread": {"threadKey": "notion-i1"},
    }


def test_google_chat_without_a_thread_and_with_an_option_already_there() -> None:
    alone = google_chat.request(replace(OUTAGE, thread=""), target("google_chat"))
    assert alone.url == URLS["google_chat"]
    assert "thread" not in sent(alone)
    chosen = URLS["google_chat"] + "&messageReplyOption=REPLY_MESSAGE_OR_FAIL"
    assert google_chat.request(OUTAGE, target("google_chat", chosen)).url == chosen


def test_google_chat_shows_no_link_without_encryption() -> None:
    request = google_chat.request(replace(OUTAGE, link="http://www.notion-status.com"), target("google_chat"))
    assert "notion-status" not in sent(request)["text"]


def test_a_link_cannot_end_its_own_mark() -> None:
    message = Message(id="1", title="x", link="https://example.com/a|b<c>d&e", link_label="see <b>")
    text = slack.payload(message)["blocks"][1]["text"]["text"]
    assert text == "<https://example.com/a%7Cb&lt;c&gt;d&amp;e|see &lt;b&gt;>"
    assert google_chat.payload(message)["text"] == "*x*\n<https://example.com/a%7Cb%3Cc%3Ed&e|see ‹b›>"


def test_facts_are_few_and_none_is_empty() -> None:
    facts = (("Empty", " "), *((f"n{index}", "v") for index in range(40)))
    said = webhook.payload(Message(id="1", title="x", facts=facts), "")["incident"]["facts"]
    assert said == [{"name": f"n{index}", "value": "v"} for index in range(20)]


def test_ntfy_goes_to_the_root_with_the_topic_of_the_address() -> None:
    request = ntfy.request(OUTAGE, target("ntfy", token="tk_secret"))
    assert request.url == "https://ntfy.sh/"
    assert request.headers["Authorization"] == "Bearer tk_secret"
    assert sent(request) == {
        "topic": "secret-topic",
        "title": "Notion: partial outage",
        "message": "API failing since 09:12 (Paris)\nSince: 09:12\nPhase: identified\n2026-11-20 09:12 CET",
        "priority": 4,
        "tags": ["rotating_light"],
        "click": "https://www.notion-status.com",
        "actions": [{"action": "view", "label": "status page", "url": "https://www.notion-status.com"}],
    }


def test_ntfy_signs_in_with_a_user_too_or_not_at_all() -> None:
    with_user = ntfy.request(OUTAGE, target("ntfy", "https://ntfy.example:8443/t/", user="me", token="p@ss"))
    assert with_user.url == "https://ntfy.example:8443/"
    assert with_user.headers["Authorization"] == "Basic bWU6cEBzcw=="
    assert "Authorization" not in ntfy.request(OUTAGE, target("ntfy")).headers


def test_ntfy_never_sends_an_empty_text() -> None:
    said = ntfy.payload(Message(id="1", title="Payroll is late"), "t")
    assert said["message"] == "Payroll is late"


@pytest.mark.parametrize(
    "url",
    [
        "https://ntfy.sh",
        "https://ntfy.sh/",
        "https://ntfy.sh/a/b",
        "https://ntfy.sh/a b",
        "https://ntfy.sh/é",
    ],
)
def test_ntfy_without_a_topic_is_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"topic|must start"):
        ntfy.request(OUTAGE, target("ntfy", url))


def test_webhook_is_signed_over_the_instant_and_the_body() -> None:
    request = webhook.request(OUTAGE, target("webhook", token="key"), NOW)
    assert sent(request) == {
        "version": 1,
        "event": "alert.opened",
        "id": ID,
        "sent_at": "2026-11-20T09:00:00Z",
        "provider": {"id": "notion", "name": "Notion"},
        "state": {"from": "operational", "to": "partial_outage"},
        "incident": {
            "thread": "notion-i1",
            "title": "Notion: partial outage",
            "body": "API failing since 09:12 (Paris)",
            "level": 2,
            "at": "2026-11-20T08:12:00Z",
            "facts": [{"name": "Since", "value": "09:12"}, {"name": "Phase", "value": "identified"}],
        },
        "link": "https://www.notion-status.com",
        "alerts": [],
    }
    expected = hmac.new(b"key", b"1795165200." + request.body, hashlib.sha256).hexdigest()
    assert request.headers["X-Cockpit-Timestamp"] == "1795165200"
    assert request.headers["X-Cockpit-Signature"] == f"sha256={expected}"
    assert request.headers["Idempotency-Key"] == ID


def test_webhook_says_null_for_what_is_not_known_and_signs_nothing_without_a_key() -> None:
    request = webhook.request(Message(id="a b\né", title="Hello", event="test"), target("webhook"), NOW)
    said = sent(request)
    assert (said["provider"], said["state"], said["link"], said["incident"]["at"]) == (None,) * 4
    assert "X-Cockpit-Signature" not in request.headers
    assert request.headers["Idempotency-Key"] == "a%20b%20%C3%A9"


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso.webhook.office.com/webhookb2/secret",
        "https://webhook.office.com/secret",
        "https://X.WEBHOOK.OFFICE.COM./secret",
        "https://outlook.office.com/webhook/secret",
    ],
)
def test_teams_refuses_the_retired_connectors_with_a_pointer(url: str) -> None:
    with pytest.raises(Refused, match="workflow") as refusal:
        teams.request(OUTAGE, target("teams", url))
    assert "secret" not in str(refusal.value)
    look_alike = "https://notwebhook.office.com.example/x"
    assert teams.request(OUTAGE, target("teams", look_alike)).url == look_alike


@pytest.mark.parametrize(
    ("event", "slack_says", "subject"),
    [
        ("alert.opened", "Notion", "[MAJOR] Notion"),
        ("alert.updated", "Notion", "[MAJOR] Notion"),
        ("alert.acked", "[ACKNOWLEDGED] Notion", "[ACKNOWLEDGED] Notion"),
        ("alert.resolved", "[RESOLVED] Notion", "[RESOLVED] Notion"),
        ("test", "[TEST] Notion", "[TEST] Notion"),
    ],
)
def test_the_title_says_what_became_of_the_matter(event: str, slack_says: str, subject: str) -> None:
    message = Message(id="1", event=event, title="Notion", level=2)
    assert slack.payload(message)["blocks"][0]["text"]["text"] == slack_says
    assert as_text(message) == subject


def test_a_settled_matter_does_not_wake_a_phone() -> None:
    said = ntfy.payload(replace(OUTAGE, event="alert.resolved"), "t")
    assert (said["priority"], said["tags"]) == (2, ["white_check_mark"])


def test_as_text() -> None:
    assert as_text(OUTAGE) == (
        "[MAJOR] Notion: partial outage\n\n"
        "API failing since 09:12 (Paris)\nSince: 09:12\nPhase: identified\n\n"
        "status page: https://www.notion-status.com\n\n"
        "2026-11-20 09:12 CET"
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "bell"])
def test_every_preview_holds_what_matters(kind: str) -> None:
    shown = preview(kind, OUTAGE)
    for word in ("Notion: partial outage", "API failing since 09:12", "https://www.notion-status.com"):
        assert word in shown


def test_a_preview_is_cut_where_the_channel_cuts() -> None:
    long = replace(OUTAGE, title="T" * 290, body="word " * 1_590)
    header, *rest = preview("slack", long).split("\n")
    assert len(header) == 150
    assert slack.payload(long)["blocks"][1]["text"]["text"].startswith(rest[0])
    assert len(rest[0]) < 3_000
    assert preview("ntfy", long).split("\n", 1)[1].startswith(ntfy.payload(long, "t")["message"])
    assert len(preview("desktop", long)) < 900


def test_a_repr_holds_no_secret() -> None:
    for kind in URLS:
        assert "secret" not in repr(target(kind, token="secret"))
    assert "secret" not in repr(slack.request(OUTAGE, target("slack")))
    assert "secret" not in repr(ntfy.request(OUTAGE, target("ntfy", token="secret")))


def test_a_preview_shows_where_a_link_really_goes() -> None:
    looks_like = replace(OUTAGE, link="https://аpple.example/login", link_label="apple.example")
    for kind in ("slack", "teams", "google_chat", "email", "desktop"):
        assert "apple.example: https://аpple.example/login (xn--pple-43d.example)" in preview(
            kind, looks_like
        ), kind
        assert "(xn--" not in preview(kind, OUTAGE)

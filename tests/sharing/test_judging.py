"""What counts as delivered, and what may be tried again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cockpit.sharing import google_chat, ntfy, slack, teams, webhook
from cockpit.sharing.post import Judge
from cockpit.sharing.target import Delivery

JUDGES: Mapping[str, Judge] = {
    "slack": slack.judge,
    "teams": teams.judge,
    "google_chat": google_chat.judge,
    "ntfy": ntfy.judge,
    "webhook": webhook.judge,
}
PAGE = b"<!doctype html><title>Wi-Fi sign-in</title>"


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("slack", 200, b"ok"),
        ("slack", 200, b"ok\n"),
        ("teams", 202, b""),
        ("google_chat", 200, b'{"name": "spaces/S/messages/M", "text": "x"}'),
        ("ntfy", 200, b'{"id": "sPs71M8A2T", "event": "message"}'),
        ("webhook", 200, b""),
        ("webhook", 204, b""),
        ("webhook", 200, b"thanks"),
        ("webhook", 201, b'{"ok": true, "error": null}'),
        ("webhook", 202, b"[" * 100_000),
    ],
)
def test_delivered(kind: str, status: int, body: bytes) -> None:
    assert JUDGES[kind](status, {}, body) == Delivery(delivered=True)


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("slack", 200, b""),
        ("slack", 200, PAGE),
        ("slack", 201, b"ok"),
        ("slack", 204, b""),
        ("slack", 200, b'{"ok": true}'),
        ("slack", 200, b"\xff\xfe"),
        ("teams", 200, b"1"),
        ("teams", 200, PAGE),
        ("google_chat", 200, b"{}"),
        ("google_chat", 200, b'{"name": ""}'),
        ("google_chat", 200, b'{"name": 3}'),
        ("google_chat", 200, b'{"name": "spaces/S", "error": {"code": 400}}'),
        ("google_chat", 201, b'{"name": "spaces/S/messages/M"}'),
        ("google_chat", 200, PAGE),
        ("google_chat", 200, b"[" * 100_000),
        ("ntfy", 200, b'{"id": ""}'),
        ("ntfy", 200, b'{"code": 40001, "error": "invalid"}'),
        ("ntfy", 200, b'["id"]'),
        ("ntfy", 200, PAGE),
        ("webhook", 200, PAGE),
        ("webhook", 203, b""),
        ("webhook", 205, b""),
        ("webhook", 206, b"{"),
        ("webhook", 226, b""),
        ("webhook", 200, b'{"ok": false}'),
        ("webhook", 200, b'{"error": "no such channel"}'),
    ],
)
def test_a_success_that_proves_nothing_is_none_and_may_be_tried_again(
    kind: str, status: int, body: bytes
) -> None:
    outcome = JUDGES[kind](status, {}, body)
    assert not outcome.delivered
    assert not outcome.permanent
    assert outcome.error


@pytest.mark.parametrize("documented", [200, 202, 204])
def test_a_webhook_whose_receiver_documents_one_status_is_delivered_on_that_one_alone(
    documented: int,
) -> None:
    judge = webhook.judging(documented)
    taken = [status for status in range(200, 300) if judge(status, {}, b"").delivered]
    assert taken == [documented]
    assert not judge(documented, {"Content-Type": "text/html; charset=utf-8"}, b"ok").delivered


@pytest.mark.parametrize("kind", JUDGES)
@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (301, True), (302, True), (307, True), (308, True), (304, True),
        (400, True), (401, True), (403, True), (404, True), (410, True), (413, True), (422, True),
        (408, False), (425, False), (429, False),
        (500, False), (502, False), (503, False), (599, False), (999, False), (100, False),
    ],
)  # fmt: skip
def test_whether_to_try_again(kind: str, status: int, permanent: bool) -> None:
    for body in (b"ok", b'{"id": "x", "name": "x"}'):
        outcome = JUDGES[kind](status, {}, body)
        assert not outcome.delivered
        assert outcome.permanent is permanent
        assert outcome.error


@pytest.mark.parametrize(
    ("status", "word", "says"),
    [
        (400, "invalid_payload", "does not understand"),
        (404, "no_service", "removed or disabled"),
        (410, "channel_is_archived", "archived"),
        (403, "action_prohibited", "administrator"),
        (200, "no_service", "removed or disabled"),
    ],
)
def test_slack_says_why(status: int, word: str, says: str) -> None:
    outcome = slack.judge(status, {}, word.encode())
    assert outcome.permanent
    assert says in outcome.error


def test_slack_in_trouble_is_no_final_word() -> None:
    assert not slack.judge(500, {}, b"no_service").permanent
    assert not slack.judge(429, {}, b"rate_limited").permanent


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5),
        (" 30 ", 30),
        ("0", 1),
        ("86400", 3600),
        ("9" * 5_000, 3600),
        ("Fri, 20 Nov 2026 09:02:00 GMT", 120),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 1),
        ("Fri, 20 Nov 2099 08:00:00 GMT", 3600),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("1.5", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_to_wait(value: str, seconds: int | None, status: int) -> None:
    headers = {"Retry-After": value, "Date": "Fri, 20 Nov 2026 09:00:00 GMT"}
    for judge in JUDGES.values():
        assert judge(status, headers, b"").retry_after_s == seconds


def test_nothing_that_a_server_wrote_is_repeated() -> None:
    body = b'{"error": "secret https://hooks.example/secret", "ok": false}'
    for judge in JUDGES.values():
        for status in (200, 302, 400, 404, 500):
            assert "secret" not in judge(status, {"Location": "https://x.example/secret"}, body).error

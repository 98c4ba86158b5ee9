"""Any program that takes JSON over HTTP: the message in a form of our own, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from cockpit.locale import _
from cockpit.sharing.address import parsed
from cockpit.sharing.answer import read_object, unproven, unsuccessful
from cockpit.sharing.message import Message, body_of, cleaned
from cockpit.sharing.post import Judge, post
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, HttpRequest, failed

SUCCESS = frozenset({200, 201, 202, 204})
"""What says that a message was taken, unless the channel names the one status that its receiver documents."""


def payload(message: Message, sent_at: str) -> dict[str, Any]:
    """The message as a program reads it. What is not known is null."""
    message = cleaned(message)
    provider, state = message.provider, message.state
    return {
        "version": 1,
        "event": message.event,
        "id": message.id,
        "sent_at": sent_at,
        "provider": {"id": provider[0], "name": provider[1]} if provider else None,
        "state": {"from": state[0], "to": state[1]} if state else None,
        "incident": {
            "thread": message.thread,
            "title": message.title,
            "body": body_of(message),
            "level": message.level,
            "at": _utc(message.at) if message.at else None,
            "facts": [{"name": name, "value": value} for name, value in message.facts],
        },
        "link": message.link or None,
        "alerts": list(message.items),
    }


def request(message: Message, target: ChannelTarget, now: datetime) -> HttpRequest:
    """The POST, signed with the target's token at the instant `now`; unsigned without a token.

    Raises Refused for an address that is not sound.
    """
    parsed(target)
    body = json.dumps(payload(message, _utc(now)), ensure_ascii=False).encode()
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Cockpit-Timestamp": timestamp,
        "Idempotency-Key": quote(cleaned(message).id, safe="-._~:"),
    }
    if target.token:
        headers["X-Cockpit-Signature"] = signature(target.token, timestamp, body)
    return HttpRequest(target.url.strip(), body, headers)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What a receiver computes to check where a message comes from, and when it was sent."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Post it. Raises Refused."""
    wanted = request(message, target, now)
    judge = judging(target.success)
    return await post(wanted, judge, internal=target.internal, now=now, timeout_s=timeout_s)


def judge(status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered for 200, 201, 202 and 204, unless the body is a page or a JSON object that tells of an error."""
    return _judged(SUCCESS, status, headers, body)


def judging(success: int | None) -> Judge:
    """How the answers of a receiver are judged that documents one status; as `judge` without one."""
    return judge if success is None else partial(_judged, frozenset({success}))


def _judged(success: frozenset[int], status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    name = _("the webhook")
    if (fault := unsuccessful(name, status, headers)) is not None:
        return fault
    if status not in success or _is_page(headers, body):
        return unproven(name)
    said = read_object(body)
    if said is not None and (said.get("error") or said.get("ok") is False):
        return failed(_("the webhook took the message and answered that it failed"), may_have_come=True)
    return DELIVERED


def _is_page(headers: Mapping[str, str], body: bytes) -> bool:
    """A page for people, as a proxy or a network that wants a sign-in gives in place of the receiver."""
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return kind.lower().startswith("text/html") or body.lstrip()[:9].lower().startswith(
        (b"<!doctype", b"<html")
    )


def shown(message: Message) -> str:
    """What the receiving program will read, save for the instant of sending."""
    return json.dumps(payload(message, "…"), ensure_ascii=False, indent=2)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

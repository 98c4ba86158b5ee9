"""Slack, through an incoming webhook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cockpit.locale import N_, _
from cockpit.sharing.address import parsed
from cockpit.sharing.answer import unproven, unsuccessful
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import (
    Message,
    cleaned,
    fitted,
    heading,
    headline,
    linked,
    longest,
    moment,
)
from cockpit.sharing.post import post
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, HttpRequest, failed

NAME = KINDS["slack"].title
HEADER_LIMIT = 150
SECTION_LIMIT = 3_000
TEXT_LIMIT = 4_000
_LINK_LIMIT = 1_500
_FINAL: Mapping[str, str] = {
    "invalid_payload": N_("Slack does not understand the message"),
    "no_service": N_("this Slack webhook was removed or disabled: make another"),
    "channel_is_archived": N_("the Slack channel is archived: choose another"),
    "action_prohibited": N_("an administrator of Slack forbids this webhook"),
}


def payload(message: Message) -> dict[str, Any]:
    """The message in Slack's blocks. Limits count the characters that are sent, escapes included."""
    message = cleaned(message)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _escaped(heading(message), HEADER_LIMIT)}}
    ]
    link = _link(message)
    text = _escape(_text(message, SECTION_LIMIT - len(link) - 1))
    if text or link:
        section = "\n".join(part for part in (text, link) if part)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": section}})
    context = {"type": "mrkdwn", "text": _escaped(_origin(message), SECTION_LIMIT)}
    blocks.append({"type": "context", "elements": [context]})
    return {"text": _escaped(headline(message), TEXT_LIMIT), "blocks": blocks}


def request(message: Message, target: ChannelTarget) -> HttpRequest:
    """The POST to the webhook. Raises Refused for an address that is not sound."""
    parsed(target)
    body = json.dumps(payload(message), ensure_ascii=False).encode()
    return HttpRequest(target.url.strip(), body, {"Content-Type": "application/json; charset=utf-8"})


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Post it. Raises Refused."""
    return await post(request(message, target), judge, internal=target.internal, now=now, timeout_s=timeout_s)


def judge(status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered only if Slack says 200 and `ok`."""
    word = body.strip().decode("ascii", "replace")
    if word in _FINAL and (status == 200 or 400 <= status < 500):
        return failed(_(_FINAL[word]), permanent=True)
    if (fault := unsuccessful(NAME, status, headers)) is not None:
        return fault
    return DELIVERED if status == 200 and word == "ok" else unproven(NAME)


def shown(message: Message) -> str:
    """What the receiver will read, cut where Slack would cut it."""
    message = cleaned(message)
    room = SECTION_LIMIT - len(_link(message)) - 1
    parts = (
        longest(heading(message), lambda text: len(_escape(text)) <= HEADER_LIMIT),
        _text(message, room),
        linked(message) if _link(message) else "",
        _origin(message),
    )
    return "\n".join(part for part in parts if part)


def _text(message: Message, room: int) -> str:
    return fitted(message, lambda text: len(_escape(text)) <= room)


def _origin(message: Message) -> str:
    return " - ".join(part for part in ("cockpit", message.thread or message.id, moment(message)) if part)


def _link(message: Message) -> str:
    # A bar would end the address early; a link that eats half of the section says less than the text.
    if not message.link:
        return ""
    link = f"<{_escape(message.link.replace('|', '%7C'))}|{_escape(message.link_label)}>"
    return link if len(link) <= _LINK_LIMIT else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped(text: str, limit: int) -> str:
    return _escape(longest(text, lambda start: len(_escape(start)) <= limit))

"""Microsoft Teams, through a workflow that starts when a webhook request is received."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cockpit.domain.dataclasses import replace
from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.sharing.address import parsed
from cockpit.sharing.answer import unproven, unsuccessful
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message, body_of, cleaned, details, fitted, heading, linked, moment
from cockpit.sharing.post import post
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, HttpRequest

NAME = KINDS["teams"].title
# The documented 28 kB are not always had: messages from 21 kB on were seen to fail.
LIMIT = 20_000
_CONNECTORS = (".webhook.office.com", ".outlook.office.com", ".outlook.office365.com")


def payload(message: Message) -> dict[str, Any]:
    """The message as an Adaptive Card 1.4, shortened until it fits."""
    message = _fitted(cleaned(message))
    return _card(message)


def request(message: Message, target: ChannelTarget) -> HttpRequest:
    """The POST to the workflow. Raises Refused for the retired connectors of Office 365."""
    address = parsed(target)
    if f".{address.host}".endswith(_CONNECTORS):
        raise Refused(
            _(
                "Office 365 connectors are retired: in Teams, add the workflow"
                ' "When a Teams webhook request is received" and use its address'
            )
        )
    return HttpRequest(target.url.strip(), _encoded(payload(message)), {"Content-Type": "application/json"})


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Post it. Raises Refused."""
    return await post(request(message, target), judge, internal=target.internal, now=now, timeout_s=timeout_s)


def judge(status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered if the workflow accepted the message (202), which does not prove that it posts it."""
    if (fault := unsuccessful(NAME, status, headers)) is not None:
        return fault
    return DELIVERED if status == 202 else unproven(NAME)


def shown(message: Message) -> str:
    """What the receiver will read, cut where the card would be too big."""
    message = _fitted(cleaned(message))
    parts = (heading(message), details(message), linked(message), moment(message))
    return "\n".join(part for part in parts if part)


def _card(message: Message) -> dict[str, Any]:
    body = [
        {"type": "TextBlock", "size": "Medium", "weight": "Bolder", "text": _plain(heading(message)), "wrap": True}
    ]  # fmt: skip
    if said := body_of(message):
        # A card shows a single line feed as a blank.
        text = "\n\n".join(line for line in _plain(said).split("\n") if line)
        body.append({"type": "TextBlock", "text": text, "wrap": True})
    if message.facts:
        facts = [{"title": _plain(name), "value": _plain(value)} for name, value in message.facts]
        body.append({"type": "FactSet", "facts": facts})
    if when := moment(message):
        body.append({"type": "TextBlock", "size": "Small", "isSubtle": True, "text": when, "wrap": True})
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": body,
    }
    if message.link:
        content["actions"] = [
            {"type": "Action.OpenUrl", "title": message.link_label, "url": message.link},
        ]
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": content,
    }
    return {"type": "message", "attachments": [attachment]}


def _fitted(message: Message) -> Message:
    def fits(body: str) -> bool:
        return len(_encoded(_card(replace(message, body=body, items=())))) <= LIMIT

    while message.facts and not fits(""):
        message = replace(message, facts=message.facts[:-1])
    return replace(message, body=fitted(replace(message, facts=()), fits), items=())


def _encoded(card: dict[str, Any]) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode()


def _plain(text: str) -> str:
    """`text` in which Markdown finds no link or picture: a card's text would show another's address."""
    return text.replace("](", "] (")

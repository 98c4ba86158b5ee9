"""ntfy, the public server or one's own. The topic is as good as a password."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.sharing.address import authorization_is_sound, parsed
from cockpit.sharing.answer import confirmed
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message, cleaned, fitted, heading, moment
from cockpit.sharing.post import post
from cockpit.sharing.target import ChannelTarget, Delivery, HttpRequest

NAME = KINDS["ntfy"].title
MESSAGE_LIMIT = 4_096
# The server reads at most twice the limit of a message as JSON, escapes included.
REQUEST_LIMIT = 8_192
_LINK_LIMIT = 1_000
_TOPIC = re.compile(r"/([-_A-Za-z0-9]{1,64})/?")
_PRIORITIES: Mapping[int, int] = {2: 4, 1: 3}
_TAGS: Mapping[int, str] = {2: "rotating_light", 1: "warning"}


def payload(message: Message, topic: str) -> dict[str, Any]:
    """The message as ntfy publishes it; the details are cut so that it does not become an attachment."""
    message = cleaned(message)

    def fits(text: str) -> bool:
        return (
            len(text.encode()) <= MESSAGE_LIMIT
            and len(_encoded(_published(message, topic, text))) <= REQUEST_LIMIT
        )

    def whole(text: str) -> str:
        # Without a text, the server would show "triggered".
        return "\n".join(part for part in (text, moment(message)) if part) or heading(message)

    return _published(message, topic, whole(fitted(message, lambda text: fits(whole(text)))))


def request(message: Message, target: ChannelTarget) -> HttpRequest:
    """The POST to the root of the server. Raises Refused for an address without a topic."""
    address = parsed(target)
    found = _TOPIC.fullmatch(address.path)
    if found is None:
        raise Refused(_("an address of ntfy ends with its topic, as in https://ntfy.sh/topic"))
    if not authorization_is_sound(target.user, target.token):
        raise Refused(_("the user or the token holds characters that HTTP forbids"))
    headers = {"Content-Type": "application/json"}
    if target.token:
        headers["Authorization"] = _authorization(target)
    return HttpRequest(address.root, _encoded(payload(message, found[1])), headers)


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Post it. Raises Refused."""
    return await post(request(message, target), judge, internal=target.internal, now=now, timeout_s=timeout_s)


def judge(status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered only if the server gives the message an id."""
    return confirmed(NAME, "id", status, headers, body)


def shown(message: Message) -> str:
    """What the receiver will read."""
    said = payload(message, "t" * 64)
    return "\n".join(part for part in (said["title"], said["message"], said.get("click", "")) if part)


def _published(message: Message, topic: str, text: str) -> dict[str, Any]:
    open_ = message.event in ("alert.opened", "alert.updated")
    tag = _TAGS.get(message.level, "information_source") if open_ else "white_check_mark"
    said: dict[str, Any] = {
        "topic": topic,
        "title": heading(message),
        "message": text,
        "priority": _PRIORITIES.get(message.level, 2) if open_ else 2,
        "tags": [tag],
    }
    if message.link and len(message.link.encode()) <= _LINK_LIMIT:
        said["click"] = message.link
        said["actions"] = [{"action": "view", "label": message.link_label, "url": message.link}]
    return said


def _authorization(target: ChannelTarget) -> str:
    if not target.user:
        return f"Bearer {target.token}"
    return "Basic " + base64.b64encode(f"{target.user}:{target.token}".encode()).decode("ascii")


def _encoded(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()

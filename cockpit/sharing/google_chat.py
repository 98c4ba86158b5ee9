"""Google Chat, through the webhook of a space."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from cockpit.sharing.address import parsed
from cockpit.sharing.answer import confirmed
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message, cleaned, fitted, heading, linked, moment
from cockpit.sharing.post import post
from cockpit.sharing.target import ChannelTarget, Delivery, HttpRequest

NAME = KINDS["google_chat"].title
LIMIT = 32_000
_REPLY = "messageReplyOption"
# No escape is documented, and `<users/all>` would call everyone: the brackets become look-alikes.
_HARMLESS = str.maketrans({"<": "‹", ">": "›"})


def payload(message: Message) -> dict[str, Any]:
    """The message as text, in the thread of its matter; the details are cut so that all of it fits."""
    message = cleaned(message)
    text = fitted(message, lambda text: len(_encoded(_said(message, text))) <= LIMIT)
    return _said(message, text)


def request(message: Message, target: ChannelTarget) -> HttpRequest:
    """The POST to the space. Raises Refused for an address that is not sound."""
    address = parsed(target)
    url = target.url.strip().partition("#")[0]
    if message.thread and _REPLY not in parse_qs(address.query):
        url += ("&" if address.query else "?") + f"{_REPLY}=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    return HttpRequest(url, _encoded(payload(message)), headers)


async def send(message: Message, target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Post it. Raises Refused."""
    return await post(request(message, target), judge, internal=target.internal, now=now, timeout_s=timeout_s)


def judge(status: int, headers: Mapping[str, str], body: bytes) -> Delivery:
    """Delivered only if the answer is the message as Google Chat keeps it, with its name."""
    return confirmed(NAME, "name", status, headers, body)


def shown(message: Message) -> str:
    """What the receiver will read."""
    clear = cleaned(message)
    text = fitted(clear, lambda text: len(_encoded(_said(clear, text))) <= LIMIT)
    parts = (heading(clear), text, linked(clear) if _link(clear) else "", moment(clear))
    return "\n".join(part for part in parts if part)


def _said(message: Message, text: str) -> dict[str, Any]:
    title = heading(message).translate(_HARMLESS).replace("*", "∗")
    parts = (f"*{title}*", text.translate(_HARMLESS), _link(message), moment(message))
    said: dict[str, Any] = {"text": "\n".join(part for part in parts if part)}
    if message.thread:
        said["thread"] = {"threadKey": message.thread}
    return said


def _link(message: Message) -> str:
    # Google Chat shows a blank message for a link without encryption.
    if not message.link.lower().startswith("https://"):
        return ""
    url = message.link.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{url}|{message.link_label.translate(_HARMLESS)}>"


def _encoded(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()

"""The door of this package: what a channel would show of a message, and its delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.network.trouble import silent
from cockpit.sharing import bell, desktop, google_chat, mail, ntfy, slack, teams, webhook
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message
from cockpit.sharing.post import Judge, post
from cockpit.sharing.target import ChannelTarget, Delivery, HttpRequest, failed

__all__ = ["ChannelTarget", "Delivery", "HttpRequest", "Message", "deliver", "preview"]

_SHOWN: Mapping[str, Callable[[Message], str]] = {
    "slack": slack.shown,
    "teams": teams.shown,
    "google_chat": google_chat.shown,
    "ntfy": ntfy.shown,
    "webhook": webhook.shown,
    "email": mail.shown,
    "desktop": desktop.shown,
}
_HTTP: Mapping[str, tuple[Callable[[Message, ChannelTarget], HttpRequest], Judge]] = {
    "slack": (slack.request, slack.judge),
    "teams": (teams.request, teams.judge),
    "google_chat": (google_chat.request, google_chat.judge),
    "ntfy": (ntfy.request, ntfy.judge),
}


def preview(kind: str, message: Message) -> str:
    """What the receiver will read, as text, cut where the channel cuts. KeyError for an unknown kind."""
    return _("(a sound in the terminal)") if kind == "bell" else _SHOWN[kind](message)


async def deliver(
    target: ChannelTarget, message: Message, *, now: datetime, timeout_s: float = 10.0
) -> Delivery:
    """Send the message once, within `timeout_s` seconds. Whatever the outside does is an outcome.

    `now` dates and signs what is sent. A message whose delivery was not confirmed may have arrived all
    the same: trying again may show it twice, which its id lets a receiver see.
    """
    try:
        async with asyncio.timeout(timeout_s):
            return await _send(target, message, now, timeout_s)
    except Refused as error:
        return failed(str(error), permanent=True)
    except TimeoutError:
        return failed(silent(_(KINDS[target.kind].title)))


async def _send(target: ChannelTarget, message: Message, now: datetime, timeout_s: float) -> Delivery:
    if target.kind == "email":
        return await mail.send(message, target, now=now, timeout_s=timeout_s)
    if target.kind == "desktop":
        return await desktop.send(message)
    if target.kind == "bell":
        return bell.ring()
    judge: Judge
    if target.kind == "webhook":
        request, judge = webhook.request(message, target, now), webhook.judge
    elif target.kind in _HTTP:
        make, judge = _HTTP[target.kind]
        request = make(message, target)
    else:
        raise Refused(_("this channel is of a kind that does not exist"))
    return await post(request, judge, internal=target.internal, now=now, timeout_s=timeout_s)

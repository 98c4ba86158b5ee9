"""The door of this package: what a channel would show of a message, and its delivery."""

from __future__ import annotations

import asyncio
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from cockpit.locale import _
from cockpit.network.reach import Refused
from cockpit.network.trouble import silent
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message
from cockpit.sharing.target import ChannelTarget, Delivery, HttpRequest, failed

__all__ = ["ChannelTarget", "Delivery", "HttpRequest", "Message", "deliver", "preview", "unusable"]


class Way(Protocol):
    """What the module of a kind holds."""

    def shown(self, message: Message, /) -> str:
        """What the receiver will read, cut where the channel cuts."""

    async def send(
        self, message: Message, target: ChannelTarget, /, *, now: datetime, timeout_s: float
    ) -> Delivery:
        """Deliver the message once. Raises Refused."""


class OnThisComputer(Way, Protocol):
    """A way that this computer may lack."""

    def missing(self) -> str:
        """Why it cannot be used here and now; empty when it can."""


def preview(kind: str, message: Message) -> str:
    """What the receiver will read, as text, cut where the channel cuts. KeyError for an unknown kind."""
    return _way(kind).shown(message)


def unusable(kind: str) -> str:
    """Why a channel of that kind cannot be used on this computer now; empty when it can."""
    if not KINDS[kind].on_this_computer:
        return ""
    return cast(OnThisComputer, _way(kind)).missing()


async def deliver(
    target: ChannelTarget, message: Message, *, now: datetime, timeout_s: float = 10.0
) -> Delivery:
    """Send the message once, within `timeout_s` seconds. Whatever the outside does is an outcome.

    `now` dates and signs what is sent. A message whose delivery was not confirmed may have arrived all
    the same: trying again may show it twice, which its id lets a receiver see.
    """
    if target.kind not in KINDS:
        return failed(_("this channel is of a kind that does not exist"), permanent=True)
    try:
        async with asyncio.timeout(timeout_s):
            return await _way(target.kind).send(message, target, now=now, timeout_s=timeout_s)
    except Refused as error:
        return failed(str(error), permanent=True)
    except TimeoutError:
        return failed(silent(_(KINDS[target.kind].title)), may_have_come=True)


def _way(kind: str) -> Way:
    return cast(Way, import_module(f"cockpit.sharing.{KINDS[kind].module}"))

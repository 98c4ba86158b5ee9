"""What leaves: messages queued for the channels, sent once each, tried again, and visible when they are not.

Nothing leaves by a channel before somebody saw a preview there, nor anything more confidential than the
channel takes: such messages are held until somebody lets them go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cockpit.domain.dataclasses import asdict, replace
from cockpit.domain.settings import Channel
from cockpit.domain.text import digest
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.sharing.message import Message
from cockpit.sharing.target import ChannelTarget, Delivery, failed
from cockpit.store.outside import outbox
from cockpit.store.outside.outbox import FAILED, HELD, QUEUED, SENT, Parcel
from cockpit.store.records import instant
from cockpit.store.state import memos

DELAYS = tuple(timedelta(seconds=s) for s in (60, 240, 900, 2_400))
"""Between the five tries of an hour."""
CLAIM = timedelta(minutes=2)
HOURLY = 20
MERGE = 5
"""Messages of one channel at once above which they go out as one."""
GAP_S = 1.0
"""Seconds between two messages to one channel."""
KEPT = timedelta(days=90)
_APPROVED = "channel_seen:"

Deliver = Callable[..., Awaitable[Delivery]]
Pause = Callable[[float], Awaitable[None]]


def channel_named(workspace: Workspace, key: str) -> Channel | None:
    """The channel of the settings with that key."""
    return next((each for each in workspace.settings.channels if each.key == key), None)


def is_approved(workspace: Workspace, channel: Channel) -> bool:
    """Whether somebody saw a preview and let messages go to that very place."""
    if channel.kind in ("desktop", "bell"):
        return True
    return memos.get(workspace.conn, _APPROVED + channel.key) == _place(channel)


def approve(workspace: Workspace, channel: Channel) -> None:
    """From now on messages may go there; those that waited for it are let go."""
    memos.put(workspace.conn, _APPROVED + channel.key, _place(channel))
    at = instant(workspace.clock())
    for parcel in outbox.latest(workspace.conn, 1_000):
        if parcel.channel == channel.key and parcel.state == HELD and _conf(parcel) <= channel.conf:
            outbox.move(workspace.conn, parcel.id, QUEUED, at)


def queue(workspace: Workspace, channel: Channel, message: Message) -> bool:
    """Put a message in the outbox, once a channel; held while nobody let such a thing go there."""
    free = is_approved(workspace, channel) and message.conf <= channel.conf
    stored = asdict(replace(message, at=None)) | {"at": message.at.isoformat() if message.at else None}
    return outbox.put(
        workspace.conn, channel.key, message.id, stored, instant(workspace.clock()),
        state=QUEUED if free else HELD,
    )  # fmt: skip


def release(workspace: Workspace, id: int) -> None:
    """Let a held message go, or try again one that could not be delivered."""
    outbox.move(workspace.conn, id, QUEUED, instant(workspace.clock()))


def drop(workspace: Workspace, id: int) -> None:
    """This message is not to be sent."""
    outbox.move(workspace.conn, id, outbox.DROPPED, instant(workspace.clock()))


def message_of(parcel: Parcel) -> Message:
    """The message that a parcel holds."""
    raw: dict[str, Any] = dict(parcel.message)
    raw["at"] = datetime.fromisoformat(raw["at"]) if raw.get("at") else None
    raw["facts"] = tuple((str(name), str(value)) for name, value in raw.get("facts") or ())
    for pair in ("provider", "state"):
        raw[pair] = tuple(raw[pair]) if raw.get(pair) else None
    return Message(**raw)


def shown(workspace: Workspace, parcel: Parcel) -> str:
    """What the receiver would read of it."""
    from cockpit.sharing.channel import preview

    channel = channel_named(workspace, parcel.channel)
    return preview(channel.kind if channel else "email", message_of(parcel))


async def flush(
    workspace: Workspace, *, deliver: Deliver | None = None, pause: Pause = asyncio.sleep
) -> Mapping[str, int]:
    """Send what is due by every channel. How many were sent, put off and given up."""
    if deliver is None:
        from cockpit.sharing.channel import deliver as deliver_for_real

        deliver = deliver_for_real
    counts = {SENT: 0, QUEUED: 0, FAILED: 0}
    for channel in workspace.settings.channels:
        for state, n in (await _flush_channel(workspace, channel, deliver, pause)).items():
            counts[state] += n
    outbox.forget(workspace.conn, instant(workspace.clock() - KEPT))
    return counts


async def _flush_channel(
    workspace: Workspace, channel: Channel, deliver: Deliver, pause: Pause
) -> dict[str, int]:
    now = workspace.clock()
    counts = {SENT: 0, QUEUED: 0, FAILED: 0}
    room = HOURLY - outbox.sent_since(workspace.conn, channel.key, instant(now - timedelta(hours=1)))
    if room <= 0:
        return counts
    parcels = outbox.claim(workspace.conn, channel.key, instant(now), instant(now + CLAIM), 200)
    if not parcels:
        return counts
    try:
        target = target_of(channel)
    except LookupError as missing:
        return _settle(workspace, parcels, failed(str(missing)))
    bundles = [[parcel] for parcel in parcels] if len(parcels) <= min(MERGE, room) else [parcels]
    for index, bundle in enumerate(bundles):
        if index:
            await pause(GAP_S)
        outcome = await deliver(target, _as_one(bundle), now=workspace.now())
        for state, n in _settle(workspace, bundle, outcome).items():
            counts[state] += n
    return counts


def target_of(channel: Channel) -> ChannelTarget:
    """The channel with its secrets. Raises LookupError whose message says what is missing."""
    from cockpit.sources.secrets import SecretMissing, resolve

    try:
        url = resolve(channel.url) if channel.url.startswith(("env:", "keyring:")) else channel.url
        token = resolve(channel.secret) if channel.secret else ""
    except SecretMissing as missing:
        raise LookupError(str(missing)) from missing
    return ChannelTarget(channel.kind, url, token, channel.user, channel.to, channel.sender, channel.internal)


def _settle(workspace: Workspace, parcels: Iterable[Parcel], outcome: Delivery) -> dict[str, int]:
    """Nothing counts as delivered that was not confirmed; the fifth failure is the last."""
    counts = {SENT: 0, QUEUED: 0, FAILED: 0}
    now = workspace.clock()
    for parcel in parcels:
        tries = parcel.attempts + 1
        if outcome.delivered:
            state, when = SENT, now
        elif outcome.permanent or tries > len(DELAYS):
            state, when = FAILED, now
        else:
            state = QUEUED
            when = now + max(DELAYS[tries - 1], timedelta(seconds=outcome.retry_after_s or 0))
        counts[state] += 1
        outbox.settle(
            workspace.conn, parcel.id, state, attempts=tries, next_at=instant(when),
            sent_at=instant(now) if state == SENT else "", error=outcome.error,
        )  # fmt: skip
    return counts


def _as_one(parcels: list[Parcel]) -> Message:
    messages = [message_of(parcel) for parcel in parcels]
    first = messages[0]
    if len(messages) == 1:
        return first
    lines = [f"{'■' if each.level >= 2 else '▲'} {each.title}" for each in messages]
    together = digest("\n".join(each.id for each in messages))[:32]
    return Message(
        id=together,
        title=_("{n} alerts").format(n=len(messages)),
        body="\n".join(lines),
        level=max(each.level for each in messages),
        conf=max(each.conf for each in messages),
        at=first.at,
    )


def _place(channel: Channel) -> str:
    """A fingerprint of where a channel leads: another address is another place, to be previewed again."""
    text = "\n".join((channel.kind, channel.url, *channel.to))
    return digest(text)


def _conf(parcel: Parcel) -> int:
    return int(parcel.message.get("conf", 1))

"""What leaves: messages queued for the channels, and what a person says of them.

Nothing leaves by a channel before somebody saw a preview there, nor anything more confidential than the
channel takes: such messages are held until somebody lets them go. How they leave: `delivery`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from cockpit.domain.dataclasses import asdict, replace
from cockpit.domain.registers import register_of
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses
from cockpit.sharing.message import Message, details
from cockpit.sharing.target import ChannelTarget
from cockpit.store.outside import outbox
from cockpit.store.outside.outbox import DROPPED, HELD, QUEUED, SENT, Parcel
from cockpit.store.records import instant

OLD = timedelta(days=1)
"""What waited longer for its channel to be let go does not leave with the others."""
_CODE = re.compile(r"\b[A-Z]{1,3}-[0-9]{1,9}\b")


def channel_named(workspace: Workspace, key: str) -> Channel | None:
    """The channel of the settings with that key."""
    return next((each for each in workspace.settings.channels if each.key == key), None)


def approve(workspace: Workspace, channel: Channel, target: ChannelTarget | None = None) -> None:
    """From now on messages may go to that address; those that waited for it are let go, unless they are old.

    `target` is where the preview went, that of now unless said. Raises LookupError when a secret is missing,
    OSError when the approval cannot be kept.
    """
    allowed_addresses.keep(workspace, channel, target or allowed_addresses.target_of(channel))
    now = workspace.clock()
    for parcel in outbox.waiting(workspace.conn, channel.key, state=HELD):
        waited = now - datetime.fromisoformat(parcel.created_at)
        if conf_of(parcel) > channel.conf:
            continue
        if waited <= OLD or parcel.about:
            # An alert is judged when it leaves, and says what is true then.
            outbox.let_go(workspace.conn, parcel, instant(now), None)
        else:
            why = _("it waited {span} for this channel to be let go: too old to leave by itself")
            span = dates.duration(waited.total_seconds())
            outbox.put_aside(workspace.conn, parcel.id, DROPPED, why.format(span=span), instant(now))


def queue(
    workspace: Workspace,
    channel: Channel,
    message: Message,
    *,
    about: Sequence[str] = (),
    recipients: Iterable[str] = (),
) -> bool:
    """Put a message in the outbox, once a channel; held while nobody let such a thing go there.

    `about` are the keys of the alerts that it tells of: what waits about them is dropped for it. `recipients` are
    those of the channel who get it, all of them unless said.
    """
    now = instant(workspace.clock())
    free = allowed_addresses.is_approved(workspace, channel) and message.conf <= channel.conf
    before = outbox.waiting(workspace.conn, channel.key, about=about) if about else []
    added = outbox.put(
        workspace.conn, channel.key, message.id, stored(message), now, state=QUEUED if free else HELD,
        about=about, codes=codes_in(message), recipients=recipients,
    )  # fmt: skip
    for parcel in before if added else ():
        outbox.put_aside(workspace.conn, parcel.id, DROPPED, _("a later message says more"), now)
    return added


def release(workspace: Workspace, id: int) -> bool:
    """Let a message go that was held, dropped or not delivered, as somebody who read it says; False when it
    was sent already or is being sent.
    """
    parcel = outbox.get(workspace.conn, id)
    now = instant(workspace.clock())
    if parcel is None or parcel.state == SENT or (parcel.claimed_until or "") > now:
        return False
    outbox.let_go(workspace.conn, parcel, now, max(conf_of(parcel), 0))
    return True


def drop(workspace: Workspace, id: int) -> None:
    """This message is not to be sent."""
    outbox.put_aside(workspace.conn, id, DROPPED, _("somebody dropped it"), instant(workspace.clock()))


def stored(message: Message) -> dict[str, Any]:
    """The message as the outbox keeps it."""
    return asdict(replace(message, at=None)) | {"at": message.at.isoformat() if message.at else None}


def message_of(parcel: Parcel) -> Message:
    """The message that a parcel holds."""
    raw: dict[str, Any] = dict(parcel.message)
    raw["at"] = datetime.fromisoformat(raw["at"]) if raw.get("at") else None
    raw["facts"] = tuple((str(name), str(value)) for name, value in raw.get("facts") or ())
    raw["items"] = tuple(str(item) for item in raw.get("items") or ())
    for pair in ("provider", "state"):
        raw[pair] = tuple(raw[pair]) if raw.get(pair) else None
    return Message(**raw)


def shown(workspace: Workspace, parcel: Parcel) -> str:
    """What the receiver would read of it."""
    from cockpit.sharing.channel import preview

    channel = channel_named(workspace, parcel.channel)
    return preview(channel.kind if channel else "email", message_of(parcel))


def codes_in(message: Message) -> tuple[str, ...]:
    """The records that a message names."""
    text = f"{message.title}\n{details(message)}\n{message.thread}"
    return tuple(dict.fromkeys(code for code in _CODE.findall(text) if register_of(code) is not None))


def conf_of(parcel: Parcel) -> int:
    """How confidential a message is, as it was last judged."""
    return int(parcel.message.get("conf", 1))

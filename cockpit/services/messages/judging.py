"""Each message judged again at the moment it leaves: is it still true, is it wanted, who may read it?"""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import outbox as messages
from cockpit.sharing.message import Message
from cockpit.store import records
from cockpit.store.outside.outbox import DROPPED, HELD, Parcel

ENDED = "alert.resolved"
_LEVELS = {"red": 2, "orange": 1}


@dataclass(frozen=True)
class Standing:
    """The alerts that hold now, by key: as a message would say them, and those that somebody took up."""

    loud: Mapping[str, Message] = field(default_factory=dict)
    taken_up: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Leaving:
    """A message that may leave, in the words of now."""

    parcel: Parcel
    message: Message

    @property
    def by_hand(self) -> bool:
        """Whether a person read the message and let it go, so that no rule may hold it back."""
        return self.parcel.allowed is not None

    @property
    def is_red(self) -> bool:
        """Whether the alert is red: it does not wait for the hours of a channel."""
        return self.message.level >= 2 and self.message.event.startswith("alert.")


@dataclass(frozen=True)
class Aside:
    """A message that does not leave, in which state it stays, and why in words."""

    parcel: Parcel
    state: str
    why: str


def takes(channel: Channel, level: int) -> bool:
    """Whether a channel takes alerts of that level."""
    return level >= _LEVELS[channel.level]


def judged(workspace: Workspace, channel: Channel, parcel: Parcel, standing: Standing) -> Leaving | Aside:
    """Whether a message may leave now.

    One that somebody read and let go is held again only where what it tells of became more confidential since.
    """
    message = messages.message_of(parcel)
    by_hand = parcel.allowed is not None
    if parcel.about and not by_hand:
        said = _of_alert(channel, parcel, message, standing)
        if isinstance(said, Aside):
            return said
        message = said
    codes = {*parcel.codes, *messages.codes_in(message)}
    needed = max(message.conf, *records.confidentialities(workspace.conn, codes).values(), 0)
    message = replace(message, conf=needed)
    if needed > (channel.conf if parcel.allowed is None else max(parcel.allowed, channel.conf)):
        why = _("it is more confidential than this channel takes (level {n}): read it, then let it go")
        return Aside(replace(parcel, message=messages.stored(message)), HELD, why.format(n=needed))
    return Leaving(parcel, message)


def _of_alert(channel: Channel, parcel: Parcel, message: Message, standing: Standing) -> Message | Aside:
    """The message in the words of now, while its alert holds; that of an end while it does not."""
    loud = next((standing.loud[key] for key in parcel.about if key in standing.loud), None)
    taken_up = not standing.taken_up.isdisjoint(parcel.about)
    if message.event == ENDED:
        return Aside(parcel, DROPPED, _("it began again before this left")) if loud or taken_up else message
    if loud is None:
        why = _("somebody took it up before this left") if taken_up else _("it was over before this left")
        return Aside(parcel, DROPPED, why)
    if not takes(channel, loud.level):
        return Aside(parcel, DROPPED, _("it got better before this left: this channel takes worse ones"))
    return replace(message, title=loud.title, facts=loud.facts, level=loud.level, conf=loud.conf)

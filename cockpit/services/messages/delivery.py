"""The way out: what is due is judged again, claimed, sent and settled, one message after the other.

Several alerts at once leave as one message, which keeps its key whatever happens to it; minutes, reviews and
agendas always leave alone. Nothing counts as delivered that was not confirmed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.settings import Channel
from cockpit.domain.text import digest
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses
from cockpit.services.messages import outbox as messages
from cockpit.services.messages.judging import ENDED, Aside, Leaving, Standing, judged
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.message import Message
from cockpit.sharing.target import ChannelTarget, Delivery, failed
from cockpit.store.outside import outbox
from cockpit.store.outside.outbox import (
    DROPPED,
    FAILED,
    HAS,
    HELD,
    QUEUED,
    REFUSED,
    SENT,
    WAITS,
    Parcel,
    Recipient,
)
from cockpit.store.records import instant

DELAYS = tuple(timedelta(seconds=s) for s in (60, 240, 900, 2_400))
"""Between the five tries of an hour."""
CLAIM = timedelta(minutes=2)
HOURLY = 20
"""Messages of an hour by one channel; red ones and those let go by hand leave all the same."""
MERGE = 5
"""Alerts of one channel at once above which they leave as one message."""
GAP_S = 1.0
"""Seconds between two messages to one channel."""
KEPT = timedelta(days=90)

Deliver = Callable[..., Awaitable[Delivery]]
Pause = Callable[[float], Awaitable[None]]
Holds = Callable[[], Standing]


async def flush(
    workspace: Workspace,
    holds: Holds,
    *,
    only: int | None = None,
    deliver: Deliver | None = None,
    pause: Pause = asyncio.sleep,
) -> Mapping[str, int]:
    """Send what is due by every channel, or the one message `only`. How many messages were sent, put off and
    given up. `holds` tells which alerts hold at the moment it is asked.
    """
    if deliver is None:
        from cockpit.sharing.channel import deliver as deliver_for_real

        deliver = deliver_for_real
    counts = {SENT: 0, QUEUED: 0, FAILED: 0}
    now = instant(workspace.clock())
    for parcel in outbox.by_other_channels(
        workspace.conn, [each.key for each in workspace.settings.channels]
    ):
        why = _("its channel is not in the configuration any more")
        outbox.put_aside(workspace.conn, parcel.id, DROPPED, why, now)
    for channel in workspace.settings.channels:
        way = _Way(workspace, channel, holds, deliver, pause, only)
        for state, n in (await way.empty()).items():
            counts[state] += n
    outbox.forget(workspace.conn, instant(workspace.clock() - KEPT))
    return counts


@dataclass
class _Way:
    """One channel during one turn."""

    workspace: Workspace
    channel: Channel
    holds: Holds
    deliver: Deliver
    pause: Pause
    only: int | None
    counts: dict[str, int] = field(default_factory=lambda: {SENT: 0, QUEUED: 0, FAILED: 0})
    handled: set[int] = field(default_factory=set)

    async def empty(self) -> dict[str, int]:
        """Send what is due there, one message after the other."""
        due = self._due()
        if not due:
            return self.counts
        try:
            target = await asyncio.to_thread(allowed_addresses.target_of, self.channel)
        except LookupError as missing:
            for unit in _units([Leaving(each, messages.message_of(each)) for each in due], HOURLY):
                self._settle_failed(unit, failed(str(missing)))
            return self.counts
        if not allowed_addresses.stands(self.workspace, self.channel, target):
            self._hold(due)
            return self.counts
        while (leaving := self._next()) is not None:
            await self._send(leaving, target)
            if self._due():
                await self.pause(GAP_S)
        return self.counts

    def _due(self) -> list[Parcel]:
        found = outbox.due(self.workspace.conn, self.channel.key, self._now())
        chosen = next((each for each in found if each.id == self.only), None)
        if self.only is not None:
            found = [each for each in found if chosen and _leaves_with(each, chosen)]
        return [each for each in found if each.id not in self.handled]

    def _hold(self, due: Iterable[Parcel]) -> None:
        """The address is not the one that was approved, or none was."""
        why = _("the address of this channel changed since somebody saw a preview there: look at it again")
        if not allowed_addresses.was_approved(self.workspace, self.channel):
            why = _("nobody let messages go there yet: look at the preview of the channel first")
        allowed_addresses.end(self.workspace, self.channel)
        for each in due:
            outbox.put_aside(self.workspace.conn, each.id, HELD, why, self._now())

    def _next(self) -> list[Leaving] | None:
        """What leaves next as one message, the most pressing first, judged at this moment."""
        due = self._due()
        standing = self.holds() if any(each.about for each in due) else Standing()
        leaving: list[Leaving] = []
        for parcel in due:
            found = judged(self.workspace, self.channel, parcel, standing)
            if isinstance(found, Leaving):
                leaving.append(found)
            else:
                self._put_aside(found)
        hour_ago = instant(self.workspace.clock() - timedelta(hours=1))
        room = HOURLY - outbox.sent_since(self.workspace.conn, self.channel.key, hour_ago)
        if room <= 0:
            late = [each.parcel.id for each in leaving if not (each.is_red or each.by_hand)]
            why = _("waits: {n} messages left by this channel within the hour").format(n=HOURLY)
            outbox.say(self.workspace.conn, late, why)
            leaving = [each for each in leaving if each.parcel.id not in late]
        return next(iter(_units(leaving, room)), None)

    def _put_aside(self, found: Aside) -> None:
        if found.state == HELD:
            outbox.reword(self.workspace.conn, found.parcel.id, found.parcel.message)
        outbox.put_aside(self.workspace.conn, found.parcel.id, found.state, found.why, self._now())

    async def _send(self, unit: list[Leaving], target: ChannelTarget) -> None:
        """Claim what leaves, unless another process did, send it and note what came of it."""
        key = _key(unit)
        self.handled |= {each.parcel.id for each in unit}
        until = instant(self.workspace.clock() + CLAIM)
        for each in unit:
            outbox.reword(self.workspace.conn, each.parcel.id, messages.stored(each.message))
        if not outbox.claim(self.workspace.conn, [each.parcel.id for each in unit], key, self._now(), until):
            return
        target = _remaining(unit[0].parcel, target, self.channel)
        outcome = await self.deliver(target, _as_one(unit, key), now=self.workspace.now())
        recipients = _recipients(target, outcome) if KINDS[self.channel.kind].needs_recipients else {}
        known = {**unit[0].parcel.recipients, **recipients}
        self._settle(unit, until, "", outcome, known)

    def _settle_failed(self, unit: list[Leaving], outcome: Delivery) -> None:
        until = instant(self.workspace.clock() + CLAIM)
        if outbox.claim(self.workspace.conn, [e.parcel.id for e in unit], _key(unit), self._now(), until):
            self._settle(unit, until, "", outcome, unit[0].parcel.recipients)

    def _settle(
        self, unit: list[Leaving], until: str, state: str, outcome: Delivery, known: Mapping[str, Recipient]
    ) -> None:
        """What came of a try; the fifth failure is the last."""
        now = self.workspace.clock()
        tries = unit[0].parcel.attempts + 1
        refused = [f"{who} {found.error}" for who, found in known.items() if found.state == REFUSED]
        waiting = any(found.state == WAITS for found in known.values())
        some = any(found.state == HAS for found in known.values())
        when, error = now, outcome.error
        if state:
            pass
        elif outcome.delivered and not refused:
            state = SENT
        elif outcome.delivered or (some and refused and not waiting):
            state, error = FAILED, ", ".join(refused)
        elif outcome.permanent or tries > len(DELAYS):
            # That this computer could not show or ring it is nothing that somebody has to mend.
            state = DROPPED if KINDS[self.channel.kind].on_this_computer else FAILED
        else:
            state = QUEUED
            when = now + max(DELAYS[tries - 1], timedelta(seconds=outcome.retry_after_s or 0))
        self.counts[state] = self.counts.get(state, 0) + 1
        arrived = outcome.delivered or bool(outcome.took)
        for each in unit:
            outbox.settle(
                self.workspace.conn, each.parcel.id, until, state, attempts=tries, next_at=instant(when),
                sent_at=instant(now) if arrived else "", error=error, recipients=known,
                may_have_come=state != SENT and (each.parcel.may_have_come or outcome.may_have_come),
            )  # fmt: skip

    def _now(self) -> str:
        return instant(self.workspace.clock())


def _leaves_with(each: Parcel, chosen: Parcel) -> bool:
    return each.id == chosen.id or (each.sent_as == chosen.sent_as != "")


def _units(leaving: Sequence[Leaving], room: int) -> list[list[Leaving]]:
    """What leaves as one message each, the most pressing first.

    What left together, or was about to, stays together, and nothing joins it.
    """
    alone: list[list[Leaving]] = []
    loose: list[Leaving] = []
    together: dict[str, list[Leaving]] = {}
    for each in leaving:
        parcel = each.parcel
        if parcel.sent_as:
            together.setdefault(parcel.sent_as, []).append(each)
        elif parcel.about and not (each.by_hand or parcel.recipients):
            loose.append(each)
        else:
            alone.append([each])
    if len(loose) > MERGE or len(loose) > max(room, 1):
        alone.append(sorted(loose, key=lambda each: (-each.message.level, each.parcel.id)))
    else:
        alone += [[each] for each in loose]
    return sorted((*alone, *together.values()), key=_pressing)


def _pressing(unit: list[Leaving]) -> tuple[bool, int, int]:
    level = max(each.message.level if each.message.event != ENDED else 0 for each in unit)
    return not any(each.by_hand for each in unit), -level, min(each.parcel.id for each in unit)


def _key(unit: list[Leaving]) -> str:
    """Under which key a message leaves: kept from the first try on, whoever is over by the second."""
    first = unit[0].parcel
    if first.sent_as:
        return first.sent_as
    if len(unit) == 1:
        return first.dedup
    return digest("\n".join(each.parcel.dedup for each in unit))[:32]


def _as_one(unit: list[Leaving], key: str) -> Message:
    """One message for several that wait, each named in it; a single one as it is."""
    said = [each.message for each in unit]
    if any(each.parcel.may_have_come for each in unit):
        again = (
            _("Repeated"),
            _("an earlier try was cut off or not confirmed: you may have read this already"),
        )
        said = [replace(each, facts=(*each.facts, again)) for each in said]
    first = replace(said[0], id=key)
    if len(said) == 1:
        return first
    return Message(
        id=key,
        event="alert.opened",
        title=ngettext("{n} alert", "{n} alerts", len(said)).format(n=len(said)),
        items=tuple(f"{_sign(each)} {each.title}" for each in said),
        rest=_("cockpit alerts names them all"),
        facts=first.facts[-1:] if any(each.parcel.may_have_come for each in unit) else (),
        level=max(each.level for each in said),
        conf=max(each.conf for each in said),
        at=first.at,
    )


def _sign(message: Message) -> str:
    if message.event == ENDED:
        return "✓"
    return "■" if message.level >= 2 else "▲"


def _remaining(parcel: Parcel, target: ChannelTarget, channel: Channel) -> ChannelTarget:
    """The target with those recipients alone who do not have the message."""
    if not parcel.recipients or not KINDS[channel.kind].needs_recipients:
        return target
    left = tuple(who for who, found in parcel.recipients.items() if found.state == WAITS)
    return replace(target, recipients=tuple(parcel.recipients), left=left)


def _recipients(target: ChannelTarget, outcome: Delivery) -> dict[str, Recipient]:
    """What became of each recipient of a try."""
    tried = target.left or target.recipients
    found = {who: Recipient(HAS if outcome.delivered or who in outcome.took else WAITS) for who in tried}
    for each in outcome.refused:
        found[each.address] = Recipient(REFUSED if each.permanent else WAITS, each.error)
    return found

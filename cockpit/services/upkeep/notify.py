"""Raise the alerts and tell people of them, once each, whether or not the screen is open."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cockpit.domain.alerts.alerts import Alert, AlertLevel, in_quiet_hours
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import Channel
from cockpit.domain.text import digest
from cockpit.locale import _
from cockpit.services.alerts import gather, rows
from cockpit.services.alerts.endings import is_over
from cockpit.services.alerts.outside_rules import Undelivered
from cockpit.services.approvals import sweep as approvals_sweep
from cockpit.services.boards.board import Board, board
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import delivery, outbox
from cockpit.services.messages.judging import ENDED, Standing, takes
from cockpit.services.promises import sweep
from cockpit.sharing.message import Message
from cockpit.store.outside import outbox as store
from cockpit.store.outside.outbox import Parcel
from cockpit.store.records import instant
from cockpit.store.state import alert_log, memos
from cockpit.store.state.alert_log import EndedTrouble, KnownAlert, Raised
from cockpit.store.transaction import transaction

KEPT = timedelta(days=400)
ENDS = timedelta(days=1)
"""How long after its end a trouble is still said to be over: the night may be between."""
_UNUSABLE = "channel_unusable:"


@dataclass(frozen=True)
class Notified:
    """What one turn of notifying raised, queued and sent."""

    raised: int
    queued: int
    sent: int
    put_off: int
    given_up: int
    quiet: bool
    """Whether it was an hour in which nobody is told."""
    unusable: tuple[str, ...] = ()
    """Channels that cannot be used on this computer, and why: said the first time."""
    held: int = 0
    """Messages that leave once somebody looked at a preview: nobody is told by them meanwhile."""


async def notify(
    workspace: Workspace, *, deliver: delivery.Deliver | None = None, pause: delivery.Pause = asyncio.sleep
) -> Notified:
    """One turn: what time did is noted, alerts are raised, messages are queued and sent."""
    sweep.sweep(workspace)
    approvals_sweep.sweep(workspace)
    found = board(workspace)
    quiet = is_quiet(workspace, workspace.now())
    unusable = () if quiet else _unusable(workspace)
    queued = raise_alerts(workspace, found, quiet=quiet)
    counts: Mapping[str, int] = {}
    if not quiet:
        counts = await send_due(workspace, deliver=deliver, pause=pause)
    return Notified(
        raised=len(found.alerts.loud),
        queued=queued,
        sent=counts.get("sent", 0),
        put_off=counts.get("queued", 0),
        given_up=counts.get("failed", 0),
        quiet=quiet,
        unusable=unusable,
        held=sum(
            len(store.waiting(workspace.conn, each.key, state=store.HELD))
            for each in workspace.settings.channels
        ),
    )


async def send_due(
    workspace: Workspace,
    *,
    only: int | None = None,
    deliver: delivery.Deliver | None = None,
    pause: delivery.Pause = asyncio.sleep,
) -> Mapping[str, int]:
    """Send what is due, or the one message `only`, each judged by the alerts that hold when it leaves."""
    return await delivery.flush(
        workspace, lambda: standing(workspace), only=only, deliver=deliver, pause=pause
    )


def standing(workspace: Workspace) -> Standing:
    """The alerts that hold now, in the words in which they would be told."""
    found = board(workspace)
    first = alert_log.first_raised(workspace.conn)
    now = instant(workspace.clock())
    # What is told of one part of a case is what its whole line says by now.
    return Standing(
        {
            part.key: message_of(
                workspace,
                line,
                found.names,
                {each.key: KnownAlert(each.key, first.get(each.key, now), None, 0) for each in line.parts},
            )
            for line in found.alerts.loud
            for part in line.parts
        },
        frozenset(each.key for each in found.alerts.taken_up),
    )


def _unusable(workspace: Workspace) -> tuple[str, ...]:
    """The channels that this computer lacks now, each said once until it has them again."""
    from cockpit.sharing.channel import unusable

    said = []
    for channel in workspace.settings.channels:
        why = unusable(channel.kind)
        if why == memos.get(workspace.conn, _UNUSABLE + channel.key):
            continue
        memos.put(workspace.conn, _UNUSABLE + channel.key, why)
        if why:
            said.append(_("{name}: {value}").format(name=channel.name, value=why))
    return tuple(said)


def why_unusable(workspace: Workspace, channel: Channel) -> str:
    """Why a channel cannot be used on this computer, as it was found at the last turn; empty when it can."""
    return memos.get(workspace.conn, _UNUSABLE + channel.key)


def note(workspace: Workspace) -> None:
    """Note which alerts hold and which are over, telling nobody: what was taken up and is over is news again."""
    found = board(workspace)
    raise_alerts(workspace, found, quiet=True)


def is_quiet(workspace: Workspace, at: datetime) -> bool:
    """Whether nobody wants to be told then: at night, and on days on which the company is closed."""
    alerting = workspace.settings.alerting
    calendar = company_calendar(workspace)
    local = at.astimezone(calendar.zone)
    closed = not alerting.weekend and not calendar.is_business_day(local.date())
    return closed or in_quiet_hours(local.time(), alerting.quiet)


def raise_alerts(workspace: Workspace, shown: Board, *, quiet: bool) -> int:
    """Note which alerts hold, queue those of which nobody was told, and again red ones nobody took up."""
    now = workspace.clock()
    found = shown.alerts.loud
    raised = [
        Raised(each.key, each.kind, each.weight, each.subject, each.target)
        for each in (*(part for line in found for part in line.parts), *shown.alerts.taken_up)
    ]
    with transaction(workspace.conn):
        known, over = alert_log.update(workspace.conn, instant(now), raised)
        gather.settle_over(workspace, over)
        if quiet:
            return 0
        due = [
            line
            for line in found
            if any(_is_due(workspace, each, known[each.key], now) for each in line.parts)
        ]
        queued = _tell_ends(workspace, shown, now)
        failing = store.failing(workspace.conn)
        for each in due:
            # Where a message could not be delivered, that it could not would not be either.
            unreached = failing if each.kind == Undelivered.KIND else frozenset()
            message = message_of(workspace, each, shown.names, known)
            queued += sum(
                outbox.queue(workspace, channel, message, about=[part.key for part in each.parts])
                for channel in workspace.settings.channels
                if takes(channel, each.level)
                and channel.key not in unreached
                and not why_unusable(workspace, channel)
            )
        alert_log.told(workspace.conn, [each.key for line in due for each in line.parts], instant(now))
        alert_log.prune(workspace.conn, instant(now - KEPT))
        return queued


def _tell_ends(workspace: Workspace, shown: Board, now: datetime) -> int:
    """Say once that a trouble is over, where its beginning was delivered and only there; of a source, when
    it says so itself.
    """
    outside = shown.outside
    queued = 0
    for each in alert_log.ended(workspace.conn, rows.OVER, instant(now - ENDS)):
        if not is_over(
            each.kind, each.target, providers=outside.providers, feeds=outside.feeds, now=workspace.now()
        ):
            continue
        begun = [p for p in store.arrived(workspace.conn, each.key, each.first_at) if not _is_end(p)]
        for channel in workspace.settings.channels:
            there = [parcel for parcel in begun if parcel.channel == channel.key]
            if there:
                has = tuple(who for who in channel.to if any(_has(parcel, who) for parcel in there))
                if has or not channel.to:
                    message = _end_of(workspace, each, there)
                    only = () if has == channel.to else has
                    queued += outbox.queue(workspace, channel, message, about=[each.key], recipients=only)
    return queued


def _is_end(parcel: Parcel) -> bool:
    return bool(parcel.message.get("event") == ENDED)


def _has(parcel: Parcel, who: str) -> bool:
    """Whether that recipient got the message."""
    # One that was delivered before recipients were told apart went to all of them.
    return not parcel.recipients or getattr(parcel.recipients.get(who), "state", "") == store.HAS


def _end_of(workspace: Workspace, over: EndedTrouble, begun: Sequence[Parcel]) -> Message:
    first = datetime.fromisoformat(over.first_at)
    span = dates.duration((datetime.fromisoformat(over.over_at) - first).total_seconds())
    return Message(
        id=digest(f"{over.key}|{over.first_at}|over")[:32],
        event=ENDED,
        title=rows.over_words(over.kind, over.subject),
        level=over.weight // 1000,
        facts=((_("Lasted"), span),),
        thread=outbox.message_of(begun[0]).thread,
        conf=max(outbox.conf_of(parcel) for parcel in begun),
        at=workspace.now(),
    )


def message_of(
    workspace: Workspace, item: Alert, names: Mapping[str, str], log: Mapping[str, KnownAlert]
) -> Message:
    """What an alert says to whoever reads it elsewhere: what, since when, and who does what next."""
    known = log[item.key]
    first = datetime.fromisoformat(known.first_at).astimezone(workspace.zone)
    facts = [
        (_("Since"), f"{first:%d/%m %H:%M}"),
        (_("Next"), item.next(names, workspace.my_name)),
    ]
    if item.target[:2] in ("B-", "P-", "CK", "CT", "IN"):
        facts.append((_("Record"), item.target))
    # Each telling of what holds by now has an identity of its own.
    said = ((each.key, log[each.key]) for each in item.parts)
    told = digest("|".join(f"{key}|{its.first_at}|{its.times}" for key, its in said))
    return Message(
        id=told[:32],
        event="alert.updated" if known.times else "alert.opened",
        title=item.line(names),
        level=item.level,
        facts=tuple(facts),
        thread=f"{item.case}:{item.target or item.subject}",
        conf=item.conf,
        at=workspace.now(),
    )


def test_message(workspace: Workspace, channel: Channel) -> Message:
    """What the preview of a channel shows, and what letting it go sends."""
    at = workspace.now()
    return Message(
        id=digest(f"test|{channel.key}|{at.isoformat()}")[:32],
        event="test",
        title=_("Cockpit of {company}: this channel works").format(
            company=workspace.settings.company.name or workspace.actor
        ),
        body=_("Alerts that need somebody will come here, {level} ones and worse.").format(
            level=_("red") if channel.level == "red" else _("orange")
        ),
        level=0,
        at=at,
    )


def _is_due(workspace: Workspace, item: Alert, known: KnownAlert, now: datetime) -> bool:
    if known.told_at is None:
        return True
    again = timedelta(hours=workspace.settings.alerting.remind_hours)
    return item.level >= AlertLevel.RED and now - datetime.fromisoformat(known.told_at) >= again

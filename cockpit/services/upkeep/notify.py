"""Raise the alerts and tell people of them, once each, whether or not the screen is open."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from cockpit.domain.alerts.alerts import Alert, AlertLevel, in_quiet_hours
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import FINE, Freshness
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.alerts import gather
from cockpit.services.boards.board import Board, board
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import outbox
from cockpit.services.promises import sweep
from cockpit.sharing.message import Message
from cockpit.store.records import instant
from cockpit.store.state import alert_log
from cockpit.store.state.alert_log import KnownAlert, Raised
from cockpit.store.transaction import transaction

KEPT = timedelta(days=400)
ENDS = timedelta(days=1)
"""How long after its end a trouble is still said to be over: the night may be between."""
_LEVELS = {"red": AlertLevel.RED, "orange": AlertLevel.ORANGE}


@dataclass(frozen=True)
class Notified:
    """What one turn did."""

    raised: int
    queued: int
    sent: int
    put_off: int
    given_up: int
    quiet: bool
    """Whether it was an hour in which nobody is told."""


async def notify(
    workspace: Workspace, *, deliver: outbox.Deliver | None = None, pause: outbox.Pause = asyncio.sleep
) -> Notified:
    """One turn: what time did is noted, alerts are raised, messages are queued and sent."""
    sweep.sweep(workspace)
    found = board(workspace)
    quiet = is_quiet(workspace, workspace.now())
    queued = raise_alerts(workspace, found, quiet=quiet)
    counts: Mapping[str, int] = {}
    if not quiet:
        counts = await outbox.flush(workspace, deliver=deliver, pause=pause)
    return Notified(
        raised=len(found.alerts.loud),
        queued=queued,
        sent=counts.get("sent", 0),
        put_off=counts.get("queued", 0),
        given_up=counts.get("failed", 0),
        quiet=quiet,
    )


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
        for each in (*found, *shown.alerts.taken_up)
    ]
    with transaction(workspace.conn):
        known, over = alert_log.update(workspace.conn, instant(now), raised)
        gather.settle_over(workspace, over)
        if quiet:
            return 0
        due = [each for each in found if _is_due(workspace, each, known[each.key], now)]
        queued = _tell_ends(workspace, shown, now)
        for each in due:
            message = message_of(workspace, each, shown.names, known[each.key])
            queued += sum(
                outbox.queue(workspace, channel, message)
                for channel in workspace.settings.channels
                if each.level >= _LEVELS[channel.level]
            )
        alert_log.told(workspace.conn, [each.key for each in due], instant(now))
        alert_log.prune(workspace.conn, instant(now - KEPT))
        return queued


def _tell_ends(workspace: Workspace, shown: Board, now: datetime) -> int:
    """Say that a provider's trouble is over to those who were told of it, once, when its page says so again."""
    fine = {
        f"status:{line.key}"
        for line in shown.outside.providers
        if line.state in FINE and line.fresh is Freshness.FRESH
    }
    queued = 0
    for each in alert_log.ended(workspace.conn, "provider", instant(now - ENDS)):
        if each.target not in fine:
            continue
        first = datetime.fromisoformat(each.first_at)
        span = dates.duration((datetime.fromisoformat(each.over_at) - first).total_seconds())
        message = Message(
            id=hashlib.sha256(f"{each.target}|{each.first_at}|over".encode()).hexdigest()[:32],
            event="alert.resolved",
            title=_("{subject}: works again").format(subject=each.subject),
            level=each.weight // 1000,
            facts=((_("Lasted"), span),),
            thread=f"provider:{each.target}",
            at=workspace.now(),
        )
        queued += sum(
            outbox.queue(workspace, channel, message)
            for channel in workspace.settings.channels
            if each.weight // 1000 >= _LEVELS[channel.level]
        )
    return queued


def message_of(workspace: Workspace, item: Alert, names: Mapping[str, str], known: KnownAlert) -> Message:
    """What an alert says to whoever reads it elsewhere: what, since when, and who does what next."""
    first = datetime.fromisoformat(known.first_at).astimezone(workspace.zone)
    facts = [
        (_("Since"), f"{first:%d/%m %H:%M}"),
        (_("Next"), item.next(names, workspace.actor)),
    ]
    if item.target[:2] in ("B-", "P-", "CK", "CT", "IN"):
        facts.append((_("Record"), item.target))
    told = hashlib.sha256(f"{item.key}|{known.first_at}|{known.times}".encode()).hexdigest()[:32]
    return Message(
        id=told,
        event="alert.updated" if known.times else "alert.opened",
        title=item.text(names),
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
        id=hashlib.sha256(f"test|{channel.key}|{at.isoformat()}".encode()).hexdigest()[:32],
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

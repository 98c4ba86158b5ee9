"""One turn of what runs without the screen: sources, inbox, clocks, alerts, messages."""

from __future__ import annotations

from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import link_check, partner_pages
from cockpit.services.upkeep import drill, intake, notify, sync
from cockpit.services.upkeep.housekeeping import TOLD, tidy
from cockpit.services.upkeep.notify import Notified
from cockpit.store.state import memos


async def turn(workspace: Workspace) -> str:
    """Do one turn of the watch; what was done, in a line."""
    reports = await sync.sync(workspace.conn, workspace.settings, now=workspace.clock, due_only=True)
    read = sum(report.outcome != "skipped" for report in reports)
    tried = await link_check.check_due(workspace)
    tidy(workspace)
    drill.hold_if_due(workspace)
    said = [ngettext("{n} source read", "{n} sources read", read).format(n=read)]
    said += [str(tried)] if tried else []
    shared = partner_pages.in_words(partner_pages.refresh(workspace))
    said += [shared] if shared else []
    return " · ".join((*said, await tell(workspace)))


async def tell(workspace: Workspace) -> str:
    """Take what partners sent in, raise the alerts, deliver the messages; what was done, in a line."""
    received = await intake.take_in(workspace)
    told = await notify.notify(workspace)
    memos.put(workspace.conn, TOLD, workspace.clock().isoformat())
    parts = []
    if received.taken:
        parts.append(ngettext("{n} statement", "{n} statements", received.taken).format(n=received.taken))
    if received.approvals:
        answered = ngettext("{n} approval answered", "{n} approvals answered", received.approvals)
        parts.append(answered.format(n=received.approvals))
    if received.values:
        parts.append(ngettext("{n} value of a figure", "{n} values of figures", received.values).format(
            n=received.values))  # fmt: skip
    parts += [f"! {problem}" for problem in received.problems]
    return " · ".join([*parts, in_words(told)])


def in_words(told: Notified) -> str:
    """How many alerts there are, and what became of the messages."""
    parts = [ngettext("{n} alert", "{n} alerts", told.raised).format(n=told.raised)]
    if told.quiet:
        parts.append(_("quiet hours"))
    if told.sent:
        parts.append(ngettext("{n} message sent", "{n} messages sent", told.sent).format(n=told.sent))
    if told.put_off:
        parts.append(ngettext("{n} put off", "{n} put off", told.put_off).format(n=told.put_off))
    if told.held:
        held = ngettext(
            "{n} message waits for a preview: cockpit outbox",
            "{n} messages wait for a preview: cockpit outbox",
            told.held,
        )
        parts.append(held.format(n=told.held))
    if told.given_up:
        parts.append(_("{n} not delivered: cockpit outbox").format(n=told.given_up))
    parts += [f"! {why}" for why in told.unusable]
    return " · ".join(parts)

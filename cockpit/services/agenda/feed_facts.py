"""The facts about a feed as labels and values, for its page."""

from __future__ import annotations

from cockpit.locale import _, ngettext
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import agenda

Facts = list[tuple[str, str]]

REPAIRS_SHOWN = 40


def of_feed(workspace: Workspace, feed: FeedLine) -> Facts:
    """How fresh it is, when it is read again, what it holds, and every repair."""
    now = workspace.now()
    known = agenda.feed_state(workspace.conn, feed.key)
    facts = [(_("Last read"), dates.ago(feed.last_ok, now))]
    if feed.state is not None:
        if feed.state.last_error:
            facts.append((_("Last failure"), feed.state.last_error))
        if feed.state.next_try:
            facts.append((_("Next read"), dates.moment(feed.state.next_try.astimezone(workspace.zone), now)))
    if feed.moved_to:
        said = _("to {host}: h takes its new address, or cockpit agenda move {feed}")
        facts.append((_("Sent on"), said.format(host=feed.moved_to, feed=feed.key)))
    facts.append((_("Events"), str(known.events)))
    facts += [(_("To be known"), _(remark)) for remark in feed.remarks]
    if known.suspect:
        facts.append((_("Doubted"), _(
            "so much was missing that the agenda was kept; it follows if the feed says the same later,"
            " or at once with: cockpit agenda accept {feed}").format(feed=feed.key)))  # fmt: skip
    issues = agenda.issues(workspace.conn, feed.key)
    for number, issue in enumerate(issues[:REPAIRS_SHOWN]):
        label = (
            ngettext("{n} repair", "{n} repairs", len(issues)).format(n=len(issues)) if number == 0 else ""
        )
        facts.append((label, f"{_(issue.what)} · {issue.line}".strip(" ·")))
    if not issues:
        facts.append((_("Repairs"), _("none")))
    return facts

"""Events, free stretches and the present moment as painted lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from cockpit.domain.agenda.events import Event
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _, ngettext
from cockpit.services.agenda.feeds import FeedLine, Gap
from cockpit.services.desk import dates
from cockpit.ui.kit.visuals import MUTED, WARN, spread

if TYPE_CHECKING:
    pass


def event(item: Event, width: int, *, clash: bool, past: bool) -> Content:
    """Hour, title, and what is special about it."""
    card = item.occurrence
    hour = _("all day") if item.all_day else f"{item.start:%H:%M}"
    faded = past or item.cancelled or card.participation == "declined"
    marks = []
    if clash:
        marks.append(Content.styled(_("⚠ overlaps"), WARN))
    if item.cancelled:
        marks.append(Content.styled(_("cancelled"), MUTED))
    elif card.participation == "declined":
        marks.append(Content.styled(_("declined"), MUTED))
    elif "tentative" in (card.status, card.busy):
        marks.append(Content.styled(_("tentative"), MUTED))
    if card.link:
        marks.append(Content.styled("↗", "$primary"))
    style = f"{MUTED if faded else ''} {'strike' if item.cancelled else ''}".strip()
    left = Content.assemble((f"{hour:<5} ", MUTED)) + Content.styled(item.title or _("(no title)"), style)
    return spread(width, left, Content(" ").join(marks))


def gap(item: Gap, width: int) -> Content:
    """A free stretch of the day."""
    span = dates.duration((item.end - item.start).total_seconds())
    return Content.styled(f"{item.start:%H:%M} ┊ " + _("free {span}").format(span=span), MUTED)


def hold(item: Hold, width: int, now: datetime) -> Content:
    """Time that is kept for a priority: `14:00 ▣ Sign the amendment`."""
    local = [each.astimezone(now.tzinfo) for each in (item.starts_at, item.ends_at) if each is not None]
    hours = "–".join(f"{each:%H:%M}" for each in local)
    return spread(
        width,
        Content.styled(f"{hours[:5]} ", MUTED) + Content.styled(f"▣ {item.title}", "$accent"),
        Content.styled(hours[6:], MUTED),
    )


def now_line(width: int, now: datetime) -> Content:
    """Where we are in the day."""
    label = f"── {now:%H:%M} "
    return Content.styled(label + "─" * max(0, width - len(label)), "$accent")


def feed_note(feeds: tuple[FeedLine, ...], now: datetime) -> str:
    """The age of the oldest feed, and its repairs: what the agenda's border says."""
    if not feeds:
        return ""
    unread = [feed for feed in feeds if feed.last_ok is None]
    if unread:
        return ngettext("{n} agenda not read", "{n} agendas not read", len(unread)).format(n=len(unread))
    oldest = min(feed.last_ok for feed in feeds if feed.last_ok is not None)
    note = _("seen {ago}").format(ago=dates.ago(oldest, now))
    repairs = sum(feed.repairs for feed in feeds)
    if repairs:
        note += " · " + ngettext("{n} repair", "{n} repairs", repairs).format(n=repairs)
    return note

"""An event and a free stretch of the agenda as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cockpit.domain.agenda.events import (
    CANCELLED,
    DECLINED,
    FREE,
    NEEDS_ACTION,
    OUT_OF_OFFICE,
    TENTATIVE,
    UNFINISHED,
    Event,
)
from cockpit.locale import _, ngettext
from cockpit.services.agenda.events import label
from cockpit.services.agenda.feeds import FeedLine, Gap
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row

CLASHES = "⚠"
"""The sign of what overlaps another event."""
_PLAIN = "○⌂"
"""Signs of what changes nothing for the reader: they need no word where room lacks."""
_HOURS_AT = _WORDS_AT = 70


def event(item: Event, *, clash: bool = False, past: bool = False) -> Row:
    """`10:30 Paie+ – payslips        ⚠ overlaps ↗`: hours, title, and what is particular about it."""
    card = item.occurrence
    hour = _("all day") if item.all_day else f"{item.start:%H:%M}"
    left = [Piece(hour, Role.QUIET, column=5)]
    left += [] if item.all_day else [Piece(f"–{item.end:%H:%M}", Role.QUIET, at=_HOURS_AT)]
    off = item.cancelled or card.participation == DECLINED
    role = Role.GONE if item.cancelled else Role.QUIET if past or off else Role.PLAIN
    left += [Piece(" "), Piece(label(item), role)]
    right: list[Piece] = []
    for sign, word in signs(item, clash=clash):
        mark = Role.WATCH if sign == CLASHES else Role.QUIET
        gap = [Piece(" ")] if right else []
        right += [*gap, Piece(sign, mark), Piece(f" {word}", mark, at=_WORDS_AT if sign in _PLAIN else 0)]
    right += [Piece(" ↗" if right else "↗", Role.PLAN)] if card.link else []
    return Row(tuple(left), tuple(right))


def all_day(items: Iterable[Event]) -> Row:
    """What lasts all day, in one line."""
    return Row((Piece("      "), Piece(" · ".join(label(each) for each in items), Role.QUIET)))


def signs(item: Event, *, clash: bool = False, ritual: bool = False) -> tuple[tuple[str, str], ...]:
    """What is particular about an event, each as a sign and a word: no colour says it alone."""
    said = item.occurrence
    found = []
    if said.status == CANCELLED:
        found.append(("✗", _("cancelled")))
    elif said.participation == DECLINED:
        found.append(("✗", _("declined")))
    elif TENTATIVE in (said.status, said.busy):
        found.append(("?", _("tentative")))
    elif said.participation == NEEDS_ACTION:
        found.append(("?", _("no answer yet")))
    elif said.busy == FREE and not item.all_day:
        found.append(("○", _("takes no time")))
    if said.busy == OUT_OF_OFFICE:
        found.append(("⌂", _("out of office")))
    if ritual:
        found.append(("⚑", _("ritual")))
    if clash:
        found.append((CLASHES, _("overlaps")))
    return tuple(found)


def gap(item: Gap) -> Row:
    """A free stretch of the day."""
    span = dates.duration((item.end - item.start).total_seconds())
    return Row((Piece(f"{item.start:%H:%M} ┊ " + _("free {span}").format(span=span), Role.QUIET),))


def feeds_note(feeds: tuple[FeedLine, ...], now: datetime) -> str:
    """The age of the oldest feed, and its repairs: what the agenda's border says."""
    if not feeds:
        return ""
    moved = sum(bool(feed.moved_to) for feed in feeds)
    said = ngettext("{n} sent on (h)", "{n} sent on (h)", moved).format(n=moved)
    gone = f" · {said}" if moved else ""
    unread = [feed for feed in feeds if feed.last_ok is None]
    if unread:
        note = ngettext("{n} agenda not read", "{n} agendas not read", len(unread)).format(n=len(unread))
        return note + gone
    oldest = min(feed.last_ok for feed in feeds if feed.last_ok is not None)
    note = _("seen {ago}").format(ago=dates.ago(oldest, now))
    remarked = [feed for feed in feeds if feed.remarks]
    note += gone
    if any(UNFINISHED in feed.remarks for feed in remarked):
        note += " · " + _("read in part")
    elif remarked:
        look = ngettext("{n} agenda to look at", "{n} agendas to look at", len(remarked))
        note += " · " + look.format(n=len(remarked))
    repairs = sum(feed.repairs for feed in feeds)
    if repairs:
        note += " · " + ngettext("{n} repair", "{n} repairs", repairs).format(n=repairs)
    return note

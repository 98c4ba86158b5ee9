"""How each row of the morning review is drawn, in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.content import Content

from cockpit.domain.alerts import Alert
from cockpit.domain.news import WORSE
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _
from cockpit.services.news import News
from cockpit.services.priorities import carries
from cockpit.services.review import ReviewView
from cockpit.services.review_words import WHY
from cockpit.services.rituals import Meeting
from cockpit.services.rows import BlockerRow, Gap, PriorityRow, ProviderLine, SlaRow
from cockpit.ui import service_visuals, visuals
from cockpit.ui.panes.today import Now, Shown
from cockpit.ui.review_page import Group, Second, Under, Way


def draw(found: ReviewView, data: object, width: int) -> list[Content]:
    """One row in one line."""
    return [_PAINTERS[type(data)](found, data, width)]


def _of_gap(found: ReviewView, data: Gap, width: int) -> Content:
    hint = Content.styled(_("⏎ keeps it for a priority"), visuals.MUTED)
    return visuals.spread(width, visuals.gap(data, width), hint)


def _of_news(found: ReviewView, data: News, width: int) -> Content:
    glyph, colour = visuals.severity(data.severity)
    who = found.board.names.get(data.actor, data.actor)
    right = ", ".join(_(WHY[reason]) for reason in data.why)
    worse = visuals.WARN if data.group == WORSE else visuals.MUTED
    tail = Content.styled(right, worse) + Content.styled(f"  {who}", visuals.MUTED)
    if data.seen:
        return visuals.spread(width, Content.styled(f"✓ {data.code:<6} {data.title}", visuals.MUTED), tail)
    left = Content.assemble((f"{glyph} ", colour), (f"{data.code:<6} ", visuals.MUTED), data.title)
    return visuals.spread(width, left, tail)


def _of_priority(found: ReviewView, data: PriorityRow, width: int) -> Content:
    times = carries(data.record, found.board.day)
    return visuals.priority(replace(data, record=replace(data.record, carried=times)), width, found.board)


_PAINTERS: dict[type, Callable[[ReviewView, Any, int], Content]] = {
    Group: lambda _found, data, _width: Content.styled(f"── {data.text} ", visuals.MUTED),
    Under: lambda _found, data, _width: data.content,
    Way: lambda _found, data, _width: Content.styled(f"▸ {data.text}", "$accent"),
    News: _of_news,
    Now: lambda _found, data, width: visuals.now_line(width, data.at),
    Gap: _of_gap,
    Hold: lambda found, data, width: visuals.hold(data, width, found.board.at),
    Shown: lambda _found, data, width: visuals.event(data.event, width, clash=data.clash, past=data.past),
    Meeting: lambda found, data, width: visuals.meeting(data, width, found.board),
    SlaRow: lambda found, data, width: service_visuals.sla_row(
        data, width, found.board.at, found.board.names
    ),
    BlockerRow: lambda found, data, width: visuals.blocker(data, width, found.board)[0],
    Second: lambda found, data, width: visuals.blocker(data.row, width, found.board)[1],
    ProviderLine: lambda found, data, width: visuals.provider(data, width, found.board.at),
    Alert: lambda found, data, width: service_visuals.alert(data, width, found.board.names),
    PriorityRow: _of_priority,
}

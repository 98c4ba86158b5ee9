"""How each row of the morning review is drawn, in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.dataclasses import replace
from cockpit.domain.morning.news import WORSE
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _
from cockpit.services.agenda.feeds import Gap
from cockpit.services.meetings.rituals import Meeting
from cockpit.services.morning.news import News
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import WHY
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.work.priorities import carries
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.ui.alerts import rows
from cockpit.ui.kit import visuals
from cockpit.ui.meetings import rows as meetings_rows
from cockpit.ui.morning.page import Group, Second, Under, Way
from cockpit.ui.promises import rows as promises_rows
from cockpit.ui.providers import rows as providers_rows
from cockpit.ui.week import rows as week_rows
from cockpit.ui.week.day_rows import Now, Shown
from cockpit.ui.work import rows as work_rows


def draw(found: ReviewView, data: object, width: int) -> list[Content]:
    """One row in one line."""
    return [_PAINTERS[type(data)](found, data, width)]


def _of_gap(found: ReviewView, data: Gap, width: int) -> Content:
    hint = Content.styled(_("⏎ keeps it for a priority"), visuals.MUTED)
    return visuals.spread(width, week_rows.gap(data, width), hint)


def _of_news(found: ReviewView, data: News, width: int) -> Content:
    glyph, colour = work_rows.severity(data.severity)
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
    return work_rows.priority(replace(data, record=replace(data.record, carried=times)), width, found.board)


_PAINTERS: dict[type, Callable[[ReviewView, Any, int], Content]] = {
    Group: lambda _found, data, _width: Content.styled(f"── {data.text} ", visuals.MUTED),
    Under: lambda _found, data, _width: data.content,
    Way: lambda _found, data, _width: Content.styled(f"▸ {data.text}", "$accent"),
    News: _of_news,
    Now: lambda _found, data, width: week_rows.now_line(width, data.at),
    Gap: _of_gap,
    Hold: lambda found, data, width: week_rows.hold(data, width, found.board.at),
    Shown: lambda _found, data, width: week_rows.event(data.event, width, clash=data.clash, past=data.past),
    Meeting: lambda found, data, width: meetings_rows.meeting(data, width, found.board),
    SlaRow: lambda found, data, width: promises_rows.sla_row(data, width, found.board.at, found.board.names),
    BlockerRow: lambda found, data, width: work_rows.blocker(data, width, found.board)[0],
    Second: lambda found, data, width: work_rows.blocker(data.row, width, found.board)[1],
    ProviderLine: lambda found, data, width: providers_rows.provider(data, width, found.board.at),
    Alert: lambda found, data, width: rows.alert(data, width, found.board.names),
    PriorityRow: _of_priority,
}

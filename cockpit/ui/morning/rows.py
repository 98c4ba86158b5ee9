"""How each row of the morning review is painted, in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _
from cockpit.services.agenda import rows as agenda_rows
from cockpit.services.agenda.feeds import Gap
from cockpit.services.alerts import rows as alerts_rows
from cockpit.services.approvals import rows as approval_rows
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.boards import once
from cockpit.services.figures import goals
from cockpit.services.figures.goals import GoalLine
from cockpit.services.meetings import rows as meetings_rows
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.morning import rows
from cockpit.services.morning.news_line import News
from cockpit.services.morning.review import ReviewView
from cockpit.services.promises import rows as promises_rows
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers import rows as providers_rows
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.signals import rows as signal_rows
from cockpit.services.signals.listing import SignalLine
from cockpit.services.work import rows as work_rows
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.ui.kit import painted, visuals
from cockpit.ui.morning.page import EmptyPlace, Group, ReviewLink, Under
from cockpit.ui.week.day_rows import DayEvent, Now


def draw(found: ReviewView, data: object, width: int) -> list[Content]:
    """One row in one line."""
    # An alert is of a class of its own, painted as all of them.
    paint = next(_PAINTERS[kind] for kind in type(data).__mro__ if kind in _PAINTERS)
    return [paint(found, data, width)]


def facts(found: ReviewView, data: object, width: int) -> list[Content]:
    """The second line of a blocker or an approval, where rows have two."""
    if isinstance(data, BlockerRow):
        return [painted.facts(once.blocker(found.board, data.record), width)]
    if isinstance(data, ApprovalLine):
        return [painted.facts(approval_rows.approval(data, found.board.at, found.board.names), width)]
    if isinstance(data, PriorityRow):
        return [painted.facts(work_rows.of_priority(data, found.board.at, found.board.names), width)]
    return []


def _of_gap(_found: ReviewView, data: Gap, width: int) -> Content:
    hint = Content.styled(_("⏎ keeps it for a priority"), visuals.MUTED)
    return visuals.spread(width, painted.line(agenda_rows.gap(data), width), hint)


def _of_event(_found: ReviewView, data: DayEvent, width: int) -> Content:
    return painted.line(agenda_rows.event(data.event, clash=data.clash, past=data.past), width)


def _of_blocker(found: ReviewView, data: BlockerRow, width: int) -> Content:
    return painted.line(
        once.blocker(found.board, data.record),
        width,
    )


def _of_priority(found: ReviewView, data: PriorityRow, width: int) -> Content:
    board = found.board
    carried = data.record.carries(board.day)
    return painted.line(work_rows.of_priority(data, board.at, board.names, carried), width)


def _of_sla(found: ReviewView, data: SlaRow, width: int) -> Content:
    return painted.line(promises_rows.sla(data, found.board.at, found.board.names), width)


_PAINTERS: dict[type, Callable[[ReviewView, Any, int], Content]] = {
    Group: lambda _found, data, _width: Content.styled(f"── {data.text} ", visuals.MUTED),
    Under: lambda _found, data, _width: data.content,
    EmptyPlace: lambda _found, data, _width: Content.assemble(
        (f"{data.rank} · ", visuals.MUTED), (_("space chooses one below"), visuals.MUTED)
    ),
    ReviewLink: lambda _found, data, _width: Content.styled(f"▸ {data.text}", "$accent"),
    News: lambda found, data, width: painted.line(rows.news(data, found.board.names), width),
    Now: lambda _found, data, width: painted.now_line(data.at, width),
    Gap: _of_gap,
    ApprovalLine: lambda found, data, width: painted.line(
        approval_rows.approval(data, found.board.at, found.board.names), width
    ),
    Hold: lambda found, data, width: painted.line(work_rows.hold(data, found.board.at), width),
    DayEvent: _of_event,
    PlannedMeeting: lambda found, data, width: painted.line(
        meetings_rows.meeting(data, found.board.at), width
    ),
    SlaRow: _of_sla,
    BlockerRow: _of_blocker,
    ProviderLine: lambda found, data, width: painted.line(
        providers_rows.provider(data, found.board.at), width
    ),
    SignalLine: lambda _found, data, width: painted.line(signal_rows.signal(data), width),
    Alert: lambda found, data, width: painted.line(alerts_rows.alert(data, found.board.names), width),
    PriorityRow: _of_priority,
    GoalLine: lambda found, data, width: painted.line(goals.row(data, found.board.names), width),
}

"""The week's rituals."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, _
from cockpit.services.audits import rows as audits_rows
from cockpit.services.audits.due import Due
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.meetings import rows as meetings_rows
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Meetings(Pane[PlannedMeeting | Due]):
    """Rituals planned, held, missed, and the next one."""

    NUMBER = 4
    TITLE = N_("Rituals of the week")
    EMPTY = N_(
        "Meetings that come back: kick-off, flash point, reviews. F3 opens the organisation, c creates one there."
    )

    def items_of(self, board: Board) -> Sequence[Item[PlannedMeeting | Due]]:
        """In their order in the week."""
        rows: list[PlannedMeeting | Due] = [*board.meetings.planned, *board.due]
        return [Item(row.key, row) for row in rows]

    def draw(self, data: PlannedMeeting | Due, width: int, board: Board) -> Content:
        """One line each."""
        if isinstance(data, Due):
            return painted.line(audits_rows.due(data), width)
        return painted.line(meetings_rows.meeting(data, board.at), width)

    def counts(self, board: Board) -> str:
        """Held of planned, in which week."""
        if not board.meetings.planned:
            return ""
        # An informal moment is never counted: only its day stands in the list.
        counted = [item for item in board.meetings.planned if item.has_agenda]
        held = sum(item.status == "held" for item in counted)
        parts = [_("{held}/{all} held").format(held=held, all=len(counted))] if counted else []
        parts.append(dates.week_number(board.day))
        if board.meetings.attended is not None:
            parts.append(_("{n} % present (90 d)").format(n=board.meetings.attended.percent))
        return " · ".join(parts)

    def target_of(self, item: Item[PlannedMeeting | Due]) -> Target:
        """A meeting; opening it opens its ritual. What is due opens its function, and takes its keys."""
        if isinstance(item.data, Due):
            kinds = {Kind.FUNCTION} if item.data.code.startswith("FN-") else set()
            return Target(frozenset(kinds), item.data.code, item.data)
        return Target(frozenset({Kind.MEETING}), item.data.ritual.code, item.data)

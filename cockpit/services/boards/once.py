"""Once per problem: a blocker's clock stands on its row, and alerts that rows tell already are only counted."""

from __future__ import annotations

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Row
from cockpit.services.work import rows


def blocker(board: Board, record: Blocker) -> Row:
    """A blocker with the clock that runs on it."""
    return rows.blocker(record, board.at, board.names, board.promises.of(record.code))


def told_and_not(board: Board) -> tuple[list[Alert], list[Alert]]:
    """The loud alerts that the row of a blocker, a clock or a provider says by itself, and the others; worst first."""
    listed = {row.record.code for row in board.work.blockers}
    listed |= {row.code for row in board.promises.slas}
    if not board.outside.offline:
        listed |= {f"status:{line.key}" for line in board.outside.providers}
    told: list[Alert] = []
    others: list[Alert] = []
    for each in board.alerts.loud:
        said = all(part.ON_ITS_ROW for part in each.parts) and each.target in listed
        (told if said else others).append(each)
    return told, others

"""What partners sent in and nobody sorted yet."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.statement import Statement
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records

VISIBLE = 100
"""Statements of one list at most."""
_NEW = "triage IN ('new', 'left') AND closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True)
class Unsorted:
    """The statements that a list shows, the worst first, and how many wait in all."""

    statements: tuple[Statement, ...]
    count: int


def unsorted(workspace: Workspace) -> Unsorted:
    """What waits to be sorted now."""
    return Unsorted(statements(workspace), records.count(workspace.conn, "statement", _NEW))


def statements(workspace: Workspace, most: int = VISIBLE) -> tuple[Statement, ...]:
    """The statements that a list shows, the worst first; all of them where `most` is negative."""
    where = f"{_NEW} ORDER BY triage != 'left', severity, number LIMIT ?"
    return workspace.select(Statement, "statement", where, (most,))

"""What the assistant prepares for the chief executive: one line about a record, a rank, and 'prepared at'."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.preparation import Preparation
from cockpit.domain.registers.statement import Statement
from cockpit.domain.text import typed
from cockpit.locale import _, ngettext
from cockpit.services.boards.board import Board
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store.transaction import transaction

PREPARATION = REGISTERS["preparation"]
WHOLE = "*"
"""What the line about the whole review is about."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The lines of today by the code of their record, who prepared, and when."""

    lines: Mapping[str, Preparation]
    by: str = ""
    at: datetime | None = None

    def rank(self, code: str) -> int:
        """The place that was given to a record; those without one come after every other."""
        line = self.lines.get(code)
        return line.rank if line is not None and line.rank > 0 else 1 << 30


def prepared(workspace: Workspace) -> Prepared:
    """What was prepared for today."""
    where = "day = ? AND archived_at IS NULL ORDER BY updated_at, number"
    found = workspace.select(Preparation, "preparation", where, (workspace.today().isoformat(),))
    whole = [each for each in found if each.about == WHOLE]
    last = (whole or found)[-1:]
    return Prepared(
        lines={each.about: each for each in found if each.about != WHOLE},
        by=last[0].created_by if last else "",
        at=last[0].updated_at if last else None,
    )


def to_prepare(found: Board, known: Prepared) -> tuple[Statement | Blocker, ...]:
    """What has no line yet: the inbox first, then blockers by heat."""
    every: tuple[Statement | Blocker, ...] = (
        *found.inbox.statements,
        *(row.record for row in found.work.blockers),
    )
    return tuple(each for each in every if each.code not in known.lines)


def prepare(workspace: Workspace, code: str, line: str, rank: int | None = None) -> str:
    """Write the line of today about a record, over the one that stood there; an empty one takes it away.

    `rank` is its place among the blockers of the review; None leaves the one it has. The code of the line.
    Raises UnknownCode, NotPossible for an empty line where none stands.
    """
    line = typed(line)
    with transaction(workspace.conn):
        _register, record = find(workspace, code)
        known = prepared(workspace).lines.get(record.code)
        if known is not None:
            values: dict[str, Value] = {"line": line} if line else {"archived_at": workspace.clock()}
            values |= {"rank": rank} if rank is not None else {}
            workspace.change(PREPARATION, known, values, "preparation.edit")
            return known.code
        if not line:
            raise NotPossible(code, _("it has no line that could be taken away"))
        values = {
            "about": record.code, "line": line, "day": workspace.today(), "rank": rank or 0,
            "conf": record.conf,
        }  # fmt: skip
        return workspace.add(PREPARATION, values)


def finish(workspace: Workspace) -> Prepared:
    """Say that the day is prepared, by whom and when."""
    with transaction(workspace.conn):
        known = prepared(workspace)
        n = len(known.lines)
        said = ngettext("{n} line prepared", "{n} lines prepared", n).format(n=n)
        # Said again later it is another record: who prepares last signs.
        values: dict[str, Value] = {"about": WHOLE, "line": said, "day": workspace.today()}
        workspace.add(PREPARATION, values, "preparation.done")
        return prepared(workspace)

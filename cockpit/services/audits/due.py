"""Audits, reviews of levels and ends of handovers that fall on a day: what the week shows beside its rituals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace

AUDIT, LEVEL, HANDOVER = "audit", "level", "handover"
TITLES: Mapping[str, str] = {
    AUDIT: N_("Audit: {name}"), LEVEL: N_("Right level: {name}"), HANDOVER: N_("Ends: {name}"),
}  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One thing that is due on a day; `code` opens it: the function, or the handover."""

    day: date
    kind: str
    name: str
    code: str

    @property
    def key(self) -> str:
        """Stable for this day."""
        return f"due:{self.kind}:{self.code}:{self.day}"

    @property
    def text(self) -> str:
        """`Audit: Payroll`."""
        return _(TITLES[self.kind]).format(name=self.name)


def due(workspace: Workspace, start: date, end: date) -> tuple[Due, ...]:
    """What falls due from `start` up to, not including, `end`; by day."""
    days = (start.isoformat(), end.isoformat())
    last = (
        "SELECT max(held_on) FROM audit AS b WHERE b.function = a.function AND b.archived_at IS NULL"
        " AND verdict != 'open'"
    )
    rows = workspace.conn.execute(
        f"SELECT '{AUDIT}' AS kind, a.next_on AS day, f.name, f.code FROM audit AS a"
        " JOIN function AS f ON f.code = a.function WHERE a.next_on >= ? AND a.next_on < ?"
        f" AND a.archived_at IS NULL AND f.archived_at IS NULL AND a.held_on = ({last})"
        f" UNION ALL SELECT '{LEVEL}', review_due, name, code FROM function"
        " WHERE review_due >= ? AND review_due < ? AND archived_at IS NULL"
        f" UNION ALL SELECT '{HANDOVER}', due, name, code FROM handover"
        " WHERE due >= ? AND due < ? AND archived_at IS NULL ORDER BY day, name",
        days * 3,
    )
    return tuple(Due(date.fromisoformat(row["day"]), row["kind"], row["name"], row["code"]) for row in rows)

"""A month whose consolidated report waits to be closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import due


@dataclass(frozen=True, kw_only=True)
class MonthToBeClosed(Alert):
    """A month that is over, of which what was owed had ten days more to come, and that nobody closed."""

    KIND: ClassVar[str] = "month_to_close"
    TEXT: ClassVar[str] = N_("{subject} can be closed: its report is read, then frozen")
    NEXT: ClassVar[str] = N_("{me}: Enter reads it, x closes it (cockpit report {month} --close)")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    month: str


def of_months(workspace: Workspace) -> Iterator[Alert]:
    """The last one, in a company that keeps such reports."""
    waiting = due.to_close(workspace)
    if waiting is not None:
        yield MonthToBeClosed(
            level=AlertLevel.ORANGE, subject=dates.whole_month(waiting.month.first), month=waiting.month.key,
            target=f"report:{waiting.month.key}", who=workspace.chief, since=waiting.month.closes_on.isoformat(),
        )  # fmt: skip

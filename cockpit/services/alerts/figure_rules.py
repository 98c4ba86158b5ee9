"""What the scorecard asks for: values that did not come, red ones that nobody took up, goals nobody spoke of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records

_KEPT = "archived_at IS NULL"
LOOKED_AT = 3
"""Periods: the one that runs, the last one, and the one whose grace may end."""


@dataclass(frozen=True, kw_only=True)
class FigureLate(Alert):
    """A value that should have come."""

    KIND: ClassVar[str] = "figure_late"
    TEXT: ClassVar[str] = N_("{subject}: the value of {period} did not come")
    NEXT: ClassVar[str] = N_("{who}: give it (a), or ask for it (l)")
    MANY: ClassVar[str] = N_("{n} figures did not come")

    period: str
    first: date

    @property
    def about(self) -> str:
        """The period that is missing."""
        return self.first.isoformat()


@dataclass(frozen=True, kw_only=True)
class FigureRed(Alert):
    """A value that is red, of which no blocker was made."""

    KIND: ClassVar[str] = "figure_red"
    TEXT: ClassVar[str] = N_("{subject} is red: {value} in {period}, {wanted} is expected")
    NEXT: ClassVar[str] = N_("{who}: make a blocker of it (B), or acknowledge it (space)")
    MANY: ClassVar[str] = N_("{n} figures are red")

    value: str
    wanted: str
    period: str
    first: date

    @property
    def about(self) -> str:
        """The period that is red: the next one is another matter."""
        return self.first.isoformat()


def of_figures(workspace: Workspace) -> Sequence[Alert]:
    """Values that did not come, and red ones without an open blocker."""
    if not records.count(workspace.conn, "figure", _KEPT):
        return ()
    # The scorecard and its forms are loaded only where a figure is followed.
    from cockpit.services.figures import scorecard
    from cockpit.services.figures.values import about

    found: list[Alert] = []
    lines = scorecard.scorecard(workspace, LOOKED_AT)
    taken = about(workspace) if lines else frozenset()
    for line in lines:
        record, latest = line.record, line.figures.latest
        if line.figures.late is not None:
            found.append(
                FigureLate(
                    level=AlertLevel.ORANGE, subject=record.name, target=record.code, who=record.owner,
                    conf=record.conf,
                    period=scorecard.period_name(line.figures.late, record.cadence), first=line.figures.late,
                )
            )  # fmt: skip
        if latest is not None and line.figures.is_red and record.code not in taken:
            found.append(
                FigureRed(
                    level=AlertLevel.ORANGE, subject=record.name, target=record.code, who=record.owner,
                    conf=record.conf,
                    value=scorecard.amount(record, latest.value), wanted=scorecard.target_in_words(record),
                    period=scorecard.period_name(latest.period, record.cadence), first=latest.period,
                )
            )  # fmt: skip
    return found


@dataclass(frozen=True, kw_only=True)
class GoalUnsaid(Alert):
    """A goal of which nobody said for a week how it stands."""

    KIND: ClassVar[str] = "goal_unsaid"
    TEXT: ClassVar[str] = N_("Say how the goal stands: {subject}")
    NEXT: ClassVar[str] = N_("{who}: on track, off track or reached (a)")
    MANY: ClassVar[str] = N_("{n} goals: nobody said this week how they stand")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


@dataclass(frozen=True, kw_only=True)
class GoalPast(Alert):
    """A goal that is neither reached nor given up after its quarter."""

    KIND: ClassVar[str] = "goal_past"
    TEXT: ClassVar[str] = N_("The quarter is over, the goal is not: {subject}")
    NEXT: ClassVar[str] = N_("{who}: reached or given up (a), or another quarter (Enter)")
    MANY: ClassVar[str] = N_("{n} goals outlived their quarter")


def of_goals(workspace: Workspace) -> Sequence[Alert]:
    """Goals to speak of, and those whose quarter is over."""
    if not records.count(workspace.conn, "goal", _KEPT):
        return ()
    from cockpit.services.figures import goals as quarter

    found: list[Alert] = []
    for line in quarter.goals(workspace):
        if not (line.past or line.due):
            continue
        kind, level = (GoalPast, AlertLevel.ORANGE) if line.past else (GoalUnsaid, AlertLevel.TO_COMPLETE)
        record = line.record
        found.append(
            kind(level=level, subject=record.name, target=record.code, who=record.owner, conf=record.conf)
        )
    return found

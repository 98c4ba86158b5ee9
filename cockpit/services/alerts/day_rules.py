"""What needs somebody today in the work itself: blockers, priorities, reminders, decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.priority import Priority
from cockpit.domain.time.elapsed import whole_days
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import commitments
from cockpit.store.records import AWAKE, instant

REVIEW_DAYS = 7
_LIVE = "closed_at IS NULL AND archived_at IS NULL"
_URGENT = f"{_LIVE} AND severity IN ('p1', 'p2') AND {AWAKE}"


@dataclass(frozen=True, kw_only=True)
class NoOwner(Alert):
    """An urgent blocker that is nobody's."""

    KIND: ClassVar[str] = "no_owner"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("nobody's")
    TEXT: ClassVar[str] = N_("Name an owner: {subject}")
    NEXT: ClassVar[str] = N_("{me}: give it to somebody (g)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


@dataclass(frozen=True, kw_only=True)
class NoNextStep(Alert):
    """An urgent blocker of which nobody said what comes next, nor whom it waits for."""

    KIND: ClassVar[str] = "no_next_step"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("no next step")
    TEXT: ClassVar[str] = N_("Say what is next: {subject}")
    NEXT: ClassVar[str] = N_("{who}: say what comes next (p)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


@dataclass(frozen=True, kw_only=True)
class OldBlocker(Alert):
    """An urgent blocker that has been open for a week or more."""

    KIND: ClassVar[str] = "old"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("open for {days}")
    TEXT: ClassVar[str] = N_("Decide or escalate, {days}: {subject}")
    NEXT: ClassVar[str] = N_("{who}: decide (d), escalate (e) or date it (r)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    days: int


@dataclass(frozen=True, kw_only=True)
class PastDue(Alert):
    """A blocker whose own date is past, urgent or not: somebody counted on that day."""

    KIND: ClassVar[str] = "past_due"
    JOINS: ClassVar[str] = "work"
    ON_ITS_ROW: ClassVar[bool] = True
    BRIEFLY: ClassVar[str] = N_("late by {days}")
    TEXT: ClassVar[str] = N_("Past its date by {days}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} (l), solve it (x) or put it off (r)")
    MANY: ClassVar[str] = N_("{n} blockers are past their date")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    at: str
    """When it was due: another date is another alert."""
    days: int

    @property
    def about(self) -> str:
        """The instant `at`."""
        return self.at

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """In the first day, that it is over."""
        if self.days:
            return super().text(names)
        return _("Past its date: {subject}").format(subject=self.subject)

    def briefly(self, names: Mapping[str, str] | None = None) -> str:
        """As `text`."""
        return super().briefly(names) if self.days else _("past its date")


def past_due(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """Blockers that are not put off and whose date is past; red where they are urgent.

    A promise that is broken is told of the same case already.
    """
    rows = workspace.conn.execute(
        "SELECT code, title, coalesce(owner, '') AS owner, coalesce(waiting_on, '[]') AS waiting_on, conf,"
        f" severity, due FROM blocker WHERE due < ? AND coalesce(sla_due, '~') > ? AND {_LIVE} AND {AWAKE}",
        (instant(now),) * 3,
    )
    for row in rows:
        urgent = row["severity"] in ("p1", "p2")
        late = now - datetime.fromisoformat(row["due"])
        yield PastDue(
            level=AlertLevel.RED if urgent else AlertLevel.ORANGE, subject=row["title"], target=row["code"],
            who=next(iter(json.loads(row["waiting_on"])), row["owner"]), conf=row["conf"],
            severity=int(row["severity"][1:]), since=row["due"], at=row["due"],
            days=whole_days(late.total_seconds()),
        )  # fmt: skip


class _OfBlocker(TypedDict):
    subject: str
    target: str
    who: str
    conf: int
    severity: int
    since: str


def of_blockers(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """Urgent blockers that nobody moves. What is asked of somebody, or was decided since, moves."""
    old = instant(now - timedelta(days=rules.OLD_BLOCKER_DAYS))
    rows = workspace.conn.execute(
        f"SELECT code, title, coalesce(owner, '') AS owner, conf, severity, {_SINCE} AS since,"
        f" {_STEPLESS} AS stepless FROM blocker WHERE {_URGENT}"
        f" AND (coalesce(owner, '') = '' OR {_STEPLESS} OR ({_SINCE} <= ? AND NOT {_MOVES}))",
        (instant(now), old, instant(now), old),
    )
    for code, title, owner, conf, severity, since, stepless in rows:
        of: _OfBlocker = {
            "subject": title, "target": code, "who": owner, "conf": conf, "severity": int(severity[1:]),
            "since": since,
        }  # fmt: skip
        if not owner:
            yield NoOwner(level=AlertLevel.RED, **of)
        elif stepless:
            yield NoNextStep(level=AlertLevel.ORANGE, **of)
        else:
            age = now - datetime.fromisoformat(since)
            days = whole_days(age.total_seconds())
            yield OldBlocker(level=AlertLevel.ORANGE, **of, days=days)


_SINCE = "coalesce(since, created_at)"
_STEPLESS = "(coalesce(next_step, '') = '' AND coalesce(waiting_on, '[]') = '[]')"
_MOVES = (
    "(EXISTS (SELECT 1 FROM escalation AS e WHERE e.blocker = blocker.code AND e.ended_at IS NULL"
    " AND e.archived_at IS NULL AND (e.answer_by IS NULL OR e.answer_by >= ?))"
    " OR EXISTS (SELECT 1 FROM decision AS d, json_each(d.blocks) AS settled WHERE settled.value = blocker.code"
    " AND d.archived_at IS NULL AND d.created_at > ?))"
)
"""Somebody is asked and has time left to answer, or something was decided of it within the same span of days."""


@dataclass(frozen=True, kw_only=True)
class Carried(Alert):
    """A priority carried over again and again: do, delegate, date or drop."""

    KIND: ClassVar[str] = "carried"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("carried {times} times")
    TEXT: ClassVar[str] = N_("Decide, carried {times} times: {subject}")
    NEXT: ClassVar[str] = N_("{me}: choose it for today (⏎, space), delegate (g), date (r) or drop it")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    times: int

    @property
    def stage(self) -> int:
        """Once more is worse."""
        return min(999, self.times)


def of_priorities(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Priorities carried over again and again: the night that is over counts before they are chosen again."""
    rows = workspace.select(
        Priority,
        "priority",
        f"{_LIVE} AND status = 'open' AND {AWAKE}"
        " AND coalesce(day, '') != ? AND carried + (day IS NOT NULL AND day < ?) >= ?",
        (instant(workspace.clock()), today.isoformat(), today.isoformat(), rules.CARRIED),
    )
    for each in rows:
        yield Carried(
            level=AlertLevel.ORANGE, subject=each.title, target=each.code, severity=int(each.severity[1:]),
            since=each.day.isoformat() if each.day else "", conf=each.conf, times=each.carries(today),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reminder(Alert):
    """What was delegated and should be asked about."""

    KIND: ClassVar[str] = "reminder"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("to be asked about")
    TEXT: ClassVar[str] = N_("Ask {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} (l)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    at: str
    """When it was to be asked about: the next time is another reminder."""
    own: bool = False
    """Whether whoever reads it has it themselves: nobody is told to ask themselves."""

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """Whom to ask, or that it comes back."""
        return _("Comes back: {subject}").format(subject=self.subject) if self.own else super().text(names)

    def briefly(self, names: Mapping[str, str] | None = None) -> str:
        """The same beside another one of its case."""
        return _("comes back") if self.own else super().briefly(names)

    @property
    def about(self) -> str:
        """The instant `at`: a later reminder of the same is another alert."""
        return self.at


def of_reminders(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """What was delegated and should be asked about, whatever its rank."""
    for table in ("blocker", "priority"):
        for row in workspace.conn.execute(
            f"SELECT code, title, conf, remind_at, coalesce(delegated_to, '') AS delegated_to FROM {table}"
            f" WHERE remind_at <= ? AND {_LIVE}",
            (instant(now),),
        ):
            yield Reminder(
                level=AlertLevel.ORANGE, subject=row["title"], target=row["code"], who=row["delegated_to"],
                conf=row["conf"], at=row["remind_at"], own=row["delegated_to"] == workspace.me,
            )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DecisionReview(Alert):
    """A decision that was to be looked at again."""

    KIND: ClassVar[str] = "review"
    TEXT: ClassVar[str] = N_("Look again at a decision within {days}: {subject}")
    NEXT: ClassVar[str] = N_("{who}: does it still hold? Say so (x), or decide anew (r)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    on: date
    days: int

    @property
    def about(self) -> str:
        """The day on which it was to be looked at."""
        return self.on.isoformat()


@dataclass(frozen=True, kw_only=True)
class CommitmentsLate(Alert):
    """What meetings decided or handed out and that is past its date: one line, which opens the list."""

    KIND: ClassVar[str] = "commitments"
    TEXT: ClassVar[str] = N_("Commitments of meetings late: {count}")
    NEXT: ClassVar[str] = N_("{me}: open the list, ask each (⏎)")

    count: int
    codes: str

    @property
    def about(self) -> str:
        """The codes of those that are late: one more of them is news."""
        return self.codes


def of_commitments(workspace: Workspace) -> Iterator[Alert]:
    """Decisions and actions of meetings whose date is past."""
    late = commitments.late(workspace)
    if late:
        yield CommitmentsLate(
            level=AlertLevel.ORANGE, target="commitments", count=len(late), codes=",".join(sorted(late))
        )


def of_decisions(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Decisions that were to be looked at again, from a week before; superseded ones are done with."""
    near = workspace.select(
        Decision,
        "decision",
        "archived_at IS NULL AND review_on <= ? AND code NOT IN (SELECT supersedes FROM decision"
        " WHERE supersedes IS NOT NULL AND archived_at IS NULL)",
        ((today + timedelta(days=REVIEW_DAYS)).isoformat(),),
    )
    for each in near:
        if each.review_on is not None:
            yield DecisionReview(
                level=AlertLevel.ORANGE, subject=each.title, target=each.code, who=each.owner or each.decider,
                conf=each.conf, on=each.review_on, days=max(0, (each.review_on - today).days),
            )  # fmt: skip

"""What needs somebody today in the work itself: promises, escalations, blockers, priorities, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, InReview, Level
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.policy import DELIVERY
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.work import escalation
from cockpit.store.records import instant

REVIEW_DAYS = 7
MOST = 50
"""Records of one rule: more would not be read either."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"
_URGENT = f"{_LIVE} AND severity IN ('p1', 'p2') AND (snoozed_until IS NULL OR snoozed_until <= ?)"


@dataclass(frozen=True, kw_only=True)
class SlaAtRisk(Alert):
    """A promise at one of its thresholds."""

    KIND: ClassVar[str] = "sla_at_risk"
    TEXT: ClassVar[str] = N_("SLA {percent} % used: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} where it stands (l)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    clock: str
    percent: int
    step: int = 0
    """The next step of the ladder, when it is time for it."""

    @property
    def case(self) -> str:
        """Late is a later stage of the same."""
        return "sla"

    @property
    def about(self) -> str:
        """This clock: a later one on the same blocker is another promise."""
        return self.clock

    @property
    def stage(self) -> int:
        """Each threshold is worse than the one before."""
        return self.percent

    def next(self, names: Mapping[str, str], me: str) -> str:
        """Whom to escalate to, when it is time for that."""
        if not self.step:
            return super().next(names, me)
        who = names.get(self.who, self.who) or me
        return _("{me}: escalate to level {level}, ask {who} (e)").format(me=me, level=self.step, who=who)


@dataclass(frozen=True, kw_only=True)
class SlaPassed(SlaAtRisk):
    """A promise that is broken."""

    KIND: ClassVar[str] = "sla_breached"
    TEXT: ClassVar[str] = N_("SLA passed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l), record the decision that ends it (d)")


@dataclass(frozen=True, kw_only=True)
class ReportLate(SlaPassed):
    """A delivery that was promised by contract and did not come."""

    KIND: ClassVar[str] = "report_late"
    TEXT: ClassVar[str] = N_("Report late: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l)")


def of_slas(workspace: Workspace, rows: Sequence[SlaRow], now: datetime) -> Iterator[Alert]:
    """Promises at their thresholds or broken, each with the step of the ladder that it calls for."""
    circuits = escalation.circuits(workspace)
    where = f"{_LIVE} AND sla_target_s IS NOT NULL ORDER BY sla_due LIMIT ?"
    blockers = {each.code: each for each in workspace.select(Blocker, "blocker", where, (2 * MOST,))}
    for row in rows:
        said = left.reading(row.record, row.calendar, now)
        if said.level in (left.CALM, left.STILL):
            continue
        blocker = blockers.get(row.record.blocker)
        step, who = 0, row.record.provider
        if blocker is not None:
            ladder = escalation.ladder(workspace, blocker, circuits)
            if ladder.level_at(said.used) > blocker.level:
                step, who = blocker.level + 1, ladder.people[blocker.level]
        yield _of_clock(row, said, step, who)


def _of_clock(row: SlaRow, said: left.Reading, step: int, who: str) -> Alert:
    clock, red = row.record, said.level == left.RED
    late = ReportLate if clock.metric == DELIVERY else SlaPassed
    return (late if red else SlaAtRisk)(
        level=Level.RED if red else Level.ORANGE,
        subject=clock.title,
        target=row.code,
        who=who,
        conf=clock.conf,
        clock=clock.code,
        percent=left.passed_threshold(clock, said.used),
        step=step,
    )


@dataclass(frozen=True, kw_only=True)
class NoAnswer(Alert):
    """Somebody who was asked and did not answer in time."""

    KIND: ClassVar[str] = "no_answer"
    TEXT: ClassVar[str] = N_("No answer from {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} again (l), or go one level up (e)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    escalation: str

    @property
    def about(self) -> str:
        """This question: the next one is asked of somebody else."""
        return self.escalation


def of_escalations(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """Those who were asked and did not answer in time."""
    late = workspace.select(
        Escalation,
        "escalation",
        "ended_at IS NULL AND archived_at IS NULL AND answer_by < ? ORDER BY answer_by LIMIT ?",
        (instant(now), MOST),
    )
    for each in late:
        yield NoAnswer(
            level=Level.ORANGE, subject=each.question, target=each.blocker, who=each.asked_of, conf=each.conf,
            escalation=each.code,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NoOwner(Alert):
    """An urgent blocker that is nobody's."""

    KIND: ClassVar[str] = "no_owner"
    TEXT: ClassVar[str] = N_("Name an owner: {subject}")
    NEXT: ClassVar[str] = N_("{me}: give it to somebody (g)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


@dataclass(frozen=True, kw_only=True)
class NoNextStep(Alert):
    """An urgent blocker of which nobody said what comes next, nor whom it waits for."""

    KIND: ClassVar[str] = "no_next_step"
    TEXT: ClassVar[str] = N_("Say what is next: {subject}")
    NEXT: ClassVar[str] = N_("{who}: say what comes next (p)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


@dataclass(frozen=True, kw_only=True)
class OldBlocker(Alert):
    """An urgent blocker that has been open for a week or more."""

    KIND: ClassVar[str] = "old"
    TEXT: ClassVar[str] = N_("Decide or escalate, {days} days: {subject}")
    NEXT: ClassVar[str] = N_("{who}: decide (d), escalate (e) or date it (r)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    days: int


def of_blockers(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """Urgent blockers that nobody moves."""
    old = instant(now - timedelta(days=rules.OLD_BLOCKER_DAYS))
    rows = workspace.select(
        Blocker,
        "blocker",
        f"{_URGENT} AND (coalesce(owner, '') = '' OR coalesce(since, created_at) <= ?"
        " OR (coalesce(next_step, '') = '' AND coalesce(waiting_on, '[]') = '[]'))"
        " ORDER BY severity, coalesce(since, created_at) LIMIT ?",
        (instant(now), old, MOST),
    )
    for record in rows:
        age = now - (record.since or record.created_at or now)
        who, code, title, conf = record.owner, record.code, record.title, record.conf
        if not record.owner:
            yield NoOwner(level=Level.RED, subject=title, target=code, conf=conf)
        elif not record.next_step and not record.waiting_on:
            yield NoNextStep(level=Level.ORANGE, subject=title, target=code, who=who, conf=conf)
        elif rules.is_old(age):
            yield OldBlocker(
                level=Level.ORANGE, subject=title, target=code, who=who, conf=conf, days=age.days
            )


@dataclass(frozen=True, kw_only=True)
class Carried(Alert):
    """A priority carried over again and again: do, delegate, date or drop."""

    KIND: ClassVar[str] = "carried"
    TEXT: ClassVar[str] = N_("Decide, carried {times} times: {subject}")
    NEXT: ClassVar[str] = N_("{me}: do it today (space), delegate (g), date (r) or drop it")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    times: int

    @property
    def stage(self) -> int:
        """Once more is worse."""
        return min(999, self.times)


def of_priorities(workspace: Workspace) -> Iterator[Alert]:
    """Priorities carried over again and again."""
    rows = workspace.select(
        Priority, "priority", f"{_LIVE} AND status = 'open' AND carried >= ? ORDER BY carried DESC LIMIT ?",
        (rules.CARRIED, MOST),
    )  # fmt: skip
    for each in rows:
        yield Carried(
            level=Level.ORANGE, subject=each.title, target=each.code, conf=each.conf, times=each.carried
        )


@dataclass(frozen=True, kw_only=True)
class Reminder(Alert):
    """What was delegated and should be asked about."""

    KIND: ClassVar[str] = "reminder"
    TEXT: ClassVar[str] = N_("Ask {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} (l)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    at: str
    """When it was to be asked about: the next time is another reminder."""

    @property
    def about(self) -> str:
        """See `at`."""
        return self.at


def of_reminders(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """What was delegated and should be asked about, whatever its rank."""
    for table in ("blocker", "priority"):
        for row in workspace.conn.execute(
            f"SELECT code, title, conf, remind_at, coalesce(delegated_to, '') AS delegated_to FROM {table}"
            f" WHERE remind_at <= ? AND {_LIVE} ORDER BY remind_at LIMIT ?",
            (instant(now), MOST),
        ):
            yield Reminder(
                level=Level.ORANGE, subject=row["title"], target=row["code"], who=row["delegated_to"],
                conf=row["conf"], at=row["remind_at"],
            )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DecisionReview(Alert):
    """A decision that was to be looked at again."""

    KIND: ClassVar[str] = "review"
    TEXT: ClassVar[str] = N_("Look again at a decision within {days} days: {subject}")
    NEXT: ClassVar[str] = N_("{who}: does it still hold? If not, decide anew (r)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    on: date
    days: int

    @property
    def about(self) -> str:
        """The day on which it was to be looked at."""
        return self.on.isoformat()


def of_decisions(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Decisions that were to be looked at again, from a week before; superseded ones are done with."""
    near = workspace.select(
        Decision,
        "decision",
        "archived_at IS NULL AND review_on <= ? AND code NOT IN (SELECT supersedes FROM decision"
        " WHERE supersedes IS NOT NULL AND archived_at IS NULL) ORDER BY review_on LIMIT ?",
        ((today + timedelta(days=REVIEW_DAYS)).isoformat(), MOST),
    )
    for each in near:
        if each.review_on is not None:
            yield DecisionReview(
                level=Level.ORANGE, subject=each.title, target=each.code, who=each.owner or each.decider,
                conf=each.conf, on=each.review_on, days=max(0, (each.review_on - today).days),
            )  # fmt: skip

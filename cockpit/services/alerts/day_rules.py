"""What needs somebody today in the work itself: promises, escalations, blockers, priorities, decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, InReview, Level
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.policy import DELIVERY, METRICS
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.work import escalation
from cockpit.services.work.priorities import carries
from cockpit.store.records import instant

REVIEW_DAYS = 7
MOST = 500
"""Records of one rule, the worst first: more of them and the count is only 'more than'."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"
_URGENT = f"{_LIVE} AND severity IN ('p1', 'p2') AND (snoozed_until IS NULL OR snoozed_until <= ?)"


@dataclass(frozen=True, kw_only=True)
class SlaAtRisk(Alert):
    """The promises of one case, of which the worst is at one of its thresholds."""

    KIND: ClassVar[str] = "sla_at_risk"
    TEXT: ClassVar[str] = N_("SLA {percent} % used: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} where it stands (l)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    cycle: int
    """Which time the case is open: opened again, it is promised anew."""
    percent: int
    late: tuple[str, ...] = ()
    """What is broken by now: words of the metrics."""
    step: int = 0
    """The next step of the ladder, when it is time for it."""

    @property
    def case(self) -> str:
        """Late is a later stage of the same."""
        return "sla"

    @property
    def about(self) -> str:
        """See `cycle`."""
        return str(self.cycle)

    @property
    def stage(self) -> int:
        """Each threshold is worse than the one before, and each further promise that breaks is too."""
        return self.percent + 200 * len(self.late)

    def next(self, names: Mapping[str, str], me: str) -> str:
        """Whom to escalate to, when it is time for that."""
        if not self.step:
            return super().next(names, me)
        who = names.get(self.who, self.who) or me
        return _("{me}: escalate to level {level}, ask {who} (e)").format(me=me, level=self.step, who=who)


@dataclass(frozen=True, kw_only=True)
class SlaPassed(SlaAtRisk):
    """A case of which promises are broken."""

    KIND: ClassVar[str] = "sla_breached"
    TEXT: ClassVar[str] = N_("SLA passed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l), record the decision that ends it (d)")

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """Which ones, where there are several."""
        if len(self.late) < 2:
            return super().text(names)
        what = ", ".join(_(word) for word in self.late)
        return _("SLA passed ({what}): {subject}").format(what=what, subject=self.subject)


@dataclass(frozen=True, kw_only=True)
class ReportLate(SlaPassed):
    """A delivery that was promised by contract and did not come."""

    KIND: ClassVar[str] = "report_late"
    TEXT: ClassVar[str] = N_("Report late: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l)")


def of_slas(
    workspace: Workspace, rows: Iterable[SlaRow], now: datetime, costs: Mapping[str, int]
) -> Iterator[Alert]:
    """Each case of which a promise is at a threshold or broken, with the step of the ladder it calls for.

    `rows` are all the open clocks: what is cut before it is ranked would hide the worst. `costs` is what a
    provider costs a year.
    """
    circuits = escalation.circuits(workspace)
    first_step = min((step for each in circuits for step in escalation.steps_of(each)), default=FIRST_STEP)
    cases: dict[str, list[tuple[SlaRow, left.Reading]]] = {}
    for row in rows:
        said = left.reading(row.record, row.calendar, now)
        if said.level in (left.AMBER, left.ORANGE, left.RED) or (
            said.level == left.CALM and said.used * 100 >= min(first_step, FIRST_STEP)
        ):
            cases.setdefault(row.code, []).append((row, said))
    blockers = _of_codes(workspace, cases)
    for code, found in cases.items():
        row, said = max(found, key=lambda each: (each[1].level == left.RED, each[1].used))
        clock, blocker = row.record, blockers.get(code)
        step, who, percent = 0, clock.provider, left.passed_threshold(clock, said.used)
        if blocker is not None:
            ladder = escalation.ladder(workspace, blocker, circuits)
            level = ladder.level_at(said.used)
            if level > blocker.level:
                step, who = blocker.level + 1, ladder.people[blocker.level]
                percent = max(percent, ladder.steps[level - 1])
        if said.level == left.CALM and not step:
            continue
        late = tuple(METRICS[other.record.metric] for other, its in found if its.level == left.RED)
        kind = (ReportLate if clock.metric == DELIVERY else SlaPassed) if late else SlaAtRisk
        severity = int(blocker.severity[1:]) if blocker is not None else 3
        yield kind(
            level=Level.RED if late else Level.ORANGE, subject=clock.title, target=code, who=who,
            severity=severity, cost=costs.get(clock.provider, 0),
            since=instant(clock.due) if clock.due else "", conf=clock.conf,
            cycle=clock.cycle, percent=percent, late=late, step=step,
        )  # fmt: skip


FIRST_STEP = 50
"""The percentage at which the ladder that everybody has proposes its first step."""


def _of_codes(workspace: Workspace, codes: Iterable[str]) -> dict[str, Blocker]:
    wanted = tuple(code for code in codes if code.startswith("B-"))
    where = f"{_LIVE} AND code IN (SELECT value FROM json_each(?))"
    return {each.code: each for each in workspace.select(Blocker, "blocker", where, (json.dumps(wanted),))}


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


class _OfBlocker(TypedDict):
    subject: str
    target: str
    who: str
    conf: int
    severity: int
    since: str


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
        of: _OfBlocker = {
            "subject": record.title, "target": record.code, "who": record.owner, "conf": record.conf,
            "severity": int(record.severity[1:]), "since": instant(now - age),
        }  # fmt: skip
        if not record.owner:
            yield NoOwner(level=Level.RED, **of)
        elif not record.next_step and not record.waiting_on:
            yield NoNextStep(level=Level.ORANGE, **of)
        elif rules.is_old(age):
            yield OldBlocker(level=Level.ORANGE, **of, days=age.days)


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


def of_priorities(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Priorities carried over again and again: the night that is over counts before they are chosen again."""
    rows = workspace.select(
        Priority,
        "priority",
        f"{_LIVE} AND status = 'open' AND (snoozed_until IS NULL OR snoozed_until <= ?)"
        " AND carried + (day IS NOT NULL AND day < ?) >= ? ORDER BY carried DESC LIMIT ?",
        (instant(workspace.clock()), today.isoformat(), rules.CARRIED, MOST),
    )
    for each in rows:
        yield Carried(
            level=Level.ORANGE, subject=each.title, target=each.code, severity=int(each.severity[1:]),
            since=each.day.isoformat() if each.day else "", conf=each.conf, times=carries(each, today),
        )  # fmt: skip


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

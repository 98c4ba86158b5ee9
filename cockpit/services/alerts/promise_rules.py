"""Promises of service at their thresholds or broken, and people who were asked and did not answer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.policy import DELIVERY, METRICS
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import left
from cockpit.services.promises.open import SlaRow
from cockpit.services.work import ladder
from cockpit.store import records
from cockpit.store.records import instant

_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class SlaAtRisk(Alert):
    """The promises of one case, of which the worst is at one of its thresholds."""

    KIND: ClassVar[str] = "sla_at_risk"
    ON_ITS_ROW: ClassVar[bool] = True
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("SLA {percent} % used")
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
        """A promise that nears its end and one that is broken are one trouble."""
        return "sla"

    @property
    def about(self) -> str:
        """The cycle of the clock: once reopened, it is another alert."""
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
    BRIEFLY: ClassVar[str] = N_("SLA passed")
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
    circuits, me = ladder.circuits(workspace), workspace.me
    first_step = min((step for each in circuits for step in ladder.steps_of(each)), default=FIRST_STEP)
    cases: dict[str, list[tuple[SlaRow, left.ClockReading]]] = {}
    for row in rows:
        said = left.reading(row.record, row.calendar, now)
        if said.level in (left.AMBER, left.ORANGE, left.RED) or (
            said.level == left.CALM and said.used * 100 >= min(first_step, FIRST_STEP)
        ):
            cases.setdefault(row.code, []).append((row, said))
    blockers = _of_codes(workspace, cases)
    ladders: dict[tuple[str, str, str], ladder.Ladder] = {}
    for code, found in cases.items():
        row, said = max(found, key=lambda each: (each[1].level == left.RED, each[1].used))
        clock, blocker = row.record, blockers.get(code)
        step, who, percent = 0, clock.provider, left.passed_threshold(clock, said.used)
        is_proposed = False
        if blocker is not None:
            # Many blockers are of one function, one owner and one provider: they share a ladder.
            of = (blocker["function"], blocker["owner"], blocker["waiting_on"])
            if of not in ladders:
                ladders[of] = ladder.ladder(workspace, records.record_of(Blocker, dict(blocker)), circuits)
            its = ladders[of]
            level = its.level_at(said.used)
            if level > blocker["level"]:
                is_proposed = True
                step = its.above(blocker["level"], me)
                who = its.people[step - 1] if step else me
                percent = max(percent, its.steps[level - 1])
        if said.level == left.CALM and not is_proposed:
            continue
        late = tuple(METRICS[other.record.metric] for other, its in found if its.level == left.RED)
        kind = (ReportLate if clock.metric == DELIVERY else SlaPassed) if late else SlaAtRisk
        severity = int(blocker["severity"][1:]) if blocker is not None else 3
        yield kind(
            level=AlertLevel.RED if late else AlertLevel.ORANGE, subject=clock.title, target=code, who=who,
            severity=severity, cost=costs.get(clock.provider, 0),
            since=instant(clock.due) if clock.due else "", conf=clock.conf,
            cycle=clock.cycle, percent=percent, late=late, step=step,
        )  # fmt: skip


FIRST_STEP = 50
"""The percentage at which the ladder that everybody has proposes its first step."""


def _of_codes(workspace: Workspace, codes: Iterable[str]) -> dict[str, sqlite3.Row]:
    """What the ladder of each open blocker depends on, as it is stored: a thousand records are not made."""
    wanted = json.dumps([code for code in codes if code.startswith("B-")])
    rows = workspace.conn.execute(
        "SELECT code, coalesce(severity, 'p3') AS severity, coalesce(level, 0) AS level, owner, function,"
        f" waiting_on FROM blocker WHERE {_LIVE} AND code IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {row["code"]: row for row in rows}


@dataclass(frozen=True, kw_only=True)
class NoAnswer(Alert):
    """Somebody who was asked and did not answer in time."""

    KIND: ClassVar[str] = "no_answer"
    JOINS: ClassVar[str] = "work"
    BRIEFLY: ClassVar[str] = N_("no answer from {who}")
    TEXT: ClassVar[str] = N_("No answer from {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} again (l), or go one level up (e)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    escalation: str

    @property
    def about(self) -> str:
        """This question: the next one is asked of somebody else."""
        return self.escalation

    def next(self, names: Mapping[str, str], me: str) -> str:
        """Nobody is told to ask themselves: what is left to who was asked last is to decide."""
        if names.get(self.who, self.who) == me:
            return _("{me}: decide it (o)").format(me=me)
        return super().next(names, me)


def of_escalations(workspace: Workspace, now: datetime) -> Iterator[Alert]:
    """Those who were asked and did not answer in time."""
    late = workspace.select(
        Escalation,
        "escalation",
        "ended_at IS NULL AND archived_at IS NULL AND answer_by < ? ORDER BY answer_by",
        (instant(now),),
    )
    for each in late:
        yield NoAnswer(
            level=AlertLevel.ORANGE, subject=each.question, target=each.blocker, who=each.asked_of, conf=each.conf,
            escalation=each.code,
        )  # fmt: skip

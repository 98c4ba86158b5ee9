"""What waits for a yes and needs somebody: those that wait for me, those that are late, those that lack a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.approval import ASKED
from cockpit.locale import N_
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records
from cockpit.store.records import instant

if TYPE_CHECKING:
    from cockpit.services.approvals.queue import ApprovalLine


@dataclass(frozen=True, kw_only=True)
class ApprovalWaits(Alert):
    """Something waits for the yes of whoever is at the keyboard."""

    KIND: ClassVar[str] = "approval_waits"
    CASE: ClassVar[str] = "approval"
    TEXT: ClassVar[str] = N_("To approve: {subject}")
    NEXT: ClassVar[str] = N_("{me}: approve (a), refuse (x), ask (p) or hand on (g)")
    MANY: ClassVar[str] = N_("{n} things wait for your approval")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    asked: str
    """Since when it waits for that person: the next one is another wait."""

    @property
    def about(self) -> str:
        """This wait."""
        return self.asked


@dataclass(frozen=True, kw_only=True)
class ApprovalLate(ApprovalWaits):
    """The delay passed, or whoever is asked left, and nobody stands in."""

    KIND: ClassVar[str] = "approval_late"
    TEXT: ClassVar[str] = N_("Approval late, {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l), or hand it on (g)")
    MINE: ClassVar[str] = N_("{me}: approve (a), refuse (x), ask (p) or hand on (g)")
    MANY: ClassVar[str] = N_("{n} approvals are late")
    STAGE: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class ApprovalQuestion(ApprovalWaits):
    """A question was put back, and waits for who submitted it."""

    KIND: ClassVar[str] = "approval_question"
    CASE: ClassVar[str] = ""
    TEXT: ClassVar[str] = N_("Question before approval: {subject}")
    NEXT: ClassVar[str] = N_("{me}: answer it (r)")
    MANY: ClassVar[str] = N_("{n} questions wait before an approval")


@dataclass(frozen=True, kw_only=True)
class ApprovalUnsent(ApprovalWaits):
    """Whoever is asked has no cockpit, and the request was not sent."""

    KIND: ClassVar[str] = "approval_unsent"
    CASE: ClassVar[str] = ""
    TEXT: ClassVar[str] = N_("Request for approval not sent to {who}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: read it and send it (l)")
    MANY: ClassVar[str] = N_("{n} requests for approval are not sent")


@dataclass(frozen=True, kw_only=True)
class ApprovalUnclear(Alert):
    """An answer came that says neither yes nor no for sure."""

    KIND: ClassVar[str] = "approval_unclear"
    TEXT: ClassVar[str] = N_("Answer to be read, {approval}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: open it and say what it means (V)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    approval: str


def of_approvals(workspace: Workspace) -> Iterator[Alert]:
    """One line for each approval that asks for somebody now."""
    if not records.count(workspace.conn, "approval", "closed_at IS NULL AND archived_at IS NULL"):
        return
    # Loaded where there is something to tell: a cockpit without approvals starts without them.
    from cockpit.services.approvals import queue

    for line in queue.open_lines(workspace):
        if line.unclear:
            yield ApprovalUnclear(
                level=AlertLevel.ORANGE, subject=line.record.title, target=line.unclear.partition(":")[0],
                conf=line.record.conf, approval=line.record.code,
            )  # fmt: skip
        elif kind := _kind(line):
            yield _alert(kind, line)


def _kind(line: ApprovalLine) -> type[ApprovalWaits] | None:
    item = line.record
    if item.state == ASKED:
        return ApprovalQuestion if line.mine else None
    if line.outside and item.sent_at is None and not line.gone:
        return ApprovalUnsent
    if line.late or line.gone:
        return ApprovalLate
    return ApprovalWaits if line.mine else None


def _alert(kind: type[ApprovalWaits], line: ApprovalLine) -> ApprovalWaits:
    item = line.record
    who = item.submitted_by if item.state == ASKED else item.approver
    since = item.waiting_since or item.submitted_at
    return kind(
        level=AlertLevel.RED if kind is ApprovalLate else AlertLevel.ORANGE, subject=item.title, target=item.code,
        who=who, cost=item.amount or 0, conf=item.conf, since=instant(item.answer_by) if item.answer_by else "",
        asked=instant(since) if since else "",
    )  # fmt: skip

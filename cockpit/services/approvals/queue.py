"""What waits for a yes, of whom and since when; what was answered of late; how long each approver takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cockpit.domain.approvals.content import Wording
from cockpit.domain.approvals.waiting import ApprovalTurn, ApprovalWait, waits
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.approval import ASKED, WAITING, Approval
from cockpit.services.approvals import answering, contents, from_inbox, requests
from cockpit.services.approvals.cases import Cases
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, records
from cockpit.store.records import instant

VISIBLE = 100
RECENT = timedelta(days=14)
"""How long what was answered stays in the list."""
JUDGED = timedelta(days=90)
"""Over how long approvers' times are worked out."""
MOST_JUDGED = 500
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class ApprovalLine:
    """One approval, and what is known of it now."""

    record: Approval
    hidden: bool
    mine: bool
    """Whether it waits for whoever is at the keyboard: to answer, or to answer the question that was put."""
    why_not: str
    """Why whoever is at the keyboard does not answer it; empty when they may."""
    wording: Wording
    waited_s: float
    """Business seconds for which the present approver has had it."""
    late: bool
    gone: bool
    """Whether the approver left, and nobody was found to stand in."""
    away_until: date | None
    """The last day on which the approver is away, where they are today."""
    stands_in: bool
    """Whether it passed to whoever has it because somebody did not answer in time, or left."""
    outside: bool
    """Whether the approver has no cockpit."""
    unclear: str = ""
    """The statement that may answer it, and why somebody has to read it."""
    content: str = ""
    """The digest of what it is about now: what a yes on the screen is said to."""


@dataclass(frozen=True)
class ApproverTime:
    """How long one approver takes, in business seconds."""

    approver: str
    waiting: int
    oldest_s: float
    over: int
    """How many times they had one in hand and have no more: answered, asked about, handed or passed on."""
    median_s: float | None


@dataclass(frozen=True)
class ApprovalQueue:
    """All that the page of approvals shows."""

    mine: tuple[ApprovalLine, ...]
    others: tuple[ApprovalLine, ...]
    answered: tuple[ApprovalLine, ...]
    approvers: tuple[ApproverTime, ...]
    waiting: int
    """How many are open in all."""


def queue(workspace: Workspace) -> ApprovalQueue:
    """What is open, mine first, then what was answered of late, the newest first."""
    found = open_lines(workspace)
    since = instant(workspace.clock() - RECENT)
    answered = workspace.select(
        Approval, "approval", "closed_at >= ? AND archived_at IS NULL ORDER BY closed_at DESC LIMIT ?",
        (since, VISIBLE),
    )  # fmt: skip
    return ApprovalQueue(
        tuple(each for each in found if each.mine),
        tuple(each for each in found if not each.mine),
        lines(workspace, answered),
        approver_times(workspace),
        records.count(workspace.conn, "approval", _LIVE),
    )


def open_lines(workspace: Workspace) -> tuple[ApprovalLine, ...]:
    """What is open, the most pressing first."""
    where = f"{_LIVE} ORDER BY answer_by IS NULL, answer_by, number LIMIT ?"
    return lines(workspace, workspace.select(Approval, "approval", where, (VISIBLE,)))


def mine(workspace: Workspace) -> tuple[ApprovalLine, ...]:
    """What waits for whoever is at the keyboard, the most pressing first."""
    return tuple(each for each in open_lines(workspace) if each.mine)


def about(workspace: Workspace, code: str) -> tuple[ApprovalLine, ...]:
    """The approvals of one record, the newest first."""
    where = "about = ? AND archived_at IS NULL ORDER BY number DESC"
    return lines(workspace, workspace.select(Approval, "approval", where, (code,)))


def lines(workspace: Workspace, found: Iterable[Approval]) -> tuple[ApprovalLine, ...]:
    """What is known of each of these now."""
    every = tuple(found)
    if not every:
        return ()
    reader = _Reader(workspace)
    return tuple(map(reader.line, every))


class _Reader:
    """Reads approvals at one moment."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.now, self.calendar, self.cases = workspace.clock(), company_calendar(workspace), Cases(workspace)
        self.me = self.cases.code(workspace.me)
        today = workspace.today().isoformat()
        away = workspace.conn.execute(
            "SELECT person, max(last_on) AS last FROM absence WHERE first_on <= ? AND last_on >= ?"
            " AND archived_at IS NULL GROUP BY person",
            (today, today),
        )
        self.away = {row["person"]: date.fromisoformat(row["last"]) for row in away}
        unclear = reversed(from_inbox.unclear(workspace))
        self.unclear = {each.approval: f"{each.statement.code}: {each.why}" for each in unclear}

    def line(self, each: Approval) -> ApprovalLine:
        """What is known of one of them now."""
        hidden, is_open = self.workspace.hides(each), each.closed_at is None
        to_answer = each.state == WAITING and each.approver == self.me
        since = each.waiting_since or each.submitted_at or self.now
        return ApprovalLine(
            record=each,
            hidden=hidden,
            mine=is_open and (to_answer or (each.state == ASKED and each.submitted_by == self.me)),
            why_not="" if hidden or not is_open else answering.why_not_mine(self.cases, each, self.me),
            wording=Wording.SAME if hidden else contents.wording(self.workspace, each),
            waited_s=self.calendar.between(since, self.now) if each.state == WAITING else 0.0,
            late=is_open and each.answer_by is not None and each.answer_by < self.now,
            gone=each.state == WAITING and self.cases.is_gone(each.approver),
            away_until=self.away.get(each.approver) if each.state == WAITING else None,
            stands_in=is_open and each.passed_at is not None,
            outside=is_open and requests.is_outside(self.workspace, each.approver),
            unclear=self.unclear.get(each.code, "") if is_open else "",
            content="" if hidden else contents.of_approval(self.workspace, each),
        )


def approver_times(workspace: Workspace) -> tuple[ApproverTime, ...]:
    """The slowest first, over ninety days."""
    since = instant(workspace.clock() - JUDGED)
    rows = workspace.conn.execute(
        "SELECT id FROM approval WHERE archived_at IS NULL AND (closed_at IS NULL OR submitted_at >= ?)"
        " ORDER BY number DESC LIMIT ?",
        (since, MOST_JUDGED),
    ).fetchall()
    now, calendar = workspace.clock(), company_calendar(workspace)
    found: dict[str, list[ApprovalWait]] = {}
    for row in rows:
        for wait in waits(_turns(workspace, row["id"]), now, calendar):
            found.setdefault(wait.approver, []).append(wait)
    times = [_time(approver, theirs) for approver, theirs in found.items()]
    return tuple(sorted(times, key=lambda each: (-each.oldest_s, -(each.median_s or 0), each.approver)))


def _time(approver: str, theirs: list[ApprovalWait]) -> ApproverTime:
    over = [each.seconds for each in theirs if each.is_over]
    open_ = [each.seconds for each in theirs if not each.is_over]
    middle = sorted(over)[(len(over) - 1) // 2 : len(over) // 2 + 1]
    return ApproverTime(
        approver,
        len(open_),
        max(open_, default=0.0),
        len(over),
        sum(middle) / len(middle) if middle else None,
    )


def _turns(workspace: Workspace, id: str) -> list[ApprovalTurn]:
    """What the journal says of one approval, oldest first."""
    found: list[ApprovalTurn] = []
    approver = state = ""
    for entry in reversed(journal.history(workspace.conn, id)):
        after = entry.after or {}
        approver, state = str(after.get("approver", approver) or ""), str(after.get("state", state) or "")
        found.append(ApprovalTurn(datetime.fromisoformat(entry.at), approver, state if entry.after else ""))
    return found

"""The morning review: read what its six steps show, begin, resume, leave and end it."""

from __future__ import annotations

from time import monotonic

from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.morning import review
from cockpit.domain.morning.review import ReviewProgress
from cockpit.domain.providers.state import FINE, State
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.priority import Priority
from cockpit.services.agenda import presence
from cockpit.services.approvals import queue
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.boards.board import Board, board, review_begun
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals
from cockpit.services.figures.goals import GoalLine
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.morning import news, prepared_lines, words
from cockpit.services.morning.news import NewsToTell, Window
from cockpit.services.morning.news_line import News
from cockpit.services.morning.prepared_lines import Prepared
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.rows import worst_first
from cockpit.services.signals import listing
from cockpit.services.signals.listing import SignalLine
from cockpit.services.work import priorities
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.store import journal, records
from cockpit.store.records import AWAKE, instant
from cockpit.store.state import reviews
from cockpit.store.transaction import transaction

SIGNALS = 3
"""Of signals, as many are shown: those of the weeks first, then alerts that are no dates of contracts."""
SUGGESTIONS = 30


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """All that the six steps show, at the moment of `board`."""

    board: Board
    progress: ReviewProgress
    window: Window
    told: NewsToTell
    present: tuple[tuple[str, str], ...]
    """Name and hours of those who are there only on some days, and today."""
    meetings: tuple[PlannedMeeting, ...]
    """Rituals due today."""
    approvals: tuple[ApprovalLine, ...]
    """What waits for the yes of whoever reviews, or for their answer to a question."""
    blockers: tuple[BlockerRow, ...]
    """In the order of the assistant, then by heat."""
    troubles: tuple[ProviderLine, ...]
    raised: tuple[SignalLine, ...]
    """Signals of the weeks that ask for somebody, the weightiest few."""
    signals: tuple[Alert, ...]
    chosen: tuple[PriorityRow, ...]
    carried: tuple[PriorityRow, ...]
    """Chosen on an earlier day and not done, the most carried first."""
    suggested: tuple[PriorityRow, ...]
    candidates: tuple[BlockerRow, ...]
    """The hottest blockers, where fewer than three priorities are there to choose from."""
    goals: tuple[GoalLine, ...]
    """Those of the quarter towards which no open priority goes."""
    prepared: Prepared

    @property
    def empty(self) -> frozenset[str]:
        """The steps that have nothing to show."""
        held = {
            review.NEWS: self.told.news,
            review.TODAY: (*self.board.today.events, *self.meetings, *self.board.today.holds),
            review.SLAS: self.board.promises.slas,
            review.BLOCKERS: (*self.approvals, *self.blockers),
            review.SIGNALS: (*self.troubles, *self.raised, *self.signals),
        }
        return frozenset(name for name, rows in held.items() if not rows)

    @property
    def news(self) -> tuple[News, ...]:
        """What the first step lists."""
        return self.told.news


@dataclass(frozen=True, kw_only=True)
class EndedReview:
    """A review that was ended: its record, its line, and the text for whoever prepares the day."""

    code: str
    summary: str
    subject: str
    message: str


class Stopwatch:
    """Seconds since it was last read, by a clock that no change of time moves."""

    def __init__(self) -> None:
        self._last = monotonic()

    def lap(self) -> float:
        """The seconds since the last lap."""
        before, self._last = self._last, monotonic()
        return self._last - before


def begin(workspace: Workspace) -> ReviewProgress:
    """The review of today as it was left, else a new one, of which nothing is stored yet.

    What was left on another day is not gone on with; what was marked as seen in it stays seen.
    """
    found = review_begun(workspace)
    if found is not None:
        return found
    head = journal.head(workspace.conn)[0]
    return ReviewProgress(
        day=workspace.today(), started_at=workspace.clock(), from_seq=news.window(workspace).from_seq,
        start_seq=head, upto_seq=head,
    )  # fmt: skip


def view(workspace: Workspace, progress: ReviewProgress, shown: Board | None = None) -> ReviewView:
    """What the steps show; `shown` spares the reading of the board when it was just read."""
    found = shown or board(workspace)
    known = news.window(workspace)
    raised = listing.read(workspace, whole=False).raised[:SIGNALS]
    prepared = prepared_lines.prepared(workspace)
    carried = _carried(workspace, found)
    codes = {row.record.code for row in carried}
    others = [row for row in found.work.priorities if not row.top and row.record.code not in codes]
    return ReviewView(
        board=found,
        progress=progress,
        window=known,
        told=news.told(workspace, known, everything=progress.everything),
        present=presence.present(
            presence.part_time(workspace), found.day, presence.away(found.today.events, found.day)
        ),
        meetings=tuple(m for m in found.meetings.planned if m.planned.date() == found.day),
        approvals=queue.mine(workspace),
        blockers=tuple(sorted(found.work.blockers, key=lambda row: prepared.rank(row.record.code))),
        troubles=tuple(line for line in worst_first(found.outside.providers) if _is_trouble(line)),
        raised=raised,
        signals=_signals(found, SIGNALS - len(raised)),
        chosen=tuple(row for row in found.work.priorities if row.top),
        carried=carried,
        suggested=tuple(others[:SUGGESTIONS]),
        candidates=_candidates(workspace, found, len(carried) + len(found.work.priorities)),
        goals=goals.without_priority(workspace),
        prepared=prepared,
    )


def save(workspace: Workspace, progress: ReviewProgress) -> bool:
    """Keep where the review stands; False when the database is busy: the next key tries again."""
    at = instant(workspace.clock())
    return reviews.keep_state(workspace.conn, workspace.actor, review.dump(progress), at)


def finish(workspace: Workspace, progress: ReviewProgress) -> EndedReview:
    """Note that the review was held, what came of it and how long it took; the next looks back to here."""
    with transaction(workspace.conn):
        deeds = words.deeds(workspace, progress)
        summary = words.summary(deeds, progress.seconds)
        values: dict[str, Value] = {
            "by": workspace.actor,
            "started_at": progress.started_at,
            "ended_at": workspace.clock(),
            "upto_seq": progress.upto_seq,
            "spent_s": progress.seconds,
            "summary": summary,
        }
        code = workspace.add(REGISTERS["review"], values, "review.done")
        reviews.forget(workspace.conn, workspace.actor)
    subject, text = words.message(workspace, deeds, summary)
    return EndedReview(code=code, summary=summary, subject=subject, message=text)


def left_behind(workspace: Workspace, progress: ReviewProgress) -> str:
    """What whoever prepares the day would read, if the review ended now."""
    deeds = words.deeds(workspace, progress)
    return words.message(workspace, deeds, words.summary(deeds, progress.seconds))[1]


def let_go(workspace: Workspace) -> None:
    """Forget a review that is not to be gone on with."""
    reviews.forget(workspace.conn, workspace.actor)


def finish_from_outside(workspace: Workspace) -> EndedReview:
    """End the review without its screen: everything up to now was read."""
    return finish(workspace, replace(begin(workspace), upto_seq=journal.head(workspace.conn)[0]))


def _carried(workspace: Workspace, found: Board) -> tuple[PriorityRow, ...]:
    rows = records.select(
        workspace.conn,
        Priority,
        "priority",
        "day < ? AND closed_at IS NULL AND archived_at IS NULL AND status = 'open'"
        f" AND {AWAKE} ORDER BY carried DESC, day DESC, rank LIMIT ?",
        (found.day.isoformat(), instant(found.at), SUGGESTIONS),
    )
    cores = {row.record.code for row in found.work.priorities if row.core}
    return tuple(PriorityRow(row, False, row.code in cores) for row in rows)


def _candidates(workspace: Workspace, found: Board, priorities_open: int) -> tuple[BlockerRow, ...]:
    if priorities_open >= LEAST:
        return ()
    taken = priorities.blockers_taken(workspace)
    return tuple(row for row in found.work.blockers if row.record.code not in taken)[:SUGGESTIONS]


LEAST = 3
"""Priorities to choose three from."""


def _is_trouble(line: ProviderLine) -> bool:
    """Whether a provider needs a word this morning; what merely has no page does not."""
    calm = line.state in (*FINE, State.MAINTENANCE) or (line.state is State.UNKNOWN and not line.has_page)
    return not calm or line.ours.problem is not None or line.slas_passed > 0


def _signals(found: Board, room: int) -> tuple[Alert, ...]:
    dates = [alert for alert in found.alerts.loud if alert.IN_REVIEW is InReview.ALWAYS]
    weak = [
        alert
        for alert in found.alerts.loud
        if alert.IN_REVIEW is InReview.SOME and alert.level > AlertLevel.TO_COMPLETE
    ]
    return (*dates, *weak[:room])

"""The six steps of the morning review as rows: what stands in each, how it is drawn, what keys act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.morning import review
from cockpit.domain.morning.news import GROUPS
from cockpit.domain.registers.hold import Hold
from cockpit.locale import N_, _, ngettext
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.desk import dates
from cockpit.services.figures.goals import GoalLine
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.morning.news_line import News
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import GROUPS as GROUP_WORDS
from cockpit.services.morning.words import NOTHING, no_news, prepared_by
from cockpit.services.promises.kept import in_words
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.signals import words as signal_words
from cockpit.services.signals.listing import SignalLine
from cockpit.services.work.moves import TOP
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import OF_CODE, Kind
from cockpit.ui.promises.target import target_of as clock_target
from cockpit.ui.week.day_rows import DayEvent, Now
from cockpit.ui.widgets.rows import Item

REST, END = "rest", "end"
"""Keys of the rows that show the rest of the news, and that end the review."""


@dataclass(frozen=True)
class Group:
    """What the rows below are."""

    text: str


@dataclass(frozen=True)
class Under:
    """A line that belongs to the row above: its facts, or what was prepared about it."""

    content: Content


@dataclass(frozen=True)
class EmptyPlace:
    """A place among the three of the day that nothing has yet."""

    rank: int


@dataclass(frozen=True)
class ReviewLink:
    """A row that leads somewhere: the rest of the news, the end of the review."""

    text: str


def title(found: ReviewView) -> Content:
    """What the rule over the rows says: since when, which day, how many; the strip names the step."""
    board = found.board
    match found.progress.name:
        case review.NEWS:
            since = dates.moment(found.window.since, board.at)
            return Content(_("Since {when}").format(when=since) + _news_counted(found))
        case review.TODAY:
            return Content(dates.long_date(board.day))
        case review.SLAS:
            running = _("{n} running").format(n=board.promises.running)
            if not board.promises.kept.count:
                return Content(running)
            return Content(
                f"{running} · " + _("{share} kept (90 d)").format(share=in_words(board.promises.kept))
            )
        case review.SIGNALS:
            n = len(found.troubles) + len(found.raised) + len(found.signals)
            return Content(ngettext("{n} to look at", "{n} to look at", n).format(n=n))
        case review.PRIORITIES:
            return Content(_("The three of today") + f" · {len(found.chosen)}/{TOP}")
    return Content("")


def subtitle(found: ReviewView) -> Content:
    """Who prepared it and when."""
    return Content(prepared_by(found.prepared, found.board.at))


def following(n: int) -> Content:
    """The rule over the blockers that come after the one that is drawn large."""
    return Content(_("The next ones") + f" · {n}") if n else Content(_("This is the last one"))


CANDIDATE = "candidate:"
"""How the key of a blocker begins that can be taken as a priority."""


def words(found: ReviewView) -> list[str]:
    """A word for each step that was skipped on the way to this one."""
    progress = found.progress
    said = []
    for at in sorted(progress.skipped):
        over = not any(at < other < progress.step for other in progress.visited)
        if at < progress.step and over and review.STEPS[at] in found.empty:
            name = review.STEPS[at]
            said.append(no_news(found.board, found.window.since) if name == review.NEWS else _(NOTHING[name]))
    return said


def items(found: ReviewView) -> list[Item[Any]]:
    """The rows of the current step."""
    name = found.progress.name
    # What is drawn large says them above it.
    told = words(found) if name != review.BLOCKERS else []
    heads = [Item(f"word:{n}", Under(Content(f" {word}")), heading=True) for n, word in enumerate(told)]
    return [*heads, *of_step(found, name)]


def of_step(found: ReviewView, name: str) -> Iterator[Item[Any]]:
    """The rows of a step."""
    parts: dict[str, Callable[[ReviewView], Iterator[Item[Any]]]] = {
        review.NEWS: _news,
        review.TODAY: _today,
        review.SLAS: _slas,
        review.BLOCKERS: _blockers,
        review.SIGNALS: _signals,
        review.PRIORITIES: _priorities,
    }
    return parts[name](found)


def _news(found: ReviewView) -> Iterator[Item[Any]]:
    for group in GROUPS:
        n = sum(each.group == group for each in found.news)
        if n:
            yield _heading(f"group:{group}", f"{_(GROUP_WORDS[group])} · {n}")
        for each in found.news:
            if each.group == group:
                yield Item(f"{each.code}:{each.id}", each)
                yield from _line(found, each.code)
    if found.told.rest:
        more = ngettext("and the rest: {n} more", "and the rest: {n} more", found.told.rest)
        yield Item(REST, ReviewLink(more.format(n=found.told.rest)))


def _news_counted(found: ReviewView) -> str:
    n = len(found.news)
    if found.told.rest:
        return " · " + _("the {n} that matter").format(n=n)
    return " · " + ngettext("{n} news", "{n} news", n).format(n=n)


def _today(found: ReviewView) -> Iterator[Item[Any]]:
    board = found.board
    if found.present:
        there = ", ".join(f"{name} {hours}" for name, hours in found.present)
        yield _heading("present", _("There today: {who}").format(who=there))
    for event in board.today.events:
        if event.all_day:
            yield Item(f"event:{event.uid}:day", DayEvent(event, False, False))
    timed: list[tuple[datetime, int, Item[Any]]] = [(board.at, 0, Item("now", Now(board.at), heading=True))]
    for event in board.today.events:
        if not event.all_day:
            shown = DayEvent(event, event.uid in board.today.clashing, event.end <= board.at)
            timed.append((event.start, 2, Item(f"event:{event.uid}:{event.start.isoformat()}", shown)))
    ahead = (gap for gap in board.today.gaps if gap.end > board.at)
    timed += [(gap.start, 3, Item(f"gap:{gap.start.isoformat()}", gap)) for gap in ahead]
    timed += [(hold.starts_at or board.at, 1, Item(hold.code, hold)) for hold in board.today.holds]
    yield from (item for _at, _order, item in sorted(timed, key=lambda entry: entry[:2]))
    if found.meetings:
        yield _heading("rituals", _("Rituals due today"))
    for meeting in found.meetings:
        yield Item(meeting.key, meeting)


def _slas(found: ReviewView) -> Iterator[Item[Any]]:
    for row in found.board.promises.slas:
        yield Item(row.record.code, row)
        yield from _line(found, row.code)


def _blockers(found: ReviewView) -> Iterator[Item[Any]]:
    for line in found.approvals:
        yield Item(line.record.code, line)
    for row in found.blockers:
        yield Item(row.record.code, row)


def _signals(found: ReviewView) -> Iterator[Item[Any]]:
    for line in found.troubles:
        yield Item(f"status:{line.key}", line)
    for raised in found.raised:
        yield Item(raised.key, raised)
        said = Content.styled(f"     {signal_words.text(raised.score, raised.subject)}", visuals.MUTED)
        yield Item(f"{raised.key}:text", Under(said), heading=True)
    for alert in found.signals:
        yield Item(alert.key, alert)
        step = alert.next(found.board.names, found.board.names.my_name)
        yield Item(f"{alert.key}:next", Under(Content.styled(f"     → {step}", visuals.MUTED)), heading=True)


def _priorities(found: ReviewView) -> Iterator[Item[Any]]:
    day = found.board.day
    # In the order in which they were chosen, each at its place.
    taken = {row.record.rank: row for row in found.chosen}
    for rank in sorted({*range(1, TOP + 1), *taken}):
        row = taken.get(rank)
        if row is None:
            yield Item(f"slot:{rank}", EmptyPlace(rank), heading=True)
        else:
            yield Item(row.record.code, row)
            yield from _line(found, row.record.code)
    waiting = (*found.carried, *found.suggested)
    carried = sorted(
        (row for row in waiting if row.record.carries(day)),
        key=lambda row: (-row.record.carries(day), _number(row)),
    )
    others = sorted(
        (row for row in waiting if not row.record.carries(day)),
        key=lambda row: (row.record.due is None, str(row.record.due), row.record.severity, _number(row)),
    )
    for name, rows in ((N_("Carried over"), carried), (N_("Suggestions"), others)):
        if rows:
            yield _heading(name, _(name))
        for row in rows:
            yield Item(row.record.code, row)
            yield from _line(found, row.record.code)
    if found.candidates:
        yield _heading("candidates", _("The hottest blockers, to choose from"))
    for hot in found.candidates:
        yield Item(f"{CANDIDATE}{hot.record.code}", hot)
        yield from _line(found, hot.record.code)
    if found.goals:
        yield _heading("goals", _("Goals of the quarter towards which nothing goes"))
    for goal in found.goals:
        yield Item(f"{CANDIDATE}{goal.record.code}", goal)
    yield Item(END, ReviewLink(_("⏎ ends the review")))


def _number(row: PriorityRow) -> int:
    return int(row.record.code.partition("-")[2] or 0)


def _heading(key: str, text: str) -> Item[Any]:
    return Item(f"heading:{key}", Group(text), heading=True)


def _line(found: ReviewView, code: str) -> Iterator[Item[Any]]:
    line = found.prepared.lines.get(code)
    if line is not None:
        said = Content.styled("     ✎ ", "$secondary") + Content(line.line)
        yield Item(f"prepared:{code}", Under(said), heading=True)


def target_of(item: Item[Any] | None) -> Target:
    """What keys act on when the cursor is on `item`."""
    if item is None or item.heading:
        return Target()
    data = item.data
    match data:
        case News():
            return Target(_KINDS.get(data.entity, frozenset({Kind.NEWS})), data.code, data)
        case SlaRow():
            return clock_target(data)
        case BlockerRow() | PriorityRow():
            kind = Kind.BLOCKER if isinstance(data, BlockerRow) else Kind.PRIORITY
            more = {Kind.CANDIDATE} if isinstance(data, BlockerRow) else set()
            return Target(frozenset({kind, Kind.RECORD}) | more, data.record.code, data, record=data.record)
        case GoalLine():
            kinds = frozenset({Kind.GOAL, Kind.CANDIDATE, Kind.RECORD})
            return Target(kinds, data.record.code, data, record=data.record)
        case ApprovalLine():
            record = data.record
            return Target(frozenset({Kind.APPROVAL, Kind.RECORD}), record.code, data, record=record)
        case DayEvent():
            link = {Kind.EVENT} if data.event.occurrence.link else set()
            return Target(frozenset({Kind.AGENDA} | link), item.key, data)
        case PlannedMeeting():
            return Target(frozenset({Kind.MEETING}), data.ritual.code, data)
        case Hold():
            return Target(frozenset({Kind.RECORD}), data.code, data, record=data)
        case ProviderLine():
            return Target(frozenset({Kind.PROVIDER}), data.key, data)
        case SignalLine():
            return Target(frozenset({Kind.SIGNALS, Kind.SIGNAL}), data.key, data)
        case Alert():
            about = OF_CODE.get(data.target.partition("-")[0], frozenset())
            return Target(about | {Kind.ALERT}, data.target, data)
    return Target()


# Space marks news as seen, so news about a priority do not take the keys of priorities.
_KINDS: Mapping[str, frozenset[Kind]] = {
    "blocker": frozenset({Kind.NEWS, Kind.BLOCKER, Kind.RECORD}),
    "statement": frozenset({Kind.NEWS, Kind.STATEMENT}),
    "approval": frozenset({Kind.NEWS, Kind.APPROVAL, Kind.RECORD}),
    "priority": frozenset({Kind.NEWS, Kind.RECORD}),
}


def empty_text(found: ReviewView) -> str:
    """What an emptied step says."""
    return _(NOTHING[found.progress.name]) + " " + _("⇥ goes on.")

"""What is new to one person: the journal since their last review, one line a record, with what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cockpit.domain.agenda.events import midnight
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.morning import news as rules
from cockpit.domain.morning.news import DUE, SOLVED, TELLING, WORSE, Happening, NewsPiece
from cockpit.domain.morning.review import is_after_leave
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.review import Review
from cockpit.domain.registers.statement import Statement
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, records
from cockpit.store.records import instant
from cockpit.store.state import reviews

ENTITIES = ("blocker", "priority", "clock", "decision", "statement")
SHOWN = 200
"""Lines at most: of more than that, only what matters is read first, as after a leave."""
_CHUNK = 500
_DUE = 1_000
"""Records that fell due, at most."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class Window:
    """What a person has not reviewed yet."""

    from_seq: int
    """The last entry of the journal that they know."""
    since: datetime
    last: datetime | None
    """When they last ended a review."""


@dataclass(frozen=True, kw_only=True)
class News:
    """What became of one record."""

    group: str
    code: str
    """What opens: the blocker behind a clock, else the record itself."""
    entity: str
    id: str
    seq: int
    title: str
    severity: str
    actor: str
    why: tuple[str, ...]
    conf: int
    seen: bool = False


@dataclass(frozen=True, kw_only=True)
class NewsToTell:
    """The news to read, how many are left out, and up to which entry of the journal they go."""

    news: tuple[News, ...]
    rest: int
    head: int


def window(workspace: Workspace) -> Window:
    """Since the end of the last review of the person at the keyboard; before any, since the start of
    yesterday, or of the last day on which the company was open."""
    found = workspace.select(
        Review,
        "review",
        '"by" = ? AND ended_at IS NOT NULL AND archived_at IS NULL ORDER BY ended_at DESC, number DESC LIMIT 1',
        (workspace.actor,),
    )
    if found and found[0].ended_at is not None:
        ended = found[0].ended_at
        return Window(from_seq=found[0].upto_seq, since=ended.astimezone(workspace.zone), last=ended)
    today = workspace.today()
    try:
        day = company_calendar(workspace).add_business_days(today, -1)
    except NoBusinessTime:
        day = today - timedelta(days=1)
    since = midnight(day, workspace.zone)
    return Window(from_seq=reviews.last_before(workspace.conn, instant(since)), since=since, last=None)


def told(workspace: Workspace, known: Window, *, everything: bool = False) -> NewsToTell:
    """The news since `known`, by group, the worst of a group first.

    After a leave, or when there are too many, the ten that matter; `everything` shows the rest too.
    """
    head = journal.head(workspace.conn)[0]
    pieces = rules.fold(_happenings(workspace, known))
    marks = reviews.seen(workspace.conn, workspace.actor)
    found = _once([*_of_pieces(workspace, pieces), *_due_passed(workspace, known)])
    found = [replace(each, seen=marks.get(each.id, -1) >= each.seq) for each in found]
    last = known.last.astimezone(workspace.zone).date() if known.last else None
    shown: Sequence[News] = found
    if not everything and (is_after_leave(last, workspace.today()) or len(found) > SHOWN):
        matter = rules.ten((_as_piece(each), each.severity) for each in found)
        shown = [each for each in found if each.id in matter]
    elif len(found) > _CHUNK:
        shown = found[:_CHUNK]
    return NewsToTell(news=tuple(shown), rest=len(found) - len(shown), head=head)


def mark_seen(workspace: Workspace, found: Iterable[News]) -> None:
    """The person at the keyboard has seen these, as they stand."""
    reviews.mark(workspace.conn, workspace.actor, [(each.id, each.seq) for each in found])


def toggle_seen(workspace: Workspace, each: News) -> bool:
    """Seen; said again, not seen after all. Whether it is seen now."""
    if each.seen:
        reviews.unmark(workspace.conn, workspace.actor, each.id)
    else:
        mark_seen(workspace, [each])
    return not each.seen


def _happenings(workspace: Workspace, known: Window) -> Iterable[Happening]:
    ended = instant(known.last) if known.last else ""
    for row in reviews.telling(workspace.conn, known.from_seq, ENTITIES, TELLING):
        # What one did in one's own review is no news; what others did meanwhile is.
        if row["actor"] == workspace.actor and row["at"] <= ended:
            continue
        yield Happening(
            seq=row["seq"], actor=row["actor"], entity=row["entity"], entity_id=row["entity_id"],
            before=row["before"], after=row["after"],
        )  # fmt: skip


def _of_pieces(workspace: Workspace, pieces: Sequence[NewsPiece]) -> list[News]:
    """The pieces with what their records say now; a record that is archived is no news."""
    by_entity: dict[str, list[NewsPiece]] = {}
    for piece in pieces:
        by_entity.setdefault(piece.entity, []).append(piece)
    found = []
    for entity, theirs in by_entity.items():
        now = _records(workspace, entity, [piece.entity_id for piece in theirs])
        found += [_news(piece, now[piece.entity_id]) for piece in theirs if piece.entity_id in now]
    return found


def _records(workspace: Workspace, entity: str, ids: Sequence[str]) -> Mapping[str, Record]:
    found: dict[str, Record] = {}
    for at in range(0, len(ids), _CHUNK):
        some = ids[at : at + _CHUNK]
        where = f"id IN ({', '.join('?' * len(some))}) AND archived_at IS NULL"
        rows = records.select(workspace.conn, REGISTERS[entity].type, entity, where, some)
        found.update((row.id, row) for row in rows)
    return found


def _news(piece: NewsPiece, found: Record) -> News:
    blocker = found.blocker if isinstance(found, Clock) else ""
    return News(
        group=piece.group,
        code=blocker or found.code,
        entity="blocker" if blocker else piece.entity,
        id=piece.entity_id,
        seq=piece.seq,
        title=str(getattr(found, REGISTERS[piece.entity].subject)),
        severity=str(getattr(found, "severity", "p2" if piece.entity == "clock" else "")),
        # What came in is signed by the program: what counts is who sent it.
        actor=found.sender if isinstance(found, Statement) else piece.actor,
        why=piece.why,
        conf=found.conf,
    )


def _due_passed(workspace: Workspace, known: Window) -> list[News]:
    """What fell due since and is still open: time did that, no entry tells it."""
    found: list[News] = []
    span = (instant(known.since.astimezone(UTC)), instant(workspace.clock()))
    for name, kind in (("blocker", Blocker), ("priority", Priority)):
        where = f"{_LIVE} AND due > ? AND due <= ? ORDER BY due DESC LIMIT ?"
        found += [
            News(
                group=WORSE, code=each.code, entity=name, id=each.id, seq=known.from_seq, title=each.title,
                severity=each.severity, actor="", why=(DUE,), conf=each.conf,
            )
            for each in records.select(workspace.conn, kind, name, where, (*span, _DUE))
            if isinstance(each, Blocker | Priority)
        ]  # fmt: skip
    return found


def _once(found: Sequence[News]) -> list[News]:
    """One line a record: settled before worse, worse before new; in the order of the groups, worst first."""
    ranks = {SOLVED: 0, WORSE: 1}
    lines: dict[str, News] = {}
    for each in sorted(found, key=lambda item: ranks.get(item.group, 2)):
        known = lines.get(each.code)
        if known is None:
            lines[each.code] = each
        elif known.group == each.group == WORSE:
            why = tuple(dict.fromkeys((*known.why, *each.why)))
            lines[each.code] = replace(known, why=why, seq=max(known.seq, each.seq))
    order = {group: at for at, group in enumerate(rules.GROUPS)}
    return sorted(lines.values(), key=lambda item: (order[item.group], item.severity or "p9", -item.seq))


def _as_piece(each: News) -> NewsPiece:
    return NewsPiece(each.group, each.entity, each.id, each.seq, each.actor, each.why)

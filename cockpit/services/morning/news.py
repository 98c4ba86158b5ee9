"""What is new to one person: the journal since their last review, one line a record, with what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cockpit.domain.agenda.events import midnight
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.morning import news as rules
from cockpit.domain.morning.news import COMPANY, DUE, SOLVED, TELLING, WORSE, Happening, NewsPiece
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.review import Review
from cockpit.domain.registers.statement import Statement
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.locale import _
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.news_line import News
from cockpit.services.morning.outside_news import outside_news
from cockpit.services.records.history import title_of
from cockpit.store import journal, records
from cockpit.store.records import instant
from cockpit.store.state import reviews

ENTITIES = ("blocker", "priority", "clock", "decision", "statement", "approval")
UNTOLD = (
    *ENTITIES, "attendance", "review", "preparation", "hold", "escalation", "goal", "measure",
)  # fmt: skip
"""Registers of which changes are told otherwise, or tell nobody anything: who was at a meeting is in its
minutes, an escalation is told of its blocker, a value on the scorecard."""
ALONE = 2
"""Records of one register, of which the same became, that have a line each; more of them are one line."""
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
class NewsToTell:
    """The news to read, how many are left out, and up to which entry of the journal they go."""

    news: tuple[News, ...]
    rest: int
    head: int


def window(workspace: Workspace) -> Window:
    """Since the end of the last review of the person at the keyboard; before any, since the start of
    yesterday, or of the last day on which the company was open, or of the journal where that is younger."""
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
    known = journal.head_before(workspace.conn, instant(since))
    if not known and (first := journal.first_at(workspace.conn)) is not None:
        since = max(since, first.astimezone(workspace.zone))
    return Window(from_seq=known, since=since, last=None)


def told(workspace: Workspace, known: Window, *, everything: bool = False) -> NewsToTell:
    """The news since `known`, by group, the worst of a group first: of the work, of providers, of the agenda,
    of every register.

    The ten that matter; `everything` shows the rest too.
    """
    head = journal.head(workspace.conn)[0]
    pieces = rules.fold(_happenings(workspace, known))
    marks = reviews.seen(workspace.conn, workspace.actor)
    found = _once(
        [
            *_together(_of_pieces(workspace, pieces)), *_due_passed(workspace, known),
            *outside_news(workspace, known.since),
        ]
    )  # fmt: skip
    found = [replace(each, seen=marks.get(each.id, -1) >= each.seq) for each in found]
    shown: Sequence[News] = found
    if not everything and len(found) > rules.MOST:
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
    journaled = (
        *reviews.telling(workspace.conn, known.from_seq, ENTITIES, TELLING),
        *reviews.others(workspace.conn, known.from_seq, UNTOLD, journal.PROGRAM),
    )
    for row in journaled:
        # What one did in one's own review is no news; what others did meanwhile is.
        if row["actor"] == workspace.actor and row["at"] <= ended:
            continue
        yield Happening(
            seq=row["seq"], actor=row["actor"], entity=row["entity"], entity_id=row["entity_id"],
            before=row["before"], after=row["after"],
        )  # fmt: skip


def _of_pieces(workspace: Workspace, pieces: Sequence[NewsPiece]) -> list[News]:
    """The pieces with what their records say now; work that is archived is no news."""
    by_entity: dict[str, list[NewsPiece]] = {}
    for piece in pieces:
        by_entity.setdefault(piece.entity, []).append(piece)
    found = []
    names = workspace.names()
    for entity, theirs in by_entity.items():
        now = _records(workspace, entity, [piece.entity_id for piece in theirs])
        found += [
            _news(workspace, piece, now[piece.entity_id], names) for piece in theirs if piece.entity_id in now
        ]
    return found


def _records(workspace: Workspace, entity: str, ids: Sequence[str]) -> Mapping[str, Record]:
    found: dict[str, Record] = {}
    for at in range(0, len(ids), _CHUNK):
        some = ids[at : at + _CHUNK]
        where = f"id IN ({', '.join('?' * len(some))})"
        if entity in ENTITIES:
            where += " AND archived_at IS NULL"
        rows = records.select(workspace.conn, REGISTERS[entity].type, entity, where, some)
        found.update((row.id, row) for row in rows)
    return found


def _news(workspace: Workspace, piece: NewsPiece, found: Record, names: Mapping[str, str]) -> News:
    register = REGISTERS[piece.entity]
    blocker = found.blocker if isinstance(found, Clock) else ""
    return News(
        group=piece.group,
        code=blocker or found.code,
        entity="blocker" if blocker else piece.entity,
        id=piece.entity_id,
        seq=piece.seq,
        title=str(getattr(found, register.subject))
        if piece.entity in ENTITIES
        else f"{_(register.singular)} · {title_of(workspace, register, found, names)}",
        severity=str(getattr(found, "severity", "p2" if piece.entity == "clock" else "")),
        actor=_by(found) or piece.actor,
        why=piece.why,
        conf=found.conf,
        note=", ".join(
            _(field.label) for field in register.fields if field.told and field.name in piece.fields
        ),
    )


def _by(found: Record) -> str:
    """Whose word it is, where the program signed it: who sent it in, who submitted or answered it."""
    if isinstance(found, Statement):
        return found.sender
    if isinstance(found, Approval):
        return found.answered_by or found.submitted_by
    return ""


def _together(found: Sequence[News]) -> list[News]:
    """Many records of one register of which the same became are one line, which opens on the last."""
    alike: dict[tuple[str, tuple[str, ...]], list[News]] = {}
    for each in found:
        if each.group == COMPANY:
            alike.setdefault((each.entity, each.why), []).append(each)
    told = [each for each in found if each.group != COMPANY]
    for (entity, _why), same in alike.items():
        if len(same) <= ALONE:
            told += same
            continue
        last = max(same, key=lambda each: each.seq)
        title = _("{register}: {n}").format(register=_(REGISTERS[entity].title), n=len(same))
        subjects = ", ".join(each.title.partition(" · ")[2] for each in same[:ALONE]) + "…"
        told.append(
            replace(last, title=f"{title} · {subjects}", note="", conf=max(each.conf for each in same))
        )
    return told


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

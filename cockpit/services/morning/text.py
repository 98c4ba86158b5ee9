"""The six steps of the morning review as text and as JSON, for the shell: nothing is marked by reading."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.morning.news import GROUPS
from cockpit.domain.morning.review import STEPS
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.agenda.events import to_json as event_json
from cockpit.services.alerts import gather
from cockpit.services.boards import listing
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.news import News
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import GROUPS as GROUP_WORDS
from cockpit.services.morning.words import NOTHING, TITLES, WHY, no_news, prepared_by
from cockpit.services.promises import in_words
from cockpit.services.providers import in_words as providers_in_words
from cockpit.services.work.priorities import carries
from cockpit.services.work.rows import PriorityRow


def to_text(workspace: Workspace, found: ReviewView) -> str:
    """A step under the other, empty ones in a word."""
    board = found.board
    ready = prepared_by(found.prepared, board.at)
    lines = [f"{board.company or 'Cockpit'} · {dates.long_date(board.day)} · {board.at:%H:%M}"]
    lines += [ready] if ready else []
    parts = (_news(found), _today(found), _slas(workspace, found), _blockers(workspace, found),
             _signals(workspace, found), _priorities(found))  # fmt: skip
    for number, (name, rows) in enumerate(zip(STEPS, parts, strict=True), 1):
        lines.append(f"{number}/{len(STEPS)} {_(TITLES[name])}")
        listed = list(rows)
        nothing = no_news(board, found.window.since) if number == 1 else _(NOTHING[name])
        lines += [f"  {row}" for row in listed or [nothing]]
    return "\n".join(lines)


def to_json(workspace: Workspace, found: ReviewView) -> dict[str, object]:
    """The review with stable keys."""
    names = found.board.names
    return {
        "at": as_json.plain(found.board.at),
        "since": as_json.plain(found.window.since),
        "prepared": {"by": found.prepared.by, "at": as_json.plain(found.prepared.at)},
        "begun": found.board.review.step + 1 if found.board.review else None,
        "news": [_news_json(each) for each in found.news],
        "news_rest": found.told.rest,
        "agenda": [event_json(event) for event in found.board.events],
        "free": [[as_json.plain(gap.start), as_json.plain(gap.end)] for gap in found.board.gaps],
        "present": [{"name": name, "hours": hours} for name, hours in found.present],
        "rituals": [
            {"ritual": m.ritual.code, "name": m.ritual.name, "planned": as_json.plain(m.planned),
             "status": m.status}
            for m in found.meetings
        ],
        "sla": [in_words.sla_json(workspace, row, names) for row in found.board.slas],
        "blockers": [
            {"heat": row.heat.total, **as_json.of_record(row.record, REGISTERS["blocker"])}
            for row in found.blockers
        ],
        "providers": [providers_in_words.provider_json(line) for line in found.troubles],
        "signals": [gather.to_json(alert, names, workspace.actor) for alert in found.signals],
        "priorities": [
            {"of_the_day": row.top, "carries": carries(row.record, found.board.day),
             **as_json.of_record(row.record, REGISTERS["priority"])}
            for row in (*found.chosen, *found.carried, *found.suggested)
        ],
        "lines": {code: line.line for code, line in found.prepared.lines.items()},
    }  # fmt: skip


def _news_json(each: News) -> dict[str, object]:
    return {
        "group": each.group, "code": each.code, "title": each.title, "why": list(each.why),
        "by": each.actor, "seen": each.seen,
    }  # fmt: skip


def _news(found: ReviewView) -> Iterator[str]:
    names = found.board.names
    for group in GROUPS:
        for each in found.news:
            if each.group == group:
                why = "".join(f" · {_(WHY[reason])}" for reason in each.why)
                mark = "✓" if each.seen else "·"
                who = names.get(each.actor, each.actor)
                by = f" ({who})" if who else ""
                told = f"{each.code} {each.title}{why}{by}"
                yield f"{mark} " + _("{name}: {value}").format(name=_(GROUP_WORDS[group]), value=told)
                yield from _line(found, each.code)
    if found.told.rest:
        more = ngettext("and the rest: {n} more", "and the rest: {n} more", found.told.rest)
        yield more.format(n=found.told.rest)


def _today(found: ReviewView) -> Iterator[str]:
    board = found.board
    if found.present:
        there = ", ".join(f"{name} {hours}" for name, hours in found.present)
        yield _("There today: {who}").format(who=there)
    for event in board.events:
        hour = _("all day") if event.all_day else f"{event.start:%H:%M}–{event.end:%H:%M}"
        clash = " · " + _("⚠ overlaps") if event.uid in board.clashing and not event.all_day else ""
        title = event.title or _("(no title)")
        yield f"{hour} {title}{clash}"
    for hold in board.holds:
        at = hold.starts_at.astimezone(board.at.tzinfo) if hold.starts_at else board.at
        yield f"{at:%H:%M} ▣ {hold.title}"
    if board.events:
        for gap in board.gaps:
            span = dates.duration((gap.end - gap.start).total_seconds())
            yield f"{gap.start:%H:%M} " + _("free {span}").format(span=span)
    for meeting in found.meetings:
        yield f"{meeting.planned:%H:%M} {meeting.ritual.name}"


def _slas(workspace: Workspace, found: ReviewView) -> Iterator[str]:
    for row in found.board.slas:
        yield in_words.sla_line(workspace, row, found.board.names)
        yield from _line(found, row.code)


def _blockers(workspace: Workspace, found: ReviewView) -> Iterator[str]:
    for row in found.blockers:
        yield listing.line(workspace, REGISTERS["blocker"], row.record, found.board.names)
        yield from _line(found, row.record.code)


def _signals(workspace: Workspace, found: ReviewView) -> Iterator[str]:
    for line in found.troubles:
        yield providers_in_words.provider_line(workspace, line)
    for alert in found.signals:
        yield f"{'■' if alert.level >= 2 else '▲'} {gather.alert_text(alert, found.board.names)}"


def _priorities(found: ReviewView) -> Iterator[str]:
    for row in found.chosen:
        yield f"{row.record.rank} {_of_priority(row, found)}"
    for row in (*found.carried, *found.suggested):
        yield f"· {_of_priority(row, found)}"


def _of_priority(row: PriorityRow, found: ReviewView) -> str:
    times = carries(row.record, found.board.day)
    carried = f" ↻{times}" if times else ""
    due = f" · {dates.moment(row.record.due, found.board.at)}" if row.record.due else ""
    return f"{row.record.code} {row.record.title}{carried}{due}"


def _line(found: ReviewView, code: str) -> Iterator[str]:
    line = found.prepared.lines.get(code)
    if line is not None:
        yield f"    ✎ {line.line}"

"""The six steps of the morning review as text and as JSON, for the shell: nothing is marked by reading."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.morning.news import GROUPS
from cockpit.domain.morning.review import STEPS
from cockpit.locale import _, ngettext
from cockpit.services.agenda import rows as agenda_rows
from cockpit.services.agenda.events import to_json as event_json
from cockpit.services.alerts import rows as alerts_rows
from cockpit.services.approvals import rows as approval_rows
from cockpit.services.boards import once
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals
from cockpit.services.meetings import rows as meetings_rows
from cockpit.services.morning import rows
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import GROUPS as GROUP_WORDS
from cockpit.services.morning.words import NOTHING, TITLES, no_news, prepared_by
from cockpit.services.promises import rows as promises_rows
from cockpit.services.providers import rows as providers_rows
from cockpit.services.signals import rows as signal_rows
from cockpit.services.work import rows as work_rows


def to_text(found: ReviewView) -> str:
    """A step under the other, empty ones in a word."""
    board = found.board
    ready = prepared_by(found.prepared, board.at)
    lines = [f"{board.company or 'Cockpit'} · {dates.long_date(board.day)} · {board.at:%H:%M}"]
    lines += [ready] if ready else []
    parts = (_news(found), _today(found), _slas(found), _blockers(found),
             _signals(found), _priorities(found))  # fmt: skip
    for number, (name, part) in enumerate(zip(STEPS, parts, strict=True), 1):
        lines.append(f"{number}/{len(STEPS)} {_(TITLES[name])}")
        listed = list(part)
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
        "news": [rows.to_json(each) for each in found.news],
        "news_rest": found.told.rest,
        "agenda": [event_json(event) for event in found.board.today.events],
        "free": [[as_json.plain(gap.start), as_json.plain(gap.end)] for gap in found.board.today.gaps],
        "present": [{"name": name, "hours": hours} for name, hours in found.present],
        "rituals": [
            meetings_rows.to_json(each) for each in found.meetings
        ],
        "sla": [promises_rows.sla_json(row, found.board.at, names) for row in found.board.promises.slas],
        "blockers": [work_rows.blocker_json(row) for row in found.blockers],
        "approvals": [approval_rows.to_json(line) for line in found.approvals if not line.hidden],
        "providers": [providers_rows.to_json(line) for line in found.troubles],
        "raised": [signal_rows.line_json(line) for line in found.raised],
        "signals": [alerts_rows.to_json(alert, names, workspace.my_name) for alert in found.signals],
        "priorities": [
            {"carries": row.record.carries(found.board.day), **work_rows.priority_json(row)}
            for row in (*found.chosen, *found.carried, *found.suggested)
        ],
        "candidates": [work_rows.blocker_json(row) for row in found.candidates],
        "goals": [goals.to_json(line) for line in found.goals],
        "lines": {code: line.line for code, line in found.prepared.lines.items()},
    }  # fmt: skip


def _news(found: ReviewView) -> Iterator[str]:
    for group in GROUPS:
        listed = [each for each in found.news if each.group == group]
        if listed:
            yield f"── {_(GROUP_WORDS[group])}"
        for each in listed:
            yield rows.news(each, found.board.names).printed
            yield from _line(found, each.code)
    if found.told.rest:
        more = ngettext("and the rest: {n} more", "and the rest: {n} more", found.told.rest)
        yield more.format(n=found.told.rest)


def _today(found: ReviewView) -> Iterator[str]:
    board = found.board
    if found.present:
        there = ", ".join(f"{name} {hours}" for name, hours in found.present)
        yield _("There today: {who}").format(who=there)
    for event in board.today.events:
        clash = event.uid in board.today.clashing and not event.all_day
        yield agenda_rows.event(event, clash=clash, past=event.end <= board.at).printed
    for hold in board.today.holds:
        yield work_rows.hold(hold, board.at).printed
    if board.today.events:
        for gap in board.today.gaps:
            yield agenda_rows.gap(gap).printed
    for meeting in found.meetings:
        yield meetings_rows.meeting(meeting, board.at).printed


def _slas(found: ReviewView) -> Iterator[str]:
    for row in found.board.promises.slas:
        yield promises_rows.sla(row, found.board.at, found.board.names).printed
        yield from _line(found, row.code)


def _blockers(found: ReviewView) -> Iterator[str]:
    if found.approvals:
        yield "── " + _("Waits for your yes")
    for line in found.approvals:
        yield approval_rows.approval(line, found.board.at, found.board.names).printed
    if found.approvals and found.blockers:
        yield "── " + _("Blockers")
    for row in found.blockers:
        yield once.blocker(found.board, row.record).printed
        yield from _line(found, row.record.code)


def _signals(found: ReviewView) -> Iterator[str]:
    for line in found.troubles:
        yield providers_rows.provider(line, found.board.at).printed
    for raised in found.raised:
        yield signal_rows.signal(raised).printed
    for alert in found.signals:
        yield alerts_rows.alert(alert, found.board.names).printed


def _priorities(found: ReviewView) -> Iterator[str]:
    for row in (*found.chosen, *found.carried, *found.suggested):
        carried = row.record.carries(found.board.day)
        yield work_rows.of_priority(row, found.board.at, found.board.names, carried).printed
    if found.candidates:
        yield "── " + _("The hottest blockers, to choose from")
    for hot in found.candidates:
        yield once.blocker(found.board, hot.record).printed
    if found.goals:
        yield "── " + _("Goals of the quarter towards which nothing goes")
    for goal in found.goals:
        yield goals.row(goal, found.board.names).printed


def _line(found: ReviewView, code: str) -> Iterator[str]:
    line = found.prepared.lines.get(code)
    if line is not None:
        yield f"    ✎ {line.line}"

"""The list of each step of a live meeting: people, commitments, figures, the week, choices, read-back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from textual.content import Content

from cockpit.domain.agenda.events import Event
from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.minutes import RESTRICTED, Resolve
from cockpit.domain.records.record import Record
from cockpit.locale import _, ngettext
from cockpit.services.agenda import events as agenda_events
from cockpit.services.approvals import queue
from cockpit.services.approvals import rows as approval_rows
from cockpit.services.boards import week
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals, scorecard
from cockpit.services.figures.scorecard import FigureLine
from cockpit.services.meetings import live, minutes
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.plan import KICKOFF
from cockpit.services.meetings.running_order import PreparedMeeting, answers
from cockpit.services.morning import prepared_lines
from cockpit.ui.kit import painted, visuals
from cockpit.ui.meetings import page
from cockpit.ui.meetings.page import MeetingRow


def rows(workspace: Workspace, seen: Live, board: Board, veiled: bool) -> list[MeetingRow]:
    """What can be chosen or read in the current step."""
    kind = seen.meeting.step.kind
    if kind == rules.ATTENDANCE:
        told = _received(workspace, seen.occurrence.agenda_shared_at) if seen.ritual.kind == KICKOFF else []
        return [*page.people(seen.meeting, board.names), *told]
    if kind == rules.COMMITMENTS:
        found = _resolved(workspace, seen, seen.commitments, veiled)
        return list(page.commitments(seen, found, veiled))
    if kind == rules.PRIORITIES:
        codes = dict.fromkeys((*seen.meeting.chosen, *_taken_on(seen), *seen.offered))
        chosen = list(page.choices(seen, _resolved(workspace, seen, codes, veiled), veiled))
        return [*chosen, *_goals_to_choose(workspace, veiled)]
    if kind == rules.READBACK:
        made = [each.code for each in seen.made]
        return list(page.readback(_resolved(workspace, seen, made, veiled), veiled))
    if kind == rules.FIGURES:
        return [*_goals(workspace, board, veiled), *_figures(workspace, board, veiled)]
    return [*_week(workspace.shown, veiled), *_to_approve(workspace.shown)] if kind == rules.WEEK else []


def note(workspace: Workspace, record: Record | None, names: Mapping[str, str]) -> Content | None:
    """The line that was prepared of the subject for today, and by whom."""
    line = prepared_lines.prepared(workspace.shown).lines.get(record.code) if record is not None else None
    if line is None:
        return None
    who = names.get(line.created_by, line.created_by)
    return Content.assemble((f" ✎ {line.line}", "$accent"), (f" · {who}", visuals.MUTED))


def _resolved(workspace: Workspace, seen: Live, codes: Iterable[str], veiled: bool) -> list[Resolve]:
    """Records as they are read out; who carries what is restricted is restricted too."""
    return [
        replace(each, who="▒▒▒") if veiled and each.conf >= RESTRICTED and each.who else each
        for each in minutes.resolves(workspace.shown, seen, codes)
    ]


def plan(workspace: Workspace, before: PreparedMeeting) -> list[MeetingRow]:
    """What the kick-off of this week chose, and what became of it: Friday's close compares."""
    if before.kind != KICKOFF:
        return []
    found = live.week_plan(workspace, before.ritual)
    if not found:
        return [*_to_approve(workspace.shown), *_received(workspace, before.shared_at)]
    done = sum(kept for _record, kept in found)
    head = _("This week's plan: {done}/{total} done").format(done=done, total=len(found))
    nothing = Content("")
    lines = [
        MeetingRow(nothing, nothing, heading=True),
        MeetingRow(Content.styled(f" {head}", "bold"), nothing, heading=True),
    ]
    for record, kept in found:
        glyph, colour = ("✓", visuals.GOOD) if kept else ("○", visuals.WARN)
        title = _("restricted") if record.conf >= RESTRICTED else record.title
        lines.append(
            MeetingRow(
                Content.assemble((f" {glyph} ", colour), f"{record.code} {title}"), nothing, heading=True
            )
        )
    return [*lines, *_to_approve(workspace.shown), *_received(workspace, before.shared_at)]


MOST_APPROVALS = 8
"""Approvals that a meeting shows, the most pressing first."""


def _to_approve(workspace: Workspace) -> list[MeetingRow]:
    """What waits for somebody's yes, late first, and of whom; nothing that is restricted."""
    found = [
        line for line in queue.open_lines(workspace) if line.record.conf < RESTRICTED and not line.hidden
    ]
    if not found:
        return []
    nothing, names, now = Content(""), workspace.names(), workspace.now()
    head = MeetingRow(Content.styled(" " + _("Waits for a yes"), "bold"), nothing, heading=True)
    lines = [MeetingRow(nothing, nothing, heading=True), head]
    for line in found[:MOST_APPROVALS]:
        row = approval_rows.approval(line, now, names)
        left, right = (Content("").join(map(painted.piece, pieces)) for pieces in (row.left, row.right))
        lines.append(MeetingRow(left, right, heading=True))
    rest = len(found) - MOST_APPROVALS
    if rest > 0:
        more = ngettext("… and {n} more", "… and {n} more", rest).format(n=rest)
        lines.append(MeetingRow(Content.styled(f"   {more}", visuals.MUTED), nothing, heading=True))
    return lines


def _received(workspace: Workspace, since: datetime | None) -> list[MeetingRow]:
    """What partners sent in for the meeting, since its agenda was shared."""
    found = answers(workspace, since, RESTRICTED - 1)
    nothing = Content("")
    if not found:
        return []
    head = MeetingRow(Content.styled(" " + _("Received from partners"), "bold"), nothing, heading=True)
    lines = (Content.assemble((f"  {each.sender} ", "bold"), each.title) for each in found)
    return [
        MeetingRow(nothing, nothing, heading=True),
        head,
        *(MeetingRow(line, nothing, heading=True) for line in lines),
    ]


def _taken_on(seen: Live) -> list[str]:
    return [note.text for note in seen.meeting.actions]


def _goals(workspace: Workspace, board: Board, veiled: bool) -> list[MeetingRow]:
    """The goals of the quarter: on track or not, whose, and by what one sees that they are reached."""
    found = [line for line in goals.goals(workspace.shown) if not (veiled and line.record.conf >= RESTRICTED)]
    # As they were made: a row stays under the cursor whatever is said of it.
    found.sort(key=lambda line: (line.record.quarter or date.max, int(line.record.code.partition("-")[2])))
    if not found:
        return []
    rows = [
        MeetingRow(
            Content.styled(" " + _("Goals of the quarter: on track?"), "bold"), Content(""), heading=True
        )
    ]
    for line in found:
        row = goals.row(line, board.names)
        left, right = (Content("").join(map(painted.piece, pieces)) for pieces in (row.left, row.right))
        when = Content.styled(f" · {line.record.done_when}", visuals.MUTED)
        rows.append(MeetingRow(Content(" ") + left + when, right + Content(" "), line.record.code))
    return [*rows, MeetingRow(Content(""), Content(""), heading=True)]


def _goals_to_choose(workspace: Workspace, veiled: bool) -> list[MeetingRow]:
    """Goals towards which nothing goes yet: chosen, a priority is made of one."""
    found = [
        line for line in goals.without_priority(workspace.shown)
        if not (veiled and line.record.conf >= RESTRICTED)
    ]  # fmt: skip
    if not found:
        return []
    names, nothing = workspace.shown.names(), Content("")
    head = Content.styled(" " + _("Goals of the quarter towards which nothing goes"), "bold")
    rows = [MeetingRow(nothing, nothing, heading=True), MeetingRow(head, nothing, heading=True)]
    for line in found:
        owner = names.get(line.record.owner, line.record.owner)
        left = Content.assemble(
            (" ○ ", visuals.MUTED), (f"{line.record.code} ", visuals.MUTED), line.record.name
        )
        rows.append(MeetingRow(left, Content.styled(f"{owner} ", visuals.MUTED), line.record.code))
    return rows


def _figures(workspace: Workspace, board: Board, veiled: bool) -> list[MeetingRow]:
    """The figures in red with why, then the alerts in red; nothing that is not."""
    scored = [
        line
        for line in scorecard.scorecard(workspace.shown)
        if line.figures.is_red and not (veiled and line.record.conf >= RESTRICTED)
    ]
    red = [each for each in board.alerts.loud if each.level >= AlertLevel.RED]
    return [_scored(line, board.names) for line in scored] + [
        MeetingRow(
            Content.assemble((" ■ ", visuals.BAD), each.subject),
            Content.styled(f"{each.next(board.names, workspace.my_name)} ", visuals.MUTED),
        )
        for each in red
        if not veiled or each.conf < RESTRICTED
    ]


def _scored(line: FigureLine, names: Mapping[str, str]) -> MeetingRow:
    latest = line.figures.latest
    why = f" {latest.note}" if latest and latest.note else ""
    left = Content.assemble(
        (" ■ ", visuals.BAD),
        (f"{line.record.name} {scorecard.amount(line.record, latest.value if latest else None)}", "bold"),
        f" · {scorecard.target_in_words(line.record)}{why}",
    )
    owner = names.get(line.record.owner, line.record.owner)
    return MeetingRow(left, Content.styled(f"{owner} ", visuals.MUTED))


def _week(workspace: Workspace, veiled: bool) -> list[MeetingRow]:
    """Each day: who is there, the meetings and the events."""
    found = week.week(workspace, workspace.monday())
    lines = []
    for day in found.days:
        there = ", ".join(f"{name} {hours}" for name, hours in day.present)
        told = [m for m in day.meetings if not veiled or m.ritual.conf < RESTRICTED]
        what = [f"{m.planned:%H:%M} {m.ritual.name}" for m in told]
        shown = (
            event
            for event in day.events
            if not week.is_background(found, event) and not (veiled and event.occurrence.private)
        )
        what += [f"{_hour(event)} {agenda_events.label(event, marked=True)}" for event in shown]
        if there or what or day.holiday:
            lines.append(MeetingRow(Content.styled(f" {dates.day_and_month(day.day)} {day.holiday}", "bold"),
                             Content.styled(f"{there} ", visuals.MUTED)))  # fmt: skip
            lines += [MeetingRow(Content(f"   {each}"), Content("")) for each in what]
    return lines


def _hour(event: Event) -> str:
    return _("all day") if event.all_day else f"{event.start:%H:%M}"

"""A week as a grid and as header lines: the one place where its days become styled text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from textual.content import Content

from cockpit.domain.agenda import CANCELLED, DECLINED, FREE, NEEDS_ACTION, OUT_OF_OFFICE, TENTATIVE, Event
from cockpit.domain.opening_hours import Span
from cockpit.domain.week_grid import lanes, minutes_of
from cockpit.locale import _
from cockpit.services import dates
from cockpit.services.rituals import Meeting
from cockpit.services.week import Day, Week, is_background
from cockpit.ui import visuals
from cockpit.ui.panes.today import Shown
from cockpit.ui.widgets.time_grid import GUTTER, Block, Grid

HEADER_LINES = 5
"""Day names, three lines of what lasts all day, who is there."""


def grid(found: Week, days: Sequence[Day], hours: Sequence[tuple[Span, ...]]) -> Grid:
    """The timed part of `days`, which are some of the week's; `hours` are the company's, Monday first."""
    blocks: list[Block] = []
    for column, day in enumerate(days):
        blocks += _column(found, day, column)
    today = next((n for n, day in enumerate(days) if day.day == found.at.date()), None)
    now = (today, found.at.hour * 60 + found.at.minute) if today is not None else None
    open_hours = tuple(() if day.holiday else hours[day.day.weekday()] for day in days)
    return Grid(len(days), tuple(blocks), open_hours, now)


def _column(found: Week, day: Day, column: int) -> list[Block]:
    things: dict[str, tuple[int, int, Event | Meeting]] = {}
    for event in day.events:
        if not event.all_day:
            span = minutes_of(event.start, event.end, day.day)
            things[f"{event.uid}:{event.start.isoformat()}:{event.occurrence.feed}"] = (*span, event)
    for meeting in day.meetings:
        end = meeting.planned + timedelta(minutes=meeting.ritual.minutes)
        things[f"{meeting.ritual.code}:{meeting.planned.isoformat()}"] = (
            *minutes_of(meeting.planned, end, day.day),
            meeting,
        )
    blocks = []
    for behind in (True, False):
        chosen = {key: each for key, each in things.items() if _is_behind(found, each[2]) == behind}
        for p in lanes((key, start, end) for key, (start, end, _thing) in chosen.items()):
            block = _block(found, chosen[p.key][2], p.key, (column, p.start, p.end, p.lane, p.lanes))
            blocks.append(replace(block, behind=behind))
    return blocks


def _is_behind(found: Week, thing: Event | Meeting) -> bool:
    return not isinstance(thing, Meeting) and is_background(found, thing)


def _block(found: Week, thing: Event | Meeting, key: str, place: tuple[int, int, int, int, int]) -> Block:
    column, start, end, lane, count = place
    if isinstance(thing, Meeting):
        text = f"{thing.planned:%H:%M} ○ {thing.ritual.name} · " + _("not in the agenda")
        return Block(key, column, start, end, lane, count, text, "$foreground 70%", "$foreground 40%", thing)
    said = thing.occurrence
    text = f"{thing.start:%H:%M} {_marks(found, thing)}{_title(thing)}"
    style, edge = "$foreground on $primary 25%", "$primary"
    if said.status == CANCELLED or said.participation == DECLINED:
        style, edge = "$foreground 55% strike", "$foreground 40%"
    elif said.busy == FREE:
        style, edge = "$foreground 75%", "$foreground 40%"
    elif TENTATIVE in (said.status, said.busy) or said.participation == NEEDS_ACTION:
        style, edge = "italic $foreground on $primary 12%", "$primary 60%"
    elif (thing.uid, thing.start) in found.clashing:
        style, edge = "$foreground on $warning 25%", "$warning"
    elif thing.uid in found.rituals:
        style, edge = "$foreground on $accent 25%", "$accent"
    shown = Shown(thing, (thing.uid, thing.start) in found.clashing, thing.end <= found.at)
    return Block(key, column, start, end, lane, count, text, style, edge, shown)


def _title(event: Event) -> str:
    return event.title or _("(no title)")


def _marks(found: Week, event: Event) -> str:
    """A sign before the title for what a colour says too."""
    said, marks = event.occurrence, ""
    if said.status == CANCELLED or said.participation == DECLINED:
        marks += "✗ "
    elif TENTATIVE in (said.status, said.busy) or said.participation == NEEDS_ACTION:
        marks += "? "
    elif said.busy == FREE:
        marks += "○ "
    if said.busy == OUT_OF_OFFICE:
        marks += "⌂ "
    if event.uid in found.rituals:
        marks += "⚑ "
    if (event.uid, event.start) in found.clashing:
        marks += "⚠ "
    return marks


def header(found: Week, days: Sequence[Day], width: int) -> list[Content]:
    """Day names, what lasts all day, who is there: in the columns of the grid."""
    column = max(6, (width - GUTTER) // max(1, len(days)))
    gutter = " " * GUTTER
    names = Content(gutter)
    for day in days:
        style = "bold $accent" if day.day == found.at.date() else "bold"
        names += (
            Content.styled(dates.day_and_month(day.day), style).truncate(column - 1, ellipsis=True, pad=True)
            + " "
        )
    lines = [names]
    notes = [_notes(found, day) for day in days]
    deepest = min(HEADER_LINES - 2, max((len(each) for each in notes), default=0))
    for row in range(deepest):
        line = Content(gutter)
        for each in notes:
            text, style = each[row] if row < len(each) else ("", "")
            if row == deepest - 1 and len(each) > deepest:
                text = f"+{len(each) - row} {text}"
            line += Content.styled(text, style).truncate(column - 1, ellipsis=True, pad=True) + " "
        lines.append(line)
    here = Content.styled(_("there"), visuals.MUTED).truncate(GUTTER - 1, pad=True) + " "
    for day in days:
        names_here = ", ".join(name.split()[0] for name, _hours in day.present)
        here += Content.styled(names_here, visuals.MUTED).truncate(column - 1, ellipsis=True, pad=True) + " "
    return [*lines, here]


def _notes(found: Week, day: Day) -> list[tuple[str, str]]:
    notes = [(f"✦ {day.holiday}", "$success")] if day.holiday else []
    for event in day.events:
        if event.all_day:
            marks = _marks(found, event).replace("○ ", "")
            faded = event.cancelled or event.occurrence.participation == DECLINED
            style = f"{visuals.MUTED} strike" if faded else "$secondary"
            notes.append((f"▬ {marks}{_title(event)}", style))
    notes += [(f"◆ {work.title}", "$primary") for work in day.works]
    return notes

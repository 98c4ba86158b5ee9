"""A live meeting as styled text: what is shared on a screen, so that what is restricted stays veiled."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.facilitation import LedMeeting, MeetingStep
from cockpit.domain.meetings.minutes import RESTRICTED, WORDS, Resolve, clock, restricted
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _
from cockpit.services.boards import closely
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.running_order import PreparedMeeting
from cockpit.services.promises import left
from cockpit.services.promises.rows import ROLES
from cockpit.services.work.rows import waited
from cockpit.ui.kit import painted, visuals
from cockpit.ui.widgets.solid_digits import HEIGHT

PACES: Mapping[str, tuple[str, str, str]] = {
    rules.ON_TIME: ("●", N_("on time"), visuals.GOOD),
    rules.SOON: ("▲", N_("soon over"), visuals.WARN),
    rules.OVER: ("■", N_("over"), visuals.BAD),
}
VOTES = (N_("Was it worth its time?"), N_("From inside, how is it to work with those outside?"),
         N_("From outside, how is it to work with those inside?"))  # fmt: skip
"""What each person is asked, in the order of the marks (their own interface in the middle)."""
BEST = 5


@dataclass(frozen=True)
class MeetingRow:
    """A line of the list: what it shows on the left and on the right, and the code or name it is about."""

    left: Content
    right: Content
    about: str = ""
    heading: bool = False
    """Takes no cursor."""


def draw(data: MeetingRow, width: int) -> list[Content]:
    """One line."""
    return [visuals.spread(width, data.left, data.right)]


def subject_lines(before: PreparedMeeting, board: Board, veiled: bool) -> Iterator[MeetingRow]:
    """The agenda that is prepared."""
    names = board.names
    ages = {row.record.code: waited(row.record, board.at) for row in board.work.blockers}
    for index, step in enumerate(before.subjects, 1):
        hidden = veiled and step.conf >= RESTRICTED
        owner = "▒▒▒" if hidden else names.get(step.owner, step.owner) or _("no owner")
        left = Content.assemble((f" {index} ", "bold $accent"), (f"{step.code} ", visuals.MUTED))
        left += Content(restricted(1) if hidden else step.question)
        age = ages.get(step.code) or _("{n} d").format(n=step.days)
        yield MeetingRow(
            left, Content.styled(f"{owner} · {age} · {clock(step.seconds)} ", visuals.MUTED), step.code
        )


def before_head(before: PreparedMeeting, names: Mapping[str, str], width: int) -> list[Content]:
    """When it is, who is expected, whether its agenda was shared."""
    when = f"{dates.day_and_month(before.planned)} {before.planned:%H:%M}"
    shared = _("agenda shared") if before.shared_at else _("agenda not shared yet: o")
    head = Content.assemble((f" {before.ritual.name} ", "bold $accent"), f"· {when} · ")
    people = Content(" " + _("Expected: {names}").format(names=people_words(before, names)))
    return [visuals.spread(width, head + Content.styled(shared, visuals.MUTED)), people]


def people_words(before: PreparedMeeting, names: Mapping[str, str]) -> str:
    """Who is expected; who is known to be away is said."""
    away = _("away")
    return ", ".join(
        names.get(each, each) + (f" ({away})" if each in before.away else "") for each in before.people
    )


_PACE_BAR = 40
"""Cells of the bar at most."""


def pace(meeting: LedMeeting, width: int) -> Content:
    """`██████████····  of 2:24 · ▲ soon over`: how much of its box is left, and what the colour means."""
    glyph, word, colour = PACES[meeting.colour]
    box = meeting.box_s()
    cells = max(8, min(_PACE_BAR, width - 46))
    left = max(0.0, box - meeting.in_step_s) / box if box else 0.0
    full = min(cells, math.ceil(left * cells)) if meeting.colour != rules.OVER else cells
    calm = meeting.colour == rules.ON_TIME
    bar = Content.assemble(
        ("█" * full, "$foreground 60%" if calm else colour), ("·" * (cells - full), visuals.MUTED)
    )
    said = Content.styled("  " + _("of {span} for this part").format(span=clock(box)), visuals.MUTED)
    said += Content.assemble(" · ", (f"{glyph} ", colour), (_(word), "" if calm else f"bold {colour}"))
    if meeting.position in meeting.extended:
        said += Content.styled(" · " + _("+1 min"), visuals.MUTED)
    return Content(" ") + bar + said


def head(seen: Live, meeting: LedMeeting, names: Mapping[str, str], width: int) -> list[Content]:
    """Which meeting, which of its parts, how long it still goes on in all; who leads it."""
    subjects = [n for n, step in enumerate(meeting.steps) if step.kind == rules.SUBJECT]
    if meeting.step.kind == rules.SUBJECT:
        at, count = subjects.index(meeting.position) + 1, len(subjects)
        part = _("subject {at}/{all}").format(at=at, all=count)
    else:
        part = f"{meeting.position + 1}/{len(meeting.steps)}"
    title = Content.assemble((f" {seen.ritual.name} ", "bold $accent"), (f"· {part} ", visuals.MUTED))
    led = _("led by {name}").format(name=names.get(meeting.facilitator, meeting.facilitator))
    if not meeting.running:
        return [visuals.spread(width, title, Content.styled(f"{led} ", visuals.MUTED))]
    if meeting.overrun_s:
        over = _("over-run {span}").format(span=dates.duration(meeting.overrun_s))
        left = Content.styled(over, visuals.BAD)
    else:
        rest = dates.duration(math.ceil((meeting.total_s - meeting.elapsed_s) / 60) * 60)
        left = Content.styled(_("{span} left in all").format(span=rest), visuals.MUTED)
    return [visuals.spread(width, title, left + Content.styled(f" · {led} ", visuals.MUTED))]


def is_veiled(step: MeetingStep, veiled: bool) -> bool:
    """Whether a step must not be read by those who see the screen."""
    return veiled and step.kind == rules.SUBJECT and step.conf >= RESTRICTED


def title_of(step: MeetingStep, veiled: bool) -> str:
    """How a step is named."""
    if is_veiled(step, veiled):
        return restricted(1)
    return f"{step.code} {step.title}".strip() if step.kind == rules.SUBJECT else step.title


def purpose(step: MeetingStep) -> list[Content]:
    """What one does in a part that has no subject; its title stands over its lines."""
    return [Content.styled(" " + _hint(step.kind), visuals.MUTED)]


def subject(
    seen: Live, meeting: LedMeeting, board: Board, veiled: bool, width: int
) -> list[Content]:  # fmt: skip
    """The one thing that is talked about, beside its clock: its title in two lines, then what is known, dim."""
    step, names = meeting.step, board.names
    if is_veiled(step, veiled):
        shows = Content.styled(_("v shows it on this screen"), visuals.MUTED)
        return [Content.styled(title_of(step, veiled), "bold"), shows]
    found = seen.subject()
    title = [Content.styled(line, "bold") for line in _folded(step.title, min(width, _TITLE))]
    if not isinstance(found, Blocker):
        return [*title, Content(""), Content.styled(step.code, visuals.MUTED)]
    age = _("for {span}").format(span=waited(found, board.at))
    owner = names.get(found.owner, found.owner) or _("no owner")
    facts = [Content.styled(f"{step.code} · {age} · {owner}", visuals.MUTED)]
    who = closely.waiting(board, found)
    if who:
        facts.append(Content.styled(_("we wait for") + " ", visuals.MUTED) + painted.pieces(who, width))
    facts += _due(found, board)
    # Beside the lines of the digits: what is known stands at their foot.
    blank = [Content("")] * max(0, HEIGHT - len(title) - len(facts))
    return [*title, *blank, *facts]


_TITLE = 44
"""Cells of a line of the title: in two short lines it is larger than in a long one."""


def _due(found: Blocker, board: Board) -> list[Content]:
    """By when: the promise that runs on it, then its own date."""
    said = []
    clock_row = board.promises.of(found.code)
    if clock_row is not None and found.closed_at is None:
        reading = left.reading(clock_row.record, clock_row.calendar, board.at)
        style = painted.STYLES[ROLES[reading.level]] if reading.level != left.CALM else visuals.MUTED
        said.append(Content.styled(f"SLA {reading.words}", style))
    if found.due is not None:
        late = found.due < board.at and found.closed_at is None
        when = _("due: {when}").format(when=dates.moment(found.due, board.at))
        said.append(
            Content.styled(when + (" · " + _("late") if late else ""), visuals.BAD if late else visuals.MUTED)
        )
    return [Content.styled(" · ", visuals.MUTED).join(said)] if said else []


def _folded(title: str, width: int) -> list[str]:
    """Two lines at most; what is longer ends in an ellipsis."""
    lines = visuals.wrapped(title, width)
    if len(lines) <= 2:
        return lines
    return [lines[0], Content(" ".join(lines[1:])).truncate(max(8, width), ellipsis=True).plain]


def question(
    seen: Live, meeting: LedMeeting, board: Board, veiled: bool, note: Content | None
) -> list[Content]:  # fmt: skip
    """What is to be settled, what was to come next, what was prepared about it, and how it stands."""
    if is_veiled(meeting.step, veiled):
        return []
    found = seen.subject()
    lines = [Content.styled(f" {meeting.step.question}", "bold $accent")]
    if isinstance(found, Blocker) and found.next_step and found.next_step != meeting.step.question:
        lines.append(Content(f" → {found.next_step}"))
    lines += [note] if note is not None else []
    state = _state(seen, meeting)
    return [*lines, Content(" ") + state] if state else lines


def _state(seen: Live, meeting: LedMeeting) -> Content:
    outcome = meeting.outcomes.get(meeting.position, "")
    found = seen.subject()
    if not outcome and isinstance(found, Blocker) and found.closed_at is not None:
        return Content.styled(_("solved meanwhile by somebody else"), visuals.GOOD)
    if not outcome and found is None:
        return Content.styled(_("not there any more"), visuals.WARN)
    return Content.styled(_(WORDS[outcome]), visuals.GOOD) if outcome else Content("")


def written(seen: Live, meeting: LedMeeting, veiled: bool) -> list[Content]:
    """What is being decided on this subject, and what was parked."""
    lines = []
    if meeting.step.kind == rules.SUBJECT:
        notes = [note for note in (*meeting.decisions, *meeting.actions) if note.step == meeting.position]
        for note in notes:
            record = seen.records.get(note.text)
            if isinstance(record, Decision | Priority):
                hidden = veiled and note.conf >= RESTRICTED
                lines.append(Content(f" ✓ {record.code} {restricted(1) if hidden else record.title}"))
    parked = [note for note in meeting.parked if note.step == meeting.position]
    return lines + [
        Content(f" ⌂ {restricted(1) if veiled and note.conf >= RESTRICTED else note.text}") for note in parked
    ]


def foot(meeting: LedMeeting, veiled: bool, names: Mapping[str, str], width: int) -> list[Content]:
    """What is next, and who is there."""
    there = " · ".join(names.get(each, each) for each in meeting.present) or _("nobody noted yet")
    coming = meeting.next_step
    said = title_of(coming, veiled) if coming else _("c closes the meeting")
    following = Content.styled(" " + _("Next: {what}").format(what=said), visuals.MUTED)
    present = Content.styled(" " + _("There: {names}").format(names=there), visuals.MUTED)
    if following.cell_length + present.cell_length + 2 <= width:
        return [visuals.spread(width, following, present + Content(" "))]
    return [following, present]


def people(meeting: LedMeeting, names: Mapping[str, str]) -> Iterator[MeetingRow]:
    """Who was expected, and who is there."""
    for person, seat in meeting.people.items():
        glyph, word, colour = (
            ("✓", _("there"), visuals.GOOD) if seat.present else ("·", _("not there"), visuals.MUTED)
        )
        if seat.present and seat.late_minutes:
            glyph, colour = "▲", visuals.WARN
            word = _("late by {n} min").format(n=seat.late_minutes)
        left = Content.assemble((f" {glyph} ", colour), names.get(person, person))
        yield MeetingRow(left, Content.styled(f"{word} ", colour), person)


def commitments(seen: Live, found: list[Resolve], veiled: bool) -> Iterator[MeetingRow]:
    """What was promised last time, and whether it was kept."""
    for each in found:
        kept = seen.kept(each.code)
        glyph, word, colour = ("✓", _("kept"), visuals.GOOD) if kept else ("○", _("not kept"), visuals.WARN)
        facts = Content.styled(f"{each.who} · {each.when} · {word} ", colour)
        yield MeetingRow(_named(each, glyph, colour, veiled), facts, each.code)


def readback(found: list[Resolve], veiled: bool) -> Iterator[MeetingRow]:
    """Decisions and actions: red until each says who and when."""
    for each in found:
        colour = visuals.GOOD if each.complete else visuals.BAD
        said = f"{each.who or _who()} · {each.when or _when()} "
        yield MeetingRow(
            _named(each, "✓" if each.complete else "■", colour, veiled),
            Content.styled(said, colour),
            each.code,
        )


def choices(seen: Live, found: list[Resolve], veiled: bool) -> Iterator[MeetingRow]:
    """The priorities that can be chosen; red where a chosen one has no owner."""
    for each in found:
        taken = each.code in seen.meeting.chosen
        colour = (visuals.GOOD if each.who else visuals.BAD) if taken else visuals.MUTED
        yield MeetingRow(_named(each, "✓" if taken else "○", colour, veiled),
                  Content.styled(f"{each.who or _who()} · {each.when} ", colour), each.code)  # fmt: skip


def votes(marks: tuple[int, ...], count: int) -> Iterator[MeetingRow]:
    """The three marks of one person; nobody's name."""
    for index, (question, mark) in enumerate(zip(VOTES, marks, strict=True)):
        bar = "●" * mark + "○" * (BEST - mark)
        yield MeetingRow(
            Content(f" {_(question)}"), Content.styled(f"{bar} {mark}/{BEST} ", "bold $accent"), str(index)
        )
    noted = _("{n} noted").format(n=count)
    yield MeetingRow(Content.styled(f" {noted}", visuals.MUTED), Content(""), heading=True)


def texts(lines: list[str]) -> Iterator[MeetingRow]:
    """Plain lines."""
    for line in lines:
        style = "bold" if line.startswith("#") else ""
        yield MeetingRow(Content.styled(f" {line}", style), Content(""))


def _named(each: Resolve, glyph: str, colour: str, veiled: bool) -> Content:
    title = restricted(1) if veiled and each.conf >= RESTRICTED else each.title
    return Content.assemble((f" {glyph} ", colour), (f"{each.code} ", visuals.MUTED), title)


def _who() -> str:
    return _("who?")


def _when() -> str:
    return _("for when?")


def _hint(kind: str) -> str:
    return {
        rules.ATTENDANCE: _("space: there or not · z: late · b: somebody else · ⏎: go on"),
        rules.COMMITMENTS: _("space: kept or not · ⏎: go on"),
        rules.FIGURES: _("the goals of the quarter, then what is in red"),
        rules.WEEK: _("what is planned, who is there"),
        rules.PRIORITIES: _("space: one of the three · ⏎: who carries it · n: another one"),
        rules.READBACK: _("read each aloud: who, for when · ⏎ completes one in red"),
        rules.VOTES: _("each in turn: ↑↓ question, ←→ or 1-5 mark, ⏎ notes it without a name · tab goes on"),
    }.get(kind, "")

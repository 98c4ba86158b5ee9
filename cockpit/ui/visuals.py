"""Domain objects as styled text: the one place where data becomes Content, never through markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from cockpit.domain.agenda import Event
from cockpit.domain.heat import Heat
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.hold import Hold
from cockpit.domain.state import FINE, Freshness, State
from cockpit.locale import N_, _, current, ngettext
from cockpit.services import connection, dates, states
from cockpit.services.board import Board
from cockpit.services.listing import worst_first
from cockpit.services.provider_lines import notes
from cockpit.services.rituals import Meeting
from cockpit.services.rows import BlockerRow, FeedLine, Gap, PriorityRow, ProviderLine

if TYPE_CHECKING:
    from cockpit.services.history import Change

BAR = 6
"""Cells of the bar that shows how much of a deadline is used."""
MUTED = "$foreground 65%"
GOOD, WARN, BAD = "$success", "$warning", "$error"

_COLOURS: Mapping[str, str] = {
    State.OPERATIONAL: GOOD,
    State.QUIET: MUTED,
    State.MAINTENANCE: "$primary",
    State.DEGRADED: WARN,
    State.PARTIAL_OUTAGE: BAD,
    State.MAJOR_OUTAGE: BAD,
    State.UNKNOWN: MUTED,
}
STATES = {state: (*shown, _COLOURS[state]) for state, shown in states.STATES.items()}
"""Glyph, word and colour of each state."""
MEETINGS: Mapping[str, tuple[str, str]] = {
    "held": ("✓", GOOD),
    "missed": ("✗", BAD),
    "now": ("▶", "$accent"),
    "next": ("▷", "$accent"),
    "planned": ("○", MUTED),
    "unknown": ("?", WARN),
}
HEAT_REASONS: Mapping[str, str] = {
    "severity": N_("severity and criticality of the function"),
    "age": N_("age against what is expected"),
    "sla": N_("SLA passed, or less than a quarter of it left"),
    "blocks": N_("blocks two others or more"),
    "waits_for_me": N_("waits for you"),
    "due": N_("due within two days"),
    "touched": N_("changed since yesterday"),
    "later": N_("put off until later"),
}


def spread(width: int, left: Content, right: Content | str = "") -> Content:
    """`left` cut to fit, `right` at the right edge; the right part gives way when nothing else would show."""
    tail = right if isinstance(right, Content) else Content(right)
    if not tail or tail.cell_length + 8 > width:
        return left.truncate(width, ellipsis=True)
    room = width - tail.cell_length - 1
    return left.truncate(room, ellipsis=True).pad_right(max(0, room - min(room, left.cell_length)) + 1) + tail


def severity(token: str) -> tuple[str, str]:
    """Glyph and colour of a severity."""
    return {"p1": ("■", BAD), "p2": ("▲", WARN), "p3": ("●", "$primary"), "p4": ("·", MUTED)}.get(
        token, ("●", MUTED)
    )


def due_text(due: datetime | None, now: datetime) -> Content:
    """A due date, red once it is past, orange within a day."""
    if due is None:
        return Content("")
    local = due.astimezone(now.tzinfo)
    late = due < now
    soon = due - now < timedelta(days=1)
    text = dates.day_label(local.date(), now.date())
    if late:
        text = _("late {span}").format(span=dates.duration((now - due).total_seconds()))
    elif local.date() == now.date():
        text = f"{local:%H:%M}"
    return Content.styled(text, BAD if late else WARN if soon else MUTED)


def priority(row: PriorityRow, width: int, board: Board) -> Content:
    """` 1 Sign the amendment   Payroll   Fri`."""
    record = row.record
    mark = Content.styled(f"{record.rank} ", "bold $accent") if row.top else Content.styled("· ", MUTED)
    carried = Content.styled(f" ↻{record.carried}", WARN) if record.carried else Content("")
    core = Content.styled(" ◆", "$accent") if row.core else Content("")
    glyph, colour = severity(record.severity)
    urgent = Content.styled(f"{glyph} ", colour) if record.severity in ("p1", "p2") else Content("")
    title = Content.styled(record.title, "bold" if row.top else "")
    due = due_text(record.due, board.at)
    function = board.names.get(record.function, "")
    # The title is what one reads: the function only takes room that a title does not need.
    if function and width >= 46:
        due = Content.styled(function, MUTED).truncate(12, ellipsis=True) + "  " + due
    return spread(width, mark + urgent + title + carried + core, due)


def blocker(row: BlockerRow, width: int, board: Board) -> list[Content]:
    """Two lines: severity, age and title; then who we wait for, the owner and the next step."""
    record = row.record
    glyph, colour = severity(record.severity)
    age = dates.age((board.at - (record.since or record.created_at or board.at)).total_seconds())
    first = Content.assemble((f"{glyph} ", colour), (f"{age:>6} ", MUTED), (record.title, "bold"))
    level = Content.styled(f"N{record.level} ", WARN) if record.level else Content("")
    return [
        spread(width, first, level + due_text(record.due, board.at)),
        spread(
            width,
            Content(" " * 9) + _joined(_blocker_facts(record, board.names)),
            Content.styled(record.code, MUTED),
        ),
    ]


def _blocker_facts(record: Blocker, names: Mapping[str, str]) -> list[Content]:
    facts = []
    owner = names.get(record.owner, record.owner)
    if not owner:
        facts.append(Content.styled(_("no owner"), WARN))
    if record.waiting_on:
        waiting = ", ".join(names.get(name, name) for name in record.waiting_on)
        facts.append(Content.styled(_("waits: {who}").format(who=waiting), "$secondary"))
    if owner:
        facts.append(Content.styled(owner, MUTED))
    if record.next_step:
        facts.append(Content(f"→ {record.next_step}"))
    else:
        facts.append(Content.styled(_("no next step"), MUTED))
    return facts


def _joined(parts: list[Content]) -> Content:
    return Content.styled(" · ", MUTED).join(parts)


def meeting(item: Meeting, width: int, board: Board) -> Content:
    """Held or not, when, which ritual, and how long until the next one."""
    glyph, colour = MEETINGS[item.status]
    at = item.event.start if item.event is not None else item.planned
    left = Content.assemble(
        (f"{glyph} ", colour),
        (f"{dates.weekday(at):<4} {at:%H:%M} ", MUTED),
        (item.ritual.name, "bold" if item.status in ("now", "next") else ""),
    )
    if item.has_agenda and item.shared:
        left += Content.styled(" ✉ " + (_("agenda shared") if width >= 60 else ""), GOOD)
    elif item.has_agenda and item.status in ("next", "planned"):
        left += Content.styled(" ✉? " + (_("agenda to share") if width >= 60 else ""), MUTED)
    return spread(width, left, Content.styled(meeting_note(item, board), MUTED))


def meeting_note(item: Meeting, board: Board) -> str:
    """What is worth saying about a meeting, in a few words."""
    if item.status == "held":
        return _("held")
    if item.status == "missed":
        return _("missed")
    if item.status == "unknown":
        return _("held? space says")
    if item.status == "now":
        return _("now")
    start = item.event.start if item.event is not None else item.planned
    if item.status != "next":
        return "" if item.event is not None else _("not in the agenda")
    left = _("in {span}").format(span=dates.duration((start - board.at).total_seconds()))
    return left if item.event is not None else left + " · " + _("no event")


def event(item: Event, width: int, *, clash: bool, past: bool) -> Content:
    """Hour, title, and what is special about it."""
    card = item.occurrence
    hour = _("all day") if item.all_day else f"{item.start:%H:%M}"
    faded = past or item.cancelled or card.participation == "declined"
    marks = []
    if clash:
        marks.append(Content.styled(_("⚠ overlaps"), WARN))
    if item.cancelled:
        marks.append(Content.styled(_("cancelled"), MUTED))
    elif card.participation == "declined":
        marks.append(Content.styled(_("declined"), MUTED))
    elif "tentative" in (card.status, card.busy):
        marks.append(Content.styled(_("tentative"), MUTED))
    if card.link:
        marks.append(Content.styled("↗", "$primary"))
    style = f"{MUTED if faded else ''} {'strike' if item.cancelled else ''}".strip()
    left = Content.assemble((f"{hour:<5} ", MUTED)) + Content.styled(item.title or _("(no title)"), style)
    return spread(width, left, Content(" ").join(marks))


def gap(item: Gap, width: int) -> Content:
    """A free stretch of the day."""
    span = dates.duration((item.end - item.start).total_seconds())
    return Content.styled(f"{item.start:%H:%M} ┊ " + _("free {span}").format(span=span), MUTED)


def hold(item: Hold, width: int, now: datetime) -> Content:
    """Time that is kept for a priority: `14:00 ▣ Sign the amendment`."""
    local = [each.astimezone(now.tzinfo) for each in (item.starts_at, item.ends_at) if each is not None]
    hours = "–".join(f"{each:%H:%M}" for each in local)
    return spread(
        width,
        Content.styled(f"{hours[:5]} ", MUTED) + Content.styled(f"▣ {item.title}", "$accent"),
        Content.styled(hours[6:], MUTED),
    )


def now_line(width: int, now: datetime) -> Content:
    """Where we are in the day."""
    label = f"── {now:%H:%M} "
    return Content.styled(label + "─" * max(0, width - len(label)), "$accent")


def provider(line: ProviderLine, width: int, now: datetime) -> Content:
    """State in a glyph and a word, since when, open incidents; dimmed with its age when it is not fresh."""
    if not line.has_page:
        return _unpublished(line, width, now)
    ours = "".join(f" · {note}" for note in notes(line, now))
    if line.last_ok is None or line.row is None:
        why = line.row.last_error if line.row else ""
        said = " · ".join((_("unknown"), why or _("not read yet")))
        name = Content.styled(f"? {line.name} ", MUTED)
        said_of_it = Content.styled(said, WARN if why else MUTED)
        if ours:
            said_of_it = Content.styled(f"{ours[3:]} · ", WARN) + said_of_it
        return (name + said_of_it).truncate(width, ellipsis=True)
    glyph, word, colour = STATES[line.state]
    calm = line.state in (*FINE, State.UNKNOWN) or line.row.since is None
    since = "" if calm else f" {dates.duration((now - (line.row.since or now)).total_seconds())}"
    stale = line.fresh is not Freshness.FRESH
    right = Content.styled(f"{_(word)}{since}", MUTED if stale else colour)
    if stale:
        right += Content.styled(" · " + _("seen {ago}").format(ago=dates.ago(line.last_ok, now)), MUTED)
    left = Content.assemble((f"{glyph} ", MUTED if stale else colour), line.name)
    left += Content.styled(ours, WARN)
    if line.incidents:
        left += Content.styled(f" · {line.incidents[0]}", MUTED)
    return spread(width, left, right)


def _unpublished(line: ProviderLine, width: int, now: datetime) -> Content:
    """A provider without a page: the colour given by hand, else a word that there is none."""
    glyph, word, colour = STATES[line.state] if line.ours.manual else ("·", _("no page"), MUTED)
    ours = "".join(f" · {note}" for note in notes(line, now))
    left = Content.assemble((f"{glyph} ", colour), line.name)
    left += Content.styled(ours, WARN if line.slas_passed or line.ours.problem else MUTED)
    return spread(width, left, Content.styled(_(word), colour))


def provider_strip(board: Board, width: int) -> Content:
    """What is not green by name, worst first, as many as fit; then how many are green."""
    if board.offline:
        return Content.styled(connection.banner(board.connection), WARN)
    shown = Content("")
    calm = sum(line.has_page and line.state == State.OPERATIONAL for line in board.providers)
    others = [line for line in worst_first(board.providers) if line.has_page and line.state not in FINE]
    tail = Content.assemble((" ● ", GOOD), f"{calm}") if calm else Content("")
    for at, line in enumerate(others):
        glyph, word, colour = STATES[line.state]
        text = Content.assemble((f" {glyph} ", colour), f"{line.name} {_(word)}")
        left = Content.assemble((f" {glyph} ", colour), f"{len(others) - at}")
        if shown.cell_length + text.cell_length + left.cell_length + tail.cell_length > width:
            return shown + left + tail
        shown += text
    return shown + tail


def heat_reasons(found: Heat) -> str:
    """The parts of a heat, strongest first."""
    parts = sorted(found.parts, key=lambda part: -abs(part.points))
    return " + ".join(f"{points(part.points)} {_(HEAT_REASONS[part.reason])}" for part in parts)


def points(number: float) -> str:
    """A number with the decimal sign of the current language."""
    text = f"{number:.1f}"
    return text.replace(".", ",") if current() == "fr" else text


def change(item: Change, width: int, *, with_code: bool = False) -> Content:
    """When, who, what."""
    code = Content.styled(f"{item.code:<6} ", "$accent") if with_code else Content("")
    left = Content.assemble(
        (f" {item.at.day:>2} {dates.short_month(item.at)} {item.at:%H:%M} ", MUTED),
        code,
        (item.verb, "bold"),
        f" {item.what}",
    )
    return spread(width, left, Content.styled(item.actor, MUTED))


def feed_note(feeds: tuple[FeedLine, ...], now: datetime) -> str:
    """The age of the oldest feed, and its repairs: what the agenda's border says."""
    if not feeds:
        return ""
    unread = [feed for feed in feeds if feed.last_ok is None]
    if unread:
        return ngettext("{n} agenda not read", "{n} agendas not read", len(unread)).format(n=len(unread))
    oldest = min(feed.last_ok for feed in feeds if feed.last_ok is not None)
    note = _("seen {ago}").format(ago=dates.ago(oldest, now))
    repairs = sum(feed.repairs for feed in feeds)
    if repairs:
        note += " · " + ngettext("{n} repair", "{n} repairs", repairs).format(n=repairs)
    return note

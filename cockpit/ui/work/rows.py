"""A priority and a blocker as painted lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.work.heat import Heat
from cockpit.locale import N_, _, current
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.ui.kit.visuals import BAD, MUTED, WARN, _joined, spread

if TYPE_CHECKING:
    pass


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


def heat_reasons(found: Heat) -> str:
    """The parts of a heat, strongest first."""
    parts = sorted(found.parts, key=lambda part: -abs(part.points))
    return " + ".join(f"{points(part.points)} {_(HEAT_REASONS[part.reason])}" for part in parts)


def points(number: float) -> str:
    """A number with the decimal sign of the current language."""
    text = f"{number:.1f}"
    return text.replace(".", ",") if current() == "fr" else text

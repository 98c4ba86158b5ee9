"""Clocks, alerts and statements as styled text: what `visuals` is for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual.content import Content

from cockpit.domain.alerts import Alert
from cockpit.domain.registers.statement import Statement
from cockpit.services import dates, sla
from cockpit.services.alerts import alert_text
from cockpit.services.due_reviews import Due
from cockpit.services.rows import SlaRow
from cockpit.ui.visuals import BAD, BAR, GOOD, MUTED, WARN, spread

SLA = tuple(zip(sla.GLYPHS, (GOOD, WARN, f"bold {WARN}", BAD, MUTED), strict=True))
"""Symbol and colour of a clock, by `sla.Reading.level`."""


def sla_row(row: SlaRow, width: int, now: datetime, names: Mapping[str, str]) -> Content:
    """Who, what, how much is used, what is left in business hours, and when it is due."""
    record = row.record
    who = names.get(record.provider, record.provider) or record.blocker or record.code
    said = sla.reading(record, row.calendar, now)
    glyph, colour = SLA[said.level]
    bar = Content("")
    if width >= 50 and said.level != sla.STILL:
        full = min(BAR, int(said.used * BAR))
        bar = Content.styled("█" * full, colour) + Content.styled("·" * (BAR - full) + " ", MUTED)
    due = Content("")
    if width >= 76 and row.due is not None:
        due = Content.styled(f" → {dates.moment(row.due, now)}", MUTED)
    left = (
        Content.assemble((f"{glyph} ", colour))
        + Content.styled(who, "bold").truncate(12 if width >= 50 else 9, ellipsis=True, pad=True)
        + Content(f" {record.title}")
    )
    return spread(width, left, bar + Content.styled(f"{said.words:>11}", colour) + due)


def alert(item: Alert, width: int, names: Mapping[str, str]) -> Content:
    """What is wrong and what to do next, red or orange, by glyph too."""
    glyph, colour = ("■", BAD) if item.level >= 2 else ("▲", WARN)
    return Content.assemble((f"{glyph} ", colour), alert_text(item, names)).truncate(width, ellipsis=True)


def statement(item: Statement, width: int) -> Content:
    """How bad they say it is, who says what."""
    colour = {"p1": BAD, "p2": WARN}.get(item.severity, MUTED)
    said = Content.assemble((f"{item.severity.upper()} ", colour), (item.sender, "bold"), f" {item.title}")
    return said.truncate(width, ellipsis=True)


def due_review(item: Due, width: int) -> Content:
    """An audit, a review or the end of a handover, on its day."""
    left = Content.assemble(("◷ ", "$accent"), (f"{dates.weekday(item.day):<4} ", MUTED), item.text)
    return spread(width, left, Content.styled(f"{item.day.day} {dates.short_month(item.day)}", MUTED))

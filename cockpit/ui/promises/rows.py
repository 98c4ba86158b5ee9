"""A clock as one painted line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual.content import Content

from cockpit.services.desk import dates
from cockpit.services.promises import left as sla
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.visuals import BAD, BAR, GOOD, MUTED, WARN, spread

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

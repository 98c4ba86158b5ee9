"""The line at the top of a morning review: its six steps, and the time it took of the time it is meant to take."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.meetings.minutes import clock
from cockpit.domain.morning.review import PLANNED, STEPS
from cockpit.locale import _
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import TITLES
from cockpit.ui.kit import visuals


def strip(found: ReviewView, width: int) -> Content:
    """`✓ ✓ ▸ 3/6 SLA  ○ Blockers ○ …`: names as far as there is room, those to come before those that are done."""
    at = found.progress.step
    for named in (range(len(STEPS)), range(at, len(STEPS)), (at,)):
        line = Content(" ").join(_mark(found, step, step in named) for step in range(len(STEPS)))
        if line.cell_length < width:
            break
    return Content(" ") + line


def spent(found: ReviewView, width: int) -> Content:
    """`1:12 / 5:00`, at the right edge."""
    said = f"{clock(found.progress.seconds)} / {clock(PLANNED)} "
    return Content.styled(
        said.rjust(width), visuals.WARN if found.progress.seconds > PLANNED else visuals.MUTED
    )


def _mark(found: ReviewView, at: int, named: bool) -> Content:
    progress, name = found.progress, _(TITLES[STEPS[at]])
    if at == progress.step:
        return Content.styled(f"▸ {at + 1}/{len(STEPS)} {name} ", "bold $accent")
    sign = "✓" if at in progress.visited else "–" if STEPS[at] in found.empty else "○"
    return Content.styled(f"{sign} {name}" if named else sign, visuals.MUTED)

"""What is still to come in a morning review, where the step that is shown leaves room for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.content import Content

from cockpit.domain.morning.review import LAST, STEPS
from cockpit.locale import _
from cockpit.services.morning.review import ReviewView
from cockpit.services.morning.words import TITLES
from cockpit.ui.kit import visuals
from cockpit.ui.morning import page, rows
from cockpit.ui.widgets.rows import Item

LEAST = 4
"""Lines from which it is worth the room."""
MOST = 4
"""Rows of a step at most."""


def lines(found: ReviewView, ends: str, width: int, room: int) -> list[Content]:
    """The steps that follow, each with how much it holds and its first rows; in the last one, what it leaves.

    `ends` is what is sent when the review is ended. Nothing where there is no room.
    """
    if found.progress.step == LAST:
        text = [Content.styled(f"   {line}", visuals.MUTED) for line in ends.splitlines()]
        title = _rule(_("What it leaves to whoever prepares the day"), width)
        return [title, *text[: room - 1]] if room > LEAST else []
    steps = [(name, list(_rows(found, name))) for name in STEPS[found.progress.step + 1 :]]
    steps = [(name, held) for name, held in steps if held]
    if not steps or room < max(LEAST, len(steps)):
        return []
    # Each its name; what is left is given to the nearest first, a few rows each.
    drawn: list[Content] = []
    left = room - len(steps)
    for name, held in steps:
        n = max(0, min(MOST, len(held), left))
        left -= n
        drawn.append(_rule(f"○ {_(TITLES[name])} · {len(held)}", width))
        drawn += [rows.draw(found, item.data, width)[0] for item in held[:n]]
    return drawn


def _rule(title: str, width: int) -> Content:
    return Content.styled(f"── {title} ".ljust(width, "─"), visuals.MUTED)


def _rows(found: ReviewView, name: str) -> Iterator[Item[Any]]:
    return (item for item in page.of_step(found, name) if not item.heading and item.key != page.END)

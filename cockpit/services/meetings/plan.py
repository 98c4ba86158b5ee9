"""The steps of a meeting, each with its box."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import ritual_plan
from cockpit.domain.meetings.facilitation import MeetingStep
from cockpit.domain.registers.ritual import Ritual
from cockpit.locale import _
from cockpit.services.meetings.templates import TITLES, of_kind, title_of

FLASH, KICKOFF = "flash", "kickoff"
BOX_S, ALL_S = 180, 720
"""The longest box of a subject, and the time that all of them share."""


def boxed(subjects: Sequence[MeetingStep]) -> tuple[MeetingStep, ...]:
    """Subjects with their time boxes: they share twelve minutes, three at most each."""
    box = min(BOX_S, ALL_S // len(subjects)) if subjects else BOX_S
    return tuple(replace(step, seconds=box) for step in subjects)


def steps(ritual: Ritual, subjects: Sequence[MeetingStep]) -> tuple[MeetingStep, ...]:
    """The whole meeting, step by step: the ritual's own steps, else those of its kind stretched to its minutes."""
    found: list[MeetingStep] = []
    for step in _own(ritual) or _scaled(ritual):
        if step.kind == rules.SUBJECT:
            share = min(BOX_S, max(1, step.seconds // len(subjects))) if subjects else 0
            found += [replace(each, seconds=share) for each in subjects]
        else:
            found.append(
                MeetingStep(kind=step.kind, title=step.name or _(TITLES[step.kind]), seconds=step.seconds)
            )
    return tuple(found)


def _scaled(ritual: Ritual) -> list[ritual_plan.RitualStep]:
    template = of_kind(ritual.kind)
    factor = ritual.minutes / template.minutes
    return [
        replace(step, name=title_of(step), seconds=max(10, round(step.seconds * factor)))
        for step in template.steps
    ]


def _own(ritual: Ritual) -> tuple[ritual_plan.RitualStep, ...]:
    """The steps that the ritual states; none when a line of them is wrong, so that it can be led all the same."""
    try:
        return ritual_plan.parse_steps(ritual.steps)
    except ValueError:
        return ()

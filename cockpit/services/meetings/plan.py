"""The steps of a flash point and of a kick-off, each with its time box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.facilitation import Step
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.text import fold
from cockpit.locale import N_, _

FLASH, KICKOFF = "flash", "kickoff"
BOX_S, ALL_S = 180, 720
"""The longest box of a subject, and the time that all of them share."""
TOTAL_S: Mapping[str, int] = {FLASH: 900, KICKOFF: 1_800}
"""What the weights below are made for; the closing of a kick-off takes from what was left."""
TITLES: Mapping[str, str] = {
    rules.ATTENDANCE: N_("Who is there"),
    rules.COMMITMENTS: N_("Commitments of last time"),
    rules.FIGURES: N_("Figures in red"),
    rules.WEEK: N_("The week: agenda, presences, rituals"),
    rules.SUBJECT: N_("Blockers"),
    rules.PRIORITIES: N_("Three priorities of the week"),
    rules.READBACK: N_("Decisions read back"),
    rules.VOTES: N_("Return on time invested"),
}
_PLANS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    FLASH: (
        (rules.ATTENDANCE, "", 20), (rules.COMMITMENTS, "", 40), (rules.SUBJECT, "", ALL_S),
        (rules.READBACK, "", 75), (rules.VOTES, "", 45),
    ),
    KICKOFF: (
        (rules.ATTENDANCE, N_("Round of the table"), 120), (rules.FIGURES, "", 180),
        (rules.COMMITMENTS, N_("Last week's three priorities"), 300), (rules.WEEK, "", 300),
        (rules.SUBJECT, "", ALL_S), (rules.PRIORITIES, "", 180),
        (rules.READBACK, "", 30), (rules.VOTES, "", 30),
    ),
}  # fmt: skip
"""Kind, title where it is not the usual one, seconds."""
_WORDS: Mapping[str, str] = {
    "attendance": rules.ATTENDANCE, "presen": rules.ATTENDANCE, "tour": rules.ATTENDANCE,
    "commit": rules.COMMITMENTS, "engagement": rules.COMMITMENTS, "bilan": rules.COMMITMENTS,
    "figure": rules.FIGURES, "chiffre": rules.FIGURES, "scorecard": rules.FIGURES,
    "week": rules.WEEK, "semaine": rules.WEEK, "agenda": rules.WEEK,
    "block": rules.SUBJECT, "bloca": rules.SUBJECT, "sujet": rules.SUBJECT, "subject": rules.SUBJECT,
    "priorit": rules.PRIORITIES, "roti": rules.VOTES, "vote": rules.VOTES,
    "read": rules.READBACK, "decision": rules.READBACK, "relect": rules.READBACK,
}  # fmt: skip


def boxed(subjects: Sequence[Step]) -> tuple[Step, ...]:
    """Subjects with their time boxes: they share twelve minutes, three at most each."""
    box = min(BOX_S, ALL_S // len(subjects)) if subjects else BOX_S
    return tuple(replace(step, seconds=box) for step in subjects)


def steps(kind: str, ritual: Ritual, subjects: Sequence[Step]) -> tuple[Step, ...]:
    """The whole meeting, step by step, its weights stretched to the minutes of the ritual."""
    found: list[Step] = []
    for step, title, seconds in _own_plan(ritual) or _scaled(kind, ritual):
        if step == rules.SUBJECT:
            share = min(BOX_S, max(1, seconds // len(subjects))) if subjects else 0
            found += [replace(each, seconds=share) for each in subjects]
        else:
            found.append(Step(kind=step, title=title, seconds=seconds))
    return tuple(found)


def _scaled(kind: str, ritual: Ritual) -> list[tuple[str, str, int]]:
    plan = _PLANS[kind]
    factor = ritual.minutes * 60 / TOTAL_S[kind]
    return [
        (step, _(title or TITLES[step]), max(10, round(seconds * factor))) for step, title, seconds in plan
    ]


def _own_plan(ritual: Ritual) -> list[tuple[str, str, int]]:
    """The steps that the ritual states, one a line with its minutes."""
    found = []
    for line in ritual.steps.splitlines():
        title, _blank, minutes = line.strip().rpartition(" ")
        if title and minutes.isdecimal() and 0 < int(minutes) <= 600:
            kind = next((k for word, k in _WORDS.items() if word in fold(title)), rules.TALK)
            found.append((kind, title, int(minutes) * 60))
    return found

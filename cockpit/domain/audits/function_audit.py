"""The audit of an outsourced function: four axes, five questions each, a score an axis, a proposed verdict."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.audits.questionnaire import AnswerScore, score
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

MONTHS = 12
"""From one audit of a function to the next."""
SOUND_PERCENT = 70
"""Of what is proven on every axis, for the function to be called sound."""
DANGER_HALVES = 5
"""Half points known to be missing on one axis, of ten, from which it is in danger."""


@dataclass(frozen=True)
class AuditQuestion:
    """One question of an audit, and what an answer to it relies on."""

    key: str
    axis: str
    text: str
    relies: str


QUESTIONS: tuple[AuditQuestion, ...] = (
    AuditQuestion("nda", "confidentiality",
             N_("Is a confidentiality agreement signed, by the people who do the work too?"),
             N_("The signed agreement, or the clause of the contract; it binds subcontractors as well.")),
    AuditQuestion("dpa", "confidentiality",
             N_("Is there a data processing agreement where they handle personal data?"),
             N_("GDPR article 28: purpose, duration, sub-processors, return or erasure at the end.")),
    AuditQuestion("who_reads", "confidentiality",
             N_("Do you know by name who reads your data at the provider's and its sub-processors'?"),
             N_("A list of people and sub-processors, with the country of the data, less than a year old.")),
    AuditQuestion("accesses", "confidentiality",
             N_("Were all their accesses reviewed in the last 90 days, each at the lowest level needed?"),
             N_("The access register: level, date of review, no access of somebody who left.")),
    AuditQuestion("shared", "confidentiality",
             N_("Does each of them sign in under a name of their own, with a second factor?"),
             N_("No shared account in the access register; secrets live in a vault, not in messages.")),
    AuditQuestion("exists", "documentation",
             N_("Is it written down, step by step, how the work is done?"),
             N_("A document for each process, whose link opens without asking the provider.")),
    AuditQuestion("reviewed", "documentation",
             N_("Was that document reviewed in the last six months?"),
             N_("The date of review in the document register, and what changed since.")),
    AuditQuestion("ours", "documentation",
             N_("Are documents and working files kept in your space, not in theirs?"),
             N_("Shared drive of the company; file formats that you can open; nothing on one person's computer.")),
    AuditQuestion("inventory", "documentation",
             N_("Is there a list of tools, accesses, calendars and contacts of this function?"),
             N_("What somebody who takes over needs on the first day; where each secret lives, never the secret.")),
    AuditQuestion("raci", "documentation",
             N_("Is it written who does, who answers for it, who decides, and up to what amount?"),
             N_("One accountable person per process; a decision circuit with its threshold.")),
    AuditQuestion("second", "transmission",
             N_("Has a second person done the task with the document alone, in the last twelve months?"),
             N_("The transmission test: by whom, when, what was missing in the document.")),
    AuditQuestion("backup", "transmission",
             N_("Is a backup named, who knows it and has the accesses?"),
             N_("Somebody else than whoever holds the function, available within its recovery time.")),
    AuditQuestion("interfaces", "transmission",
             N_("Are the exchanges with you described: what, from whom to whom, how often, by which channel?"),
             N_("The interfaces of the function, each with an owner and a cadence.")),
    AuditQuestion("reports", "transmission",
             N_("Do the agreed reports arrive complete and on time, without being asked for?"),
             N_("The expected reports: last received, completeness, reminders.")),
    AuditQuestion("alerts", "transmission",
             N_("Does the provider raise problems by itself, before you find them?"),
             N_("Alerts that came from them in the last quarter, against incidents that you saw first.")),
    AuditQuestion("plan", "continuity",
             N_("Is there a continuity plan if the provider or the interim manager leaves?"),
             N_("Scenario, who takes over, steps, hours to be back within what the function can bear.")),
    AuditQuestion("drill", "continuity",
             N_("Was the plan tried out in the last twelve months, with success?"),
             N_("A dated drill and the hours that it took, against the recovery time.")),
    AuditQuestion("admin", "continuity",
             N_("Does a second person of yours hold the administrator rights of every tool?"),
             N_("Second administrator in the access register: without the provider, nobody is locked out.")),
    AuditQuestion("exit", "continuity",
             N_("Does the contract say how you get your data and your work back, in what time, at what price?"),
             N_("Reversibility clause: format, delay, price, help during the handover; a notice date that is known.")),
    AuditQuestion("alternative", "continuity",
             N_("Is another provider identified, or a way to take the work back in-house?"),
             N_("A name and an order of price; how long the change would take.")),
)  # fmt: skip

AXES = tuple(dict.fromkeys(each.axis for each in QUESTIONS))
VERDICTS = ("sound", "mend", "danger")


def of_axis(axis: str) -> tuple[str, ...]:
    """The keys of the questions of one axis."""
    return tuple(each.key for each in QUESTIONS if each.axis == axis)


def scores(answers: Mapping[str, str]) -> dict[str, AnswerScore]:
    """The score of each axis."""
    return {axis: score(answers, of_axis(axis)) for axis in AXES}


def proposed(answers: Mapping[str, str]) -> str:
    """The verdict that the answers propose: one weak axis is enough. What is not known is never sound.

    An answer that gets better never makes it worse: danger looks at what is known to be missing, sound at
    what is proven.
    """
    found = scores(answers).values()
    if any(each.missing >= DANGER_HALVES for each in found):
        return "danger"
    return "sound" if all((each.percent or 0) >= SOUND_PERCENT for each in found) else "mend"

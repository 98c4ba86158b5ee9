"""Templates of usual rituals: taken by name, then changed like any other."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.ritual_plan import RitualStep, occurrences, parse_rule, write_steps
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import fold
from cockpit.domain.time.weekdays import SHORT
from cockpit.locale import N_, _, current
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace

# What the file holds, for the catalogue of translations.
_WORDS = (
    N_("Weekly kick-off"), N_("Flash point"), N_("Priority review"), N_("Provider review"), N_("Informal moment"),
    N_("Another meeting"), N_("Round of the table"), N_("Last week's three priorities"),
    N_("Priorities reached and carried"), N_("Priorities challenged"), N_("Promises kept"), N_("Open blockers"),
    N_("Contracts and notices"), N_("What it is about"), N_("Restore drill"),
    N_("Restore the copies: cockpit drill"),
)  # fmt: skip
TITLES: Mapping[str, str] = {
    rules.ATTENDANCE: N_("Who is there"),
    rules.COMMITMENTS: N_("Commitments of last time"),
    rules.FIGURES: N_("Figures in red"),
    rules.WEEK: N_("The week: agenda, presences, rituals"),
    rules.SUBJECT: N_("Blockers"),
    rules.PRIORITIES: N_("Three priorities of the week"),
    rules.TALK: N_("What it is about"),
    rules.READBACK: N_("Decisions read back"),
    rules.VOTES: N_("Return on time invested"),
}
"""How a step is called that has no title of its own."""


@dataclass(frozen=True, kw_only=True)
class RitualTemplate:
    """A ritual that comes ready. `name` and the names of the steps are English, to be translated."""

    key: str
    name: str
    kind: str
    rule: str
    minutes: int
    steps: tuple[RitualStep, ...]

    @property
    def title(self) -> str:
        """Its name in the current language."""
        return _(self.name)

    def values(self, rule: str = "") -> dict[str, Value]:
        """The ritual that it makes. Raises ValueError when `rule` is none."""
        if rule:
            parse_rule(rule)
        shown = (replace(step, name=title_of(step)) for step in self.steps)
        steps = write_steps(shown, current())
        return {
            "name": self.title, "kind": self.kind, "rule": rule or self.rule, "minutes": self.minutes,
            "steps": steps,
        }  # fmt: skip


@cache
def templates() -> tuple[RitualTemplate, ...]:
    """Every template, in the order of the file."""
    text = Path(__file__).with_name("ritual_templates.toml").read_text(encoding="utf-8")
    return tuple(
        RitualTemplate(
            **{
                **raw,
                "steps": tuple(RitualStep(title, seconds, kind) for kind, title, seconds in raw["steps"]),
            }
        )
        for raw in tomllib.loads(text)["template"]
    )


def title_of(step: RitualStep) -> str:
    """What a step is called in the current language; what a person wrote stays as it is."""
    return _(step.name or TITLES[step.kind])


def of_kind(kind: str) -> RitualTemplate:
    """The template that rituals of a kind follow when they have no steps of their own."""
    known = {each.kind: each for each in templates()}
    return known.get(kind) or known["other"]


def named(text: str) -> RitualTemplate | None:
    """The template of that key or name, in either language, or of its one beginning."""
    wanted = fold(text).strip()
    exact = [each for each in templates() if wanted in _words(each)]
    close = exact or [each for each in templates() if any(word.startswith(wanted) for word in _words(each))]
    return close[0] if wanted and len(close) == 1 else None


def beginning(typed: str) -> tuple[str, ...]:
    """The names, in the current language, that begin so: what completes a name that is being typed."""
    wanted = fold(typed).strip()
    return tuple(each.title for each in templates() if fold(each.title).startswith(wanted))


def exactly(text: str) -> RitualTemplate | None:
    """The template whose name is exactly that; None when there is none."""
    wanted = fold(text).strip()
    return next((each for each in templates() if wanted == fold(each.title)), None)


def add(workspace: Workspace, template: RitualTemplate, rule: str = "") -> str:
    """Make the ritual of a template; its code. It begins with its next meeting. Raises ValueError when `rule` is none.

    Nobody is asked whether a meeting was held that was over before its ritual was planned.
    """
    values = template.values(rule or rule_here(workspace, template))
    values["starts_on"] = first_day(workspace, str(values["rule"]))
    return workspace.add(REGISTERS["ritual"], values)


def rule_here(workspace: Workspace, template: RitualTemplate) -> str:
    """When a template's meetings are, in a company that does not work on all of the days it names.

    What is daily is held on each day that the company works, another meeting on the nearest of them.
    """
    week = company_calendar(workspace).week
    open_days = [day for day in range(7) if week[day]]
    days = parse_rule(template.rule).weekdays
    if not open_days or (days.issubset(open_days) and (len(days) == 1 or days == set(open_days))):
        return template.rule
    named = min(days)
    wanted = (
        open_days
        if len(days) > 1
        else [min(open_days, key=lambda day: min((day - named) % 7, (named - day) % 7))]
    )
    words = (
        f"{SHORT[wanted[0]]}-{SHORT[wanted[-1]]}"
        if len(wanted) > 2 and wanted[-1] - wanted[0] == len(wanted) - 1
        else ",".join(SHORT[day] for day in wanted)
    )
    head, _blank, at = template.rule.rpartition(" ")
    return f"{head.rpartition(' ')[0]} {words} {at}".strip()


def first_day(workspace: Workspace, rule: str) -> date:
    """The day from which a ritual that is planned now counts: tomorrow where one of its meetings of today is over."""
    now, today = workspace.now().replace(tzinfo=None), workspace.today()
    tomorrow = today + timedelta(days=1)
    days = occurrences(parse_rule(rule), today, tomorrow, company_calendar(workspace))
    return tomorrow if any(at < now for at in days) else today


def _words(template: RitualTemplate) -> tuple[str, ...]:
    return template.key, fold(template.name), fold(template.title)

"""An audit or a review that is being filled in: answers, verdict, actions, where one stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cockpit.domain.dataclasses import asdict, dataclass, field, replace

QUESTIONS, CONCLUSION = range(2)
LONGEST = 60.0
"""Seconds between two keys above which nobody was there."""


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """The sheet at one moment. It is immutable: each answer gives a new sheet, which is stored whole."""

    function: str
    """Code of the function that it is about."""
    started_at: datetime
    next_on: date
    """When the next one is due."""
    stage: int = QUESTIONS
    row: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By question: an answer, a mark, or an amount in cents, as text."""
    verdict: str = ""
    """The one that was chosen; empty follows what is proposed."""
    actions: tuple[str, ...] = ()
    """Lines of the one-line grammar, as they were typed."""
    note: str = ""
    spent: float = 0.0

    @property
    def said(self) -> tuple[object, ...]:
        """The answers alone, without the position in the questionnaire: equal when nothing was answered since."""
        return self.answers, self.verdict, self.actions, self.next_on, self.note

    def answered(self, question: str, answer: str) -> AnswerSheet:
        """The same with one answer; an empty one takes it away."""
        answers = {name: given for name, given in self.answers.items() if name != question}
        return replace(self, answers={**answers, question: answer} if answer else answers)

    def number(self, question: str) -> int | None:
        """An answer that is a mark or an amount."""
        text = self.answers.get(question, "")
        return int(text) if text.removeprefix("-").isdecimal() else None

    def spend(self, seconds: float) -> AnswerSheet:
        """Add seconds spent; time during which the laptop slept is not counted."""
        return replace(self, spent=with_lap(self.spent, seconds))


def with_lap(before: float, seconds: float) -> float:
    """Adds the time of one lap; a lap longer than somebody can be busy (the laptop slept) is not counted."""
    return before + seconds if 0 < seconds <= LONGEST else before


def dump(sheet: AnswerSheet) -> str:
    """As stored: one JSON object."""
    plain = {"started_at": sheet.started_at.isoformat(), "next_on": sheet.next_on.isoformat()}
    return json.dumps(asdict(sheet) | plain, ensure_ascii=False)


def load(text: str) -> AnswerSheet | None:
    """What `dump` wrote; None for anything else."""
    try:
        raw: dict[str, Any] = json.loads(text)
        found = AnswerSheet(**{
            **raw,
            "started_at": datetime.fromisoformat(raw["started_at"]),
            "next_on": date.fromisoformat(raw["next_on"]),
            "actions": tuple(raw["actions"]),
        })  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    return found if found.stage in (QUESTIONS, CONCLUSION) else None

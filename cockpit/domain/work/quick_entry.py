"""One line to enter anything: `Paie bloquée @Silae +rh p2 pour:demain 12h qui:Sophie // note`.

No word is ever lost: each one is in the title, in the note or in a chip (a marker that was understood).
What a marker cannot make sense of stays in the title, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cockpit.domain.text import clean, fold
from cockpit.domain.time.dates import DayContext, parse_date, parse_time
from cockpit.domain.work.entry import (
    BusinessDays,
    BusinessSeconds,
    Chip,
    Entry,
    EntryTarget,
    PolicyTarget,
    to_json,
)
from cockpit.domain.work.entry_marks import SEVERITIES, nearly_a_mark, split_words, unescaped
from cockpit.domain.work.known_names import (
    Completion,
    KnownName,
    KnownNames,
    completion_at,
    near_duplicate,
)

__all__ = [
    "BusinessDays",
    "BusinessSeconds",
    "Chip",
    "Completion",
    "Entry",
    "EntryTarget",
    "KnownName",
    "KnownNames",
    "PolicyTarget",
    "completion_at",
    "near_duplicate",
    "parse",
    "to_json",
]


def parse(
    line: str,
    *,
    now: datetime,
    context: DayContext,
    known: KnownNames,
    refused: frozenset[tuple[int, int]] = frozenset(),
) -> Entry:
    """How `line` is understood at `now`, an instant in the company's zone. It never raises on any line.

    `refused` holds the `(start, end)` of chips whose words go back to the title.
    """
    reading = _Reading(line, now, context, known, refused)
    reading.read()
    return reading.entry()


_LONGEST_NAME = 5
"""Words of a name after its first."""
_OF = frozenset((
    "de", "d'", "du", "des", "depuis", "pendant", "durant", "a", "en", "dans", "sous", "apres", "avant", "toutes",
    "chaque", "environ", "of", "for", "after", "during", "in", "at", "within", "every", "since", "before", "about",
))  # fmt: skip
"""Words after which a length of time is a part of the sentence."""
_FEW = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_HOURS = re.compile(
    r"([0-9]{1,3}) ?(?:h|heures?|hours?)([0-5][0-9])?o?(?: (?:ouvree?s?|de travail))?"
    r"|([0-9]{1,3}) (?:business|working) hours?|([0-9]{1,4}) ?(?:m|mn|min|minutes?)o?"
)
_DAYS = re.compile(
    rf"[jd]\+([0-9]{{1,3}})|([0-9]{{1,3}}|{'|'.join(_FEW)}) ?(?:jo|bd|jours? ouvres?|(?:business|working) days?)"
)
_MANY = ("waiting_on", "functions", "tags", "blocks")
_Found = tuple[Any, int]
"""A value, and how many words it took."""


class _Reading:
    """One pass over the words of a line."""

    def __init__(
        self,
        line: str,
        now: datetime,
        context: DayContext,
        known: KnownNames,
        refused: frozenset[tuple[int, int]],
    ) -> None:
        self.line, self.now, self.context, self.known, self.refused = line, now, context, known, refused
        self.words = split_words(line)
        self.title: list[str] = []
        self.fields: dict[str, Any] = {field: {} for field in _MANY}
        self.warnings: list[str] = []
        self.chips: list[Chip] = []

    def read(self) -> None:
        index = 0
        while index < len(self.words):
            index += self._step(index)

    def entry(self) -> Entry:
        fields: dict[str, Any] = {k: tuple(v) if k in _MANY else v for k, v in self.fields.items()}
        fields["confidentiality"] = fields.pop("conf", None)
        due = self.fields.get("due")
        if due and not self.context.calendar.is_business_day(due.date()):
            self.warnings.append("non_business_day")
        warnings = tuple(dict.fromkeys(self.warnings))
        return Entry(title=_tidy(" ".join(self.title)), warnings=warnings, chips=tuple(self.chips), **fields)

    def _step(self, index: int) -> int:
        """Read one word or one marker with its value; returns how many words that was."""
        word = self.words[index]
        if word.raw == "//" and index + 1 < len(self.words):
            return self._note(index)
        if not word.field:
            if near := nearly_a_mark(word.raw):
                self.warnings.append(f"no_mark:{near}")
            self.title.append(unescaped(word.raw) if word.raw[0] == "\\" else word.raw)
            return 1
        found = _READERS[word.field](self, index)
        if found is None:
            self.title.append(word.raw)
            if not word.value or word.field == "spent_minutes":
                return 1  # `=>` before nothing is no marker, and a length of time is a word
            code = "unknown_severity" if word.field == "severity" else f"bad_{word.field}"
            self.warnings.append(f"{code}:{_tidy(word.value)}")
            return 1
        value, taken = found
        start, end = word.start, self.words[index + taken - 1].end
        if (start, end) in self.refused:
            self.title.append(self.line[start:end])
            return taken
        self._keep(word.field, value)
        self.chips.append(Chip(word.field, start, end, self.line[start:end]))
        return taken

    def _note(self, index: int) -> int:
        start, end = self.words[index].start, self.words[-1].end
        if (start, end) in self.refused:
            self.title.append(self.line[start:end])
        else:
            self.fields["note"] = _tidy(self.line[self.words[index].end :])
            self.chips.append(Chip("note", start, end, self.line[start:end]))
        return len(self.words) - index

    def _keep(self, field: str, value: Any) -> None:
        if field in ("waiting_on", "tags"):
            name = self._known(field, value)
            self.fields["functions" if field == "tags" and name else field][name or value] = None
        elif field == "blocks":
            self.fields[field][value] = None
        else:
            if field in self.fields:
                self.warnings.append(f"duplicate:{field}")
            self.fields[field] = (self._known(field, value) or value) if field == "owner" else value

    def _known(self, field: str, typed: str) -> str | None:
        names = self.known.matching(field, typed)
        if len(names) > 1:
            self.warnings.append(f"ambiguous:{typed}")
        return names[0] if len(names) == 1 else None

    def _following(self, index: int) -> list[str]:
        """The plain words after a marker, with the durations that a date phrase may hold."""
        found = []
        for word in self.words[index + 1 : index + 6]:
            if not word.plain and word.field != "spent_minutes":
                break
            found.append(word.raw)
        return found

    def _name(self, index: int) -> _Found | None:
        word = self.words[index]
        value = _tidy(word.value)
        if not word.quoted and word.field in ("waiting_on", "owner", "tags"):
            for more in range(min(len(self._following(index)), _LONGEST_NAME), 0, -1):
                words = [each.raw for each in self.words[index + 1 : index + 1 + more]]
                # What ends a clause ends a name too.
                if any(each[-1] in ",;:!?" for each in (word.raw, *words[:-1])):
                    continue
                typed = " ".join((value, *words)).rstrip(".,;:!?…")
                # A bracket at its end may be its own, or that of the sentence.
                for name in (typed, typed.rstrip(".,;:!?…)")):
                    if called := self.known.called(word.field, name):
                        return called, 1 + more
        return (value, 1) if value else None

    def _severity(self, index: int) -> _Found | None:
        level = SEVERITIES.get(fold(self.words[index].value))
        return (level, 1) if level else None

    def _date(self, index: int) -> _Found | None:
        word = self.words[index]
        backwards = word.field == "since"
        words = word.value.split() if word.quoted else [word.value, *self._following(index)]
        found = parse_date(words, now=self.now, context=self.context, backwards=backwards)
        if found is None or (word.quoted and found[1] < len(words)):
            return None
        return (found[0], 1) if word.quoted else found

    def _sla(self, index: int) -> _Found | None:
        word = self.words[index]
        value = fold(word.value)
        words = word.value.split() if word.quoted else [word.value, *self._following(index)]
        if found := self._span(words):
            return (found[0], 1) if word.quoted and found[1] == len(words) else None if word.quoted else found
        if not value[:1].isalpha():
            return None
        typed = _tidy(word.value).replace("_", " ").rstrip(".,;")
        name = self._known("sla", typed)
        # Without a single known policy, any name may be one; with some, only theirs.
        return (PolicyTarget(name or typed), 1) if name or not self.known.policies else None

    def _span(self, words: list[str]) -> _Found | None:
        """The open time or the working days that the longest beginning of `words` means."""
        for taken in range(min(len(words), 4), 0, -1):
            text = " ".join(fold(each).rstrip(".,;") for each in words[:taken])
            if time := _HOURS.fullmatch(text):
                seconds = int(time[1] or time[3] or 0) * 3_600 + int(time[2] or time[4] or 0) * 60
                return (BusinessSeconds(seconds), taken) if seconds else None
            if days := _DAYS.fullmatch(text):
                clock, more = parse_time(words[taken:], self.context) or (self.context.day_end, 0)
                number = days[1] or days[2]
                n = int(number) if number.isdigit() else _FEW.index(number) + 1
                return BusinessDays(n, f"{clock:%H:%M}"), taken + more
        return None

    def _next_step(self, index: int) -> _Found | None:
        word = self.words[index]
        if word.quoted:
            return self._name(index)
        end = index + 1
        while end < len(self.words) and not self.words[end].field and self.words[end].raw != "//":
            end += 1
        start = word.start + word.raw.index(":") + 1 if not word.raw.startswith("=>") else word.start + 2
        value = _tidy(self.line[start : self.words[end - 1].end])
        return (value, end - index) if value else None

    def _conf(self, index: int) -> _Found | None:
        value = self.words[index].value
        return (int(value), 1) if value in ("0", "1", "2", "3") else None

    def _blocks(self, index: int) -> _Found | None:
        code = re.fullmatch(r"([A-Za-z]{1,3}-[0-9]{1,9})[.,;]?", self.words[index].value)
        return (code[1].upper(), 1) if code else None

    def _spent_minutes(self, index: int) -> _Found | None:
        """Time spent stands at the end of the title: before other words, or after `de`, it is one of them."""
        before = self.words[index - 1] if index else None
        after = self.words[index + 1] if index + 1 < len(self.words) else None
        if before is not None and before.plain and fold(before.raw) in _OF:
            return None
        if after is not None and not after.field and after.raw != "//":
            return None
        return int(self.words[index].value), 1


_READERS: dict[str, Callable[[_Reading, int], _Found | None]] = {
    "waiting_on": _Reading._name,
    "tags": _Reading._name,
    "owner": _Reading._name,
    "case": _Reading._name,
    "severity": _Reading._severity,
    "due": _Reading._date,
    "since": _Reading._date,
    "sla": _Reading._sla,
    "next_step": _Reading._next_step,
    "conf": _Reading._conf,
    "blocks": _Reading._blocks,
    "spent_minutes": _Reading._spent_minutes,
}


def _tidy(text: str) -> str:
    # A sign that Unicode takes apart becomes three at most.
    return clean(text, 3 * len(text))

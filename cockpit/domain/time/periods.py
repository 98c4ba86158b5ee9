"""Lengths of time as contracts say them: so many months, weeks or days, each counted in its own unit.

Ninety days are never three months: a period keeps the unit that was written.
"""

from __future__ import annotations

import re
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold

LONGEST = 6_000
"""Of any unit: more is a slip of the keyboard."""


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    MONTHS = "m"
    WEEKS = "w"
    DAYS = "d"


@dataclass(frozen=True)
class Period:
    """`count` months, weeks or days."""

    count: int
    unit: PeriodUnit = PeriodUnit.MONTHS

    @property
    def days(self) -> int:
        """Its days, for weeks and days."""
        return self.count * (7 if self.unit is PeriodUnit.WEEKS else 1)

    @property
    def stored(self) -> str:
        """As a record keeps it: `3m`, `6w`, `90d`."""
        return f"{self.count}{self.unit}"


_UNITS = {
    word: (unit, count)
    for unit, count, words in (
        (PeriodUnit.MONTHS, 1, "m mois month months"),
        (PeriodUnit.MONTHS, 12, "an ans annee annees year years y a"),
        (PeriodUnit.MONTHS, 3, "trimestre trimestres quarter quarters"),
        (PeriodUnit.MONTHS, 6, "semestre semestres"),
        (PeriodUnit.WEEKS, 1, "w s sem semaine semaines week weeks"),
        (PeriodUnit.DAYS, 15, "quinzaine"),
        (PeriodUnit.DAYS, 1, "d j jr jrs jour jours day days"),
    )
    for word in words.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("zero", "un une one a", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven",
         "huit eight", "neuf nine", "dix ten", "onze eleven", "douze twelve")
    )
    for word in words.split()
} | {"quinze": 15, "vingt": 20, "trente": 30, "soixante": 60, "fifteen": 15, "thirty": 30, "sixty": 60}  # fmt: skip
_NONE = frozenset({"aucun", "aucune", "sans", "sans preavis", "neant", "none", "no notice", "no", "non", "-"})
# Patterns, compiled by the first text that is read: a start reads none.
_LEAD = r"^(?:duree|delai|preavis|notice|term|periode|period|engagement)\b(?: (?:de|du|d'|of|contractuel))*\s*[:=]?\s*"
_ASIDE = r"\s*\([^()\d]*\)|\s+(?:calendaires?|calendar|francs?|clear|de date a date|notice|de preavis)\b"
_END = r"(?:echeance|terme?|fin|expiration|expiry|end|renewal)"
_BEFORE = rf"\s+(?:avant|before) (?:l'|la |le |the )?(?:date )?(?:d'|de |of )?{_END}\b.*"
_TOLD = r"(\d{1,4}|[a-z]+)\s*([a-z]+)"

_ENDLESS = (
    r"(?:(?:contrat|contract)\W+)?(?:(?:a|de|of)\W+)?(?:(?:duree|term)\W+)?(?:indetermine\w*|indefini\w*|illimite\w*)(?:\W+term)?"
    r"|cdi|sans (?:terme|fin|limite|duree|echeance)|open.ended|evergreen|unlimited|no (?:end|term)|perpetu\w*"
)


def is_endless(text: str) -> bool:
    """Whether the words of a length mean that there is none: `durée indéterminée`, `sans terme`, `indefinite`."""
    return bool(re.fullmatch(_ENDLESS, fold(text).strip(" .;,()")))


def stored(text: str) -> Period | None:
    """The period that a record keeps as text; None for what is none."""
    found = re.fullmatch(r"(\d{1,4})([mwd])", text)
    return Period(int(found[1]), PeriodUnit(found[2])) if found else None


def read(text: str, bare: PeriodUnit | None = PeriodUnit.MONTHS) -> Period | None:
    """The period that a person or a spreadsheet means: `3 mois`, `60 jours`, `6 sem.`, `un an`, `préavis : 90 j`.

    A number alone counts in `bare`; None refuses it. None when not understood: never another period.
    """
    said = re.sub(r"[\s\u00a0\u202f_]+", " ", fold(text)).strip(" .;,")
    said = re.sub(_LEAD, "", said).strip(" .;,") if said not in _NONE else said
    if said in _NONE:
        return Period(0)
    said = re.sub(_ASIDE, "", re.sub(_BEFORE, "", said)).strip(" .;,")
    if re.fullmatch(r"\d{1,4}(?:[.,]0+)?", said):
        count = int(re.split("[.,]", said)[0])
        return _within(Period(count, bare)) if bare is not None else None
    found = re.fullmatch(_TOLD, said.rstrip("."))
    if not found or found[2] not in _UNITS:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], -1)
    unit, times = _UNITS[found[2]]
    return _within(Period(count * times, unit)) if count >= 0 else None


def _within(period: Period) -> Period | None:
    return period if period.count <= LONGEST else None

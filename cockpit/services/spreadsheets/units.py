"""The units that spreadsheets count in: which a field takes, and which a heading names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cockpit.domain.records.record import Field, FieldKind
from cockpit.domain.text import clean, fold
from cockpit.domain.time.periods import PeriodUnit
from cockpit.locale import N_, _

_OF_CELLS: Mapping[str, Mapping[str, int]] = {
    "months": {"mois": 1, "month": 1, "months": 1, "an": 12, "ans": 12, "year": 12, "years": 12},
    "hours": {"h": 1, "heure": 1, "heures": 1, "hour": 1, "hours": 1},
    "minutes": {"min": 1, "mn": 1, "minute": 1, "minutes": 1},
    "completeness": {"%": 1},
}
"""Last word of a field's name to the units that may follow its number, and how many of its own each is."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "minutes": ("min", "mn", "minute", "minutes"),
    "hours": ("h", "heure", "heures", "hour", "hours"),
    "days": ("j", "jour", "jours", "d", "day", "days"),
    "weeks": ("sem", "semaine", "semaines", "week", "weeks"),
    "months": ("mois", "month", "months"),
    "quarters": ("trimestre", "trimestres", "quarter", "quarters"),
    "years": ("an", "ans", "annee", "annees", "year", "years"),
    "%": ("%",),
    "thousands": ("k€", "ke", "keur"),
    "millions": ("m€", "meur"),
}
_ADJECTIVES = {
    word: unit
    for unit, words in (
        ("months", "mensuel mensuelle mensuels mensuelles monthly"),
        ("quarters", "trimestriel trimestrielle trimestriels trimestrielles quarterly"),
        ("years", "annuel annuelle annuels annuelles yearly annual"),
    )
    for word in words.split()
}
"""Words that say of which time an amount is, wherever they stand."""
_BESIDE = re.compile(r"\(([^)]*)\)|(?:/|\b(?:par|per|a)\b) ?([a-z]+)")
"""Where a heading names a unit: in brackets, behind a slash, as `par mois`."""
_ASIDE = frozenset(("par", "per", "a", "ht", "ttc", "net", "excl", "vat"))
_UNIT = {word: unit for unit, words in _WORDS.items() for word in words}
_OWN: Mapping[str, tuple[str, str]] = {
    "months": ("months", N_("months")),
    "days": ("days", N_("days")),
    "hours": ("hours", N_("hours")),
    "minutes": ("minutes", N_("minutes")),
    "completeness": ("%", "%"),
}
"""Last word of a number's name to the unit it is counted in, and how that is said."""
_EUROS: Mapping[str, tuple[str, str]] = {
    "year": ("years", N_("euros a year")),
    "hour": ("hours", N_("euros an hour")),
}
"""Word in the declaration of an amount to the time it is of."""


_PERIODS: Mapping[str, tuple[PeriodUnit, int]] = {
    "days": (PeriodUnit.DAYS, 1), "weeks": (PeriodUnit.WEEKS, 1), "months": (PeriodUnit.MONTHS, 1),
    "quarters": (PeriodUnit.MONTHS, 3), "years": (PeriodUnit.MONTHS, 12),
}  # fmt: skip
"""Unit of a column to the one in which its periods are kept."""


def factors(field: Field) -> Mapping[str, int]:
    """The units that may follow a number of that field, and how many of its own each is."""
    return _OF_CELLS.get(_last(field), {})


def named(heading: str) -> str:
    """The units that a heading names, such as `days`; empty for none."""
    text = fold(clean(heading))
    beside = " ".join(" ".join(found) for found in _BESIDE.findall(text))
    units = {_UNIT[word] for word in re.findall(r"[a-z]*[€%]|[a-z]+", beside) if word in _UNIT}
    return " ".join(
        sorted(units | {_ADJECTIVES[word] for word in re.findall(r"[a-z]+", text) if word in _ADJECTIVES})
    )


def without(heading: str) -> str:
    """A folded heading without the words that say of which time an amount is, and with which taxes."""
    words = heading.split()
    return " ".join(word for word in words if not (word in _ASIDE or word in _ADJECTIVES or word in _UNIT))


def takes(field: Field, units: str) -> bool:
    """Whether a column in those units may go into that field as it is; one that counts nothing takes any."""
    if field.kind is FieldKind.PERIOD:
        return units in _PERIODS
    own, _said = _counted(field)
    foreign = set(units.split()) - {own}
    if field.kind is FieldKind.MONEY and not own:
        return not foreign & {"thousands", "millions"}
    return not own or not foreign


def period_unit(units: str) -> tuple[PeriodUnit, int]:
    """What a number alone counts under a heading in those units, and how many of it each is."""
    return _PERIODS.get(units, (PeriodUnit.MONTHS, 1))


def is_of_a_time(field: Field) -> bool:
    """Whether an amount is one of each year or hour, which a heading may leave unsaid."""
    return field.kind is FieldKind.MONEY and bool(_counted(field)[0])


def in_words(field: Field) -> str:
    """What a field is counted in."""
    return _(_counted(field)[1])


def _counted(field: Field) -> tuple[str, str]:
    if field.kind is FieldKind.NUMBER:
        return _OWN.get(_last(field), ("", N_("another unit")))
    if field.kind is not FieldKind.MONEY:
        return "", N_("another unit")
    said = f"{field.label} {field.help}".lower()
    return next((own for word, own in _EUROS.items() if word in said), ("", N_("euros")))


def _last(field: Field) -> str:
    return field.name.rpartition("_")[2]

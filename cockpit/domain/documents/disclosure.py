"""How much of itself a company shows in each phase of a sale: names, roles or letters; amounts or shares."""

from __future__ import annotations

from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING


class SalePhase(StrEnum):
    """How far the talks are. Each shows all that the one before it did, under better names."""

    TEASER = "teaser"
    """Before any promise of secrecy: nobody can tell which company it is."""
    DUE_DILIGENCE = "dd"
    """Under a promise of secrecy: the company and its providers by name, people by their roles."""
    CLOSING = "closing"
    """For whoever takes over: everything."""


class Mask(StrEnum):
    """What may be left out of a phase that would show it."""

    PEOPLE = "people"
    AMOUNTS = "amounts"


class Named(StrEnum):
    """How somebody or something is called."""

    LETTER = "letter"
    ROLE = "role"
    NAME = "name"


@dataclass(frozen=True)
class Disclosure:
    """What one issue of the sale file may tell."""

    phase: SalePhase
    masks: frozenset[Mask] = frozenset()
    level: int = EVERYTHING
    """The most confidential of what is read."""

    @property
    def is_anonymous(self) -> bool:
        """Whether nothing may show which company it is: no word that anybody typed is told."""
        return self.phase is SalePhase.TEASER

    @property
    def people(self) -> Named:
        """How people are called."""
        if self.is_anonymous:
            return Named.LETTER
        return Named.NAME if self.phase is SalePhase.CLOSING and Mask.PEOPLE not in self.masks else Named.ROLE

    @property
    def hides_nothing(self) -> bool:
        """Whether what was written down may be given as it was: at the closing, without a mask."""
        return self.phase is SalePhase.CLOSING and not self.masks

    @property
    def shows_amounts(self) -> bool:
        """Whether money is told as it is; else only its share of a whole is."""
        return not self.is_anonymous and Mask.AMOUNTS not in self.masks


MOST_CONFIDENTIAL = {SalePhase.TEASER: 1, SalePhase.DUE_DILIGENCE: 2, SalePhase.CLOSING: 2}
"""The level that each phase reads where nobody asks for more."""


def letters(number: int) -> str:
    """`A` for 1, `Z` for 26, `AA` for 27: what tells one from another and says nothing else."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def share(part: int, whole: int) -> str:
    """`34 %`, `< 1 %`; empty where there is no whole."""
    if whole <= 0:
        return ""
    percent = round(100 * part / whole)
    return f"{percent} %" if percent or not part else "< 1 %"

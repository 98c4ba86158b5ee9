"""How far a function should be outsourced: value for the company, skill in-house, full cost, benefit obtained."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

MONTHS = 6
"""From one review to the next."""
COST_MONTHS = 12
"""Months of costs that make a full year."""
DEAR_PERCENT = 110
"""Of what it would cost in-house, from which it is dear."""
HIGH = 3
"""From this mark on, of 1 to 4, a value or a skill is high."""
STRATEGIC, EXPERTISE, AT_HAND, COMMODITY, UNCLEAR = (
    "strategic", "expertise", "at_hand", "commodity", "unclear",
)  # fmt: skip
QUADRANTS: Mapping[str, str] = {
    STRATEGIC: N_("high value, skill in-house: to be kept in your hands"),
    EXPERTISE: N_("high value, no skill in-house: an expert outside, watched closely"),
    AT_HAND: N_("low value, skill in-house: could be done inside"),
    COMMODITY: N_("low value, no skill in-house: at its place outside"),
    UNCLEAR: N_("not enough data: value or skill is missing"),
}


@dataclass(frozen=True, kw_only=True)
class LevelFacts:
    """What is known; None where it is not."""

    value: int | None = None
    skill: int | None = None
    full_cost: int | None = None
    """A year, in cents; so is `baseline`, what it would cost in-house."""
    baseline: int | None = None
    benefit: str = "unknown"

    @property
    def missing(self) -> tuple[str, ...]:
        """What a verdict would need and does not have."""
        named = {
            "value": self.value, "skill": self.skill, "full_cost": self.full_cost, "baseline": self.baseline,
            "benefit": None if self.benefit == "unknown" else self.benefit,
        }  # fmt: skip
        return tuple(name for name, found in named.items() if found is None)

    @property
    def cost_percent(self) -> int | None:
        """The full cost against the baseline; None while one of them is missing."""
        if self.full_cost is None or not self.baseline:
            return None
        return 100 * self.full_cost // self.baseline


def quadrant(facts: LevelFacts) -> str:
    """Where value and skill put the function."""
    if facts.value is None or facts.skill is None:
        return UNCLEAR
    high, able = facts.value >= HIGH, facts.skill >= HIGH
    return STRATEGIC if high and able else EXPERTISE if high else AT_HAND if able else COMMODITY


def proposed(facts: LevelFacts, *, outside: bool = True, may_group: bool = False) -> str:
    """keep, insource, change or group; `open` while value or skill is missing: nothing is guessed.

    `outside`: whether it is carried outside now; `may_group`: whether another provider carries something
    with which it could be put together.
    """
    place = quadrant(facts)
    percent = facts.cost_percent
    dear = percent is not None and percent >= DEAR_PERCENT
    if place == UNCLEAR:
        return "open"
    if not outside:
        return "keep"
    if place == STRATEGIC or (place == AT_HAND and (dear or facts.benefit == "no")):
        return "insource"
    if facts.benefit == "no":
        return "change"
    if dear:
        return "group" if place == COMMODITY and may_group else "change"
    return "keep"

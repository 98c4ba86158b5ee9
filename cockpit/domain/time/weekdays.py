"""Names of the days of the week in French and English, and lists of them such as `mon-fri,sun`."""

from __future__ import annotations

from cockpit.domain.text import fold
from cockpit.locale import _

SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NUMBERS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "mon monday lun lundi",
            "tue tues tuesday mar mardi",
            "wed weds wednesday mer mercredi",
            "thu thur thurs thursday jeu jeudi",
            "fri friday ven vendredi",
            "sat saturday sam samedi",
            "sun sunday dim dimanche",
        )
    )
    for name in names.split()
}
"""Folded name to number, Monday is 0 as in `date.weekday`."""


def weekday(name: str) -> int | None:
    """The number of a day written in any of its forms (`Lun.`, `monday`), or None."""
    return NUMBERS.get(fold(name).rstrip("."))


def parse_weekdays(text: str) -> frozenset[int]:
    """The days of `mon-fri`, `lun,mer` or `fri-mon`. Raises ValueError naming what is not a day."""
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        low = _known(first)
        high = _known(last) if dash else low
        days.update((low + step) % 7 for step in range((high - low) % 7 + 1))
    return frozenset(days)


def _known(name: str) -> int:
    number = weekday(name.strip())
    if number is None:
        raise ValueError(_("“{name}” is not a day of the week").format(name=name.strip()))
    return number

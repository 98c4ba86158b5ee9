"""Which contracts need a word from the other party when the company changes hands, and from when on to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass

CONSENT, TERMINATION, SILENT, FREE = "consent", "termination", "silent", "free"
"""What a contract says of a change of control: consent is needed, the other party may end it, nothing, free."""
USUAL_DAYS = 45
"""Days that a consent takes where the contract says no other number."""
LEAD = timedelta(days=14)
"""How long before the latest day the letter is prepared: what has to be found and who signs is settled then."""


@dataclass(frozen=True)
class ConsentDays:
    """The days of one consent, counted back from the closing; all of them working days."""

    prepare_on: date
    ask_by: date
    """The last day on which asking leaves the other party the time it takes."""
    expected_by: date

    def is_late(self, today: date) -> bool:
        """Whether asking today leaves less time than it takes."""
        return today > self.ask_by


def consent_days(closing: date, takes: int, works: Callable[[date], bool]) -> ConsentDays:
    """When to prepare, to ask and to have a consent that takes so many days, before that closing.

    The answer is wanted on the working day before the closing. `works` says which days are worked.
    """
    expected = _worked(closing - timedelta(days=1), works)
    ask = _worked(expected - timedelta(days=takes), works)
    return ConsentDays(_worked(ask - LEAD, works), ask, expected)


def _worked(day: date, works: Callable[[date], bool]) -> date:
    for back in range(60):
        found = day - timedelta(days=back)
        if works(found):
            return found
    return day

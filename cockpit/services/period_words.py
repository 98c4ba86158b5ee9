"""Months, weeks and days in the reader's language."""

from __future__ import annotations

from cockpit.domain import periods
from cockpit.locale import _, ngettext


def shown(kept: str) -> str:
    """A period as a record keeps it, in words: `3 months`, `6 weeks`, `90 days`, `none`."""
    found = periods.stored(kept)
    if found is None:
        return kept
    n = found.count
    if n == 0:
        return _("none|of a notice").partition("|")[0]
    if found.unit is periods.Unit.MONTHS:
        return ngettext("{n} month", "{n} months", n).format(n=n)
    if found.unit is periods.Unit.WEEKS:
        return ngettext("{n} week", "{n} weeks", n).format(n=n)
    return ngettext("{n} day", "{n} days", n).format(n=n)


def expected() -> str:
    """What to write instead of a text that is no period."""
    return _("months, weeks or days are expected, such as 3 months, 6 weeks or 90 days; 0 for none")

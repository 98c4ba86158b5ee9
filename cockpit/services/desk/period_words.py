"""Months, weeks and days in the reader's language."""

from __future__ import annotations

from cockpit.domain.records.record import Field
from cockpit.domain.text import fold
from cockpit.domain.time import periods
from cockpit.locale import _, ngettext, pgettext


def shown(kept: str) -> str:
    """A period as a record keeps it, in words: `3 months`, `6 weeks`, `90 days`, `none`."""
    found = periods.stored(kept)
    if found is None:
        return kept
    n = found.count
    if n == 0:
        return pgettext("of a notice", "none")
    if found.unit is periods.PeriodUnit.MONTHS:
        return ngettext("{n} month", "{n} months", n).format(n=n)
    if found.unit is periods.PeriodUnit.WEEKS:
        return ngettext("{n} week", "{n} weeks", n).format(n=n)
    return ngettext("{n} day", "{n} days", n).format(n=n)


def number(field: Field, text: str) -> int | None:
    """`indefinite`, `3 years`: the number that words mean for that field; None when they mean none.

    Raises ValueError, with what is expected, for a length that is not in whole months.
    """
    for token, label in field.choices.items():
        if fold(text) in (fold(label), fold(_(label))) or (int(token) == 0 and periods.is_endless(text)):
            return int(token)
    months = periods.read(text, None) if field.name.endswith("_months") else None
    if months is None or not months.count:
        return None
    if months.unit is not periods.PeriodUnit.MONTHS:
        raise ValueError(_("whole months are expected, such as 12 or 3 years"))
    return months.count


def expected() -> str:
    """What to write instead of a text that is no period."""
    return _("months, weeks or days are expected, such as 3 months, 6 weeks or 90 days; 0 for none")

"""A month as a person names it."""

from __future__ import annotations

import re
from datetime import date

from cockpit.domain.documents.month import ReportMonth, of_day
from cockpit.domain.text import fold
from cockpit.domain.time.date_words import CANONICAL

_EARLIEST, _LATEST = 1900, 9997
_NUMBERED = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_ABBREVIATED = {"sept": "m9", "mar": "m3"}
"""Words that are a number or a day of the week elsewhere."""
_NAMED = re.compile(r"([^\W\d_]+)\.?(?:\s+(\d{4}))?")


def read(text: str, today: date) -> ReportMonth | None:
    """The month that a text means: `2026-10`, `10/2026`, `octobre 2026`, `october` (the last one that began).

    Nothing means the last month that is over. None for what is no month.
    """
    text = " ".join(text.split())
    if not text:
        return of_day(today).before
    if found := _NUMBERED.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _month(int(year), int(month))
    named = _NAMED.fullmatch(text)
    word = fold(named[1]) if named else ""
    found = re.fullmatch(r"m(\d{1,2})", _ABBREVIATED.get(word) or CANONICAL.get(word, ""))
    if named is None or found is None:
        return None
    month = int(found[1])
    return _month(int(named[2]) if named[2] else today.year - (month > today.month), month)


def _month(year: int, month: int) -> ReportMonth | None:
    return ReportMonth(date(year, month, 1)) if _EARLIEST <= year <= _LATEST and 1 <= month <= 12 else None

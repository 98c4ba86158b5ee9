"""Numbers and days as other people's spreadsheets write them: what they mean, and what may be doubted.

A function answers None rather than guess; a value that could be meant otherwise says so in its `doubt`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.domain.time.date_words import canonical

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, since they hold 1900 for a leap year."""
EPOCH_1904 = date(1904, 1, 1)
"""Day 0 of workbooks that were begun on an old Mac."""
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Serial numbers that are read as days: 1954 to 2119."""
FIRST_YEAR, LAST_YEAR = 1900, 2199

_BLANK = r"[ \t\u00a0\u2007\u2009\u202f'’]"
_THOUSANDS = re.compile(rf"(?<=\d){_BLANK}(?=\d{{3}}(?!\d))")
_NUMBER = re.compile(
    rf"([-+]?){_BLANK}*(?:€|eur)?{_BLANK}*(\d[\d.,]*){_BLANK}*(k|m)?{_BLANK}*(?:€|eur|euros?)?", re.IGNORECASE
)
_LONGEST = 60
"""Characters of a number."""
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}


class CellDoubt(StrEnum):
    """Why a value may have been meant otherwise."""

    NONE = ""
    THOUSANDS = "thousands"
    """1.234 is twelve hundred here, and one and a bit elsewhere."""
    ORDER = "order"
    """01/12 is read with the day first."""
    NO_DAY = "no_day"
    """A month without a day is read as its first."""


@dataclass(frozen=True)
class Number:
    """A number, as it was understood."""

    value: Decimal
    doubt: CellDoubt = CellDoubt.NONE


@dataclass(frozen=True)
class DayInCell:
    """A day, as it was understood."""

    day: date
    doubt: CellDoubt = CellDoubt.NONE


def number(text: str) -> Number | None:
    """`12,0`, `1.234,56`, `1 234,56 €`, `12 k€`; None when the text is no number, or longer than any."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = _NUMBER.fullmatch(_THOUSANDS.sub("", text.replace("\u2212", "-")))
    if found is None:
        return None
    sign, digits, scale = found[1], found[2], (found[3] or "").lower()
    read = _digits(digits, scaled=bool(scale))
    if read is None:
        return None
    value = read.value * _SCALE[scale]
    return Number(-value if sign == "-" else value, read.doubt)


def _digits(digits: str, *, scaled: bool) -> Number | None:
    separators = re.sub(r"\d", "", digits)
    if not separators:
        return Number(Decimal(digits))
    last = separators[-1]
    if len(set(separators)) == 1 and len(separators) > 1:
        # Several of one kind can only part thousands.
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{last}\d{{3}})+", digits)
        return Number(Decimal(digits.replace(last, ""))) if grouped else None
    whole, _point, part = digits.rpartition(last)
    if not part:
        return None
    if len(separators) > 1 and not re.fullmatch(rf"\d{{1,3}}(?:\{separators[0]}\d{{3}})+", whole):
        return None
    if len(separators) == 1 and len(part) == 3 and not scaled and re.fullmatch(r"[1-9]\d{0,2}", whole):
        return Number(Decimal(whole + part), CellDoubt.THOUSANDS)
    return Number(Decimal(f"{re.sub('[.,]', '', whole)}.{part}"))


def day(text: str, epoch: date = EPOCH) -> DayInCell | None:
    """`2026-12-01`, `01/12/2026`, `1.12.26`, `1er décembre 2026`, `déc. 2026`, `12/2026`, `46357`; else None.

    A day comes before its month. Phrases that depend on today, such as `tomorrow`, mean nothing in a file.
    """
    text = re.sub(r"[ T]00:00(?::00(?:\.0+)?)?$", "", " ".join(text.split()))
    try:
        return _numeric(text, epoch) or _worded(text)
    except (ValueError, OverflowError):
        return None  # a day that no calendar has, such as 31/02


def serial(count: float, epoch: date = EPOCH) -> date | None:
    """The day of a spreadsheet's serial number; None for what is hardly one."""
    return epoch + timedelta(days=int(count)) if FIRST_SERIAL <= count <= LAST_SERIAL else None


def _numeric(text: str, epoch: date) -> DayInCell | None:
    if re.fullmatch(r"\d{5}", text):
        found = serial(int(text), epoch)
        return DayInCell(found) if found else None
    if iso := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", text):
        return DayInCell(_date(iso[1], int(iso[3]), int(iso[4])))
    if usual := re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", text):
        number, month = int(usual[1]), int(usual[3])
        either = number <= 12 and number != month
        return DayInCell(_date(usual[4], month, number), CellDoubt.ORDER if either else CellDoubt.NONE)
    if month_first := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        return DayInCell(_date(month_first[2], int(month_first[1]), 1), CellDoubt.NO_DAY)
    if year_first := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text):
        return DayInCell(_date(year_first[1], int(year_first[2]), 1), CellDoubt.NO_DAY)
    return None


def _worded(text: str) -> DayInCell | None:
    words = [w for w in re.split(r"[ ,\-/]+", text) if w]
    if len(words) > 5:
        return None
    terms = [_term(word) for word in words]
    if None in terms:
        return None
    said = " ".join(term for term in terms if term)
    month = r"(m\d{1,2}|mar|sept)"
    # `mar.` before a day and its month is a Tuesday, else it is March.
    said = re.sub(rf"^(?:mon|tue|wed|thu|fri|sat|sun|mar(?= \d{{1,2}} {month})) ", "", said)
    if found := re.fullmatch(rf"(\d{{1,2}}) {month} (\d{{4}}|\d{{2}})", said):
        return DayInCell(_date(found[3], _month(found[2]), int(found[1])))
    if found := re.fullmatch(rf"{month} (\d{{1,2}}) (\d{{4}})", said):
        return DayInCell(_date(found[3], _month(found[1]), int(found[2])))
    if found := re.fullmatch(rf"{month} (\d{{4}})", said):
        return DayInCell(_date(found[2], _month(found[1]), 1), CellDoubt.NO_DAY)
    return None


def _term(word: str) -> str | None:
    folded = fold(word).rstrip(".")
    return folded if re.fullmatch(r"\d{1,4}", folded) else canonical(folded)


def _month(term: str) -> int:
    return {"mar": 3, "sept": 9}.get(term) or int(term[1:])


def _date(year: str, month: int, number: int) -> date:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not FIRST_YEAR <= full <= LAST_YEAR:
        raise ValueError(year)
    return date(full, month, number)

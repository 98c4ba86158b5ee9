"""A number in somebody's JSON, or dated numbers in their CSV: what a figure is read from.

The JSON is walked by the words of a path, `data.total` or `rows.0.value`; a list on the way out is taken as
dated values. The CSV has its days in one column and its values in another, named by its heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.spreadsheets import cells
from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.sources.table import separated
from cockpit.sources.table.sheet import UnreadableFile

MOST = 1_000
"""Dated values that are read, the last ones of the document."""
LARGEST = 10.0**12
_ALONE = 40
"""Bytes of a document that may be a number alone."""
_DAY_KEYS = ("date", "day", "period", "week", "month", "jour", "mois", "semaine", "at", "timestamp")
_VALUE_KEYS = ("value", "valeur", "amount", "montant", "total", "count", "y")


class NoNumber(Exception):
    """The document holds no number where one was expected; the message, translated, says what was seen."""


@dataclass(frozen=True)
class DatedValue:
    """A value, and the day it is of; without one it is today's."""

    value: float
    day: date | None = None


def read(body: bytes, at: str = "") -> tuple[DatedValue, ...]:
    """The values of a document, at least one. Raises NoNumber."""
    start = body.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
    alone = _number(body.decode("utf-8", "replace").strip()) if len(body) <= _ALONE else None
    if alone is not None:
        found: tuple[DatedValue, ...] = (DatedValue(alone),)
    elif start in (b"{", b"["):
        found = _of_json(body, at)
    elif start == b"<":
        raise NoNumber(_("this is a web page: the address of a CSV or of JSON is expected"))
    else:
        found = _of_table(body, at)
    if not found:
        raise NoNumber(_("there is no number in it yet"))
    return found[-MOST:]


def _of_json(body: bytes, at: str) -> tuple[DatedValue, ...]:
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoNumber(_("this is not valid JSON")) from error
    for word in filter(None, at.split(".")):
        found = _inside(found, word)
    if isinstance(found, Sequence) and not isinstance(found, str):
        return tuple(filter(None, map(_entry, found)))
    value = _number(found)
    if value is None:
        raise NoNumber(_("what stands there is no number: {seen}").format(seen=_seen(found)))
    return (DatedValue(value),)


def _inside(found: Any, word: str) -> Any:
    if isinstance(found, Mapping) and word in found:
        return found[word]
    if isinstance(found, Sequence) and not isinstance(found, str) and word.lstrip("-").isdecimal():
        try:
            return found[int(word)]
        except IndexError:
            pass
    raise NoNumber(_("there is no “{word}” in it: {seen}").format(word=word, seen=_seen(found)))


def _seen(found: Any) -> str:
    """A few words on what stands in a place."""
    if isinstance(found, Mapping):
        return ", ".join(clean(str(key), 40) for key in list(found)[:8]) or _("empty")
    if isinstance(found, list):
        return _("a list of {n}").format(n=len(found))
    return clean(str(found), 60)


def _entry(found: Any) -> DatedValue | None:
    """A dated value among others: an object with a day and a value, or a pair of the two."""
    if isinstance(found, Mapping):
        day = next((_day(found[key]) for key in _DAY_KEYS if key in found), None)
        value = next((_number(found[key]) for key in _VALUE_KEYS if key in found), None)
    elif isinstance(found, Sequence) and not isinstance(found, str) and len(found) == 2:
        day, value = _day(found[0]), _number(found[1])
    else:
        return None
    return DatedValue(value, day) if day is not None and value is not None else None


def _of_table(body: bytes, at: str) -> tuple[DatedValue, ...]:
    try:
        lines = separated.read(body)[0].lines
    except UnreadableFile as error:
        raise NoNumber(str(error)) from error
    head = [fold(str(cell or "")) for cell in lines[0].cells]
    if at and fold(at) not in head:
        raise NoNumber(
            _("no column is called “{word}”: {seen}").format(
                word=at, seen=", ".join(clean(str(cell or ""), 40) for cell in lines[0].cells[:8])
            )
        )
    rows = [line.cells for line in lines]
    days = next((column for column in range(len(head)) if _any_day(rows, column)), None)
    if days is None:
        raise NoNumber(_("no column holds days such as 2026-12-01"))
    wanted = head.index(fold(at)) if at else next((c for c in range(len(head)) if c != days), None)
    if wanted is None:
        raise NoNumber(_("one column only: a day and a value are expected"))
    found = []
    for row in rows:
        if len(row) > max(days, wanted):
            day, value = _day(row[days]), _number(row[wanted])
            if day is not None and value is not None:
                found.append(DatedValue(value, day))
    return tuple(found)


def _any_day(rows: Iterable[Sequence[Any]], column: int) -> bool:
    return any(_day(row[column]) is not None for row in list(rows)[:20] if len(row) > column)


def _day(found: Any) -> date | None:
    if not isinstance(found, str) or len(found) > 40 or found.strip().isdecimal():
        return None
    try:
        return datetime.fromisoformat(found.strip()).date()
    except ValueError:
        read = cells.day(found)
        return read.day if read else None


def _number(found: Any) -> float | None:
    """A number, or a text that is one without a doubt; nothing that is not finite or too large to be meant."""
    if isinstance(found, bool):
        return None
    if isinstance(found, str) and len(found) <= 40:
        read = cells.number(found.strip().removesuffix("%"))
        found = float(read.value) if read and not read.doubt else None
    if not isinstance(found, int | float) or not -LARGEST < found < LARGEST:
        return None
    return float(found)

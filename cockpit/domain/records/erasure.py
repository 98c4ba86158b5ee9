"""A person's name and contacts, found in any text however they were typed, and what stands there afterwards.

What is looked for: the whole name, its words in any of their orders (`Nguyen Sophie`, `Sophie_Nguyen`), in any
case, with or without its accents; each address of mail and each telephone number of the contacts; and the words
that whoever asks adds. A word of the name alone (`Sophie`) may mean somebody else: it is only counted.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import canonical

_BETWEEN = r"[\s_.\-\u00a0\u2010-\u2015]{1,3}"
_JOINED = r"[\s_.'\-\u00a0\u2010-\u2015\u2019]{0,2}"
_MARKS = "[\u0300-\u036f]*"
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_MAIL = re.compile(r"[^\s,;<>()|]+@[^\s,;<>()|]+")
_DIALLED = re.compile(r"\+?\d[\d\s.()\-/]{5,}\d")
_BESIDE = re.compile(r"^[^@,;]*?[<(:]\s*([^\s,;<>()|]+@[^\s,;<>()|]+)")
_BEHIND = 80
_LEAST = 3
"""Letters of a word that is counted, and of one that may be erased alone."""


@dataclass(frozen=True)
class Erased:
    """Who is erased, and what stands in their place."""

    label: str
    """The code of the record: it tells rows apart and nobody's name."""
    name: str
    contact: str = ""
    also: tuple[str, ...] = ()
    """Words that mean this person here, as whoever asks says: a first name, initials."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All that is erased."""
        words = self.name.split()
        orders = [words[n:] + words[:n] for n in range(max(len(words), 1))]
        each = [_BETWEEN.join(_typed(word) for word in order) for order in orders if order]
        each += [
            _BETWEEN.join(_typed(word) for word in text.split())
            for text in self.also
            if text.strip() and not _MAIL.search(text)
        ]
        # An address that begins with the name goes whole, so that it is looked for first.
        mails = _MAIL.findall(" ".join((self.contact, *self.also)))
        told = [rf"(?<![\w.+-]){re.escape(mail)}(?![\w-]|\.\w)" for mail in mails]
        told += [_called(number) for number in _DIALLED.findall(self.contact)]
        told += [rf"(?<![^\W_])(?:{one})(?![^\W_])" for one in each]
        return re.compile("|".join(told) or r"(?!)", re.IGNORECASE)

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """A single word of the name, which may mean somebody else."""
        words = [_typed(word) for word in self.name.split() if len(word) >= _LEAST]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(words) or '(?!)'})(?![^\W_])", re.IGNORECASE)

    def beside(self, text: str) -> Iterator[str]:
        """Addresses of mail that stand right behind the name and are none of the contacts: probably theirs."""
        for found in self.pattern.finditer(text):
            behind = text[found.end() : found.end() + _BEHIND].partition("\n")[0]
            yield from (mail.removeprefix("mailto:") for mail in _BESIDE.findall(behind)[:1])

    def out_of(self, text: str) -> str:
        """The text without the person. What a text escapes (JSON) is looked at as it reads."""
        if "\\" in text and text[:1] in "[{":
            # What somebody typed may only look like JSON, be too deep to read, or escape what is no letter.
            with suppress(ValueError, RecursionError):
                told = json.loads(text)
                cleared = self.out_of_all(told)
                whole = text if cleared == told else canonical(cleared)
                whole.encode()
                return whole
        return self.pattern.sub(self.label, text)

    def out_of_all(self, value: Any) -> Any:
        """The same of every text in a value of JSON, of its keys too."""
        if isinstance(value, str):
            return self.out_of(value)
        if isinstance(value, list):
            return [self.out_of_all(each) for each in value]
        if isinstance(value, dict):
            return {self.out_of(key): self.out_of_all(each) for key, each in value.items()}
        return value


def around(text: str, pattern: re.Pattern[str], reach: int = 24) -> Iterator[str]:
    """What is found, with a few letters on both sides."""
    for found in pattern.finditer(text):
        lo, hi = max(0, found.start() - reach), min(len(text), found.end() + reach)
        yield ("…" if lo else "") + " ".join(text[lo:hi].split()) + ("…" if hi < len(text) else "")


def _typed(word: str) -> str:
    """A word in any case, with or without accents, its parts joined or not."""
    plain = "".join(_LIGATURES.get(letter, letter) for letter in word.casefold())
    bare = [letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter)]
    said = "".join(_letter(letter) for letter in bare)
    for ligature, letters in _LIGATURES.items():
        apart = "".join(_letter(letter) for letter in letters)
        said = said.replace(apart, f"(?:{ligature}|{apart})")
    return said


def _letter(letter: str) -> str:
    if not letter.isalnum():
        return _JOINED
    return f"[{letter}{''.join(_accented(letter))}]{_MARKS}"


def _accented(letter: str) -> Iterable[str]:
    return _BY_BASE.get(letter, ())


def _by_base() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].casefold()
        if base.isascii() and base.isalpha():
            found.setdefault(base, []).append(letter)
    return found


_BY_BASE = _by_base()


def _called(number: str) -> str:
    """A telephone number, however its digits are set apart; a French one with its country or without."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0033", "33", "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            rest = r"[\s.()\-/]*".join(digits[len(prefix) :])
            return rf"(?<!\d)(?:(?:\+|00)33[\s.\-]*(?:\(0\))?|0)[\s.\-]*{rest}(?!\d)"
    apart = r"[\s.()\-/]*".join(digits)
    return rf"(?<!\d)\+?{apart}(?!\d)"

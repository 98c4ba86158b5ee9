"""A person's name and contacts, found in any text however they were typed, and what stands there afterwards.

What is looked for: the whole name, its words in any of their orders (`Nguyen Sophie`, `Sophie_Nguyen`), in any
case, with or without its accents and strokes (`Lukasz`, `Soerensen`) and whatever is not seen between its letters;
each address of mail and each telephone number of the contacts; and the words that whoever asks adds. The name
without its middle, its initials (`J.-M. Le Goff`, `JMLG`), or a word of it alone may mean somebody else: they are
only shown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import canonical

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Signs between letters that nobody sees: soft hyphens, joiners, blanks without width."""
_BETWEEN = rf"[\s_.\-\u00a0\u2010-\u2015{_UNSEEN}]{{1,6}}"
_JOINED = rf"[\s_.'\-\u00a0\u2010-\u2015\u2019{_UNSEEN}]{{0,3}}"
_MARKS = f"[\u0300-\u036f{_UNSEEN}]*"
_EXPANDED = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "oe", "ö": "oe", "ä": "ae", "ü": "ue", "å": "aa", "đ": "dj", "þ": "th",
}  # fmt: skip
"""Letters that are typed as two where a keyboard lacks them."""
_STROKED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŀ": "l"}
"""Letters that are typed as another one, and that Unicode does not take apart."""
_MAIL = re.compile(r"[^\s,;<>()|]+@[^\s,;<>()|]+")
_DIALLED = re.compile(r"\+?\d[\d\s.()\-/]{5,}\d")
_BESIDE = re.compile(r"[^@,;\n]{0,80}?[<(:][^\S\n]{0,9}([^\s,;<>()|]{1,64}@[^\s,;<>()|]{1,255})")
_AFTER_INITIALS = rf"[\s_.,\-\u00a0\u2010-\u2015{_UNSEEN}]{{1,6}}"
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
        words = self._words
        orders = [words[n:] + words[:n] for n in range(len(words))]
        each = [_BETWEEN.join(_typed(word) for word in order) for order in orders]
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
        words = [_typed(word) for word in self._words if len(word) >= _LEAST]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(words) or '(?!)'})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def near(self) -> re.Pattern[str]:
        """The name without its middle, or with initials of it: probably this person."""
        words = [word for word in self._words if re.search(r"[^\W_]", word)]
        if len(words) < 2:
            return re.compile(r"(?!)")
        first, *middle, last = ([_typed(word), _initials(word)] for word in words)
        begun = "|".join(first)
        between = "".join(rf"(?:(?:{'|'.join(each)}){_BETWEEN})?" for each in middle)
        ways = [
            rf"(?:{begun}){_AFTER_INITIALS}{between}{last[0]}",
            rf"{between}{last[0]}{_AFTER_INITIALS}(?:{begun})",
        ]
        letters = [re.findall(r"[^\W_]+", word) for word in words]
        every = [part[0] for parts in letters for part in parts]
        ends = [part[0] for parts in (letters[0], letters[-1]) for part in parts]
        # Initials are taken as such in capitals alone: `zq` in small letters is anything.
        ways += [rf"(?-i:{'[.]?'.join(map(_capital, each))}[.]?)" for each in (every, ends)]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def _words(self) -> list[str]:
        seen = "".join(sign for sign in self.name if unicodedata.category(sign) != "Cf")
        return unicodedata.normalize("NFC", seen).split()

    def beside(self, text: str) -> Iterator[str]:
        """Addresses of mail that stand right behind the name and are none of the contacts: probably theirs."""
        for found in self.pattern.finditer(text):
            if mail := _BESIDE.match(text, found.end()):
                yield mail[1].removeprefix("mailto:")

    def out_of(self, text: str) -> str:
        """The text without the person. What a text escapes (JSON) is looked at as it reads."""
        if "\\" in text:
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
    plain = [
        sign for sign in unicodedata.normalize("NFC", word.casefold()) if unicodedata.category(sign) != "Cf"
    ]
    said, at = [], 0
    while at < len(plain):
        pair = "".join(plain[at : at + 2])
        if pair in _AS_TWO:
            said.append(f"(?:{'|'.join((*_AS_TWO[pair], _letter(pair[0]) + _letter(pair[1])))}){_MARKS}")
            at += 2
            continue
        two = _EXPANDED.get(plain[at])
        one = _letter(plain[at])
        said.append(f"(?:{one}|{_letter(two[0])}{_letter(two[1])})" if two else one)
        at += 1
    return "".join(said)


def _letter(letter: str) -> str:
    if not letter.isalnum():
        return "" if unicodedata.combining(letter) else _JOINED
    base = _base(letter)
    return f"[{base}{letter}{''.join(_by_base().get(base, ()))}]{_MARKS}"


def _initials(word: str) -> str:
    """The initials of a word, whose parts may be joined: `J.-M.`, `JM`, `J-M`."""
    return (
        r"[.]?[\s\-]?".join(_letter(part[0].casefold()[0]) for part in re.findall(r"[^\W_]+", word)) + "[.]?"
    )


def _capital(letter: str) -> str:
    return f"[{letter.upper()}{_base(letter.casefold()[0]).upper()}]"


def _base(letter: str) -> str:
    """A letter without its accents and strokes."""
    return _STROKED.get(letter) or unicodedata.normalize("NFD", letter)[0]


@cache
def _by_base() -> dict[str, list[str]]:
    """The accented letters of Latin, by what they are without."""
    found: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = _base(letter.casefold())
        if base.isascii() and base.isalpha():
            found.setdefault(base, []).append(letter)
    return found


_AS_TWO: dict[str, list[str]] = {}
for _one, _two in _EXPANDED.items():
    _AS_TWO.setdefault(_two, []).append(_one)


def _called(number: str) -> str:
    """A telephone number, however its digits are set apart; a French one with its country or without."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0033", "33", "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            rest = r"[\s.()\-/]*".join(digits[len(prefix) :])
            return rf"(?<!\d)(?:(?:\+|00)33[\s.\-]*(?:\(0\))?|0)[\s.\-]*{rest}(?!\d)"
    apart = r"[\s.()\-/]*".join(digits)
    return rf"(?<!\d)\+?{apart}(?!\d)"

"""Finds and replaces, in a text that somebody typed, every name by which a person or a company is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"\w+")
_PARTICLES = frozenset(
    {"de", "du", "des", "le", "la", "les", "van", "von", "den", "der", "ben", "el", "al", "saint"}
)
_MONEY = re.compile(
    r"(?<!\w)(?:[€£$]\s?\d[\d.,\s]*(?:[kKM]\b)?|\d[\d.,\s]*\s?(?:(?:[kKM]\s?)?[€£$]|(?:k|M)?(?:EUR|euros?)\b))"
)
_LEVEL = str.maketrans({"’": "'", "\n": " ", "\t": " ", "\u00a0": " ", "\u202f": " "})
LEAST = 3
"""Letters of a part of a name under which it is a word like any other."""


class Redaction:
    """Names with what stands in their place. The longest fits first, so that a whole name goes before its parts.

    One word is found with its own capital or all in capitals (`Claire` is no adjective), several in any case;
    both without their accents too, and with either apostrophe.
    """

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._put: dict[str, str] = {}
        for name, put in replacements.items():
            for spelt in _spellings(name):
                self._put.setdefault(_key(spelt), put)
        self._by_first: dict[str, list[str]] = {}
        for key in sorted(self._put, key=len, reverse=True):
            first = _WORD.search(key)
            assert first is not None
            self._by_first.setdefault(first[0], []).append(key)

    def replaced(self, text: str) -> str:
        """`text` with every known name replaced."""
        found, at = [], 0
        for start, end, key in self._matches(text):
            found += [text[at:start], self._put[key]]
            at = end
        return "".join((*found, text[at:])) if found else text

    def found_in(self, text: str) -> tuple[str, ...]:
        """The known names that are in `text`, as they stand there, each once."""
        return tuple(dict.fromkeys(text[start:end] for start, end, _key in self._matches(text)))

    def _matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where each name begins and ends; those of one word begin where the word does, so few are tried."""
        plain = _level(text)
        after = 0
        for word in _WORD.finditer(plain):
            for key in self._by_first.get(word[0], ()):
                start = word.start() - key.index(word[0])
                end = start + len(key)
                if start < after or plain[start:end] != key or _goes_on(plain, end):
                    continue
                if _fits(text[start:end]):
                    yield start, end, key
                    after = end
                    break


def without_amounts(text: str, put: str) -> str:
    """`text` with `put` in place of each amount of money: `14 400 €`, `€14,400`, `12,5 k€`, `300 euros`."""
    return _MONEY.sub(put, text)


def parts_of(name: str) -> Iterator[str]:
    """The words of a person's name that call them by themselves: a first name, a surname with its particle."""
    words = name.split()
    for at, word in enumerate(words):
        if len(word) < LEAST or word.casefold() in _PARTICLES:
            continue
        yield word
        if at and words[at - 1].casefold() in _PARTICLES:
            yield f"{words[at - 1]} {word}"


def initials_of(name: str) -> Iterator[str]:
    """`C. Morel`, `Claire M.` and `C. M.`, as people sign; two capitals alone are too many other things."""
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    yield from (f"{first[0]}. {last}", f"{first[0]}.{last}", f"{first} {last[0]}.", f"{first[0]}. {last[0]}.")
    yield f"{first[0]}.{last[0]}."


def addresses_in(texts: Iterable[str]) -> Iterator[str]:
    """E-mail addresses, hosts and telephone numbers in those texts, and the domain of each address."""
    for text in texts:
        for address in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text):
            yield from (address, address.partition("@")[2])
        for host in re.findall(r"(?:https?://|www\.)[^\s/?#]+", text, re.IGNORECASE):
            yield (bare := re.sub(r"^https?://", "", host, flags=re.IGNORECASE))
            yield bare.removeprefix("www.")
        yield from (found.strip() for found in re.findall(r"\+?\d(?:[ .]?\d){8,13}", text))


def _spellings(name: str) -> Iterator[str]:
    said = " ".join(name.split())
    if said and _WORD.search(said):
        yield said
        yield _bare(said)


def _key(name: str) -> str:
    return _level(" ".join(name.split()))


def _level(text: str) -> str:
    """In one case, with one apostrophe and plain blanks, sign for sign: places in it are places in `text`."""
    text = text.translate(_LEVEL)
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _goes_on(text: str, end: int) -> bool:
    """Whether the word whose last sign stands before `end` is longer; where it begins, a whole word was found."""
    return _is_word(text[end - 1]) and _is_word(text[end : end + 1])


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _fits(found: str) -> bool:
    """Whether a word that was found is written as a name is; what has a blank, a dot or an @ is no word."""
    return not found.isalpha() or not found.islower()

"""Finds and replaces, in a text that somebody typed, every name by which a person or a company is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"\w+")
_PARTICLES = frozenset(
    {"de", "du", "des", "le", "la", "les", "van", "von", "den", "der", "ben", "el", "al", "saint"}
)
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
        loose = sorted((_pattern(key) for key in self._put), key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(loose)})(?!\w)", re.IGNORECASE) if loose else None
        self._first = {found[0] for key in self._put if (found := _WORD.findall(key))}

    def __bool__(self) -> bool:
        return self._any is not None

    def replaced(self, text: str) -> str:
        """`text` with every known name replaced."""
        if self._any is None or self._first.isdisjoint(_WORD.findall(text.casefold())):
            return text
        return self._any.sub(lambda found: self._instead(found[0]), text)

    def _instead(self, found: str) -> str:
        key = _key(found)
        return self._put.get(key) or self._put.get(_bare(key), found) if _fits(found) else found

    def found_in(self, text: str) -> tuple[str, ...]:
        """The known names that are in `text`, as they stand there, each once."""
        if self._any is None or self._first.isdisjoint(_WORD.findall(text.casefold())):
            return ()
        return tuple(dict.fromkeys(each[0] for each in self._any.finditer(text) if _fits(each[0])))


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
    return " ".join(name.casefold().replace("’", "'").split())


def _pattern(key: str) -> str:
    return re.escape(key).replace("'", "['’]").replace(r"\ ", r"\s+")


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _fits(found: str) -> bool:
    """Whether a word that was found is written as a name is; what has a blank, a dot or an @ is no word."""
    return not found.isalpha() or not found.islower()

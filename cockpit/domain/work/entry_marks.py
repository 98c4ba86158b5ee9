"""The words of a one-line entry, and which of them are markers such as `@name` or `due:`.

A marker counts only at the start of a word and followed by a value, so that `R&D`, `C#`, `bob@silae.fr`,
`Urgent !`, `> 50 k€` and `#4521` are plain words. Names start with a letter.
"""

from __future__ import annotations

import re

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold

SEVERITIES = {
    word: f"p{level}"
    for level, words in enumerate(
        ("critique critical 1", "haute high 2", "moyenne normale medium normal 3", "basse low 4"), start=1
    )
    for word in words.split()
}
_KEYWORDS = {
    "pour": "due",
    "due": "due",
    "depuis": "since",
    "since": "since",
    "qui": "owner",
    "owner": "owner",
    "sla": "sla",
    "puis": "next_step",
    "next": "next_step",
    "dossier": "case",
    "case": "case",
    "conf": "conf",
    "bloque": "blocks",
    "blocks": "blocks",
}
_SIGILS = {
    "@": "waiting_on",
    "+": "tags",
    "#": "tags",
    ">": "owner",
    "!": "severity",
    "^": "due",
    "<": "since",
    "~": "sla",
}
_MEANT = {
    word: mark if mark in "@+p1-p4" else f"{mark}:"
    for mark, words in {
        "pour": "echeance deadline date limite le avant by until pr puor",
        "qui": "resp responsable porteur owner who pilote assigne assignee",
        "depuis": "from debut since",
        "puis": "suite ensuite then suivant etape action",
        "dossier": "projet project file affaire",
        "conf": "confidentialite niveau level",
        "sla": "delai engagement tto ttr",
        "bloque": "bloquant blocking",
        "@": "attend attente chez waiting prestataire fournisseur",
        "+": "fonction function tag tags",
        "p1-p4": "priorite severite gravite priority severity urgence",
    }.items()
    for word in words.split()
    if word not in _KEYWORDS
}
"""Folded words before a colon that look like a marker and are none, to the marker that was meant."""
_NAMED = ("waiting_on", "tags", "owner")

_BEGINS_A_MARK = r"[@+#>~^<!\\]|=>|//|[A-Za-z]{3,7}\s?:|[pP][1-4]\b"
_SPACED = rf'(?<!\S)(?:{"|".join(_KEYWORDS)})[ ]?:[ ]+(?!{_BEGINS_A_MARK})(?:"[^"]*"\S*|\S+)'
"""A keyword with the blanks that French puts around a colon, and the word after them."""
_WORD = _SPACED + r'|(?:=>|[@+#>~^<]|[A-Za-z]{3,7}:)?"[^"]*"\S*|\S+'
_NAME = r"[^\W\d_][\w'’&./+-]*"
_CLOSING = r"[.,;:!?…)]*"


@dataclass(frozen=True)
class Word:
    """A word or a quoted text, from `start` to `end` of the line, and the marker that it is, if any."""

    raw: str
    start: int
    end: int
    field: str = ""
    """Empty for a plain word."""
    value: str = ""
    """What follows the marker, without quotes."""
    quoted: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is neither a marker, nor quoted, nor literal, nor the start of a note."""
        return not self.field and self.raw[0] not in '"\\' and self.raw != "//"


def split_words(line: str) -> list[Word]:
    """The words of `line` in order; every character of it but blanks is in one of them."""
    return [_word(found[0], found.start(), found.end()) for found in re.finditer(_WORD, line, re.IGNORECASE)]


def nearly_a_mark(raw: str) -> str:
    """The marker that a word such as `échéance:demain` or `p5` was meant for, as it is written; else empty."""
    folded = fold(raw)
    if re.fullmatch(r"p[05-9]", folded):
        return "p1-p4"
    keyword, colon, value = folded.partition(":")
    return _MEANT.get(keyword, "") if colon and value and not value.startswith("//") else ""


def unescaped(raw: str) -> str:
    """`raw` without its first backslash when that escapes a marker, a quote or a note."""
    rest = raw[1:]
    if fold(rest.rstrip(" :")) in _KEYWORDS:
        return rest
    if rest and (rest[0] in _SIGILS or rest[0] in '"\\' or rest.startswith(("=>", "//")) or _mark(rest)):
        return rest
    return raw


def _word(raw: str, start: int, end: int) -> Word:
    mark = _mark(raw)
    if mark is None:
        return Word(raw, start, end)
    field, value = mark
    if value.startswith('"') and '"' in value[1:]:
        return Word(raw, start, end, field, value[1 : value.index('"', 1)].strip(), quoted=True)
    return Word(raw, start, end, field, value)


def _mark(raw: str) -> tuple[str, str] | None:
    if raw[0] in '"\\':
        return None
    if bare := _bare(raw.lower()):
        return bare
    if raw.startswith("=>"):
        return "next_step", raw[2:]  # its text may also stand after a blank
    field, value = _SIGILS.get(raw[0], ""), raw[1:]
    if not field:
        keyword, colon, value = raw.partition(":")
        keyword, value = keyword.rstrip(), value.strip()
        field = _KEYWORDS.get(fold(keyword), "") if colon else ""
    value = _value(field, value) if field and value else ""
    return (field, value) if value else None


def _bare(word: str) -> tuple[str, str] | None:
    if re.fullmatch(r"p[1-4]", word):
        return "severity", word[1]
    # From 8h00 on, hours and minutes are a time of day, as in "Réunion 14h30".
    if found := re.fullmatch(r"(?:([0-7])h([0-5][0-9])|([0-9]{1,4})(?:m|mn|min))", word):
        return "spent_minutes", str(int(found[1] or 0) * 60 + int(found[2] or found[3]))
    return None


def _value(field: str, value: str) -> str:
    """`value` if it is one that the marker of `field` takes, else nothing."""
    if value.startswith('"'):
        return value if re.match(r'"[^"]*[^"\s][^"]*"' + _CLOSING + "$", value) else ""
    if field in _NAMED:
        name = re.fullmatch(f"({_NAME}){_CLOSING}", value)
        return name[1].rstrip(".").replace("_", " ") if name else ""
    if field == "case":
        return value.rstrip(".,;").replace("_", " ")
    return value if value[0].isalnum() or (value[0] == "+" and value[1:2].isdigit()) else ""

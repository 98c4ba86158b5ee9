"""Text from outside, made harmless before it is stored or shown."""

from __future__ import annotations

import json
import re
import unicodedata

TITLE_LIMIT = 300
BODY_LIMIT = 8_000
TYPED_LIMIT = 100_000
"""Characters of a line that a person typed: more is no line any more."""

# Whole sequences go first, so that nothing of `ESC ]52;...` stays as visible rubbish:
# OSC, DCS, PM, APC and SOS strings with their terminator, then CSI, then any two-byte escape. A string without one
# loses its introducer alone: it would take all the words behind it along. None holds the beginning of another, so
# that each sign is looked at once. Of the introducers of one sign, those that Windows-1252 has as ž, Ÿ, ˜ and ›
# are letters, unless a whole CSI follows.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x9d])(?:[^\x07\x1b\x90\x9c\x9d\n]{0,2000}(?:\x07|\x1b\\|\x9c))?"
    r"|\x1b\[[0-?]*[ -/]*[@-~]?|\x9b[0-?]+[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]?"
)
_DROPPED = dict.fromkeys(
    (
        # Tabs and line feeds stay.
        *range(0x09),
        *range(0x0B, 0x20),
        0x7F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x00AD,
        0x061C,
        0x200B,
        0x200E,
        0x200F,
        0x2028,
        0x2029,
        0x2060,
        0xFEFF,
        *range(0xD800, 0xE000),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    )
)
# What takes Windows-1252 for Latin-1 writes its letters as control characters: an œ, a € and a ’ are meant.
_LETTERS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_CLEANED = _DROPPED | _LETTERS
_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\\]*)?", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean(text: str, limit: int = TITLE_LIMIT, *, lines: bool = False) -> str:
    """`text` without escape sequences, control, bidi or zero-width characters, in NFC, cut to `limit`.

    One line unless `lines`: then line feeds stay, at most two in a row. Zero-width joiners stay,
    since emoji need them. A text that was cut ends with an ellipsis.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit and "  " not in text:
        return text.strip()
    # However much of it is taken out, what is not looked at any more is told as cut.
    goes_on = len(text) > limit * 4 and bool(text[limit * 4 :].strip())
    text = text[: limit * 4].replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text or not text.isascii():
        text = _SEQUENCES.sub("", text)
    if not lines:
        text = text.replace("\n", " ")
    text = unicodedata.normalize("NFC", text.translate(_CLEANED))
    if lines:
        text = "\n".join(_BLANKS.sub(" ", line).rstrip() for line in text.split("\n"))
        text = _EMPTY_LINES.sub("\n\n", text)
    else:
        text = _BLANKS.sub(" ", text)
    text = text.strip()
    return text if len(text) <= limit and not goes_on else text[: limit - 1].rstrip() + "…"


def typed(text: str) -> str:
    """One line that a person typed, made harmless like `clean` but never shortened."""
    return clean(text, TYPED_LIMIT)


def is_plain(text: str) -> bool:
    """Whether `text` is one line without any character that is not seen: escapes, controls, bidi, zero-width."""
    return not any(ord(sign) in _CLEANED or sign in "\n\t" for sign in text)


def fold(text: str) -> str:
    """`text` for matching: case, accents and ligatures folded (`Échéance` gives `echeance`)."""
    if text.isascii():
        return text.lower()
    text = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def safe_link(url: str) -> str | None:
    """`url` if it is an http(s) address of at most 2,000 visible characters, else None.

    One that may lead elsewhere than it seems to is none: with a backslash, which browsers take for a slash,
    or with a name before its host.
    """
    url = url.strip()
    if len(url) > 2_000 or not re.fullmatch(_ADDRESS, url):
        return None
    return url if clean(url, 2_000) == url and " " not in url else None


def slug(name: str) -> str:
    """A stable key made of a name: folded, words joined by dashes."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "source"


def canonical(value: object) -> str:
    """A value of JSON as one text: the same value always gives the same (as the journal writes and hashes it)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """What tells a text from any other: SHA-256, in hexadecimal."""
    # Loads a library of the system, for which nothing that only reads should wait.
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()

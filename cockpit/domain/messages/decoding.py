"""Bytes that a partner wrote, as text: by their mark, as UTF-8, else as Windows-1252, which old programs write."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What UTF-8 looks like when a program took it for Windows-1252: `â€™` for an apostrophe, `Ã©` for an é.
_TWICE = re.compile("[ÂÃ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â€|Å“|Å’")
# What Windows-1252 looks like when its name was not said: its own letters as control characters.
_CONTROLS = re.compile("[\x80-\x9f]")


def decoded(raw: bytes) -> str:
    """The text of some bytes whose encoding nobody named; every byte gives something."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return once(raw.decode(encoding, "replace"))
    try:
        return once(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return windows(raw)


def windows(raw: bytes) -> str:
    """Windows-1252, of which Latin-1 is the part without `€`, `œ` and the curly quotes."""
    return raw.decode("cp1252", "replace") if not _unassigned(raw) else raw.decode("latin-1")


def once(text: str) -> str:
    """`text` as it was meant, where a program encoded it twice or took Windows-1252 for Latin-1."""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda found: windows(found[0].encode("latin-1")), text)
    if not _TWICE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _unassigned(raw: bytes) -> bool:
    return any(byte in raw for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))

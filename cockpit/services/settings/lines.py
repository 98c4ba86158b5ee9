"""Where something stands in the text of a configuration file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def line_in(lines: Iterable[str], key: str, place: str) -> int:
    """The line of `key` in its section (`place`, with the number of the section after a dot), or of the
    section, or 0."""
    table, _dot, index = place.partition(".")
    inside, seen, section = not place, 0, 0
    for number, text in enumerate(lines, 1):
        header = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", text)
        if header:
            inside = header[1] == (table or key) and (not index or (seen := seen + 1) == int(index))
            section = number if inside else section
        elif inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", text):
            return number
    return section


def line_of(path: Path, place: str, key: str) -> int:
    """The same, of a file; 0 when it cannot be read."""
    try:
        return line_in(path.read_text(encoding="utf-8-sig").splitlines(), key, place)
    except (OSError, UnicodeDecodeError):
        return 0

"""Cookies for the length of one reading: some sites send to themselves until they see theirs come back."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST = 20
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_VALUE = re.compile(r"[!-+\--:<-\[\]-~]{0,2000}")


def cookies_of(lines: Sequence[str]) -> dict[str, str]:
    """The names and values of some Set-Cookie lines (RFC 6265 4.1.1), few and short."""
    found: dict[str, str] = {}
    for line in lines[:_MOST]:
        name, equals, value = line.partition(";")[0].partition("=")
        name, value = name.strip(), value.strip()
        if equals and _NAME.fullmatch(name) and _VALUE.fullmatch(value):
            found[name] = value
    return found

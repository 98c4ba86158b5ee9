"""Colours as they are written, and how well one is read on another.

The contrast of two colours is that of WCAG 2.2: from 1, the same, to 21, black on white; text wants 4.5.
"""

from __future__ import annotations

import re

READABLE = 4.5
"""The least contrast at which text of ordinary size is read (WCAG AA)."""
_WRITTEN = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def rgb(written: str) -> tuple[int, int, int]:
    """`#1A2B3C` or `#ABC` as red, green and blue from 0 to 255. ValueError for anything else."""
    if not _WRITTEN.fullmatch(written):
        raise ValueError(written)
    digits = written[1:] if len(written) == 7 else "".join(digit * 2 for digit in written[1:])
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, whichever is the lighter."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )  # fmt: skip
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

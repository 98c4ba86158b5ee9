"""What every refusal has in common: it says its own sentence."""

from __future__ import annotations


class Refusal(Exception):
    """What a person asked for cannot be done as things stand.

    Its text is one sentence in the current language: why not, and what to do instead. Whoever catches it
    shows that text and nothing else.
    """

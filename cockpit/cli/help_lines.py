"""Lines of `--help` that break where a French reader lets a line break."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

_KEPT = "\u00a0"
_BEFORE_A_SIGN = re.compile(r" (?=[:;?!»](?:\s|$))|(?<=«) ")


def _held(text: str) -> str:
    return _BEFORE_A_SIGN.sub(_KEPT, text)


class HelpLines(click.HelpFormatter):
    """Click's own, in which no line begins with the sign that ends a phrase.

    The space before it is held while lines are cut, and is a plain one again in what is printed.
    """

    def write_text(self, text: str) -> None:
        """A paragraph, cut into lines."""
        super().write_text(_held(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of words with what each means, cut into lines."""
        super().write_dl([(first, _held(second)) for first, second in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """All of the help."""
        return super().getvalue().replace(_KEPT, " ")

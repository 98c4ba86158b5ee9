"""One row of a list, made of pieces of text with roles: the screen paints it, the shell prints the same.

Each wing makes its rows in its `rows.py`, from the same objects from which it makes their JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from cockpit.domain.dataclasses import dataclass


class Role(Enum):
    """The role of a piece of text in a row; `ui/kit/painted` gives each role its style."""

    PLAIN = "plain"
    STRONG = "strong"
    """The title that one reads first."""
    QUIET = "quiet"
    """Beside the point: hours, codes, who."""
    GONE = "gone"
    """Does not count any more: cancelled, left out."""
    GOOD = "good"
    WATCH = "watch"
    """Will be late unless somebody acts."""
    PRESSING = "pressing"
    """The last warning before it is late."""
    BAD = "bad"
    """Past its limit, or down now."""
    NOW = "now"
    """Where we are, what is next."""
    CHOSEN = "chosen"
    """Chosen for today."""
    OTHERS = "others"
    """Other people: whom we wait for."""
    PLAN = "plan"
    """Foreseen, of no consequence for now: maintenance, ordinary severity, a link."""


class Piece(NamedTuple):
    """Some text of a row, with how it gives way where the row is narrow. Printed, it is always whole."""

    text: str
    role: Role = Role.PLAIN
    at: int = 0
    """The width of the row, in cells, below which the screen leaves it out."""
    column: int = 0
    """Cells that it fills in every row, so that what follows stands in one column; negative: at their right."""
    most: int = 0
    """Cells that it takes at most in a row narrower than `ROOMY`."""
    drawn: str = ""
    """What the screen shows in its place: a picture of it, such as bars for a number."""


ROOMY = 100
"""The width from which nothing needs to be cut for the sake of what stands beside it."""


@dataclass(frozen=True)
class Gauge:
    """How much of something is used, from 0 to 1. It says in a picture what a word beside it says: never printed."""

    share: float
    role: Role


@dataclass(frozen=True)
class Row:
    """One row: what it is about at the left, its figures at the right, and the facts of its second line."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...] = ()
    facts: tuple[Piece, ...] = ()
    """What the second line says, one fact a piece."""
    code: str = ""
    """The record that it opens: first in the shell, where it is typed; at the end of the facts on the screen."""
    gauge: Gauge | None = None

    @property
    def printed(self) -> str:
        """One line for a shell, a pipe or a message: nothing of it is cut."""
        parts = [_joined(self.left), *(piece.text for piece in self.facts), _joined(self.right)]
        code = f"{self.code:<6} " if self.code else ""
        return code + " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Heading:
    """What the rows below it are, and the names of their figures at the right."""

    text: str
    right: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Running text behind its lead, such as an hour: folded on the screen, whole in the shell."""

    lead: str
    text: str


PagePart = Row | Heading | Paragraph
"""What a page of one thing is made of, in its order."""


def section(title: str, rows: Iterable[PagePart], empty: str) -> Iterator[PagePart]:
    """Rows under a heading; `empty` says that there are none."""
    yield Heading(title)
    listed = list(rows)
    yield from listed or [Row((Piece(empty, Role.QUIET),))]


def printed(parts: Iterable[PagePart]) -> Iterator[str]:
    """A page in lines for a shell or a pipe."""
    for part in parts:
        if isinstance(part, Row):
            yield f"  {part.printed}"
        elif isinstance(part, Heading):
            yield f"── {part.text}{'  ' if part.right else ''}{_joined(part.right)}"
        else:
            yield f"    {part.lead}{part.text}"


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(_filled(piece) for piece in pieces).strip()


def _filled(piece: Piece) -> str:
    return piece.text.rjust(-piece.column) if piece.column < 0 else piece.text.ljust(piece.column)

"""A document before it has a format: chapters of plain text, facts and tables, with what each still lacks.

Nothing here is escaped or formatted: whoever writes a format (Markdown, HTML, CSV, XLSX) does it, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True)
class Amount:
    """Money in cents: written in words of the language for people, as a number in tables of a spreadsheet."""

    cents: int


@dataclass(frozen=True)
class Linked:
    """An address with what is read in its place; it becomes a link only where it is https or http."""

    text: str
    url: str


TableCell: TypeAlias = str | int | float | date | Amount | Linked | None
"""What a table holds. None is nothing known, shown as a dash."""


@dataclass(frozen=True)
class Subhead:
    """A heading within a chapter."""

    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph; line feeds in it are kept as lines."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list, one text a point; numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Pairs:
    """Facts: a label and what is known of it."""

    items: tuple[tuple[str, TableCell], ...]


@dataclass(frozen=True)
class DataTable:
    """Rows under headings. `key` names its file (`contracts` gives `contracts.csv`), `source` says where it is from."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    source: str = ""


ChapterPart: TypeAlias = Subhead | Passage | Points | Pairs | DataTable


@dataclass(frozen=True)
class ToComplete:
    """Something a chapter lacks: what, who brings it, by when, and the code of the record or the command to open."""

    what: str
    who: str = ""
    due: date | None = None
    opens: str = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter; without parts and gaps it is said to hold nothing."""

    key: str
    title: str
    parts: tuple[ChapterPart, ...] = ()
    gaps: tuple[ToComplete, ...] = ()


@dataclass(frozen=True)
class Publication:
    """A whole document. `key` names its files, `lead` stands before the first chapter."""

    key: str
    title: str
    lead: tuple[ChapterPart, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    @property
    def gaps(self) -> tuple[ToComplete, ...]:
        """All that is missing, in the order of the chapters."""
        return tuple(gap for chapter in self.chapters for gap in chapter.gaps)

    def tables(self) -> Iterator[DataTable]:
        """All tables, in the order of the chapters."""
        for parts in (self.lead, *(chapter.parts for chapter in self.chapters)):
            yield from (part for part in parts if isinstance(part, DataTable))

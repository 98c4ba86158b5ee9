"""A document as Markdown (CommonMark with the tables of GFM), the source of all that is read of it.

What a record holds stays text: no sign of it makes a heading, a link, a tag or a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from cockpit.domain.documents.publication import (
    Amount,
    Chapter,
    ChapterPart,
    DataTable,
    Linked,
    Pairs,
    Passage,
    Points,
    Publication,
    Subhead,
    TableCell,
    ToComplete,
)
from cockpit.locale import _
from cockpit.services.desk import dates, forms

UNKNOWN = "–"
_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Bare addresses are made links by most readers of Markdown, also where they are the words of a stranger.
_ADDRESS = re.compile(r"(?<=:)//|\bwww\.", re.IGNORECASE)
_START = re.compile(r"^(\d{1,9}(?=[.)])|)([.)#+=-])")
_LINKED = re.compile(r"https?://[^\s<>()\"'\\]+", re.IGNORECASE)


def of_publication(publication: Publication) -> str:
    """The whole document."""
    lines = [f"# {literal(publication.title)}", ""]
    for part in publication.lead:
        lines += _part(part, 2)
    for chapter in publication.chapters:
        lines += _chapter(chapter, 2)
    return _joined(lines)


def of_chapter(chapter: Chapter, depth: int = 1) -> str:
    """One chapter, its heading at that depth."""
    return _joined(_chapter(chapter, depth))


def literal(text: str) -> str:
    """`text` on one line, as Markdown that shows just it wherever it stands but at the start of a line."""
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _ADDRESS.sub(lambda found: "\\" + found[0] if found[0] == "//" else found[0][:-1] + "\\.",
                        _ENTITY.sub(r"\\&", escaped))  # fmt: skip


def line(text: str) -> str:
    """Like `literal`, also at the start of a line."""
    return _START.sub(r"\1\\\2", literal(text))


def said(cell: TableCell) -> str:
    """A cell in words of the language, before any format."""
    if cell is None or cell == "":
        return UNKNOWN
    if isinstance(cell, Amount):
        return forms.money(cell.cents)
    if isinstance(cell, Linked):
        return cell.text
    if isinstance(cell, datetime):
        return f"{dates.whole_day(cell)} {cell:%H:%M}"
    if isinstance(cell, date):
        return dates.whole_day(cell)
    if isinstance(cell, int | float):
        return forms.decimal(cell)
    return cell


def gap_said(gap: ToComplete) -> str:
    """`to complete: notice of the contract, Sophie, before 12 Dec 2026 (CT-3)`."""
    whole = _("to complete: {what}").format(what=gap.what)
    whole += f", {gap.who}" if gap.who else ", " + _("nobody named")
    whole += ", " + (_("before {day}").format(day=dates.whole_day(gap.due)) if gap.due else _("no date set"))
    return f"{whole} ({gap.opens})" if gap.opens else whole


def _chapter(chapter: Chapter, depth: int) -> Iterator[str]:
    yield from (f"{'#' * depth} {literal(chapter.title)}", "")
    for part in chapter.parts:
        yield from _part(part, depth + 1)
    if chapter.gaps:
        # Set apart from what the chapter says, wherever it is read or pasted.
        yield from (f"> - {line(gap_said(gap))}" for gap in chapter.gaps)
        yield ""
    elif not chapter.parts:
        yield from (_("Nothing is recorded for this chapter."), "")


def _part(part: ChapterPart, depth: int) -> Iterator[str]:
    match part:
        case Subhead(text):
            yield f"{'#' * min(depth, 6)} {literal(text)}"
        case Passage(text):
            yield "\\\n".join(line(each) for each in text.splitlines() if each.strip())
        case Points(items, numbered):
            yield from (f"{f'{n}.' if numbered else '-'} {line(each)}" for n, each in enumerate(items, 1))
        case Pairs(items):
            yield from (f"- **{literal(label)}** {_cell(cell)}" for label, cell in items)
        case DataTable():
            yield from _table(part)
    yield ""


def _table(table: DataTable) -> Iterator[str]:
    if table.title:
        yield from (f"**{literal(table.title)}**", "")
    if not table.rows:
        yield line(_("Nothing to show."))
        return
    numbers = [_is_numbers(table, n) for n in range(len(table.columns))]
    yield _row(literal(each) for each in table.columns)
    yield _row("---:" if each else "---" for each in numbers)
    for row in table.rows:
        yield _row(map(_cell, row))
    if table.source:
        source = _("Source: {source}").format(source=table.source)
        yield from ("", f"*{literal(source)}*")


def _is_numbers(table: DataTable, column: int) -> bool:
    found = [row[column] for row in table.rows if row[column] not in (None, "")]
    return bool(found) and all(isinstance(each, int | float | Amount) for each in found)


def _row(cells: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: TableCell) -> str:
    if isinstance(cell, Linked) and _LINKED.fullmatch(cell.url):
        return f"[{literal(cell.text)}](<{cell.url}>)"
    if isinstance(cell, str) and "\n" in cell:
        return " · ".join(literal(each) for each in cell.splitlines() if each.strip())
    return literal(said(cell))


def _joined(lines: Iterator[str] | list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"

"""The sale file as a publication: the gaps first, then the chapters, as the phase may tell them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents.disclosure import Disclosure, Named
from cockpit.domain.documents.publication import (
    Chapter,
    ChapterPart,
    DataTable,
    Pairs,
    Passage,
    Publication,
    TableCell,
    ToComplete,
)
from cockpit.domain.records.confidentiality import ROOM
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file import changes, consent_calendar, gaps, seal
from cockpit.services.documents.sale_file.chapters import annex
from cockpit.services.documents.sale_file.every import (
    ANNEX,
    ANNEX_TITLE,
    CHAPTERS,
    COVER,
    COVER_TITLE,
    DRAWN_ON,
    SaleChapter,
)
from cockpit.services.documents.sale_file.gaps import ChapterGap
from cockpit.services.documents.sale_file.legend import Legend
from cockpit.services.documents.sale_file.seal import Verdict
from cockpit.services.documents.sale_file.source import SaleSource
from cockpit.services.documents.sale_file.telling import Telling
from cockpit.services.documents.sale_file.words import PHASES
from cockpit.store import journal


@dataclass(frozen=True, kw_only=True)
class SaleRequest:
    """What is asked for: for whom, in which phase, and since when changes are told."""

    disclosure: Disclosure
    recipient: str = ""
    since: datetime | None = None
    closing: date | None = None
    """The day on which the company is to change hands, where one is set."""


@dataclass(frozen=True, kw_only=True)
class SaleFile:
    """One issue before it is written."""

    request: SaleRequest
    publication: Publication
    annexes: tuple[DataTable, ...]
    """Tables that are too long to be read: in the folder and the workbook alone."""
    chain: bytes | None
    """The journal as a third party can check it; at the closing only."""
    calendar: bytes | None
    """The days of the consents; None where no closing is set, and in a teaser."""
    gaps: tuple[ChapterGap, ...]
    """As the document says them."""
    held_back: int
    """Records above the level."""
    changed: int | None
    verdict: Verdict
    legend: Legend


def compose(workspace: Workspace, request: SaleRequest) -> SaleFile:
    """Compose one issue, of one instant, whatever others write meanwhile. Writes nothing. Raises StoreError."""
    with _readings(workspace, request.disclosure.level) as (whole, reading, room):
        verdict = seal.verdict(whole.conn)
        legend = Legend(workspace)
        telling = Telling(reading, request.disclosure, legend)
        source = SaleSource(reading, request.closing)
        found = gaps.of_chapters(source, telling)
        of_annex = tuple(annex.annex_gaps(source, telling, verdict))
        held_back = len(above(whole, request.disclosure.level))
        changed = changes.changed(reading, request.since) if request.since else None
        cover = Chapter(
            "cover", f"{COVER}. {_(COVER_TITLE)}",
            tuple(_cover(
                whole, telling, request, found=found, of_annex=of_annex, verdict=verdict, held_back=held_back,
                changed=changed,
            )),
        )  # fmt: skip
        chapters = [
            _numbered(COVER, cover, telling),
            *(_numbered(each.number, _chapter(each, source, telling, found), telling) for each in CHAPTERS),
            _numbered(ANNEX, Chapter(
                "annex", f"{ANNEX}. {_(ANNEX_TITLE)}", tuple(annex.annex(source, telling, verdict)), of_annex,
            ), telling),
        ]  # fmt: skip
        annexes: tuple[DataTable, ...] = ()
        if not telling.is_anonymous:
            count = sum(isinstance(part, DataTable) for part in chapters[-1].parts)
            annexes = (_titled(annex.extract(room, telling), f"{ANNEX}.{count + 1}"),)
        return SaleFile(
            request=request,
            publication=Publication("sale-file", _title(telling), (), tuple(chapters)),
            annexes=annexes, chain=annex.chain(room) if request.disclosure.hides_nothing else None,
            calendar=consent_calendar.days(source, telling), gaps=found,
            held_back=held_back, changed=None if changed is None else len(changed), verdict=verdict,
            legend=legend,
        )  # fmt: skip


def above(workspace: Workspace, level: int) -> tuple[Record, ...]:
    """The records that the file would draw on and that are above a level."""
    return tuple(
        record
        for name in DRAWN_ON
        for record in workspace.select(
            REGISTERS[name].type, name, "archived_at IS NULL AND conf > ? ORDER BY number", (level,)
        )
    )


@contextmanager
def _readings(workspace: Workspace, level: int) -> Iterator[tuple[Workspace, Workspace, Workspace]]:
    """The cockpit whole, at the level of the issue and at that of its extract, all of one instant."""
    with workspace.beside() as whole:
        reading, room = (whole.behind(min(level, each)) for each in (level, ROOM))
        every = tuple({id(each.conn): each.conn for each in (whole, reading, room)}.values())
        try:
            while True:
                for conn in every:
                    conn.execute("BEGIN")
                # The first query is what begins a reading.
                heads = {journal.head(conn) for conn in every}
                if len(heads) == 1:
                    break
                for conn in every:
                    conn.rollback()
            yield whole, reading, room
        finally:
            for conn in every:
                conn.rollback()
            for each in (reading, room):
                if each.conn is not whole.conn:
                    each.conn.close()


def _title(telling: Telling) -> str:
    phase = _(PHASES[telling.disclosure.phase])
    if telling.is_anonymous:
        return _("Sale file, {phase}").format(phase=phase)
    return _("{company}: sale file, {phase}").format(company=telling.company, phase=phase)


def _cover(
    whole: Workspace, telling: Telling, request: SaleRequest, *, found: tuple[ChapterGap, ...],
    of_annex: tuple[ToComplete, ...], verdict: Verdict, held_back: int,
    changed: tuple[changes.ChangedRecord, ...] | None,
) -> Iterator[ChapterPart]:  # fmt: skip
    disclosure = request.disclosure
    named = {Named.LETTER: _("by letters, the same in every issue"), Named.ROLE: _("by their roles"),
             Named.NAME: _("by name")}[disclosure.people]  # fmt: skip
    facts: list[tuple[str, TableCell]] = [(_("Company"), telling.company), (_("Phase"),
    _(PHASES[disclosure.phase])),
                                          (_("Date"), whole.today())]  # fmt: skip
    if request.recipient:
        facts.append((_("Prepared for"), request.recipient))
    facts += [
        (_("People are named"), named),
        (_("Amounts"), _("as they are") if disclosure.shows_amounts else _("as shares of a whole")),
        (_("Journal"), _("{n} entries, seal {seal}").format(n=verdict.entries, seal=verdict.head)),
        (_("Verification"), verdict.said),
    ]
    yield Pairs(tuple(facts))
    yield Passage(
        _("This file is written from the registers of the company as they stood on that day. What is not proved is"
          " said to be missing, with who brings it; nothing is left blank.")
    )  # fmt: skip
    if held_back and not telling.is_anonymous:
        yield Passage(
            ngettext(
                "{n} record is more confidential than this issue and not told in it.",
                "{n} records are more confidential than this issue and not told in it.", held_back,
            ).format(n=held_back)
        )  # fmt: skip
    yield Passage(gaps.standing(found))
    rows = [
        (chapter.heading, gap.what, gap.who, telling.day(gap.due))
        for chapter in CHAPTERS for gap in gaps.told(chapter, found, telling)
    ]  # fmt: skip
    rows += [(f"{ANNEX}. {_(ANNEX_TITLE)}", gap.what, gap.who, telling.day(gap.due)) for gap in of_annex]
    if rows:
        yield DataTable(
            "gaps",
            _("What is missing"),
            (_("Chapter"), _("What"), _("Who brings it"), _("By when")),
            tuple(rows),
        )
    if changed is not None and request.since is not None:
        yield from changes.parts(changed, telling, request.since.astimezone(whole.zone).date())


def _chapter(
    chapter: SaleChapter, source: SaleSource, telling: Telling, found: tuple[ChapterGap, ...]
) -> Chapter:
    mine = gaps.told(chapter, found, telling)
    parts = tuple(chapter.parts(source, telling))
    lead = Passage(_("What is to be shown: {what}.").format(what=_(chapter.proves)))
    if not parts:
        return Chapter(chapter.key, chapter.heading, (), mine)
    return Chapter(chapter.key, chapter.heading, (lead, *parts), mine)


def _numbered(number: int, chapter: Chapter, telling: Telling) -> Chapter:
    """Its tables go by the numbers that a data room expects: `4.2`."""
    count = itertools.count(1)
    parts = tuple(
        _titled(_filled(part) if telling.is_anonymous else part, f"{number}.{next(count)}")
        if isinstance(part, DataTable)
        else part
        for part in chapter.parts
    )
    return replace(chapter, parts=parts)


def _filled(table: DataTable) -> DataTable:
    """Without the columns of which this phase tells nothing."""
    kept = [
        n
        for n in range(len(table.columns))
        if not table.rows or any(row[n] not in (None, "") for row in table.rows)
    ]
    columns = tuple(table.columns[n] for n in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[n] for n in kept) for row in table.rows))


def _titled(table: DataTable, number: str) -> DataTable:
    return replace(table, title=f"{number} {table.title}")

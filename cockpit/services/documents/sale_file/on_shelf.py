"""The sale file on the shelf of documents: what went out last, and the file as those who complete it read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import shelf
from cockpit.services.documents.sale_file.releases import aimed_at, last_release
from cockpit.services.documents.shelf import WrittenLast

if TYPE_CHECKING:
    from cockpit.domain.documents.publication import Publication


def standing(workspace: Workspace) -> WrittenLast:
    """What was handed out last, in which phase and to whom; nothing below the chief executive's level."""
    found = last_release(workspace)
    if found is None:
        return WrittenLast()
    page = next(iter(sorted((shelf.folder(workspace) / found.folder).glob("*.html"))), None)
    note = " · ".join(
        filter(None, (_(REGISTERS["release"].field("phase").choices[found.phase]), found.recipient))
    )
    return WrittenLast(written_at=found.issued_at, entries=found.head_seq, page=page, note=note)


def composed(workspace: Workspace) -> Publication:
    """The file by names, as far as this workspace reads, with what opens each gap. Nothing of it is handed out."""
    from cockpit.domain.documents.disclosure import Disclosure, SalePhase
    from cockpit.domain.documents.publication import Chapter, DataTable, Passage, Publication
    from cockpit.services.documents.sale_file import gaps
    from cockpit.services.documents.sale_file.every import CHAPTERS, COVER, COVER_TITLE
    from cockpit.services.documents.sale_file.legend import Legend
    from cockpit.services.documents.sale_file.source import SaleSource
    from cockpit.services.documents.sale_file.telling import Telling

    telling = Telling(workspace, Disclosure(SalePhase.CLOSING), Legend(workspace))
    source = SaleSource(workspace, aimed_at(workspace))
    found = gaps.of_chapters(source, telling)
    counts = {each: sum(gap.chapter is each for gap in found) for each in CHAPTERS}
    rows = tuple((each.heading, n, _(each.completed_by)) for each, n in counts.items() if n)
    columns = (_("Chapter"), _("Proofs"), _("Complete with"))
    cover = (Passage(gaps.standing(found)), DataTable("gaps", _("What is missing"), columns, rows))
    chapters = tuple(
        Chapter(
            chapter.key, chapter.heading, tuple(chapter.parts(source, telling)),
            tuple(each.gap for each in found if each.chapter is chapter),
        )
        for chapter in CHAPTERS
    )  # fmt: skip
    return Publication(
        "sale-file", _("Sale file"), (), (Chapter("cover", f"{COVER}. {_(COVER_TITLE)}", cover), *chapters)
    )

"""What the sale file still lacks, chapter by chapter: what, who, by when, and what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents.disclosure import Disclosure, SalePhase
from cockpit.domain.documents.publication import ToComplete
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file.every import CHAPTERS, SaleChapter
from cockpit.services.documents.sale_file.legend import Legend
from cockpit.services.documents.sale_file.source import SaleSource
from cockpit.services.documents.sale_file.telling import Telling


@dataclass(frozen=True)
class ChapterGap:
    """One thing that a chapter lacks."""

    chapter: SaleChapter
    gap: ToComplete


def gap_list(workspace: Workspace, closing: date | None = None) -> tuple[ChapterGap, ...]:
    """All that is missing, for those who can complete it: names, codes and commands, in the order of the chapters.

    Through a veil, what is above its level is neither told nor asked for.
    """
    telling = Telling(workspace, Disclosure(SalePhase.CLOSING), Legend(workspace))
    return of_chapters(SaleSource(workspace, closing), telling)


def of_chapters(source: SaleSource, telling: Telling) -> tuple[ChapterGap, ...]:
    """The same as an issue says it."""
    return tuple(ChapterGap(chapter, gap) for chapter in CHAPTERS for gap in chapter.gaps(source, telling))


def told(chapter: SaleChapter, found: Sequence[ChapterGap], telling: Telling) -> tuple[ToComplete, ...]:
    """The gaps of a chapter as the document says them: without what opens them, which is of no use to a reader.

    Where nobody may know the company they are one: how many, and what makes the chapter whole.
    """
    mine = [each.gap for each in found if each.chapter is chapter]
    if not telling.is_anonymous:
        return tuple(replace(gap, opens="") for gap in mine)
    if not mine:
        return ()
    said = ngettext("{n} proof; complete with {what}", "{n} proofs; complete with {what}", len(mine))
    due = max((gap.due for gap in mine if gap.due is not None), default=None)
    month = add_months(due, 1).replace(day=1) if due is not None else None
    return (ToComplete(said.format(n=len(mine), what=_(chapter.completed_by)), _("the company"), month),)


def standing(found: Sequence[ChapterGap]) -> str:
    """`5 of 13 chapters are complete · 31 proofs are missing`: how far it is, never a mark."""
    lacking = {each.chapter.number for each in found}
    n = len(CHAPTERS) - len(lacking)
    whole = ngettext("{n} of {all} chapters is complete", "{n} of {all} chapters are complete", n)
    whole = whole.format(n=n, all=len(CHAPTERS))
    if not found:
        return whole
    missing = ngettext("{n} proof is missing", "{n} proofs are missing", len(found)).format(n=len(found))
    return f"{whole} · {missing}"


def to_json(each: ChapterGap) -> dict[str, object]:
    """With stable keys."""
    return {
        "chapter": each.chapter.number, "key": each.chapter.key, "what": each.gap.what,
        "who": each.gap.who or None,
        "due": each.gap.due.isoformat() if each.gap.due else None, "opens": each.gap.opens or None,
    }  # fmt: skip

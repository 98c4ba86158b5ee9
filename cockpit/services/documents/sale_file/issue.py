"""Writes one issue of the sale file as a data room expects it, and records it. Sends nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.documents.publication import ChapterPart, DataTable, Passage, Publication, TableCell
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.release import SALE_FILE
from cockpit.domain.text import digest, slug, typed
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk.paths import short
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import folder, markdown, page, tables
from cockpit.services.documents.sale_file import identities, seal
from cockpit.services.documents.sale_file.compose import SaleFile
from cockpit.services.documents.sale_file.releases import releases
from cockpit.services.documents.sale_file.words import PHASES, masks_said
from cockpit.store.journal import PROGRAM
from cockpit.store.transaction import transaction

INDEX, CALENDAR = "INDEX.csv", "04-consents.ics"
MOST = 100
"""Rows of a table that the document shows; the table itself has all of them."""
_STEM = N_("sale-file")


@dataclass(frozen=True)
class Issued:
    """An issue that was written."""

    code: str
    """Of its record."""
    folder: Path
    files: tuple[Path, ...]
    digest: str


def place(workspace: Workspace, sale_file: SaleFile, out: Path) -> Path:
    """The folder of an issue: its day and phase."""
    phase = sale_file.request.disclosure.phase.value
    return out / f"dossier-{workspace.today():%Y-%m-%d}-{phase}"


def issue(workspace: Workspace, sale_file: SaleFile, out: Path) -> Issued:
    """Write a whole new folder within `out`, or nothing, and the record of it.

    Raises CannotWrite for what the folder refuses, NotPossible where a teaser would tell a name, and sqlite3.Error
    where the record cannot be written, with no folder left.
    """
    files = contents(workspace, sale_file)
    _refuse_names(workspace, sale_file, files)
    request, target = sale_file.request, place(workspace, sale_file, out)
    _refuse_unrecorded(workspace, target)
    sums = digest(files[folder.CHECKSUMS].decode())
    phase = request.disclosure.phase
    name = _("Sale file, {phase}").format(phase=_(PHASES[phase]))
    values: dict[str, Value] = {
        "name": name, "document": SALE_FILE, "phase": phase.value, "recipient": typed(request.recipient),
        "issued_at": workspace.clock(), "masked": masks_said(request.disclosure.masks),
        "level": request.disclosure.level, "folder": target.name, "files": len(files), "digest": sums,
        "head_seq": sale_file.verdict.entries, "head": sale_file.verdict.head, "conf": EVERYTHING,
    }  # fmt: skip
    written: list[Path] = []
    try:
        with transaction(workspace.conn):
            sale_file.legend.keep()
            # What left stays left: nobody's undo takes the record of it back.
            reason = _("handed out by {name}").format(name=workspace.my_name)
            made = workspace.change_all(
                [(REGISTERS["release"], None, values)], "release.add", reason, by=PROGRAM
            )
            written = folder.write_new(target, files)
    except sqlite3.Error:
        # What no record tells of is not there to be handed out.
        if written:
            shutil.rmtree(target, ignore_errors=True)
        raise
    return Issued(made[0].code, target, tuple(written), sums)


def _refuse_unrecorded(workspace: Workspace, target: Path) -> None:
    """Between the folder and its record a kill fits: what it left is told, since it may be somebody else's."""
    if target.exists() and all(each.folder != target.name for each in releases(workspace)):
        raise folder.CannotWrite(
            _(
                "{path} is there, and no record tells of it: its writing was cut short, or it is another company's;"
                " look at it, then remove it or name another folder with --out"
            ).format(path=short(target))
        )


def contents(workspace: Workspace, sale_file: SaleFile) -> dict[str, bytes]:
    """Every file of the folder, by its name."""
    publication, stem = sale_file.publication, slug(_(_STEM))
    every = (*publication.tables(), *sale_file.annexes)
    named = {_file_of(table): table for table in every}
    source = markdown.of_publication(_readable(publication))
    more = [each for each in _other_files(sale_file) if each.content is not None]
    index = _index(publication.title, stem, named, more)
    files = {
        f"{stem}.md": source.encode(),
        f"{stem}.html": page.of_markdown(publication.title, source).encode(),
        f"{stem}.xlsx": tables.workbook((index, *every), made=workspace.now()),
        **{name: tables.csv_of(table) for name, table in named.items()},
        **{each.name: each.content for each in more if each.content is not None},
        INDEX: tables.csv_of(index),
        seal.CHECK: seal.PROGRAM.encode(),
    }
    return {**files, folder.CHECKSUMS: folder.checksums(files)}


def _readable(publication: Publication) -> Publication:
    """The document as it is read: of a long table the first rows, and where the others are."""
    chapters = (replace(each, parts=tuple(_cut(each.parts))) for each in publication.chapters)
    return replace(publication, chapters=tuple(chapters))


def _cut(parts: Iterable[ChapterPart]) -> Iterator[ChapterPart]:
    for part in parts:
        if not isinstance(part, DataTable) or len(part.rows) <= MOST:
            yield part
            continue
        yield replace(part, rows=part.rows[:MOST])
        rest = len(part.rows) - MOST
        said = ngettext("{n} more row: {file}", "{n} more rows: {file}", rest)
        yield Passage(said.format(n=rest, file=_file_of(part)))


def _file_of(table: DataTable) -> str:
    """`04.2-contracts-in-force.csv`: in the order of the numbers, whatever sorts the names."""
    number, _blank, title = table.title.partition(" ")
    chapter, _dot, part = number.partition(".")
    return f"{int(chapter):02}.{part}-{slug(title)[:60].strip('-')}.csv"


@dataclass(frozen=True)
class _OtherFile:
    """A file of the folder that is no table."""

    number: str
    name: str
    title: str
    source: str
    content: bytes | None


def _other_files(sale_file: SaleFile) -> tuple[_OtherFile, ...]:
    tables_of_annex = (*sale_file.publication.tables(), *sale_file.annexes)
    number = f"14.{sum(table.title.startswith('14.') for table in tables_of_annex) + 1}"
    return (
        _OtherFile("4", CALENDAR, _("Calendar of the consents"), _("register of contracts"), sale_file.calendar),
        _OtherFile(
            number, f"{number}-journal.jsonl", _("Journal, entry by entry"),
            _("to be followed by {file}").format(file=seal.CHECK), sale_file.chain,
        ),
    )  # fmt: skip


def _index(title: str, stem: str, named: Mapping[str, DataTable], more: Iterable[_OtherFile]) -> DataTable:
    whole = [
        ("0", title, f"{stem}.md", None, _("the document, as text")),
        ("0", title, f"{stem}.html", None, _("the same, to be read and printed")),
        ("0", title, f"{stem}.xlsx", None, _("all tables in one workbook")),
    ]
    rows: list[tuple[TableCell, ...]] = [
        (table.title.partition(" ")[0], table.title.partition(" ")[2], name, len(table.rows), table.source)
        for name, table in named.items()
    ]
    rows += [(each.number, each.title, each.name, None, each.source) for each in more]
    rows.sort(key=lambda row: [int(part) for part in str(row[0]).split(".")])
    checks = [
        ("14", _("Fingerprints of all files"), folder.CHECKSUMS, None, "SHA-256"),
        ("14", _("Program that checks this folder"), seal.CHECK, None, "Python 3"),
    ]
    return DataTable(
        "index", _("Index"), (_("No."), _("Document"), _("File"), _("Rows"), _("Source")),
        (*whole, *rows, *checks),
    )  # fmt: skip


def _refuse_names(workspace: Workspace, sale_file: SaleFile, files: dict[str, bytes]) -> None:
    """The last look at a teaser: nothing in it may be a name that is known."""
    if not sale_file.request.disclosure.is_anonymous:
        return
    known = identities.telling(workspace)
    texts = [*files, files[f"{slug(_(_STEM))}.md"].decode()]
    texts += [each.decode() for name, each in files.items() if name.endswith(".csv")]
    # Whom it is prepared for may read their own name.
    found = {
        name
        for text in texts
        for name in known.found_in(text.replace(sale_file.request.recipient or "\0", ""))
    }
    if found:
        raise NotPossible(
            _("teaser"), _("it would tell {names}; nothing was written").format(names=", ".join(sorted(found)))
        )  # fmt: skip

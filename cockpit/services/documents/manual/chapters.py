"""The administration manual: its pages, and the sections of the page of a function, each declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import (
    Chapter,
    ChapterPart,
    DataTable,
    Passage,
    Points,
    Publication,
    Subhead,
    ToComplete,
)
from cockpit.domain.records.confidentiality import EVERYTHING, ROOM
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.tool import Tool
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.manual import carrying, working, yearly
from cockpit.services.documents.manual.source import FunctionSource, ManualSource, Section, read
from cockpit.services.organisation import restore_words
from cockpit.store.state import restore_drills

SHARED = ROOM
"""The level of a manual that a whole company reads, unless somebody says otherwise."""


@dataclass(frozen=True)
class ManualSection:
    """A section of the page of each function: its title, what it draws on, what completes it, how it is written."""

    key: str
    title: str
    draws_on: tuple[str, ...]
    """Names of registers."""
    completed_by: str
    """What to write down where it says `to complete`."""
    written: Callable[[FunctionSource], Section]

    def chapter(self, source: FunctionSource) -> Chapter:
        """The section of one function."""
        return Chapter(self.key, _(self.title), *self.written(source))


SECTIONS: tuple[ManualSection, ...] = (
    ManualSection(
        "purpose", N_("What it is for"), ("function", "scope"), N_("a post scope of the function"),
        carrying.purpose,
    ),
    ManualSection(
        "people", N_("Who carries it"), ("function", "person", "provider", "contract", "continuity"),
        N_("an owner and a backup"), carrying.people,
    ),
    ManualSection(
        "decisions", N_("Who decides"), ("circuit",), N_("a decision circuit"), carrying.decisions,
    ),
    ManualSection(
        "raci", N_("Who does what"), ("process",), N_("processes with exactly one person accountable"), working.raci,
    ),
    ManualSection(
        "calendar", N_("Calendar of the year"),
        ("contract", "audit", "function", "risk", "continuity", "drill", "process", "access", "report", "handover"),
        N_("the start of each contract"), yearly.of_function,
    ),
    ManualSection(
        "promises", N_("What is promised (SLA)"), ("policy", "contract", "report"), N_("a service promise"),
        working.promises,
    ),
    ManualSection(
        "contacts", N_("Whom to reach"), ("person", "provider"), N_("the contact of each"), carrying.contacts,
    ),
    ManualSection(
        "flows", N_("What passes"), ("interface",), N_("how often, by what channel, who answers for it"),
        carrying.flows,
    ),
    ManualSection(
        "steps", N_("How it is done"), ("process", "document"),
        N_("the steps or a document of each process, and the yearly signature of those that are key"), working.steps,
    ),
    ManualSection(
        "accesses", N_("Accesses and tools"), ("access", "tool"),
        N_("where each secret lives, and a second administrator"), working.accesses,
    ),
    ManualSection(
        "documents", N_("Documents"), ("document",), N_("a document with a link that is not dead"), working.documents,
    ),
    ManualSection(
        "continuity", N_("If it stops"), ("continuity", "drill"),
        N_("a plan with who takes over and its steps, tried once; for a critical function"), working.continuity,
    ),
)  # fmt: skip
"""In the order of the page."""
HELD = tuple(dict.fromkeys(name for section in SECTIONS for name in section.draws_on))
"""The registers that the manual draws on."""
COMPANY, COMMON, DIRECTORY, INDEX = "company-calendar", "common", "directory", "index"
"""Keys of the pages that belong to no function."""


@dataclass(frozen=True)
class ManualPage:
    """One page: its key (the code of a function, or one of those above), its title, its sections."""

    key: str
    title: str
    sections: tuple[Chapter, ...]
    summary: tuple[str, ...] = ()
    """Of a function: mode, owner, backup, as the index shows them."""

    @property
    def gaps(self) -> tuple[ToComplete, ...]:
        """All that it lacks."""
        return tuple(gap for section in self.sections for gap in section.gaps)


@dataclass(frozen=True)
class Manual:
    """The whole: the company's name, the pages, functions first."""

    title: str
    lead: str
    pages: tuple[ManualPage, ...]
    level: int
    held_back: bool
    """Whether the company has records above the level, which are not in it."""

    @property
    def gaps(self) -> tuple[ToComplete, ...]:
        """All that is missing, page by page."""
        return tuple(gap for page in self.pages for gap in page.gaps)


def compose(workspace: Workspace, *, max_conf: int = SHARED) -> Manual:
    """The manual as the records have it now, without anything more confidential than `max_conf`."""
    with _behind(workspace, max_conf) as behind:
        source = read(behind, max_conf)
        functions = [FunctionSource(all=source, function=each) for each in source.functions]
        pages = [_page(each) for each in functions]
        pages += [
            ManualPage(COMPANY, _("Calendar of the company"), (yearly.of_company(source, functions),)),
            ManualPage(DIRECTORY, _("Directory"), (_people(source), _providers(source))),
            ManualPage(COMMON, _("What every function shares"), tuple(_common(source))),
        ]
        company = behind.settings.company.name
        title = _("Administration manual")
        return Manual(
            f"{title} · {company}" if company else title,
            _("How each function works, who carries it, and what is done when it stops: for whoever takes over."),
            tuple(pages), max_conf, behind.holds_back(*HELD),
        )  # fmt: skip


def publication(manual: Manual) -> Publication:
    """The manual as one document, a chapter a page."""
    chapters = []
    for page in manual.pages:
        parts: list[ChapterPart] = []
        for section in page.sections:
            parts += [Subhead(section.title), *section.parts]
        chapters.append(Chapter(page.key, page.title, tuple(parts), page.gaps))
    return Publication("manual", manual.title, (Passage(manual.lead),), tuple(chapters))


@contextmanager
def _behind(workspace: Workspace, level: int) -> Iterator[Workspace]:
    """The same cockpit behind the veil of a level; whoever reads behind a lower one keeps it."""
    level = min(level, workspace.room if workspace.room is not None else EVERYTHING)
    behind = workspace.behind(level)
    try:
        yield behind
    finally:
        if behind is not workspace:
            behind.conn.close()


def _page(source: FunctionSource) -> ManualPage:
    function, all_ = source.function, source.all
    sections = tuple(each.chapter(source) for each in SECTIONS)
    owner = all_.name(function.owner) if all_.is_there(function.owner) else ""
    backup = all_.name(source.backup) if all_.is_there(source.backup) else ""
    return ManualPage(function.code, function.name, sections, (all_.said(function, "mode"), owner, backup))


def _people(source: ManualSource) -> Chapter:
    rows = tuple(
        (each.name, each.role or source.said(each, "kind"), source.name(each.provider) or None,
         source.said(each, "presence") or None, each.contact or None, source.name(each.backup) or None)
        for each in sorted(source.every(Person), key=lambda each: each.name)
        if each.code not in source.gone
    )  # fmt: skip
    columns = (_("Name"), _("Role"), _("Company"), _("Presence"), _("Contact"), _("Backup"))
    gaps = () if rows else (ToComplete(_("the people of the company"), source.name(source.workspace.chief)),)
    return Chapter("people", _("People"), (DataTable("people", "", columns, rows),) if rows else (), gaps)


def _providers(source: ManualSource) -> Chapter:
    rows = tuple(
        (each.name, each.category or None, each.contact or None,
         source.function_names(tuple(dict.fromkeys(
             code for bound in source.contracts if bound.provider == each.code for code in bound.functions))) or None)
        for each in sorted(source.every(Provider), key=lambda each: each.name)
    )  # fmt: skip
    columns = (_("Provider"), _("Category"), _("Contact"), _("Functions"))
    return Chapter("providers", _("Providers"), (DataTable("providers", "", columns, rows),) if rows else ())


def _copies(source: ManualSource) -> Chapter:
    """The copies of the register itself: when one was last restored for a trial, what that showed, how it is done."""
    tried = [each for each in restore_drills.last(source.workspace.conn) if not each.fault]
    # Why one could not be restored may name places of this machine: the alert and the doctor say it.
    said = tuple(restore_words.in_words(each) for each in tried)
    chief = source.name(source.workspace.chief)
    missing = ToComplete(_("a restore drill of the cockpit's copies"), chief, opens="cockpit drill")
    how = _("cockpit restore puts a copy in the place of the register, after it said what would be lost.")
    return Chapter(
        "copies", _("Copies of this register"), (Points((*said, how)),), () if said else (missing,)
    )


def _common(source: ManualSource) -> Iterator[Chapter]:
    """What belongs to no function: accesses, documents, tools, the copies of the register."""
    accesses = tuple(each for each in source.every(Access) if each.revoked_on is None and not each.function)
    if accesses:
        yield Chapter("accesses", _("Accesses"), (working.access_table(source, accesses),))
    documents = tuple(each for each in source.every(Document) if not each.function and not each.process)
    if documents:
        rows = tuple(
            (working.where(each), source.name(each.owner) or None, each.reviewed_on) for each in documents
        )
        columns = (_("Document"), _("Owner"), _("Reviewed"))
        yield Chapter("documents", _("Documents"), (DataTable("documents", "", columns, rows),))
    tools = source.every(Tool)
    if not (accesses or documents or tools):
        yield Chapter("common", _("Accesses, documents and tools"))
    if tools:
        rows_of_tools = tuple(
            (
                each.name,
                each.usage or None,
                source.name(each.owner) or None,
                source.named(each.processes) or None,
            )
            for each in tools
        )
        headings = (_("Tool"), _("Usage"), _("Owner"), _("Processes"))
        yield Chapter("tools", _("Tools"), (DataTable("tools", "", headings, rows_of_tools),))
    yield _copies(source)

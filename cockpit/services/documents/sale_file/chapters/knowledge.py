"""Chapters 8 and 9: how things are done and who tried it from the paper alone; who may enter which system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cockpit.domain.documents.publication import (
    ChapterPart,
    DataTable,
    Linked,
    Passage,
    TableCell,
    ToComplete,
)
from cockpit.domain.organisation import signature
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.process import Process
from cockpit.domain.signals.formulas.organisation import accesses as access_rules
from cockpit.domain.signals.formulas.organisation import documentation
from cockpit.locale import N_, _, ngettext
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling, label
from cockpit.services.organisation import signatures

LACKS = {
    "none": N_("not written down"), "link": N_("its document has no link"),
    "owner": N_("nobody there owns its document"),
    "old": N_("its document was not reviewed in time"),
    "untested": N_("no second person tried it from the document"),
}  # fmt: skip


def manual(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Each process with its document, its last review and the test by a second person."""
    if not source.processes:
        return
    lacks = {each.code: documentation.lack(each, source.facts) for each in source.processes}
    sound = sum(not lack for lack in lacks.values())
    yield Passage(
        _("{n} of {all} processes can be taken over from their document alone: it is reviewed, owned and tried by a"
          " second person.").format(n=sound, all=len(lacks))
    )  # fmt: skip
    if telling.is_anonymous:
        yield _by_function(source, telling, lacks)
        return
    yield _each(source, telling, lacks)
    signed = source.signatures
    if signed:
        yield DataTable(
            "signatures", _("Key processes, signed each year by the chief executive"),
            (_("Process"), _("Function"), _("State"), _("Signed"), _("Holds until")),
            tuple(
                (
                    telling.title(each.process), telling.function(each.process.function),
                    _(signatures.STATES[each.state][2]), telling.day(each.on), telling.day(each.due),
                )
                for each in signed
            ),
            source=_("register of processes"),
        )  # fmt: skip
    others = [each for each in source.documents if not each.process]
    if others:
        yield DataTable(
            "documents", _("Other documents"),
            (_("Document"), _("Function"), _("Owner"), _("Reviewed"), _("Tested by"), _("Tested")),
            tuple(
                (_named(each, telling), telling.function(each.function), *_paper(each,
                 telling)[1:]) for each in others
            ),
            source=_("register of documents"),
        )  # fmt: skip


def _by_function(source: SaleSource, telling: Telling, lacks: Mapping[str, str]) -> DataTable:
    key = {each.process.code: each.state == signature.SIGNED for each in source.signatures}
    rows = []
    for code in dict.fromkeys(each.function for each in source.processes):
        mine = [each.code for each in source.processes if each.function == code]
        rows.append((
            telling.function(code), len(mine), sum(not lacks[each] for each in mine),
            sum(each in key for each in mine), sum(key.get(each, False) for each in mine),
        ))  # fmt: skip
    return DataTable(
        "processes", _("Processes and their documents"),
        (_("Function"), _("Processes"), _("Can be taken over from the document"), _("Key processes"),
         _("Of those, signed this year by the chief executive")),
        tuple(rows), source=_("registers of processes and documents"),
    )  # fmt: skip


def _each(source: SaleSource, telling: Telling, lacks: Mapping[str, str]) -> DataTable:
    mine: dict[str, Document] = {}
    for document in source.documents:
        best = mine.get(document.process)
        if document.process and (best is None or str(document.reviewed_on) > str(best.reviewed_on)):
            mine[document.process] = document
    rows = tuple(
        (
            telling.function(each.function), telling.title(each), f"{each.criticality}/4",
            *_paper(mine.get(each.code), telling),
            _(LACKS[lacks[each.code]]) if lacks[each.code] else _("complete"),
        )
        for each in source.processes
    )  # fmt: skip
    return DataTable(
        "processes", _("Processes and their documents"),
        (_("Function"), _("Process"), _("Criticality"), _("Document"), _("Owner"), _("Reviewed"),
         _("Tested by"), _("Tested"), _("State")),
        rows, source=_("registers of processes and documents"),
    )  # fmt: skip


def _paper(document: Document | None, telling: Telling) -> tuple[TableCell, ...]:
    if document is None:
        return (None, None, None, None, None)
    return (
        _named(document, telling), telling.person(document.owner), telling.day(document.reviewed_on),
        telling.person(document.tested_by), telling.day(document.tested_on),
    )  # fmt: skip


def _named(document: Document, telling: Telling) -> TableCell:
    name = telling.title(document)
    return name if telling.is_anonymous or not document.link else Linked(name, document.link)


def manual_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Processes that nobody else could take over from what is written."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    owners = {card.record.code: card.record.owner for card in source.cards}
    if not source.processes:
        yield ToComplete(_("the processes, each with its document"), chief, due, "cockpit raci")

    def gap(each: Process, lack: str) -> ToComplete:
        return ToComplete(
            _("{name}: {value}").format(name=telling.title(each), value=_(LACKS[lack])),
            telling.person(each.accountable or owners.get(each.function, "")) or chief, due, each.code,
        )  # fmt: skip

    lacking = [(each, lack) for each in source.processes if (lack := documentation.lack(each, source.facts))]
    lacking.sort(key=lambda pair: -pair[0].criticality)
    yield from few(
        [gap(each, lack) for each, lack in lacking if each.criticality >= CRITICAL], "cockpit raci"
    )
    rest = [each for each, _lack in lacking if each.criticality < CRITICAL]
    if rest:
        said = ngettext(
            "{n} less critical process without a document that is complete",
            "{n} less critical processes without a document that is complete", len(rest),
        )  # fmt: skip
        yield ToComplete(said.format(n=len(rest)), chief, due, "cockpit raci")
    yield from few(
        [
            ToComplete(
                _("{name}: {value}").format(name=telling.title(each.process),
                value=_(signatures.STATES[each.state][2])),
                chief, source.wanted(), each.process.code,
            )
            for each in source.signatures if each.state != signature.SIGNED
        ],
        "cockpit sign",
    )  # fmt: skip


def accesses(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Who enters which system, with which rights; where the secret lives is told at the closing alone."""
    found = source.accesses
    if not found:
        return
    admins = [each for each in found if each.level == "admin"]
    doubled = sum(bool(each.second_admin) for each in admins)
    yield Passage(
        _(
            "{n} accesses are open; {doubled} of {admins} administrators have a second one. No secret stands in"
            " this file."
        ).format(
            n=len(found), doubled=doubled, admins=len(admins)
        )
    )  # fmt: skip
    if telling.is_anonymous:
        yield _by_level(source)
        return
    yield DataTable(
        "accesses", _("Accesses"),
        (_("System"), _("Holder"), _("Level"), _("Function"), _("Shared account"), _("Second administrator"),
         _("Where the secret lives"), _("Reviewed"), _("To be settled")),
        tuple(
            (
                telling.title(each), telling.party(each.holder), label("access", "level", each.level),
                telling.function(each.function), _("yes") if each.shared else _("no"),
                telling.party(each.second_admin),
                telling.words(each.vault) if telling.shows_vaults else _("told at the closing"),
                telling.day(each.reviewed_on), _why(source, each.code),
            )
            for each in found
        ),
        source=_("register of accesses"),
    )  # fmt: skip


def _by_level(source: SaleSource) -> DataTable:
    rows = []
    for level in dict.fromkeys(each.level for each in source.accesses):
        mine = [each for each in source.accesses if each.level == level]
        rows.append((
            label("access", "level", level), len(mine), sum(bool(each.second_admin) for each in mine),
            sum(bool(source.access_faults[each.code]) for each in mine),
        ))  # fmt: skip
    return DataTable(
        "accesses", _("Accesses by level"),
        (_("Level"), _("Accesses"), _("With a second administrator"), _("To be settled")), tuple(rows),
        source=_("register of accesses"),
    )  # fmt: skip


def _why(source: SaleSource, code: str) -> str:
    why = source.access_faults.get(code, "")
    return _(access_rules.SIGNAL.whys[why]) if why else ""


def access_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Accesses of those who left, shared ones, those without a second administrator or not looked at."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    if not source.accesses:
        yield ToComplete(_("the accesses: who enters which system"), chief, due, "cockpit list accesses")
    order = list(access_rules.SIGNAL.whys)
    wrong = [each for each in source.accesses if source.access_faults.get(each.code)]
    wrong.sort(key=lambda each: (order.index(source.access_faults[each.code]), each.code))
    yield from few(
        [
            ToComplete(
                _("{name}: {value}").format(name=telling.title(each), value=_why(source, each.code)), chief,
                source.today if source.access_faults[each.code] == "left" else due, each.code,
            )
            for each in wrong
        ],
        "cockpit list accesses",
    )  # fmt: skip

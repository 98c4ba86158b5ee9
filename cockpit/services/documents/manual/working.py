"""How a function works: its RACI, the steps of its processes, its promises, accesses, documents and continuity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.documents.publication import (
    ChapterPart,
    DataTable,
    Linked,
    Pairs,
    Passage,
    Points,
    Subhead,
    TableCell,
    ToComplete,
)
from cockpit.domain.organisation import raci as raci_rules
from cockpit.domain.organisation import readiness, signature
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.process import Process
from cockpit.domain.text import safe_link
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.documents import links
from cockpit.services.documents.manual.source import FunctionSource, ManualSource, Section
from cockpit.services.organisation import continuity as continuity_words
from cockpit.services.organisation import signatures
from cockpit.services.organisation.raci import FAULTS
from cockpit.services.promises.promise_words import target_words

_MARK = re.compile(r"^\s*(?:\d{1,2}\s*[.)/]|[-–•*])\s+")
"""What a person wrote before a step to number it."""


def raci(source: FunctionSource) -> Section:
    """Who answers for each process, who does it, who is asked before and told after."""
    all_ = source.all
    rows = tuple(
        (each.name, all_.name(each.accountable) or None, all_.named(each.responsible) or None,
         all_.named(each.consulted) or None, all_.named(each.informed) or None)
        for each in source.processes
    )  # fmt: skip
    columns = (
        _("Process"), _("Accountable (A)"), _("Responsible (R)"), _("Consulted (C)"), _("Informed (I)"),
    )  # fmt: skip
    gaps = [
        all_.missing(each, _("{name}: {value}").format(name=each.name, value=said), source.function.owner)
        for each, said in _raci_faults(source.processes)
    ]
    if not rows:
        gaps.append(
            all_.missing(source.function, _("its processes, and who does what"), source.function.owner)
        )
    return (DataTable("raci", "", columns, rows),) if rows else (), tuple(gaps)


def _raci_faults(processes: tuple[Process, ...]) -> Iterator[tuple[Process, str]]:
    found = raci_rules.faults(processes)
    for each in processes:
        if each.code in found:
            yield each, ", ".join(_(FAULTS[fault]) for fault in found[each.code])


def steps(source: FunctionSource) -> Section:
    """Each process, step by step, with who vouches for it and the document that says more."""
    all_ = source.all
    parts: list[ChapterPart] = []
    gaps: list[ToComplete] = []
    for each in source.processes:
        parts.append(Subhead(each.name))
        written = [_MARK.sub("", line).strip() for line in each.steps.splitlines() if line.strip()]
        if len(written) > 1:
            parts.append(Points(tuple(written), numbered=True))
        elif written:
            parts.append(Passage(written[0]))
        documents = source.documents_of(each)
        facts: list[tuple[str, TableCell]] = [(_("Written down in"), where(doc)) for doc in documents]
        if signature.is_key(each):
            found = signatures.of(all_.workspace, each, all_.names)
            facts.append((_("Yearly signature"), signatures.in_words(found)))
            if found.state != signature.SIGNED:
                what = _("the chief executive's signature on {name}").format(name=each.name)
                gaps.append(all_.missing(each, what))
        if facts:
            parts.append(Pairs(tuple(facts)))
        if not written and not documents:
            gaps.append(all_.missing(each, _("the steps of {name}").format(name=each.name),
                                     each.accountable or source.function.owner))  # fmt: skip
    if not parts:
        gaps.append(all_.missing(source.function, _("its processes, step by step"), source.function.owner))
    return tuple(parts), tuple(gaps)


def promises(source: FunctionSource) -> Section:
    """What was promised to it, in which time, and the reports that are owed."""
    all_ = source.all
    rows = [
        (each.name, all_.said(each, "metric"), all_.said(each, "severity"), target_words(each.target),
         all_.said(each, "hours") or None)
        for each in source.policies
    ]  # fmt: skip
    rows += [
        (each.name, _("resolution"), _("all"), target_words(each.sla), all_.said(each, "hours") or None)
        for each in source.contracts if each.sla
    ]  # fmt: skip
    parts: list[ChapterPart] = []
    if rows:
        columns = (_("Promise"), _("Measures"), _("Severity"), _("Target"), _("Service hours"))
        parts.append(DataTable("promises", "", columns, tuple(rows)))
    if source.reports:
        owed = (_("Expected report"), _("Owed by"), _("About"), _("Every"), _("Next due"))
        rows_owed = tuple(
            (each.name, all_.name(each.source), all_.said(each, "pillar"), all_.said(each, "period"), each.due)
            for each in source.reports
        )  # fmt: skip
        parts.append(DataTable("reports", "", owed, rows_owed))
    gaps: tuple[ToComplete, ...] = ()
    if not rows and source.function.mode != "internal":
        what = _("what is promised, and within what delay (a service promise)")
        gaps = (all_.missing(source.function, what, source.function.owner),)
    elif not parts:
        parts.append(Passage(_("Carried in-house: no contract promises anything.")))
    return tuple(parts), gaps


def accesses(source: FunctionSource) -> Section:
    """Who may enter where, and where the secret lives: never the secret."""
    parts: list[ChapterPart] = []
    if source.accesses:
        parts.append(access_table(source.all, source.accesses))
    if source.tools:
        columns = (_("Tool"), _("Usage"), _("Owner"))
        rows = tuple(
            (each.name, each.usage or None, source.all.name(each.owner) or None) for each in source.tools
        )
        parts.append(DataTable("tools", "", columns, rows))
    gaps = [gap for each in source.accesses for gap in _access_gaps(source, each)]
    if not source.accesses:
        what = _("its accesses: which systems, who, where the secret lives")
        gaps.append(source.all.missing(source.function, what, source.function.owner))
    return tuple(parts), tuple(gaps)


def access_table(source: ManualSource, found: tuple[Access, ...]) -> DataTable:
    """Accesses in a table, where each secret lives included."""
    columns = (
        _("System"), _("Holder"), _("Level"), _("Second administrator"), _("Where the secret lives"), _("Reviewed"),
    )  # fmt: skip
    return DataTable(
        "accesses", "", columns,
        tuple(
            (each.name, source.name(each.holder), source.said(each, "level"), source.name(each.second_admin) or None,
             each.vault or None, each.reviewed_on)
            for each in found
        ),
    )  # fmt: skip


def _access_gaps(source: FunctionSource, access: Access) -> Iterator[ToComplete]:
    holder = access.holder if access.holder.startswith("PE-") else source.function.owner
    if access.level == "admin" and not source.all.is_there(access.second_admin):
        what = _("a second administrator of {name}").format(name=access.name)
        yield source.all.missing(access, what, holder)
    if not access.vault:
        yield source.all.missing(
            access, _("where the secret of {name} lives").format(name=access.name), holder
        )


def documents(source: FunctionSource) -> Section:
    """What is written, where, who keeps it, who tried it out, and whether its link leads anywhere."""
    all_, gaps = source.all, []
    rows: list[tuple[TableCell, ...]] = []
    now = all_.workspace.now()
    for each in source.documents:
        check = all_.link_checks.get(each.code)
        rows.append((where(each), all_.name(each.process) or None, all_.name(each.owner) or None, each.reviewed_on,
                     _tested(source, each), links.in_words(each.link, check, now) or None))  # fmt: skip
        owner = each.owner or source.function.owner
        if not each.link:
            gaps.append(all_.missing(each, _("where {name} is").format(name=each.name), owner))
        elif links.state_of(each.link, check) is LinkState.DEAD:
            gaps.append(
                all_.missing(each, _("where {name} is now: its link is dead").format(name=each.name), owner)
            )
    columns = [
        _("Document"), _("Process"), _("Owner"), _("Reviewed"), _("Tried by a second person"), _("Link"),
    ]  # fmt: skip
    if not any(row[-1] for row in rows):
        # Paths are not asked for: nothing to say of their links.
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    if not rows:
        gaps.append(
            all_.missing(source.function, _("a document that says how it is done"), source.function.owner)
        )
    table = (DataTable("documents", "", tuple(columns), tuple(rows)),) if rows else ()
    return table, tuple(gaps)


def continuity(source: FunctionSource) -> Section:
    """What is done when it stops: each plan, who takes over, in which steps, and when it was last tried."""
    all_ = source.all
    parts: list[ChapterPart] = []
    gaps: list[ToComplete] = []
    critical = source.function.criticality >= readiness.CRITICAL
    for plan in source.plans:
        drill = source.last_drill(plan)
        state = readiness.judge(source.function, plan, drill, all_.today, all_.gone)
        parts += [Subhead(plan.name), Pairs(tuple(_plan_facts(source, plan, state)))]
        lines = [_MARK.sub("", line).strip() for line in plan.steps.splitlines() if line.strip()]
        if lines:
            parts.append(Points(tuple(lines), numbered=len(lines) > 1))
        owner = plan.owner or source.function.owner
        if not all_.is_there(plan.backup):
            gaps.append(all_.missing(plan, _("who takes over by {name}").format(name=plan.name), owner))
        if not lines and not plan.link:
            gaps.append(all_.missing(plan, _("the steps of {name}").format(name=plan.name), owner))
        if critical and drill is None:
            gaps.append(all_.missing(plan, _("a first drill of {name}").format(name=plan.name), owner))
    if not source.plans and critical:
        gaps.append(all_.missing(source.function, _("a continuity plan: who takes over, in which steps"),
                                 source.function.owner))  # fmt: skip
    if not source.plans and not critical:
        parts.append(Passage(_("No plan: the function is not critical.")))
    return tuple(parts), tuple(gaps)


def _plan_facts(source: FunctionSource, plan: Continuity, state: str) -> Iterator[tuple[str, TableCell]]:
    all_, drill = source.all, source.last_drill(plan)
    yield _("If"), all_.said(plan, "scenario")
    if plan.backup:
        yield _("Takes over"), all_.name(plan.backup)
    hours = readiness.allowed_hours(source.function, plan)
    if hours is not None:
        yield _("To be back within"), _("{n} h").format(n=hours)
    if plan.link:
        yield _("Written down in"), Linked(plan.link, plan.link) if safe_link(plan.link) else plan.link
    word = _(continuity_words.STATES[state][1])
    if drill is not None and drill.held_on is not None:
        took = (
            ""
            if drill.measured_hours is None
            else ", " + _("{n} h to be back").format(n=drill.measured_hours)
        )
        yield _("Last tried"), f"{dates.whole_day(drill.held_on)}{took} ({word})"
    else:
        yield _("Last tried"), word


def where(document: Document) -> TableCell:
    """A document by its title: a link where it has an address, its path behind it where it has one."""
    if safe_link(document.link):
        return Linked(document.name, document.link)
    return f"{document.name} ({document.link})" if document.link else document.name


def _tested(source: FunctionSource, document: Document) -> TableCell:
    if not document.tested_on:
        return None
    who = source.all.name(document.tested_by)
    return ", ".join(filter(None, (who, dates.whole_day(document.tested_on))))

"""What would break if somebody left: each place where they stand, and whether something is ready there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.scope import Scope
from cockpit.domain.registers.tool import Tool

KINDS = (
    "function", "process", "access", "interface", "contract", "ritual", "circuit", "continuity", "person",
    "scope", "tool", "document",
)  # fmt: skip
"""In the order in which they are read: what stops first."""
OWNS, CARRIES, ANSWERS, ALONE, AMONG, HOLDS, LAST_ADMIN = (
    "owns", "carries", "answers", "alone", "among", "holds", "last_admin",
)  # fmt: skip
GIVES, TAKES, KEEPS, BOUND, ATTENDS, DECIDES, DEPUTY = (
    "gives", "takes", "keeps", "bound", "attends", "decides", "deputy",
)  # fmt: skip
BACKS_UP, FILLS, SELLS, WROTE, COUNTED_ON = "backs_up", "fills", "sells", "wrote", "counted_on"
IN_HAND, WAITED_FOR = "in_hand", "waited_for"
EXIT_PLAN, WRITTEN, EXPORT = "exit_plan", "written", "export"
"""What is ready where it is no person: a clause, a written post, files that can be taken along."""


@dataclass(frozen=True)
class Break:
    """One record that would lose somebody, why, and what is ready."""

    kind: str
    code: str
    name: str
    why: str
    ready: str = ""
    """The code or name of who or what takes over; empty when nothing is."""
    critical: bool = False
    until: date | None = None
    """The day on which a contract can end at the earliest, where that is known."""


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """What is read of the company to answer."""

    functions: Sequence[Function] = ()
    people: Sequence[Person] = ()
    processes: Sequence[Process] = ()
    accesses: Sequence[Access] = ()
    interfaces: Sequence[Interface] = ()
    contracts: Sequence[Contract] = ()
    """Those in force."""
    bound_until: Mapping[str, date] = field(default_factory=dict)
    """By contract, the day on which it can end at the earliest."""
    rituals: Sequence[Ritual] = ()
    circuits: Sequence[Circuit] = ()
    plans: Sequence[Continuity] = ()
    scopes: Sequence[Scope] = ()
    tools: Sequence[Tool] = ()
    documents: Sequence[Document] = ()
    blockers: Sequence[Blocker] = ()
    """Those that are open."""
    priorities: Sequence[Priority] = ()
    """Those that are open."""
    decisions: Sequence[Decision] = ()
    """Those that are to be carried out."""
    criticality: Mapping[str, int] = field(default_factory=dict)
    """Of each function, by its code."""
    left: frozenset[str] = frozenset()
    """Who left before: nobody can count on them."""


def breaks(company: CompanyFacts, code: str) -> tuple[Break, ...]:
    """All that would break without the person or the provider of that code, the critical and unready first.

    With a provider go the people it employs.
    """
    people = [each for each in company.people if code in (each.code, each.provider)]
    # An owner may have been typed by name before the person was written down.
    leaving = {code, *(each.code for each in people), *(each.name for each in people)}
    gone = leaving | company.left
    order = {kind: at for at, kind in enumerate(KINDS)}
    found = [
        *_functions(company, leaving, gone), *_processes(company, leaving, gone),
        *_accesses(company, leaving, gone), *_interfaces(company, leaving, gone),
        *_contracts(company, code), *_others(company, leaving, gone), *_tools(company, leaving),
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda each: (order[each.kind], not each.critical, bool(each.ready), each.code))
    )


def open_work(company: CompanyFacts, code: str) -> tuple[Break, ...]:
    """What the person or provider of that code has in hand or is waited for, and would leave undone.

    Where they are only waited for, somebody else has the case and goes on with it: that is its `ready`.
    """
    leaving = {code, *(each.code for each in company.people if each.provider == code)}
    gone = leaving | company.left
    cases: tuple[tuple[str, Sequence[Blocker | Priority]], ...] = (
        ("blocker", company.blockers), ("priority", company.priorities),
    )  # fmt: skip
    found = []
    for kind, records in cases:
        for each in records:
            critical = each.severity == "p1"
            if each.owner in leaving:
                found.append(Break(kind, each.code, each.title, IN_HAND, critical=critical))
            elif leaving.intersection(each.waiting_on):
                ready = each.owner if each.owner not in gone else ""
                found.append(Break(kind, each.code, each.title, WAITED_FOR, ready, critical))
    found += [
        Break("decision", each.code, each.title, IN_HAND)
        for each in company.decisions
        if each.owner in leaving
    ]
    return tuple(found)


def backup_of(company: CompanyFacts, function: Function, gone: set[str]) -> str:
    """Who takes a function over: the backup of one of its plans, else of its owner; never somebody who is gone.

    The owner's own backup stands in for the owner, not for a provider that carries the work by contract.
    """
    plans = [each.backup for each in company.plans if each.function == function.code]
    owners = [
        each.backup
        for each in company.people
        if function.owner in (each.code, each.name) and each.code in gone
    ]
    return next((each for each in (*plans, *owners) if each and each not in gone), "")


def _is_critical(company: CompanyFacts, function: str) -> bool:
    return company.criticality.get(function, 0) >= CRITICAL


def _functions(company: CompanyFacts, leaving: set[str], gone: set[str]) -> Iterator[Break]:
    bound = {code for each in company.contracts if each.provider in leaving for code in each.functions}
    for each in company.functions:
        if each.owner in leaving or each.code in bound:
            why = OWNS if each.owner in leaving else CARRIES
            yield Break(
                "function", each.code, each.name, why, backup_of(company, each, gone),
                _is_critical(company, each.code),
            )  # fmt: skip


def _processes(company: CompanyFacts, leaving: set[str], gone: set[str]) -> Iterator[Break]:
    documents = {each.process: each.code for each in company.documents if each.tested_on}
    for each in company.processes:
        does = set(each.responsible)
        left = sorted(does - gone)
        ready = left[0] if left else documents.get(each.code, "")
        critical = each.criticality >= CRITICAL
        if does & leaving:
            yield Break("process", each.code, each.name, AMONG if left else ALONE, ready, critical)
        elif each.accountable in leaving:
            yield Break("process", each.code, each.name, ANSWERS, left[0] if left else "", critical)


def _accesses(company: CompanyFacts, leaving: set[str], gone: set[str]) -> Iterator[Break]:
    for each in company.accesses:
        if each.revoked_on is not None or each.holder not in leaving:
            continue
        second = each.second_admin if each.second_admin not in gone else ""
        others = [
            other.holder for other in company.accesses
            if other.name == each.name and other.level == each.level and other.holder not in gone
            and other.revoked_on is None
        ]  # fmt: skip
        ready = second or next(iter(others), "")
        last = each.level == "admin" and not ready
        critical = last or _is_critical(company, each.function)
        yield Break("access", each.code, each.name, LAST_ADMIN if last else HOLDS, ready, critical)


def _interfaces(company: CompanyFacts, leaving: set[str], gone: set[str]) -> Iterator[Break]:
    for each in company.interfaces:
        why = GIVES if each.source in leaving else TAKES if each.target in leaving else ""
        if not why and each.owner in leaving:
            why = KEEPS
        if why:
            ready = each.owner if each.owner and each.owner not in gone and each.documented else ""
            yield Break("interface", each.code, each.name, why, ready, each.critical)


def _contracts(company: CompanyFacts, code: str) -> Iterator[Break]:
    for each in company.contracts:
        if each.provider == code:
            critical = any(_is_critical(company, function) for function in each.functions)
            yield Break(
                "contract",
                each.code,
                each.name,
                BOUND,
                EXIT_PLAN if each.exit_plan else "",
                critical,
                company.bound_until.get(each.code),
            )


def _others(company: CompanyFacts, leaving: set[str], gone: set[str]) -> Iterator[Break]:
    for ritual in company.rituals:
        if set(ritual.members) & leaving:
            left = [member for member in ritual.members if member not in gone]
            yield Break("ritual", ritual.code, ritual.name, ATTENDS, left[0] if len(left) > 1 else "")
    for circuit in company.circuits:
        if circuit.decider in leaving:
            ready = circuit.deputy if circuit.deputy not in gone else ""
            yield Break("circuit", circuit.code, circuit.name, DECIDES, ready, critical=True)
        elif circuit.deputy in leaving:
            yield Break("circuit", circuit.code, circuit.name, DEPUTY)
    for plan in company.plans:
        if plan.backup in leaving:
            critical = _is_critical(company, plan.function)
            yield Break("continuity", plan.code, plan.name, COUNTED_ON, critical=critical)
    for person in company.people:
        if person.backup in leaving and person.code not in gone:
            yield Break("person", person.code, person.name, BACKS_UP)
    for scope in company.scopes:
        if scope.holder in leaving:
            yield Break("scope", scope.code, scope.name, FILLS, WRITTEN if scope.does else "")


def _tools(company: CompanyFacts, leaving: set[str]) -> Iterator[Break]:
    for tool in company.tools:
        if tool.provider in leaving or tool.owner in leaving:
            sells = tool.provider in leaving
            opens = tool.interoperability in ("export", "api")
            yield Break(
                "tool", tool.code, tool.name, SELLS if sells else OWNS, EXPORT if sells and opens else ""
            )
    for document in company.documents:
        if document.owner in leaving:
            yield Break("document", document.code, document.name, WROTE, document.link)

"""All that the manual draws on, read once: records at or below a level, grouped by the function they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.documents.publication import ChapterPart, ToComplete
from cockpit.domain.organisation import readiness
from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.records.identities import is_code
from cockpit.domain.records.record import Record
from cockpit.domain.registers import register_of
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.policy import Policy
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.risk import Risk
from cockpit.domain.registers.scope import Scope
from cockpit.domain.registers.tool import Tool
from cockpit.services.audits import due
from cockpit.services.audits.due import Due
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Names, Workspace
from cockpit.services.records import in_force
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import LinkCheck

R = TypeVar("R", bound=Record)
Section = tuple[tuple[ChapterPart, ...], tuple[ToComplete, ...]]
"""What a section of a page says, and what it lacks."""
GRACE = timedelta(days=30)
"""What a new record lacks is to be completed within so many days."""


@dataclass(kw_only=True)
class ManualSource:
    """The company as its manual tells it. Nothing above `level` is in it."""

    workspace: Workspace
    """Reads behind the veil of that level."""
    level: int
    today: date
    names: Names
    gone: frozenset[str]
    """Codes of people and providers nobody can count on any more."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What a section works out once for all functions."""
    _kept: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _grouped: dict[str, Mapping[str, tuple[Record, ...]]] = field(default_factory=dict)

    def every(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a register that are in force and not above the level."""
        name = kind.__name__.lower()
        if name not in self._kept:
            found = self.workspace.select(kind, name, "archived_at IS NULL ORDER BY number")
            self._kept[name] = tuple(each for each in found if each.conf <= self.level)
        return self._kept[name]  # type: ignore[return-value]

    def by(self, kind: type[R], name: str) -> Mapping[str, tuple[R, ...]]:
        """The same, grouped by what one of their fields holds; a record of several stands under each."""
        key = f"{kind.__name__}.{name}"
        if key not in self._grouped:
            groups: dict[str, list[Record]] = {}
            for each in self.every(kind):
                held = getattr(each, name)
                for one in held if isinstance(held, tuple) else (held,):
                    groups.setdefault(one, []).append(each)
            self._grouped[key] = {one: tuple(found) for one, found in groups.items()}
        return self._grouped[key]  # type: ignore[return-value]

    @cached_property
    def chief(self) -> str:
        """The chief executive, by name."""
        return self.name(self.workspace.chief)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The most critical first."""
        return tuple(sorted(self.every(Function), key=lambda each: -each.criticality))

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Those that have not ended."""
        over = self.today
        return tuple(each for each in self.every(Contract) if each.ended_on is None or each.ended_on >= over)

    @cached_property
    def by_code(self) -> Mapping[str, Record]:
        """What the manual may open by its code."""
        kinds: tuple[type[Record], ...] = (Function, Person, Provider, Contract, Process, Continuity)
        return {each.code: each for kind in kinds for each in self.every(kind)}

    @cached_property
    def link_checks(self) -> Mapping[str, LinkCheck]:
        """What became of the links of documents."""
        return link_checks.checks(self.workspace.conn)

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The first days of the twelve months from this one on, and of the one after them."""
        import arrow

        first = arrow.get(self.today).floor("month")
        return tuple(each.date() for each in arrow.Arrow.range("month", first, limit=13))

    @cached_property
    def falling_due(self) -> tuple[Due, ...]:
        """Audits, reviews, ends of handovers and days of contracts of the twelve months."""
        days = zip(self.months, self.months[1:], strict=False)
        return tuple(each for start, end in days for each in due.due(self.workspace, start, end))

    def name(self, code: str) -> str:
        """Somebody or something by name; what is above the level is said to be; empty for nobody."""
        found = self.names.get(code, "" if is_code(code) else code)
        return restricted() if code and (not found or (is_code(code) and found == code)) else found

    def named(self, codes: Iterable[str]) -> str:
        """Several, in one text."""
        return ", ".join(filter(None, (self.name(code) for code in codes)))

    def is_there(self, code: str) -> bool:
        """Whether somebody is named who can still be counted on."""
        return bool(code) and code not in self.gone

    def said(self, record: Record, name: str) -> str:
        """A field as its form shows it."""
        found = register_of(record.code)
        assert found is not None
        return forms.show(found.field(name), getattr(record, name), self.names, self.workspace.zone)

    def function_names(self, codes: Sequence[str]) -> str:
        """Functions by name, those above the level left out."""
        return ", ".join(self.names.get(code, code) for code in codes if code in self.by_code)

    def missing(self, record: Record, what: str, who: str = "", opens: str = "") -> ToComplete:
        """What a record lacks, who brings it (else the chief executive), a month after it was made at the latest."""
        made = record.created_at
        until = (made.astimezone(self.workspace.zone).date() if made else self.today) + GRACE
        return ToComplete(
            what, self.name(who) if self.is_there(who) else self.chief, until, opens or record.code
        )


@dataclass(kw_only=True)
class FunctionSource:
    """One function, and what belongs to it."""

    all: ManualSource
    function: Function

    def of(self, kind: type[R], name: str, codes: Iterable[str] = ()) -> tuple[R, ...]:
        """The records of a register of which a field holds one of those codes, else that of the function."""
        groups = self.all.by(kind, name)
        found = {each.code: each for code in codes or (self.code,) for each in groups.get(code, ())}
        return tuple(found.values())

    def loose(self, kind: type[R], name: str, codes: Iterable[str]) -> tuple[R, ...]:
        """The same, of those that are said to be of no function: what somebody else holds tells whose they are."""
        codes = tuple(codes)
        if not codes:
            return ()
        return tuple(each for each in self.of(kind, name, codes) if not getattr(each, "function", ""))

    @property
    def code(self) -> str:
        """That of the function."""
        return self.function.code

    @cached_property
    def processes(self) -> tuple[Process, ...]:
        """Its processes, the most critical first."""
        return tuple(sorted(self.of(Process, "function"), key=lambda each: -each.criticality))

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """The contracts that bind for it."""
        over = self.all.today
        found = self.of(Contract, "functions")
        return tuple(each for each in found if each.ended_on is None or each.ended_on >= over)

    @cached_property
    def providers(self) -> tuple[str, ...]:
        """Codes of whoever carries it outside: by contract, or by doing one of its processes."""
        doing = [who for each in self.processes for who in each.responsible]
        hired = [
            found.provider
            for who in doing
            if isinstance(found := self.all.by_code.get(who), Person) and found.provider
        ]
        named = (who for who in doing if who.startswith("PR-"))
        return tuple(dict.fromkeys([*(each.provider for each in self.contracts), *named, *hired]))

    @cached_property
    def plans(self) -> tuple[Continuity, ...]:
        """Its continuity plans."""
        return self.of(Continuity, "function")

    @cached_property
    def backup(self) -> str:
        """Who takes over: as a plan says, else as whoever owns the function says of themselves."""
        found = next((plan.backup for plan in self.plans if plan.backup), "")
        if found:
            return found
        owner = self.all.by_code.get(self.function.owner)
        return owner.backup if isinstance(owner, Person) else ""

    @cached_property
    def hands(self) -> tuple[str, ...]:
        """Codes of everybody who has a part in it, its owner first."""
        letters = [
            who
            for each in self.processes
            for who in (each.accountable, *each.responsible, each.coordinator, *each.consulted, *each.informed)
        ]  # fmt: skip
        backups = [plan.backup for plan in self.plans]
        outside = self._people_of(self.providers)
        named = [self.function.owner, self.backup, *backups, *letters, *self.providers, *outside]
        return tuple(code for code in dict.fromkeys(named) if code in self.all.by_code)

    def documents_of(self, process: Process) -> tuple[Document, ...]:
        """Where it is written how a process is done."""
        return self.all.by(Document, "process").get(process.code, ())

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Its documents, and those of its processes."""
        found = [*self.of(Document, "function")]
        for each in self.processes:
            found += self.documents_of(each)
        return tuple({each.code: each for each in found}.values())

    @cached_property
    def _its_own(self) -> frozenset[str]:
        """Codes of providers that carry nothing else, and of their people: what is theirs is of this function."""
        bound = {each.provider for each in self.contracts}
        shared = {
            code
            for code in bound
            if any(
                set(each.functions) != {self.code} for each in self.all.by(Contract, "provider").get(code, ())
            )
        }
        alone = bound - shared
        return frozenset((*alone, *self._people_of(alone)))

    def _people_of(self, providers: Iterable[str]) -> list[str]:
        groups = self.all.by(Person, "provider")
        return [each.code for code in providers for each in groups.get(code, ())]

    @cached_property
    def accesses(self) -> tuple[Access, ...]:
        """Accesses that are its own, and those without a function whose holder carries nothing else."""
        found = (*self.of(Access, "function"), *self.loose(Access, "holder", sorted(self._its_own)))
        return tuple(each for each in found if each.revoked_on is None)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Promises of service that bind it or its contracts."""
        bound = [each.code for each in self.contracts]
        return (*self.of(Policy, "function"), *self.loose(Policy, "contract", bound))

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Reports that are owed about it, by its contracts, or by whoever carries nothing else."""
        bound = [each.code for each in self.contracts]
        alone = self.loose(Report, "source", sorted(self._its_own))
        return (
            *self.of(Report, "function"), *self.loose(Report, "contract", bound),
            *(each for each in alone if not each.contract),
        )  # fmt: skip

    @cached_property
    def flows(self) -> tuple[Interface, ...]:
        """What passes to it and from it, itself or whoever carries it and nothing else."""
        ends = (self.code, *sorted(self._its_own))
        found = (*self.of(Interface, "source", ends), *self.of(Interface, "target", ends))
        return tuple({each.code: each for each in found}.values())

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The posts that it has."""
        return self.of(Scope, "function")

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        """Its risks: only the days of their reviews are told."""
        return self.of(Risk, "function")

    @cached_property
    def circuits(self) -> tuple[Circuit, ...]:
        """Who decides in it: circuits of its own, else those of every function."""
        return self.of(Circuit, "functions") or tuple(
            each for each in self.all.every(Circuit) if not each.functions
        )

    @cached_property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that serve one of its processes."""
        own = [each.code for each in self.processes]
        return self.of(Tool, "processes", own) if own else ()

    def last_drill(self, plan: Continuity) -> Drill | None:
        """The last time that a plan was tried out."""
        return readiness.last(self.all.by(Drill, "plan").get(plan.code, ()), plan)


def read(workspace: Workspace, level: int) -> ManualSource:
    """The company behind the veil of a level. The caller closes the connection it may have opened."""
    return ManualSource(
        workspace=workspace, level=level, today=workspace.today(), names=workspace.names(),
        gone=in_force.gone(workspace),
    )  # fmt: skip

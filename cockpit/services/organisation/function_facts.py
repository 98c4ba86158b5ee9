"""All that the registers know of one function, read once: what audits and reviews rely on."""

from __future__ import annotations

from datetime import date, timedelta

import arrow

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.services.desk.workspace import Workspace

_LIVE = "archived_at IS NULL"
_HOLDS = "EXISTS (SELECT 1 FROM json_each({column}) WHERE value = ?)"


@dataclass(frozen=True, kw_only=True)
class FunctionFacts:
    """What is recorded about a function. `providers` holds whoever carries it outside, by code."""

    function: Function
    today: date
    contracts: tuple[Contract, ...]
    processes: tuple[Process, ...]
    documents: tuple[Document, ...]
    plans: tuple[Continuity, ...]
    drills: tuple[Drill, ...]
    accesses: tuple[Access, ...]
    interfaces: tuple[Interface, ...]
    circuits: tuple[Circuit, ...]
    costs: tuple[Cost, ...]
    """Of the last twelve months that have ended."""
    reports: tuple[Report, ...]
    providers: tuple[Provider, ...]
    people: tuple[Person, ...]
    """Those who belong to one of the providers."""
    owner: Person | None
    """Whoever owns it, where that is somebody who is known."""

    @property
    def provider(self) -> str:
        """The code of the provider that is named first; empty when none carries it."""
        return self.providers[0].code if self.providers else ""

    @property
    def backup(self) -> str:
        """Who takes over: as a plan says, else as whoever owns the function says of themselves."""
        named = (plan.backup for plan in self.plans if plan.backup)
        return next(named, self.owner.backup if self.owner is not None else "")

    @property
    def backup_source(self) -> str:
        """The codes of the records that name them; empty when nobody does."""
        named = tuple(plan for plan in self.plans if plan.backup)
        owner = (self.owner,) if self.owner is not None and self.owner.backup else ()
        return codes(named or owner)

    @property
    def months(self) -> int:
        """How many of the last twelve months have a cost."""
        return len({(each.month.year, each.month.month) for each in self.costs if each.month is not None})


def facts(workspace: Workspace, function: Function) -> FunctionFacts:
    """Read what is recorded about a function, in a dozen small queries."""
    code, today = function.code, workspace.today()
    this_month = arrow.get(today).floor("month")
    mine = f"function = ? AND {_LIVE} ORDER BY number"
    contracts = workspace.select(
        Contract, "contract",
        f"{_HOLDS.format(column='functions')} AND ended_on IS NULL AND {_LIVE} ORDER BY number", (code,),
    )  # fmt: skip
    processes = workspace.select(Process, "process", mine, (code,))
    plans = workspace.select(Continuity, "continuity", mine, (code,))
    people, providers = _outside(workspace, contracts, processes)
    own = [code, *(each.code for each in providers), *(each.code for each in people)]
    holders = ", ".join("?" * len(own))
    of_process = "process IN (SELECT code FROM process WHERE function = ? AND archived_at IS NULL)"
    return FunctionFacts(
        function=function,
        today=today,
        contracts=contracts,
        processes=processes,
        documents=workspace.select(
            Document, "document", f"(function = ? OR {of_process}) AND {_LIVE} ORDER BY number", (code, code)
        ),
        plans=plans,
        drills=workspace.select(
            Drill, "drill",
            f"plan IN (SELECT code FROM continuity WHERE function = ? AND {_LIVE}) AND {_LIVE} ORDER BY held_on DESC",
            (code,),
        ),
        accesses=workspace.select(
            Access, "access",
            f"(function = ? OR holder IN ({holders})) AND revoked_on IS NULL AND {_LIVE} ORDER BY number",
            (code, *own),
        ),
        interfaces=workspace.select(
            Interface, "interface",
            f"(source IN ({holders}) OR target IN ({holders})) AND {_LIVE} ORDER BY number", (*own, *own),
        ),
        circuits=workspace.select(
            Circuit, "circuit", f"{_HOLDS.format(column='functions')} AND {_LIVE} ORDER BY number", (code,)
        ),
        costs=workspace.select(
            Cost, "cost", f"function = ? AND month >= ? AND month < ? AND {_LIVE}",
            (code, f"{this_month.shift(months=-12):YYYY-MM-DD}", f"{this_month:YYYY-MM-DD}"),
        ),
        reports=workspace.select(
            Report, "report", f"source IN ({holders}) AND {_LIVE} ORDER BY number", tuple(own)
        ),
        providers=providers,
        people=people,
        owner=next(iter(workspace.select(Person, "person", f"code = ? AND {_LIVE}", (function.owner,))), None),
    )  # fmt: skip


def _outside(
    workspace: Workspace, contracts: tuple[Contract, ...], processes: tuple[Process, ...]
) -> tuple[tuple[Person, ...], tuple[Provider, ...]]:
    """Whoever does the work outside: providers by contract or by process, and the people who are theirs."""
    named = [each.provider for each in contracts] + [who for each in processes for who in each.responsible]
    hands = [who for who in named if who.startswith("PE-")]
    marks = ", ".join("?" * len(hands))
    doing = workspace.select(Person, "person", f"code IN ({marks}) AND {_LIVE}", tuple(hands))
    codes = list(dict.fromkeys([
        *(who for who in named if who.startswith("PR-")), *(each.provider for each in doing if each.provider),
    ]))  # fmt: skip
    marks = ", ".join("?" * len(codes))
    found = workspace.select(Provider, "provider", f"code IN ({marks}) AND {_LIVE}", tuple(codes))
    providers = tuple(sorted(found, key=lambda each: codes.index(each.code)))
    people = workspace.select(Person, "person", f"provider IN ({marks}) AND {_LIVE}", tuple(codes))
    return people, providers


def is_recent(day: date | None, today: date, days: int) -> bool:
    """Whether that day is at most so many days ago."""
    return day is not None and today - day <= timedelta(days=days)


def codes(found: tuple[Record, ...]) -> str:
    """The codes of some records, as what an answer relies on: `CT-1, CT-4`."""
    return ", ".join(each.code for each in found[:3])

"""All that the sale file draws on, each read once and only if a chapter asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.consents import USUAL_DAYS
from cockpit.domain.documents.publication import ToComplete
from cockpit.domain.organisation.phase import counted
from cockpit.domain.records.record import Record
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.handover import Handover
from cockpit.domain.registers.lesson import Lesson
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.phase import SALE
from cockpit.domain.registers.policy import Policy
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.trial import Trial
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.organisation import accesses as access_rules
from cockpit.domain.time import periods
from cockpit.locale import _
from cockpit.services.absence import proof as absence
from cockpit.services.absence.proof import AbsenceTest
from cockpit.services.costs.accounts import Costs, costs
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import continuity, contract_timeline, function_map, raci, risks, standings
from cockpit.services.organisation.continuity import Readiness
from cockpit.services.organisation.contract_timeline import ContractLine
from cockpit.services.organisation.function_map import FunctionCard
from cockpit.services.organisation.raci import RaciGrid
from cockpit.services.organisation.risks import RiskMap
from cockpit.services.organisation.signatures import Signature, signatures
from cockpit.services.promises import kept
from cockpit.services.promises.kept import Respect
from cockpit.services.signals import listing
from cockpit.services.signals.listing import SignalBoard
from cockpit.store.records import instant

R = TypeVar("R", bound=Record)
YEAR = timedelta(days=365)
WHOLE_BEFORE = timedelta(days=90)
"""How long before the closing the file is wanted whole: a due diligence takes about as long."""
FEW = 7
"""Gaps of one kind that are told one by one; of more, the first of them and how many others there are."""
_LIVE = "archived_at IS NULL"


class SaleSource:
    """The company as the sale file sees it. One for each reading; `closing` is the day it is to change hands."""

    def __init__(self, workspace: Workspace, closing: date | None = None) -> None:
        self.workspace, self.closing, self.today = workspace, closing, workspace.today()

    def usual_days(self, change_of_control: str) -> int:
        """Days that a word of the other party takes where its contract says no number: those of the configuration."""
        for each in self.workspace.settings.legal_dates:
            ahead = periods.stored(each.ahead)
            if each.phase == SALE and each.of == change_of_control and ahead is not None and ahead.count:
                return ahead.days
        return USUAL_DAYS

    @property
    def days_before(self) -> tuple[tuple[str, date], ...]:
        """What the configuration says must be done once before the closing, and by when."""
        if self.closing is None:
            return ()
        found = (
            (each.name, counted(each, self.closing))
            for each in self.workspace.settings.legal_dates
            if each.phase == SALE and each.of == "company"
        )
        return tuple(sorted(found, key=lambda pair: pair[1]))

    def live(self, kind: type[R], order: str = "number") -> tuple[R, ...]:
        """The records of a register that count and that this level may read."""
        name = kind.__name__.lower()
        found = self.workspace.select(kind, name, f"{_LIVE} ORDER BY {order}")
        return tuple(each for each in found if not self.workspace.hides(each))

    def wanted(self, day: date | None = None) -> date | None:
        """By when something is wanted: its own day, else in time for the closing; None where no day is set."""
        if day is not None:
            return day
        return max(self.closing - WHOLE_BEFORE, self.today) if self.closing is not None else None

    @cached_property
    def cards(self) -> tuple[FunctionCard, ...]:
        """Every function, the most critical first."""
        return tuple(
            each
            for each in function_map.function_map(self.workspace)
            if not self.workspace.hides(each.record)
        )

    @cached_property
    def outside(self) -> tuple[Function, ...]:
        """Functions that are carried outside, at least in part."""
        return tuple(card.record for card in self.cards if card.record.mode != "internal")

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The code of each person and provider, by name."""
        names = self.workspace.names()
        return {name: code for code, name in names.items() if code.startswith(("PR-", "PE-"))}

    @cached_property
    def raci(self) -> RaciGrid:
        """Who does what, and who decides."""
        return raci.grid(self.workspace)

    @cached_property
    def processes(self) -> tuple[Process, ...]:
        """The processes, by function."""
        return tuple(each for each in self.raci.processes if not self.workspace.hides(each))

    @cached_property
    def absences(self) -> tuple[AbsenceTest, ...]:
        """The absence test of the chief executive and of the pillars of the office."""
        return tuple(absence.test(self.workspace, code) for code in absence.tested(self.workspace))

    @cached_property
    def contracts(self) -> tuple[ContractLine, ...]:
        """The contracts in force, with their terms."""
        every = contract_timeline.timeline(self.workspace).lines
        return tuple(line for line in every if not self.workspace.hides(line.contract))

    @cached_property
    def works(self) -> Callable[[date], bool]:
        """Which days are worked."""
        return standings.working_days(self.workspace)

    @cached_property
    def providers(self) -> Mapping[str, Provider]:
        """By code, those that this level may read."""
        return {each.code: each for each in self.live(Provider)}

    @cached_property
    def respect(self) -> tuple[Respect, ...]:
        """How promises of service were kept."""
        return kept.respect(self.workspace)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The promises of service."""
        return self.live(Policy)

    @cached_property
    def risks(self) -> RiskMap:
        """What may go wrong."""
        return risks.risk_map(self.workspace)

    @cached_property
    def readiness(self) -> tuple[Readiness, ...]:
        """Continuity, by function and plan."""
        found = continuity.readiness(self.workspace)
        return tuple(each for each in found if not self.workspace.hides(each.function))

    @cached_property
    def signatures(self) -> tuple[Signature, ...]:
        """The key processes, and whether the chief executive vouches for them this year."""
        return tuple(each for each in signatures(self.workspace) if not self.workspace.hides(each.process))

    @cached_property
    def accesses(self) -> tuple[Access, ...]:
        """Those that are open."""
        found = self.live(Access)
        return tuple(each for each in found if each.revoked_on is None or each.revoked_on > self.today)

    @cached_property
    def access_faults(self) -> Mapping[str, str]:
        """What is wrong with each open access, as the signal of accesses judges it; nothing where it is right."""
        return {each.code: access_rules.why(each, self.facts) for each in self.accesses}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Where it is written how a thing is done."""
        return self.live(Document)

    @cached_property
    def costs(self) -> Costs:
        """Twelve months of costs."""
        return costs(self.workspace)

    @cached_property
    def rituals(self) -> tuple[Ritual, ...]:
        """The meetings that come back."""
        return self.live(Ritual)

    @cached_property
    def signals(self) -> SignalBoard:
        """The signals as they were measured last."""
        return listing.read(self.workspace)

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """What was tried out."""
        return self.live(Trial)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """What was learned."""
        return self.live(Lesson)

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        """Arrivals, departures, ends of missions; the next one first."""
        return self.live(Handover, "due DESC, number")

    @cached_property
    def facts(self) -> Facts:
        """What the rules of documents, accesses and contracts ask for: the formulas of the signals judge here too."""
        return self.facts_at(self.workspace.now())

    def facts_at(self, at: datetime) -> Facts:
        """The same as of a moment, for what has dates of its own."""
        kinds: tuple[tuple[type[Record], str], ...] = (
            (Document, "document"), (Process, "process"), (Person, "person"), (Provider, "provider"),
            (Contract, "contract"), (Access, "access"), (Function, "function"),
        )  # fmt: skip
        records: dict[str, Sequence[Record]] = {name: self._rows(kind, name) for kind, name in kinds}
        records["escalation"] = self._escalations
        return Facts(
            week=self.workspace.monday(), at=at, limits=self.workspace.settings.limits,
            calendar=company_calendar(self.workspace), records=records,
        )  # fmt: skip

    @cached_property
    def _read(self) -> dict[str, Sequence[Record]]:
        return {}

    def _rows(self, kind: type[Record], name: str) -> Sequence[Record]:
        if name not in self._read:
            self._read[name] = self.workspace.select(kind, name)
        return self._read[name]

    @cached_property
    def _escalations(self) -> tuple[Escalation, ...]:
        since = instant(self.workspace.clock() - YEAR - timedelta(days=31))
        return self.workspace.select(Escalation, "escalation", "asked_at >= ? ORDER BY number", (since,))

    @cached_property
    def meetings(self) -> Mapping[str, MeetingCount]:
        """By ritual, what became of its meetings of a year, as the register of meetings has it."""
        rows = self.workspace.conn.execute(
            "SELECT ritual, sum(status = 'held') AS held, sum(status = 'missed') AS missed,"
            " sum(status = 'held' AND minutes_path != '') AS minuted FROM occurrence"
            " WHERE archived_at IS NULL AND planned_at >= ? AND planned_at <= ? GROUP BY ritual",
            (instant(self.workspace.clock() - YEAR), instant(self.workspace.clock())),
        )
        decided = self._decided
        return {
            row["ritual"]: MeetingCount(
                row["held"] or 0, row["missed"] or 0, row["minuted"] or 0, decided.get(row["ritual"], 0)
            )
            for row in rows
        }

    @cached_property
    def _decided(self) -> Mapping[str, int]:
        rows = self.workspace.conn.execute(
            "SELECT o.ritual, count(*) AS n FROM decision AS d JOIN occurrence AS o ON o.code = d.origin"
            " WHERE d.archived_at IS NULL AND d.decided_at >= ? GROUP BY o.ritual",
            (instant(self.workspace.clock() - YEAR),),
        )
        return {row["ritual"]: row["n"] for row in rows}


@dataclass(frozen=True)
class MeetingCount:
    """What became of the meetings of one ritual over a year."""

    held: int
    missed: int
    minuted: int
    """Of those held, with minutes that were filed."""
    decided: int
    """Decisions that were taken in them."""


def few(found: Sequence[ToComplete], opens: str) -> Iterator[ToComplete]:
    """Gaps of one kind: each of a few; of many the first ones, and how many others `opens` shows."""
    if len(found) <= FEW:
        yield from found
        return
    yield from found[: FEW - 2]
    rest = len(found) - FEW + 2
    yield ToComplete(_("and {n} others of that kind").format(n=rest), found[0].who, found[0].due, opens)

"""The chapters of the sale file, declared once: number, title, what each draws on, what would complete it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import ChapterPart, ToComplete
from cockpit.locale import N_, _
from cockpit.services.documents.sale_file.chapters import (
    contracts,
    knowledge,
    life,
    money,
    organisation,
    safety,
)
from cockpit.services.documents.sale_file.source import SaleSource
from cockpit.services.documents.sale_file.telling import Telling


@dataclass(frozen=True, kw_only=True)
class SaleChapter:
    """One chapter that draws on the registers."""

    number: int
    key: str
    title: str
    draws_on: tuple[str, ...]
    """Registers: what changed in them is what changed in the chapter."""
    proves: str
    """Why it reassures a buyer."""
    completed_by: str
    """What makes it whole."""
    parts: Callable[[SaleSource, Telling], Iterator[ChapterPart]]
    gaps: Callable[[SaleSource, Telling], Iterator[ToComplete]]

    @property
    def heading(self) -> str:
        """`4. Providers and contracts`."""
        return f"{self.number}. {_(self.title)}"


COVER, ANNEX = 0, 14
COVER_TITLE, ANNEX_TITLE = N_("Scope, and what is missing"), N_("Annex: the journal")
CHAPTERS = (
    SaleChapter(
        number=1, key="organisation", title=N_("The organisation on one page"),
        draws_on=("function", "person", "scope"), proves=N_("who carries what is read in two minutes"),
        completed_by=N_("an owner for each function, and a backup for each critical one"),
        parts=organisation.organisation, gaps=organisation.organisation_gaps,
    ),
    SaleChapter(
        number=2, key="deciding", title=N_("Who does what and who decides"),
        draws_on=("process", "circuit", "decision", "escalation"),
        proves=N_("decisions are taken without the chief executive"),
        completed_by=N_("one person accountable for each process; a decider, a deputy and a delay for each circuit"),
        parts=organisation.deciding, gaps=organisation.deciding_gaps,
    ),
    SaleChapter(
        number=3, key="autonomy", title=N_("Proof of autonomy"),
        draws_on=("absence", "blocker", "priority", "decision"),
        proves=N_("the company runs while those it seems to depend on are away"),
        completed_by=N_("five working days of absence, and something ready for what would stop"),
        parts=organisation.autonomy, gaps=organisation.autonomy_gaps,
    ),
    SaleChapter(
        number=4, key="contracts", title=N_("Providers and contracts"), draws_on=("provider", "contract"),
        proves=N_("contracts pass to the buyer, and which consents that takes"),
        completed_by=N_("start, term, notice, change of control and the clauses that critical functions need"),
        parts=contracts.contracts, gaps=contracts.contracts_gaps,
    ),
    SaleChapter(
        number=5, key="service", title=N_("Promises of service"), draws_on=("policy", "clock"),
        proves=N_("service is managed, not endured"),
        completed_by=N_("a promise that is measured for each function carried outside"),
        parts=contracts.service, gaps=contracts.service_gaps,
    ),
    SaleChapter(
        number=6, key="risks", title=N_("Risks"), draws_on=("risk",), proves=N_("nothing is hidden"),
        completed_by=N_("a judged risk for each function, an owner for each risk, a measure for each danger"),
        parts=safety.risk_map, gaps=safety.risk_gaps,
    ),
    SaleChapter(
        number=7, key="continuity", title=N_("Continuity"), draws_on=("continuity", "drill"),
        proves=N_("the company survives departures"),
        completed_by=N_("for each critical function a plan, somebody who takes over, a drill of the year in time"),
        parts=safety.recovery, gaps=safety.recovery_gaps,
    ),
    SaleChapter(
        number=8, key="manual", title=N_("Processes and documents"), draws_on=("process", "document"),
        proves=N_("the know-how stays"),
        completed_by=N_("for each process a document with a link and an owner, reviewed, tried by a second person"),
        parts=knowledge.manual, gaps=knowledge.manual_gaps,
    ),
    SaleChapter(
        number=9, key="accesses", title=N_("Accesses"), draws_on=("access", "tool"),
        proves=N_("everything can be handed over on the first day"),
        completed_by=N_("no access of somebody who left, a second administrator, a review every quarter"),
        parts=knowledge.accesses, gaps=knowledge.access_gaps,
    ),
    SaleChapter(
        number=10, key="costs", title=N_("Full cost of the functions"), draws_on=("cost",),
        proves=N_("the result can be restated"),
        completed_by=N_("twelve months of invoices, the cost in-house and the benefit that is expected"),
        parts=money.costs, gaps=money.cost_gaps,
    ),
    SaleChapter(
        number=11, key="rituals", title=N_("Rituals"), draws_on=("ritual", "occurrence"),
        proves=N_("the company lives by routines"),
        completed_by=N_("rituals, and whether each meeting was held"),
        parts=life.rituals, gaps=life.ritual_gaps,
    ),
    SaleChapter(
        number=12, key="signals", title=N_("Weak signals, trials and lessons"),
        draws_on=("trial", "lesson", "mark"), proves=N_("the organisation learns"),
        completed_by=N_("twelve weeks of measures, and an answer to each raised signal"),
        parts=life.signals, gaps=life.signal_gaps,
    ),
    SaleChapter(
        number=13, key="handover", title=N_("Handover"), draws_on=("handover", "step"),
        proves=N_("those who sell need not stay long"),
        completed_by=N_("the handover of the chief executive, its steps in time"),
        parts=life.passing_on, gaps=life.passing_on_gaps,
    ),
)  # fmt: skip
DRAWN_ON = tuple(dict.fromkeys(name for chapter in CHAPTERS for name in chapter.draws_on))
"""Every register that the file draws on."""

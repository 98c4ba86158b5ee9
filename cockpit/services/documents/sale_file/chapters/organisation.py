"""Chapters 1 to 3: who carries what, who decides, and what proves that it runs without its chief executive."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.agenda.events import midnight
from cockpit.domain.documents.publication import ChapterPart, DataTable, Passage, ToComplete
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.records.confidentiality import BLANK
from cockpit.domain.signals.formulas.work import arbitration
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import _, ngettext
from cockpit.services.desk import forms
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling, label
from cockpit.services.organisation import raci

QUARTERS = 4


def organisation(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """The hybrid organisation on one page."""
    cards = source.cards
    outside = len(source.outside)
    said = ngettext("{n} function", "{n} functions", len(cards)).format(n=len(cards))
    also = ngettext("{n} carried outside, at least in part", "{n} carried outside, at least in part", outside)
    yield Passage(f"{said} · {also.format(n=outside)}")
    providers = {line.contract.provider for line in source.contracts}
    by_function = {
        card.record.code: tuple(
            dict.fromkeys(
                line.contract.provider
                for line in source.contracts
                if card.record.code in line.contract.functions
            )
        )
        for card in cards
    }
    yield DataTable(
        "functions", _("Functions"),
        (_("Function"), _("Kind"), _("Mode"), _("Core value"), _("Criticality"), _("Owner"), _("Backup"),
         _("Providers")),
        tuple(
            (
                telling.function(card.record.code), label("function", "kind", card.record.kind),
                label("function", "mode", card.record.mode), _("yes") if card.record.core_value else _("no"),
                f"{card.record.criticality}/4", telling.person(card.record.owner),
                telling.party(_code_of(source, card.backup)), telling.parties(by_function[card.record.code]),
            )
            for card in cards
        ),
        source=_("register of functions, contracts in force"),
    )  # fmt: skip
    if providers:
        n = len(providers)
        yield Passage(ngettext("{n} provider under contract", "{n} providers under contract", n).format(n=n))


def organisation_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """No function, no owner, no backup."""
    chief = telling.person(source.workspace.chief)
    if not source.cards:
        yield ToComplete(_("the functions: none is written down"), chief, source.wanted(), "cockpit audit")
        return
    due = source.wanted()
    owners = [
        ToComplete(_("{function}: who owns it").format(function=telling.function(card.record.code)), chief, due,
                   card.record.code)
        for card in source.cards if not card.owner
    ]  # fmt: skip
    backups = [
        ToComplete(
            _("{function}: who takes over").format(function=telling.function(card.record.code)),
            telling.person(card.record.owner) or chief, due, card.record.code,
        )
        for card in source.cards
        if not card.backup and card.record.criticality >= CRITICAL
    ]  # fmt: skip
    yield from few(owners, "cockpit map")
    yield from few(backups, "cockpit map")


def deciding(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """RACI, circuits, and how long an arbitration takes."""
    if source.processes:
        sound = sum(each.code not in source.raci.faults for each in source.processes)
        yield Passage(
            _("{n} of {all} processes have one person accountable and somebody responsible").format(
                n=sound, all=len(source.processes)
            )
        )
        yield _by_function(source, telling) if telling.is_anonymous else _who_does_what(source, telling)
    circuits = [each for each in source.raci.circuits if not source.workspace.hides(each)]
    if circuits and telling.is_anonymous:
        yield Passage(
            _("{n} decision circuits, {deputies} with a deputy, {delays} with a delay to decide").format(
                n=len(circuits), deputies=sum(bool(each.deputy) for each in circuits),
                delays=sum(bool(each.max_delay) for each in circuits),
            )
        )  # fmt: skip
    elif circuits:
        yield DataTable(
            "circuits", _("Decision circuits"),
            (_("Domain"), _("Functions"), _("Up to"), _("Decides"), _("Deputy"), _("Within")),
            tuple(
                (
                    telling.title(each), ", ".join(map(telling.function, each.functions)),
                    telling.amount(each.threshold) if each.threshold is not None else _("without limit"),
                    telling.person(each.decider), telling.person(each.deputy), each.max_delay,
                )
                for each in circuits
            ),
            source=_("register of decision circuits"),
        )  # fmt: skip
    yield from _arbitration(source)


def _who_does_what(source: SaleSource, telling: Telling) -> DataTable:
    return DataTable(
        "raci", _("Who does what"),
        (_("Function"), _("Process"), _("Criticality"), _("A, accountable"), _("R, responsible"), _("C, consulted"),
         _("I, informed"), _("To be settled")),
        tuple(
            (
                telling.function(each.function), telling.title(each), f"{each.criticality}/4",
                telling.person(each.accountable), telling.parties(each.responsible),
                telling.parties(each.consulted), telling.parties(each.informed),
                raci.fault_words(source.raci, each),
            )
            for each in source.processes
        ),
        source=_("register of processes"),
    )  # fmt: skip


def _by_function(source: SaleSource, telling: Telling) -> DataTable:
    functions = dict.fromkeys(each.function for each in source.processes)
    return DataTable(
        "raci", _("Processes and who answers for them"),
        (_("Function"), _("Processes"), _("With one person accountable and somebody responsible")),
        tuple(
            (
                telling.function(code), sum(each.function == code for each in source.processes),
                sum(each.function == code and each.code not in source.raci.faults for each in source.processes),
            )
            for code in functions
        ),
        source=_("register of processes"),
    )  # fmt: skip


def _arbitration(source: SaleSource) -> Iterator[ChapterPart]:
    rows = []
    first = source.today.replace(day=1)
    for back in range(QUARTERS):
        lo, hi = add_months(first, 1 - 3 * (back + 1)), add_months(first, 1 - 3 * back)
        at = min(midnight(hi, source.workspace.zone), source.workspace.now())
        for score in arbitration.measure(source.facts_at(at)):
            figures = score.proof.figures
            known = score.value is not None
            rows.append(
                (
                    f"{lo:%m/%Y} – {add_months(hi, -1):%m/%Y}", score.n,
                    f"{forms.decimal(round(score.value))} %" if score.value is not None else _("not enough data"),
                    figures["median"] if known else None, figures["p90"] if known else None,
                )
            )  # fmt: skip
    yield DataTable(
        "arbitration", _("Arbitrations over twelve months"),
        (_("Three months"), _("Questions asked"), _("Decided in time"), _("Median, business hours"),
         _("Nine in ten within, business hours")),
        tuple(reversed(rows)), source=_("escalations, and the decisions that ended them"),
    )  # fmt: skip


def deciding_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Faults of the RACI, circuits without a decider, deputy or delay."""
    chief, due, grid = telling.person(source.workspace.chief), source.wanted(), source.raci
    if not source.processes:
        yield ToComplete(_("the processes, with who answers for each"), chief, due, "cockpit raci")
    owners = {card.record.code: card.record.owner for card in source.cards}
    yield from few(
        [
            ToComplete(
                _("{process}: {fault}").format(process=telling.title(each), fault=raci.fault_words(grid, each)),
                telling.person(each.accountable or owners.get(each.function, "")) or chief, due, each.code,
            )
            for each in source.processes if each.code in grid.faults
        ],
        "cockpit raci",
    )  # fmt: skip
    circuits = [each for each in grid.circuits if not source.workspace.hides(each)]
    if not circuits:
        yield ToComplete(
            _("the decision circuits: who decides, up to what amount, within what delay"), chief, due,
            "cockpit raci",
        )  # fmt: skip
    lacking = {
        "decider": _("nobody decides"), "deputy": _("no deputy"), "max_delay": _("no delay said"),
    }  # fmt: skip
    for each in circuits:
        lacks = [said for name, said in lacking.items() if not getattr(each, name)]
        if lacks:
            yield ToComplete(
                _("{name}: {value}").format(name=telling.title(each), value=", ".join(lacks)),
                telling.person(each.decider) or chief, due, each.code,
            )  # fmt: skip


def autonomy(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """What was closed and decided while the chief executive or a pillar of the office was away."""
    if not source.absences:
        return
    yield Passage(
        _("What is closed on a working day in the absence of somebody, for one that is closed in their presence;"
          " it is told from five working days of absence on.")
    )  # fmt: skip
    rows = []
    for found in source.absences:
        away, there, ratio = found.compared.away, found.compared.there, found.compared.ratio
        rows.append((
            telling.person(found.person.code), away.days, away.closed, there.days, there.closed,
            forms.decimal(round(ratio, 2)) if ratio is not None else _("not enough data"),
            f"{len(found.alone)}/{found.decided}", len(found.waiting), len(found.stops),
        ))  # fmt: skip
    yield DataTable(
        "absence-test", _("Absence test over twelve months"),
        (_("Who"), _("Working days away"), _("Closed meanwhile"), _("Working days present"),
         _("Closed in presence"),
         _("For one in presence"), _("Decided by themselves in 90 days"), _("Blockers that wait for them"),
         _("Critical, nothing ready")),
        tuple(rows), source=_("absences, blockers, priorities and decisions"),
    )  # fmt: skip
    yield DataTable(
        "absences", _("Absences, and what went on"),
        (_("Who"), _("First day"), _("Last day"), _("Working days"), _("Closed meanwhile"), _("Decided by others"),
         _("Within its circuit"), _("Waited for them")),
        tuple(
            (
                telling.person(found.person.code), telling.day(each.days[0]), telling.day(each.days[1]),
                each.working,
                len(each.closed), len(each.decided), len(each.in_circuit), len(each.waited),
            )
            for found in source.absences for each in found.absences
        ),
        source=_("absences, blockers, priorities and decisions"),
    )  # fmt: skip


def autonomy_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Nobody to test, too few days away, and what would stop."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    if not source.absences:
        yield ToComplete(
            _("the chief executive as a person of the register, with the days away"),
            chief,
            due,
            "cockpit absence",
        )
    for found in source.absences:
        who = telling.person(found.person.code)
        if found.compared.ratio is None:
            yield ToComplete(
                _("{name}: a proof by absence; {n} working days away are known").format(
                    name=who, n=found.compared.away.days
                ),
                who, due, "cockpit absence",
            )  # fmt: skip
        n = len(found.stops)
        if n:
            said = ngettext(
                "{name}: {n} critical thing would stop without them",
                "{name}: {n} critical things would stop without them",
                n,
            )
            yield ToComplete(said.format(name=who, n=n), who, due, found.stops[0][0])


def _code_of(source: SaleSource, shown: str) -> str:
    """The code of whom the map names; what it names without a record stays a name."""
    if shown == BLANK or not shown:
        return shown
    return source.codes.get(shown, shown)

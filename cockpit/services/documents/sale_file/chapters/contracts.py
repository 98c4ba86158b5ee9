"""Chapters 4 and 5: what binds the company to its providers, which consents a sale needs, which promises were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cockpit.domain.documents import consents
from cockpit.domain.documents.consents import CONSENT, SILENT, TERMINATION, ConsentDays, consent_days
from cockpit.domain.documents.disclosure import share
from cockpit.domain.documents.publication import (
    ChapterPart,
    DataTable,
    Linked,
    Passage,
    Points,
    TableCell,
    ToComplete,
)
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.formulas.organisation.contracts import SIGNAL, lacking
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates, period_words
from cockpit.services.documents.sale_file.source import SaleSource, few
from cockpit.services.documents.sale_file.telling import Telling, label
from cockpit.services.organisation import contract_timeline
from cockpit.services.promises import kept

VIGILANCE = 5_000_00
"""Yearly cents from which a compliance certificate is owed (docs/notice-dates.md)."""
_FULL = 365
_CHANGES = (CONSENT, TERMINATION)


def contracts(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """Providers, contracts, consents and the days to come."""
    whole = sum(line.contract.amount or 0 for line in source.contracts)
    if source.providers:
        yield from _providers(source, telling, whole)
    if source.contracts:
        yield _terms(source, telling, whole)
        yield _clauses(source, telling)
    yield from _consents(source, telling)
    yield from _days_before(source, telling)
    yield from _days_to_come(source, telling)


def _providers(source: SaleSource, telling: Telling, whole: int) -> Iterator[DataTable]:
    paid: dict[str, int] = {}
    for line in source.contracts:
        paid[line.contract.provider] = paid.get(line.contract.provider, 0) + (line.contract.amount or 0)
    every = sorted(source.providers.values(), key=lambda each: (-paid.get(each.code, 0), each.code))
    come_from = _("register of providers, contracts in force")
    if not telling.is_anonymous:
        yield DataTable(
            "providers", _("Providers"),
            (_("Provider"), _("Ref."), _("Category"), _("SIREN"), _("Country of the data"), _("Sub-processors"),
             _("Yearly amount")),
            tuple(
                (
                    telling.provider(each.code), each.code, telling.words(each.category), each.siren,
                    telling.words(each.data_country), telling.words(each.subprocessors),
                    telling.amount(paid.get(each.code), whole),
                )
                for each in every
            ),
            source=come_from,
        )  # fmt: skip
    yield DataTable(
        "dependence", _("How far the company depends on each provider"),
        (_("Provider"), _("Impact of stopping"), _("Substitutability"), _("Reintegration"), _("Alternative identified"),
         _("Personal data"), _("Last audit"), _("Share of the yearly amounts")),
        tuple(
            (
                telling.provider(each.code), label("provider", "stop_impact", each.stop_impact),
                label("provider", "substitutability", each.substitutability),
                label("provider", "reintegration", each.reintegration), _alternative(each, telling),
                _yes(each.personal_data), telling.day(each.last_audit), _part(paid.get(each.code), whole),
            )
            for each in every
        ),
        source=come_from,
    )  # fmt: skip


def _part(paid: int | None, whole: int) -> str | None:
    return share(paid, whole) if paid else None


def _alternative(provider: Provider, telling: Telling) -> str:
    return telling.words(provider.alternative) or (_("yes") if provider.alternative else _("no"))


def _terms(source: SaleSource, telling: Telling, whole: int) -> DataTable:
    rows = []
    for line in source.contracts:
        each, term = line.contract, line.term
        ends = each.ended_on or (term.last_day if term else None)
        runs_on = term is not None and term.last_day is None and each.ended_on is None
        post_by = line.standing.next_post_by if line.standing and each.ended_on is None else None
        rows.append((
            telling.title(each), telling.reference(each), telling.provider(each.provider),
            ", ".join(map(telling.function, each.functions)), telling.day(each.starts_on),
            _("runs on") if runs_on else telling.day(ends), label("contract", "renewal", each.renewal),
            period_words.shown(each.notice), telling.day(post_by), telling.amount(each.amount, whole),
        ))  # fmt: skip
    return DataTable(
        "contracts", _("Contracts in force"),
        (_("Contract"), _("Ref."), _("Provider"), _("Functions"), _("Start"), _("Runs until"), _("Renewal"),
         _("Notice"), _("Post the notice by"), _("Yearly amount")),
        tuple(rows), source=_("register of contracts"),
    )  # fmt: skip


def _clauses(source: SaleSource, telling: Telling) -> DataTable:
    rows = []
    for line in source.contracts:
        each = line.contract
        paper: TableCell = None
        if not telling.is_anonymous and each.document:
            paper = Linked(telling.words(each.reference) or _("document"), each.document)
        rows.append((
            telling.title(each), telling.provider(each.provider),
            label("contract", "change_of_control", each.change_of_control), _yes(each.exit_plan), _yes(each.dpa),
            _yes(each.nda), telling.words(each.data_ownership), telling.day(each.vigilance_expiry), paper,
        ))  # fmt: skip
    return DataTable(
        "clauses", _("Clauses and certificates"),
        (_("Contract"), _("Provider"), _("Change of control"), _("Reversibility clause"),
         _("Data processing agreement"),
         _("Confidentiality agreement"), _("Who owns what is made"), _("Compliance certificate until"), _("Document")),
        tuple(rows), source=_("register of contracts"),
    )  # fmt: skip


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def asked(source: SaleSource) -> tuple[tuple[Contract, ConsentDays | None], ...]:
    """The contracts whose other party has a say, with the days where a closing is set; the first to ask on top."""
    found = [
        (
            line.contract,
            consent_days(source.closing, _takes(source, line.contract),
            source.works) if source.closing else None,
        )
        for line in source.contracts if line.contract.change_of_control in _CHANGES
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda pair: (pair[1].ask_by if pair[1] else date.max, pair[0].code)))


def _takes(source: SaleSource, contract: Contract) -> int:
    return contract.consent_days or source.usual_days(contract.change_of_control)


def _consents(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    found = asked(source)
    silent = sum(line.contract.change_of_control == SILENT for line in source.contracts)
    free = sum(line.contract.change_of_control == consents.FREE for line in source.contracts)
    if not source.contracts:
        return
    yield Passage(
        _(
            "On a change of control: consent needed or termination possible {asked}, free {free}, silent {silent}."
        ).format(
            asked=len(found), free=free, silent=silent
        )
    )  # fmt: skip
    if not found:
        return
    late = sum(days is not None and days.is_late(source.today) for _contract, days in found)
    if source.closing is not None:
        day = telling.day(source.closing)
        said = _("Counted back from the closing: {day}.")
        yield Passage(said.format(day=day if isinstance(day, str) else dates.whole_day(source.closing)))
    if late:
        yield Passage(
            ngettext(
                "{n} is asked too late for that day.", "{n} are asked too late for that day.", late
            ).format(n=late)
        )
    yield DataTable(
        "consents", _("Consents to ask for"),
        (_("Contract"), _("Ref."), _("Provider"), _("Change of control"), _("Days it takes"),
         _("Prepare on"), _("Ask by"),
         _("Expected by")),
        tuple(
            (
                telling.title(each), telling.reference(each), telling.provider(each.provider),
                label("contract", "change_of_control", each.change_of_control),
                each.consent_days or _("{n} (assumed)").format(n=_takes(source, each)),
                telling.day(days.prepare_on) if days else None, telling.day(days.ask_by) if days else None,
                telling.day(days.expected_by) if days else None,
            )
            for each, days in found
        ),
        source=_("register of contracts"),
    )  # fmt: skip


def _days_before(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    if source.days_before and not telling.is_anonymous:
        yield DataTable(
            "days-before", _("Other days before the closing"), (_("What"), _("No later than")),
            tuple((telling.words(name), day) for name, day in source.days_before),
            source=_("dates of the configuration, to be checked with counsel"),
        )  # fmt: skip


def _days_to_come(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """What happens to the contracts by itself: nobody signs a closing on the day a notice ran out."""
    rows = [
        (
            telling.day(day.on), _(contract_timeline.SIGNS[day.kind][1]), telling.title(day.contract),
            telling.provider(day.contract.provider),
        )
        for line in source.contracts for day in line.days[:3]
    ]  # fmt: skip
    if rows and not telling.is_anonymous:
        rows.sort(key=lambda row: str(row[0]))
        yield DataTable(
            "contract-days", _("Days to come, over two years"),
            (_("Day"), _("What"), _("Contract"), _("Provider")), tuple(rows),
            source=_("terms of the contracts"),
        )  # fmt: skip


def contracts_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Functions outside without a contract, clauses and days that are missing, consents that are late."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    bound = {code for line in source.contracts for code in line.contract.functions}
    owners = {card.record.code: card.record.owner for card in source.cards}
    bare = [
        ToComplete(
            _("{function}: the contract of whoever carries it").format(function=telling.function(each.code)),
            telling.person(each.owner) or chief, due, each.code,
        )
        for each in source.outside if each.code not in bound
    ]  # fmt: skip
    if not source.contracts and not bare:
        yield ToComplete(_("the contracts: none is written down"), chief, due, "cockpit contracts")
    yield from few(bare, "cockpit contracts")
    critical = {card.record.code for card in source.cards if card.record.criticality >= CRITICAL}
    found = []
    for line in source.contracts:
        each = line.contract
        personal = each.provider in source.providers and source.providers[each.provider].personal_data
        lacks = [
            _(SIGNAL.whys[why])
            for why in lacking(each, is_critical=bool(critical & set(each.functions)), personal=personal)
        ]
        if each.change_of_control == SILENT and not critical & set(each.functions):
            lacks.append(_(SIGNAL.whys["control"]))
        if each.starts_on is None:
            lacks.append(_("start not known"))
        if line.standing is not None and line.standing.is_missed and each.ended_on is None:
            lacks.append(_("notice missed, nothing decided"))
        if (each.amount or 0) >= VIGILANCE and (
            each.vigilance_expiry is None or each.vigilance_expiry < source.today
        ):
            lacks.append(_("no compliance certificate that is still good"))
        if lacks:
            who = next((owners[code] for code in each.functions if owners.get(code)), "")
            found.append(
                ToComplete(
                    _("{name}: {value}").format(name=telling.title(each), value=", ".join(lacks)),
                    telling.person(who) or chief, due, each.code,
                )
            )  # fmt: skip
    yield from few(found, "cockpit contracts")
    for each, days in asked(source):
        if days is not None:
            said = _("{name}: ask for the consent to the change of control")
            yield ToComplete(
                said.format(name=telling.title(each)), chief, max(days.ask_by, source.today), each.code
            )


def service(source: SaleSource, telling: Telling) -> Iterator[ChapterPart]:
    """How promises were kept over twelve months, by provider and by function."""
    rows = []
    for each in source.respect:
        found = each.over[_FULL]
        if not found.count:
            continue
        who = telling.provider(each.code) if each.kind == "provider" else telling.function(each.code)
        rows.append((
            who, _("provider") if each.kind == "provider" else _("function"), found.count, found.kept,
            found.broken,
            found.waived, found.late_open, kept.in_words(found),
            dates.business_duration(found.median_s) if found.median_s is not None else None,
            dates.business_duration(found.overrun_s) if found.overrun_s is not None else None,
        ))  # fmt: skip
    if source.policies:
        n = len(source.policies)
        yield Passage(
            ngettext(
                "{n} promise of service is written down", "{n} promises of service are written down", n
            ).format(n=n)
        )
    if rows:
        yield DataTable(
            "promises", _("Promises kept over twelve months"),
            (_("Who"), _("Kind"), _("Judged"), _("Kept"), _("Deadlines passed"), _("Excused"), _("Late and open"),
             _("Respect"),
             _("Median time, business hours"), _("Median overrun, business hours")),
            tuple(rows), source=_("deadlines counted in business hours, pauses removed"),
        )  # fmt: skip
        yield Points((_("A share is told from ten judged deadlines on; under that, the count."),))


def service_gaps(source: SaleSource, telling: Telling) -> Iterator[ToComplete]:
    """Functions outside of which no service is promised."""
    chief, due = telling.person(source.workspace.chief), source.wanted()
    if not source.policies and not source.outside:
        yield ToComplete(_("the promises of service: none is written down"), chief, due, "cockpit sla")
    of_contract = {each.contract for each in source.policies}
    promised = {each.function for each in source.policies} | {
        code for line in source.contracts if line.contract.code in of_contract or line.contract.sla
        for code in line.contract.functions
    }  # fmt: skip
    yield from few(
        [
            ToComplete(
                _("{function}: a promise of service that is measured").format(function=telling.function(each.code)),
                telling.person(each.owner) or chief, due, each.code,
            )
            for each in source.outside if each.code not in promised
        ],
        "cockpit sla",
    )  # fmt: skip

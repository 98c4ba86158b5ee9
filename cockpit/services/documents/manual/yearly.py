"""The calendar of a function and of the company: what comes back all year, then the dated days of twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import Chapter, ChapterPart, DataTable, Points
from cockpit.domain.organisation import signature
from cockpit.domain.organisation.readiness import FRESH_DAYS
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.handover import Handover
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.time.contract_terms import term_at
from cockpit.locale import _
from cockpit.services.audits.due import AUDIT
from cockpit.services.desk import dates
from cockpit.services.documents.manual.source import FunctionSource, ManualSource, Section
from cockpit.services.organisation import standings


@dataclass(frozen=True)
class CalendarDay:
    """Something of the year: its day, what, and the functions it is about (none: the company)."""

    on: date
    what: str
    functions: tuple[str, ...] = ()


def of_function(source: FunctionSource) -> Section:
    """What comes back and what is dated, for one function."""
    all_ = source.all
    recurring = list(_reports(source))
    days = [*_own_days(source), *_due(all_).get(source.code, ())]
    parts: list[ChapterPart] = [Points(tuple(recurring))] if recurring else []
    rows = tuple((each.on, each.what) for each in _within(all_, days))
    if rows:
        parts.append(DataTable("calendar", "", (_("Day"), _("What")), rows))
    gaps = tuple(
        all_.missing(each, _("the start of the contract {name}: its notice is not known").format(name=each.name),
                     source.function.owner)
        for each in source.contracts if each.starts_on is None
    )  # fmt: skip
    if not parts and not gaps:
        parts.append(Points((_("Nothing dated over the next twelve months."),)))
    return tuple(parts), gaps


def of_company(source: ManualSource, functions: Iterable[FunctionSource]) -> Chapter:
    """The rituals, then every dated day of the company."""
    parts: list[ChapterPart] = []
    rituals = source.every(Ritual)
    if rituals:
        columns = (_("Ritual"), _("When"), _("Minutes"), _("Who"))
        rows = tuple(
            (each.name, source.said(each, "rule"), each.minutes, source.named(each.members) or None)
            for each in rituals
        )
        parts.append(DataTable("rituals", _("Meetings that come back"), columns, rows))
    days = [*(each for found in _due(source).values() for each in found), *_of_people(source)]
    for each in functions:
        days += _own_days(each)
    rows_of_days = tuple(
        (each.on, each.what, source.function_names(each.functions) or None) for each in _within(source, days)
    )
    if rows_of_days:
        dated = (_("Day"), _("What"), _("Functions"))
        parts.append(DataTable("calendar", _("Days of the next twelve months"), dated, rows_of_days))
    return Chapter("calendar", _("Calendar of the year"), tuple(parts))


def _within(source: ManualSource, days: Iterable[CalendarDay]) -> list[CalendarDay]:
    """Those of twelve months from today on, in their order; one line for what is the same for several functions."""
    merged: dict[tuple[date, str], dict[str, None]] = {}
    for each in days:
        if source.today <= each.on < source.months[-1]:
            merged.setdefault((each.on, each.what), {}).update(dict.fromkeys(each.functions))
    return [CalendarDay(on, what, tuple(codes)) for (on, what), codes in sorted(merged.items())]


def _due(source: ManualSource) -> Mapping[str, Sequence[CalendarDay]]:
    """What falls due by the function it is about (none: ""), worked out once for all of them."""
    if "due" not in source.kept:
        found: dict[str, list[CalendarDay]] = {}
        for each in _falling_due(source):
            for code in each.functions or ("",):
                found.setdefault(code, []).append(each)
        source.kept["due"] = found
    known: Mapping[str, Sequence[CalendarDay]] = source.kept["due"]
    return known


def _falling_due(source: ManualSource) -> Iterator[CalendarDay]:
    """Audits, reviews, handovers and days of contracts, of what is not above the level."""
    handovers = {each.code: each for each in source.every(Handover)}
    for each in source.falling_due:
        found = source.by_code.get(each.code) or handovers.get(each.code)
        if isinstance(found, Function):
            words = _("Audit of {name}") if each.kind == AUDIT else _("Review of how {name} is outsourced")
            yield CalendarDay(each.day, words.format(name=found.name), (found.code,))
        elif isinstance(found, Contract):
            yield CalendarDay(each.day, each.text, found.functions)
        elif isinstance(found, Handover):
            said = _("Handover to be over: {name}").format(name=found.name)
            yield CalendarDay(each.day, said, (found.function,) if found.function else ())


def _of_people(source: ManualSource) -> Iterator[CalendarDay]:
    """Ends of missions that no handover tells yet."""
    told = {each.giver for each in source.every(Handover)}
    for each in source.every(Person):
        if each.ends_on is not None and each.code not in told:
            yield CalendarDay(each.ends_on, _("End of mission: {name}").format(name=each.name))


def _own_days(source: FunctionSource) -> Iterator[CalendarDay]:
    """What the records of a function date, and nothing else tells: certificates, reviews, drills, signatures."""
    mine, all_ = (source.code,), source.all
    for contract in source.contracts:
        if contract.vigilance_expiry is not None:
            name = all_.name(contract.provider)
            yield CalendarDay(
                contract.vigilance_expiry, _("Compliance certificate of {name} ends").format(name=name), mine
            )
        terms = standings.terms_of(contract)
        if terms is not None and terms.step and contract.ended_on is None:
            last = term_at(terms, all_.today).last_day
            if last is not None:
                said = _("{name}: last day of the term, goes on by itself unless notice was given")
                yield CalendarDay(last, said.format(name=contract.name), mine)
    for risk in source.risks:
        if risk.review_on is not None:
            yield CalendarDay(risk.review_on, _("Review of the risk: {name}").format(name=risk.name), mine)
    for plan in source.plans:
        if plan.review_on is not None:
            yield CalendarDay(plan.review_on, _("Review of the plan: {name}").format(name=plan.name), mine)
        drill = source.last_drill(plan)
        if drill is not None and drill.held_on is not None:
            again = drill.held_on + timedelta(days=FRESH_DAYS)
            yield CalendarDay(again, _("Next drill at the latest: {name}").format(name=plan.name), mine)
    yield from _vouched(source)
    for report in source.reports:
        if report.due is not None and report.period == "year":
            yield CalendarDay(report.due, _("Report owed: {name}").format(name=report.name), mine)


def _vouched(source: FunctionSource) -> Iterator[CalendarDay]:
    """Signatures to renew, and administrators to look at again."""
    mine, all_ = (source.code,), source.all
    for process in source.processes:
        until = signature.due(process, all_.workspace.zone)
        if signature.is_key(process) and until is not None:
            yield CalendarDay(until, _("Signature to renew: {name}").format(name=process.name), mine)
    again: dict[date, list[str]] = {}
    for access in source.accesses:
        if access.level == "admin" and access.reviewed_on is not None:
            by = access.reviewed_on + timedelta(days=all_.workspace.settings.limits.s16_days)
            again.setdefault(by, []).append(access.name)
    for by, names in again.items():
        what = _("Administrators to look at again: {names}").format(names=", ".join(dict.fromkeys(names)))
        yield CalendarDay(by, what, mine)


def _reports(source: FunctionSource) -> Iterator[str]:
    said = {
        "week": _("Every week"),
        "month": _("Every month"),
        "quarter": _("Every quarter"),
        "year": _("Every year"),
    }
    for each in source.reports:
        line = _("{when}: {what}, owed by {who}").format(
            when=said.get(each.period, each.period), what=each.name, who=source.all.name(each.source)
        )
        if each.due is not None:
            late = each.due < source.all.today
            line += (_(" (owed since {day})") if late else _(" (next on {day})")).format(
                day=dates.whole_day(each.due)
            )
        yield line

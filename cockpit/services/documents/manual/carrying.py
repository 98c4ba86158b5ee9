"""What a function is for, who carries it and who decides: the first sections of its page."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.documents.publication import (
    Amount,
    ChapterPart,
    DataTable,
    Pairs,
    Subhead,
    TableCell,
    ToComplete,
)
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.documents.manual.source import FunctionSource, Section
from cockpit.services.promises.promise_words import target_words


def purpose(source: FunctionSource) -> Section:
    """What it is for, what each of its posts does and does not do."""
    all_, function = source.all, source.function
    facts: list[tuple[str, str]] = [
        (_("Kind"), all_.said(function, "kind")),
        (_("Mode"), all_.said(function, "mode")),
        (_("Criticality"), _("{n} of 4").format(n=function.criticality)),
    ]
    if function.core_value:
        facts.append((_("Core value"), _("to be kept in-house")))
    if function.recovery_hours is not None:
        facts.append((_("The company can do without it for"), _("{n} h").format(n=function.recovery_hours)))
    if function.expected_benefit:
        facts.append((_("Expected of having it outside"), function.expected_benefit))
    parts: list[ChapterPart] = [Pairs(tuple(facts))]
    for scope in source.scopes:
        said = [(_("Held by"), all_.name(scope.holder) or _("nobody"))]
        said += [(_("Does"), scope.does)] if scope.does else []
        said += [(_("Does not"), scope.does_not)] if scope.does_not else []
        if scope.decides_up_to is not None:
            said.append((_("Decides alone up to"), forms.money(scope.decides_up_to)))
        parts += [Subhead(_("Post: {name}").format(name=scope.name)), Pairs(tuple(said))]
    gaps = []
    if not source.scopes:
        what = _("what it does and does not do (a post scope)")
        gaps.append(all_.missing(function, what, function.owner))
    return tuple(parts), tuple(gaps)


def people(source: FunctionSource) -> Section:
    """Owner, backup, who carries it outside, by which contract."""
    all_, function = source.all, source.function
    facts: list[tuple[str, str]] = []
    if all_.is_there(function.owner):
        facts.append((_("Owner"), all_.name(function.owner)))
    if all_.is_there(source.backup):
        facts.append((_("Backup"), all_.name(source.backup)))
    if source.providers:
        facts.append((_("Carried outside by"), all_.named(source.providers)))
    parts: list[ChapterPart] = [Pairs(tuple(facts))] if facts else []
    if source.contracts:
        rows = tuple(
            (each.name, all_.name(each.provider), each.starts_on, all_.said(each, "renewal"), all_.said(each, "notice"),
             Amount(each.amount) if each.amount is not None else None)
            for each in source.contracts
        )  # fmt: skip
        columns = (_("Contract"), _("Provider"), _("Start"), _("Renewal"), _("Notice"), _("A year"))
        parts.append(DataTable("contracts", "", columns, rows))
    return tuple(parts), tuple(_nobody(source))


def _nobody(source: FunctionSource) -> Iterator[ToComplete]:
    all_, function = source.all, source.function
    for code, none, left in (
        (function.owner, _("an owner"), _("another owner: {name} has left")),
        (source.backup, _("a backup, in-house or outside"), _("another backup: {name} has left")),
    ):
        if not code:
            yield all_.missing(function, none, function.owner)
        elif not all_.is_there(code):
            yield all_.missing(function, left.format(name=all_.name(code)), function.owner)


def decisions(source: FunctionSource) -> Section:
    """Who decides, up to what amount, within what delay, and who stands in."""
    all_ = source.all
    rows = tuple(
        (each.name, all_.name(each.decider), all_.name(each.deputy),
         Amount(each.threshold) if each.threshold is not None else _("without limit"),
         target_words(each.max_delay) or None)
        for each in source.circuits
    )  # fmt: skip
    columns = (_("Domain"), _("Decides"), _("Deputy"), _("Up to"), _("Within"))
    gaps: tuple[ToComplete, ...] = ()
    if not rows:
        gaps = (
            all_.missing(source.function, _("who decides, and up to what amount"), source.function.owner),
        )
    return (DataTable("circuits", "", columns, rows),) if rows else (), gaps


def contacts(source: FunctionSource) -> Section:
    """How to reach everybody who has a part in it."""
    all_, gaps = source.all, []
    rows: list[tuple[TableCell, ...]] = []
    for code in source.hands:
        found = all_.by_code[code]
        if isinstance(found, Person):
            rows.append((found.name, found.role or all_.said(found, "kind"), all_.name(found.provider) or None,
                         all_.said(found, "presence") or None, found.contact or None))  # fmt: skip
        elif isinstance(found, Provider):
            rows.append((found.name, found.category or None, None, None, found.contact or None))
        contact = getattr(found, "contact", "")
        if not contact and code in (source.function.owner, source.backup, *source.providers):
            gaps.append(
                all_.missing(
                    found, _("how to reach {name}").format(name=all_.name(code)), source.function.owner
                )
            )
    columns = (_("Name"), _("Role"), _("Company"), _("Presence"), _("Contact"))
    parts: tuple[ChapterPart, ...] = (DataTable("contacts", "", columns, tuple(rows)),) if rows else ()
    if not rows:
        gaps.append(all_.missing(source.function, _("whom to reach"), source.function.owner))
    return parts, tuple(gaps)


def flows(source: FunctionSource) -> Section:
    """What passes to it and from it."""
    all_ = source.all
    rows = tuple(
        (each.name, all_.name(each.source), all_.name(each.target), each.channel or None,
         _every(each.cadence_days) or None, all_.name(each.owner) or None)
        for each in source.flows
    )  # fmt: skip
    columns = (_("What passes"), _("From"), _("To"), _("By"), _("How often"), _("Who answers for it"))
    gaps = []
    for each in source.flows:
        lacks = [word for word, there in (
            (_("how often"), each.cadence_days), (_("by what channel"), each.channel),
            (_("who answers for it"), each.owner),
        ) if not there]  # fmt: skip
        if lacks:
            what = _("{name}: {value}").format(name=each.name, value=", ".join(lacks))
            gaps.append(all_.missing(each, what, each.owner or source.function.owner))
    if not rows and source.function.mode != "internal":
        what = _("what passes to whoever carries it outside, and back")
        gaps.append(all_.missing(source.function, what, source.function.owner))
    return (DataTable("flows", "", columns, rows),) if rows else (), tuple(gaps)


def _every(days: int | None) -> str:
    if not days:
        return ""
    known = {1: _("every day"), 7: _("every week"), 14: _("every two weeks"), 91: _("every quarter"),
             365: _("every year")}  # fmt: skip
    if days in (28, 30, 31):
        return _("every month")
    return known.get(days, _("every {n} days").format(n=days))

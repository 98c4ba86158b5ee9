"""What becomes of an answer to each of the first questions: a name, a list of names, a line or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from cockpit.domain.beginning import carried, listed
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import TITLE_LIMIT, clean, fold
from cockpit.locale import _, ngettext
from cockpit.services.beginning import first_settings
from cockpit.services.changes.batch import Coming
from cockpit.services.desk import paths
from cockpit.services.desk.refusal import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry, priorities
from cockpit.services.work.moves import TOP
from cockpit.store.transaction import transaction

USUAL = frozenset({"usual", "the usual", "habituelles", "les habituelles", "usuelles"})
"""Words for the eight functions that any company has."""


@dataclass(frozen=True)
class Answered:
    """What an answer gave, in lines to read; `more` asks the same question again."""

    told: tuple[str, ...]
    more: bool = False
    look_at: tuple[str, ...] = ()
    """Providers of whom a status page may be known."""


def _company(workspace: Workspace, text: str) -> Answered:
    first_settings.set_value(workspace, "company", "name", text)
    return Answered(())


def _me(workspace: Workspace, text: str) -> Answered:
    first_settings.set_value(workspace, "", "me", text)
    return Answered(())


def _region(workspace: Workspace, text: str) -> Answered:
    from cockpit.services.desk import regions

    region = text.upper()
    try:
        regions.check(region)
    except regions.UnknownRegion as error:
        raise WrongValue(str(error)) from error
    first_settings.set_value(workspace, "company", "holidays", region)
    zone = workspace.settings.company.timezone
    return Answered((_("time zone {zone}, that of this computer").format(zone=zone),))


def _functions(workspace: Workspace, text: str) -> Answered:
    if (path := _file(text)) is not None:
        return _imported(workspace, path, "function")
    if fold(text) in USUAL:
        return _usual(workspace)
    said = carried(text)
    if not said:
        raise WrongValue(_("names between commas are expected, such as Payroll @Paie+, IT"))
    with transaction(workspace.conn):
        coming = Coming(workspace)
        for function, provider in said:
            _carried(coming, function, provider)
        workspace.change_all(coming.puts, "function.add")
    names = tuple(dict.fromkeys(provider for _function, provider in said if provider))
    return Answered((_made(coming, "function"), *_made_too(coming)), look_at=names)


def _carried(coming: Coming, function: str, provider: str) -> None:
    """The function, and the contract by which a provider carries it, where neither is there yet."""
    function = clean(function, TITLE_LIMIT)
    at = coming.known("function", function) or coming.add(
        "function", {"name": function, "mode": "external" if provider else "internal"}
    )
    if not provider:
        return
    by = coming.named("provider", provider)
    if by and not coming.of_contract(at, by):
        name = _("{function} by {provider}").format(function=function, provider=clean(provider, TITLE_LIMIT))
        coming.add("contract", {"name": name, "provider": by, "functions": (at,)})


def _usual(workspace: Workspace) -> Answered:
    from cockpit.domain.audits import self_audit

    with transaction(workspace.conn):
        coming = Coming(workspace)
        for part, _beginnings in self_audit.USUAL:
            name = _(part.name)
            if not coming.known("function", name):
                values: dict[str, Value] = {
                    "name": name, "kind": part.kind, "mode": part.mode, "core_value": part.core,
                    "criticality": part.criticality,
                }  # fmt: skip
                coming.add("function", values)
        if coming.puts:
            workspace.change_all(coming.puts, "function.add")
    return Answered((_made(coming, "function"),))


def _providers(workspace: Workspace, text: str) -> Answered:
    if (path := _file(text)) is not None:
        return _imported(workspace, path, "provider")
    names = listed(text)
    if not names:
        raise WrongValue(_("names between commas are expected, such as Slack, Orange"))
    with transaction(workspace.conn):
        coming = Coming(workspace)
        for name in names:
            coming.named("provider", name)
        if coming.puts:
            workspace.change_all(coming.puts, "provider.add")
    return Answered((_made(coming, "provider"),), look_at=names)


def _priorities(workspace: Workspace, text: str) -> Answered:
    understood = entry.understand(workspace, text)
    if not understood.title:
        raise WrongValue(_("the line needs a title"))
    today: date = workspace.today()
    rank = len(priorities.of_today(workspace)) + 1
    also: dict[str, Value] = {"day": today, "rank": rank} if rank <= TOP else {}
    code = capture.save(workspace, "priority", understood, also)
    return Answered((f"{code} {entry.summary(workspace, understood)}",), more=rank < TOP)


def _blockers(workspace: Workspace, text: str) -> Answered:
    if (path := _file(text)) is not None:
        return _imported(workspace, path, "blocker")
    understood = entry.understand(workspace, text)
    if not understood.title:
        raise WrongValue(_("the line needs a title"))
    code = capture.save(workspace, "blocker", understood)
    warned = tuple(f"! {each}" for each in entry.explain(workspace, understood, "blocker"))
    return Answered((f"{code} {entry.summary(workspace, understood)}", *warned), more=True)


ANSWERS: Mapping[str, Callable[[Workspace, str], Answered]] = {
    "company": _company, "me": _me, "region": _region, "functions": _functions, "providers": _providers,
    "priorities": _priorities, "blockers": _blockers,
}  # fmt: skip
"""By the id of its question. Each raises Refusal, with what is expected."""


def _file(text: str) -> Path | None:
    """The spreadsheet that an answer names; None where it is no name of a file. Raises WrongValue for a missing one."""
    if not fold(text).endswith((".csv", ".xlsx", ".tsv")):
        return None
    here = Path(text.strip("\"'")).expanduser()
    path = here if here.is_file() else paths.expand(text.strip("\"'"))
    if not path.is_file():
        raise WrongValue(_("there is no file {path}").format(path=paths.short(path)))
    return path


def _imported(workspace: Workspace, path: Path, register: str) -> Answered:
    """A spreadsheet written whole, or refused with its first fault. Raises WrongValue."""
    from cockpit.services.spreadsheets import importing
    from cockpit.services.spreadsheets.plan import said
    from cockpit.sources import table
    from cockpit.sources.table.sheet import MAX_BYTES, UnreadableFile

    try:
        with path.open("rb") as opened:
            sheets = table.read(opened.read(MAX_BYTES + 1))
    except (UnreadableFile, OSError) as error:
        raise WrongValue(str(error)) from error
    found = importing.plan(workspace, REGISTERS[register], sheets, create=True)
    if found.faults:
        first = found.faults[0]
        words = _("line {n}, {what}").format(n=first.line, what=said(first))
        way = _("cockpit import {file} tells all of it").format(file=path.name)
        raise WrongValue(f"{words} · {way}")
    importing.run(workspace, found)
    return Answered((found.summary(),))


def _made(coming: Coming, register: str) -> str:
    count = sum(each.name == register for each, _found, _values in coming.puts)
    if register == "function":
        return ngettext("{n} function made", "{n} functions made", count).format(n=count)
    return ngettext("{n} provider made", "{n} providers made", count).format(n=count)


def _made_too(coming: Coming) -> tuple[str, ...]:
    has_providers = any(each.name == "provider" for each, _found, _values in coming.puts)
    return (_made(coming, "provider"),) if has_providers else ()

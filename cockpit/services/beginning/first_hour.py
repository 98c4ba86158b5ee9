"""The questions with which a company begins: each answer is kept at once, so that any of them may be the last.

The shell and the screen ask the same, and go on where the other stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.beginning import carried, listed
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.seats.rights import Right
from cockpit.domain.settings import AgendaSource, Settings
from cockpit.domain.text import TITLE_LIMIT, clean, fold, slug
from cockpit.locale import N_, _, current, ngettext
from cockpit.services.changes.batch import Coming
from cockpit.services.desk import paths
from cockpit.services.desk.refusal import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load, starter, writer
from cockpit.services.work import capture, entry, priorities
from cockpit.services.work.moves import TOP
from cockpit.store.state import memos
from cockpit.store.transaction import transaction

if TYPE_CHECKING:
    from cockpit.services.agenda.trial import TriedAgenda
    from cockpit.services.settings.change import Change

PROGRESS = "first_hour"
"""Memo: the questions that were answered or passed over."""
USUAL = frozenset({"usual", "the usual", "habituelles", "les habituelles", "usuelles"})
"""Words for the eight functions that any company has."""


_COUNTRIES = {
    "Europe/Paris": "FR", "Europe/Brussels": "BE", "Europe/Luxembourg": "LU", "Europe/Zurich": "CH",
    "Europe/Monaco": "MC", "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE",
    "Europe/Madrid": "ES", "Europe/Rome": "IT", "America/Montreal": "CA-QC", "America/New_York": "US",
}  # fmt: skip
"""Zone to the country whose holidays are proposed; elsewhere those of France."""


@dataclass(frozen=True)
class FirstQuestion:
    """One question; `help` says what an answer looks like. Both are message ids."""

    id: str
    question: str
    help: str
    many: bool = False
    """Whether it is asked again after an answer, until one is empty."""


STEPS: tuple[FirstQuestion, ...] = (
    FirstQuestion("company", N_("Name of the company"), N_("it stands on every text")),
    FirstQuestion("me", N_("Your name"), N_("as it signs what you do: Claire Martin")),
    FirstQuestion(
        "region", N_("Public holidays"),
        N_("country, then region: FR, FR-57 for Moselle, BE, CH-GE; what is due leaves them out"),
    ),
    FirstQuestion(
        "agenda", N_("Address of your agenda"),
        N_("an iCal address (https, webcal) or a .ics file; it is read at once, and kept for you alone"),
    ),
    FirstQuestion(
        "functions", N_("Functions of the company, with who carries them"),
        N_("Payroll @Paie+, IT @InfoSud, Production; “usual” takes the eight that all have; or a spreadsheet"),
    ),
    FirstQuestion(
        "providers", N_("Other providers and tools"),
        N_("Slack, Orange, FroidPlus; the status page of a usual tool is found by its name; or a spreadsheet"),
    ),
    FirstQuestion(
        "priorities", N_("One of your three priorities of today"),
        N_("Sign the lease due:friday; one a line, three at most"), many=True,
    ),
    FirstQuestion(
        "blockers", N_("What is stuck now"),
        N_("October payroll is wrong @Paie+ +Payroll p1 due:tomorrow; one a line; or a spreadsheet"), many=True,
    ),
)  # fmt: skip
BY_ID: Mapping[str, FirstQuestion] = {each.id: each for each in STEPS}


@dataclass(frozen=True)
class Answered:
    """What an answer gave, in lines to read; `more` asks the same question again."""

    told: tuple[str, ...]
    more: bool = False
    look_at: tuple[str, ...] = ()
    """Providers of whom a status page may be known."""


def left(workspace: Workspace) -> tuple[FirstQuestion, ...]:
    """The questions that were neither answered nor passed over, in their order."""
    over = _over(workspace)
    return tuple(each for each in STEPS if each.id not in over)


def is_begun(workspace: Workspace) -> bool:
    """Whether the questions were begun and not all come to."""
    return bool(memos.get(workspace.conn, PROGRESS)) and bool(left(workspace))


def pass_over(workspace: Workspace, step: str) -> None:
    """Leave a question behind: it is not asked again by itself."""
    memos.put(workspace.conn, PROGRESS, json.dumps(sorted(_over(workspace) | {step})))


def begin_anew(workspace: Workspace) -> None:
    """Have every question asked again; what was answered stays."""
    memos.put(workspace.conn, PROGRESS, "[]")


def known(workspace: Workspace, step: str) -> str:
    """What is known already of a question's answer, in a few words; empty for nothing."""
    settings = workspace.settings
    counts = {
        "functions": "function",
        "providers": "provider",
        "blockers": "blocker",
        "priorities": "priority",
    }
    if step in counts:
        query = f"SELECT count(*) FROM {counts[step]} WHERE archived_at IS NULL"
        count: int = workspace.conn.execute(query).fetchone()[0]
        return str(count) if count else ""
    return {
        "company": settings.company.name,
        "me": settings.me,
        "region": settings.company.holidays if step in _over(workspace) else "",
        "agenda": ", ".join(each.name for each in settings.agendas),
    }[step]


def proposed(workspace: Workspace, step: str) -> str:
    """The answer that Enter alone takes; empty where it passes over."""
    if step == "region":
        return workspace.settings.company.holidays
    return ""


def answer(workspace: Workspace, step: str, text: str) -> Answered:
    """Keep an answer to any question but that of the agenda. Raises Refusal, with what is expected."""
    text = clean(text, 10_000).strip()
    found = _ANSWERS[step](workspace, text)
    if not found.more:
        pass_over(workspace, step)
    return found


async def try_agenda(workspace: Workspace, text: str, *, internal: bool = False) -> TriedAgenda:
    """Read the agenda at an address once. Raises NotAnAgenda, which says why and what to give instead."""
    from cockpit.services.agenda import trial

    source = AgendaSource(key=_free_key(workspace), name=_("My agenda"), url=text, internal=internal)
    return await trial.try_agenda(
        source, now=workspace.now(), zone=workspace.zone.key, emails=workspace.settings.emails
    )  # fmt: skip


def keep_agenda(workspace: Workspace, source: AgendaSource) -> None:
    """Write an agenda into the configuration. Raises Refusal, OSError."""
    from cockpit.services.settings.change import AddEntry

    values: dict[str, str | bool] = {"name": source.name, "url": source.url}
    if source.internal:
        values["internal"] = True
    _change(workspace, AddEntry(section="agenda", values=values))
    pass_over(workspace, "agenda")


def agenda_for_later(workspace: Workspace, text: str) -> AgendaSource:
    """An address that could not be read now, as it is kept to be tried at the next sync. Raises NotAnAgenda."""
    from cockpit.services.agenda import trial

    return AgendaSource(key=_free_key(workspace), name=_("My agenda"), url=trial.meant(text))


async def watch(workspace: Workspace, name: str, *, internal: bool = False) -> str:
    """Look for the status page of a provider by its name, and watch it; what was found, in one line.

    A name of no usual tool is no fault: most providers have no page. `internal` allows a page of one's own
    network. Raises OSError.
    """
    from cockpit.services.providers import add, catalogue
    from cockpit.services.providers.state_words import STATES

    workspace.require(Right.SETTINGS)
    tool = catalogue.named(name)
    if tool is None:
        near = ", ".join(each.name for each in catalogue.search(name, 3)) if len(name) > 3 else ""
        said = _("{name}: no status page of that name is known").format(name=name)
        return said + (" · " + _("near: {names}").format(names=near) if near else "")
    try:
        candidate = await add.look(tool, now=workspace.clock(), internal=internal)
        components = tuple(part for part in candidate.suggested if part in candidate.components)
        chosen = add.chosen_from(candidate, provider=name, components=components)
        path = _written_path(workspace)
        add.save(path, workspace.settings, candidate, chosen)
        workspace.settings = load.load(path)
    except add.CannotAdd as error:
        why = str(error).removeprefix(f"{tool.name}: ")
        said = _("{name}: its page is not watched yet ({why}); later: cockpit provider add {name}")
        return said.format(name=name, why=why)
    words = {str(state): word for state, (_glyph, word) in STATES.items()}
    state = _(words[candidate.found["state"]])
    return _("{name}: status page found, {state}; it is watched from now on").format(name=name, state=state)


def _over(workspace: Workspace) -> frozenset[str]:
    try:
        found = json.loads(memos.get(workspace.conn, PROGRESS) or "[]")
    except ValueError:
        return frozenset()
    return frozenset(found) & frozenset(BY_ID)


def write_anew(path: Path, zone: str) -> Settings:
    """A configuration with nothing in it but the language, this zone and their defaults, each key explained.

    Raises OSError.
    """
    answers = starter.Answers(
        language=current(), company="", timezone=zone, holidays=_COUNTRIES.get(zone, Settings().company.holidays)
    )  # fmt: skip
    writer.put(path, starter.render(answers))
    return load.load(path)


def _written_path(workspace: Workspace) -> Path:
    """The configuration, begun where there was none. Raises OSError."""
    path = workspace.config_path or load.default_path()
    if not path.exists():
        workspace.settings = write_anew(path, starter.local_zone(current()))
    workspace.config_path = path
    return path


def _set(workspace: Workspace, section: str, key: str, value: str) -> None:
    from cockpit.services.settings.change import SettingPlace, SetValue

    _change(workspace, SetValue(place=SettingPlace(section=section, key=key), value=value))


def _change(workspace: Workspace, change: Change) -> None:
    """Raises Refusal, OSError."""
    workspace.require(Right.SETTINGS)
    workspace.settings = writer.change(_written_path(workspace), change).settings
    for name in ("zone", "actor"):
        workspace.__dict__.pop(name, None)


def _free_key(workspace: Workspace) -> str:
    taken, name = {each.key for each in workspace.settings.agendas}, slug(_("My agenda"))
    return next(
        each for n in range(1, len(taken) + 2) if (each := f"{name}-{n}" if n > 1 else name) not in taken
    )


def _company(workspace: Workspace, text: str) -> Answered:
    _set(workspace, "company", "name", text)
    return Answered(())


def _me(workspace: Workspace, text: str) -> Answered:
    _set(workspace, "", "me", text)
    return Answered(())


def _region(workspace: Workspace, text: str) -> Answered:
    from cockpit.services.desk import regions

    region = text.upper()
    try:
        regions.check(region)
    except regions.UnknownRegion as error:
        raise WrongValue(str(error)) from error
    _set(workspace, "company", "holidays", region)
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


_ANSWERS: Mapping[str, Callable[[Workspace, str], Answered]] = {
    "company": _company, "me": _me, "region": _region, "functions": _functions, "providers": _providers,
    "priorities": _priorities, "blockers": _blockers,
}  # fmt: skip


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

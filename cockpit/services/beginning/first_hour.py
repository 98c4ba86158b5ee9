"""The questions with which a company begins: each answer is kept at once, so that any of them may be the last.

The shell and the screen ask the same, and go on where the other stopped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.seats.rights import Right
from cockpit.domain.settings import AgendaSource
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.services.beginning import first_settings
from cockpit.services.beginning.first_answers import ANSWERS, Answered
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.store.state import memos

if TYPE_CHECKING:
    from cockpit.services.agenda.trial import TriedAgenda

PROGRESS = "first_hour"
"""Memo: the questions that were answered or passed over."""


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
    found = ANSWERS[step](workspace, text)
    if not found.more:
        pass_over(workspace, step)
    return found


async def try_agenda(
    workspace: Workspace, text: str, *, internal: bool = False, beside: bool = False
) -> TriedAgenda:
    """Read the agenda at an address once, with `beside` in a process of its own.

    Raises NotAnAgenda, which says why and what to give instead.
    """
    from cockpit.services.agenda import trial

    source = AgendaSource(
        key=first_settings.free_key(workspace), name=_("My agenda"), url=text, internal=internal
    )
    return await trial.try_agenda(
        source, now=workspace.now(), zone=workspace.zone.key, emails=workspace.settings.emails, beside=beside
    )  # fmt: skip


def keep_agenda(workspace: Workspace, source: AgendaSource) -> None:
    """Write an agenda into the configuration. Raises Refusal, OSError."""
    from cockpit.services.settings.change import AddEntry

    values: dict[str, str | bool] = {"name": source.name, "url": source.url}
    if source.internal:
        values["internal"] = True
    first_settings.change(workspace, AddEntry(section="agenda", values=values))
    pass_over(workspace, "agenda")


def agenda_for_later(workspace: Workspace, text: str) -> AgendaSource:
    """An address that could not be read now, as it is kept to be tried at the next sync. Raises NotAnAgenda."""
    from cockpit.services.agenda import trial

    return AgendaSource(key=first_settings.free_key(workspace), name=_("My agenda"), url=trial.meant(text))


async def watch(workspace: Workspace, name: str, *, internal: bool = False, beside: bool = False) -> str:
    """Look for the status page of a provider by its name, and watch it; what was found, in one line.

    A name of no usual tool is no fault: most providers have no page. `internal` allows a page of one's own
    network; with `beside` it is read in a process of its own. Raises OSError.
    """
    from cockpit.services.providers import add, catalogue
    from cockpit.services.providers.look_apart import look_apart
    from cockpit.services.providers.state_words import STATES

    workspace.require(Right.SETTINGS)
    tool = catalogue.named(name)
    if tool is None:
        near = ", ".join(each.name for each in catalogue.search(name, 3)) if len(name) > 3 else ""
        said = _("{name}: no status page of that name is known").format(name=name)
        return said + (" · " + _("near: {names}").format(names=near) if near else "")
    try:
        look = look_apart if beside else add.look
        candidate = await look(tool, now=workspace.clock(), internal=internal)
        components = tuple(part for part in candidate.suggested if part in candidate.components)
        chosen = add.chosen_from(candidate, provider=name, components=components)
        path = first_settings.written_path(workspace)
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

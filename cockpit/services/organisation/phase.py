"""The phase of the company, which the chief executive alone sees: below that level there is none."""

from __future__ import annotations

from datetime import date

from cockpit.domain.organisation import phase as rules
from cockpit.domain.organisation.phase import CountedDate
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.phase import PHASES, SALE, Phase
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force

PHASE = REGISTERS["phase"]


def current(workspace: Workspace) -> Phase | None:
    """The phase that the company is in; None where none was said, and below the chief executive's level."""
    return rules.of(workspace.select(Phase, "phase", "archived_at IS NULL"), workspace.today())


def is_sale(workspace: Workspace) -> bool:
    """Whether a sale is in view, and whoever looks may know."""
    found = current(workspace)
    return found is not None and found.phase == SALE


def begin(
    workspace: Workspace, phase: str, *, since: date | None = None, target: date | None = None, note: str = ""
) -> str:
    """From a day on (today) the company is in that phase; its code. Said again, the phase gets another day.

    Raises NotPossible when nothing would change.
    """
    now = current(workspace)
    if now is not None and now.phase == phase and since is None:
        values: dict[str, Value] = {}
        if target is not None and target != now.target_on:
            values["target_on"] = target
        if note and note != now.note:
            values["note"] = note
        if not values:
            raise NotPossible(now.code, _("the company is in that phase already"))
        workspace.change(PHASE, now, values)
        return now.code
    said: dict[str, Value] = {
        "phase": phase, "since": since or workspace.today(), "target_on": target, "note": note,
    }  # fmt: skip
    return workspace.add(PHASE, said)


def said(workspace: Workspace, text: str, *, since: str = "", target: str = "", note: str = "") -> str:
    """The same as a person types it; without a phase, something is said of the one that runs.

    Raises WrongValue, and NotPossible.
    """
    # Forms are loaded only where something is typed: the phase is read at each board.
    from cockpit.services.desk import forms

    names = workspace.names()
    read = {
        name: forms.read(workspace, PHASE.field(name), typed, names) if typed else None
        for name, typed in (("phase", text), ("since", since), ("target_on", target))
    }
    found = current(workspace)
    phase = read["phase"] or (found.phase if found else None)
    if not isinstance(phase, str):
        raise forms.WrongValue(_("say which phase: {choices}").format(choices=", ".join(map(word, PHASES))))
    first, aimed = read["since"], read["target_on"]
    return begin(
        workspace, phase, since=first if isinstance(first, date) else None,
        target=aimed if isinstance(aimed, date) else None, note=note,
    )  # fmt: skip


def dates(workspace: Workspace, found: Phase | None = None) -> tuple[CountedDate, ...]:
    """What the configuration asks for before the day that the phase leads to, the first day first.

    Nothing while no day is aimed at, and for whoever may not know of the phase.
    """
    found = found or current(workspace)
    if found is None or found.target_on is None:
        return ()
    counted: list[CountedDate] = []
    for legal in workspace.settings.legal_dates:
        if legal.phase != found.phase:
            continue
        day = rules.counted(legal, found.target_on)
        if legal.of == "company":
            counted.append(CountedDate(legal=legal, day=day))
            continue
        counted += (
            CountedDate(legal=legal, day=day, contract=each.code, about=each.name)
            for each in in_force.contracts(workspace)
            if each.change_of_control == legal.of
        )
    return tuple(sorted(counted, key=lambda each: (each.day, each.text)))


def awaits_day(workspace: Workspace) -> bool:
    """Whether dates are configured for the phase, and the day from which they are counted is missing."""
    found = current(workspace)
    if found is None or found.target_on is not None:
        return False
    return any(each.phase == found.phase for each in workspace.settings.legal_dates)


def word(phase: str) -> str:
    """Its name, for whoever may read it."""
    return _(PHASES[phase])

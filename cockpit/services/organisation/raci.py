"""Who does what and who decides: the RACI grid with its faults, the decision circuits with their thresholds."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import raci as rules
from cockpit.domain.records.confidentiality import BLANK
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.process import Process
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import flows

FAULTS: Mapping[str, str] = {
    rules.NO_A: N_("nobody accountable"),
    rules.TWO_A: N_("two accountable"),
    rules.NO_R: N_("nobody responsible"),
    rules.UNCOORDINATED: N_("two responsible, nobody coordinates"),
}


@dataclass(frozen=True)
class RaciGrid:
    """The processes, grouped by function, and everybody who has a letter in one."""

    processes: tuple[Process, ...]
    parties: tuple[str, ...]
    """Codes, who has the most letters first."""
    faults: Mapping[str, tuple[str, ...]]
    circuits: tuple[Circuit, ...]
    names: Mapping[str, str]
    hidden: frozenset[str] = frozenset()
    """Codes of circuits of which the room may know no more than that they are there."""

    def name(self, code: str) -> str:
        """Somebody or something as it is shown."""
        return self.names.get(code, code)

    @property
    def summary(self) -> str:
        """How many processes have a fault."""
        count = len(self.faults)
        return ngettext(
            "{n} of {all} processes with a fault", "{n} of {all} processes with a fault", count
        ).format(n=count, all=len(self.processes))


def grid(workspace: Workspace) -> RaciGrid:
    """The grid of the processes, parties and circuits that are stored."""
    names = workspace.names()
    processes = workspace.select(Process, "process", "archived_at IS NULL ORDER BY criticality DESC, number")
    order = {code: at for at, code in enumerate(dict.fromkeys(each.function for each in processes))}
    grouped = tuple(sorted(processes, key=lambda each: order[each.function]))
    count: dict[str, int] = {}
    for each in grouped:
        for code, letters in rules.roles(each).items():
            if code == BLANK:
                continue
            count[code] = count.get(code, 0) + len(letters)
    parties = tuple(sorted(count, key=lambda code: (-count[code], names.get(code, code))))
    circuits = workspace.select(Circuit, "circuit", "archived_at IS NULL ORDER BY number")
    return RaciGrid(
        grouped,
        parties,
        rules.faults([each for each in grouped if not workspace.hides(each)]),
        circuits,
        names,
        frozenset(each.code for each in circuits if workspace.hides(each)),
    )


def fault_words(found: RaciGrid, process: Process) -> str:
    """What is wrong with a process; empty when nothing is."""
    return ", ".join(_(FAULTS[fault]) for fault in found.faults.get(process.code, ()))


def circuit_words(found: RaciGrid, circuit: Circuit) -> str:
    """Who decides, up to what, within what delay, and who stands in."""
    if circuit.code in found.hidden:
        return BLANK
    decider = found.name(circuit.decider) or _("nobody decides")
    deputy = _("deputy {name}").format(name=found.name(circuit.deputy)) if circuit.deputy else _("no deputy")
    limit = _("without limit")
    if circuit.threshold is not None:
        limit = _("up to {amount}").format(amount=forms.money(circuit.threshold))
    delay = _("within {delay}").format(delay=circuit.max_delay) if circuit.max_delay else _("no delay said")
    own = (_("approves their own"),) if circuit.approves_own else ()
    return " · ".join((decider, deputy, limit, delay, *own))


def lines(found: RaciGrid) -> list[str]:
    """The grid and the circuits, as text."""
    if not found.processes and not found.circuits:
        return [_("No process yet: each has one person accountable (A), and those who do it (R).")]
    text = _as_text(found) if found.processes else []
    if found.circuits:
        text += ["", _("Decision circuits")]
        text += [f"  {each.name} · {circuit_words(found, each)}" for each in found.circuits]
    return text


def _as_text(found: RaciGrid) -> list[str]:
    width = max(len(each.name) for each in found.processes) + 4
    marks = [flows.letters(at).lower() for at in range(len(found.parties))]
    text = [" " * width + "  ".join(f"{mark:<2}" for mark in marks), ""]
    function = ""
    for each in found.processes:
        if each.function != function:
            function = each.function
            text.append(found.name(function))
        roles = rules.roles(each)
        cells = "  ".join(f"{roles.get(code, '·'):<2}" for code in found.parties)
        wrong = fault_words(found, each)
        text.append(f"  {each.name:<{width - 2}}{cells}" + (f"  ▲ {wrong}" if wrong else ""))
    people = ", ".join(f"{mark} {found.name(code)}" for mark, code in zip(marks, found.parties, strict=True))
    return [*text, "", people, found.summary]


def to_json(found: RaciGrid) -> dict[str, object]:
    """With stable keys."""
    return {
        "processes": [
            {
                "code": each.code, "name": each.name, "function": found.name(each.function),
                "roles": {found.name(code): letters for code, letters in rules.roles(each).items()},
                "faults": list(found.faults.get(each.code, ())),
            }
            for each in found.processes
        ],
        "circuits": [
            {
                "code": each.code, "name": each.name, "decider": found.name(each.decider),
                "deputy": found.name(each.deputy), "threshold": each.threshold, "max_delay": each.max_delay,
            }
            for each in found.circuits
        ],
    }  # fmt: skip

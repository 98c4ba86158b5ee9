"""The ladder of a blocker: who is asked at each level, when each step is proposed, and what was asked."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.sla_target import percents
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.escalation import Escalation
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace

TOP = 3
STEPS = "50,75,100"
ANSWER = "1ho"
"""Given to whoever is asked, where the circuit says nothing."""


@dataclass(frozen=True)
class Ladder:
    """Whom to ask at levels 1 to 3 (names or codes), and the percentages at which each is proposed."""

    circuit: str
    people: tuple[str, str, str]
    steps: tuple[int, ...]
    max_delay: str

    def above(self, level: int, me: str) -> int:
        """The next level at which somebody else than `me` is asked; 0 when there is none: it is to be decided."""
        return next((n for n in range(level + 1, TOP + 1) if self.people[n - 1] != me), 0)

    def level_at(self, used: float) -> int:
        """The level that should have been asked when that share of the target is used."""
        return sum(used * 100 >= percent for percent in self.steps)


def circuits(workspace: Workspace) -> tuple[Circuit, ...]:
    """Every decision circuit."""
    return workspace.select(Circuit, "circuit", "archived_at IS NULL ORDER BY number")


OURS = Circuit()
"""The circuit of a company that declared none."""


def circuit_of(known: Iterable[Circuit], function: str) -> Circuit:
    """The circuit of a function, else that of everything, else ours."""
    every = tuple(known)
    own = [each for each in every if function and function in each.functions]
    return next(iter(own or [each for each in every if not each.functions]), OURS)


def steps_of(circuit: Circuit) -> tuple[int, ...]:
    """The percentages at which the levels of a circuit are proposed."""
    return percents(circuit.steps or STEPS)


def ladder(workspace: Workspace, blocker: Blocker, known: Iterable[Circuit] | None = None) -> Ladder:
    """The ladder of a blocker: that of its function's circuit, else of the circuit of everything, else ours."""
    found = circuit_of(circuits(workspace) if known is None else known, blocker.function)
    steps = steps_of(found)
    provider = next(iter(blocker.waiting_on), "")
    return Ladder(
        found.code,
        (
            found.level_1 or blocker.owner or workspace.me,
            found.level_2 or provider or found.decider or workspace.me,
            found.level_3 or found.decider or workspace.chief,
        ),
        steps[:TOP],
        found.max_delay or ANSWER,
    )


def nobody_to_ask(code: str) -> NotPossible:
    """The refusal where the rest of the ladder is the one who asks."""
    return NotPossible(code, _("nobody else is left to ask: what remains is to decide (d)"))


def open_of(workspace: Workspace, blocker: str) -> tuple[Escalation, ...]:
    """The escalations of a blocker that nothing has ended."""
    where = "blocker = ? AND ended_at IS NULL AND archived_at IS NULL ORDER BY number"
    return workspace.select(Escalation, "escalation", where, (blocker,))

"""The proof of one score: its formula, figures, records, weeks, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.registers import register_of
from cockpit.domain.signals.every import signals_in
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase
from cockpit.services.signals import acknowledgement, listing, words
from cockpit.services.signals.acknowledgement import Answer
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.listing import SignalLine
from cockpit.services.signals.state_words import number
from cockpit.store import records
from cockpit.store.state.scores import Kept


@dataclass(frozen=True)
class ProofRow:
    """One record behind a score: the code that opens it, its name, and what it brings."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ProofView:
    """All that a proof shows."""

    line: SignalLine | GaugeLine
    rows: tuple[ProofRow, ...]
    history: tuple[Kept, ...]
    """Oldest first."""
    answers: Sequence[Answer]
    """What was said of it, oldest first."""


def read(workspace: Workspace, line: SignalLine | GaugeLine) -> ProofView:
    """Read the proof of a signal, without what the room may not read."""
    rows = _signal_rows(workspace, line) if isinstance(line, SignalLine) else _gauge_rows(workspace, line)
    return ProofView(
        line=line,
        rows=rows,
        history=listing.history(workspace, line),
        answers=acknowledgement.answers(workspace, line.key).get(line.key, ()),
    )


def _signal_rows(workspace: Workspace, line: SignalLine) -> tuple[ProofRow, ...]:
    return tuple(
        ProofRow(row.code, name_of(workspace, row.code), words.why(line.score, row))
        for row in line.score.proof.rows
    )


def _gauge_rows(workspace: Workspace, line: GaugeLine) -> tuple[ProofRow, ...]:
    found = []
    signals = signals_in(phase.current(workspace))
    for row in line.score.proof.rows:
        signal = signals.get(row.code)
        said = _("not enough data") if row.value is None else f"{number(row.value)}/100"
        if signal is not None:
            weight = _("weight {n}").format(n=signal.weight)
            found.append(ProofRow(f"signal:{row.code}", f"{row.code} {_(signal.name)}", f"{said} · {weight}"))
    return tuple(found)


def name_of(workspace: Workspace, code: str) -> str:
    """What a record is called; that it is gone, or above the level of the room."""
    register = register_of(code)
    found = records.get(workspace.conn, register, code) if register is not None else None
    if register is None or found is None:
        return _("gone since")
    if workspace.hides(found):
        return restricted()
    name = str(getattr(found, register.subject))
    # A record that is named by another one, such as a word on an interface, goes by the name of that one.
    if register.field(register.subject).ref and register_of(name) not in (None, register):
        return name_of(workspace, name)
    return workspace.names().get(name, name)

"""What is said of a raised signal: an action that somebody takes, or until when it is accepted. Nothing less.

It holds until the action is done or the date is past, and only while the signal is no worse than it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import ACKNOWLEDGED, MUTED, TOLD, Mark
from cockpit.domain.registers.priority import Priority
from cockpit.domain.signals.score import SignalState
from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.store import records
from cockpit.store.transaction import transaction

START = "signal:"
_STATES = {str(int(state)): state for state in SignalState}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer to a signal."""

    mark: Mark
    state: SignalState
    """How bad the signal was by then."""
    action: Priority | None
    """What somebody took on; None where it was accepted until a date."""

    def holds(self, now: datetime) -> bool:
        """Whether it is still an answer: the action is not done, the date not past."""
        if self.mark.closed_at is not None:
            return False
        if self.mark.until is not None:
            return self.mark.until > now
        return self.action is not None and self.action.closed_at is None and self.action.archived_at is None


def act(workspace: Workspace, key: str, state: SignalState, line: str, function: str = "") -> str:
    """Take on an action, typed as one line; its code. Raises WrongValue when there is nothing in it."""
    said = entry.understand(workspace, line)
    if not said.title:
        raise forms.WrongValue(_("an action is needed: what, who, for when"))
    with transaction(workspace.conn):
        also: dict[str, Value] = {} if said.functions or not function else {"function": function}
        code = capture.save(workspace, "priority", said, also)
        _note(workspace, f"{key}@{int(state)}", ACKNOWLEDGED, code, None)
    return code


def accept(workspace: Workspace, key: str, state: SignalState, until: datetime, reason: str = "") -> str:
    """Accept it as it is until then. The code of what was noted."""
    return _note(workspace, f"{key}@{int(state)}", MUTED, typed(reason) or _("accepted"), until)


def tell_team(workspace: Workspace, how: str) -> str:
    """The team knows of what is measured about teams (S5 to S7): from now on, it is. The code of what was noted."""
    if not typed(how):
        raise forms.WrongValue(_("say how and when the team was told: the journal keeps it"))
    values: dict[str, Value] = {"kind": TOLD, "alert": f"{START}team", "reason": typed(how)}
    return workspace.add(REGISTERS["mark"], values, "signal.told")


def answers(workspace: Workspace, key: str = "") -> Mapping[str, Sequence[Answer]]:
    """Every answer to signals, or to one, by key, the oldest first."""
    start = f"{key}@" if key else START
    marks = workspace.select(
        Mark, "mark",
        "substr(coalesce(alert, ''), 1, ?) = ? AND kind != ? AND archived_at IS NULL ORDER BY number",
        (len(start), start, TOLD),
    )  # fmt: skip
    codes = [each.reason for each in marks if each.until is None and each.reason.startswith("P-")]
    found = records.by_codes(workspace.conn, REGISTERS["priority"], codes) if codes else ()
    actions = {each.code: each for each in found if isinstance(each, Priority)}
    told: dict[str, list[Answer]] = {}
    for mark in marks:
        about, _at, weight = mark.alert.rpartition("@")
        state = _STATES.get(weight, SignalState.UNKNOWN)
        answer = Answer(mark=mark, state=state, action=actions.get(mark.reason))
        told.setdefault(about, []).append(answer)
    return told


def holding(
    known: Mapping[str, Sequence[Answer]], key: str, state: SignalState, now: datetime
) -> Answer | None:
    """The answer that holds for a signal that is so bad by now: what is worse is news again."""
    found = (each for each in reversed(known.get(key, ())) if each.holds(now) and state <= each.state)
    return next(found, None)


def _note(workspace: Workspace, about: str, kind: str, reason: str, until: datetime | None) -> str:
    values: dict[str, Value] = {"kind": kind, "alert": about, "reason": reason, "until": until}
    return workspace.add(REGISTERS["mark"], values, f"signal.{kind}")

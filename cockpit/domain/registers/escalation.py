"""One step up the ladder: what was asked of whom, and the decision that ended it."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.registers.blocker import LEVELS
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Escalation(Record):
    """Somebody was asked to move a blocker. It ends with a decision, or with the blocker."""

    question: str = declare(N_("Asked"), required=True, column=True)
    blocker: str = declare(N_("Blocker"), FieldKind.REF, ref=("blocker",), column=True, width=8)
    level: int = declare(N_("Level"), FieldKind.CHOICE, default=1, choices=LEVELS, column=True, width=24)
    asked_of: str = declare(N_("Asked of"), ref=("person", "provider"), column=True, width=18)
    circuit: str = declare(N_("Circuit"), ref=("circuit",))
    asked_at: datetime | None = declare(N_("When"), FieldKind.INSTANT, default=None, column=True, width=16)
    answer_by: datetime | None = declare(N_("Answer by"), FieldKind.INSTANT, default=None)
    decision: str = declare(N_("Decision"), ref=("decision",), column=True, width=8)
    ended_at: datetime | None = declare(N_("Ended"), FieldKind.INSTANT, default=None)

"""What was decided, by whom, with effect when."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_


@dataclass(frozen=True, kw_only=True)
class Decision(Record):
    """What was decided, by whom, with effect when. Never edited: a later one supersedes it."""

    title: str = declare(N_("Decision"), required=True, column=True)
    decider: str = declare(N_("Decider"), ref=("person",), column=True, width=14)
    owner: str = declare(N_("Carried out by"), ref=("person",), column=True, width=14)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",), column=True, width=14)
    decided_at: datetime | None = declare(
        N_("Decided"), FieldKind.INSTANT, default=None, column=True, width=12
    )
    due: datetime | None = declare(N_("Effect"), FieldKind.INSTANT, default=None)
    done_at: datetime | None = declare(N_("Carried out"), FieldKind.INSTANT, default=None, computed=True)
    waiting_on: tuple[str, ...] = declare(
        N_("Concerns"), FieldKind.NAMES, default=(), ref=("provider", "person")
    )
    question: str = declare(N_("Question"))
    options: str = declare(N_("Options"), FieldKind.LONG, help=N_("One a line."))
    circuit: str = declare(N_("Circuit"), ref=("circuit",))
    amount: int | None = declare(N_("Amount"), FieldKind.MONEY, default=None)
    review_on: date | None = declare(N_("To be reviewed"), FieldKind.DATE, default=None)
    supersedes: str = declare(N_("Supersedes"), ref=("decision",))
    origin: str = declare(N_("Decided at"), ref=("occurrence",), help=N_("The meeting it was made in."))
    blocks: tuple[str, ...] = declare(N_("Settles"), FieldKind.NAMES, default=(), ref=("blocker",))
    tags: tuple[str, ...] = declare(N_("Tags"), FieldKind.NAMES, default=())
    case: str = declare(N_("Sensitive file"))
    note: str = declare(N_("Motive"), FieldKind.LONG)

"""What a partner without an account sent in: their word, until somebody says what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.domain.severity import SEVERITIES
from cockpit.locale import N_

NEW, LEFT = "new", "left"
TRIAGE: Mapping[str, str] = {
    NEW: N_("to sort"),
    LEFT: N_("could not be taken"),
    "blocker": N_("made a blocker"),
    "alert": N_("raised as an alert"),
    "note": N_("noted on a record"),
    "answer": N_("taken as an answer"),
    "refused": N_("refused"),
}


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    """A partner's statement. It never changes an official state by itself."""

    title: str = declare(N_("Title"), required=True, column=True)
    sender: str = declare(N_("From"), column=True, width=20)
    service: str = declare(N_("About"), column=True, width=16)
    severity: str = declare(
        N_("Severity"), FieldKind.CHOICE, default="p3", choices=SEVERITIES, column=True, width=8
    )
    body: str = declare(N_("Text"), FieldKind.LONG)
    link: str = declare(N_("Link"), FieldKind.LINK)
    said_at: datetime | None = declare(N_("Said"), FieldKind.INSTANT, default=None, column=True, width=16)
    way: str = declare(N_("Way"), FieldKind.CHOICE, default="folder",
        choices={"folder": N_("shared folder"), "mail": N_("e-mail")})  # fmt: skip
    proof: str = declare(N_("Sender checked"))
    origin: str = declare(N_("Identity at the origin"), told=False)
    digest: str = declare(N_("Fingerprint"), told=False)
    triage: str = declare(N_("Became"), FieldKind.CHOICE, default=NEW, choices=TRIAGE, column=True, width=16)
    became: str = declare(N_("Record"), column=True, width=8)
    reason: str = declare(N_("Reason"))
    closed_at: datetime | None = declare(N_("Sorted"), FieldKind.INSTANT, default=None)

"""What each action asks of a seat; the key bar, the help and the palette say it before the key is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cockpit.domain.registers import register_of
from cockpit.domain.seats.rights import BY_REGISTER, Right
from cockpit.domain.seats.seat import NotAllowed, Seat
from cockpit.locale import _

if TYPE_CHECKING:
    from cockpit.services.desk.workspace import Workspace

_READ, _WORK, _LEAD, _DECIDE, _ORGANISE, _SEND, _SETTINGS, _FILES = (
    (right,)
    for right in (
        Right.READ, Right.WORK, Right.LEAD, Right.DECIDE, Right.ORGANISE, Right.SEND, Right.SETTINGS, Right.FILES,
    )
)  # fmt: skip

BY_ACTION: Mapping[str, tuple[Right, ...]] = {
    **dict.fromkeys(
        (
            "flash", "kickoff", "commitments", "rank.why", "flow.ask", "outbox", "document.open", "row.select",
            "row.select_all", "record.copy", "table.filter", "table.sort", "table.sort_by", "table.columns",
            "table.archived", "record.as_text", "import.sheet", "import.reason", "what_if", "agenda.feeds",
            "slots.find", "zone", "pane.zoom", "pane.layout", "pane.name_layout", "jump", "copy",
            "link.open", "link.follow", "find", "view.next", "view.previous",
            "veil", "theme",
            "palette", "help", "quit", "document.page", "document.gaps",
            "review.start",

        ),
        _READ,
    ),
    **dict.fromkeys(
        (
            "undo", "redo", "alert.seen", "alert.mute", "sync", "flow.exchange", "flow.feedback", "signal.act",
            "signal.told", "signal.measure", "step.done", "figure.value", "figure.block", "goal.priority",
            "report.part",
            "statement.take", "approval.submit", "approval.reply", "approval.request", "approval.withdraw",
            "trial.verdict", "cost.spend", "clock.remind", "figure.remind", "priority.remind",
        ),
        _WORK,
    ),
    **dict.fromkeys(("decision.add", "decision.arbitrate", "decision.supersede", "decision.holds", "goal.say"),
                    (Right.DECIDE, Right.LEAD)),
    **dict.fromkeys(
        ("approval.approve", "approval.refuse", "approval.ask", "approval.delegate", "contract.decide",
         "process.sign", "signal.accept", "company.phase", "document.close"),
        _DECIDE,
    ),
    **dict.fromkeys(("ritual.held", "ritual.shared", "lead"), _LEAD),
    **dict.fromkeys(("alert.write", "document.send"), _SEND),
    **dict.fromkeys(("address.take", "provider.add", "provider.watch"), _SETTINGS),
    **dict.fromkeys(
        (
            "screenshot", "document.write", "register.import", "register.export", "file.import", "import.into",
            "backup.make", "import.write", "import.create",
        ),
        _FILES,
    ),
}  # fmt: skip

BY_PREFIX: Mapping[str, tuple[Right, ...]] = {
    **dict.fromkeys(("go", "number", "org", "signals", "list", "past"), _READ),
    **dict.fromkeys(
        (
            "work",
            "blocker",
            "priority",
            "prepare",
            "trial",
            "approval",
            "review",
            "clock",
            "provider",
            "statement",
        ),
        _WORK,
    ),
    "live": _LEAD,
    **dict.fromkeys(
        (
            "ritual",
            "note",
            "field",
            "record",
            "row",
            "map",
            "selfaudit",
            "function",
            "audit",
            "level",
            "person",
            "handover",
            "ask",
        ),
        _ORGANISE,
    ),
}
"""By the first word of the action's id, where it is not named itself."""

_ON_THE_HOST = frozenset(
    {"link.open", "link.follow", "document.open", "document.page", "note.edit", "note.open"}
)
"""What runs another program of the machine on which this one runs: its browser, an editor."""


_ON_ANY_RECORD = frozenset({"field", "record", "row", "note"})
"""First words of the actions that work on records of every register: the register says what they ask for."""


def asked_for(action_id: str, code: str = "") -> tuple[Right, ...]:
    """The rights of which an action on a record asks for one; for one that is not known here, that of the settings."""
    register = register_of(code) if code and action_id not in BY_ACTION else None
    if register is not None and action_id.partition(".")[0] in _ON_ANY_RECORD:
        return BY_REGISTER.get(register.name, _SETTINGS)
    found = BY_ACTION.get(action_id) or BY_PREFIX.get(action_id.partition(".")[0])
    return found or _SETTINGS


def why_not(seat: Seat | None, action_id: str, code: str = "") -> str:
    """Why who sits there may not do that to a record; empty when they may, or when nobody has a seat."""
    if seat is None:
        return ""
    rights = asked_for(action_id, code)
    if seat.door.is_enforced and action_id in _ON_THE_HOST:
        rights = _FILES
    return "" if seat.has(*rights) else str(NotAllowed(seat, rights))


def while_veiled(workspace: Workspace, why: str) -> str:
    """`why` something is off while the veil is drawn; another sentence where nobody can lift it; else empty."""
    if not workspace.is_veiled:
        return ""
    return why if workspace.room is None else _("not from a seat that does not read everything")

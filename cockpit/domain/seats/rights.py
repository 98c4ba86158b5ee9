"""What may be done, in eight words, and which of them each change asks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from cockpit.locale import N_, _


class Right(StrEnum):
    """Something that a role may do."""

    READ = "read"
    WORK = "work"
    LEAD = "lead"
    DECIDE = "decide"
    ORGANISE = "organise"
    SEND = "send"
    SETTINGS = "settings"
    FILES = "files"

    @property
    def label(self) -> str:
        """What it lets one do, to be said behind “may”."""
        return _(_LABELS[self])


_LABELS = {
    Right.READ: N_("read"),
    Right.WORK: N_("write blockers, priorities and notes"),
    Right.LEAD: N_("lead meetings"),
    Right.DECIDE: N_("decide and approve"),
    Right.ORGANISE: N_("keep the registers"),
    Right.SEND: N_("send messages"),
    Right.SETTINGS: N_("change the settings"),
    Right.FILES: N_("read and write files of this machine"),
}
ALL = frozenset(Right)

_WORK, _ORGANISE = (Right.WORK,), (Right.ORGANISE,)
BY_REGISTER: Mapping[str, tuple[Right, ...]] = {
    # One's own: whoever writes nothing else writes this neither.
    "review": (Right.READ,),
    **dict.fromkeys(
        (
            "blocker", "priority", "clock", "escalation", "preparation", "hold", "mark", "statement", "step", "lesson",
            "trial", "feedback", "measure",
        ),
        _WORK,
    ),
    "occurrence": (Right.LEAD,),
    "attendance": (Right.LEAD,),
    # What is decided in a meeting is typed by whoever leads it.
    "decision": (Right.DECIDE, Right.LEAD),
    "approval": (Right.DECIDE,),
    "closing": (Right.DECIDE,),
    "phase": (Right.DECIDE,),
    "goal": (Right.DECIDE, Right.LEAD),
    "release": (Right.FILES,),
    **dict.fromkeys(
        (
            "function", "person", "provider", "scope", "interface", "process", "document", "tool", "ritual",
            "contract", "policy", "circuit", "dossier", "figure", "risk", "absence", "access", "continuity", "drill",
            "handover", "audit", "level", "selfaudit",
            "cost", "report",
        ),
        _ORGANISE,
    ),
}  # fmt: skip
"""Which rights a change to a record of a register asks for: one of them will do."""

BY_ACTION: Mapping[str, tuple[Right, ...]] = {
    "approval.submit": _WORK,
    "approval.withdraw": _WORK,
    "approval.send": _WORK,
    "approval.answer": _WORK,
    "process.sign": (Right.DECIDE,),
    "contract.decide": (Right.DECIDE,),
    # What happened is noted by whoever was there; what is agreed on is kept by others.
    "interface.exchange": _WORK,
    "cost.add": _WORK,
    "report.came": _WORK,
}
"""Where an action asks for something else than the register of its record does."""


def asked_for(action: str, register: str) -> tuple[Right, ...]:
    """The rights of which a change asks for one; for a register that has none, that of the settings."""
    return BY_ACTION.get(action) or BY_REGISTER.get(register, (Right.SETTINGS,))

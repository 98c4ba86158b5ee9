"""Levels of confidentiality. They filter what is shown on a shared screen and sent; they are no access control."""

from __future__ import annotations

from cockpit.domain.records.record import FieldKind, Register
from cockpit.locale import N_, _

EVERYTHING = 3
"""The level that hides nothing."""
ROOM = 1
"""What may be seen on a screen that is shared, unless somebody says otherwise."""
BLANK = "▒▒▒"
"""Stands for a text that is above the level of the room."""
_TITLE = N_("▒▒▒ restricted")
_WORDS = frozenset(
    {FieldKind.TEXT, FieldKind.LONG, FieldKind.STEPS, FieldKind.NAMES, FieldKind.LINK, FieldKind.REF}
)
_MEASURED = frozenset({FieldKind.MONEY, FieldKind.DECIMAL})
# Figures that say something by themselves; the others place a record in time, or rank it.
_FIGURES = frozenset({
    "function.recovery_hours", "continuity.recovery_hours", "drill.measured_hours", "cost.minutes",
    "blocker.spent_minutes", "priority.spent_minutes", "report.completeness", "occurrence.cost_minutes",
    "selfaudit.spent_minutes", "selfaudit.functions", "selfaudit.zones",
})  # fmt: skip
# What ties a record to another one or decides when it happens, and tells nothing by itself.
_KEPT = frozenset(
    {
        "clock.blocker", "clock.pause", "clock.period", "clock.target", "clock.warn",
        "escalation.blocker", "occurrence.ritual", "attendance.occurrence", "preparation.about",
        "mark.alert", "mark.source", "mark.provider", "ritual.rule", "policy.target", "policy.warn",
        "report.target", "report.warn",
        "statement.digest", "statement.origin",
    }
)  # fmt: skip


def restricted() -> str:
    """What stands in place of the title or the name of a record above the level."""
    return _(_TITLE)


def is_above(conf: int, level: int) -> bool:
    """Whether a record of that confidentiality must be hidden from an audience of that level."""
    return conf > level


def hidden_columns(register: Register) -> tuple[tuple[str, FieldKind], ...]:
    """The columns of a register that a veil empties, words and figures, and the kind of each."""
    return tuple(
        (field.name, field.kind)
        for field in register.fields
        if _tells(f"{register.name}.{field.name}", field.kind)
    )


def is_figure(kind: FieldKind) -> bool:
    """Whether a hidden value is left out, since no word can stand in its place."""
    return kind in (*_MEASURED, FieldKind.NUMBER)


def _tells(name: str, kind: FieldKind) -> bool:
    return kind in _MEASURED or name in _FIGURES or (kind in _WORDS and name not in _KEPT)

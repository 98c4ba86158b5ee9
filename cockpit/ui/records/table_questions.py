"""What the bar asks about the table of a register: its columns, its order."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.records.record import Register
from cockpit.locale import _
from cockpit.services.records import tables
from cockpit.services.records.tables import Look
from cockpit.ui.kit.questions import offers
from cockpit.ui.records.questions import HINT, field_named, labels
from cockpit.ui.widgets.entry_bar import Question

Choose = Callable[[Look], None]


def columns(register: Register, look: Look, keep: Choose) -> Question:
    """Which columns, in which order; an empty answer takes those of the declaration."""
    fields = register.fields
    now = ", ".join(_(field.label) for field in tables.columns(register, look))

    def accept(text: str) -> str:
        words = [word for word in text.split(",") if word.strip()]
        chosen = tuple(dict.fromkeys(field_named(fields, word).name for word in words))
        keep(replace(look, columns=tables.kept_columns(register, chosen)))
        return ""

    def hint(text: str) -> Content:
        typed = text.rpartition(",")[2]
        return Content.styled(", ".join(labels(fields, typed)) or _("no such field"), HINT)

    return Question(
        place=f"columns:{register.name}", title=_("columns"), accept=accept, hint=hint, text=now,
        gives_way=False, keeps_draft=False,
        complete=offers(lambda typed: labels(fields, typed), several=True),
    )  # fmt: skip


def sorted_by(register: Register, look: Look, keep: Choose) -> Question:
    """By which column; the same one again turns the order round, an empty answer leaves it as it was made."""
    fields = register.fields

    def accept(text: str) -> str:
        name = field_named(fields, text).name if text.strip() else ""
        keep(replace(look, sort=name, backwards=bool(name) and name == look.sort and not look.backwards))
        return ""

    def hint(text: str) -> Content:
        helped = _("empty: in the order in which they were made")
        return Content.styled(", ".join(labels(fields, text)) if text.strip() else helped, HINT)

    return Question(
        place=f"sort:{register.name}", title=_("sort by"), accept=accept, hint=hint, keeps_draft=False,
        text=_(register.field(look.sort).label) if look.sort else "",
        complete=offers(lambda typed: labels(fields, typed), several=False),
    )  # fmt: skip

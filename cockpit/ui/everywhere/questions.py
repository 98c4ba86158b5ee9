"""What the one-line bar asks for actions that work everywhere."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.locale import _
from cockpit.ui.widgets.entry_bar import Question

HINT = "$quiet"


def undo_old(what: str, take_back: Callable[[], str]) -> Question:
    """Whether to undo what was done long ago; `what` says it, and how old it is."""
    return Question(
        place="undo", title=_("undo {what}").format(what=what), accept=lambda _text: take_back(),
        hint=lambda _text: Content.styled(_("enter undoes it · esc leaves it"), HINT), keeps_draft=False,
    )  # fmt: skip

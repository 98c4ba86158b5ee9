"""What the one-line bar asks about a partner's statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from cockpit.domain.records.identities import in_short
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox
from cockpit.ui.widgets.entry_bar import Question


def refuse(workspace: Workspace, codes: Sequence[str], then: Callable[[], None]) -> Question:
    """Why nothing becomes of them; `then` is done when that is said."""
    code = in_short(codes)

    def accept(text: str) -> str:
        if not clean(text):
            raise forms.WrongValue(_("a word of explanation is needed here"))
        with workspace.together():
            for each in codes:
                inbox.refuse(workspace, each, text)
        then()
        return _("{code} refused · u undoes").format(code=code)

    return Question(place=f"refuse:{code}", title=_("refuse {code}: why").format(code=code), accept=accept)


def note(workspace: Workspace, code: str) -> Question:
    """On which record."""

    def accept(text: str) -> str:
        target = clean(text).upper()
        inbox.note_on(workspace, code, target)
        return _("{code} noted on {target} · u undoes").format(code=code, target=target)

    return Question(
        place=f"note:{code}", title=_("note {code} on").format(code=code), accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(_("the code of a blocker or a priority, such as B-12"), "$quiet"),
    )  # fmt: skip

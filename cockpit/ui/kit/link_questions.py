"""What the bar asks when a record is made of somebody who was named before: whether those names are it."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.changes import linking
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.widgets.entry_bar import Question


def link_names(workspace: Workspace, told: str, after: Callable[[], None] = lambda: None) -> Question | None:
    """Whether names that were typed before a record was made are it; each is asked once. None when there is none.

    `after` is done once all are answered.
    """
    linking.tidy(workspace, me_alone=True)
    found = next(iter(linking.unlinked(workspace).items()), None)
    if found is None:
        return None
    code, those = found

    def accept(text: str) -> str | Question:
        word = fold(text).strip()
        if word not in forms.YES | forms.NO:
            raise forms.WrongValue(_("answer yes or no"))
        if word in forms.YES and word:
            linking.link(workspace, code, those)
        else:
            linking.leave(workspace, code, those)
        asked = link_names(workspace, told, after)
        if asked is None:
            after()
        return asked or told

    listed = (
        _("u undoes") + " · " + ", ".join(dict.fromkeys(f"{each.record.code} {each.name}" for each in those))
    )
    return Question(
        place=f"link:{code}", title=linking.question(workspace, code, those), accept=accept, text=_("yes"),
        hint=lambda _text: Content.styled(listed, "$quiet"), keeps_draft=False, undoes=True,
    )  # fmt: skip

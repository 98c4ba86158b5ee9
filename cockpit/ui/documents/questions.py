"""What is asked before a month is closed or opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.documents.report import closing, on_shelf
from cockpit.ui.widgets.entry_bar import Question

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit


def close_or_reopen(cockpit: Cockpit) -> Question:
    """A word closes the month that waits; of a closed one, why it is opened again."""
    workspace = cockpit.workspace
    month = on_shelf.month_of(workspace)
    said = dates.whole_month(month.first)

    def reopen(text: str) -> str:
        try:
            closed = closing.reopen(workspace, month, typed(text))
        except Refusal as error:
            raise forms.WrongValue(str(error)) from error
        return _("{month} is open again ({code}) · u undoes").format(month=said, code=closed.code)

    def close(text: str) -> str:
        if typed(text).casefold() not in forms.YES:
            raise forms.WrongValue(_("yes closes it; esc leaves it open"))
        try:
            closed = closing.close(workspace, month)
        except Refusal as error:
            raise forms.WrongValue(str(error)) from error
        return _("{month} is closed ({code}) · u undoes").format(month=said, code=closed.code)

    if closing.closing_of(workspace, month) is not None:
        title = _("{month} is closed · why open it again").format(month=said)
        return Question(place=f"reopen:{month.key}", title=title, accept=reopen)
    title = _("close {month}: what its report says no longer changes · yes").format(month=said)
    return Question(place=f"close:{month.key}", title=title, accept=close, keeps_draft=False)

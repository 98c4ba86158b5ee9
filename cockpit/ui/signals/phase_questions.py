"""What the one-line bar asks about the phase of the company: which, and the day it leads to."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.domain.registers.phase import PHASES, SALE, STEADY
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase as job
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question

_QUIET = "$quiet"


def phase(workspace: Workspace, open_gaps: Callable[[], None]) -> Question:
    """Which phase it is; then, unless the course is steady, the day it leads to.

    `open_gaps` shows what the sale file lacks, once a sale is in view.
    """
    words = tuple(map(job.word, PHASES))
    field = job.PHASE.field("phase")

    def read(text: str) -> str:
        return str(forms.read(workspace, field, text, {}))

    def accept(text: str) -> str | Question:
        chosen = read(text)
        return (
            _saved(job.begin(workspace, chosen))
            if chosen == STEADY
            else _target(workspace, chosen, open_gaps)
        )

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(" · ".join(words), _QUIET)
        try:
            return Content.styled("→ ", "$accent") + Content(job.word(read(text)))
        except forms.WrongValue as error:
            return Content.styled(str(error), _QUIET)

    return Question(
        place="phase", title=_("phase of the company"), accept=accept, hint=hint, keeps_draft=False,
        complete=offers(lambda typed: tuple(w for w in words if fold(w).startswith(fold(typed))), several=False),
    )  # fmt: skip


def _target(workspace: Workspace, chosen: str, open_gaps: Callable[[], None]) -> Question:
    field = job.PHASE.field("target_on")

    def accept(text: str) -> str:
        saved = _saved(job.said(workspace, chosen, target=text))
        if chosen == SALE:
            open_gaps()
        return saved

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("a day, such as 30/06/2027; empty where none is known yet"), _QUIET)
        try:
            day = forms.read(workspace, field, text, {})
        except forms.WrongValue as error:
            return Content.styled(str(error), _QUIET)
        return Content.styled("→ ", "$accent") + Content(dates.whole_day(day))  # type: ignore[arg-type]

    return Question(
        place="phase:day", title=_("the day it leads to"), accept=accept, hint=hint, keeps_draft=False
    )


def _saved(code: str) -> str:
    return _("{code} saved · u undoes").format(code=code)

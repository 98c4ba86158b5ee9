"""What the one-line bar asks about an alert."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.locale import _, pgettext
from cockpit.services.alerts import gather
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit.questions import date_hint, future
from cockpit.ui.widgets.entry_bar import Question


def acknowledge(workspace: Workspace, items: Sequence[Alert], then: Callable[[], None]) -> Question:
    """Who takes care of them, or why they can wait; `then` is done when that is said."""

    def accept(text: str) -> str:
        with workspace.together():
            for item in items:
                gather.acknowledge(workspace, item, text)
        then()
        return _("seen: quiet until it is over or worse · u undoes")

    return Question(
        place=f"seen:{items[0].key}", title=_("seen by, or why"), accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(_("a few words, for whoever reads it later"), "$quiet"),
    )  # fmt: skip


def mute(workspace: Workspace, items: Sequence[Alert], then: Callable[[], None]) -> Question:
    """Until when, then why."""

    def accept(text: str) -> Question:
        until = future(workspace, text, any_day=True)

        def save(reason: str) -> str:
            with workspace.together():
                for item in items:
                    gather.mute(workspace, item, reason, until)
            then()
            when = dates.moment(until, workspace.now())
            return _("no word of it until {when} · u undoes").format(when=when)

        return Question(
            place=f"mute:{items[0].key}:why", title=_("why"), accept=save, keeps_draft=False,
            hint=lambda _text: Content.styled(
                _("a few words, for whoever reads it later"), "$quiet"),
        )  # fmt: skip

    return Question(
        place=f"mute:{items[0].key}", title=_("no word of it until"), accept=accept, keeps_draft=False,
        hint=lambda text: date_hint(workspace, text, any_day=True), text=pgettext("typed", "tomorrow"),
    )  # fmt: skip

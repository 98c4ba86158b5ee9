"""What the one-line bar asks about a partner's statement, and about an alert."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.text import clean
from cockpit.locale import _, pgettext
from cockpit.services.alerts import gather
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox
from cockpit.ui.kit.questions import date_hint, future
from cockpit.ui.widgets.entry_bar import Question


def refuse(workspace: Workspace, code: str) -> Question:
    """Why nothing becomes of it."""

    def accept(text: str) -> str:
        if not clean(text):
            raise forms.WrongValue(_("a word of explanation is needed here"))
        inbox.refuse(workspace, code, text)
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
        hint=lambda _text: Content.styled(_("the code of a blocker or a priority, such as B-12"), "$foreground 50%"),
    )  # fmt: skip


def acknowledge(workspace: Workspace, item: Alert) -> Question:
    """Who takes care of it, or why it can wait."""

    def accept(text: str) -> str:
        gather.acknowledge(workspace, item, text)
        return _("seen: quiet until it is over or worse · u undoes")

    return Question(
        place=f"seen:{item.key}", title=_("seen by, or why"), accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(_("a few words, for whoever reads it later"), "$foreground 50%"),
    )  # fmt: skip


def mute(workspace: Workspace, item: Alert) -> Question:
    """Until when, then why."""

    def accept(text: str) -> Question:
        until = future(workspace, text, any_day=True)

        def save(reason: str) -> str:
            gather.mute(workspace, item, reason, until)
            when = dates.moment(until, workspace.now())
            return _("no word of it until {when} · u undoes").format(when=when)

        return Question(
            place=f"mute:{item.key}:why", title=_("why"), accept=save, keeps_draft=False,
            hint=lambda _text: Content.styled(
                _("a few words, for whoever reads it later"), "$foreground 50%"),
        )  # fmt: skip

    return Question(
        place=f"mute:{item.key}", title=_("no word of it until"), accept=accept, keeps_draft=False,
        hint=lambda text: date_hint(workspace, text, any_day=True), text=pgettext("typed", "tomorrow"),
    )  # fmt: skip
